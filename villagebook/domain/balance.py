"""Sums over posted vouchers: opening + movement = closing, per account and per money place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class AccountBalance:
    """One row of a trial balance; opening and closing are signed, debit positive."""

    account: str
    opening_fen: int
    debit_fen: int
    credit_fen: int

    @property
    def closing_fen(self) -> int:
        return self.opening_fen + self.debit_fen - self.credit_fen


def split_sides(balance_fen: int) -> tuple[int, int]:
    """A signed balance as (debit, credit) columns."""
    return (balance_fen, 0) if balance_fen >= 0 else (0, -balance_fen)


def first_shortfall(opening_fen: int, moves: list[tuple[date, int]]) -> tuple[date, int] | None:
    """The first day a cash place closes below zero, and by how much (E2L-28); moves in any order, fen signed."""
    balance = opening_fen
    by_day: dict[date, int] = {}
    for day, amount_fen in moves:
        by_day[day] = by_day.get(day, 0) + amount_fen
    for day in sorted(by_day):
        balance += by_day[day]
        if balance < 0:
            return day, -balance
    return None
