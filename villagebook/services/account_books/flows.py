"""Receipts and payments: what came into the money places from outside and what left them, by line and category."""

from __future__ import annotations

from villagebook import i18n
from villagebook.domain.flow import TRANSFERS, Flow
from villagebook.domain.period import Period, Span
from villagebook.domain.place import Line, Places
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.i18n import _
from villagebook.services.names import line_words
from villagebook.storage import ledger, posted_vouchers, registry
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection, Rows


def opening_by_line(connection: Connection, places: Places, period: Period) -> dict[Line, int]:
    """Money of each line at the start of a month; undivided once any history without places was taken in."""
    found: dict[Line, int] = {}
    undivided = posted_vouchers.any_inferred(connection, period)
    for (_account, code), fen in ledger.place_balances_before(connection, period).items():
        place = places.get(code)
        line = Line.UNDIVIDED if undivided or place is None else place.line
        found[line] = found.get(line, 0) + fen
    return found


def receipts_payments(book: Book, span: Span) -> Table:
    """Per month, line and category; a line's own row closes it, the last row is the total of the whole span.

    Movements between places stand in their lines and are left out of the total.
    """
    with book.reading() as connection:
        chart, places = registry.read_chart(connection), registry.read_places(connection)
        any_inferred = posted_vouchers.any_inferred(connection, span.last.shifted(1))
        opening = opening_by_line(connection, places, span.first)
        moved = ledger.moved(connection, span)
    if any_inferred:
        opening = {Line.UNDIVIDED: sum(opening.values())}
        places = Places(())
    by_month = _by_month(moved, places)
    names = {a.code: a.title(i18n.language()) for a in chart}
    rows: list[tuple[Cell, ...]] = []
    start, receipts, payments = sum(opening.values()), 0, 0
    for month in span.months():
        found = by_month.get(month.number, [])
        made, opening = _month_rows(month, found, opening, names)
        rows += made
        receipts += sum(f.receipts_fen for f in found if f.category)
        payments += sum(f.payments_fen for f in found if f.category)
    rows.append((str(span), "total", "", start, receipts, payments, start + receipts - payments))
    columns = (
        Column("period", _("Period"), Shape.TEXT, 8),
        Column("line", _("Line of money"), Shape.TEXT, 10, (*line_words(), ("total", _("Total")))),
        Column("category", _("Category"), Shape.TEXT, 16),
        Column("opening", _("Opening"), Shape.MONEY, 12),
        Column("receipts", _("Receipts"), Shape.MONEY, 12),
        Column("payments", _("Payments"), Shape.MONEY, 12),
        Column("closing", _("Closing"), Shape.MONEY, 12),
    )
    return Table("receipts-payments", _("Receipts and payments"), str(span), columns, tuple(rows), 1)


def _by_month(moved: Rows, places: Places) -> dict[int, list[Flow]]:
    """What flowed by month; a place nobody knows belongs to the undivided line."""
    found: dict[int, list[Flow]] = {}
    for month, code, category, receipts_fen, payments_fen in moved:
        known = places.get(code)
        line = known.line if known else Line.UNDIVIDED
        found.setdefault(month, []).append(Flow(line, category, receipts_fen, payments_fen))
    return found


def _month_rows(
    month: Period, found: list[Flow], opening: dict[Line, int], names: dict[str, str]
) -> tuple[list[tuple[Cell, ...]], dict[Line, int]]:
    """Rows of one month and the balances after it."""
    rows: list[tuple[Cell, ...]] = []
    after = dict(opening)
    for line in Line:
        mine = [f for f in found if f.line is line]
        if not mine and not opening.get(line):
            continue
        sums: dict[str, list[int]] = {}
        for flow in mine:
            pair = sums.setdefault(flow.category, [0, 0])
            pair[0] += flow.receipts_fen
            pair[1] += flow.payments_fen
        for category in sorted(sums, key=lambda c: (c == TRANSFERS, c)):
            title = names.get(category, category) if category else _("between money places")
            rows.append((str(month), line.value, title, None, sums[category][0], sums[category][1], None))
        start = opening.get(line, 0)
        into, out = sum(p[0] for p in sums.values()), sum(p[1] for p in sums.values())
        after[line] = start + into - out
        rows.append((str(month), line.value, "", start, into, out, after[line]))
    return rows, after
