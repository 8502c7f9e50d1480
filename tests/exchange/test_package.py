"""Packages: what is written reads back, and every way a log or a list can be wrong has its own finding."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.samples import CODE, OTHER_SEED, SEED, make_content, make_entries
from villagebook.domain.canonical import canonical
from villagebook.domain.errors import Cancelled, KnownError, Refused
from villagebook.domain.event import read_entry
from villagebook.domain.finding import Severity
from villagebook.domain.package import PackageContent
from villagebook.exchange import medium, zipform
from villagebook.exchange.package import (
    TEXTS,
    Signer,
    Trust,
    package_bytes,
    read_package,
    read_trust,
    trust_bytes,
    write_package,
)
from villagebook.exchange.package_names import is_allowed
from villagebook.exchange.signing import public_key


def whole(content: PackageContent, seed: bytes = SEED) -> bytes:
    return b"".join(package_bytes(content, seed))


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def seal(members: list[zipform.Member]) -> bytes:
    """A correctly signed package of any members at all: what a hostile signer can make."""
    body = b"".join(zipform.assemble(members))
    return body + zipform.make_seal(hashlib.sha256(body).hexdigest(), SEED)


def ids(data: bytes) -> list[str]:
    package, findings = read_package(data)
    assert package is None
    return [finding.id for finding in findings]


def rebuilt(content: PackageContent | None = None, **changes: object) -> list[zipform.Member]:
    """Members of a good package with the manifest's fields replaced."""
    members = zipform.read_members(whole(content or make_content()))
    manifest = {**json.loads(members[0].unpack()), **changes}
    members[0] = zipform.Member.pack("manifest.json", canonical(manifest), deflate=True)
    return members


# ---- writing ----


def test_what_is_written_reads_back_the_same(tmp_path: Path) -> None:
    content = make_content()
    path = tmp_path / "lijia.vbx.zip"
    sha256 = write_package(path, content, SEED)
    assert sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    package, findings = read_package(path)
    assert package is not None
    assert package.entries == content.entries
    assert package.objects == content.objects
    assert package.extracts == content.extracts
    assert package.manifest["village"] == "李家村"
    assert package.signer == public_key(SEED).hex()
    assert [(f.id, f.severity) for f in findings] == [("PKG-07", Severity.HINT)]
    assert names_in(tmp_path) == ["lijia.vbx.zip"]


def test_the_same_content_and_key_give_the_same_bytes() -> None:
    assert whole(make_content()) == whole(make_content())


def test_any_unzip_tool_opens_a_package(tmp_path: Path) -> None:
    path = tmp_path / "a.vbx.zip"
    write_package(path, make_content(), SEED)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert archive.read("extract/说明.txt").decode() == "这是账"
        assert archive.read("events.jsonl").count(b"\n") == 3


def test_an_empty_log_is_a_package_too() -> None:
    package, _findings = read_package(whole(make_content(())))
    assert package is not None
    assert package.entries == ()


def test_progress_ends_at_its_total(tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    write_package(tmp_path / "a.vbx.zip", make_content(), SEED, progress=lambda d, t: heard.append((d, t)))
    assert heard[-1][0] == heard[-1][1]
    assert heard == sorted(heard)


def test_a_cancelled_export_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    path = tmp_path / "a.vbx.zip"
    path.write_bytes(b"last month")
    with pytest.raises(Cancelled):
        write_package(path, make_content(), SEED, progress=stop)
    assert path.read_bytes() == b"last month"
    assert names_in(tmp_path) == ["a.vbx.zip"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "not enough room"),
        (errno.EROFS, "may not be written"),
        (errno.EIO, "gone or does not answer"),
    ],
)
def test_a_failing_stick_is_told_in_one_sentence_and_leaves_nothing_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def fail(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    path = tmp_path / "a.vbx.zip"
    path.write_bytes(b"last month")
    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(KnownError, match=words) as caught:
        write_package(path, make_content(), SEED)
    assert caught.value.hint
    assert path.read_bytes() == b"last month"
    assert names_in(tmp_path) == ["a.vbx.zip"]


def test_a_folder_that_is_not_there_is_a_known_error(tmp_path: Path) -> None:
    with pytest.raises(KnownError):
        write_package(tmp_path / "gone" / "a.vbx.zip", make_content(), SEED)


def test_a_stick_that_forgets_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(medium, "file_sha256", lambda _path: "0" * 64)
    with pytest.raises(KnownError, match="not what was written"):
        write_package(tmp_path / "a.vbx.zip", make_content(), SEED)
    assert names_in(tmp_path) == []


def test_a_book_with_a_broken_log_is_not_exported(tmp_path: Path) -> None:
    entries = make_entries()
    broken = (entries[0], entries[1].replace(b'"n":2', b'"n":7'), entries[2])
    with pytest.raises(Refused) as caught:
        write_package(tmp_path / "a.vbx.zip", make_content(broken), SEED)
    assert [f.id for f in caught.value.findings] == ["PKG-17"]
    assert names_in(tmp_path) == []


def test_an_extract_with_a_bad_name_is_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="not a name"):
        package_bytes(replace(make_content(), extracts={"../x": b""}), SEED)


# ---- the log ----


def changed_entry(entry: bytes, **changes: object) -> bytes:
    return canonical({**json.loads(entry), **changes})


def test_a_log_with_entries_left_out_or_turned_round_is_refused() -> None:
    first, second, third = make_entries()
    assert ids(whole(make_content((first, third)))) == ["PKG-18"]
    assert ids(whole(make_content((second, first, third)))) == ["PKG-18"]
    assert ids(whole(make_content((first, changed_entry(second, actor="他人"), third)))) == ["PKG-17"]


def test_time_running_back_and_repeated_ids_are_found() -> None:
    first, second, _third = make_entries()
    assert ids(whole(make_content((first, changed_entry(second, at="2020-01-01T00:00:00Z"))))) == ["PKG-19"]
    assert ids(whole(make_content((first, changed_entry(second, id=read_entry(first).id))))) == ["PKG-20"]


@pytest.mark.parametrize(
    "entry",
    [
        b"{}",
        b"[" * 5000,
        b'{"v":1}',
        b"\xff",
        canonical({"v": 1, "seq": 1, "kind": 1, "at": "", "actor": "", "id": "", "prev": "", "data": {}}),
        make_entries(1)[0] + b" ",
        make_entries(1)[0].replace(b'"data":{"n":1}', b'"data":{"n":1},"data":{"n":1}'),
        make_entries(1)[0].replace(b'"n":1', b'"n":1.5'),
        make_entries(1)[0].replace(b'"n":1', b'"n":"\\ud800"'),
        make_entries(1)[0].replace(b'"v":1', b'"v":true'),
    ],
)
def test_entries_that_are_not_in_their_one_form_are_refused(entry: bytes) -> None:
    assert ids(whole(make_content((entry,)))) == ["PKG-16"]


def test_an_entry_over_a_mebibyte_is_refused() -> None:
    large = changed_entry(make_entries(1)[0], data={"text": "x" * (1 << 20)})
    assert ids(whole(make_content((large,)))) == ["PKG-22"]


def test_a_package_that_names_another_head_is_refused() -> None:
    assert ids(seal(rebuilt(head={"seq": 3, "hash": "0" * 64}))) == ["PKG-21"]
    assert ids(seal(rebuilt(head={"seq": 2, "hash": "0" * 64}))) == ["PKG-21"]


def test_twenty_thousand_events_are_checked() -> None:
    package, _findings = read_package(whole(make_content(make_entries(20_000))))
    assert package is not None
    assert len(package.entries) == 20_000


# ---- a hostile signer ----


def test_names_that_leave_the_folder_or_trick_a_system_are_refused() -> None:
    names = [
        "../x",
        "/etc/x",
        "extract/../x",
        "extract/CON",
        "extract/con.txt",
        "extract/a:b",
        "extract/a\\b",
    ]
    names += [
        "extract/.hidden",
        "extract/x.",
        "extract/",
        "extract/a//b",
        "extract/a\u202etxt",
        "x",
        "objects/ab/12",
    ]
    names += [
        "extract/a/b/c/d",
        "extract/" + "长" * 90,
        "extract/e\u0301",
        "extract/a b",
        "objects/ab/" + "cd" * 32,
    ]
    assert not [name for name in names if is_allowed(name)]
    members = rebuilt()
    for name in names:
        assert ids(seal([*members, zipform.Member.pack(name, b"x", deflate=False)])) == ["PKG-09"], name


def test_doubled_and_clashing_names_are_refused() -> None:
    members = rebuilt()
    for name in ("extract/说明.txt", "extract/CSV/journal.csv", "extract/csv"):
        assert ids(seal([*members, zipform.Member.pack(name, b"x", deflate=False)])) == ["PKG-09"], name


def test_missing_extra_and_swapped_members_are_refused() -> None:
    members = rebuilt()
    assert ids(seal(members[:-1])) == ["PKG-13"]
    assert ids(seal([members[0], *members[2:]])) == ["PKG-13"]
    extra = zipform.Member.pack("extract/龙.txt", b"x", deflate=False)
    assert ids(seal([*members, extra])) == ["PKG-14"]
    assert ids(seal([*members[:3], members[4], members[3]])) == ["PKG-08"]
    assert ids(seal(members[1:])) == ["PKG-11"]
    assert ids(seal([])) == ["PKG-11"]


def test_files_that_differ_from_the_list_are_refused() -> None:
    members = rebuilt()
    for index in range(1, len(members)):
        other = list(members)
        other[index] = zipform.Member.pack(members[index].name, b"other", deflate=False)
        assert ids(seal(other)) == ["PKG-15"]


def test_an_attachment_must_have_the_hash_in_its_name() -> None:
    assert ids(whole(replace(make_content(), objects={"ab" * 32: b"x"}))) == ["PKG-15"]


def test_a_wrong_sm3_beside_a_right_sha256_is_refused() -> None:
    files = json.loads(rebuilt()[0].unpack())["files"]
    files[0]["sm3"] = "0" * 64
    assert ids(seal(rebuilt(files=files))) == ["PKG-15"]
    files[0]["sm3"] = None
    assert read_package(seal(rebuilt(files=files)))[0] is not None


@pytest.mark.parametrize(
    "changes",
    [
        {"code": ""},
        {"head": None},
        {"files": [1]},
        {"suite": "none"},
        {"format": 0},
        {"format": True},
        {"files": {}},
    ],
)
def test_a_table_of_contents_without_our_fields_is_refused(changes: dict[str, Any]) -> None:
    assert ids(seal(rebuilt(**changes))) == ["PKG-11"]


@pytest.mark.parametrize("text", [b"", b"[]", b"[" * 5000, b'{"a":1.5}', b'{ "format":1}', b"\xff"])
def test_a_table_of_contents_that_is_not_canonical_is_refused(text: bytes) -> None:
    members = rebuilt()
    members[0] = zipform.Member.pack("manifest.json", text, deflate=False)
    assert ids(seal(members)) == ["PKG-11"]


def test_a_newer_package_asks_for_the_newer_program() -> None:
    assert ids(seal(rebuilt(format=2))) == ["PKG-12"]
    data = whole(make_content())
    start = len(data) - zipform.SEAL_SIZE
    assert ids(data[:start] + data[start:].replace(b"VBX1", b"VBX2")) == ["PKG-12"]
    assert ids(data[:start] + data[start:].replace(b"ed25519-sha256", b"sm2-sm3")) == ["PKG-04"]


def test_a_bomb_is_refused_without_being_unpacked() -> None:
    small = zipform.Member.pack("extract/龙.txt", b"\0" * 5_000_000, deflate=False)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(small.packed) + packer.flush()
    bomb = replace(small, method=zipform.DEFLATED, packed=packed)
    assert ids(seal([*rebuilt(), bomb])) == ["PKG-10"]
    # One that says it is small is cut off at the size it says.
    liar = replace(bomb, size=len(packed))
    record = {"path": liar.name, "bytes": liar.size, "sha256": "0" * 64, "sm3": None}
    files = [*json.loads(rebuilt()[0].unpack())["files"], record]
    assert ids(seal([*rebuilt(files=files), liar])) == ["PKG-15"]


def test_what_other_zip_programs_write_is_refused_even_when_signed(tmp_path: Path) -> None:
    path = tmp_path / "z.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("manifest.json", "{}")
    data = path.read_bytes()[:-2] + zipform.SEAL_SIZE.to_bytes(2, "little")
    assert ids(data + zipform.make_seal(hashlib.sha256(data).hexdigest(), SEED)) == ["PKG-08"]


# ---- trust ----


def test_a_signer_on_the_list_is_accepted_without_a_word(tmp_path: Path) -> None:
    path = tmp_path / "trust.json"
    trust = Trust((Signer(CODE, public_key(SEED).hex(), "李家村会计"),))
    path.write_bytes(trust_bytes(trust))
    assert read_trust(path) == trust
    package, findings = read_package(whole(make_content()), trust=trust)
    assert package is not None
    assert findings == ()


@pytest.mark.parametrize(
    "signer", [Signer(CODE, public_key(OTHER_SEED).hex(), "x"), Signer("1", public_key(SEED).hex(), "x")]
)
def test_a_stranger_and_a_key_of_another_village_are_foreign(signer: Signer) -> None:
    package, findings = read_package(whole(make_content()), trust=Trust((signer,)))
    assert package is None
    assert [f.id for f in findings] == ["PKG-06"]
    assert CODE in findings[0].text


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format":"villagebook-trust","version":1,"signers":[{}]}', "\x00"]
)
def test_a_damaged_trust_list_is_a_known_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "trust.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KnownError):
        read_trust(path)


def test_a_missing_file_is_a_known_error(tmp_path: Path) -> None:
    with pytest.raises(KnownError):
        read_trust(tmp_path / "none.json")
    with pytest.raises(KnownError):
        read_package(tmp_path / "none.vbx.zip")


def test_every_finding_has_a_text_with_a_remedy() -> None:
    assert sorted(TEXTS) == [f"PKG-{n:02d}" for n in range(1, 23)]
    assert all(text.count(". ") >= 1 for text in TEXTS.values())
