"""The rows every ledger is made of: brought forward, entry, sums of day, month and year, carried to the next year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from villagebook.domain.flowing import FlowRow
from villagebook.domain.period import Period, Span
from villagebook.domain.table import Cell, Column, RowKind, Shape
from villagebook.i18n import _
from villagebook.services.names import direction

CHUNK_MONTHS = 3
"""Months read together while a list flows."""

Lead = tuple[Cell, ...]


def chunks(span: Span) -> Iterator[Span]:
    """A few months at a time: what is read at once while a list flows."""
    first = span.first
    while first <= span.last:
        last = min(first.shifted(CHUNK_MONTHS - 1), span.last)
        yield Span(first, last)
        first = last.shifted(1)


def whole_years(span: Span) -> Span:
    """The span from January on: what the sums of the year count."""
    return Span(Period(span.first.year, 1), span.last)


def account_columns() -> tuple[Column, ...]:
    return (Column("account", _("Account"), Shape.TEXT, 6), Column("name", _("Name"), Shape.TEXT, 10))


def party_column() -> tuple[Column, ...]:
    return (Column("party", _("Other party"), Shape.TEXT, 12),)


def ledger_columns() -> tuple[Column, ...]:
    """The seven columns of the three-column ledger (三栏式)."""
    return (
        Column("date", _("Date"), Shape.DAY, 9),
        Column("voucher", _("Voucher"), Shape.TEXT, 8),
        Column("summary", _("Summary"), Shape.TEXT, 24),
        Column("debit", _("Debit"), Shape.MONEY, 11),
        Column("credit", _("Credit"), Shape.MONEY, 11),
        Column("direction", _("Dr/Cr"), Shape.TEXT, 5),
        Column("balance", _("Balance"), Shape.MONEY, 11),
    )


def opening_words(span: Span, start: Period) -> str:
    """What the first row is called: the balance of last year, or of the months before."""
    if span.first.month == 1 and span.first > start:
        return _("Brought forward from last year")
    return _("Brought forward")


def opening_row(lead: Lead, day: date, words: str, balance: int, target: str = "") -> FlowRow:
    cells = (day.isoformat(), "", words, None, None, direction(balance), abs(balance))
    return (*lead, *cells), target, RowKind.HEAD


def sum_row(
    lead: Lead,
    day: date,
    words: str,
    sums: Sequence[int | None],
    balance: int,
    kind: RowKind = RowKind.SUM,
    target: str = "",
) -> FlowRow:
    debit, credit = sums
    cells = (day.isoformat(), "", words, debit, credit, direction(balance), abs(balance))
    return (*lead, *cells), target, kind


def next_year_row(lead: Lead, year: int, balance: int, target: str = "") -> FlowRow:
    """The balance leaves the year (结转下年)."""
    words = _("Carried to next year")
    return sum_row(lead, date(year, 12, 31), words, (None, None), balance, target=target)


def last_year_row(lead: Lead, year: int, balance: int, target: str = "") -> FlowRow:
    """The balance enters the year (上年结转)."""
    words = _("Brought forward from last year")
    return sum_row(lead, date(year, 1, 1), words, (None, None), balance, target=target)
