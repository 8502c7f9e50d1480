"""What a list or a journey still waits for once somebody has signed it."""

from __future__ import annotations

from datetime import date

from villagebook.domain.signature import next_slot, slot_states
from villagebook.rules.facts import Facts
from villagebook.storage import documents as docs
from villagebook.storage.engine import Connection


def after_signing(connection: Connection, facts: Facts, subject: str) -> tuple[str, date]:
    """Code of the slot whose turn it is, "" when every one is filled; and the day of the last signature.

    `facts` are those of the signature just given, so that there is one at least.
    """
    given = docs.signatures(connection, subject, facts.content_hash)
    turn = next_slot(slot_states(tuple(s.slot for s in facts.states), given))
    return (turn.code if turn else ""), max(g.signed_on for g in given)
