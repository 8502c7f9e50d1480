"""The budget (预算): what a year is to bring and to cost, line by line, month by month.

Definitions. A *line* names an account (with what hangs under it) and optionally a project. A posted amount belongs to the
line that names it most closely: its project before none, then the longest code; so it counts once. *Under way* is submitted
and neither posted nor stopped.

Invariant: planned = used + under way + remaining, for every line and every total.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

MONTHS = 12


def spread(year_fen: int) -> tuple[int, ...]:
    """A year's figure over twelve months; fen that do not divide go to the last ones, so that the sum is exact."""
    return tuple(year_fen * (month + 1) // MONTHS - year_fen * month // MONTHS for month in range(MONTHS))


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """Income of an income account, spending of any other, in fen by month; `project` is a code of the register or ""."""

    account: str
    months: tuple[int, ...]
    project: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.account, self.project

    @property
    def total_fen(self) -> int:
        return sum(self.months)

    def to_data(self) -> list[Any]:
        return [self.account, self.project, list(self.months)]

    @classmethod
    def from_data(cls, data: list[Any]) -> BudgetLine:
        account, project, months = data
        return cls(account, tuple(months), project)


@dataclass(frozen=True, slots=True)
class Budget:
    """One version of a year's budget. Version 1 was adopted, later ones adjusted it and say why."""

    year: int
    version: int
    resolution: str
    decided_on: date
    lines: tuple[BudgetLine, ...]
    reason: str = ""

    def line_for(self, account: str, projects: Collection[str] = ()) -> BudgetLine | None:
        """The line an amount belongs to, None when the budget has none for it."""
        return closest(self.lines, account, projects)


def closest(lines: Iterable[BudgetLine], account: str, projects: Collection[str] = ()) -> BudgetLine | None:
    """The line that names an account and its projects most closely."""
    fitting = [
        line
        for line in lines
        if account.startswith(line.account) and (not line.project or line.project in projects)
    ]
    return max(fitting, key=lambda line: (bool(line.project), len(line.account), line.project), default=None)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one line stands: `is_income` says that more is better."""

    line: BudgetLine
    is_income: bool
    planned_fen: int
    used_fen: int
    under_way_fen: int

    @property
    def remaining_fen(self) -> int:
        """What is left to spend or to come in; negative when over."""
        return self.planned_fen - self.used_fen - self.under_way_fen

    @property
    def percent(self) -> int | None:
        """Used and under way of what was planned, whole per cent; None when nothing was planned."""
        taken = self.used_fen + self.under_way_fen
        return taken * 100 // self.planned_fen if self.planned_fen else None


def scaled(months: Sequence[int], percent: int) -> tuple[int, ...]:
    """Last year's months by a factor in per cent, halves up, to the fen."""
    return tuple((fen * percent + 50) // 100 for fen in months)
