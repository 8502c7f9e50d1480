"""Receipt books and the takings they vouch for (R1, R2, R5)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Medium(StrEnum):
    """What receipts are made of: a printed book, a platform's electronic series, or fiscal notes (R1)."""

    PAPER = "paper"
    ELECTRONIC = "electronic"
    FISCAL = "fiscal"


class BookState(StrEnum):
    """The life of a receipt book: a used one has no number left; a returned one was handed back and summed (R3)."""

    IN_USE = "in-use"
    USED = "used"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class ReceiptBook:
    """A book of numbered receipts handed to a custodian; numbers are printed with `width` digits.

    `returned_on` is the day it was handed back and summed, None while it is out. `levy` books hold the special receipts of
    一事一议 (筹资专用收据), on which nothing else is taken.
    """

    id: str
    kind: str
    first: int
    last: int
    width: int
    custodian: str
    issued_on: date
    medium: Medium = Medium.PAPER
    returned_on: date | None = None
    levy: bool = False

    def number_text(self, number: int) -> str:
        return f"{number:0{self.width}d}"

    def holds(self, text: str) -> bool:
        """True when this receipt number was printed in this book."""
        return (
            text.isascii()
            and text.isdigit()
            and len(text) == self.width
            and self.first <= int(text) <= self.last
        )


@dataclass(frozen=True, slots=True)
class Takings:
    """A posted cash receipt that no deposit slip has taken to the bank yet."""

    document_id: str
    receipt_no: str
    received_on: date
    party: str
    amount_fen: int
    place: str


@dataclass(frozen=True, slots=True)
class Voided:
    """A spoilt receipt, kept with the picture of every copy; `excuse` says why a copy is missing (E2L-06)."""

    book_id: str
    number: int
    voided_on: date
    reason: str
    copies: int
    excuse: str = ""


@dataclass(frozen=True, slots=True)
class BookStanding:
    """What became of a receipt book's numbers.

    `top` is the highest number used or voided, `first - 1` when none is; `gaps` the numbers below it that are neither, and
    `excused` those of them whose skipping somebody gave a reason for. `booked_fen` sums the live receipts.
    """

    book: ReceiptBook
    used: int
    voided: tuple[Voided, ...]
    top: int
    gaps: tuple[int, ...]
    excused: frozenset[int]
    booked_fen: int

    @property
    def next_no(self) -> str:
        """The number to write next, "" when there is none."""
        if self.book.returned_on is not None or self.top >= self.book.last:
            return ""
        return self.book.number_text(self.top + 1)

    @property
    def state(self) -> BookState:
        if self.book.returned_on is not None:
            return BookState.RETURNED
        return BookState.IN_USE if self.top < self.book.last else BookState.USED


def standing(
    book: ReceiptBook, used: dict[int, tuple[int, bool]], voided: Collection[Voided]
) -> BookStanding:
    """`used` is number -> (fen still booked, True when its entry gave a reason for skipping)."""
    spoilt = {v.number for v in voided}
    known = sorted(used.keys() | spoilt)
    gaps: list[int] = []
    excused: set[int] = set()
    expected = book.first
    for number in known:
        missing = range(expected, number)
        gaps += missing
        if number in used and used[number][1]:
            excused.update(missing)
        expected = number + 1
    return BookStanding(
        book,
        len(used.keys() - spoilt),
        tuple(sorted(voided, key=lambda v: v.number)),
        expected - 1,
        tuple(gaps),
        frozenset(excused),
        sum(fen for fen, _reason in used.values()),
    )
