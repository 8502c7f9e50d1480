"""What the rules of resolutions, vetoes and deadlines look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from villagebook.domain.document import Document
from villagebook.domain.meeting import Body, Matter, Quorum
from villagebook.domain.project import Project
from villagebook.domain.resolution import Cited, OpenStep, Resolution
from villagebook.domain.resolution_standing import ItemStanding, ResolutionStanding


@dataclass(frozen=True, slots=True)
class Draw:
    """Something that stands on a resolution: a document, a meeting slot of a slip, an entry of a register.

    Attributes:
        where, target: what stands on it, and the place of repair.
        cited: the number and item it names.
        known: the record under that number, None when the register has none.
        on: the day it is used; the meeting was then, or before.
        own_fen: what it takes, 0 when no money is drawn; `way` is the kind of document (money in apart from money out).
        but: id of the document itself, which is not counted among the others.
        matters: what the item has to be about, empty for anything but the lifting of a veto.
        bodies: who must have decided it, empty for anybody the law allows.
        by_steps: four discussions, two openness are wanted.
        must_be_known: a number the register lacks is an error whatever the township says.
        lifts: id of the document whose veto the item has to name, "" otherwise.
    """

    where: str
    cited: Cited
    known: ResolutionStanding | None
    on: date
    target: str = ""
    own_fen: int = 0
    way: str = ""
    but: str = ""
    matters: frozenset[Matter] = frozenset()
    bodies: frozenset[Body] = frozenset()
    by_steps: bool = False
    must_be_known: bool = False
    lifts: str = ""

    @property
    def item(self) -> ItemStanding | None:
        return self.known.item(self.cited.item) if self.known else None


@dataclass(frozen=True, slots=True)
class NewResolution:
    """A record to be made.

    Attributes:
        taken: another record stands under its number.
        counted: how many the register of households says belong to the body, None when it says nothing.
        begins_on: first day of the book.
        drawn: item -> fen that documents draw on this number already.
        replaces: it takes the place of another record, so that what was drawn must be covered.
    """

    resolution: Resolution
    quorum: Quorum
    begins_on: date
    taken: bool = False
    counted: int | None = None
    drawn: Mapping[int, int] = field(default_factory=dict)
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class Annulling:
    """A record to be annulled; `drawn` names documents that draw on it, `replaced` says that another takes its place."""

    number: str
    reason: str
    known: ResolutionStanding | None
    drawn: tuple[str, ...] = ()
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class Stepping:
    """A later step of four discussions, two openness."""

    number: str
    step: OpenStep
    day: date
    known: ResolutionStanding | None


@dataclass(frozen=True, slots=True)
class Lifting:
    """A veto to be lifted by the township; one by a resolution is a `Draw`. `rejected_on` None: nothing was rejected."""

    document: Document | None
    rejected_on: date | None
    on: date
    person_id: str = ""
    reference: str = ""
    evidence: str = ""
    by_township: bool = False


@dataclass(frozen=True, slots=True)
class Late:
    """A slot that waits longer than the township allows (AP10)."""

    document_id: str
    label: str
    slot: str
    since: date
    late_days: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """What finance staff would not book (AP20)."""

    document_id: str
    label: str
    name: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class LevyFacts:
    """A 一事一议 project to be registered, beside what the register of households says of its day.

    `members` is how many belong to households, the exempt ones left out, None when the register is empty; `unknown` are exempt
    codes that the register lacks.
    """

    project: Project
    members: int | None = None
    unknown: tuple[str, ...] = ()
    item: ItemStanding | None = None


@dataclass(frozen=True, slots=True)
class Levied:
    """一事一议 money that a receipt takes in.

    `projects` are their names; `by_head` says that a household or a receipt is named, so that it comes from villagers for
    certain; `next_no` is the next special receipt, "" without a book of them; `beside` says that it takes in other money, too.
    """

    projects: tuple[str, ...]
    by_head: bool
    next_no: str = ""
    beside: bool = False


@dataclass(frozen=True, slots=True)
class ResolutionFacts:
    """Parts that a gate does not need stay empty. `exempt` are households a levy must not be taken from, by (project, name)."""

    draws: tuple[Draw, ...] = ()
    new: NewResolution | None = None
    annulling: Annulling | None = None
    stepping: Stepping | None = None
    lifting: Lifting | None = None
    levy: LevyFacts | None = None
    exempt: tuple[tuple[str, str], ...] = ()
    levied: Levied | None = None
    late: tuple[Late, ...] = ()
    refused: tuple[Refusal, ...] = ()


NO_RESOLUTIONS = ResolutionFacts()
"""Nothing was asked for."""
