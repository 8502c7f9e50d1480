"""Who belongs to the collective (成员/农户), and with whom else it deals (往来单位).

Invariants: a code never changes and is never given twice; nobody is struck out, people and households leave on a day, with a
reason. Numbers of identity cards have no place here at all: a member is known by household, name and year of birth.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

ADULT = 18
"""Years; who is younger neither votes nor represents (approvals.md 2)."""

HEAD = "户主"

HOUSEHOLD_CODE = re.compile(r"(\d{2})-\d{3,4}")
OUTSIDER_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.\-]{0,11}")


def _day(data: dict[str, Any], key: str) -> date | None:
    return date.fromisoformat(data[key]) if data.get(key) else None


def _lean(data: dict[str, Any]) -> dict[str, Any]:
    """Without what says nothing, so that a field that comes later changes no old content."""
    found = {k: v.isoformat() if isinstance(v, date) else v for k, v in data.items()}
    return {k: v for k, v in found.items() if v not in ("", None, False)}


@dataclass(frozen=True, slots=True)
class Member:
    """A person of a household.

    `born` is a year or None; `minor` says so where the year is not known; `votes` has the right to vote in the assembly,
    `delegate` sits in the meeting of representatives. `left_on` is the first day on which the person no longer belongs.
    """

    name: str
    relation: str = ""
    born: int | None = None
    minor: bool = False
    votes: bool = False
    delegate: bool = False
    joined_on: date | None = None
    joined_why: str = ""
    left_on: date | None = None
    left_why: str = ""

    def is_minor(self, year: int) -> bool:
        """By the year of birth where it is known: who turns 18 in a year counts as grown up in it."""
        return year - self.born < ADULT if self.born else self.minor

    def belongs(self, day: date) -> bool:
        return (self.joined_on is None or self.joined_on <= day) and (
            self.left_on is None or day < self.left_on
        )

    def to_data(self) -> dict[str, Any]:
        return _lean({name: getattr(self, name) for name in self.__slots__})

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Member:
        return cls(**{**data, "joined_on": _day(data, "joined_on"), "left_on": _day(data, "left_on")})


@dataclass(frozen=True, slots=True)
class Household:
    """A household of the collective. `code` is its group and a running number, 03-012.

    `shares` is text as the share register has it ("12.5"). `left_on` is the first day on which it no longer belongs.
    """

    code: str
    group: int
    head: str
    members: tuple[Member, ...] = ()
    shares: str = ""
    joined_on: date | None = None
    joined_why: str = ""
    left_on: date | None = None
    left_why: str = ""

    @property
    def in_use(self) -> bool:
        return self.left_on is None

    @property
    def title(self) -> str:
        """The head's name with the group, which tells apart two people of one name."""
        return f"{self.head}（{self.group}组）" if self.group else self.head

    def belongs(self, day: date) -> bool:
        return (self.joined_on is None or self.joined_on <= day) and (
            self.left_on is None or self.left_on > day
        )

    def present(self, day: date) -> tuple[Member, ...]:
        """Who belongs to it on a day; nobody before it joined, nor once it has left."""
        if not self.belongs(day):
            return ()
        return tuple(m for m in self.members if m.belongs(day))

    def to_data(self) -> dict[str, Any]:
        data = {n: getattr(self, n) for n in self.__slots__ if n != "members"}
        return {**_lean(data), "members": [m.to_data() for m in self.members]}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Household:
        return cls(
            **{
                **data,
                "group": data.get("group", 0),
                "members": tuple(Member.from_data(m) for m in data["members"]),
                "joined_on": _day(data, "joined_on"),
                "left_on": _day(data, "left_on"),
            }
        )


class OutsiderKind(StrEnum):
    """What somebody outside the collective is to it."""

    SUPPLIER = "supplier"
    CUSTOMER = "customer"
    TENANT = "tenant"
    AUTHORITY = "authority"
    BANK = "bank"
    PERSON = "person"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Outsider:
    """A firm, office or person the collective deals with.

    `bank`, `holder` and `account_no` say where money goes; `left_on` is the first day it is no longer dealt with.
    """

    code: str
    name: str
    kind: OutsiderKind = OutsiderKind.OTHER
    bank: str = ""
    holder: str = ""
    account_no: str = ""
    contact: str = ""
    left_on: date | None = None
    left_why: str = ""

    @property
    def in_use(self) -> bool:
        return self.left_on is None

    @property
    def title(self) -> str:
        return self.name

    def to_data(self) -> dict[str, Any]:
        return _lean({**{n: getattr(self, n) for n in self.__slots__}, "kind": self.kind.value})

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Outsider:
        return cls(**{**data, "kind": OutsiderKind(data["kind"]), "left_on": _day(data, "left_on")})


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are on a day: what quorums and votes are measured by."""

    households: int = 0
    members: int = 0
    adults: int = 0
    voters: int = 0
    delegates: int = 0
    by_group: dict[int, int] = field(default_factory=dict)


def count(households: Iterable[Household], day: date) -> Counts:
    """Households without anybody present are none."""
    living = [(h, present) for h in households if (present := h.present(day))]
    people = [m for _h, present in living for m in present]
    grown = [m for m in people if not m.is_minor(day.year)]
    groups: dict[int, int] = {}
    for household, _present in living:
        groups[household.group] = groups.get(household.group, 0) + 1
    return Counts(
        households=len(living),
        members=len(people),
        adults=len(grown),
        voters=sum(m.votes for m in grown),
        delegates=sum(m.delegate for m in grown),
        by_group=groups,
    )


def next_code(taken: Iterable[str], group: int) -> str:
    """The first free code of a group: 03-001, 03-002 ..."""
    used = set(taken)
    return next(code for n in range(1, 10_000) if (code := f"{group:02d}-{n:03d}") not in used)


def next_outsider(taken: Iterable[str]) -> str:
    """The first free code of an outside party: W001, W002 ..."""
    used = set(taken)
    return next(code for n in range(1, 10_000) if (code := f"W{n:03d}") not in used)


def texts_of(entry: Household | Outsider) -> tuple[str, ...]:
    """Every free text of an entry, the number of a bank account left out."""
    if isinstance(entry, Outsider):
        return (entry.name, entry.bank, entry.holder, entry.contact, entry.left_why)
    own = (entry.head, entry.shares, entry.joined_why, entry.left_why)
    return (*own, *(t for m in entry.members for t in (m.name, m.relation, m.joined_why, m.left_why)))
