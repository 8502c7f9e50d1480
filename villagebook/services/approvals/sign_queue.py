"""What waits for a signature, and for whose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from villagebook.domain.document import Document
from villagebook.domain.people import Person
from villagebook.domain.signature import (
    next_slot,
    slot_states,
)
from villagebook.i18n import _
from villagebook.rules import second_look
from villagebook.services.gathering import facts as gather
from villagebook.services.gathering import look_facts, veto_facts
from villagebook.services.names import (
    kind_title,
    slot_title,
)
from villagebook.storage import documents as docs
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One document that waits, and for whom. `days` since it was sent in, `late_days` beyond what its slot is allowed."""

    document: Document
    kind_title: str
    waiting_slot: str
    waiting_title: str
    may_sign: tuple[Person, ...]
    days: int
    signed: int
    needed: int
    late_days: int = 0


def queue(book: Book, today: date) -> tuple[QueueRow, ...]:
    """Everything that waits for a signature, oldest first."""
    with book.reading() as connection:
        return tuple(_queue_row(connection, book, i, today) for i in docs.waiting(connection))


def _queue_row(connection: Connection, book: Book, document_id: str, today: date) -> QueueRow:
    held = docs.submitted(connection, document_id)
    if held is None:
        raise AssertionError(document_id)
    facts = gather.for_document(connection, book.info, held.document, today)
    states = slot_states(facts.slots or (), docs.signatures(connection, document_id, held.content_hash))
    turn = next_slot(states)
    holders = facts.staff.holders(turn.posts, today) if turn else ()
    given = {g.person_id for s in states for g in s.signatures}
    everybody = tuple(facts.staff.persons.values())
    again = turn is None and second_look.wanted(look_facts.with_look(connection, facts))
    late = veto_facts.lateness(facts, held.submitted_on, states, today)
    may_sign = holders if turn and turn.posts else everybody
    return QueueRow(
        held.document,
        kind_title(held.document.kind),
        turn.code if turn else "",
        slot_title(turn.code) if turn else _("second look at the slip") if again else "",
        tuple(p for p in may_sign if p.id not in given and p.id != held.document.payee_person),
        (today - held.submitted_on).days,
        sum(len(s.signatures) for s in states),
        sum(s.slot.count for s in states),
        late[2] if late else 0,
    )
