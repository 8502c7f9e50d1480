"""What the rules about works look at."""

from __future__ import annotations

from dataclasses import dataclass

from villagebook.domain.contract import Contract
from villagebook.domain.works import Acceptance


@dataclass(frozen=True, slots=True)
class WorksDraw:
    """What a payment takes from a contract of works.

    `paid_fen` is what other documents have paid or are about to; `agreed_fen` the price as signed, `varied_fen` what amendments
    added without a resolution; `acceptance` the newest one, None without any.
    """

    contract: Contract
    amount_fen: int
    paid_fen: int
    varied_fen: int = 0
    acceptance: Acceptance | None = None

    @property
    def total_fen(self) -> int:
        return self.paid_fen + self.amount_fen


@dataclass(frozen=True, slots=True)
class WorksFacts:
    """Parts that a gate does not need stay empty.

    `draws` are contracts of works the document pays on; `loose_fen` what it pays for works without naming a contract.
    `new` is an acceptance about to be entered, `contract` the one it is of, None when the register has none.
    """

    draws: tuple[WorksDraw, ...] = ()
    loose_fen: int = 0
    new: Acceptance | None = None
    contract: Contract | None = None


NO_WORKS = WorksFacts()
