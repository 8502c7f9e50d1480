"""What somebody owes and is owed, split into claims and debts, so that both add up by themselves.

Invariant: claim - debt is the signed balance, at the beginning and at the end; opening + up - down = closing on either side.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an account with somebody, in fen; never below zero at the beginning and at the end."""

    opening_fen: int = 0
    up_fen: int = 0
    down_fen: int = 0

    @property
    def closing_fen(self) -> int:
        return self.opening_fen + self.up_fen - self.down_fen

    @property
    def moved(self) -> bool:
        return bool(self.opening_fen or self.up_fen or self.down_fen)


@dataclass(frozen=True, slots=True)
class Owed:
    """Both sides: `claim` is what others owe the village, `debt` what the village owes."""

    claim: Side
    debt: Side


def split(opening_fen: int, moves: Iterable[int]) -> Owed:
    """From a signed opening balance and the signed movements, debit positive, in booking order.

    A movement that goes through zero settles one side and begins the other.
    """
    balance = opening_fen
    claim_up, claim_down, debt_up, debt_down = 0, 0, 0, 0
    for fen in moves:
        after = balance + fen
        claim, debt = max(after, 0) - max(balance, 0), max(-after, 0) - max(-balance, 0)
        claim_up += max(claim, 0)
        claim_down += max(-claim, 0)
        debt_up += max(debt, 0)
        debt_down += max(-debt, 0)
        balance = after
    return Owed(
        Side(max(opening_fen, 0), claim_up, claim_down),
        Side(max(-opening_fen, 0), debt_up, debt_down),
    )
