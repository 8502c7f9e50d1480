"""The proof of the two lines over more than a year: a row per month, what crossed named voucher by voucher."""

from __future__ import annotations

from dataclasses import replace

from villagebook.domain.period import Span
from villagebook.domain.proof_years import Crossed, MonthProof, prove_months
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.exchange.memory import uncollected
from villagebook.i18n import _, ngettext
from villagebook.services.two_lines.proof import opening_of
from villagebook.storage import ledger, registry
from villagebook.storage import proof as stored
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection

LONGEST = 12
"""Months that are proven voucher by voucher; above it a reader wants to see where to look."""

Labels = dict[int, tuple[str, str]]
"""Position -> (id, label) of a voucher."""


@uncollected()
def months_of(book: Book, span: Span) -> tuple[tuple[MonthProof, ...], Labels]:
    """Every month of the span, and what the vouchers that crossed are called."""
    with book.reading() as connection:
        places = registry.read_places(connection)
        opening = opening_of(ledger.place_balances_before(connection, book.info.start))
        rows = stored.past(connection, span.last.shifted(1).first_day)
        found = prove_months(span, places, opening, rows, stored.odd(connection, span.last.last_day))
        made = _without_fees(connection, found)
        positions = {c.seq for m in made for c in m.crossed}
        return made, stored.labels(connection, positions) if positions else {}


def _without_fees(connection: Connection, months: tuple[MonthProof, ...]) -> tuple[MonthProof, ...]:
    """What the bank took itself, with its advice, has not crossed and is not counted as paid."""
    taken = {c.seq for m in months for c in m.crossed if c.error_id == "E2L-20"}
    fees = stored.bank_fees(connection, taken) if taken else frozenset()
    if not fees:
        return months

    def is_fee(crossed: Crossed) -> bool:
        return crossed.error_id == "E2L-20" and crossed.seq in fees

    return tuple(
        replace(
            m,
            paid_fen=m.paid_fen - sum(c.fen for c in m.crossed if is_fee(c)),
            crossed=tuple(c for c in m.crossed if not is_fee(c)),
        )
        for m in months
    )


def two_lines_by_month(book: Book, span: Span) -> Table:
    """A row per month; under a month that crossed its vouchers."""
    months, labels = months_of(book, span)
    with book.reading() as connection:
        untold = stored.untold(connection, span.first, span.last)
    rows: list[tuple[Cell, ...]] = []
    targets: list[str] = []
    for m in months:
        held = (m.in_drawer_fen, m.on_income_fen, m.on_expense_fen, m.in_imprest_fen, m.aside_fen)
        sums = (m.received_fen, m.appropriated_fen, m.paid_fen)
        rows.append((str(m.month), "", *sums, *held, sum(c.fen for c in m.crossed) or None))
        targets.append(f"two-lines:{m.month}")
        for c in m.crossed:
            voucher_id, label = labels.get(c.seq, ("", ""))
            what = f"{c.day.isoformat()} {label} {c.place.name} {c.error_id}"
            rows.append(("", what, *(None,) * 8, c.fen))
            targets.append(f"voucher:{voucher_id}")
    crossed = sum(len(m.crossed) for m in months)
    rows.append(_total(months))
    return Table(
        "two-lines",
        _("Two lines: proof"),
        f"{span}  {_sentence(crossed, untold)}",
        _columns(),
        tuple(rows),
        1,
        (*targets, ""),
    )


def _total(months: tuple[MonthProof, ...]) -> tuple[Cell, ...]:
    flows = (
        sum(m.received_fen for m in months),
        sum(m.appropriated_fen for m in months),
        sum(m.paid_fen for m in months),
    )
    return (_("Total"), "", *flows, *(None,) * 5, sum(c.fen for m in months for c in m.crossed))


def _sentence(crossed: int, untold: int) -> str:
    if untold:
        return ngettext(
            "{n} imported voucher of these months names no money place; for it nothing can be proven.",
            "{n} imported vouchers of these months name no money place; for them nothing can be proven.",
            untold,
        ).format(n=untold)
    if not crossed:
        return _("Nothing crossed in any of these months.")
    return ngettext(
        "The lines crossed once.",
        "The lines crossed {n} times; the vouchers stand under their months.",
        crossed,
    ).format(n=crossed)


def _columns() -> tuple[Column, ...]:
    return (
        Column("month", _("Month"), Shape.TEXT, 8),
        Column("voucher", _("What crossed"), Shape.TEXT, 20),
        Column("received", _("Received"), Shape.MONEY, 11),
        Column("appropriated", _("Appropriated"), Shape.MONEY, 11),
        Column("paid", _("Paid"), Shape.MONEY, 11),
        Column("in_drawer", _("In the drawer"), Shape.MONEY, 10),
        Column("on_income", _("Income line"), Shape.MONEY, 11),
        Column("on_expense", _("Expense line"), Shape.MONEY, 11),
        Column("imprest", _("In the imprest"), Shape.MONEY, 10),
        Column("aside", _("Set aside"), Shape.MONEY, 11),
        Column("crossed", _("Crossed"), Shape.MONEY, 10),
    )
