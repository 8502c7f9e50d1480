"""A new book: its chart, money places, parameters and opening balances, in one file that is there whole or not at all."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from villagebook import paths
from villagebook.domain.account import Account, Chart
from villagebook.domain.period import Period
from villagebook.domain.place import LineMode, Place, PlaceKind, Places
from villagebook.i18n import _
from villagebook.services.book_file import opening
from villagebook.services.book_file.books import read_chart_file
from villagebook.services.by import By, new_id
from villagebook.services.gate import refuse
from villagebook.services.township import policies, policy_reading
from villagebook.storage.book import Book
from villagebook.storage.making import create_file


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
    told = policy_reading.read_file(new.policy or paths.resource("policy", "default.json"), by.day)
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
            writing.log("book.opened", _opened(new, accounts, book_places, told), new_id())
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


def _opened(
    new: NewBook, accounts: tuple[Account, ...], places: tuple[Place, ...], told: policy_reading.PolicyFile
) -> dict[str, Any]:
    return {
        "book_id": new_id(),
        "village": new.village,
        "code": new.code,
        "start": str(new.start),
        "mode": new.mode.value,
        "accounts": [a.to_data() for a in accounts],
        "places": [p.to_data() for p in places],
        "policy": told.body,
        **({"seal": told.seal.to_data()} if told.seal else {}),
    }


def _check_names(new: NewBook) -> None:
    problems = []
    if len(new.village.strip()) < 2:
        problems.append(_("Enter the name of the village."))
    if not new.code.strip() or not all(c.isalnum() or c in "-_" for c in new.code):
        problems.append(_("Enter the village's code: letters and digits only."))
    refuse("NEW-01", "new", problems)


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
