"""Days of invoices and tickets, and what was travelled: V9, V15-V17, V19, V20 of audit_checks.md section 6.

Without an approved journey (`TripFacts`) tickets are held against the day the document says it happened, and against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from villagebook.domain.document import Document
from villagebook.domain.finding import Severity
from villagebook.domain.folding import name_key
from villagebook.domain.invoice import STRANGER, Invoice, InvoiceItem, InvoiceKind, Journey
from villagebook.domain.money import yuan_text
from villagebook.i18n import N_, _
from villagebook.rules.facts import Facts
from villagebook.rules.gates import SUBMIT
from villagebook.rules.invoice_words import days_apart, hit, papers, told
from villagebook.rules.rule import Hit, Rule


def _event_day(document: Document) -> date:
    return document.event_on or document.booked_on


def _wrong_day(facts: Facts) -> Iterator[Hit]:
    for document, invoice in told(facts):
        if invoice.issued_on is not None:
            for what in _about_the_day(facts, document, invoice.issued_on):
                yield hit(document, invoice, day=invoice.issued_on.isoformat(), what=what)


def _about_the_day(facts: Facts, document: Document, issued_on: date) -> Iterator[str]:
    age = facts.policy.number("bill_days")
    near = facts.policy.number("invoice_event_days")
    if issued_on > facts.today:
        yield _("this day has not come yet")
    elif issued_on > document.booked_on:
        yield _("the payment is dated {day}, before it").format(day=document.booked_on.isoformat())
    elif issued_on.year != document.booked_on.year:
        yield _("it is of another year than the payment")
    elif days_apart(issued_on, document.booked_on) > age:
        yield _("it is older than {n} days").format(n=age)
    if document.event_on and days_apart(issued_on, document.event_on) > near:
        yield _("it happened on {day}, more than {n} days away").format(
            day=document.event_on.isoformat(), n=near
        )


def _journeys(facts: Facts) -> Iterator[tuple[Document, Invoice, Journey]]:
    for document, invoice in told(facts):
        if invoice.journey:
            yield document, invoice, invoice.journey


def _outside_the_trip(facts: Facts) -> Iterator[Hit]:
    trip, near = facts.invoices.trip, facts.policy.number("invoice_event_days")
    for document, invoice, journey in _journeys(facts):
        day = journey.travelled_on
        if day is None:
            continue
        if trip:
            outside = not trip.from_on <= day <= trip.to_on
            meant = f"{trip.from_on.isoformat()} – {trip.to_on.isoformat()}"
        else:
            outside = day > document.booked_on or days_apart(day, _event_day(document)) > near
            meant = _event_day(document).isoformat()
        if outside:
            yield hit(document, invoice, day=day.isoformat(), trip=meant)


def _not_a_traveller(facts: Facts) -> Iterator[Hit]:
    """The name on a ticket's file is none of those who travelled; without a journey, none of the village's list."""
    trip = facts.invoices.trip
    travellers = {name_key(name) for name in trip.travellers} if trip else set()
    for document, invoice, journey in _journeys(facts):
        if journey.passenger == STRANGER:
            yield hit(document, invoice, who=_("nobody of the village's list"))
        elif journey.passenger and travellers and name_key(journey.passenger) not in travellers:
            yield hit(
                document, invoice, who=_("{name}, who is not on the journey").format(name=journey.passenger)
            )


def _no_way(facts: Facts) -> Iterator[Hit]:
    """Seats that are not paid for, fares above the limit; tickets of one document that do not follow one another."""
    barred, cap_fen = facts.policy.words["barred_seats"], facts.policy.number("trip_fare_cap_fen")
    for document, invoice, journey in _journeys(facts):
        if invoice.total_fen is not None and invoice.total_fen > cap_fen:
            text = _("{price} is more than {cap} for one ticket")
            what = text.format(price=yuan_text(invoice.total_fen), cap=yuan_text(cap_fen))
            yield hit(document, invoice, what=what)
        if any(word in journey.seat for word in barred):
            yield hit(
                document, invoice, what=_("{seat} is a class that is not paid for").format(seat=journey.seat)
            )
    ways = [
        (journey.travelled_on, invoice, journey)
        for _document, invoice, journey in _journeys(facts)
        if journey.travelled_on and journey.origin and journey.destination
    ]
    ways.sort(key=lambda way: (way[0], way[1].number))
    for (_day, _one, first), (_other, invoice, second) in pairwise(ways):
        if not _same_town(first.destination, second.origin) and not _side_by_side(first, second):
            text = _("the ticket before it ends in {arrived}, this one begins in {left}")
            what = text.format(arrived=first.destination, left=second.origin)
            assert facts.document is not None  # noqa: S101  # its tickets were read
            yield hit(facts.document, invoice, what=what)
            return


def _side_by_side(first: Journey, second: Journey) -> bool:
    """Several people travel the same way: the next ticket is the same journey of somebody else."""
    return (
        first.travelled_on == second.travelled_on
        and _same_town(first.origin, second.origin)
        and _same_town(first.destination, second.destination)
    )


def _same_town(one: str, other: str) -> bool:
    """济南西 and 济南 are one town, 上海虹桥 and 上海 too."""
    a, b = _town(one), _town(other)
    return a.startswith(b) or b.startswith(a)


def _town(station: str) -> str:
    """Without 站 and without the quarter of the sky; 淮北 and 济南 keep theirs, it belongs to the town."""
    bare = station.strip().removesuffix("站")
    return bare[:-1] if len(bare) > 2 and bare[-1] in "东西南北" else bare


def _lodging(facts: Facts) -> Iterator[Hit]:
    words, cap_fen = facts.policy.words["lodging"], facts.policy.number("lodging_cap_fen")
    trip = facts.invoices.trip
    for document, paper in papers(facts):
        invoice = paper.told
        items = [i for i in invoice.items if any(word in i.name for word in words)]
        if not items:
            continue
        nights = sum(n for n in map(_nights, items) if n)
        if not nights:
            yield hit(document, invoice, what=_("it does not say how many nights"))
        elif invoice.total_fen and invoice.total_fen > cap_fen * nights:
            text = _("{price} a night is more than {cap}")
            price_fen = invoice.total_fen // nights
            yield hit(document, invoice, what=text.format(price=yuan_text(price_fen), cap=yuan_text(cap_fen)))
        if trip and nights > trip.nights * max(len(trip.travellers), 1):
            yield hit(document, invoice, what=_("{n} nights are more than the journey has").format(n=nights))
        elif trip and nights and invoice.issued_on:
            left_on = trip.from_on + timedelta(days=-(-nights // max(len(trip.travellers), 1)))
            if invoice.issued_on < left_on:
                text = _("it is written before {day}, when these nights were over")
                yield hit(document, invoice, what=text.format(day=left_on.isoformat()))
        if trip and invoice.seller and not _stands_in(invoice.seller, trip.destination):
            text = _("{seller} does not say that it is in {town}")
            yield hit(document, invoice, what=text.format(seller=invoice.seller, town=trip.destination))
        if not _has_guest_list(document):
            yield hit(document, invoice, what=_("the list of guests is missing"))


def _stands_in(seller: str, destination: str) -> bool:
    """The seller's name holds one of the towns of a journey, with or without 市, 县, 区 and the like behind it."""
    towns = [re.sub(r"(?<=..)[省市县区镇乡]$", "", t) for t in re.split(r"[、，,;；/\s]+", destination) if t]
    return any(town in seller for town in towns)


def _nights(item: InvoiceItem) -> int | None:
    match = re.fullmatch(r"(\d+)(?:\.0+)?", item.quantity.strip())
    return int(match[1]) if match else None


def _has_guest_list(document: Document) -> bool:
    """More papers than invoices."""
    originals = {paper.sha256 for paper in document.invoices if paper.sha256}
    others = sum(a.sha256 not in originals for a in document.attachments)
    return others > 0 or document.paper_count > len(document.invoices)


def _paper_slip(facts: Facts) -> Iterator[Hit]:
    until = date.fromisoformat(facts.policy.words["rail_paper_until"][0])
    for document, invoice in told(facts):
        if invoice.kind is not InvoiceKind.RAIL_PAPER:
            continue
        journey = invoice.journey
        day = (journey.travelled_on if journey else None) or invoice.issued_on or _event_day(document)
        if day > until:
            yield hit(document, invoice, day=day.isoformat(), until=until.isoformat())


def _drawn_late(facts: Facts) -> Iterator[Hit]:
    days = facts.policy.number("rail_issue_days")
    for document, invoice, journey in _journeys(facts):
        travelled_on, issued_on = journey.travelled_on, invoice.issued_on
        if invoice.kind is not InvoiceKind.RAIL or travelled_on is None or issued_on is None:
            continue
        if (issued_on - travelled_on).days > days:
            yield hit(document, invoice, day=travelled_on.isoformat(), issued=issued_on.isoformat(), n=days)


RULES = (
    Rule(
        "INV-09",
        "V9",
        Severity.HOLD,
        SUBMIT,
        "audit_checks.md 6 V9; AP11 [R] R17",
        N_("The invoice is of its time"),
        N_("An invoice from before, after or long ago belongs to something else."),
        N_("{no} is dated {day}: {what}. Compare the day with the paper, or say why it comes now."),
        _wrong_day,
    ),
    Rule(
        "INV-15",
        "V15",
        Severity.HOLD,
        SUBMIT,
        "audit_checks.md 6 V15 [R] V-b",
        N_("A ticket is of the journey"),
        N_("A ticket of another day was somebody else's journey, or somebody's own."),
        N_(
            "{no}: travelled on {day}, the journey is of {trip}. Correct the day it happened, or say whose ticket it is."
        ),
        _outside_the_trip,
    ),
    Rule(
        "INV-36",
        "V15",
        Severity.HOLD,
        SUBMIT,
        "audit_checks.md 6 V15 [R] V-b: passenger on approved list",
        N_("A ticket is of who travelled"),
        N_("A ticket of somebody else was not travelled for the village."),
        N_("The passenger of {no} is {who}. Take the ticket out, or say why it is paid."),
        _not_a_traveller,
    ),
    Rule(
        "INV-16",
        "V16",
        Severity.HOLD,
        SUBMIT,
        "audit_checks.md 6 V16 [D]",
        N_("Tickets make one journey"),
        N_("Who arrives in one town does not leave from another; and the dear class is not the village's."),
        N_("{no}: {what}. Add the ticket that is missing, or say why."),
        _no_way,
    ),
    Rule(
        "INV-17",
        "V17",
        Severity.HOLD,
        SUBMIT,
        "audit_checks.md 6 V17 [D]",
        N_("Lodging says nights, price and guests"),
        N_("A hotel's invoice without nights and guests may be anybody's."),
        N_(
            "{no}: {what}. Enter the nights as the quantity and attach the hotel's list of guests, or say why."
        ),
        _lodging,
    ),
    Rule(
        "INV-19",
        "V19",
        Severity.ERROR,
        SUBMIT,
        "audit_checks.md 6 V19 [R] V-b, V-e",
        N_("Paper slips of the railway have ended"),
        N_("For newer trips the electronic ticket is the only invoice; the slip could come as well as it."),
        N_(
            "{no}: the trip of {day} needs the railway's electronic ticket; paper slips were good for trips up to {until}. Draw it on the railway's site."
        ),
        _paper_slip,
    ),
    Rule(
        "INV-20",
        "V20",
        Severity.HOLD,
        SUBMIT,
        "audit_checks.md 6 V20 [R] V-b, V-c",
        N_("A rail ticket is drawn in time"),
        N_("The railway gives it for half a year; a later one cannot be right."),
        N_(
            "{no}: the trip was on {day}, the ticket was drawn on {issued}, more than {n} days later. Compare both days."
        ),
        _drawn_late,
    ),
)
