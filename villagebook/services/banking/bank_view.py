"""An account's rows beside their vouchers as tables for the window: what belongs together, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from villagebook.domain.bank import BankLine, BookMove, Match, Proposal
from villagebook.domain.period import Period
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.i18n import _
from villagebook.services.banking import bank_words
from villagebook.services.banking.bank_matching import Sides, sides, spread
from villagebook.services.book_file.books import Book

TAKEN, OFFERED, OPEN = "✓", "?", "!"


@dataclass(frozen=True, slots=True)
class BankRow:
    """A row of the bank with the match it has, or else the one that is proposed."""

    line: BankLine
    match: Match | None
    proposal: Proposal | None
    vouchers: tuple[BookMove, ...]
    why: str

    @property
    def mark(self) -> str:
        if self.match:
            return TAKEN
        return OFFERED if self.proposal and not self.proposal.difference_fen else OPEN


@dataclass(frozen=True, slots=True)
class BankView:
    """`rows` are those of a month and everything older that is open; `moves` vouchers without a row of the bank."""

    rows: tuple[BankRow, ...]
    moves: tuple[BookMove, ...]
    until: date

    def row(self, key: str) -> BankRow | None:
        return next((r for r in self.rows if r.line.key == key), None)

    def bank_table(self) -> Table:
        """One line per row of the bank; its target is the row's key."""
        columns = (
            Column("mark", "", Shape.TEXT, 2),
            Column("date", _("Date"), Shape.DAY),
            Column("amount", _("Amount"), Shape.MONEY),
            Column("party", _("Other party"), Shape.TEXT, 12),
            Column("summary", _("Summary"), Shape.TEXT, 14),
            Column("voucher", _("Voucher"), Shape.TEXT, 10),
            Column("why", _("Why"), Shape.TEXT, 22),
        )
        rows: list[tuple[Cell, ...]] = [
            (
                r.mark,
                r.line.day.isoformat(),
                r.line.amount_fen,
                r.line.party,
                r.line.summary,
                ", ".join(f"{m.label}" for m in r.vouchers),
                r.why,
            )
            for r in self.rows
        ]
        return Table("bank-rows", "", "", columns, tuple(rows), targets=tuple(r.line.key for r in self.rows))

    def book_table(self) -> Table:
        """One line per voucher that the bank does not know; its target is the voucher's id."""
        columns = (
            Column("date", _("Date"), Shape.DAY),
            Column("voucher", _("Voucher"), Shape.TEXT, 8),
            Column("amount", _("Amount"), Shape.MONEY),
            Column("party", _("Other party"), Shape.TEXT, 12),
            Column("summary", _("Summary"), Shape.TEXT, 20),
        )
        rows: list[tuple[Cell, ...]] = [
            (m.day.isoformat(), m.label, m.amount_fen, m.party, m.summary) for m in self.moves
        ]
        return Table("book-rows", "", "", columns, tuple(rows), targets=tuple(m.id for m in self.moves))


def look(book: Book, places: Sequence[str], day: date) -> BankView | None:
    """What to show for the sheet of a day; None when the bank has not said anything of the account yet."""
    found = sides(book, places)
    if found is None:
        return None
    first = Period.of(day).first_day
    matched = {key: m for m in found.matches for key in m.bank}
    offered = {b.key: p for p in found.proposals() for b in p.bank}
    vouchers = {m.id: m for m in found.moves}
    rows = tuple(
        _row(found, line, matched.get(line.key), offered.get(line.key), vouchers)
        for line in found.lines
        if line.day <= day and (line.day >= first or line.key not in matched)
    )
    moves = tuple(m for m in found.open_moves() if found.since <= m.day <= day)
    return BankView(rows, moves, found.until)


def _row(
    found: Sides,
    line: BankLine,
    match: Match | None,
    proposal: Proposal | None,
    vouchers: dict[str, BookMove],
) -> BankRow:
    if match:
        told = tuple(vouchers[i] for i in match.book if i in vouchers)
        why = bank_words.why(match.tier, len(match.bank), len(match.book), spread(found, match))
        return BankRow(line, match, None, told, why)
    if proposal:
        return BankRow(line, None, proposal, proposal.book, bank_words.why_proposed(proposal))
    return BankRow(line, None, None, (), _("Not in the book: enter a voucher for it."))
