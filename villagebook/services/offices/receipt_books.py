"""Receipt books: drawn, voided receipt by receipt, handed back and summed (R1-R3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from villagebook.domain.document import Attachment
from villagebook.domain.finding import Finding
from villagebook.domain.receipts import BookStanding, ReceiptBook, Voided
from villagebook.i18n import _
from villagebook.rules.facts import Facts
from villagebook.rules.line_facts import BookDraw, HandBack, LineFacts, VoidFact
from villagebook.rules.rule import When
from villagebook.services.by import By, new_id
from villagebook.services.gate import pass_or_refuse, refusal
from villagebook.services.gathering import facts as gather
from villagebook.storage import receipts, registry
from villagebook.storage.book import Book, Writing
from villagebook.storage.engine import Connection

_TOPICS = ("people", "receipt-books")


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A receipt to be voided: every copy as a picture, or why one is missing."""

    book_id: str
    number: int
    voided_on: date
    reason: str
    copies: Sequence[Attachment] = ()
    excuse: str = ""


def draw(book: Book, receipts_book: ReceiptBook, by: By) -> str:
    """Register a book of receipts and hand it to its custodian; returns its id.

    Raises Refused: drawn before (E2L-04), a kind not used here (E2L-60), the old one still out (E2L-07), no such person.
    """
    with book.writing(by.actor, by.at) as writing:
        facts = gather.ground(writing.connection, book.info, by.day)
        known = registry.read_receipt_books(writing.connection)
        _check_range(facts, receipts_book)
        overlap = [
            b
            for b in known
            if b.width == receipts_book.width
            and b.first <= receipts_book.last
            and receipts_book.first <= b.last
        ]
        kind = (receipts_book.medium, receipts_book.levy)
        out = tuple(b for b in known if b.returned_on is None and (b.medium, b.levy) == kind)
        _pass(facts, LineFacts(draw=BookDraw(receipts_book, overlap[0] if overlap else None, out)))
        data: dict[str, object] = {
            "id": receipts_book.id or new_id(),
            "kind": receipts_book.kind,
            "first": receipts_book.first,
            "last": receipts_book.last,
            "width": receipts_book.width,
            "custodian": receipts_book.custodian,
            "issued_on": receipts_book.issued_on.isoformat(),
            "medium": receipts_book.medium.value,
        }
        if receipts_book.levy:
            data["purpose"] = "levy"
        writing.log("receiptbook.issued", data, new_id(), *_TOPICS)
        return str(data["id"])


def void(book: Book, spoilt: Spoilt, by: By) -> tuple[Finding, ...]:
    """Keep a spoilt receipt with all its copies; returns what was said but does not stop.

    Raises Refused: a number of another book, used or voided (E2L-03, E2L-04), skipped ones before it (E2L-05), a copy
    missing without a reason (E2L-06), a book handed back (E2L-63).
    """
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        stands = _standing(connection, spoilt.book_id)
        if len(spoilt.reason.strip()) < 4:
            text = _("Say why, in at least four characters.")
            raise refusal("E2L-06", stands.book.kind, text)
        facts = gather.ground(connection, book.info, by.day)
        copies = len({c.sha256 for c in spoilt.copies})
        voided = Voided(
            spoilt.book_id, spoilt.number, spoilt.voided_on, spoilt.reason.strip(), copies, spoilt.excuse
        )
        no = stands.book.number_text(spoilt.number)
        act = VoidFact(
            voided,
            stands,
            used_by=receipts.live_receipt(connection, no),
            spoilt=any(v.number == spoilt.number for v in stands.voided),
        )
        said = _pass(facts, LineFacts(void=act))
        _log_void(writing, spoilt, no)
        return said


def _log_void(writing: Writing, spoilt: Spoilt, no: str) -> None:
    writing.log(
        "receipt.voided",
        {
            "book_id": spoilt.book_id,
            "number": spoilt.number,
            "receipt_no": no,
            "voided_on": spoilt.voided_on.isoformat(),
            "reason": spoilt.reason.strip(),
            "copies": [c.to_data() for c in spoilt.copies],
            "excuse": spoilt.excuse.strip(),
        },
        new_id(),
        *_TOPICS,
    )


def hand_back(
    book: Book, book_id: str, counter: str, summed_fen: int, returned_on: date, by: By
) -> tuple[Finding, ...]:
    """Take a receipt book back: somebody else than its custodian summed the stubs to the fen.

    Raises Refused: handed back before (E2L-63), own sum (E2L-42), stubs that differ (E2L-61), numbers missing (E2L-05).
    """
    with book.writing(by.actor, by.at) as writing:
        facts = gather.ground(writing.connection, book.info, by.day)
        stands = _standing(writing.connection, book_id)
        if counter not in facts.staff.persons:
            raise refusal("E2L-42", stands.book.kind, _("There is no such person."))
        said = _pass(facts, LineFacts(hand_back=HandBack(stands, counter, summed_fen, returned_on)))
        writing.log(
            "receiptbook.returned",
            {
                "book_id": book_id,
                "returned_on": returned_on.isoformat(),
                "counter": counter,
                "summed_fen": summed_fen,
                "last_used": stands.top,
            },
            new_id(),
            *_TOPICS,
        )
        return said


def standings(book: Book) -> tuple[BookStanding, ...]:
    """Every receipt book with what became of its numbers."""
    with book.reading() as connection:
        return receipts.standings(connection)


def _pass(facts: Facts, line: LineFacts) -> tuple[Finding, ...]:
    return pass_or_refuse(replace(facts, line=line), When.RECEIPTS)


def _standing(connection: Connection, book_id: str) -> BookStanding:
    found = next((b for b in registry.read_receipt_books(connection) if b.id == book_id), None)
    if found is None:
        text = _("There is no such receipt book.")
        raise refusal("E2L-03", book_id, text)
    return receipts.standing_of(connection, found)


def _check_range(facts: Facts, receipts_book: ReceiptBook) -> None:
    problem = ""
    if receipts_book.custodian not in facts.staff.persons:
        problem = _("There is no such person.")
    elif receipts_book.last < receipts_book.first or len(str(receipts_book.last)) > receipts_book.width:
        problem = _("The last number must not be smaller than the first.")
    if problem:
        raise refusal("E2L-03", receipts_book.kind, problem)
