"""An open book and what every page asks of it; the only door of screens and commands to storage.Book."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from villagebook.domain.account import Account, Category, Chart, Side
from villagebook.domain.people import Staff
from villagebook.domain.place import Places
from villagebook.domain.policy import Policy
from villagebook.storage import registry
from villagebook.storage.book import Book, BookInfo
from villagebook.storage.ledger import place_balances_on

__all__ = [
    "Book",
    "BookInfo",
    "chart",
    "open_book",
    "place_balances",
    "places",
    "policy",
    "staff",
]


def open_book(path: Path, *, read_only: bool = False) -> Book:
    """Raises KnownError: not there, not a book, newer than the program, open elsewhere, damaged."""
    return Book.open(path, read_only=read_only)


def chart(book: Book) -> Chart:
    with book.reading() as connection:
        return registry.read_chart(connection)


def places(book: Book) -> Places:
    with book.reading() as connection:
        return registry.read_places(connection)


def staff(book: Book) -> Staff:
    with book.reading() as connection:
        return registry.read_staff(connection)


def policy(book: Book, day: date) -> Policy:
    """The township's parameters in force on a day."""
    with book.reading() as connection:
        return registry.read_policy_on(connection, day)


def place_balances(book: Book, day: date) -> dict[str, int]:
    """Money place code -> fen at the close of a day, every place of the book included."""
    with book.reading() as connection:
        found = place_balances_on(connection, day)
        return {p.code: found.get(p.code, 0) for p in registry.read_places(connection).all()}


def read_chart_file(path: Path) -> tuple[Account, ...]:
    """The chart as resources hold it: code, name, name_en, category, balance_side."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(
            Account(
                row["code"], row["name"], row["name_en"], Category(row["category"]), Side(row["balance_side"])
            )
            for row in csv.DictReader(file)
        )
