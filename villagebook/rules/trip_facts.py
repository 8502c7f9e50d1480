"""What the rules about journeys look at."""

from __future__ import annotations

from dataclasses import dataclass

from villagebook.domain.trip import Trip, TripStanding


@dataclass(frozen=True, slots=True)
class TravelFacts:
    """Parts that a gate does not need stay empty.

    Attributes:
        asked: a request about to be entered or changed; `standing` is the one it changes, None for a new one.
        overlaps: (person id, code of the other journey) of travellers who are away then already.
        named: the code a document gives; `settled` the journey under it, None when the register has none.
        lodging_fen: what other documents of this journey hold for lodging; the document's own is read from it.
        signing: the request whose approval is signed.
    """

    asked: Trip | None = None
    before: TripStanding | None = None
    overlaps: tuple[tuple[str, str], ...] = ()
    named: str = ""
    settled: TripStanding | None = None
    lodging_fen: int = 0
    signing: Trip | None = None


NO_TRAVEL = TravelFacts()
