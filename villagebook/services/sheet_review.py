"""The review of a board sheet by supervision: the same signatures, by the same path, as those of a notice."""

from __future__ import annotations

from dataclasses import replace

from villagebook.domain.signature import slot_states
from villagebook.rules.facts import Facts
from villagebook.services import board, masking
from villagebook.services.by import new_id
from villagebook.services.documents import Outcome
from villagebook.services.names import slot_title
from villagebook.storage import documents as docs
from villagebook.storage import sheets as store
from villagebook.storage.book import Writing
from villagebook.storage.engine import Connection

REVIEW_SLOT = "S"


def review_facts(connection: Connection, base: Facts, subject: str) -> Facts | None:
    """Facts for signing the review of a sheet; None when the subject is no sheet under review."""
    entry = store.sheet(connection, subject)
    if entry is None or entry.final or docs.stop_of(connection, entry.id, entry.content_hash):
        return None
    slot = replace(base.policy.slots[REVIEW_SLOT], count=base.policy.number("supervision_count"))
    given = docs.signatures(connection, entry.id, entry.content_hash)
    return replace(
        base,
        content_hash=entry.content_hash,
        states=slot_states((slot,), given),
        masking=masking.facts_of(connection, subject),
    )


def after_signature(writing: Writing, facts: Facts, sheet_id: str) -> Outcome:
    """Final when supervision is complete."""
    entry = store.sheet(writing.connection, sheet_id)
    if entry is None:
        raise AssertionError(sheet_id)
    given = len(docs.signatures(writing.connection, entry.id, entry.content_hash))
    if given < facts.policy.number("supervision_count"):
        return Outcome(sheet_id, "", "", slot_title(REVIEW_SLOT))
    writing.log("sheet.published", {"id": sheet_id}, new_id(), board.TOPIC)
    return Outcome(sheet_id, sheet_id, entry.number, "")
