"""Resolutions: which body met, whether the vote counts, what was decided and for how much money.

The fractions are those of the national laws (村民委员会组织法 21, 22, 24, 26, 28; 农村集体经济组织法 27, 28, 31), all [N] in
approvals.md; how long before a meeting notice is given, where no national text says it, comes from the township.
Arithmetic is whole numbers only: "more than half" of 7 is 4, never 3.5 of anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from villagebook.domain.document import Attachment


class Body(StrEnum):
    """Who met. A villagers' or group meeting is counted by voters or by representatives of households."""

    VILLAGERS = "villagers"
    HOUSEHOLDS = "households"
    DELEGATES = "delegates"
    GROUP = "group"
    GROUP_HOUSEHOLDS = "group-households"
    MEMBERS = "members"
    MEMBER_DELEGATES = "member-delegates"
    BOARD = "board"
    COMMITTEES = "committees"


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole: at least `num`/`den`, or more than it when `strict`."""

    num: int
    den: int
    strict: bool

    def met(self, part: int, whole: int) -> bool:
        left, right = part * self.den, whole * self.num
        return left > right if self.strict else left >= right

    def least(self, whole: int) -> int:
        """The smallest number that meets it."""
        exact, rest = divmod(whole * self.num, self.den)
        return exact + 1 if self.strict or rest else exact


HALF = Share(1, 2, strict=True)
TWO_THIRDS = Share(2, 3, strict=False)


@dataclass(frozen=True, slots=True)
class Quorum:
    """What makes a vote of a body count.

    Attributes:
        present: share of those entitled who must be there, None when only the votes count.
        yes: share that must be in favour, `of_all` of everybody entitled, else of those present.
        notice_days: days between the notice and the meeting, 0 when nothing asks for any.
        least: how many the body must have at least.
    """

    present: Share | None
    yes: Share
    of_all: bool
    notice_days: int
    source: str
    least: int = 1


_TABLE: dict[Body, tuple[Share | None, Share, bool, str, str, int]] = {
    Body.VILLAGERS: (HALF, HALF, False, "notice_days_villagers", "村民委员会组织法 21, 22 [N]", 1),
    Body.HOUSEHOLDS: (TWO_THIRDS, HALF, False, "notice_days_villagers", "村民委员会组织法 21, 22 [N]", 1),
    Body.DELEGATES: (TWO_THIRDS, HALF, False, "notice_days_delegates", "村民委员会组织法 26 [N]", 1),
    Body.GROUP: (TWO_THIRDS, HALF, False, "notice_days_group", "村民委员会组织法 28 [N]", 1),
    Body.GROUP_HOUSEHOLDS: (TWO_THIRDS, HALF, False, "notice_days_group", "村民委员会组织法 28 [N]", 1),
    Body.MEMBERS: (TWO_THIRDS, TWO_THIRDS, True, "notice_days_members", "农村集体经济组织法 27 [N]", 1),
    Body.MEMBER_DELEGATES: (
        None,
        TWO_THIRDS,
        True,
        "notice_days_member_delegates",
        "农村集体经济组织法 28 [N]",
        21,
    ),
    Body.BOARD: (TWO_THIRDS, HALF, True, "notice_days_board", "农村集体经济组织法 31 [N]", 1),
}
"""present, in favour, of all?, parameter of the notice, source, least size."""


def quorum_of(body: Body, numbers: Mapping[str, int]) -> Quorum:
    """The row of the table, its open parts from the township's `numbers`; for the two committees all of it is theirs."""
    if body is Body.COMMITTEES:
        present = Share(numbers["committees_present_percent"], 100, strict=True)
        yes = Share(numbers["committees_yes_percent"], 100, strict=True)
        return Quorum(present, yes, False, numbers["notice_days_committees"], "[D]")
    present_share, yes_share, of_all, notice, source, least = _TABLE[body]
    return Quorum(present_share, yes_share, of_all, numbers[notice], source, least)


class Fault(StrEnum):
    """Why a vote does not count."""

    SIZE = "size"
    PRESENT = "present"
    VOTES = "votes"
    NOTICE = "notice"


class Matter(StrEnum):
    """What an item is about; the law says which body may decide it."""

    SPENDING = "spending"
    LOST_WORK = "lost-work"
    INCOME_USE = "income-use"
    WORKS = "works"
    LEVY = "levy"
    LAND_CONTRACT = "land-contract"
    PROJECT = "project"
    HOMESTEAD = "homestead"
    COMPENSATION = "compensation"
    DISPOSAL = "disposal"
    LENDING = "lending"
    BORROWING = "borrowing"
    BUDGET = "budget"
    DISTRIBUTION = "distribution"
    VETO = "veto"
    OTHER = "other"


VILLAGE_BODIES = frozenset({Body.VILLAGERS, Body.HOUSEHOLDS, Body.DELEGATES})
"""The villagers' meeting, and the representatives it has authorised (村民委员会组织法 24, last sentence)."""

MEMBER_BODIES = frozenset({Body.MEMBERS, Body.MEMBER_DELEGATES})
GROUP_BODIES = frozenset({Body.GROUP, Body.GROUP_HOUSEHOLDS})
ASSEMBLIES = VILLAGE_BODIES | MEMBER_BODIES

_BY_MEMBERS_TOO = ASSEMBLIES | GROUP_BODIES
_NOT_BY_MEMBERS_DELEGATES = VILLAGE_BODIES | GROUP_BODIES | {Body.MEMBERS}

COMPETENT: dict[Matter, frozenset[Body]] = {
    # 村民委员会组织法 24, its eight items; 28 for what belongs to a group; 农村集体经济组织法 26-28 for members
    Matter.LOST_WORK: VILLAGE_BODIES,
    Matter.INCOME_USE: _BY_MEMBERS_TOO,
    Matter.WORKS: VILLAGE_BODIES | GROUP_BODIES,
    Matter.LEVY: VILLAGE_BODIES | GROUP_BODIES,
    Matter.LAND_CONTRACT: _NOT_BY_MEMBERS_DELEGATES,
    Matter.PROJECT: _BY_MEMBERS_TOO,
    Matter.HOMESTEAD: _NOT_BY_MEMBERS_DELEGATES,
    Matter.COMPENSATION: _NOT_BY_MEMBERS_DELEGATES,
    Matter.DISPOSAL: _BY_MEMBERS_TOO,
    Matter.LENDING: ASSEMBLIES,
    Matter.BORROWING: ASSEMBLIES,
    Matter.DISTRIBUTION: ASSEMBLIES,
    # a veto is lifted by representatives, never by those who wanted to pay (AP4)
    Matter.VETO: ASSEMBLIES,
}
"""Who may decide it; a matter that is missing here may be decided by any body. 农村集体经济组织法 28: members' delegates
decide neither charter, membership, plans of land, homesteads and shares, nor compensation for land."""

ACCEPTED_BY_SLOT: dict[str, frozenset[Body]] = {
    "M2": frozenset({Body.COMMITTEES, Body.BOARD}) | ASSEMBLIES,
    "MR": ASSEMBLIES,
    "ML": VILLAGE_BODIES,
}
"""Which bodies fill a meeting slot of a slip: a higher one may stand for a lower one (approvals.md section 2)."""


def is_competent(body: Body, matter: Matter) -> bool:
    return body in COMPETENT.get(matter, frozenset(Body))


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


@dataclass(frozen=True, slots=True)
class Drawn:
    """A document that draws on an item: posted and not undone, or waiting. `way` is its kind: money in is counted apart
    from money out."""

    document_id: str
    way: str
    fen: int
    posted: bool


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """An item with what was drawn on it."""

    item: ResolutionItem
    drawn: tuple[Drawn, ...] = ()

    def paid_fen(self, way: str) -> int:
        return self.item.drawn_before_fen + sum(d.fen for d in self.drawn if d.way == way and d.posted)

    def waiting_fen(self, way: str) -> int:
        return sum(d.fen for d in self.drawn if d.way == way and not d.posted)

    def taken_fen(self, way: str, but: str = "") -> int:
        """Drawn and waiting, one document left out."""
        others = sum(d.fen for d in self.drawn if d.way == way and d.document_id != but)
        return self.item.drawn_before_fen + others

    def left_fen(self, way: str, but: str = "") -> int | None:
        """What may still be drawn; None when no amount was resolved."""
        return None if self.item.amount_fen is None else self.item.amount_fen - self.taken_fen(way, but)


@dataclass(frozen=True, slots=True)
class ResolutionStanding:
    """A record as it stands: whether the vote counts, what is left of each item, whether it was annulled."""

    resolution: Resolution
    quorum: Quorum
    faults: tuple[Fault, ...]
    items: tuple[ItemStanding, ...]
    annulled: str = ""
    replaced_by: str = ""

    @property
    def is_valid(self) -> bool:
        return not self.faults and not self.annulled

    def item(self, no: int) -> ItemStanding | None:
        found = self.resolution.item(no)
        return next((i for i in self.items if found is not None and i.item.no == found.no), None)
