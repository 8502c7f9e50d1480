"""Resolutions: the record of a vote, what was decided point by point, and why a vote may not count."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from villagebook.domain.document import Attachment
from villagebook.domain.meeting import Body, Matter, Quorum


class Fault(StrEnum):
    """Why a vote does not count."""

    SIZE = "size"
    PRESENT = "present"
    VOTES = "votes"
    NOTICE = "notice"


class OpenStep(StrEnum):
    """Four discussions, two openness (四议两公开), in their order."""

    PROPOSED = "proposed"
    CONSULTED = "consulted"
    DELIBERATED = "deliberated"
    RESOLVED = "resolved"
    DECISION_SHOWN = "decision-shown"
    RESULT_SHOWN = "result-shown"


STEPS = tuple(OpenStep)


BEFORE_PAYING = STEPS[: STEPS.index(OpenStep.RESULT_SHOWN)]
"""What must have happened before money is drawn: the result is shown only when the thing is done."""


@dataclass(frozen=True, slots=True)
class ResolutionItem:
    """One point that was voted on.

    Attributes:
        no: from 1, as on the agenda.
        amount_fen: what may be spent (or taken in) on it; None when money was not the point.
        drawn_before_fen: what was drawn on it before this book began.
        document: id of the document whose veto it lifts, else "".
        per_head_fen, labour_days: what a levy asks of each (一事一议), 0 otherwise.
    """

    no: int
    text: str
    matter: Matter = Matter.SPENDING
    amount_fen: int | None = None
    drawn_before_fen: int = 0
    document: str = ""
    per_head_fen: int = 0
    labour_days: int = 0

    def to_data(self) -> dict[str, Any]:
        data: dict[str, Any] = {"no": self.no, "text": self.text, "matter": self.matter.value}
        if self.amount_fen is not None:
            data["amount_fen"] = self.amount_fen
        for name in ("drawn_before_fen", "document", "per_head_fen", "labour_days"):
            if value := getattr(self, name):
                data[name] = value
        return data

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> ResolutionItem:
        return cls(**{**data, "matter": Matter(data["matter"])})


@dataclass(frozen=True, slots=True)
class Resolution:
    """The record of one vote. What was voted on separately is a record of its own under its own number.

    Attributes:
        id: of the event.
        number: as on the minutes; documents name it. No two records that stand share one.
        group: the villagers' group of a group meeting, else 0.
        called_on: the day notice was given, None when nobody knows.
        entitled: how many belong to the body; present, yes, no, abstained: how many were there and voted how.
        roll: names of those present; or `roll_file`, the signed list as a picture.
        keeper: person id of who kept the minutes.
        papers: the minutes as pictures.
        earlier: decided before this book began; only number, body, day and items are known and nothing is counted again.
        steps: days of four discussions, two openness, () when it was decided without them.
    """

    id: str
    number: str
    body: Body
    held_on: date
    items: tuple[ResolutionItem, ...]
    called_on: date | None = None
    place: str = ""
    group: int = 0
    entitled: int = 0
    present: int = 0
    yes: int = 0
    no: int = 0
    abstained: int = 0
    roll: tuple[str, ...] = ()
    roll_file: Attachment | None = None
    keeper: str = ""
    papers: tuple[Attachment, ...] = ()
    earlier: bool = False
    steps: tuple[tuple[OpenStep, date], ...] = ()

    def item(self, no: int) -> ResolutionItem | None:
        """By its number; 0 is the only item when there is one only."""
        if no == 0 and len(self.items) == 1:
            return self.items[0]
        return next((i for i in self.items if i.no == no), None)

    @property
    def missing_steps(self) -> tuple[OpenStep, ...]:
        """Steps that must come before money is drawn and have no day yet."""
        known = {step for step, _day in self.steps}
        return tuple(s for s in BEFORE_PAYING if s not in known)

    def with_step(self, step: OpenStep, day: date) -> Resolution:
        kept = [(s, d) for s, d in self.steps if s is not step]
        return replace(self, steps=tuple(sorted([*kept, (step, day)], key=lambda s: STEPS.index(s[0]))))

    @property
    def steps_in_order(self) -> bool:
        """Each on or after the day of the one before; the vote is the day of the meeting."""
        told = dict(self.steps)
        days = [told[s] for s in STEPS if s in told]
        return days == sorted(days) and told.get(OpenStep.RESOLVED, self.held_on) == self.held_on

    def to_data(self) -> dict[str, Any]:
        """The body of `resolution.recorded`; what says nothing is left out."""
        data: dict[str, Any] = {
            "number": self.number,
            "body": self.body.value,
            "held_on": self.held_on.isoformat(),
            "items": [i.to_data() for i in self.items],
        }
        rest: dict[str, Any] = {
            "called_on": self.called_on.isoformat() if self.called_on else "",
            "roll": list(self.roll),
            "roll_file": self.roll_file.to_data() if self.roll_file else None,
            "papers": [p.to_data() for p in self.papers],
            "steps": [[step.value, day.isoformat()] for step, day in self.steps],
        }
        for name in ("place", "group", "entitled", "present", "yes", "no", "abstained", "keeper", "earlier"):
            rest[name] = getattr(self, name)
        return {**data, **{key: value for key, value in rest.items() if value}}

    @classmethod
    def from_data(cls, ident: str, data: dict[str, Any]) -> Resolution:
        """Raises KeyError, TypeError or ValueError when the data is no resolution."""
        roll_file = data.get("roll_file")
        return cls(
            **{
                **data,
                "id": ident,
                "body": Body(data["body"]),
                "held_on": date.fromisoformat(data["held_on"]),
                "items": tuple(ResolutionItem.from_data(i) for i in data["items"]),
                "called_on": date.fromisoformat(data["called_on"]) if data.get("called_on") else None,
                "roll": tuple(data.get("roll", ())),
                "roll_file": Attachment.from_data(roll_file) if roll_file else None,
                "papers": tuple(Attachment.from_data(p) for p in data.get("papers", ())),
                "steps": tuple((OpenStep(s), date.fromisoformat(d)) for s, d in data.get("steps", ())),
            }
        )


def faults(made: Resolution, quorum: Quorum) -> tuple[Fault, ...]:
    """Why the vote does not count, () when it does. What was decided before the book began is not counted again."""
    if made.earlier:
        return ()
    found = []
    if made.entitled < quorum.least:
        found.append(Fault.SIZE)
    if quorum.present is not None and not quorum.present.met(made.present, made.entitled):
        found.append(Fault.PRESENT)
    if not quorum.yes.met(made.yes, made.entitled if quorum.of_all else made.present):
        found.append(Fault.VOTES)
    if quorum.notice_days and (
        made.called_on is None or (made.held_on - made.called_on).days < quorum.notice_days
    ):
        found.append(Fault.NOTICE)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Cited:
    """A resolution and one of its items, as documents and signatures name them; `item` 0 names none."""

    number: str
    item: int = 0

    @property
    def text(self) -> str:
        return f"{self.number}#{self.item}" if self.item else self.number

    @classmethod
    def of(cls, text: str, item: int) -> Cited:
        """As a document names it: the number, and the item beside it or behind `#`."""
        named = cls.read(text)
        return replace(named, item=item) if item else named

    @classmethod
    def read(cls, text: str) -> Cited:
        """`代表会2026-02号#2`; whatever has no number behind `#` is a number as it stands."""
        number, mark, item = text.strip().rpartition("#")
        if mark and item.isascii() and item.isdigit() and number.strip():
            return cls(number.strip(), int(item))
        return cls(text.strip())
