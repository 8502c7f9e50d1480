"""Projects (一事一议 and works): what they are to cost, where the money comes from, and how far they are.

Definitions. *Raised* is money that came in under the project's name, *spent* what was paid or used for it; a payable counts
when it is booked, not again when it is paid. *Available* is raised plus the collective's own money in the plan.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any


class ProjectKind(StrEnum):
    """ONE_ISSUE is 一事一议: villagers decide on one matter and pay for it by head."""

    ONE_ISSUE = "one-issue"
    CONSTRUCTION = "construction"
    OTHER = "other"


class Stage(StrEnum):
    """How far a project is. It goes forward only; DROPPED ends it wherever it stood."""

    PLANNED = "planned"
    BEGUN = "begun"
    FINISHED = "finished"
    SETTLED = "settled"
    DROPPED = "dropped"


STAGES = tuple(Stage)


class Source(StrEnum):
    """Where the money of a project comes from."""

    CONTRIBUTIONS = "contributions"
    AWARD = "award"
    OWN = "own"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Project:
    """One entry of the register.

    Attributes:
        code: never changes; lines of vouchers name it.
        sources: (source, fen); together the planned sum.
        heads: how many pay contributions, and `per_head_fen` what each of them pays; 0 when nobody does.
        raised_before_fen, spent_before_fen: what had happened before this book began.
        labour_days: workdays each labourer gives; exempt: codes of households that give neither (一事一议).
        special_receipt: which receipts the contributions are taken on; permit: consent from above to more than the caps.
    """

    code: str
    name: str
    kind: ProjectKind
    resolution: str
    decided_on: date
    planned_fen: int
    sources: tuple[tuple[Source, int], ...] = ()
    heads: int = 0
    per_head_fen: int = 0
    begins_on: date | None = None
    ends_on: date | None = None
    raised_before_fen: int = 0
    spent_before_fen: int = 0
    labour_days: int = 0
    exempt: tuple[str, ...] = ()
    special_receipt: str = ""
    permit: str = ""
    stage: Stage = Stage.PLANNED
    staged_on: date | None = None

    def planned_from(self, source: Source) -> int:
        return sum(fen for one, fen in self.sources if one is source)

    @property
    def in_use(self) -> bool:
        """A settled project may still be pointed at, on hold: a retention is paid late."""
        return self.stage is not Stage.DROPPED

    def to_data(self) -> dict[str, Any]:
        """The body of `project.registered`; the stage has an event of its own, and nothing empty is named."""
        data: dict[str, Any] = {
            "code": self.code,
            "name": self.name,
            "kind": self.kind.value,
            "resolution": self.resolution,
            "decided_on": self.decided_on.isoformat(),
            "planned_fen": self.planned_fen,
        }
        rest: dict[str, Any] = {
            "sources": [[source.value, fen] for source, fen in self.sources],
            "heads": self.heads,
            "per_head_fen": self.per_head_fen,
            "begins_on": self.begins_on.isoformat() if self.begins_on else "",
            "ends_on": self.ends_on.isoformat() if self.ends_on else "",
            "raised_before_fen": self.raised_before_fen,
            "spent_before_fen": self.spent_before_fen,
            "labour_days": self.labour_days,
            "exempt": list(self.exempt),
            "special_receipt": self.special_receipt,
            "permit": self.permit,
        }
        return {**data, **{key: value for key, value in rest.items() if value}}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Project:
        """Raises KeyError or ValueError when the data is no project."""
        return cls(
            code=data["code"],
            name=data["name"],
            kind=ProjectKind(data["kind"]),
            resolution=data["resolution"],
            decided_on=date.fromisoformat(data["decided_on"]),
            planned_fen=data["planned_fen"],
            sources=tuple((Source(source), fen) for source, fen in data.get("sources", ())),
            heads=data.get("heads", 0),
            per_head_fen=data.get("per_head_fen", 0),
            begins_on=_day(data.get("begins_on", "")),
            ends_on=_day(data.get("ends_on", "")),
            raised_before_fen=data.get("raised_before_fen", 0),
            spent_before_fen=data.get("spent_before_fen", 0),
            labour_days=data.get("labour_days", 0),
            exempt=tuple(data.get("exempt", ())),
            special_receipt=data.get("special_receipt", ""),
            permit=data.get("permit", ""),
        )

    def at_stage(self, stage: Stage, day: date) -> Project:
        return replace(self, stage=stage, staged_on=day)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class ProjectStanding:
    """A project with its money; under way is submitted and not posted."""

    project: Project
    raised_fen: int
    spent_fen: int
    under_way_fen: int = 0

    @property
    def available_fen(self) -> int:
        return self.raised_fen + self.project.planned_from(Source.OWN)

    @property
    def left_fen(self) -> int:
        return self.available_fen - self.spent_fen - self.under_way_fen
