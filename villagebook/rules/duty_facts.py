"""What the rules about special notices, requests, audits and the yearly pack look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from villagebook.domain.audit import AuditPoint
from villagebook.domain.duty import Duty
from villagebook.domain.request import Request


@dataclass(frozen=True, slots=True)
class Left:
    """An office that ended. `next_from` is the first day of who came after, None while nobody did.

    `audited_on` is the day a leaving audit of it was reported, `shown_on` the day that audit hung everywhere.
    """

    post_id: str
    name: str
    to_on: date
    next_from: date | None
    audited_on: date | None
    shown_on: date | None


@dataclass(frozen=True, slots=True)
class Assembly:
    """A meeting of members that decides on a year's result; `laid_on` is the first day the papers lay open, None if never.

    `days` is how long they had lain there on its day.
    """

    number: str
    held_on: date
    year: int
    days: int
    laid_on: date | None = None


@dataclass(frozen=True, slots=True)
class DutyFacts:
    """Parts that an act does not need stay empty.

    Attributes:
        late: special notices whose day has passed; `targets` where each is repaired, by key.
        request: one that is to be entered; `entitled_known` what the register of households says, None when nothing;
            `scan_kept` whether the sheet of signatures is in the book.
        left: offices that ended and are audited before the next election.
        overdue: points of audits whose day has passed, as (number of the audit, point, due day).
        assemblies: meetings of members that decided on a year's result.
    """

    late: tuple[Duty, ...] = ()
    targets: Mapping[str, str] = field(default_factory=dict)
    request: Request | None = None
    entitled_known: int | None = None
    scan_kept: bool = True
    left: tuple[Left, ...] = ()
    overdue: tuple[tuple[str, AuditPoint, date], ...] = ()
    assemblies: tuple[Assembly, ...] = ()


NO_DUTIES = DutyFacts()
"""No part of it was asked for."""
