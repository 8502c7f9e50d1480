"""Why a document may go on in spite of a hold: the reason it was sent in with, and those recorded when a later gate holds it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from villagebook.domain.finding import Finding, Severity
from villagebook.domain.reason import says_why
from villagebook.i18n import _
from villagebook.rules.facts import Facts
from villagebook.rules.rule import When, hold_key
from villagebook.services.by import By, new_id
from villagebook.services.gate import look, refusal
from villagebook.storage import documents as docs
from villagebook.storage.book import Book

ID = "AP-88"


def about(facts: Facts) -> list[str]:
    """Keys of the holds the reason of a document that is sent in is about: those its writer was told of.

    What is held when the money leaves is told to the writer only where that is now, nobody having to sign.
    """
    document = facts.document
    if document is None or not says_why(document.excuse):
        return []
    whens = (When.SUBMIT,) if facts.slots else (When.SUBMIT, When.POST)
    return _keys(look(replace(facts, excused=frozenset()), *whens))


def _keys(found: Iterable[Finding]) -> list[str]:
    return sorted({hold_key(f.id, f.where) for f in found if f.severity is Severity.HOLD})


def can_be_given(stopped: Iterable[Finding]) -> bool:
    """Whether a reason is all that is missing: holds alone stop it."""
    severities = {f.severity for f in stopped if f.severity.stops}
    return severities == {Severity.HOLD}


def give(book: Book, document_id: str, reason: str, held: Iterable[Finding], by: By) -> None:
    """Record why a waiting document may go on in spite of exactly these holds; it stays for ever and is shown with them.

    The verb that was held is then tried again. Raises Refused: the document waits no more (AP-38), nothing among the findings
    is a hold, or nobody says why (AP-88).
    """
    with book.writing(by.actor, by.at) as writing:
        sent = docs.submitted(writing.connection, document_id)
        if sent is None or not docs.is_waiting(writing.connection, document_id):
            text = _("This document does not wait for signatures (any more).")
            raise refusal("AP-38", document_id, text)
        keys = _keys(held)
        if not keys:
            raise refusal(
                "AP-88", sent.document.summary, _("Nothing holds this document that a reason could release.")
            )
        if not says_why(reason):
            raise refusal(ID, sent.document.summary, _("Say why, in at least four characters."))
        writing.log(
            "document.excused",
            {
                "subject": document_id,
                "content_hash": sent.content_hash,
                "reason": reason.strip(),
                "holds": keys,
            },
            new_id(),
            "documents",
        )
