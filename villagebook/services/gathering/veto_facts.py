"""Gathering which vetoes stand, what lifts them, and which slots of waiting documents are late."""

from __future__ import annotations

from datetime import date

from villagebook.domain.document import Document
from villagebook.domain.signature import SlotState, next_slot
from villagebook.domain.splitting import payee_key, purpose_key
from villagebook.rules.facts import Facts
from villagebook.rules.gates import label
from villagebook.rules.resolution_facts import Late
from villagebook.services.gathering.resolution_facts import AGAIN, YEAR, standing
from villagebook.storage import documents as docs
from villagebook.storage import resolutions as store
from villagebook.storage.engine import Connection


def veto_stands(connection: Connection, document: Document) -> bool:
    """True when somebody rejected this document, whatever was changed since, and nobody lifted it for what it says now.

    A lifting holds for the payee and for at most the sum it was given for. What was rejected is not entered anew either:
    the same matter of the same payee within `AGAIN` days, or the same sum and matter within a year.
    """
    stop = docs.rejection(connection, document.id)
    if stop is not None:
        return not _lifted(connection, document.id, stop.seq, document)
    for other_id, content_hash, day, no in docs.rejections(connection):
        days = abs((document.booked_on - day).days)
        if other_id == document.id or days > YEAR:
            continue
        rejected = docs.content_of(connection, other_id, content_hash)
        again = rejected is not None and _is_again(document, rejected, days)
        if again and not _lifted(connection, other_id, no.seq, document):
            return True
    return False


def _lifted(connection: Connection, document_id: str, rejected_at: int, document: Document) -> bool:
    """Whether the no at a position of the log was lifted, for what a document says, by a decision that still stands."""
    lift = store.lift_of(connection, document_id)
    if lift is None or lift.seq < rejected_at or not still_decided(connection, lift):
        return False
    return document.total_fen <= lift.total_fen and document.party == lift.party


def still_decided(connection: Connection, lift: store.Lift) -> bool:
    """Whether the resolution that lifted a veto has not been struck out since; the township's word is not taken back."""
    if not lift.number:
        return True
    known = standing(connection, lift.number)
    if known is None or known.annulled or known.faults:
        return False
    decided = known.resolution.item(lift.item)
    return decided is not None and decided.document == lift.document_id


def _is_again(document: Document, rejected: Document, days: int) -> bool:
    """A payment like one that was rejected: the same payee, and the same matter."""
    if document.kind is not rejected.kind or payee_key(document.party) != payee_key(rejected.party):
        return False
    one, other = purpose_key(document.summary), purpose_key(rejected.summary)
    same_sum = document.total_fen == rejected.total_fen
    return bool(one) and one == other and (days <= AGAIN or same_sum)


def lateness(
    facts: Facts, submitted_on: date, states: tuple[SlotState, ...], today: date
) -> tuple[str, date, int] | None:
    """(slot whose turn it is, counted since, days beyond what is allowed); None while everything is in time.

    The first open slot with a deadline is looked at: supervision's counts from the day the document was sent in, the next
    ones' from the day the one before was filled, however long others keep the slip in between. Waiting changes nothing
    but this figure.
    """
    turn, since = next_slot(states), submitted_on
    for state in states:
        allowed = facts.policy.numbers.get(f"sign_days_{state.slot.code}")
        if allowed is None:
            continue
        if state.open_count:
            late = (today - since).days - allowed
            return (turn.code, since, late) if turn and late > 0 else None
        since = max([since, *(g.signed_on for g in state.signatures)])
    return None


def late_of(facts: Facts, held: docs.Submitted, states: tuple[SlotState, ...], today: date) -> Late | None:
    """As `lateness`, of a document that waits."""
    found = lateness(facts, held.submitted_on, states, today)
    return Late(held.document.id, label(held.document), *found) if found else None
