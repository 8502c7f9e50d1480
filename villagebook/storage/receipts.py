"""Reading receipt books: which numbers were used, which are spoilt, what is booked under them."""

from __future__ import annotations

from datetime import date

from sqlalchemy.engine import Connection

from villagebook.domain.receipts import BookStanding, ReceiptBook, Voided, standing
from villagebook.storage.engine import fetch, value_of
from villagebook.storage.registry import read_receipt_books

_POSTED = "EXISTS (SELECT 1 FROM voucher v WHERE v.document_id = s.document_id AND v.document_id <> '')"
_LIVE = (
    "EXISTS (SELECT 1 FROM voucher v WHERE v.document_id = s.document_id AND v.document_id <> '' AND v.reverses = ''"
    " AND NOT EXISTS (SELECT 1 FROM voucher r WHERE r.reverses = v.id AND r.reverses <> ''))"
)


def standings(connection: Connection) -> tuple[BookStanding, ...]:
    """Every receipt book with what became of its numbers, in the order they were drawn."""
    return tuple(standing_of(connection, book) for book in read_receipt_books(connection))


def next_no(connection: Connection, *, levy: bool) -> str:
    """The number to write next, of the special receipts of 一事一议 or of the others; "" when no book has one left."""
    books = (b for b in read_receipt_books(connection) if b.levy is levy and b.returned_on is None)
    return next((no for b in books if (no := standing_of(connection, b).next_no)), "")


def standing_of(connection: Connection, book: ReceiptBook) -> BookStanding:
    """One receipt book; a number whose receipt was reversed stays used, its money is not counted."""
    rows = fetch(
        connection,
        "SELECT CAST(receipt_no AS INTEGER), CASE WHEN "
        + _LIVE
        + " THEN total_fen ELSE 0 END, LENGTH(TRIM(COALESCE(CASE WHEN json_valid(content)"
        " THEN content ->> '$.excuse' END, ''))) >= 4"
        " FROM submission s WHERE receipt_no <> '' AND LENGTH(receipt_no) = ?"
        " AND CAST(receipt_no AS INTEGER) BETWEEN ? AND ? AND " + _POSTED + " AND s.seq ="
        " (SELECT MAX(seq) FROM submission WHERE document_id = s.document_id)",
        book.width,
        book.first,
        book.last,
    )
    return standing(book, {r[0]: (r[1], bool(r[2])) for r in rows}, voided_in(connection, book.id))


def voided_in(connection: Connection, book_id: str) -> tuple[Voided, ...]:
    rows = fetch(
        connection,
        "SELECT book_id, number, voided_on, reason, CASE WHEN json_valid(copies) THEN json_array_length(copies)"
        " ELSE 0 END, excuse FROM receipt_void WHERE book_id = ? ORDER BY seq",
        book_id,
    )
    return tuple(Voided(r[0], r[1], date.fromisoformat(r[2]), *r[3:]) for r in rows)


def is_voided(connection: Connection, receipt_no: str) -> bool:
    """True when this printed number was voided."""
    sql = "SELECT 1 FROM receipt_void WHERE receipt_no = ? LIMIT 1"
    return value_of(connection, sql, receipt_no) is not None


def highest_voided(connection: Connection, book_id: str) -> int:
    """The highest voided number of a book, -1 when none is."""
    found = value_of(connection, "SELECT MAX(number) FROM receipt_void WHERE book_id = ?", book_id)
    return -1 if found is None else int(found)


def live_receipt(connection: Connection, receipt_no: str) -> str:
    """Id of the posted and not reversed document with this number, "" when there is none."""
    return (
        value_of(
            connection,
            f"SELECT document_id FROM submission s WHERE receipt_no = ? AND receipt_no <> '' AND {_LIVE} LIMIT 1",
            receipt_no,
        )
        or ""
    )
