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


def test_the_sheet_and_the_account_are_named(book: Path, tmp_path: Path):
    from tests.exchange.biff import OldSheet, xls

    rows = [line.split(",") for line in FILE.splitlines()]
    (tmp_path / "bank.xls").write_bytes(xls(OldSheet("封面", [["x"]]), OldSheet("明细", rows, hidden=True)))
    words = ("import", book, tmp_path / "bank.xls", "--layout", "bank", "--account", "IN")
    assert run(*words).code == 2
    made = run(*words, "--sheet", "明细")
    assert made.code == 0
    assert "2 rows taken in" in made.text
    assert "Only the sheet 明细 was read. The file holds others too: 封面." in made.text


def test_a_balance_is_typed_and_what_is_not_explained_is_said(book: Path):
    words = ("bank-balance", book, "--account", "IN", "--on", "2025-01-31", "--checked-by")
    agreed = run(*words, "周敏", "--amount", "100500.00")
    assert (agreed.code, "Bank and book agree" in agreed.text) == (0, True)
    short = run(*words, "周敏", "--amount", "100485.00")
    assert (short.code, "15.00 is not explained" in short.text) == (1, True)
    explained = run(*words, "周敏", "--amount", "100485", "--open", "15:账户管理费未入账")
    assert explained.code == 0
    for bad, said in (
        (("吴强", "--amount", "100500.00"), "E2L-29"),
        (("无名", "--amount", "100500.00"), "no person called 无名"),
        (("周敏", "--amount", "许多"), "许多 is not an amount"),
    ):
        made = run(*words, *bad)
        assert (made.code, said in made.err) == (2, True), made.err
    assert (
        "gestern is no day"
        in run("bank-balance", book, "--on", "gestern", "--amount", "1", "--checked-by", "周敏").err
    )


def test_a_money_place_is_added_by_its_rules(book: Path):
    assert run("place", book, "SP:road", "--name", "修路专款", "--filed", "镇备2025-7").code == 0
    assert "E2L-17" in run("place", book, "SP:well", "--name", "打井专款").err
    assert "E2L-15" in run("place", book, "IN2", "--name", "张三的账户", "--holder", "张三", "--person").err
    assert "VCH-05" in run("place", book, "SP:road", "--name", "又一个", "--filed", "1").err
    assert "does not begin with a kind" in run("place", book, "XX", "--name", "怪").err
    taken = run("import", book, "nothing.csv", "--layout", "bank", "--account", "nowhere")
    assert (taken.code, "The book has" in taken.err) == (2, True)
