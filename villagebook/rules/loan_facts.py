"""What the rules about the register of loans look at."""

from __future__ import annotations

from dataclasses import dataclass

from villagebook.domain.loan import Loan, LoanEnd, LoanState


@dataclass(frozen=True, slots=True)
class LoanAct:
    """A loan to be registered, changed or ended.

    `before` is the loan as it was, None for a new one; `state` how it stands now. `unbookable` says that its account takes
    no bookings, `officer` that the borrower held a post on that day.
    """

    loan: Loan
    before: Loan | None = None
    state: LoanState | None = None
    taken: bool = False
    unbookable: bool = False
    officer: bool = False
    reason: str = ""
    end: LoanEnd | None = None


@dataclass(frozen=True, slots=True)
class PaidBack:
    """What a document pays back on a loan, and what is left of it; slips under way are taken off."""

    code: str
    name: str
    amount_fen: int
    left_fen: int


@dataclass(frozen=True, slots=True)
class LoanTie:
    """An account of borrowings: what the register says is owed, and what the ledger says."""

    account: str
    register_fen: int
    ledger_fen: int


@dataclass(frozen=True, slots=True)
class LoanFacts:
    """Parts that a gate does not need stay empty. `unnamed` says that the document borrows and names no loan."""

    act: LoanAct | None = None
    back: tuple[PaidBack, ...] = ()
    late: tuple[tuple[LoanState, int], ...] = ()
    ties: tuple[LoanTie, ...] = ()
    unnamed: bool = False


NO_LOANS = LoanFacts()
