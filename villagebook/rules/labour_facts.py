"""What the rules of labour days (筹劳) look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from villagebook.domain.labour import Key, Labourer, LabourSheet
from villagebook.domain.project import Project


@dataclass(frozen=True, slots=True)
class NewLabourList:
    """Who is to owe days for a project, None when nobody registered it.

    `people` are those of the register of households on the day of the meeting, None when it is empty; `done` what sheets say
    already, by labourer.
    """

    project: Project | None
    rows: tuple[Labourer, ...]
    people: frozenset[Key] | None = None
    done: Mapping[Key, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewLabourSheet:
    """A sheet to be entered; `left` is what each labourer of the list still owes."""

    project: Project | None
    sheet: LabourSheet
    left: Mapping[Key, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LabourStrike:
    """A sheet to be struck out; `known` says that it stands."""

    sheet_id: str
    reason: str
    known: bool


@dataclass(frozen=True, slots=True)
class HouseholdLevy:
    """What a receipt takes from a household for a project, beside what it owes: contributions by head and days paid off."""

    project: Project
    household: str
    owed_fen: int
    taken_fen: int
    own_fen: int


@dataclass(frozen=True, slots=True)
class LabourFacts:
    """Parts that a gate does not need stay empty."""

    new_list: NewLabourList | None = None
    new_sheet: NewLabourSheet | None = None
    strike: LabourStrike | None = None
    levies: tuple[HouseholdLevy, ...] = ()


NO_LABOUR = LabourFacts()
"""Nothing was asked for."""
