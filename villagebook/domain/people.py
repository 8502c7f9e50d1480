"""Persons and the posts they hold; dates decide who may sign on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class PostKind(StrEnum):
    """Posts in a village that sign, keep or check (approvals.md)."""

    DIRECTOR = "director"
    DEPUTY_DIRECTOR = "deputy-director"
    SECRETARY = "secretary"
    DEPUTY_SECRETARY = "deputy-secretary"
    SUPERVISION_HEAD = "supervision-head"
    SUPERVISOR = "supervisor"
    CLERK = "clerk"
    CASHIER = "cashier"
    ACCOUNTANT = "accountant"
    TOWNSHIP = "township"
    COMMITTEE_MEMBER = "committee-member"
    BOARD_MEMBER = "board-member"


SUPERVISION = (PostKind.SUPERVISION_HEAD, PostKind.SUPERVISOR)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody known to the book by name; no id number, no address, no phone is kept here."""

    id: str
    name: str

    def to_data(self) -> dict[str, Any]:
        return {"id": self.id, "name": self.name}


@dataclass(frozen=True, slots=True)
class Post:
    """A person in a post from a day to a day, both included; `to_on` None while in office.

    `handed_to` is the person to whom the office was handed over on `handed_on`, from which day on its holder signs no more;
    `decision` the township's written word that it goes without a handover.
    """

    id: str
    person_id: str
    kind: PostKind
    from_on: date
    to_on: date | None = None
    handed_to: str = ""
    decision: str = ""
    handed_on: date | None = None

    @property
    def is_settled(self) -> bool:
        """Handed over, or left without that by the township's word."""
        return bool(self.handed_to or self.decision)

    def covers(self, day: date) -> bool:
        if self.handed_on is not None and day >= self.handed_on:
            return False
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)


class Staff:
    """All persons and posts of a book; immutable after making."""

    def __init__(self, persons: Iterable[Person], posts: Iterable[Post]) -> None:
        self.persons = {p.id: p for p in persons}
        self.posts = tuple(posts)

    def name(self, person_id: str) -> str:
        """Name, or the id itself when the person is not known."""
        person = self.persons.get(person_id)
        return person.name if person else person_id

    def posts_of(self, person_id: str, day: date) -> frozenset[PostKind]:
        return frozenset(p.kind for p in self.posts if p.person_id == person_id and p.covers(day))

    def holders(self, kinds: Iterable[PostKind], day: date) -> tuple[Person, ...]:
        """Persons in one of these posts on that day, in the order they were entered."""
        wanted = set(kinds)
        ids = dict.fromkeys(p.person_id for p in self.posts if p.kind in wanted and p.covers(day))
        return tuple(self.persons[i] for i in ids if i in self.persons)
