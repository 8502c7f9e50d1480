"""Pairing the bank's rows with vouchers: what is sure at once, the rest by a person, everything undone with a trace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from villagebook.domain.bank import BankLine, BookMove, Match, Proposal, Tier, chained
from villagebook.domain.matching import propose
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Period
from villagebook.i18n import _
from villagebook.services.by import By, new_id
from villagebook.services.gate import refusal
from villagebook.storage import bank as store
from villagebook.storage import periods
from villagebook.storage.book import Book, Writing
from villagebook.storage.engine import Connection

BEFORE_DAYS = 60
"""Vouchers of so many days before the first statement may still meet a row of it."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of an account and what pairs them. `since` and `until` are the days of the statements."""

    places: tuple[str, ...]
    lines: tuple[BankLine, ...]
    moves: tuple[BookMove, ...]
    matches: tuple[Match, ...]
    since: date
    until: date

    def open_lines(self) -> tuple[BankLine, ...]:
        taken = {key for m in self.matches for key in m.bank}
        return tuple(line for line in self.lines if line.key not in taken)

    def open_moves(self) -> tuple[BookMove, ...]:
        taken = {key for m in self.matches for key in m.book}
        return tuple(move for move in self.moves if move.id not in taken)

    def proposals(self) -> tuple[Proposal, ...]:
        """What could belong together among all that is open."""
        return propose(self.open_lines(), self.open_moves())


def sides(book: Book, places: Sequence[str]) -> Sides | None:
    """Everything about an account; None when the bank has not said anything of it yet."""
    with book.reading() as connection:
        return read_sides(connection, places)


def read_sides(connection: Connection, places: Sequence[str]) -> Sides | None:
    """As `sides`, within a transaction."""
    lines = chained(store.lines(connection, places[0]))
    if not lines:
        return None
    since, until = lines[0].day, lines[-1].day
    moves = store.moves(connection, places, since - timedelta(days=BEFORE_DAYS), date.max)
    return Sides(tuple(places), lines, moves, store.matches(connection, places[0]), since, until)


def match(book: Book, places: Sequence[str], by: By) -> tuple[int, tuple[Proposal, ...]]:
    """Accept everything that is sure; returns how many, and what is left for a person to decide."""
    with book.writing(by.actor, by.at) as writing:
        found = read_sides(writing.connection, places)
        proposals = found.proposals() if found else ()
        sure = [p for p in proposals if p.sure and not p.difference_fen]
        if sure:
            _log(writing, places, [(p.tier, [b.key for b in p.bank], [m.id for m in p.book]) for p in sure])
    return len(sure), tuple(p for p in proposals if p not in sure)


def accept(
    book: Book,
    places: Sequence[str],
    bank: Sequence[str],
    moves: Sequence[str],
    by: By,
    tier: Tier = Tier.HAND,
) -> str:
    """Say that these rows and these vouchers are the same; returns the match's id.

    Raises Refused when they differ by a fen, or one of them is matched or unknown.
    """
    with book.writing(by.actor, by.at) as writing:
        found = read_sides(writing.connection, places)
        lines = {line.key: line for line in found.open_lines()} if found else {}
        vouchers = {move.id: move for move in found.open_moves()} if found else {}
        if not (bank or moves) or not lines.keys() >= set(bank) or not vouchers.keys() >= set(moves):
            raise refusal(
                "BNK-31", "", _("One of these is matched already, or is not there. Look at the list again.")
            )
        difference = sum(lines[k].amount_fen for k in set(bank)) - sum(
            vouchers[k].amount_fen for k in set(moves)
        )
        if difference:
            text = _(
                "The two sides differ by {amount}. A difference is never accepted: book what is missing."
            )
            raise refusal("BNK-30", "", text.format(amount=yuan_text(difference)))
        return _log(writing, places, [(tier, sorted(set(bank)), sorted(set(moves)))])[0]


def undo(book: Book, places: Sequence[str], match_id: str, by: By) -> None:
    """Take a match apart; both stay in the log. Raises Refused for an unknown one, or one of a closed month."""
    with book.writing(by.actor, by.at) as writing:
        found = read_sides(writing.connection, places)
        wanted = next((m for m in found.matches if m.id == match_id), None) if found else None
        if found is None or wanted is None:
            raise refusal(
                "BNK-31", "", _("One of these is matched already, or is not there. Look at the list again.")
            )
        last = max(d for d in _days(found, wanted))
        if periods.period_state(writing.connection, Period.of(last)) != "open":
            text = _("{month} is closed; its matches stay as they were signed.")
            raise refusal("BNK-32", "", text.format(month=Period.of(last)))
        writing.log("bank.unmatched", {"id": match_id}, new_id(), "counts")


def _days(found: Sides, match: Match) -> list[date]:
    days = [line.day for line in found.lines if line.key in match.bank]
    return days + [move.day for move in found.moves if move.id in match.book]


def spread(found: Sides, match: Match) -> int:
    """How many days lie between the first and the last of a match."""
    days = _days(found, match)
    return (max(days) - min(days)).days if days else 0


def _log(
    writing: Writing, places: Sequence[str], chosen: Iterable[tuple[Tier, list[str], list[str]]]
) -> list[str]:
    matches: list[list[object]] = [[new_id(), tier.value, bank, book] for tier, bank, book in chosen]
    data: dict[str, object] = {"places": list(places), "matches": matches}
    writing.log("bank.matched", data, new_id(), "counts")
    return [str(m[0]) for m in matches]
