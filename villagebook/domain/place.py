"""Money places and the only movements allowed between them (two_line.md section 3, rule ids E2L-*)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class LineMode(StrEnum):
    """How a township lets its villages keep bank money; set by the township file, fixed for a book."""

    TWO_ACCOUNTS = "two-accounts"
    ONE_ACCOUNT = "one-account"
    AGENCY = "agency"


class PlaceKind(StrEnum):
    """RC receipt cash in transit, IN income line, EX expense line, IM imprest, SP a special fund, AG collected for others."""

    RC = "RC"
    IN = "IN"
    EX = "EX"
    IM = "IM"
    SP = "SP"
    AG = "AG"

    @property
    def line(self) -> Line:
        return _LINE_OF[self]


class Line(StrEnum):
    """The two lines, and the ring-fenced money beside them; UNDIVIDED is history whose lines cannot be told apart."""

    INCOME = "income"
    EXPENDITURE = "expenditure"
    SPECIAL = "special"
    AGENCY = "agency"
    UNDIVIDED = "undivided"


_LINE_OF = {
    PlaceKind.RC: Line.INCOME,
    PlaceKind.IN: Line.INCOME,
    PlaceKind.EX: Line.EXPENDITURE,
    PlaceKind.IM: Line.EXPENDITURE,
    PlaceKind.SP: Line.SPECIAL,
    PlaceKind.AG: Line.AGENCY,
}


class Purpose(StrEnum):
    """What a transfer between places is for."""

    DEPOSIT = "deposit"
    APPROPRIATION = "appropriation"
    IMPREST_ISSUE = "imprest-issue"
    IMPREST_RETURN = "imprest-return"
    FUND = "fund"


RECEIVING = frozenset({PlaceKind.RC, PlaceKind.IN, PlaceKind.SP, PlaceKind.AG})
"""Places that may take money from a payer."""

PAYING = frozenset({PlaceKind.EX, PlaceKind.IM, PlaceKind.SP, PlaceKind.AG})
"""Places that may pay a payee (R8)."""

MOVES: dict[tuple[PlaceKind, PlaceKind], Purpose] = {
    (PlaceKind.RC, PlaceKind.IN): Purpose.DEPOSIT,
    (PlaceKind.RC, PlaceKind.SP): Purpose.DEPOSIT,
    (PlaceKind.RC, PlaceKind.AG): Purpose.DEPOSIT,
    (PlaceKind.IN, PlaceKind.EX): Purpose.APPROPRIATION,
    (PlaceKind.EX, PlaceKind.IM): Purpose.IMPREST_ISSUE,
    (PlaceKind.IM, PlaceKind.EX): Purpose.IMPREST_RETURN,
    (PlaceKind.IN, PlaceKind.SP): Purpose.FUND,
    (PlaceKind.SP, PlaceKind.IN): Purpose.FUND,
}
"""Every allowed movement between places; anything else is E2L-00."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where money lies.

    Attributes:
        code: short, unique in the book: "RC", "IN", "EX", "IM", "SP:road", "AG".
        account: chart code it is booked on, 101 for cash, 102 for bank money.
        holder: account holder's name for bank places, custodian's name for cash; "" when not yet told.
        holder_is_person: True for a bank account in a natural person's name (refused, E2L-15).
        is_basic: the one basic account of the organisation (R7: never a second one).
        filed: number of the opening resolution or filing, "" when missing.
    """

    code: str
    kind: PlaceKind
    name: str
    account: str
    holder: str = ""
    holder_is_person: bool = False
    is_basic: bool = False
    filed: str = ""

    @property
    def is_cash(self) -> bool:
        return self.account.startswith("101")

    @property
    def line(self) -> Line:
        return self.kind.line

    def to_data(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "kind": self.kind.value,
            "name": self.name,
            "account": self.account,
            "holder": self.holder,
            "holder_is_person": self.holder_is_person,
            "is_basic": self.is_basic,
            "filed": self.filed,
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Place:
        return cls(**{**data, "kind": PlaceKind(data["kind"])})


class Places:
    """All money places of a book, by code; immutable after making."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.by_code = {p.code: p for p in places}

    def get(self, code: str) -> Place | None:
        return self.by_code.get(code)

    def __getitem__(self, code: str) -> Place:
        return self.by_code[code]

    def __contains__(self, code: object) -> bool:
        return code in self.by_code

    def all(self) -> tuple[Place, ...]:
        return tuple(self.by_code.values())

    def of_kind(self, *kinds: PlaceKind) -> tuple[Place, ...]:
        return tuple(p for p in self.by_code.values() if p.kind in kinds)

    def default_for(self, account: str) -> Place | None:
        """The place an imported line falls to when the file names none: the income side of that account."""
        order = list(PlaceKind)
        fitting = [p for p in self.by_code.values() if account[:3] == p.account[:3]]
        return min(fitting, key=lambda p: (order.index(p.kind), p.code), default=None)


def movement(source: Place, target: Place) -> Purpose | None:
    """The purpose of moving money between two places, None when it is not allowed (E2L-00)."""
    return MOVES.get((source.kind, target.kind)) if source.code != target.code else None
