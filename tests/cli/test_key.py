"""Keys on the command line, both sides: made, asked for, compared, certified, taken in, revoked, lost."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest

from tests.builders import make_village
from tests.cli.runner import Ran, run
from villagebook import paths
from villagebook.services import by

PIN = "246810"


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "pc"))
    village = make_village(tmp_path)
    village.book.close()
    return village.book.path


def typed(*words: object, pins: tuple[str, ...] = (PIN,), lang: str = "en") -> Ran:
    with mock.patch("sys.stdin", io.StringIO("".join(f"{p}\n" for p in pins))):
        return run("key", *words, lang=lang)


def last_word(ran: Ran) -> str:
    assert ran.code == 0, ran.err
    return ran.text.strip().rpartition(" ")[2]


def township(folder: Path) -> tuple[tuple[object, ...], str]:
    """The words with which the township signs until next year, and its fingerprint."""
    folder.mkdir()
    with mock.patch("sys.stdin", io.StringIO(PIN + "\n")):
        mark = last_word(run("policy", "key", folder, "--name", "清水镇"))
    (sealed,), (other,) = folder.glob("*.vbkey"), folder.glob("*.keyfile")
    until = (by.today() + timedelta(days=365)).isoformat()
    return ("--name", "清水镇", "--key", sealed, "--key-file", other, "--until", until), mark


def states(book: Path) -> list[str]:
    shown = run("key", "list", book, "--format", "json")
    return [k["state"] for k in shown.json["keys"]]


def test_both_sides_from_the_request_to_the_revocation(book: Path, tmp_path: Path):
    stick, pen_town = tmp_path / "stick", tmp_path / "town"
    stick.mkdir()
    pen, mark = township(pen_town)
    made = typed("make", book, "--person", "王建国", "--stick", stick)
    assert made.code == 0, made.err
    (request,) = stick.glob("*.vbrequest.json")
    fingerprint = last_word(typed("look", request))
    assert fingerprint in made.text
    assert states(book) == ["valid"]  # no township yet

    answer = pen_town / "answer.json"
    wrong = typed("answer", request, *pen, "--fingerprint", "0000-0000-0000-0000", "-o", answer)
    assert (wrong.code, answer.exists()) == (2, False)
    assert typed("answer", request, *pen, "--fingerprint", fingerprint, "-o", answer).code == 0
    untrusted = typed("take", book, answer)
    assert (untrusted.code, "read aloud" in untrusted.err) == (2, True)
    assert typed("take", book, answer, "--fingerprint", mark).code == 0
    assert states(book) == ["valid"]

    first, second = pen_town / "list-1.json", pen_town / "list-2.json"
    assert "Version 1" in typed("trust-list", answer, *pen, "-o", first).text
    revoking = ("--revoke", fingerprint, "--reason", "遗失")
    assert "Version 2" in typed("trust-list", first, *pen, *revoking, "-o", second).text
    assert typed("take", book, second).code == 0
    assert typed("take", book, first).code == 2
    assert states(book) == ["revoked"]
    assert "遗失" in typed("list", book, lang="zh_CN").text


def test_a_lost_stick_a_new_pin_and_the_sheet(book: Path, tmp_path: Path):
    stick = tmp_path / "stick"
    stick.mkdir()
    made = typed("make", book, "--person", "王建国", "--stick", stick)
    (request,) = stick.glob("*.vbrequest.json")
    fingerprint = last_word(typed("look", request))
    sheet = tmp_path / "sheet.pdf"
    assert typed("sheet", book, fingerprint, "-o", sheet).code == 0
    assert sheet.read_bytes().startswith(b"%PDF")
    assert typed("request", book, fingerprint, "-o", tmp_path / "again.json").code == 0
    assert (tmp_path / "again.json").read_bytes() == request.read_bytes()
    assert typed("pin", book, fingerprint, "--stick", stick, pins=("000000", "135791")).code == 2
    assert typed("pin", book, fingerprint, "--stick", stick, pins=(PIN, "135791")).code == 0
    together = typed("apart", book, "--stick", stick)
    assert (together.code, "No sealed half" in together.err) == (2, True)
    nameless = typed("lost", book, fingerprint, "--reason", "赶集时丢失")
    assert (nameless.code, "--by" in nameless.err) == (2, True)
    told = typed("lost", book, fingerprint, "--by", "张海涛", "--reason", "赶集时丢失")
    assert (told.code, "Hand a package over" in told.text) == (0, True)
    assert states(book) == ["stopped"]
    assert typed("signed", book, fingerprint).code == 0
    assert run("check", book).code == 0
    assert PIN not in made.text
