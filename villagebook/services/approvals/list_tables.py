"""Lists with payees, journeys and works as tables, and their sheets on paper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from villagebook.domain.day_runs import days_text
from villagebook.domain.money import yuan_text
from villagebook.domain.numerals import capital_amount
from villagebook.domain.pay_list import TO_HOUSEHOLDS, ListKind, PayList, PayRow
from villagebook.domain.people import Staff
from villagebook.domain.period import Span
from villagebook.domain.sign_sheet import SignSheet
from villagebook.domain.slip import SEAL_LENGTH, slip_code
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.domain.trip import Trip, TripStanding
from villagebook.i18n import _
from villagebook.services.approvals import pay_lists, trips, works
from villagebook.services.approvals.list_words import (
    kind_title,
    state_title,
    transport_title,
    trip_state_title,
)
from villagebook.services.names import slot_title
from villagebook.storage import registry
from villagebook.storage.book import Book

_SEAL_SHOWN = 16


def make(book: Book, name: str, span: Span) -> Table:
    """`lists`, `trips` or `works`: what lies in a span by its days."""
    first, last = span.first.first_day, span.last.last_day
    if name == "lists":
        found = pay_lists.standings(book, with_dropped=True)
        return row_table([s for s in found if first <= s.content.to_on <= last], str(span))
    with book.reading() as connection:
        staff = registry.read_staff(connection)
    if name == "trips":
        asked = [s for s in trips.standings(book) if s.trip.from_on <= last and first <= s.trip.to_on]
        return trip_table(asked, staff, str(span))
    return works_table(works.standings(book, last), last, str(span))


def row_table(found: Iterable[pay_lists.ListStanding], subtitle: str) -> Table:
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


def list_table(found: Iterable[pay_lists.ListStanding]) -> Table:
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


# ---- paper ----


def list_sheet_pdf(book: Book, code: str) -> bytes:
    """The list everybody signs, A4 lying. Raises Refused: no such list."""
    from villagebook.reports.sign_sheet_pdf import render_sheet

    return render_sheet(list_sheet(book, pay_lists.needed(book, code)))


def list_sheet(book: Book, found: PayList) -> SignSheet:
    """A list as its sheet; columns that say nothing are left out."""
    counted = _("Number of days") if found.kind is ListKind.LOST_WORK else _("Quantity")
    wanted = (
        (Column("no", _("No."), Shape.COUNT, 3), [str(n) for n, _row in enumerate(found.rows, 1)]),
        (Column("name", _("Full name"), Shape.TEXT, 6), [r.name for r in found.rows]),
        (Column("household", _("Household no."), Shape.TEXT, 6), [r.household for r in found.rows]),
        (Column("post", _("Post"), Shape.TEXT, 6), [r.post for r in found.rows]),
        (Column("work", _("Work done"), Shape.TEXT, 12), [r.work for r in found.rows]),
        (Column("place", _("Place"), Shape.TEXT, 9), [r.place for r in found.rows]),
        (Column("days", _("Days of work"), Shape.TEXT, 12), [days_text(r.days) for r in found.rows]),
        (Column("count", counted, Shape.COUNT, 4), [count_text(r) for r in found.rows]),
        (
            Column("rate", _("Rate of pay"), Shape.MONEY, 6),
            [yuan_text(r.rate_fen) if r.rate_fen else "" for r in found.rows],
        ),
        (Column("amount", _("Amount"), Shape.MONEY, 7), [yuan_text(r.amount_fen) for r in found.rows]),
    )
    kept = [(column, cells) for column, cells in wanted if any(cells)]
    facts = [
        (_("List no."), found.code),
        (_("Kind"), kind_title(found.kind)),
        (_("What for"), found.title),
        (_("Span of time"), f"{found.from_on.isoformat()} – {found.to_on.isoformat()}"),
    ]
    facts += [(_("Resolution"), found.resolution)] if found.resolution else []
    facts += [(_("Paper from above"), found.document_no)] if found.document_no else []
    roster = found.kind in TO_HOUSEHOLDS
    foot = (
        _("Amount in capitals: {words}").format(words=capital_amount(found.total_fen)),
        _("Everybody signs for the own row; nobody signs for somebody else."),
    )
    titles = {
        ListKind.LOST_WORK: _("Lost-work pay: list with signatures"),
        ListKind.PAY: _("Pay by post: list with signatures"),
        ListKind.CONDOLENCE: _("Condolence and welfare: list with signatures"),
        ListKind.SUBSIDY: _("Subsidies to households: roster"),
        ListKind.LAND: _("Land money to households: roster"),
    }
    seal = found.content_hash()
    return SignSheet(
        village=book.info.village,
        title=titles[found.kind],
        facts=tuple(facts),
        columns=tuple(column for column, _cells in kept),
        rows=tuple(zip(*(cells for _column, cells in kept), strict=True)),
        hand=_("Confirmed by") if roster else _("Signature of the payee"),
        total=(_("Total"), yuan_text(found.total_fen)),
        foot=foot,
        signers=(_("Made by"), _("Reviewed by supervision"), _("Person in charge"), _("Seal")),
        code=slip_code(f"{pay_lists.SUBJECT}{found.code}", seal),
        seal=_short(seal),
    )


def _short(seal: str) -> str:
    """The first digits in fours, to be read aloud."""
    digits = seal[:SEAL_LENGTH][:_SEAL_SHOWN]
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def trip_sheet_pdf(book: Book, code: str, today: date) -> bytes:
    """The request of a journey, A5 lying. Raises Refused: no such journey."""
    from villagebook.reports.sign_sheet_pdf import render_sheet

    trip = trips.needed(book, code)
    states = trips.slots(book, code, today)
    titles = [slot_title(s.slot.code) for s in states for _n in range(s.slot.count)]
    with book.reading() as connection:
        staff = registry.read_staff(connection)
    return render_sheet(trip_sheet(book.info.village, trip, staff, tuple(titles)))


def trip_sheet(village: str, trip: Trip, staff: Staff, signers: tuple[str, ...]) -> SignSheet:
    facts = [
        (_("Journey no."), trip.code),
        (_("Asked for by"), staff.name(trip.asked_by) if trip.asked_by else ""),
        (_("Travellers"), _(", ").join(staff.name(i) for i in trip.travellers)),
        (_("Destination"), trip.destination),
        (_("From"), trip.from_on.isoformat()),
        (_("To"), trip.to_on.isoformat()),
        (_("Transport"), transport_title(trip.transport)),
        (_("Estimate"), f"{yuan_text(trip.estimate_fen)}  {capital_amount(trip.estimate_fen)}"),
        (_("Purpose"), trip.purpose),
    ]
    facts += [(_("Remark"), trip.note)] if trip.note else []
    seal = trip.content_hash()
    return SignSheet(
        village=village,
        title=_("Request of a journey"),
        facts=tuple(pair for pair in facts if pair[1]),
        columns=(),
        rows=(),
        hand="",
        total=None,
        foot=(_("Approved before departure only. What was not approved is not paid."),),
        signers=signers,
        code=slip_code(f"{trips.SUBJECT}{trip.code}", seal),
        seal=_short(seal),
        small=True,
    )
