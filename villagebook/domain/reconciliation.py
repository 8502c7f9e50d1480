"""The sheet that brings the bank's balance and the book's to one figure (银行存款余额调节表), as arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from villagebook.domain.bank import BankLine, BookMove, Match

BANK, BOOK, TYPED = "bank", "book", "typed"


@dataclass(frozen=True, slots=True)
class OpenItem:
    """Something one side has and the other has not, by its identity.

    `side` is where it stands: "bank" not booked by us, "book" not booked by the bank, "typed" written by hand (then
    `amount_fen` is what it does to the bank's balance). `id` is the row's key or the voucher's id.
    """

    side: str
    id: str
    day: date
    amount_fen: int
    label: str = ""
    summary: str = ""
    party: str = ""

    def age(self, day: date) -> int:
        """Days it has been open on a day."""
        return (day - self.day).days

    @property
    def text(self) -> str:
        return " ".join(t for t in (self.label, self.summary, self.party) if t)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Both balances at the close of a day, and what stands on one side only."""

    day: date
    book_fen: int
    bank_fen: int
    items: tuple[OpenItem, ...]

    def of(self, side: str, *, into: bool) -> tuple[OpenItem, ...]:
        """The open items of a side that bring money in, or that take it out; oldest first."""
        return tuple(i for i in self.items if i.side == side and (i.amount_fen > 0) == into)

    @property
    def adjusted_book_fen(self) -> int:
        """The book with what only the bank has."""
        return self.book_fen + sum(i.amount_fen for i in self.items if i.side == BANK)

    @property
    def adjusted_bank_fen(self) -> int:
        """The bank with what only the book has, and what was written by hand."""
        return self.bank_fen + sum(i.amount_fen for i in self.items if i.side != BANK)

    @property
    def unexplained_fen(self) -> int:
        return self.adjusted_bank_fen - self.adjusted_book_fen

    def bridge(self) -> tuple[tuple[str, int], ...]:
        """(text, fen) of every item, signed so that the bank's balance and all of them make the book's."""
        return tuple((i.text, -i.amount_fen if i.side == BANK else i.amount_fen) for i in self.items)


def open_items(
    day: date, lines: Sequence[BankLine], moves: Sequence[BookMove], matches: Iterable[Match], since: date
) -> tuple[OpenItem, ...]:
    """What is open at the close of a day, oldest first.

    A match closes its members once the last of them has come. Movements before `since`, the first day of any statement,
    are open only when a row of the bank belongs to them: what was settled before is not asked for again.
    """
    bank = {line.key: line for line in lines}
    book = {move.id: move for move in moves}
    closed: set[str] = set()
    joined: set[str] = set()
    for match in matches:
        days = [bank[k].day for k in match.bank if k in bank] + [book[k].day for k in match.book if k in book]
        members = {*(f"{BANK} {k}" for k in match.bank), *(f"{BOOK} {k}" for k in match.book)}
        joined |= members
        if days and max(days) <= day:
            closed |= members
    found = [
        OpenItem(BANK, b.key, b.day, b.amount_fen, b.serial, b.summary, b.party)
        for b in lines
        if b.day <= day and f"{BANK} {b.key}" not in closed
    ]
    found += [
        OpenItem(BOOK, m.id, m.day, m.amount_fen, m.label, m.summary, m.party)
        for m in moves
        if m.day <= day
        and f"{BOOK} {m.id}" not in closed
        and (m.day >= since or (f"{BOOK} {m.id}" in joined))
    ]
    return tuple(sorted(found, key=lambda i: (i.day, i.side, i.id)))
