"""Takings in the drawer, and the next number of the receipt book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from villagebook.storage import documents as docs
from villagebook.storage import ledger
from villagebook.storage.book import Book
from villagebook.storage.receipts import next_no


@dataclass(frozen=True, slots=True)
class Undeposited:
    """A cash receipt not yet on a deposit slip, with the days it has been lying."""

    document_id: str
    receipt_no: str
    received_on: date
    party: str
    amount_fen: int
    days: int
    place: str


def undeposited(book: Book, day: date) -> tuple[Undeposited, ...]:
    with book.reading() as connection:
        return tuple(
            Undeposited(
                t.document_id,
                t.receipt_no,
                t.received_on,
                t.party,
                t.amount_fen,
                (day - t.received_on).days,
                t.place,
            )
            for t in docs.takings(connection)
        )


def next_receipt_no(book: Book, *, levy: bool = False) -> str:
    """The next number of the first receipt book that is out and has one left, "" when there is none.

    With `levy` of the special receipts of 一事一议, without of the others.
    """
    with book.reading() as connection:
        return next_no(connection, levy=levy)


def recent_parties(book: Book, prefix: str) -> tuple[str, ...]:
    with book.reading() as connection:
        return docs.recent_words(connection, "party", prefix)


def recent_summaries(book: Book, prefix: str) -> tuple[str, ...]:
    with book.reading() as connection:
        return docs.recent_words(connection, "summary", prefix)


def account_use(book: Book) -> dict[str, int]:
    """How often each account was booked: ranks the picker."""
    with book.reading() as connection:
        return ledger.account_use(connection)
