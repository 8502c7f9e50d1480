"""Numbers of invoices used elsewhere: what a township's list says of each, and what counts when lists differ (V2).

A list holds kind, code, number, amount, day, village and voucher. Names of sellers, buyers and travellers never stand in one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from villagebook.domain.invoice import DIGITAL_LENGTH, InvoiceKind, invoice_key, plain

MOST_ENTRIES = 100_000
"""Of one list: a township of thirty villages needs ten years to come there."""

LONGEST = 60
"""Letters of a village, its code, a voucher or a reason."""

_NUMBER = re.compile(r"[0-9A-Z-]{1,30}")
_TYPED = ("number", "code", "village", "village_code", "document", "released")


@dataclass(frozen=True, slots=True)
class UsedInvoice:
    """One number, as somebody else's book used it.

    Attributes:
        number, code: as they are compared: half-width, upper case, no spaces.
        kind: None when neither number nor list tells.
        village_code: of the village's book, "" when the list does not tell.
        document: word and number of the voucher there.
        released: why the number is free again there (reversed, taken back), "" while it is used.
    """

    number: str
    village: str
    code: str = ""
    kind: InvoiceKind | None = None
    total_fen: int | None = None
    issued_on: date | None = None
    village_code: str = ""
    document: str = ""
    released: str = ""

    @property
    def key(self) -> str:
        return invoice_key(self.code, self.number)

    @property
    def where(self) -> str:
        """How a sentence names the place it was used."""
        return f"{self.village} {self.document}".strip()

    @property
    def place(self) -> str:
        """Villages of one township bear different names; their codes are often left out."""
        return plain(self.village)

    def is_of(self, village: str, code: str) -> bool:
        """Say whether it was this village: by its code when the list tells it, else by its name."""
        return plain(self.village_code) == plain(code) if self.village_code else self.place == plain(village)

    def to_data(self) -> list[Any]:
        return [
            self.number,
            self.code,
            self.kind.value if self.kind else "",
            self.total_fen,
            self.issued_on.isoformat() if self.issued_on else "",
            self.village,
            self.village_code,
            self.document,
            self.released,
        ]

    @classmethod
    def from_data(cls, data: list[Any]) -> UsedInvoice:
        """Raises TypeError or ValueError for what is no entry, or is not written as it is compared."""
        number, code, kind, total_fen, issued_on, village, village_code, document, released = data
        made = cls(
            number,
            village,
            code,
            InvoiceKind(kind) if kind else None,
            total_fen,
            date.fromisoformat(issued_on) if issued_on else None,
            village_code,
            document,
            released,
        )
        if not all(isinstance(getattr(made, name), str) for name in _TYPED):
            raise TypeError("an entry of other things than words")
        if isinstance(total_fen, bool) or not isinstance(total_fen, int | None):
            raise TypeError("an amount that is no whole number")
        if (plain(number), plain(code)) != (number, code) or not is_number(code, number, made.kind):
            raise ValueError("no number of an invoice")
        if not village or any(len(getattr(made, name)) > LONGEST for name in _TYPED):
            raise ValueError("no village, or too long a word")
        return made


def is_number(code: str, number: str, kind: InvoiceKind | None = None) -> bool:
    """Say whether code and number tell one invoice from every other.

    Twenty figures do so alone, as does a station's slip; others count within their code, small tickets without one within
    their seller, whom no list names.
    """
    code, number = plain(code), plain(number)
    if not _NUMBER.fullmatch(number) or (code and not _NUMBER.fullmatch(code)):
        return False
    alone = len(number) == DIGITAL_LENGTH or kind is InvoiceKind.RAIL_PAPER or _is_slip(number)
    return alone or bool(code)


def _is_slip(number: str) -> bool:
    """A letter among figures: the red or blue slip of a station, which has no code."""
    return len(number) >= 6 and number.isalnum() and not number.isdigit()


@dataclass(frozen=True, slots=True)
class UsedList:
    """A list as a township hands it out. `as_of` is the last day it knows of."""

    issuer: str
    as_of: date
    entries: tuple[UsedInvoice, ...]

    def to_data(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "as_of": self.as_of.isoformat(),
            "entries": [e.to_data() for e in self.entries],
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> UsedList:
        """Raises KeyError, TypeError or ValueError for what is no list."""
        if not isinstance(data["issuer"], str) or len(data["entries"]) > MOST_ENTRIES:
            raise ValueError("no issuer, or too many entries")
        entries = tuple(UsedInvoice.from_data(e) for e in data["entries"])
        return cls(data["issuer"], date.fromisoformat(data["as_of"]), entries)


@dataclass(frozen=True, slots=True)
class TakenList:
    """A list this book has taken in. `told_by` brought it and is named where nobody `signed` it; `hits` stand in our book, too."""

    seq: int
    issuer: str
    as_of: date
    taken_on: date
    signed: bool
    told_by: str
    source: str
    entries: int
    hits: int = 0


@dataclass(frozen=True, slots=True)
class UsedElsewhere:
    """One entry of one list that was taken in."""

    entry: UsedInvoice
    issuer: str
    as_of: date
    signed: bool
    told_by: str
    seq: int


def standing(told: Iterable[UsedElsewhere]) -> tuple[UsedElsewhere, ...]:
    """What counts of everything the lists say of one key, given in the order they were taken in.

    Of each village its newest word by the day its list knows of, also where an older list was brought after it; what a
    township signed is taken back by a signed list alone.
    """
    newest: dict[str, UsedElsewhere] = {}
    for word in sorted(told, key=lambda w: w.as_of):
        before = newest.get(word.entry.place)
        if before is None or word.signed or not before.signed or _is_new_use(before, word):
            newest[word.entry.place] = word
    return tuple(w for w in newest.values() if not w.entry.released)


def _is_new_use(before: UsedElsewhere, word: UsedElsewhere) -> bool:
    """After a signed release somebody says that the number was used again."""
    return bool(before.entry.released) and not word.entry.released


@dataclass(frozen=True, slots=True)
class Shared:
    """A number that more than one village used, with every entry that says so."""

    key: str
    entries: tuple[UsedInvoice, ...]


def merged(lists: Iterable[Iterable[UsedInvoice]]) -> tuple[tuple[UsedInvoice, ...], tuple[Shared, ...]]:
    """Every list in one, each number once a village, and the numbers several villages stand for.

    Of what one village says twice the later word counts: a number that was free may be used again.
    """
    kept: dict[tuple[str, str], UsedInvoice] = {}
    for entries in lists:
        for entry in entries:
            kept[entry.key, entry.place] = entry
    users: dict[str, list[UsedInvoice]] = {}
    for entry in kept.values():
        if not entry.released:
            users.setdefault(entry.key, []).append(entry)
    twice = (Shared(key, tuple(own)) for key, own in users.items() if len(own) > 1)
    return tuple(kept.values()), tuple(twice)
