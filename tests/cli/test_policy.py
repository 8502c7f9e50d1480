"""The township's parameters on the command line: signed at the township, tried, taken in and shown in the village."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest

from tests.builders import make_village, policy_data
from tests.cli.runner import Ran, run
from villagebook.services import by

PIN = "246810"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    village = make_village(tmp_path)
    village.book.close()
    return village.book.path


def with_pin(*words: object, pin: str = PIN, lang: str = "en") -> Ran:
    with mock.patch("sys.stdin", io.StringIO(pin + "\n")):
        return run(*words, lang=lang)


def township(folder: Path, **changes: object) -> tuple[Path, str]:
    """A signed file in force from tomorrow on, and the fingerprint."""
    made = with_pin("policy", "key", folder, "--name", "清水镇")
    assert made.code == 0
    mark = made.text.strip().rpartition(" ")[2]
    source = folder / "plain.json"
    told = policy_data(changes)
    told.update(id="清水镇", version="2025-1", in_force_on=(by.today() + timedelta(days=1)).isoformat())
    source.write_text(json.dumps(told), encoding="utf-8")
    (sealed,), (other,) = folder.glob("*.vbkey"), folder.glob("*.keyfile")
    words = ("policy", "sign", source, "--name", "清水镇", "--key", sealed, "--key-file", other)
    signed = with_pin(*words, "-o", folder / "signed.json")
    assert (signed.code, mark in signed.text) == (0, True)
    assert with_pin(*words, "-o", folder / "no.json", pin="000000").code == 2
    assert not (folder / "no.json").exists()
    return folder / "signed.json", mark


def test_a_signed_file_is_tried_taken_in_and_shown(book: Path, tmp_path: Path):
    file, mark = township(tmp_path, cash_limit_fen=100_000)
    tried = run("policy", book, file, "--dry-run")
    assert (tried.code, "nothing was written" in tried.text) == (0, True)
    assert "Cash overnight, yuan  2,000.00  1,000.00" in tried.text
    assert "Not signed" in run("policy", book, "--show").text
    refused = run("policy", book, file)
    assert (refused.code, "Telephone the township" in refused.err) == (2, True)
    made = run("policy", book, file, "--fingerprint", mark, "--format", "json")
    assert made.code == 0
    assert made.json["changes"] == [{"name": "numbers.cash_limit_fen", "old": "2000.00", "new": "1000.00"}]
    shown = run("policy", book, "--format", "json").json
    assert (shown["signed"], shown["parameters"]["cash_limit_fen"]) == (
        False,
        "2000.00",
    )  # tomorrow it is in force
    assert "清水镇 2025-1" in run("policy", book, "--show", lang="zh_CN").text
    assert run("check", book).code == 0


def test_a_new_book_begins_with_a_signed_file(tmp_path: Path):
    file, mark = township(tmp_path, cash_limit_fen=100_000)
    path = tmp_path / "new.vbook"
    words = ("new", path, "--village", "白杨村", "--code", "1", "--start", "2025-01", "--policy", file)
    assert run(*words, "--fingerprint", "0000").code == 2
    assert not path.exists()
    assert run(*words, "--fingerprint", mark).code == 0
    shown = run("policy", path, "--format", "json").json
    assert (shown["signed"], shown["trusted"], shown["parameters"]["cash_limit_fen"]) == (
        True,
        True,
        "1000.00",
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("policy", "sign"), "FILE is missing"),
        (("policy", "sign", "x.json"), "--key is missing"),
        (("policy", "key", "/nowhere/at/all"), "no folder"),
        (("policy", "nowhere.vbook"), "no book"),
    ],
)
def test_wrong_words_are_one_sentence(words: tuple[str, ...], said: str):
    made = run(*words)
    assert made.code == 2
    assert said in made.err
    assert made.err.count("\n") == 1


def test_a_file_nobody_signed_and_a_wrong_day_are_refused(book: Path, tmp_path: Path):
    file, _mark = township(tmp_path)
    assert "Nobody has signed this file" in run("policy", book, tmp_path / "plain.json").err
    made = with_pin(
        *("policy", "sign", tmp_path / "plain.json", "--name", "x", "--key", file, "--key-file", file),
        *("-o", tmp_path / "y.json", "--until", "gestern"),
    )
    assert (made.code, "gestern is no day" in made.err) == (2, True)


def test_trust_in_a_key_is_ended_by_its_fingerprint_and_a_reason(book: Path, tmp_path: Path):
    file, mark = township(tmp_path)
    assert run("policy", book, file, "--fingerprint", mark).code == 0
    assert mark in run("policy", book, "--show").text
    nobody = run("policy", book, "--distrust", "0000-0000", "--reason", "U盘遗失")
    assert (nobody.code, "no key of this fingerprint" in nobody.err) == (2, True)
    why = run("policy", book, "--distrust", mark)
    assert (why.code, "Say why" in why.err) == (2, True)
    ended = run("policy", book, "--distrust", mark.upper().replace("-", ""), "--reason", "U盘遗失")
    assert (ended.code, "no longer" in ended.text) == (0, True)
    assert run("policy", book, "--distrust", mark, "--reason", "U盘遗失").code == 2
    assert run("check", book).code == 0
