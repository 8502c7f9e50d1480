"""What the rules about contracts look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from villagebook.domain.contract import Contract, Ended, Part


@dataclass(frozen=True, slots=True)
class ContractAct:
    """A contract to be registered, amended or ended.

    `before` is the contract as it was, None for a new one; `has_ended` says that it ended before; `waived_fen` is what the
    village would get less than was agreed; `unknown` are objects the registers lack and accounts that cannot be booked on;
    `rivals` names live contracts about the same object in the same time.
    """

    contract: Contract
    before: Contract | None = None
    taken: bool = False
    reason: str = ""
    resolution: str = ""
    permit: str = ""
    ended: Ended | None = None
    has_ended: bool = False
    waived_fen: int = 0
    unknown: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draw:
    """What a payment would take from a contract, and what it has left for it."""

    code: str
    name: str
    amount_fen: int
    left_fen: int


@dataclass(frozen=True, slots=True)
class Overdue:
    """An instalment somebody owes the village."""

    code: str
    name: str
    party: str
    part: Part
    days: int


@dataclass(frozen=True, slots=True)
class Ending:
    """A contract whose last day is near or past."""

    code: str
    name: str
    to_on: date


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """Parts that a gate does not need stay empty."""

    act: ContractAct | None = None
    draws: tuple[Draw, ...] = ()
    overdue: tuple[Overdue, ...] = ()


NO_CONTRACTS = ContractFacts()
