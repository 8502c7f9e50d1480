"""A bank account seen from both sides: rows of the bank's statement, movements of the book, and what pairs them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Any


@dataclass(frozen=True, slots=True)
class BankLine:
    """One row of a statement. `amount_fen` is what it did to our money: in positive, out negative.

    `key` is its identity within the account, `balance_fen` the bank's balance after it, `account` the other party's.
    """

    key: str
    day: date
    amount_fen: int
    balance_fen: int
    party: str = ""
    account: str = ""
    summary: str = ""
    serial: str = ""

    def to_data(self) -> list[Any]:
        return [
            self.key,
            self.day.isoformat(),
            self.amount_fen,
            self.balance_fen,
            self.party,
            self.account,
            self.summary,
            self.serial,
        ]


@dataclass(frozen=True, slots=True)
class BookMove:
    """What one voucher did to the money of one bank account, all its places together; never zero.

    `references` are numbers of papers behind it, `reverses` the id of the voucher a red one undoes.
    """

    id: str
    day: date
    amount_fen: int
    label: str
    summary: str = ""
    party: str = ""
    references: tuple[str, ...] = ()
    reverses: str = ""


class Tier(StrEnum):
    """How a match was found; the order is the order of trying."""

    REVERSAL = "reversal"
    REFERENCE = "reference"
    DAY = "day"
    LIKELY = "likely"
    SUM = "sum"
    HAND = "hand"
    DIFFERENCE = "difference"


@dataclass(frozen=True, slots=True)
class Match:
    """Rows of the bank that are movements of the book: both sides add up to the same, and nothing is in two matches."""

    id: str
    tier: Tier
    bank: tuple[str, ...]
    book: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A match that could be. `sure` ones may be accepted unseen; `difference_fen` is bank less book, and then nobody may.

    `days` is how far the two sides lie apart, `score` of 100 how much speaks for it.
    """

    tier: Tier
    bank: tuple[BankLine, ...]
    book: tuple[BookMove, ...]
    sure: bool
    score: int = 100
    days: int = 0

    @property
    def difference_fen(self) -> int:
        return sum(b.amount_fen for b in self.bank) - sum(m.amount_fen for m in self.book)


def chained(lines: Sequence[BankLine]) -> tuple[BankLine, ...]:
    """Rows ordered by day, those of one day by their balances; what came from several files falls into one chain."""
    made: list[BankLine] = []
    for _day, group in groupby(sorted(lines, key=lambda line: line.day), key=lambda line: line.day):
        today = list(group)
        while today:
            after = made[-1].balance_fen if made else _start(today)
            following = (line for line in today if line.balance_fen - line.amount_fen == after)
            line = next(following, today[0])
            today.remove(line)
            made.append(line)
    return tuple(made)


def _start(lines: Sequence[BankLine]) -> int:
    """What the account stood at before the first of these: the only one that no other leads to."""
    ends = [line.balance_fen for line in lines]
    starts = [line.balance_fen - line.amount_fen for line in lines]
    for end in ends:
        if end in starts:
            starts.remove(end)
    return starts[0] if starts else lines[0].balance_fen - lines[0].amount_fen
