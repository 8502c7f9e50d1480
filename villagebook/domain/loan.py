"""Loans as entries of a register: money the village borrowed, and money it lent in former years.

What is left is what came (or went) less what was paid back; interest is neither. Invariant: left + repaid = principal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from villagebook.domain.register import day_of


class LoanSide(StrEnum):
    """Who owes: the village (BORROWED) or the other party (LENT)."""

    BORROWED = "borrowed"
    LENT = "lent"


@dataclass(frozen=True, slots=True)
class Loan:
    """One loan.

    Attributes:
        name: what it is called, usually the other party and what for; `party` the lender or the borrower by name.
        account: where its principal stands (201, 221; 112, 113).
        amount_fen: the principal agreed; `paid_before_fen` what was paid back before the book began.
        rate, instalments: as written in the contract; nothing is computed from them.
        resolution, permit: numbers of the decision and of the township's permission; `contract` the number of the paper.
    """

    code: str
    name: str
    side: LoanSide
    party: str
    account: str
    amount_fen: int
    given_on: date
    due_on: date | None = None
    rate: str = ""
    instalments: str = ""
    resolution: str = ""
    permit: str = ""
    contract: str = ""
    paid_before_fen: int = 0
    note: str = ""

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Loan:
        """Raises KeyError, TypeError or ValueError when the data is not a loan."""
        return cls(
            **{
                **data,
                "side": LoanSide(data["side"]),
                "given_on": date.fromisoformat(data["given_on"]),
                "due_on": day_of(data, "due_on"),
            }
        )


@dataclass(frozen=True, slots=True)
class LoanEnd:
    """A loan closed: paid back, or let go by decision."""

    code: str
    ended_on: date
    reason: str
    resolution: str = ""
    permit: str = ""


class Standing(StrEnum):
    """How a loan or an advance stands on a day."""

    AGREED = "agreed"
    OPEN = "open"
    OVERDUE = "overdue"
    SETTLED = "settled"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class LoanState:
    """A loan at the close of a day: `principal_fen` is what was really paid out, `repaid_fen` what came back of it."""

    loan: Loan
    principal_fen: int
    repaid_fen: int
    end: LoanEnd | None = None

    @property
    def left_fen(self) -> int:
        """What is still owed; nothing once it has ended."""
        return 0 if self.end else self.principal_fen - self.repaid_fen

    def standing(self, day: date) -> Standing:
        if self.end:
            return Standing.ENDED
        if not self.principal_fen:
            return Standing.AGREED
        if self.left_fen <= 0:
            return Standing.SETTLED
        return Standing.OVERDUE if self.late_days(day) else Standing.OPEN

    def late_days(self, day: date) -> int:
        """Days since it was due while something is left, 0 otherwise."""
        due_on = self.loan.due_on
        return max(0, (day - due_on).days) if due_on and self.left_fen > 0 else 0


def state_of(loan: Loan, start: date, out_fen: int, back_fen: int, end: LoanEnd | None = None) -> LoanState:
    """From what the lines that name it moved: `out_fen` on the side that makes the debt, `back_fen` on the other.

    Of a loan of former years no voucher tells of the payment; what was agreed, less what was paid back before, counts.
    """
    if loan.given_on < start:
        return LoanState(loan, loan.amount_fen + out_fen, loan.paid_before_fen + back_fen, end)
    return LoanState(loan, out_fen, back_fen, end)
