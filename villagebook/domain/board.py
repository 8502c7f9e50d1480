"""The life of a notice on the board: posted, photographed, standing its days, questioned, taken down, archived (D7 to D12).

The same values tell of a correction notice (F12), which hangs beside the notice it corrects.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class View(StrEnum):
    """What a photo of a posted notice is for: that it hangs there, and that it can be read."""

    WIDE = "wide"
    READABLE = "readable"


class Shows(StrEnum):
    """What the code on such a photo says beside the log."""

    MATCHES = "matches"
    DIFFERS = "differs"
    OTHER = "other"
    FOREIGN = "foreign"
    UNREAD = "unread"

    @property
    def is_other_paper(self) -> bool:
        """True when it was read and is not the paper it was taken for; an unreadable code proves nothing."""
        return self in (Shows.DIFFERS, Shows.OTHER, Shows.FOREIGN)


@dataclass(frozen=True, slots=True)
class BoardPhoto:
    view: View
    sha256: str
    shows: Shows


@dataclass(frozen=True, slots=True)
class BoardPlace:
    """A place of the village where notices hang: one in each natural village. `spot` says where exactly."""

    name: str
    spot: str
    in_use: bool = True


@dataclass(frozen=True, slots=True)
class Posting:
    """One paper at one place. `subject` is the notice or correction, `posted_at` the minute by the clock on the wall.

    `excuse` is the recorded reason why photos are missing or why it was entered late. `counts_from` is set when it was: what
    nobody wrote down in time cannot be looked up, so its days count from the day on which it was entered.
    """

    id: str
    subject: str
    content_hash: str
    place: str
    person_id: str
    posted_at: datetime | None
    photos: tuple[BoardPhoto, ...] = ()
    excuse: str = ""
    counts_from: date | None = None

    @property
    def since(self) -> date | None:
        """The day from which it counts as hanging."""
        return self.counts_from or (self.posted_at.date() if self.posted_at else None)

    def views(self) -> frozenset[View]:
        return frozenset(p.view for p in self.photos)


@dataclass(frozen=True, slots=True)
class Removal:
    removed_on: date
    person_id: str
    why: str


@dataclass(frozen=True, slots=True)
class Hang:
    """A posting and its end; `removal` is None while it hangs."""

    posting: Posting
    removal: Removal | None = None

    def days(self, today: date) -> int:
        """Whole days on the board until `today`; a new posting counts anew (D9)."""
        since = self.posting.since
        if since is None:
            return 0
        end = min(self.removal.removed_on, today) if self.removal else today
        return max(0, (end - since).days)


class Act(StrEnum):
    """What is done about an objection."""

    ANSWERED = "answered"
    ESCALATED = "escalated"
    UPHELD = "upheld"
    CLOSED = "closed"


class Received(StrEnum):
    """How an objection came."""

    BOX = "box"
    PAPER = "paper"
    SPOKEN = "spoken"
    PHONE = "phone"
    SUPERVISION = "supervision"
    TOWNSHIP = "township"


class Content(StrEnum):
    """Whether the answer satisfied who asked."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ObjectionStep:
    """`who` answered or decided; for `escalated` the authority it went to."""

    act: Act
    day: date
    who: str
    text: str
    content: Content = Content.UNKNOWN


@dataclass(frozen=True, slots=True)
class Objection:
    """A doubt about a notice.

    Attributes:
        line: number of the line of the notice; 0 for the notice as a whole.
        who: name of who asked; "" is anonymous, and stays so for ever.
        scan: hash of the paper, "" when there is none.
    """

    id: str
    number: str
    subject: str
    line: int
    received_on: date
    how: Received
    who: str
    text: str
    scan: str = ""
    steps: tuple[ObjectionStep, ...] = ()

    def last(self, act: Act) -> ObjectionStep | None:
        return next((s for s in reversed(self.steps) if s.act is act), None)

    @property
    def answered(self) -> bool:
        """True when the newest question, the villager's or the one passed on, has its answer."""
        since = [s.act for s in self.steps]
        if Act.ESCALATED in since:
            since = since[len(since) - 1 - since[::-1].index(Act.ESCALATED) :]
        return Act.ANSWERED in since

    @property
    def upheld(self) -> bool:
        return self.last(Act.UPHELD) is not None

    @property
    def closed(self) -> bool:
        return self.last(Act.CLOSED) is not None

    def due_on(self, answer_days: int, escalation_days: int) -> date | None:
        """By when the next answer is owed; None when none is (D10)."""
        if self.answered or self.closed:
            return None
        passed = self.last(Act.ESCALATED)
        if passed is not None:
            return passed.day + timedelta(days=escalation_days)
        return self.received_on + timedelta(days=answer_days)


class Stage(StrEnum):
    """Where a notice is on its way."""

    REVIEW = "review"
    SIGNED = "signed"
    POSTED = "posted"
    STOOD = "stood"
    REMOVED = "removed"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Life:
    """A notice or a correction with everything that happened to it.

    Attributes:
        places: where it has to hang, as printed on it.
        due_on: by when it is to hang; None when no day is set for it.
        objections, corrections: of a notice; a correction has none of its own.
        reviews: photos or key signatures behind the review, by hash.
        objection: for a correction, the objection it answers.
        replaces: number of the sheet it stands for, "" for a first one; it has a life of its own beside the old one's.
    """

    subject: str
    number: str
    content_hash: str
    final: bool
    places: tuple[str, ...]
    min_days: int
    due_on: date | None = None
    hangs: tuple[Hang, ...] = ()
    objections: tuple[Objection, ...] = ()
    corrections: tuple[Life, ...] = ()
    reviews: tuple[str, ...] = ()
    objection: str = ""
    archived_on: date | None = None
    replaces: str = ""

    def replaced_by(self) -> str:
        """Number of the newest reviewed sheet that stands for it, "" while none does."""
        return next((c.number for c in reversed(self.corrections) if c.replaces and c.final), "")

    def beside(self) -> tuple[Life, ...]:
        """Itself and the corrections that have no life but beside it."""
        return (self, *(c for c in self.corrections if not c.replaces))

    def missing_places(self) -> tuple[str, ...]:
        """Required places where it never hung."""
        hung = {h.posting.place for h in self.hangs}
        return tuple(p for p in self.places if p not in hung)

    def days_at(self, place: str, today: date) -> int:
        """The longest time it hung there without being taken down."""
        return max((h.days(today) for h in self.hangs if h.posting.place == place), default=0)

    def short_places(self, today: date) -> tuple[tuple[str, int], ...]:
        """(place, days so far) of places where it has not stood its days."""
        wanted = dict.fromkeys((*self.places, *(h.posting.place for h in self.hangs)))
        found = ((p, self.days_at(p, today)) for p in wanted)
        return tuple((p, days) for p, days in found if days < self.min_days)

    def hanging(self) -> tuple[Hang, ...]:
        return tuple(h for h in self.hangs if h.removal is None)

    def posted_everywhere_on(self) -> date | None:
        """The day on which the last required place had it; None while one is missing."""
        if not self.hangs or self.missing_places():
            return None
        first: dict[str, date] = {}
        for hang in self.hangs:
            day = hang.posting.since
            if day is not None:
                first[hang.posting.place] = min(day, first.get(hang.posting.place, day))
        return max(first.values(), default=None)

    def late_days(self, today: date) -> int:
        """Days after the deadline on which it hung everywhere, or hangs nowhere yet, signed or not; 0 in time (D3)."""
        if self.due_on is None:
            return 0
        return max(0, ((self.posted_everywhere_on() or today) - self.due_on).days)

    def without_photos(self) -> tuple[Hang, ...]:
        """Hangs that lack the wide or the readable photo (D7)."""
        return tuple(h for h in self.hangs if len(h.posting.views()) < len(View))

    def correction_of(self, objection: Objection) -> Life | None:
        """The newest correction that answers this objection and hung at every place."""
        found = [c for c in self.corrections if c.objection == objection.id and c.final]
        return next((c for c in reversed(found) if c.posted_everywhere_on() is not None), None)

    def stage(self, today: date) -> Stage:
        if self.archived_on is not None:
            return Stage.ARCHIVED
        if not self.final:
            return Stage.REVIEW
        if self.posted_everywhere_on() is None:
            return Stage.SIGNED
        if self.short_places(today):
            return Stage.POSTED
        return Stage.STOOD if self.hanging() else Stage.REMOVED
