"""The bank on the command line: taken in, matched, and the sheet as paper and as a list."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.builders import make_village, receive
from tests.cli.runner import run

FILE = "日期,收入,支出,余额,对方户名\n2025-01-10,500,,100500,何老四\n2025-01-20,,15,100485,\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    village = make_village(tmp_path)
    receive(village, 50_000, date(2025, 1, 10))
    village.book.close()
    (tmp_path / "bank.csv").write_text(FILE, encoding="gb18030")
    return village.book.path


def test_a_statement_is_taken_in_and_matched(book: Path, tmp_path: Path):
    words = ("import", book, tmp_path / "bank.csv", "--layout", "bank", "--format", "json")
    made = run(*words, "--dry-run")
    assert (made.code, made.json["rows"], made.json["matched"]) == (0, 2, 0)
    made = run(*words, "--place", "EX")
    assert (made.code, made.json["rows"], made.json["matched"], made.json["proposals"]) == (0, 2, 1, 0)
    made = run(*words)
    assert (made.code, made.json["rows"], made.json["known"]) == (0, 0, 2)
    assert "2 rows taken in" not in run(*words[:-2]).text


def test_the_sheet_is_a_list_for_programs_and_a_form_on_paper(book: Path, tmp_path: Path):
    run("import", book, tmp_path / "bank.csv", "--layout", "bank")
    made = run("report", book, "reconciliation", "--from", "2025-01")
    assert made.code == 0
    assert [(r["what"], r["amount"]) for r in made.rows] == [
        ("book-balance", "100500.00"),
        ("bank-balance", "100485.00"),
        ("bank-open", "-15.00"),
        ("adjusted-book", "100485.00"),
        ("adjusted-bank", "100485.00"),
    ]
    for form in ("pdf", "xlsx"):
        assert run("report", book, "reconciliation", "--from", "2025-01", "--format", form).out[:2] in (
            b"%P",
            b"PK",
        )
    assert "REC-01" in run("check", book).text
