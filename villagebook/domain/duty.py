"""Special notices as obligations: what happened, which board paper it demands, and by when (D13, D14).

Nobody raises one by hand and nobody can hide one: they are worked out from what the log says happened.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from villagebook.domain.period import Period, Span
from villagebook.domain.sheet import SheetForm

MONTHLY = "F1"
"""The monthly sheet as one of the papers that may show an entry."""


class Event(StrEnum):
    """What calls for a notice of its own (disclosure.md, D13, D14, D16, D17)."""

    CONTRACT_MADE = "contract-made"
    CONTRACT_CHANGED = "contract-changed"
    CONTRACT_ENDED = "contract-ended"
    DISPOSAL = "disposal"
    INVESTMENT = "investment"
    PROJECT_PLANNED = "project-planned"
    PROJECT_BEGUN = "project-begun"
    PROJECT_DONE = "project-done"
    LAND_MONEY = "land-money"
    LEVY = "levy"
    ROSTER = "roster"
    BORROWED = "borrowed"
    LENT = "lent"
    LOAN_ENDED = "loan-ended"
    RESOLUTION = "resolution"
    MAJOR = "major"
    REQUEST = "request"
    AUDIT = "audit"
    RECTIFIED = "rectified"


@dataclass(frozen=True, slots=True)
class Paper:
    """A board paper that would do: form ("F5", "matter", "F1"), subject and stage; `months` is what it is compiled for."""

    form: str
    subject: str = ""
    stage: str = ""
    months: Span | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened.

    Attributes:
        name: what it is about, in the village's words.
        day: when; for what is told month by month, the last entry of the month.
        amount_fen: how much money it is about, 0 when nobody can say.
        papers: any one of them shows it; the first is the one the event asks for.
        target: where it stands in the book.
    """

    event: Event
    name: str
    day: date
    papers: tuple[Paper, ...]
    amount_fen: int = 0
    target: str = ""

    @property
    def key(self) -> str:
        """Stable name of the obligation: what, about what, when."""
        return f"{self.event.value}/{self.papers[0].subject}/{self.day.isoformat()}"


@dataclass(frozen=True, slots=True)
class Clocks:
    """The township's days: `special_days` after an event, `major_days` from `major_fen` upwards (D3, D14)."""

    special_days: int
    major_days: int
    major_fen: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A board paper there is. `posted_on` is the day on which the last required place had it, None before that."""

    id: str
    number: str
    paper: Paper
    compiled_on: date
    final: bool
    posted_on: date | None


@dataclass(frozen=True, slots=True)
class Duty:
    """An obligation with the paper that meets it, None while nobody has compiled one."""

    happened: Happened
    due_on: date
    is_major: bool
    shown: Shown | None = None

    @property
    def met_on(self) -> date | None:
        """The day it hung everywhere."""
        return self.shown.posted_on if self.shown else None

    def late_days(self, today: date) -> int:
        """Days after the due day on which it hung everywhere, or hangs not yet; 0 in time."""
        return max(0, ((self.met_on or today) - self.due_on).days)

    def is_overdue(self, today: date) -> bool:
        """True while it does not hang everywhere although its day has passed."""
        return self.met_on is None and today > self.due_on


def duties(happened: Iterable[Happened], shown: Iterable[Shown], clocks: Clocks) -> tuple[Duty, ...]:
    """What happened as obligations, the first to fall due first. Same rows, same obligations."""
    papers = tuple(shown)
    made = [_duty(one, papers, clocks) for one in happened]
    return tuple(sorted(made, key=lambda d: (d.due_on, d.happened.key)))


def _duty(one: Happened, papers: tuple[Shown, ...], clocks: Clocks) -> Duty:
    is_major = one.event is Event.MAJOR or (one.amount_fen >= clocks.major_fen > 0)
    days = clocks.major_days if is_major else clocks.special_days
    fits = [p for p in papers if p.compiled_on >= one.day and any(_shows(p.paper, w) for w in one.papers)]
    fits.sort(key=lambda p: (p.posted_on is None, p.posted_on or date.max, not p.final, p.compiled_on))
    return Duty(one, one.day + timedelta(days=days), is_major, fits[0] if fits else None)


def _shows(paper: Paper, wanted: Paper) -> bool:
    """The same form about the same thing; a monthly sheet by its months."""
    if (paper.form, paper.subject) != (wanted.form, wanted.subject):
        return False
    if wanted.stage and paper.stage != wanted.stage:
        return False
    if wanted.subject or wanted.months is None or paper.months is None:
        return True
    return paper.months.first <= wanted.months.first and wanted.months.last <= paper.months.last


def matter(kind: str, code: str, day: date, stage: str = "") -> Paper:
    """The paper of a single matter."""
    return Paper(SheetForm.MATTER.value, f"{kind}:{code}", stage, Span.of(Period.of(day)))
