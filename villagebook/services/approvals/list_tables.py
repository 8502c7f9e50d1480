"""Lists with payees, journeys and works as tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from villagebook.domain.day_runs import days_text
from villagebook.domain.pay_list import PayRow
from villagebook.domain.people import Staff
from villagebook.domain.period import Span
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.domain.trip import TripStanding
from villagebook.i18n import _
from villagebook.services.approvals import list_standings, trips, works
from villagebook.services.approvals.list_words import (
    kind_title,
    state_title,
    transport_title,
    trip_state_title,
)
from villagebook.storage import registry
from villagebook.storage.book import Book


def make(book: Book, name: str, span: Span) -> Table:
    """`lists`, `trips` or `works`: what lies in a span by its days."""
    first, last = span.first.first_day, span.last.last_day
    if name == "lists":
        found = list_standings.standings(book, with_dropped=True)
        return row_table([s for s in found if first <= s.content.to_on <= last], str(span))
    with book.reading() as connection:
        staff = registry.read_staff(connection)
    if name == "trips":
        asked = [s for s in trips.standings(book) if s.trip.from_on <= last and first <= s.trip.to_on]
        return trip_table(asked, staff, str(span))
    return works_table(works.standings(book, last), last, str(span))


def row_table(found: Iterable[list_standings.ListStanding], subtitle: str) -> Table:
    """One row per payee of every list."""
    columns = (
        Column("list", _("List no."), Shape.TEXT, 8),
        Column("kind", _("Kind"), Shape.TEXT, 9),
        Column("title", _("What for"), Shape.TEXT, 14),
        Column("name", _("Full name"), Shape.TEXT, 8),
        Column("household", _("Household no."), Shape.TEXT, 7),
        Column("post", _("Post"), Shape.TEXT, 6),
        Column("work", _("Work done"), Shape.TEXT, 12),
        Column("place", _("Place"), Shape.TEXT, 8),
        Column("days", _("Days of work"), Shape.TEXT, 12),
        Column("count", _("Number of days"), Shape.TEXT, 5),
        Column("rate", _("Rate of pay"), Shape.MONEY, 7),
        Column("amount", _("Amount"), Shape.MONEY, 8),
        Column("state", _("State"), Shape.TEXT, 10),
        Column("voucher", _("Voucher"), Shape.TEXT, 7),
    )
    rows: list[tuple[Cell, ...]] = []
    targets = []
    for s in found:
        for row in s.content.rows:
            head = (s.content.code, kind_title(s.content.kind), s.content.title)
            voucher = s.paid_by.label if s.paid_by else ""
            rows.append((*head, *_row_cells(row), state_title(s.state), voucher))
            targets.append(f"register:lists/{s.content.code}")
    total: tuple[Cell, ...] = ("", "", _("Total"), *[""] * 7, None, sum(_fen(r[11]) for r in rows), "", "")
    return Table(
        "lists",
        _("Lists of payees"),
        subtitle,
        columns,
        (*rows, total) if rows else (),
        1 if rows else 0,
        (*targets, "") if rows else (),
    )


def _fen(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _row_cells(row: PayRow) -> tuple[Cell, ...]:
    texts = (row.name, row.household, row.post, row.work, row.place, days_text(row.days))
    return (*texts, count_text(row), row.rate_fen or None, row.amount_fen)


def count_text(row: PayRow) -> str:
    """Days, halves with a point; else the quantity as it is written."""
    if not row.days:
        return f"{row.quantity} {row.unit}".strip()
    whole, half = divmod(len(row.days), 2) if row.half else (len(row.days), 0)
    return f"{whole}.5" if half else str(whole)


def list_table(found: Iterable[list_standings.ListStanding]) -> Table:
    """One row per list: what stands in the register's tab."""
    columns = (
        Column("list", _("List no."), Shape.TEXT, 8),
        Column("kind", _("Kind"), Shape.TEXT, 10),
        Column("title", _("What for"), Shape.TEXT, 16),
        Column("until", _("Until"), Shape.DAY, 8),
        Column("people", _("How many people"), Shape.COUNT, 4),
        Column("amount", _("Amount"), Shape.MONEY, 9),
        Column("state", _("State"), Shape.TEXT, 11),
        Column("voucher", _("Voucher"), Shape.TEXT, 7),
    )
    kept = tuple(found)
    rows = tuple(
        (
            s.content.code,
            kind_title(s.content.kind),
            s.content.title,
            s.content.to_on.isoformat(),
            len(s.content.rows),
            s.content.total_fen,
            state_title(s.state),
            s.paid_by.label if s.paid_by else "",
        )
        for s in kept
    )
    targets = tuple(f"register:lists/{s.content.code}" for s in kept)
    return Table("lists", _("Lists of payees"), "", columns, rows, 0, targets)


def trip_table(found: Iterable[TripStanding], staff: Staff, subtitle: str) -> Table:
    """One row per journey."""
    columns = (
        Column("trip", _("Journey no."), Shape.TEXT, 8),
        Column("travellers", _("Travellers"), Shape.TEXT, 12),
        Column("destination", _("Destination"), Shape.TEXT, 9),
        Column("purpose", _("Purpose"), Shape.TEXT, 14),
        Column("from", _("From"), Shape.DAY, 8),
        Column("to", _("To"), Shape.DAY, 8),
        Column("transport", _("Transport"), Shape.TEXT, 8),
        Column("estimate", _("Estimate"), Shape.MONEY, 8),
        Column("approved", _("Approved on"), Shape.DAY, 8),
        Column("paid", _("Paid so far"), Shape.MONEY, 8),
        Column("state", _("State"), Shape.TEXT, 9),
    )
    kept = tuple(found)
    rows = tuple(
        (
            s.trip.code,
            _(", ").join(staff.name(i) for i in s.trip.travellers),
            s.trip.destination,
            s.trip.purpose,
            s.trip.from_on.isoformat(),
            s.trip.to_on.isoformat(),
            transport_title(s.trip.transport),
            s.trip.estimate_fen,
            s.approved_on.isoformat() if s.approved_on else "",
            s.paid_fen or None,
            trip_state_title(s.state),
        )
        for s in kept
    )
    targets = tuple(f"register:trips/{s.trip.code}" for s in kept)
    return Table("trips", _("Journeys"), subtitle, columns, rows, 0, targets)


def works_table(found: Iterable[works.WorksStanding], day: date, subtitle: str) -> Table:
    """One row per contract of works."""
    columns = (
        Column("contract", _("Contract no."), Shape.TEXT, 8),
        Column("name", _("Name"), Shape.TEXT, 14),
        Column("party", _("Other party"), Shape.TEXT, 10),
        Column("price", _("Contract price"), Shape.MONEY, 9),
        Column("accepted", _("Accepted on"), Shape.DAY, 8),
        Column("people", _("Accepted by"), Shape.COUNT, 5),
        Column("settled", _("Settled sum"), Shape.MONEY, 9),
        Column("paid", _("Paid so far"), Shape.MONEY, 9),
        Column("retention", _("Retention"), Shape.MONEY, 8),
        Column("term", _("Retention until"), Shape.DAY, 8),
        Column("payable", _("May be paid now"), Shape.MONEY, 9),
    )
    kept = tuple(found)
    rows = []
    for s in kept:
        contract, accepted = s.state.contract, s.acceptance
        rows.append(
            (
                contract.code,
                contract.name,
                contract.party,
                contract.amount_fen,
                accepted.accepted_on.isoformat() if accepted and accepted.passed else "",
                accepted.heads if accepted else None,
                accepted.settled_fen if accepted and accepted.passed else None,
                s.state.paid_fen,
                contract.retention_fen or None,
                contract.retention_due_on.isoformat() if contract.retention_due_on else "",
                s.payable_fen(day),
            )
        )
    targets = tuple(f"register:works/{s.state.contract.code}" for s in kept)
    return Table("works", _("Works and their acceptance"), subtitle, columns, tuple(rows), 0, targets)
