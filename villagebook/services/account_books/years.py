"""Several years side by side: what each account held at the end of each year, or what it moved in it."""

from __future__ import annotations

from villagebook.domain.account import YEAR_RESULT, Chart, Side
from villagebook.domain.period import Period, Span
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.i18n import _
from villagebook.services.names import account_title
from villagebook.storage import ledger, registry
from villagebook.storage import statements as store
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection

Sums = dict[str, int]
"""Account -> signed fen, debit positive."""


def years(book: Book, span: Span, *, movement: bool = False) -> Table:
    """A column per year (its months within the span) and the change from the year before the last to the last.

    Balances are those at the end of the year; movements leave out the vouchers that carry results to 321. Both count in the
    account's own direction, so that income and debts are positive.
    """
    parts = [_within(span, year) for year in range(span.first.year, span.last.year + 1)]
    with book.reading() as connection:
        chart = registry.read_chart(connection)
        found = [(_moved if movement else _closing)(connection, part) for part in parts]
    rows: list[tuple[Cell, ...]] = []
    for code in sorted({code for sums in found for code in sums}):
        sign = _sign(chart, code)
        cells = [sign * sums.get(code, 0) for sums in found]
        if any(cells):
            change = (cells[-1] - cells[-2],) if len(cells) > 1 else ()
            rows.append((code, account_title(chart, code), *cells, *change))
    columns = (
        Column("account", _("Account"), Shape.TEXT, 6),
        Column("name", _("Name"), Shape.TEXT, 14),
        *(Column(f"y{p.first.year}", _heading(p), Shape.MONEY, 11) for p in parts),
        *((Column("change", _("Change"), Shape.MONEY, 11),) if len(parts) > 1 else ()),
    )
    what = _("movement of each year") if movement else _("balance at the end of each year")
    return Table(
        "years",
        _("Years side by side"),
        f"{span}  {what}",
        columns,
        tuple(rows),
        targets=tuple(f"account:{r[0]}" for r in rows),
    )


def _within(span: Span, year: int) -> Span:
    return Span(max(span.first, Period(year, 1)), min(span.last, Period(year, 12)))


def _heading(part: Span) -> str:
    whole = part.first.month == 1 and part.last.month == 12
    return (
        str(part.first.year) if whole else f"{part.first.year} ({part.first.month:02d}-{part.last.month:02d})"
    )


def _sign(chart: Chart, code: str) -> int:
    account = chart.get(code)
    return -1 if account and account.side is Side.CREDIT else 1


def _closing(connection: Connection, part: Span) -> Sums:
    return {b.account: b.closing_fen for b in ledger.balances(connection, part)}


def _moved(connection: Connection, part: Span) -> Sums:
    carried = store.carried(connection, YEAR_RESULT, part)
    return {
        b.account: b.debit_fen - b.credit_fen - carried.get(b.account, 0)
        for b in ledger.balances(connection, part)
        if not b.account.startswith(YEAR_RESULT)
    }
