"""The imprest: who answers for it, and what it takes to fill it again (R10, R11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from villagebook.domain.place import PlaceKind
from villagebook.i18n import _
from villagebook.services.by import By, new_id
from villagebook.services.gate import refusal
from villagebook.services.gathering import facts as gather
from villagebook.services.gathering import line_facts
from villagebook.storage import ledger, two_lines
from villagebook.storage.book import Book


@dataclass(frozen=True, slots=True)
class Imprest:
    """One imprest on a day. `named` is False where the cashier or clerk answers for it because nobody was named."""

    place: str
    title: str
    holders: tuple[str, ...]
    named: bool
    balance_fen: int
    to_replenish_fen: int


def to_replenish(book: Book, place: str) -> int:
    """Fen of accepted vouchers since the last replenishment was sent in: exactly this may be drawn (E2L-23)."""
    with book.reading() as connection:
        return two_lines.spent_since(connection, place, two_lines.last_replenishment(connection, place, ""))


def name_holder(book: Book, place: str, person_id: str, from_on: date, by: By) -> None:
    """From this day one person answers for the imprest. Raises Refused: no imprest, no such person."""
    with book.writing(by.actor, by.at) as writing:
        facts = gather.ground(writing.connection, book.info, by.day)
        found = facts.places.get(place)
        if found is None or found.kind is not PlaceKind.IM or person_id not in facts.staff.persons:
            text = _("Choose the imprest and a person of the village's list.")
            raise refusal("E2L-24", place, text)
        writing.log(
            "imprest.held",
            {"place": place, "person_id": person_id, "from_on": from_on.isoformat()},
            new_id(),
            "places",
        )


def standings(book: Book, day: date) -> tuple[Imprest, ...]:
    """Every imprest with what it holds, what would fill it again, and who answers for it."""
    with book.reading() as connection:
        facts = gather.ground(connection, book.info, day)
        balances = ledger.place_balances_on(connection, day)
        return tuple(
            Imprest(
                place.code,
                place.name,
                line_facts.holders(connection, facts, place, day),
                bool(two_lines.holder_of(connection, place.code, day)),
                balances.get(place.code, 0),
                two_lines.spent_since(
                    connection, place.code, two_lines.last_replenishment(connection, place.code, "")
                ),
            )
            for place in facts.places.of_kind(PlaceKind.IM)
        )


def holders(book: Book, place: str, day: date) -> tuple[str, ...]:
    """Names of whoever answers for a cash place on a day."""
    with book.reading() as connection:
        facts = gather.ground(connection, book.info, day)
        found = facts.places.get(place)
        return line_facts.holders(connection, facts, found, day) if found else ()
