"""The year so far in the trial balance: beside the months, by levels, and for a book that begins within a year."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import at, fill_posts, make_book
from tests.services.statement_books import book_of, voucher
from tests.services.test_statements_property import held, histories, posted, spans
from villagebook.domain.period import Period, Span
from villagebook.domain.table import Table
from villagebook.domain.voucher import VoucherLine
from villagebook.reports.table_xlsx import render_xlsx
from villagebook.services.account_books.account_ledgers import general_ledger
from villagebook.services.account_books.detail_ledger import detail_ledger
from villagebook.services.account_books.trial_balance import trial_balance
from villagebook.services.book_file.books import Book
from villagebook.services.bringing_in import bring_in, foreign_files, opening_entry
from villagebook.services.vouchers import accounts
from villagebook.services.vouchers.accounts import NewAccount
from villagebook.services.vouchers.documents import voucher_data

COLUMNS = (
    "opening_debit opening_credit debit credit year_debit year_credit closing_debit closing_credit".split()
)
FIRST = Period(2025, 10)
"""When the book begins that begins within a year."""


def rows_of(table: Table) -> dict[str, dict[str, Any]]:
    keys = [c.key for c in table.columns]
    return {str(r[0]): dict(zip(keys, r, strict=True)) for r in table.rows}


def figures(table: Table, account: str) -> tuple[int, ...]:
    row = rows_of(table)[account]
    return tuple(row[key] for key in COLUMNS)


def test_the_year_so_far_counts_from_january_to_the_last_month(tmp_path: Path) -> None:
    made = [
        voucher("a", Period(2024, 11), 1, [("102", "", 1000), ("501", "", -1000)]),
        voucher("b", Period(2025, 2), 1, [("102", "", 300), ("501", "", -300)]),
        voucher("c", Period(2025, 3), 1, [("112", "甲", 7), ("504", "", -7)]),
        voucher("d", Period(2025, 3), 2, [("504", "", 7), ("112", "甲", -7)]),
        voucher("e", Period(2025, 5), 1, [("513", "", 20), ("102", "", -20)]),
        voucher("f", Period(2025, 6), 1, [("513", "", 9), ("102", "", -9)]),
    ]
    with book_of(tmp_path / "b.vbook", made) as book:
        table = trial_balance(book, Span.of(Period(2025, 5)))
        assert [c.key for c in table.columns[2:]] == COLUMNS
        assert figures(table, "102") == (5_001_300, 0, 0, 20, 300, 20, 5_001_280, 0)
        assert figures(table, "501") == (0, 1300, 0, 0, 0, 300, 0, 1300)
        assert figures(table, "513") == (0, 0, 20, 0, 20, 0, 20, 0)
        assert figures(table, "112") == (0, 0, 0, 0, 7, 7, 0, 0), "moved in the year, and stands at nothing"
        assert table.rows[-1][6:8] == (334, 334)
        across = trial_balance(book, Span(Period(2024, 11), Period(2025, 2)))
        assert figures(across, "102")[2:6] == (1300, 0, 300, 0), "the year is that of the last month"


@settings(max_examples=max(10, settings().max_examples // 6))
@given(histories, spans, st.integers(0, 3))
def test_the_year_so_far_is_what_the_months_from_january_moved(history: Any, span: Span, depth: int) -> None:
    with held(posted(history)) as book:
        now = trial_balance(book, span, depth)
        year = trial_balance(book, Span(Period(span.last.year, 1), span.last), depth)
    moved = {code: (r["debit"], r["credit"]) for code, r in rows_of(year).items()}
    for code, row in rows_of(now).items():
        assert (row["year_debit"], row["year_credit"]) == moved.get(code, (0, 0))
    assert now.rows[-1][6] == now.rows[-1][7]


def begun(folder: Path, lines: tuple[VoucherLine, ...]) -> Book:
    book = make_book(folder, start=FIRST)
    opening_entry.set_lines(book, lines, at(FIRST.first_day))
    return book


def post(book: Book, *made: Any) -> None:
    with book.writing("测试", at(Period(2026, 1).first_day).at) as writing:
        for each in made:
            writing.log("voucher.posted", voucher_data(each), each.id, "vouchers")


@pytest.fixture
def midyear(tmp_path: Path) -> Iterator[Book]:
    lines = (VoucherLine("513", 400, 0, ""), VoucherLine("301", 0, 300, ""), VoucherLine("501", 0, 100, ""))
    book = begun(tmp_path, lines)
    post(book, voucher("a", FIRST, 1, [("513", "", 50), ("211", "电力公司", -50)]))
    yield book
    book.close()


def year_in_ledgers(book: Book, account: str) -> set[tuple[Any, Any]]:
    """Both sides of the year so far by the general and the detail ledger."""
    span = Span.of(FIRST)
    tables = (general_ledger(book, span, account), detail_ledger(book, span, account))
    return {(r[3], r[4]) for t in tables for r in t.rows if r[2] == "Total of the year"}


def test_a_book_begun_within_a_year_counts_what_the_opening_told_as_the_ledgers_do(midyear: Book) -> None:
    for span in (Span.of(FIRST), Span.parse("2025")):
        for depth in (0, 1):
            table = trial_balance(midyear, span, depth)
            assert figures(table, "513") == (400, 0, 50, 0, 450, 0, 450, 0)
            assert figures(table, "501")[4:6] == (0, 100)
            assert figures(table, "301")[4:6] == (0, 0), "of other accounts only what stood is known"
            assert "2025-10" in table.subtitle
    assert year_in_ledgers(midyear, "513") == {(450, 0)}
    later = trial_balance(midyear, Span.parse("2026-01"))
    assert figures(later, "513") == (450, 0, 0, 0, 0, 0, 450, 0)
    assert later.subtitle == "2026-01"
    before = trial_balance(midyear, Span.parse("2025-09"))
    assert figures(before, "513")[4:6] == (0, 0), "nobody told month by month"


TURNOVER = (
    "科目编码,科目名称,期初余额,,本年累计发生额,,期末余额,\n,,借方,贷方,借方,贷方,借方,贷方\n"
    "101,库存现金,100,,0,0,100,\n301,资本,,100,0,0,,100\n501,经营收入,,,80,80,,\n"
    "502,投资收益,,,5,45,,40\n513,管理费用,,,55,15,40,\n合计,,100,100,140,140,140,140\n"
)


def test_both_sides_of_the_year_are_known_where_the_file_of_balances_told_them(tmp_path: Path) -> None:
    book = make_book(tmp_path, start=FIRST)
    fill_posts(book)
    path = tmp_path / "余额.csv"
    path.write_text(TURNOVER, encoding="utf-8-sig")
    mapping = foreign_files.accept(foreign_files.look(book, path))
    bring_in.take_in(book, path, mapping, by=at(FIRST.first_day))
    post(book, voucher("a", FIRST, 1, [("513", "", 100), ("501", "", 200), ("502", "", -300)]))
    table = trial_balance(book, Span.of(FIRST))
    # what had been carried to the result stands on the other side, so that the year leaves the balance
    told = {"501": (8_000 + 200, 8_000), "502": (500, 4_500 + 300), "513": (5_500 + 100, 1_500)}
    for account, sides in told.items():
        assert figures(table, account)[4:6] == sides
        assert year_in_ledgers(book, account) == {sides}
    book.close()


def test_sub_accounts_add_up_and_the_workbook_adds_them_itself(midyear: Book) -> None:
    by = at(FIRST.first_day)
    for code, name in (("51401", "修路"), ("51402", "照明")):
        accounts.add_account(midyear, NewAccount(code, name, "514"), by)
    entries = [("51401", "", 70), ("51402", "", 30), ("211", "电力公司", -100)]
    post(midyear, voucher("b", FIRST, 2, entries), voucher("c", FIRST.shifted(1), 1, entries))
    table = trial_balance(midyear, Span.of(FIRST.shifted(1)), 2)
    assert figures(table, "514") == (100, 0, 100, 0, 200, 0, 200, 0)
    sheet = openpyxl.load_workbook(BytesIO(render_xlsx(table))).active
    assert sheet is not None
    found = {str(r[0].value or ""): [c.value for c in r] for r in sheet.iter_rows() if r[1].value}
    assert all(str(cell).startswith("=SUM(") for cell in found["514"][6:7])
    total = found[""]
    assert [str(cell)[:5] for cell in total[2:10]] == ["=SUM("] * 8
    plain = openpyxl.load_workbook(BytesIO(render_xlsx(trial_balance(midyear, Span.of(FIRST))))).active
    assert plain is not None
    last = [c.value for c in list(plain.iter_rows())[-1]]
    assert all(str(cell).startswith("=SUM(") for cell in last[2:10])
