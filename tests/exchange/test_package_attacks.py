"""One signature over every byte: no changed, missing, added or moved byte is ever accepted."""

from __future__ import annotations

import hashlib
import random

from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.samples import OTHER_SEED, SEED, make_content, make_entries
from villagebook.exchange import zipform
from villagebook.exchange.package import package_bytes, read_package

GOOD = b"".join(package_bytes(make_content(), SEED))
OTHER = b"".join(
    package_bytes(make_content(make_entries(4, actor="李会计"), attachment=b"another"), OTHER_SEED)
)


def is_refused(data: bytes) -> bool:
    package, findings = read_package(data)
    return package is None and bool(findings) and all(f.id.startswith("PKG-") and f.text for f in findings)


def test_the_samples_themselves_are_accepted() -> None:
    assert not is_refused(GOOD)
    assert not is_refused(OTHER)


def test_every_single_changed_byte_is_refused() -> None:
    for at in range(len(GOOD)):
        for value in {GOOD[at] ^ 1, GOOD[at] ^ 0x80, GOOD[at] ^ 0x20} - {GOOD[at]}:
            assert is_refused(GOOD[:at] + bytes([value]) + GOOD[at + 1 :]), at


def test_every_truncation_is_refused() -> None:
    for size in range(len(GOOD)):
        assert is_refused(GOOD[:size]), size


def test_every_single_missing_or_doubled_byte_is_refused() -> None:
    for at in range(len(GOOD)):
        assert is_refused(GOOD[:at] + GOOD[at + 1 :]), at
        assert is_refused(GOOD[: at + 1] + GOOD[at:]), at


def test_bytes_before_and_behind_are_refused_and_told_apart() -> None:
    assert is_refused(b"\0" + GOOD)
    assert is_refused(b"MZ" + GOOD)
    assert [f.id for f in read_package(GOOD + b"\n")[1]] == ["PKG-03"]
    assert [f.id for f in read_package(GOOD[:-1])[1]] == ["PKG-02"]
    assert [f.id for f in read_package(GOOD[: len(GOOD) // 2])[1]] == ["PKG-02"]
    assert [f.id for f in read_package(b"hello")[1]] == ["PKG-01"]
    assert is_refused(GOOD + GOOD[-zipform.SEAL_SIZE :])
    assert is_refused(GOOD + OTHER)


def test_the_seal_of_one_package_does_not_fit_another() -> None:
    size = zipform.SEAL_SIZE
    assert is_refused(GOOD[:-size] + OTHER[-size:])
    assert is_refused(OTHER[:-size] + GOOD[-size:])


def test_the_same_members_in_another_order_are_refused() -> None:
    members = zipform.read_members(GOOD)
    body = b"".join(zipform.assemble(members[::-1]))
    assert is_refused(body + GOOD[-zipform.SEAL_SIZE :])


def test_two_packages_spliced_anywhere_are_refused() -> None:
    for at in range(1, min(len(GOOD), len(OTHER)), 7):
        for spliced in (GOOD[:at] + OTHER[at:], GOOD[:-at] + OTHER[-at:]):
            assert spliced in (GOOD, OTHER) or is_refused(spliced), at


def test_thousands_of_random_mutations_are_refused() -> None:
    chance = random.Random(20250305)
    for _trial in range(4000):
        data = bytearray(GOOD)
        for _change in range(chance.randint(1, 6)):
            start = chance.randrange(len(data))
            kind = chance.randrange(3)
            if kind == 0:
                data[start] = chance.randrange(256)
            elif kind == 1:
                del data[start : start + chance.randint(1, 40)]
            else:
                data[start:start] = chance.randbytes(chance.randint(1, 40))
        assert bytes(data) == GOOD or is_refused(bytes(data))


@given(st.binary(max_size=400))
def test_any_bytes_at_all_give_findings_and_no_error(data: bytes) -> None:
    assert is_refused(data)
    assert is_refused(b"PK\x03\x04" + data)


@given(st.binary(max_size=300))
def test_any_signed_bytes_give_findings_and_no_error(body: bytes) -> None:
    assert is_refused(body + zipform.make_seal(hashlib.sha256(body).hexdigest(), SEED))


@given(st.data())
def test_a_signed_package_with_broken_insides_gives_findings_and_no_error(data: st.DataObject) -> None:
    body = bytearray(GOOD[: -zipform.SEAL_SIZE])
    at = data.draw(st.integers(0, len(body) - 1))
    body[at] ^= data.draw(st.integers(1, 255))
    sealed = bytes(body) + zipform.make_seal(hashlib.sha256(body).hexdigest(), SEED)
    assert is_refused(sealed)
