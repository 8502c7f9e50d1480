"""Journeys: asked for, approved by signatures before they begin, settled by payments that name them, or not made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from villagebook.domain.document import Document, Item, SpendKind
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.signature import SlotState, slot_states
from villagebook.domain.stand_in import stood_in
from villagebook.domain.trip import Trip, TripStanding, TripState
from villagebook.domain.voucher import DocKind
from villagebook.i18n import _
from villagebook.rules.facts import Facts
from villagebook.rules.rule import When
from villagebook.rules.trip_facts import TravelFacts
from villagebook.services.approvals.slots_left import after_signing
from villagebook.services.by import By, new_id
from villagebook.services.gate import look, pass_or_refuse
from villagebook.services.gathering import facts as gather
from villagebook.services.gathering import trip_facts
from villagebook.storage import documents as docs
from villagebook.storage import trips as store
from villagebook.storage.book import Book, BookInfo, Writing
from villagebook.storage.engine import Connection
from villagebook.storage.log import last_day

TOPICS = ("registers", "trips")
SUBJECT = "trip:"
"""Before the code of a journey whose approval is signed."""


def ask(book: Book, trip: Trip, by: By) -> tuple[Finding, ...]:
    """Enter a request, or change one nobody approved yet; signatures for its old content are void then.

    Raises Refused: it has begun (AP-20), somebody is away already (TRP-02), incomplete (TRP-01), approved before (TRP-03).
    """
    with book.writing(by.actor, by.at) as writing:
        tidy = _tidy(trip)
        said = pass_or_refuse(_entry_facts(writing.connection, book.info, tidy, by.day), When.REGISTER)
        held = store.trip(writing.connection, tidy.code)
        if held is None or held.trip != tidy:
            body: dict[str, object] = {"content": tidy.to_data(), "content_hash": tidy.content_hash()}
            writing.log("trip.requested", body, new_id(), *TOPICS)
        return said


def check(book: Book, trip: Trip, today: date) -> tuple[Finding, ...]:
    """What `ask` would say, while it is typed."""
    with book.reading() as connection:
        return look(_entry_facts(connection, book.info, _tidy(trip), today), When.REGISTER)


def _entry_facts(connection: Connection, info: BookInfo, trip: Trip, today: date) -> Facts:
    base = gather.ground(connection, info, _today(connection, today))
    return replace(base, travel=trip_facts.for_entry(connection, trip))


def _today(connection: Connection, today: date) -> date:
    """The later of the clock and the newest entry of the log: who sets the clock back asks for no journey that has begun."""
    return max(today, last_day(connection))


def _tidy(trip: Trip) -> Trip:
    return replace(
        trip, code=trip.code.strip(), purpose=trip.purpose.strip(), destination=trip.destination.strip()
    )


def drop(book: Book, code: str, reason: str, by: By) -> None:
    """The journey is not made. Raises Refused: no such journey, given up before, settled, no reason (TRP-03)."""
    with book.writing(by.actor, by.at) as writing:
        found = store.trip(writing.connection, code)
        problem = ""
        if found is None or found.state is TripState.DROPPED:
            problem = _("There is no such journey.")
        elif found.paid_fen or found.waiting_fen:
            problem = _("A payment names it. Take that payment back or undo it in red first.")
        elif len(reason.strip()) < 4:
            problem = _("Say why, in at least four characters.")
        if problem:
            target = f"register:trips/{code}"
            raise Refused([Finding("TRP-03", Severity.ERROR, code or "-", problem, "", target)])
        writing.log("trip.dropped", {"code": code, "reason": reason.strip()}, new_id(), *TOPICS)


# ---- approval ----


def review_facts(connection: Connection, info: BookInfo, subject: str, today: date) -> Facts | None:
    """Facts for signing the approval of a journey; None when the subject is none, or it is decided already."""
    if not subject.startswith(SUBJECT):
        return None
    found = store.trip(connection, subject.removeprefix(SUBJECT))
    if found is None or found.state is not TripState.ASKED:
        return None
    base = gather.ground(connection, info, _today(connection, today))
    return replace(
        base,
        content_hash=found.trip.content_hash(),
        states=_states(connection, base, found.trip),
        travel=TravelFacts(signing=found.trip),
    )


def _states(connection: Connection, base: Facts, trip: Trip) -> tuple[SlotState, ...]:
    """The slots of the township's file; a head that travels is stood in for."""
    policy = base.policy
    wanted = tuple(policy.slots[c] for c in policy.words["trip_slots"] if c in policy.slots)
    slots = stood_in(wanted, base.staff, min(base.today, trip.from_on), trip.travellers, ())
    return slot_states(slots, docs.signatures(connection, f"{SUBJECT}{trip.code}", trip.content_hash()))


def after_signature(writing: Writing, facts: Facts, subject: str) -> str:
    """Approved once every slot is filled; answers with the slot that is still open, "" when none is."""
    turn, signed_on = after_signing(writing.connection, facts, subject)
    if not turn:
        body: dict[str, object] = {
            "code": subject.removeprefix(SUBJECT),
            "content_hash": facts.content_hash,
            "approved_on": signed_on.isoformat(),
        }
        writing.log("trip.approved", body, new_id(), *TOPICS)
    return turn


def slots(book: Book, code: str, today: date) -> tuple[SlotState, ...]:
    """Who has to sign a request, and who has."""
    with book.reading() as connection:
        found = store.trip(connection, code)
        return _states(connection, gather.ground(connection, book.info, today), found.trip) if found else ()


# ---- reading ----


def standings(book: Book) -> tuple[TripStanding, ...]:
    """Every journey by number."""
    with book.reading() as connection:
        return store.trips(connection)


def unsettled(book: Book, today: date) -> tuple[TripStanding, ...]:
    """Approved journeys that are over and that no payment names."""
    with book.reading() as connection:
        return unsettled_in(connection, today)


def unsettled_in(connection: Connection, today: date) -> tuple[TripStanding, ...]:
    """As `unsettled`, where a transaction is open."""
    return tuple(
        s
        for s in store.trips(connection)
        if s.state is TripState.APPROVED and not s.waiting_fen and s.trip.to_on < today
    )


def choices(book: Book) -> tuple[Trip, ...]:
    """Approved journeys a payment may settle, the newest first."""
    found = [s.trip for s in standings(book) if s.state in (TripState.APPROVED, TripState.SETTLED)]
    return tuple(reversed(found))


def needed(book: Book, code: str) -> Trip:
    """One journey. Raises Refused: no such journey."""
    with book.reading() as connection:
        found = store.trip(connection, code)
    if found is None:
        text = _("There is no such journey.")
        raise Refused([Finding("AP-20", Severity.ERROR, code or "-", text, "", "register:trips")])
    return found.trip


def next_code(book: Book, day: date) -> str:
    """The number a new request gets: T2025-001 and so on."""
    taken = {s.trip.code for s in standings(book)}
    return next(code for n in range(1, 10_000) if (code := f"T{day.year}-{n:03d}") not in taken)


def settlement_of(book: Book, code: str, by: By) -> Document:
    """A payment that settles a journey, to be completed at the door for money out. Raises Refused: no such journey."""
    trip = needed(book, code)
    with book.reading() as connection:
        found = store.trip(connection, code)
    taken_fen = found.paid_fen + found.waiting_fen if found else 0
    words = _("Journey to {town}: {purpose}").format(town=trip.destination, purpose=trip.purpose)
    return Document(
        new_id(),
        DocKind.PAYMENT,
        by.day,
        words,
        items=(Item("", max(0, trip.estimate_fen - taken_fen), words),),
        event_on=trip.to_on,
        spend_kind=SpendKind.TRAVEL,
        payee_person=trip.asked_by if trip.asked_by in trip.travellers else trip.travellers[0],
        trip=code,
    )
