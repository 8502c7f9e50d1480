"""Meetings: which bodies there are, when a vote of one counts, and what each may decide.

The fractions are those of the national laws (村民委员会组织法 21, 22, 24, 26, 28; 农村集体经济组织法 27, 28, 31), all [N] in
approvals.md; how long before a meeting notice is given, where no national text says it, comes from the township.
Arithmetic is whole numbers only: "more than half" of 7 is 4, never 3.5 of anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


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


class _Row(NamedTuple):
    """A `Quorum` but for the days of notice: these are a parameter of the township, here its name."""

    present: Share | None
    yes: Share
    of_all: bool
    notice_days: str
    source: str
    least: int = 1


_TABLE: dict[Body, _Row] = {
    Body.VILLAGERS: _Row(HALF, HALF, False, "notice_days_villagers", "村民委员会组织法 21, 22 [N]"),
    Body.HOUSEHOLDS: _Row(TWO_THIRDS, HALF, False, "notice_days_villagers", "村民委员会组织法 21, 22 [N]"),
    Body.DELEGATES: _Row(TWO_THIRDS, HALF, False, "notice_days_delegates", "村民委员会组织法 26 [N]"),
    Body.GROUP: _Row(TWO_THIRDS, HALF, False, "notice_days_group", "村民委员会组织法 28 [N]"),
    Body.GROUP_HOUSEHOLDS: _Row(TWO_THIRDS, HALF, False, "notice_days_group", "村民委员会组织法 28 [N]"),
    Body.MEMBERS: _Row(TWO_THIRDS, TWO_THIRDS, True, "notice_days_members", "农村集体经济组织法 27 [N]"),
    Body.MEMBER_DELEGATES: _Row(
        None, TWO_THIRDS, True, "notice_days_member_delegates", "农村集体经济组织法 28 [N]", least=21
    ),
    Body.BOARD: _Row(TWO_THIRDS, HALF, True, "notice_days_board", "农村集体经济组织法 31 [N]"),
}


def quorum_of(body: Body, numbers: Mapping[str, int]) -> Quorum:
    """The row of the table, its open parts from the township's `numbers`; for the two committees all of it is theirs."""
    if body is Body.COMMITTEES:
        present = Share(numbers["committees_present_percent"], 100, strict=True)
        yes = Share(numbers["committees_yes_percent"], 100, strict=True)
        return Quorum(present, yes, False, numbers["notice_days_committees"], "[D]")
    row = _TABLE[body]
    return Quorum(row.present, row.yes, row.of_all, numbers[row.notice_days], row.source, row.least)


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
