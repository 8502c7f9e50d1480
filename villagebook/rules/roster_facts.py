"""What the rules of the registers of people look at."""

from __future__ import annotations

from dataclasses import dataclass

from villagebook.domain.demand import Demand
from villagebook.domain.roster import Household, Outsider


@dataclass(frozen=True, slots=True)
class RosterFacts:
    """An entry as it is to be.

    `known` says whether its code is in the register already; `namesake` is another entry in use of the same name;
    `open` are balances that lie on it, (account, signed fen).
    """

    entry: Household | Outsider
    adding: bool
    known: bool = False
    namesake: str = ""
    open: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class DemandFacts:
    """What an account is to ask of its lines from now on."""

    account: str
    demand: Demand
