"""The multi-column ledger (多栏账) of income or expense: one column per account, so that a month is read across."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from villagebook.domain.account import Account, Chart
from villagebook.domain.flowing import Flowing, FlowRow
from villagebook.domain.period import Period, Span
from villagebook.domain.table import Cell, Column, RowKind, Shape, Table
from villagebook.domain.voucher import voucher_label
from villagebook.i18n import _
from villagebook.services.account_books.begun import begun_year
from villagebook.services.account_books.ledger_rows import chunks, whole_years
from villagebook.services.account_books.parties import account_code
from villagebook.services.names import account_title
from villagebook.storage import registry, voucher_lines
from villagebook.storage import statements as store
from villagebook.storage.book import Book

MOST_COLUMNS = 8
"""Accounts with a column of their own where people read; the smaller ones share the last."""


def multi_column(book: Book, span: Span, account: str = "", *, machine: bool = False) -> Table:
    """As `flow`, with every row."""
    return flow(book, span, account, machine=machine).whole()


def flow(book: Book, span: Span, account: str = "", *, machine: bool = False) -> Flowing:
    """Every entry of one group of accounts, each in the column of its account.

    An account with sub-accounts gets a column for each of them; one without, its whole group (income, or expense); none
    told, the expenses. Amounts are signed in the group's own direction: what goes back or is carried over is red. `machine`
    gives every account its column. Raises KnownError for an unknown account.
    """
    with book.reading() as connection:
        chart = registry.read_chart(connection)
        code = account_code(chart, account) if account else ""
        columns = _columns_of(chart, code)
        months = store.month_sums(connection, "", whole_years(span))  # the year's total counts from January
        told = begun_year(connection, chart, book.info.start, span)
        moved = _moved(months, columns)
    sign = 1 if _is_debit(chart, code) else -1
    shown = sorted((c for c in moved if moved[c]), key=lambda c: (-moved[c], c))
    shown = sorted(shown if machine else shown[:MOST_COLUMNS])
    rest = len([c for c in moved if moved[c]]) > len(shown)
    named = f"{code} {account_title(chart, code)}" if code and chart.below(code) else ""
    head = Table(
        "multi-column",
        _("Multi-column ledger"),
        "  ".join(t for t in (str(span), named or (_("Expenses") if sign > 0 else _("Income"))) if t),
        (
            Column("date", _("Date"), Shape.DAY, 9),
            Column("voucher", _("Voucher"), Shape.TEXT, 8),
            Column("summary", _("Summary"), Shape.TEXT, 20),
            Column("total", _("Total"), Shape.MONEY, 10),
            *(Column(c, f"{c} {account_title(chart, c)}", Shape.MONEY, 9) for c in shown),
            *((Column("others", _("Others"), Shape.MONEY, 9),) if rest else ()),
        ),
        (),
    )
    at = {c: n for n, c in enumerate(shown)}
    width = len(shown) + rest
    where = {a: at.get(c, width - 1) for a, c in columns.items() if moved.get(c)}
    before = [0] * width
    for one, period, debit, credit in months:
        if one in where and period < span.first.number:
            before[where[one]] += sign * (debit - credit)
    for one, (debit, credit) in told.items():
        if one in where:
            before[where[one]] += sign * (debit - credit)
    year = max(span.first.year, book.info.start.year)
    rows = _rows(_lines(book, span, sorted(where)), where, sign, year, before)
    return Flowing(head, rows)


def _is_debit(chart: Chart, code: str) -> bool:
    return not code or not chart[code].is_income


def _columns_of(chart: Chart, code: str) -> dict[str, str]:
    """Account that is booked on -> the account whose column it belongs to."""
    if code and chart.below(code):
        tops = [a.code for a in chart.below(code)]
    else:
        income = bool(code) and chart[code].is_income
        tops = [a.code for a in chart if not a.parent and _in_group(a, income)]
        if code and not (chart[code].is_income or chart[code].is_expense):
            tops = [code]
    return {a.code: top for a in chart for top in tops if _is_under(chart, a.code, top)}


def _in_group(account: Account, income: bool) -> bool:
    return account.is_income if income else account.is_expense


def _is_under(chart: Chart, code: str, top: str) -> bool:
    while code:
        if code == top:
            return True
        account = chart.get(code)
        code = account.parent if account else ""
    return False


def _moved(months: Iterable[Any], columns: dict[str, str]) -> dict[str, int]:
    """How much each column moves, both sides together; one whose entries undo each other still moves."""
    sums = dict.fromkeys(columns.values(), 0)
    for account, _period, debit, credit in months:
        if account in columns:
            sums[columns[account]] += max(1, abs(debit) + abs(credit))
    return sums


def _lines(book: Book, span: Span, accounts: list[str]) -> Iterator[tuple[Any, ...]]:
    for part in chunks(span) if accounts else ():
        with book.reading() as connection:
            rows = voucher_lines.lines_on(connection, accounts, part)
        yield from rows


def _rows(
    lines: Iterable[tuple[Any, ...]], where: dict[str, int], sign: int, year: int, before: list[int]
) -> Iterator[FlowRow]:
    """Entries of one voucher on one row; sums of the month and of the year below.

    `before` is what the columns had moved in the first year, `year`, before the first month that is shown.
    """
    width, year_sums = len(before), before
    for month, of_month in groupby(lines, key=lambda r: r[0][:7]):
        period = Period.parse(month)
        if period.year != year:
            year, year_sums = period.year, [0] * width
        month_sums = [0] * width
        for voucher_id, of_voucher in groupby(of_month, key=lambda r: r[7]):
            entries = list(of_voucher)
            cells: list[int | None] = [None] * width
            for entry in entries:
                at = where[entry[4]]
                cells[at] = (cells[at] or 0) + sign * (entry[5] - entry[6])
            month_sums = [a + (b or 0) for a, b in zip(month_sums, cells, strict=True)]
            day, word, number, summary = entries[0][:4]
            total = sum(c or 0 for c in cells)
            head: tuple[Cell, ...] = (day, voucher_label(word, number), summary, total)
            yield (*head, *cells), f"voucher:{voucher_id}", 0
        year_sums = [a + b for a, b in zip(year_sums, month_sums, strict=True)]
        end = period.last_day.isoformat()
        yield _sum(end, _("Total of the month"), month_sums, RowKind.PERIOD)
        yield _sum(end, _("Total of the year"), year_sums, RowKind.SUM)


def _sum(day: str, words: str, sums: list[int], kind: RowKind) -> FlowRow:
    return (day, "", words, sum(sums), *sums), "", kind
