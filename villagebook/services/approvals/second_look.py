"""The second look: above an amount somebody else compares what was ticked with the picture of the slip."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from villagebook.domain.document import Document
from villagebook.domain.people import Person
from villagebook.i18n import _
from villagebook.rules import second_look as rules
from villagebook.rules.facts import Facts
from villagebook.rules.rule import When
from villagebook.services.by import By, new_id
from villagebook.services.gate import look, pass_or_refuse, refusal
from villagebook.services.gathering import facts as gather
from villagebook.services.gathering.look_facts import with_look
from villagebook.services.vouchers import documents
from villagebook.storage import documents as docs
from villagebook.storage.book import Book


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is to be compared, picture hashes in order, and who may."""

    pictures: tuple[str, ...]
    persons: tuple[Person, ...]


def waiting(book: Book, document: Document, today: date) -> Waiting | None:
    """None while nobody has to look (any more)."""
    with book.reading() as connection:
        facts = with_look(connection, gather.for_document(connection, book.info, document, today))
    if not rules.wanted(facts):
        return None
    persons = [p for p in facts.staff.persons.values() if not _no(facts, p.id)]
    return Waiting(tuple(sorted(facts.look.unseen)), tuple(persons))


def _no(facts: Facts, person_id: str) -> bool:
    told = replace(facts, look=replace(facts.look, looker=person_id))
    return any(f.id == "AP-82" for f in look(told, When.SIGN))


def confirm(book: Book, document_id: str, person_id: str, by: By) -> documents.Outcome:
    """This person has compared every picture with the ticks; posts when nothing else is missing.

    Raises Refused: nothing waits for a look, or AP-82.
    """
    with book.writing(by.actor, by.at) as writing:
        held = docs.submitted(writing.connection, document_id)
        if held is None or not docs.is_waiting(writing.connection, document_id):
            text = _("This document does not wait for signatures (any more).")
            raise refusal("AP-38", document_id, text)
        facts = gather.for_document(writing.connection, book.info, held.document, by.day)
        facts = with_look(writing.connection, facts)
        if not rules.wanted(facts):
            text = _("Nothing of this document waits for a second look.")
            raise refusal("AP-81", held.document.summary, text)
        if not person_id:
            text = _("Choose who has compared the pictures with the ticks.")
            raise refusal("AP-82", held.document.summary, text)
        pass_or_refuse(replace(facts, look=replace(facts.look, looker=person_id)), When.SIGN)
        writing.log(
            "signature.compared",
            {
                "subject": document_id,
                "content_hash": facts.content_hash,
                "person_id": person_id,
                "pictures": sorted(facts.look.unseen),
            },
            new_id(),
            "documents",
        )
        writing.settle()
        return documents.advance(writing, book, facts)
