"""Contracts and their instalments.

Invariant: what is paid of the instalments and what is left of them add up to what was agreed; money settles the oldest first,
and what is paid beyond the last one is a prepayment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from villagebook.domain.document import Attachment
from villagebook.domain.link import Link, links_from_data
from villagebook.domain.period import Period
from villagebook.domain.register import day_of


class ContractKind(StrEnum):
    LAND_LEASE = "land-lease"
    ASSET_LEASE = "asset-lease"
    SALE = "sale"
    WORKS = "works"
    PURCHASE = "purchase"
    SERVICE = "service"
    OTHER = "other"


class Direction(StrEnum):
    """Whether it brings money or costs money."""

    INCOME = "income"
    EXPENSE = "expense"


class Amendment(StrEnum):
    """What an amendment does. A reduction is whatever leaves the village less than was agreed."""

    REDUCTION = "reduction"
    EXTENSION = "extension"
    TRANSFER = "transfer"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Instalment:
    """A part of the price and the day it is due."""

    due_on: date
    amount_fen: int

    def to_data(self) -> list[Any]:
        return [self.due_on.isoformat(), self.amount_fen]


@dataclass(frozen=True, slots=True)
class Contract:
    """One contract.

    Attributes:
        objects: what it is about, links to assets and resources; `subject` says it in words.
        party: the other side by name; `party_link` when it stands in a register of people.
        account: where its money is booked (501, 153 ...).
        amount_fen: the whole price; instalments add up to it. 0 and none when no price was agreed.
        paid_before_fen: what was settled before the book began.
        deposit_fen: a security that goes back, never part of the price.
        retention_fen: of the price, what is kept back until `retention_due_on` (质保金, works only).
        bidding: how it was tendered or priced, in words. `written` is False for an oral one.
    """

    code: str
    name: str
    kind: ContractKind
    direction: Direction
    party: str
    signed_on: date
    from_on: date
    to_on: date
    amount_fen: int = 0
    instalments: tuple[Instalment, ...] = ()
    account: str = ""
    subject: str = ""
    objects: tuple[Link, ...] = ()
    party_link: tuple[Link, ...] = ()
    deposit_fen: int = 0
    paid_before_fen: int = 0
    resolution: str = ""
    bidding: str = ""
    written: bool = True
    scans: tuple[Attachment, ...] = ()
    note: str = ""
    retention_fen: int = 0
    retention_due_on: date | None = None

    @property
    def months(self) -> int:
        """Whole months it runs, counted up."""
        first, last = Period.of(self.from_on), Period.of(self.to_on)
        whole = (last.year - first.year) * 12 + last.month - first.month
        return whole + (1 if self.to_on.day >= self.from_on.day else 0)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Contract:
        """Raises KeyError, TypeError or ValueError when the data is no contract."""
        made = dict(data)
        made["kind"], made["direction"] = ContractKind(made["kind"]), Direction(made["direction"])
        for name in ("signed_on", "from_on", "to_on", "retention_due_on"):
            made[name] = day_of(made, name)
        made["instalments"] = tuple(
            Instalment(date.fromisoformat(d), int(f)) for d, f in made.get("instalments", ())
        )
        made["objects"] = links_from_data(made.get("objects"))
        made["party_link"] = links_from_data(made.get("party_link"))
        made["scans"] = tuple(Attachment.from_data(a) for a in made.get("scans", ()))
        return cls(**made)


@dataclass(frozen=True, slots=True)
class Ended:
    """The end of a contract before or at its last day, and on whose decision."""

    code: str
    ended_on: date
    reason: str
    resolution: str = ""
    permit: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """An instalment with what is paid of it; `no` counts from 1."""

    no: int
    due_on: date
    amount_fen: int
    paid_fen: int

    @property
    def left_fen(self) -> int:
        return self.amount_fen - self.paid_fen

    def late_days(self, day: date) -> int:
        """Days since it was due, 0 when it is not due or not open."""
        return max(0, (day - self.due_on).days) if self.left_fen > 0 else 0


@dataclass(frozen=True, slots=True)
class ContractState:
    """A contract on a day with what is settled; `prepaid_fen` is what was paid beyond the last instalment."""

    contract: Contract
    paid_fen: int
    parts: tuple[Part, ...]
    prepaid_fen: int
    ended: Ended | None = None

    @property
    def left_fen(self) -> int:
        return sum(p.left_fen for p in self.parts)

    def overdue(self, day: date) -> tuple[Part, ...]:
        """Open instalments whose day has passed, oldest first."""
        return tuple(p for p in self.parts if p.late_days(day))

    def next_open(self) -> Part | None:
        return next((p for p in self.parts if p.left_fen > 0), None)


def settle(instalments: Iterable[Instalment], paid_fen: int) -> tuple[tuple[Part, ...], int]:
    """Money over instalments, oldest first, and what is beyond them. A refund below zero counts as nothing paid."""
    rest_fen = max(0, paid_fen)
    made = []
    for no, one in enumerate(sorted(instalments, key=lambda i: i.due_on), 1):
        part_fen = min(rest_fen, one.amount_fen)
        rest_fen -= part_fen
        made.append(Part(no, one.due_on, one.amount_fen, part_fen))
    return tuple(made), rest_fen


def schedule(
    first_on: date, until: date, every_months: int, amount_fen: int, step_bp: int = 0, step_every: int = 1
) -> tuple[Instalment, ...]:
    """Equal instalments from a first day to the end; after every `step_every` of them the amount grows by `step_bp`.

    `every_months` 0 makes a single one. `step_bp` is in hundredths of a per cent of the amount before, rounded half up to a fen.
    """
    if every_months <= 0:
        return (Instalment(first_on, amount_fen),)
    made: list[Instalment] = []
    while True:
        month = Period.of(first_on).shifted(every_months * len(made))
        day = date(month.year, month.month, min(first_on.day, month.last_day.day))
        if day > until:
            return tuple(made)
        if made and step_bp and len(made) % max(1, step_every) == 0:
            amount_fen += (amount_fen * step_bp + 5_000) // 10_000
        made.append(Instalment(day, amount_fen))
