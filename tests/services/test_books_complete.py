"""The rest of the books: sums of the day, several years, many columns, levels, entries of registers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import Village, at, receipt, submit
from tests.services.statement_books import book_of, constructed, voucher
from tests.services.test_statements_property import held, histories, posted, spans
from villagebook.domain.document import Item
from villagebook.domain.errors import KnownError
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.period import Period, Span
from villagebook.domain.roster import Outsider
from villagebook.domain.table import Table
from villagebook.services import reports
from villagebook.services.account_books.money_books import bank_book, cash_book
from villagebook.services.account_books.multi_column import multi_column
from villagebook.services.account_books.trial_balance import trial_balance
from villagebook.services.account_books.years import years
from villagebook.services.book_file.books import Book
from villagebook.services.registers import roster
from villagebook.services.render import csv_bytes

YEAR = Span.parse("2024")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with constructed(tmp_path) as made:
        yield made


def dicts(table: Table) -> list[dict[str, Any]]:
    return [dict(zip([c.key for c in table.columns], r, strict=True)) for r in table.rows]


def cash(fen: int) -> list[tuple[str, str, int]]:
    return [("101", "", fen), ("501", "", -fen)]


def test_the_cash_book_sums_a_day_with_several_entries_and_every_month_and_year(tmp_path):
    vouchers = [
        voucher("a", Period(2024, 3), 1, cash(100)),
        voucher("b", Period(2024, 3), 2, cash(50)),
        voucher("c", Period(2024, 5), 1, cash(7)),
        voucher("d", Period(2025, 2), 1, cash(1)),
    ]
    with book_of(tmp_path / "b.vbook", vouchers) as made:
        table = cash_book(made, Span(Period(2024, 1), Period(2025, 2)))
    begins = int(table.rows[0][7] or 0)
    assert table.rows[0][2] == "Brought forward"
    sums = [
        (r[2], r[5], int(r[7] or 0) - begins) for r in table.rows if r[1] == "" and r[2] != "Brought forward"
    ]
    assert sums == [
        ("Total of the day", 150, 150),
        ("Total of the month", 150, 150),
        ("Total of the year", 150, 150),
        ("Total of the month", 7, 157),
        ("Total of the year", 157, 157),
        ("Carried to next year", None, 157),
        ("Brought forward from last year", None, 157),
        ("Total of the month", 1, 158),
        ("Total of the year", 1, 158),
        ("Total and balance", 158, 158),
    ]
    assert table.totals == 1
    assert csv_bytes(table).count(b"\r\n") == 1 + 1 + 4, "a program gets the opening and the entries"


def test_the_year_goes_on_where_the_span_begins(tmp_path):
    vouchers = [voucher("a", Period(2024, 3), 1, cash(100)), voucher("b", Period(2024, 5), 1, cash(7))]
    with book_of(tmp_path / "b.vbook", vouchers) as made:
        table = cash_book(made, Span.parse("2024-05"))
        assert [(r[2], r[5]) for r in table.rows if str(r[2]).startswith("Total of the year")] == [
            ("Total of the year", 107)
        ]
        assert len({r[7] for r in bank_book(made, YEAR).rows}) == 1, "nothing moved, nothing changes"


@settings(max_examples=max(10, settings().max_examples // 6))
@given(histories, spans)
def test_every_flowing_list_ends_where_the_trial_balance_ends(history, span):
    with held(posted(history)) as book:
        closing = {str(r[0]): int(r[8] or 0) - int(r[9] or 0) for r in trial_balance(book, span).rows[:-1]}
        assert cash_book(book, span).rows[-1][7] == sum(f for a, f in closing.items() if a.startswith("101"))
        assert bank_book(book, span).rows[-1][7] == sum(f for a, f in closing.items() if a.startswith("102"))
        for name in ("cash-book", "bank-book", "journal", "detail-ledger", "multi-column"):
            flowing = reports.flowing(book, name, span)
            assert flowing is not None
            first = list(islice(flowing.rows, 3))
            whole = reports.make(book, name, span).table
            assert [r[0] for r in first] == list(whole.rows[:3])


@settings(max_examples=max(10, settings().max_examples // 6))
@given(histories, spans, st.integers(1, 4), st.booleans())
def test_a_trial_balance_of_levels_has_the_sums_of_the_plain_one(history, span, depth, zeros):
    with held(posted(history)) as book:
        plain = trial_balance(book, span)
        levels = trial_balance(book, span, depth, zeros=zeros)
        tops = {
            r[0]: sum(int(p[4] or 0) for p in plain.rows[:-1] if str(p[0]).startswith(str(r[0])))
            for r in levels.rows[:-1]
            if r[10] == 1
        }
        assert all(tops[r[0]] == r[4] for r in levels.rows[:-1] if r[10] == 1)
        assert levels.rows[-1][4:8] == plain.rows[-1][4:8]
        assert levels.rows[-1][6] == levels.rows[-1][7]
        assert levels.rows[-1][8] == levels.rows[-1][9]


def test_empty_accounts_are_shown_when_they_are_wanted(book):
    codes = [r[0] for r in trial_balance(book, YEAR, zeros=True).rows]
    assert {"171", "101"} <= set(codes)
    assert "171" not in [r[0] for r in trial_balance(book, YEAR).rows]


def test_years_stand_side_by_side_and_carrying_is_no_movement(tmp_path):
    vouchers = [
        voucher("a", Period(2024, 3), 1, cash(100)),
        voucher("b", Period(2024, 12), 1, [("501", "", 100), ("321", "", -100)]),
        voucher("c", Period(2025, 2), 1, cash(250)),
    ]
    with book_of(tmp_path / "b.vbook", vouchers) as made:
        span = Span(Period(2024, 1), Period(2025, 6))
        ends = {r["account"]: r for r in dicts(years(made, span))}
        moved = {r["account"]: r for r in dicts(years(made, span, movement=True))}
    assert (ends["101"]["y2025"] - ends["101"]["y2024"], ends["101"]["change"]) == (250, 250)
    assert (ends["501"]["y2024"], ends["501"]["y2025"]) == (0, 250)
    assert (moved["501"]["y2024"], moved["501"]["y2025"], moved["501"]["change"]) == (100, 250, 150)
    assert "321" not in moved


def test_each_expense_has_its_column_and_the_rows_add_up(book):
    table = multi_column(book, YEAR, machine=True)
    for row in table.rows:
        assert row[3] == sum(int(c or 0) for c in row[4:])
    months = [r for r in table.rows if r[2] == "Total of the month"]
    entries = [r for r in table.rows if r[1]]
    assert sum(int(r[3] or 0) for r in months) == sum(int(r[3] or 0) for r in entries)
    assert {c.key for c in table.columns[4:]} <= {"401", "511", "512", "513", "514", "515", "521"}
    income = multi_column(book, YEAR, "501")
    assert "Income" in income.subtitle
    few = multi_column(book, YEAR)
    assert [r[3] for r in few.rows] == [r[3] for r in table.rows], "fewer columns, the same money"


# ---- entries of registers

TENTH = date(2025, 1, 10)
JAN = Span.of(Period(2025, 1))
FIRM = (Link(LinkKind.OUTSIDER, "W-01"),)


def rent_owed(village: Village) -> None:
    """W-01 owed nothing, pays 600.00 in advance, and 200.00 of it go back as income."""
    roster.save(village.book, Outsider("W-01", "县农机公司"), at(TENTH), new=True)
    came = receipt(
        village, 60_000, TENTH, party="县农机公司", items=(Item("211", 60_000, "预收场地租金", links=FIRM),)
    )
    assert submit(village, came).label
    more = receipt(village, 500, TENTH, items=(Item("501", 500, "场地租金", links=FIRM),))
    assert submit(village, more).label


def test_balances_by_entry_and_the_ledger_behind_them(village: Village):
    rent_owed(village)
    found = dicts(reports.make(village.book, "aux-balances", JAN, reports.Choice(entry="outsider")).table)
    assert [(r["code"], r["entry"], r["account"], r["credit"], r["balance"]) for r in found] == [
        ("W-01", "县农机公司", "211", 60_000, 60_000),
        ("W-01", "县农机公司", "501", 500, 500),
    ]
    assert found[0]["days_0_30"] == 60_000
    assert found[1]["days_0_30"] is None, "income has no age"
    table = reports.make(village.book, "aux-balances", JAN).table
    assert table.targets[0] == "link:outsider/W-01"
    book = reports.make(village.book, "aux-ledger", JAN, reports.Choice(entry="outsider:W-01")).table
    entries = [r for r in dicts(book) if r["voucher"]]
    assert [(r["account"], r["credit"], r["balance"]) for r in entries] == [
        ("211", 60_000, 60_000),
        ("501", 500, 500),
    ]
    only = reports.make(village.book, "aux-ledger", JAN, reports.Choice("501", entry="outsider:W-01")).table
    assert {r["account"] for r in dicts(only)} == {"501"}


def totals(table: Table, words: str) -> dict[str, dict[str, object]]:
    """Last day of a month -> what its row of totals says, without the empty cells."""
    rows = [r for r in dicts(table) if r["summary"] == words]
    return {str(r["date"]): {k: v for k, v in r.items() if v and k != "summary"} for r in rows}


def test_the_total_of_the_year_counts_from_january_whatever_month_is_shown(book):
    whole = totals(multi_column(book, YEAR, machine=True), "Total of the year")
    differ = 0
    for month in YEAR.months():
        table = multi_column(book, Span.of(month), machine=True)
        shown = totals(table, "Total of the year")
        day = month.last_day.isoformat()
        assert shown.get(day) == whole.get(day)
        differ += shown != totals(table, "Total of the month")
    assert differ


def test_what_is_no_register_or_no_entry_is_said(village: Village):
    with pytest.raises(KnownError, match="no register village"):
        reports.make(village.book, "aux-balances", JAN, reports.Choice(entry="village"))
    for report in ("aux-ledger", "aux-balances"):
        with pytest.raises(KnownError, match="no entry H-99"):
            reports.make(village.book, report, JAN, reports.Choice(entry="household:H-99"))
    with pytest.raises(KnownError, match="Which entry"):
        reports.make(village.book, "aux-ledger", JAN, reports.Choice(entry="household"))
