"""What the rules of budget, projects and special funds look at beside the document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from villagebook.domain.budget import Budget
from villagebook.domain.fund import Fund, FundStanding
from villagebook.domain.period import Period
from villagebook.domain.project import Project, ProjectStanding, Stage


@dataclass(frozen=True, slots=True)
class BudgetTouch:
    """A line of the budget a document falls on; `own_fen` is the document's own part, not yet among the others."""

    title: str
    is_income: bool
    planned_fen: int
    used_fen: int
    under_way_fen: int
    own_fen: int

    @property
    def left_fen(self) -> int:
        """What is left once this document is posted."""
        return self.planned_fen - self.used_fen - self.under_way_fen - self.own_fen


@dataclass(frozen=True, slots=True)
class Appropriation:
    """An appropriation beside what was asked for in its month and planned for its year.

    `month_fen` and `year_fen` are earlier ones, posted or under way; None: nothing was asked for, nothing is planned.
    """

    own_fen: int
    month_fen: int
    year_fen: int
    requested_fen: int | None = None
    planned_fen: int | None = None

    @property
    def allowed_fen(self) -> int | None:
        """What may still be appropriated, None when neither request nor budget says anything."""
        asked = None if self.requested_fen is None else self.requested_fen - self.month_fen
        planned = None if self.planned_fen is None else self.planned_fen - self.year_fen
        known = [fen for fen in (asked, planned) if fen is not None]
        return max(0, min(known)) if known else None

    @property
    def is_over(self) -> bool:
        return self.allowed_fen is not None and self.own_fen > self.allowed_fen


@dataclass(frozen=True, slots=True)
class ProjectTouch:
    """A project a document is marked for. `by_head_fen` is what villagers have contributed, this document included.

    `commuted_fen` is what is owed for labour days that are paid off instead of worked; it comes beside the sum a head.
    `left_fen` is the least that is left on the day of the document or a later one: what comes later is not spent before.
    """

    standing: ProjectStanding
    own_spent_fen: int
    by_head_fen: int
    left_fen: int
    commuted_fen: int = 0


@dataclass(frozen=True, slots=True)
class FundTouch:
    """A fund a document is marked for, or pays from. `accounts` are those it would use the fund's money on.

    `left_fen` is the least that is left on the day of the document or a later one.
    """

    standing: FundStanding
    own_spent_fen: int
    accounts: tuple[str, ...]
    left_fen: int


@dataclass(frozen=True, slots=True)
class NewBudget:
    """A version to be adopted or adjusted; `before` the version it follows."""

    budget: Budget
    before: Budget | None
    projects: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NewRequest:
    """What the expense line needs in a month."""

    period: Period
    amount_fen: int
    what: str


@dataclass(frozen=True, slots=True)
class NewStage:
    """A project to be moved on."""

    project: Project
    stage: Stage
    on: date


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """Parts that a gate does not need stay empty. `outside` are (account, fen) no line of the budget covers."""

    budget: tuple[BudgetTouch, ...] = ()
    outside: tuple[tuple[str, int], ...] = ()
    appropriation: Appropriation | None = None
    projects: tuple[ProjectTouch, ...] = ()
    funds: tuple[FundTouch, ...] = ()
    new_budget: NewBudget | None = None
    new_request: NewRequest | None = None
    new_project: Project | None = None
    new_stage: NewStage | None = None
    new_fund: Fund | None = None


NO_PLAN = PlanFacts()
"""No part of it was asked for."""
