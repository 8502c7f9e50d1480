"""Gathering what the rules about journeys look at, and what a journey tells the rules about tickets."""

from __future__ import annotations

from villagebook.domain.document import Document
from villagebook.domain.folding import name_key
from villagebook.domain.trip import Trip, TripState
from villagebook.rules.facts import Facts
from villagebook.rules.invoice_facts import TripFacts
from villagebook.rules.trip_facts import NO_TRAVEL, TravelFacts
from villagebook.rules.trips import lodging_fen
from villagebook.storage import registry
from villagebook.storage import trips as store
from villagebook.storage.engine import Connection


def for_document(connection: Connection, base: Facts, document: Document) -> TravelFacts:
    """The journey a document settles; nothing when it names none."""
    code = document.trip.strip()
    if not code:
        return NO_TRAVEL
    found = store.trip(connection, code, document.id)
    words = base.policy.words["lodging"]
    others = store.documents_of(connection, code, document.id)
    return TravelFacts(
        named=code, settled=found, lodging_fen=sum(lodging_fen(other, words) for other in others)
    )


def for_invoices(connection: Connection, base: Facts, document: Document) -> TripFacts | None:
    """What tickets and hotels of a document are held against, None when it names no journey."""
    found = store.trip(connection, document.trip.strip()) if document.trip.strip() else None
    if found is None or found.state is TripState.DROPPED:
        return None
    trip = found.trip
    names = tuple(base.staff.name(i) for i in trip.travellers)
    return TripFacts(trip.from_on, trip.to_on, trip.destination, names)


def for_entry(connection: Connection, asked: Trip) -> TravelFacts:
    """A request beside the journeys of the same people."""
    living = [s for s in store.trips(connection) if s.state is not TripState.DROPPED]
    staff = registry.read_staff(connection)

    def key(person: str) -> str:
        """By name: a second entry of one person is not in two places either."""
        return name_key(staff.name(person))

    overlaps = tuple(
        (person, s.trip.code)
        for s in living
        if s.trip.code != asked.code and s.trip.overlaps(asked)
        for person in asked.travellers
        if key(person) in {key(other) for other in s.trip.travellers}
    )
    return TravelFacts(asked=asked, before=store.trip(connection, asked.code), overlaps=overlaps)
