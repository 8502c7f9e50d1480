"""The trial balance (科目余额表): as booked, or by levels of the chart with sums above their parts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from villagebook.domain.account import Chart
from villagebook.domain.balance import split_sides
from villagebook.domain.period import Period, Span
from villagebook.domain.table import Cell, Column, Shape, Table, Total
from villagebook.i18n import _
from villagebook.services.account_books.begun import begun_year
from villagebook.services.names import account_title
from villagebook.storage import ledger, registry
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection

INDENT = "　"


class _Moved(NamedTuple):
    """What an account held and moved, in fen; `opening` is positive in debit. The year is that of the last month shown."""

    opening: int = 0
    debit: int = 0
    credit: int = 0
    year_debit: int = 0
    year_credit: int = 0

    def plus(self, other: _Moved) -> _Moved:
        return _Moved(*(a + b for a, b in zip(self, other, strict=True)))

    def cells(self) -> tuple[int, ...]:
        """In the order of the columns."""
        closing = self.opening + self.debit - self.credit
        return *split_sides(self.opening), *self[1:], *split_sides(closing)


def trial_balance(book: Book, span: Span, depth: int = 0, *, zeros: bool = False) -> Table:
    """Accounts with an opening or a movement in the year; the last row is the total and its sides are equal.

    `depth` 0 shows the accounts that were booked on; 1 those of the chart with everything under them, 2 also the first
    level of sub-accounts below the account they add up to, and so on. `zeros` shows accounts without anything, too.
    The year so far counts from January of the last month's year, also what income and expense of a book begun within it
    had moved before, as the ledgers count it: only then its two sides may differ.
    """
    with book.reading() as connection:
        chart = registry.read_chart(connection)
        found = _moved(connection, chart, book.info.start, span)
    shown = _by_level(chart, found, depth) if depth else dict(found)
    if zeros:
        for account in chart:
            if chart.depth(account.code) < depth or (not depth and chart.is_leaf(account.code)):
                shown.setdefault(account.code, _Moved())
    rows: list[tuple[Cell, ...]] = []
    for code in sorted(shown):
        if not (zeros or any(shown[code])):
            continue
        level = chart.depth(code)
        name = (INDENT * level if depth else "") + account_title(chart, code)
        rows.append((code, name, *shown[code].cells(), *((level + 1,) if depth else ())))
    # accounts that do not contain each other
    sums = _added(_by_level(chart, found, 1).values() if depth else found.values())
    targets = tuple(f"account:{r[0]}" for r in rows)
    total: tuple[Cell, ...] = ("", _("Total"), *sums, *((None,) if depth else ()))
    strong = frozenset(
        at for at, r in enumerate(rows) if depth > 1 and str(r[0]) in chart and chart.below(str(r[0]))
    )
    return Table(
        "trial-balance",
        _("Trial balance"),
        _subtitle(book.info.start, span),
        _columns(depth),
        (*rows, total),
        1,
        (*targets, ""),
        strong,
        sums=_parts(chart, [str(r[0]) for r in rows]) if depth > 1 else (),
    )


def _columns(depth: int) -> tuple[Column, ...]:
    return (
        Column("account", _("Account"), Shape.TEXT, 8),
        Column("name", _("Name"), Shape.TEXT, 18),
        Column("opening_debit", _("Opening debit"), Shape.MONEY, 12),
        Column("opening_credit", _("Opening credit"), Shape.MONEY, 12),
        Column("debit", _("Period debit"), Shape.MONEY, 12),
        Column("credit", _("Period credit"), Shape.MONEY, 12),
        Column("year_debit", _("Year debit"), Shape.MONEY, 12),
        Column("year_credit", _("Year credit"), Shape.MONEY, 12),
        Column("closing_debit", _("Closing debit"), Shape.MONEY, 12),
        Column("closing_credit", _("Closing credit"), Shape.MONEY, 12),
        *((Column("level", _("Level"), Shape.COUNT, 4),) if depth else ()),
    )


def _subtitle(start: Period, span: Span) -> str:
    """The months, and where the year so far is not a whole one."""
    if start.month == 1 or span.last.year != start.year or span.last < start:
        return str(span)
    said = _("the book begins in {start}: of before, the year so far knows income and expense only")
    return f"{span}  {said.format(start=start)}"


def _moved(connection: Connection, chart: Chart, start: Period, span: Span) -> dict[str, _Moved]:
    """Every account that was booked on, or stood in an opening."""
    found = {
        b.account: _Moved(b.opening_fen, b.debit_fen, b.credit_fen) for b in ledger.balances(connection, span)
    }
    year = Span(Period(span.last.year, 1), span.last)
    moves = ledger.moved_by_account(connection, year)
    told = begun_year(connection, chart, start, year) if year.last >= start else {}
    for sums in (moves, told):
        for code, (debit, credit) in sums.items():
            found[code] = found.get(code, _Moved()).plus(_Moved(year_debit=debit, year_credit=credit))
    return found


def _by_level(chart: Chart, found: dict[str, _Moved], depth: int) -> dict[str, _Moved]:
    """Every account above `depth` with all that hangs under it."""
    made: dict[str, _Moved] = {}
    for held, moved in found.items():
        code = held
        while code:
            if chart.depth(code) < depth:
                made[code] = made.get(code, _Moved()).plus(moved)
            account = chart.get(code)
            code = account.parent if account else ""
    return made


def _parts(chart: Chart, codes: list[str]) -> tuple[Total, ...]:
    """What a workbook adds up where levels stand below each other: an account its sub-accounts, the total the highest."""
    below: dict[str, list[int]] = {}
    for at, code in enumerate(codes):
        account = chart.get(code)
        below.setdefault(account.parent if account else "", []).append(at)
    rows = {code: at for at, code in enumerate(codes)} | {"": len(codes)}
    return tuple(
        (rows[code], tuple((1, at) for at in parts)) for code, parts in below.items() if code in rows
    )


def _added(found: Iterable[_Moved]) -> list[int]:
    """The columns added up."""
    sums = [0] * len(_Moved().cells())
    for moved in found:
        sums = [s + m for s, m in zip(sums, moved.cells(), strict=True)]
    return sums
