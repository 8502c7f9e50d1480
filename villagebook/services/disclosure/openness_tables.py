"""Lists of what is owed to the board and to the members, by their names on the command line."""

from __future__ import annotations

from villagebook.domain.period import Span
from villagebook.domain.table import Table
from villagebook.services.by import today
from villagebook.services.disclosure import audits, duties, laid_open, notice_requests, year_pack
from villagebook.services.reporting import disclosure_items
from villagebook.storage.book import Book


def make(book: Book, name: str, span: Span) -> Table:
    """KeyError for another name. Requests, audits and laid-open papers are told whole, whatever the months."""
    if name == "board-duties":
        return duties.table(book, span, today())
    if name == "disclosure-items":
        with book.reading() as connection:
            return disclosure_items.table(connection, book.info.start, span)
    if name in ("board-year", "annual-pack"):
        year = span.last.year
        return (
            year_pack.summary(book, year) if name == "board-year" else year_pack.contents(book, year, today())
        )
    if name == "audits":
        return audits.table(book, today())
    return {"requests": notice_requests.table, "laid-open": laid_open.table}[name](book)
