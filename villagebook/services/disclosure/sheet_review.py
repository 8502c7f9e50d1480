"""The review of a board sheet by supervision: the same signatures, by the same path, as those of a notice."""

from __future__ import annotations

from dataclasses import replace

from villagebook.rules.facts import Facts
from villagebook.services.by import new_id
from villagebook.services.disclosure import board, masking, paper_review
from villagebook.services.vouchers.documents import Outcome
from villagebook.storage import sheets as store
from villagebook.storage.book import Writing
from villagebook.storage.engine import Connection


def review_facts(connection: Connection, base: Facts, subject: str) -> Facts | None:
    """Facts for signing the review of a sheet; None when the subject is no sheet under review."""
    entry = store.sheet(connection, subject)
    if entry is None or not paper_review.is_open(connection, entry):
        return None
    facts = paper_review.signing_facts(connection, base, entry)
    return replace(facts, masking=masking.facts_of(connection, subject))


def after_signature(writing: Writing, facts: Facts, sheet_id: str) -> Outcome:
    """Final when supervision is complete."""
    entry = store.sheet(writing.connection, sheet_id)
    if entry is None:
        raise AssertionError(sheet_id)
    if waiting := paper_review.waiting(writing.connection, facts, entry):
        return waiting
    writing.log("sheet.published", {"id": sheet_id}, new_id(), board.TOPIC)
    return Outcome(sheet_id, sheet_id, entry.number, "")
