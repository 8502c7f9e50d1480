"""Signatures bind purpose, value and key; a sealed key opens with PIN and key file together and not otherwise."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.samples import OTHER_SEED, SEED
from villagebook.domain.errors import KnownError
from villagebook.exchange import signing
from villagebook.exchange.signing import SealStrength, open_key, seal_key, sign, verify

WEAK = SealStrength(memory_kib=64, passes=1, lanes=1)
VALUE = {"content_hash": "ab" * 32, "slot": "C"}


def test_a_signature_verifies_with_its_own_key_only() -> None:
    signature = sign("approval", VALUE, SEED)
    assert verify("approval", VALUE, signature, signing.public_key(SEED))
    assert not verify("approval", VALUE, signature, signing.public_key(OTHER_SEED))


def test_a_signature_for_one_purpose_is_worth_nothing_for_another() -> None:
    signature = sign("approval", VALUE, SEED)
    assert not verify("notice", VALUE, signature, signing.public_key(SEED))


def test_a_signature_covers_every_figure() -> None:
    signature = sign("approval", VALUE, SEED)
    assert not verify("approval", {**VALUE, "slot": "H"}, signature, signing.public_key(SEED))


def test_the_first_published_vector_of_ed25519_holds() -> None:
    # RFC 8032, section 7.1, test 1: the public key of that seed.
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    expected = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert signing.public_key(seed).hex() == expected


def test_the_published_vector_of_sm3_holds() -> None:
    expected = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert signing.sm3_hex(b"abc") in (expected, None)


def test_a_signature_has_one_written_form() -> None:
    signature = sign("approval", VALUE, SEED)
    public = signing.public_key(SEED)
    assert not verify("approval", VALUE, signature.upper(), public)
    assert not verify("approval", VALUE, " " + signature[1:], public)


@given(st.text(max_size=130), st.binary(max_size=40))
def test_verifying_nonsense_is_false_and_never_an_error(signature: str, public: bytes) -> None:
    assert not verify("approval", VALUE, signature, public)


def test_a_purpose_cannot_smuggle_in_another_suite() -> None:
    with pytest.raises(ValueError, match="one plain word"):
        sign("approval|other", VALUE, SEED)


def test_a_key_id_is_four_groups_of_four() -> None:
    groups = signing.key_id(signing.public_key(SEED)).split("-")
    assert [len(g) for g in groups] == [4, 4, 4, 4]


def test_keys_and_key_files_are_random() -> None:
    assert len({signing.new_key() for _ in range(4)} | {signing.new_key_file() for _ in range(4)}) == 8


def test_a_sealed_key_opens_with_its_pin_and_key_file() -> None:
    key_file = signing.new_key_file()
    sealed = seal_key(SEED, "135790", key_file, strength=WEAK)
    assert open_key(sealed, "135790", key_file) == SEED
    assert open_key(sealed, " １３５７９０ ", key_file) == SEED  # full-width digits of a Chinese keyboard  # noqa: RUF001
    assert signing.sealed_public_key(sealed) == signing.public_key(SEED)
    assert SEED.hex().encode() not in sealed
    assert b"135790" not in sealed


def test_a_sealed_key_opens_at_full_strength() -> None:
    key_file = signing.new_key_file()
    sealed = seal_key(SEED, "135790", key_file)
    assert json.loads(sealed)["memory_kib"] == 64 * 1024
    assert open_key(sealed, "135790", key_file) == SEED


def test_wrong_pin_and_wrong_stick_are_told_in_the_same_words() -> None:
    key_file = signing.new_key_file()
    sealed = seal_key(SEED, "135790", key_file, strength=WEAK)
    told = set()
    for pin, file in [
        ("135791", key_file),
        ("135790", signing.new_key_file()),
        ("135790", b""),
        ("", key_file),
    ]:
        with pytest.raises(KnownError) as caught:
            open_key(sealed, pin, file)
        told.add(str(caught.value))
        assert "135791" not in str(caught.value)
    assert len(told) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"memory_kib": 1 << 30},
        {"passes": 1_000_000},
        {"lanes": 10_000},
        {"memory_kib": 0},
        {"memory_kib": True},
        {"salt": "zz" * 16},
        {"kdf": "md5"},
        {"version": 0},
        {"extra": 1},
    ],
)
def test_a_hostile_envelope_is_refused_before_any_work(changes: dict[str, object]) -> None:
    sealed = json.loads(seal_key(SEED, "1", bytes(32), strength=WEAK))
    with pytest.raises(KnownError, match="not a key of villagebook"):
        open_key(json.dumps({**sealed, **changes}).encode(), "1", bytes(32))


def test_a_sealed_key_of_a_newer_program_says_so() -> None:
    sealed = json.loads(seal_key(SEED, "1", bytes(32), strength=WEAK))
    with pytest.raises(KnownError, match="newer"):
        open_key(json.dumps({**sealed, "version": 2}).encode(), "1", bytes(32))


def test_the_readable_part_of_a_sealed_key_cannot_be_changed() -> None:
    sealed = json.loads(seal_key(SEED, "1", bytes(32), strength=WEAK))
    other = signing.public_key(OTHER_SEED).hex()
    with pytest.raises(KnownError):
        open_key(json.dumps({**sealed, "public": other}).encode(), "1", bytes(32))


@given(st.binary(max_size=300))
def test_any_bytes_as_a_sealed_key_end_in_a_known_error(data: bytes) -> None:
    with pytest.raises(KnownError):
        open_key(data, "1", bytes(32))


def test_a_deeply_nested_file_is_no_key() -> None:
    with pytest.raises(KnownError):
        open_key(b"[" * 4000, "1", bytes(32))
