"""The review of a board paper by supervision: which signatures a notice, a sheet and a correction wait for alike."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from villagebook.domain.signature import slot_states
from villagebook.rules.facts import Facts
from villagebook.services.names import slot_title
from villagebook.services.vouchers.documents import Outcome
from villagebook.storage import documents as docs
from villagebook.storage.engine import Connection

REVIEW_SLOT = "S"


class Entry(Protocol):
    """A paper as the book keeps it; `final` once supervision is complete."""

    @property
    def id(self) -> str: ...
    @property
    def content_hash(self) -> str: ...
    @property
    def final(self) -> bool: ...


def is_open(connection: Connection, entry: Entry) -> bool:
    """Whether it waits for signatures: neither final nor rejected."""
    return not entry.final and docs.stop_of(connection, entry.id, entry.content_hash) is None


def signing_facts(connection: Connection, base: Facts, entry: Entry) -> Facts:
    """What is signed, and who has signed it, for the gate of signatures."""
    slot = replace(base.policy.slots[REVIEW_SLOT], count=base.policy.number("supervision_count"))
    given = docs.signatures(connection, entry.id, entry.content_hash)
    return replace(base, content_hash=entry.content_hash, states=slot_states((slot,), given))


def waiting(connection: Connection, facts: Facts, entry: Entry) -> Outcome | None:
    """What a signature led to while others lack; None when supervision is complete."""
    given = len(docs.signatures(connection, entry.id, entry.content_hash))
    if given < facts.policy.number("supervision_count"):
        return Outcome(entry.id, "", "", slot_title(REVIEW_SLOT))
    return None
