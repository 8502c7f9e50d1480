"""Make, open and check a book; the only door of screens and commands to storage.Book."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from villagebook import paths
from villagebook.domain.account import Account, Category, Chart, Side
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.people import Staff
from villagebook.domain.period import Period
from villagebook.domain.place import LineMode, Place, PlaceKind, Places
from villagebook.domain.policy import Policy
from villagebook.i18n import _
from villagebook.services.by import By, new_id
from villagebook.services.township import policies
from villagebook.storage import registry
from villagebook.storage.book import Book, BookInfo
from villagebook.storage.ledger import place_balances_on
from villagebook.storage.making import create_file

__all__ = [
    "Book",
    "BookInfo",
    "NewBook",
    "chart",
    "create_book",
    "open_book",
    "place_balances",
    "places",
    "policy",
    "staff",
]

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class NewBook:
    """What a new book is told.

    `holder` is the name on the bank account, the village's name when empty; `fingerprint` that of the township's key, as it
    was read aloud, for a signed parameter file.
    """

    village: str
    code: str
    start: Period
    mode: LineMode = LineMode.AGENCY
    holder: str = ""
    opening: Path | None = None
    policy: Path | None = None
    fingerprint: str = ""


def create_book(path: Path, new: NewBook, by: By) -> Book:
    """Make a book with the 2023 chart, its money places, policy and opening balances.

    Raises Refused (opening balances that do not balance, a bad policy file) and KnownError; no file is left then.
    """
    _check_names(new)
    accounts = read_chart_file(paths.resource("chart", "chart_2023.csv"))
    book_places = _first_places(new)
    told = policies.read_file(new.policy or paths.resource("policy", "default.json"), by.day)
    from villagebook.services.book_file import (
        opening,  # reads spreadsheets; opening a book does not need that
    )

    opening_drafts = (
        opening.read_opening(new.opening, Chart(accounts), Places(book_places)) if new.opening else ()
    )
    create_file(path)
    try:
        book = Book.open(path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    try:
        with book.writing(by.actor, by.at) as writing:
            writing.log(
                "book.opened",
                {
                    "book_id": new_id(),
                    "village": new.village,
                    "code": new.code,
                    "start": str(new.start),
                    "mode": new.mode.value,
                    "accounts": [a.to_data() for a in accounts],
                    "places": [p.to_data() for p in book_places],
                    "policy": told.body,
                    **({"seal": told.seal.to_data()} if told.seal else {}),
                },
                new_id(),
            )
            policies.begin_with(writing, told, new.fingerprint, by)
            if opening_drafts:
                opening.log_opening(writing, opening_drafts)
    except BaseException:
        book.close()
        path.unlink(missing_ok=True)
        raise
    if book.info.code != new.code:
        raise AssertionError("a book that does not say what it was told")
    return book


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


def _check_names(new: NewBook) -> None:
    problems = []
    if len(new.village.strip()) < 2:
        problems.append(_wrong("new", _("Enter the name of the village.")))
    if not new.code.strip() or not all(c.isalnum() or c in "-_" for c in new.code):
        problems.append(_wrong("new", _("Enter the village's code: letters and digits only.")))
    if problems:
        raise Refused(problems)


def _wrong(where: str, text: str, error_id: str = "NEW-01") -> Finding:
    return Finding(error_id, Severity.ERROR, where, text)


def _first_places(new: NewBook) -> tuple[Place, ...]:
    data = json.loads(paths.resource("policy", "places.json").read_text(encoding="utf-8"))
    return tuple(
        Place(
            code=row["code"],
            kind=PlaceKind(row["kind"]),
            name=row["name"],
            account=row["account"],
            holder=(new.holder or new.village) if row["account"] == "102" else "",
            is_basic=bool(row.get("is_basic", False)),
            filed=row.get("filed", ""),
        )
        for row in data["modes"][new.mode.value]
    )
