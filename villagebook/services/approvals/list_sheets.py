"""Lists with payees and requests of journeys on paper, to be signed with a pen."""

from __future__ import annotations

from datetime import date

from villagebook.domain.day_runs import days_text
from villagebook.domain.money import yuan_text
from villagebook.domain.numerals import capital_amount
from villagebook.domain.pay_list import TO_HOUSEHOLDS, ListKind, PayList
from villagebook.domain.people import Staff
from villagebook.domain.sign_sheet import SignSheet
from villagebook.domain.slip import SEAL_LENGTH, slip_code
from villagebook.domain.table import Column, Shape
from villagebook.domain.trip import Trip
from villagebook.i18n import N_, _
from villagebook.services.approvals import list_standings, trips
from villagebook.services.approvals.list_tables import count_text
from villagebook.services.approvals.list_words import (
    kind_title,
    transport_title,
)
from villagebook.services.names import slot_title
from villagebook.storage import registry
from villagebook.storage.book import Book

_SEAL_SHOWN = 16
_TITLES = {
    ListKind.LOST_WORK: N_("Lost-work pay: list with signatures"),
    ListKind.PAY: N_("Pay by post: list with signatures"),
    ListKind.CONDOLENCE: N_("Condolence and welfare: list with signatures"),
    ListKind.SUBSIDY: N_("Subsidies to households: roster"),
    ListKind.LAND: N_("Land money to households: roster"),
}


def list_sheet_pdf(book: Book, code: str) -> bytes:
    """The list everybody signs, A4 lying. Raises Refused: no such list."""
    from villagebook.reports.sign_sheet_pdf import render_sheet

    return render_sheet(list_sheet(book, list_standings.needed(book, code)))


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
    seal = found.content_hash()
    return SignSheet(
        village=book.info.village,
        title=_(_TITLES[found.kind]),
        facts=tuple(facts),
        columns=tuple(column for column, _cells in kept),
        rows=tuple(zip(*(cells for _column, cells in kept), strict=True)),
        hand=_("Confirmed by") if roster else _("Signature of the payee"),
        total=(_("Total"), yuan_text(found.total_fen)),
        foot=foot,
        signers=(_("Made by"), _("Reviewed by supervision"), _("Person in charge"), _("Seal")),
        code=slip_code(f"{list_standings.SUBJECT}{found.code}", seal),
        seal=_short(seal),
    )


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


def _short(seal: str) -> str:
    """The first digits in fours, to be read aloud."""
    digits = seal[:SEAL_LENGTH][:_SEAL_SHOWN]
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
