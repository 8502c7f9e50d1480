"""`notice --template`: every paper of the board from the command line, with the same exit codes as the monthly notice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.board import review
from tests.builders import START, Village, at, close_month, make_village, receive
from tests.cli.runner import run
from villagebook.domain.period import Span
from villagebook.domain.sheet import SheetForm
from villagebook.services.disclosure import sheets


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """January closed; what is owed has been reviewed, what is owned has not been sent."""
    village: Village = make_village(tmp_path)
    receive(village, 50_000, START.first_day.replace(day=8))
    close_month(village, START)
    made = sheets.submit_sheet(village.book, SheetForm.DEBTS, Span.of(START), "", at(START.last_day, 21))
    review(village, made, START.last_day)
    village.book.close()
    return tmp_path / "village.vbook"


def ask(book: Path, *words: str):
    return run("notice", book, "--period", "2025-01", *words)


def test_a_reviewed_sheet_is_final_and_the_same_each_time(book: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "1.pdf", tmp_path / "2.pdf"
    for target in (first, second):
        ran = ask(book, "--template", "F3", "-o", str(target))
        assert (ran.code, ran.err) == (0, "")
    assert first.read_bytes() == second.read_bytes()
    body = ask(book, "--template", "F3", "--format", "json").json
    assert (body["form"], body["draft"], body["period"]) == ("F3", False, "2025-01")
    assert body["qr"].startswith("CJGS1*")
    assert {part["title"] for part in body["parts"]}


@pytest.mark.parametrize("form", ["pdf", "json", "txt"])
def test_a_sheet_nobody_reviewed_is_written_as_a_draft_and_exits_1(book: Path, form: str) -> None:
    ran = ask(book, "--template", "F4", "--format", form)
    assert ran.code == 1
    assert "DIS-06" in ran.err
    assert ran.out
    assert ask(book, "--template", "F4", "--format", form, "--draft").code == 0


def test_a_form_wants_its_subject_and_knows_when_there_is_none(book: Path) -> None:
    for words in (
        ("--template", "F5"),
        ("--template", "F5", "--subject", "project:P9"),
        ("--template", "F4", "--subject", "x:1"),
    ):
        ran = ask(book, *words)
        assert ran.code == 2, words
        assert "DIS-02" in ran.err
    assert "--template" in ask(book, "--subject", "project:P1").err
