"""`villagebook invoice used`, `elsewhere` and `merge`: two villages' numbers made one list at the township, and back by stick."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest

from tests import invoices as paper
from tests import used_lists as lists
from tests.builders import DAY, NAME, Village, make_village, move, sign_everything, submit
from tests.cli.runner import Ran, run
from villagebook.exchange import signing as crypto

PIN = "975310"
OTHER = "25372000005555555555"


@pytest.fixture
def village(tmp_path: Path) -> Village:
    """Two invoices are booked."""
    made = make_village(tmp_path)
    move(made, "IN", "EX", 2_000_000)
    for number in (paper.NUMBER, OTHER):
        document = replace(paper.paid_on(made, paper.xml(number)), excuse="同日两台水泵")
        submit(made, document)
        sign_everything(made, document.id, DAY)
    made.book.close()
    return made


def signs(*words: object) -> Ran:
    with mock.patch("sys.stdin", io.StringIO(f"{PIN}\n")):
        return run(*words)


def test_our_numbers_go_to_the_township_and_come_back_in_one_signed_list(
    village: Village, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = crypto.seal_key
    strength = crypto.SealStrength(memory_kib=64, passes=1, lanes=1)
    monkeypatch.setattr(crypto, "seal_key", lambda *args: honest(*args, strength=strength))
    book = village.book.path
    ours = tmp_path / "ours.xlsx"
    assert "Numbers: 2" in run("invoice", "used", book, "-o", ours).text
    theirs = lists.table(tmp_path, lists.row(paper.NUMBER), lists.row("9" * 20), name="theirs.csv")
    town = tmp_path / "town"
    town.mkdir()
    assert signs("policy", "key", town, "--name", lists.TOWNSHIP).code == 0
    (sealed,), (other,) = town.glob("*.vbkey"), town.glob("*.keyfile")
    target = town / "all.json"
    pen = ("--key", sealed, "--key-file", other)
    merged = signs("invoice", "merge", ours, theirs, "--issuer", lists.TOWNSHIP, "-o", target, *pen)
    assert merged.code == 1
    assert f"Invoice {paper.NUMBER} was used by several: {NAME}" in merged.text
    assert "Numbers: 4" in merged.text  # the shared one stands there for both villages
    mark = merged.text.split("each village: ")[1].split()[0]
    untold = run("invoice", "elsewhere", book, target)
    assert (untold.code, "E2L-01" in untold.err) == (2, True)
    looked = run("invoice", "elsewhere", book, target, "--fingerprint", mark, "--dry-run")
    assert "nothing was written" in looked.text
    taken = run("invoice", "elsewhere", book, target, "--fingerprint", mark)
    assert taken.code == 1
    assert "Of them booked here as well: 1" in taken.text
    assert "INV-33" in taken.text
    told = run("invoice", "elsewhere", book, "--format", "json")
    assert told.code == 1
    (hit,) = told.json["hits"]
    assert (hit["number"], hit["where"], hit["total"]) == (paper.NUMBER, "邻村 付-0007", "500.00")
    (held,) = told.json["lists"]
    assert (held["issuer"], held["entries"], held["hits"]) == (lists.TOWNSHIP, 4, 1)
    (row,) = run("report", book, "invoices-elsewhere").rows
    assert row["number"] == paper.NUMBER


def test_a_table_is_taken_in_as_somebodys_word(village: Village, tmp_path: Path) -> None:
    book, path = village.book.path, lists.table(tmp_path, lists.row("9" * 20))
    assert "No list" in run("invoice", "elsewhere", book).text
    assert "INV-34" in run("invoice", "elsewhere", book, path).err
    whose = ("--issuer", lists.TOWNSHIP, "--by", "周镇财", "--on", "2025-01-31")
    taken = run("invoice", "elsewhere", book, path, *whose, "--format", "json")
    assert (taken.code, taken.json["entries"], taken.json["hits"]) == (0, 1, 0)
    assert "unsigned, told by 周镇财" in run("invoice", "elsewhere", book).text


def test_merging_tells_every_bad_row_of_every_file_and_writes_nothing(tmp_path: Path) -> None:
    one = lists.table(tmp_path, lists.row("12345678"), name="one.csv")
    two = lists.table(tmp_path, lists.row("2.5E+19"), name="two.csv")
    target = tmp_path / "all.csv"
    refused = run("invoice", "merge", one, two, "--issuer", "清水镇", "-o", target)
    assert refused.code == 2
    assert "IMP-97" in refused.err
    assert "IMP-90" in refused.err
    assert not target.exists()


def test_merged_tables_are_read_again_and_a_signed_list_needs_a_key(tmp_path: Path) -> None:
    one = lists.table(tmp_path, lists.row("9" * 20), name="one.csv")
    words = ("invoice", "merge", one, "--issuer", "清水镇", "-o")
    assert run(*words, tmp_path / "all.json").code == 2
    assert run(*words, tmp_path / "all.txt").code == 2
    assert run(*words, tmp_path / "all.xlsx").code == 0
    again = run(
        "invoice", "merge", tmp_path / "all.xlsx", one, "--issuer", "清水镇", "-o", tmp_path / "b.csv"
    )
    assert (again.code, "Numbers: 1" in again.text) == (0, True)


def test_words_that_are_missing_are_named(village: Village, tmp_path: Path) -> None:
    assert "BOOK is missing" in run("invoice", "used").err
    assert "-o is missing" in run("invoice", "merge", tmp_path, "--issuer", "清水镇").err
    assert "neither CSV nor XLSX" in run("invoice", "used", village.book.path, "-o", tmp_path / "a.pdf").err
    assert "no period" in run("invoice", "used", village.book.path, "--from", "soon").err
    assert run("invoice", "used", village.book.path).rows[0]["number"] in (paper.NUMBER, OTHER)
