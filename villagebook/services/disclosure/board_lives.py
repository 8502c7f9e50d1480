"""Gathering what happened to each notice: one `Life` per notice, with its corrections and objections."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from villagebook.domain.board import Hang, Life, Objection
from villagebook.domain.period import Span
from villagebook.domain.policy import Policy
from villagebook.i18n import _
from villagebook.services.gate import refusal
from villagebook.storage import board as store
from villagebook.storage import documents as docs
from villagebook.storage import periods, registry, sheets
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection

QUARTER = 3
"""Months."""


@dataclass(frozen=True, slots=True)
class Told:
    """A notice with its months and its life."""

    span: Span
    life: Life


@dataclass(frozen=True, slots=True)
class _Told:
    """What was told of papers, by their id."""

    hangs: Mapping[str, tuple[Hang, ...]]
    asked: Mapping[str, tuple[Objection, ...]]
    archives: Mapping[str, store.ArchiveEntry]

    def archived_on(self, subject: str) -> date | None:
        archive = self.archives.get(subject)
        return archive.archived_on if archive else None


def _told(connection: Connection, subjects: Collection[str] | None = None) -> _Told:
    """What was told of these papers, or of all."""
    asked: dict[str, tuple[Objection, ...]] = {}
    for objection in store.objections(connection):
        asked[objection.subject] = (*asked.get(objection.subject, ()), objection)
    return _Told(store.hangs(connection, subjects), asked, store.archives(connection))


def lives(connection: Connection) -> tuple[Told, ...]:
    """Every notice that was ever frozen and not sent back, newest first, with everything that happened to it."""
    told = _told(connection)
    return (
        *_notices(connection, periods.notices(connection), told),
        *_sheets(connection, sheets.standing(connection), told),
    )


def _notices(connection: Connection, entries: tuple[periods.NoticeEntry, ...], told: _Told) -> Iterator[Told]:
    """The notices of months, each with its corrections."""
    wanted = {e.id for e in entries}
    corrections: dict[str, list[Life]] = {}
    for made in (c for c in store.corrections(connection) if c.notice_id in wanted):
        life = Life(
            made.id,
            made.number,
            made.content_hash,
            made.final,
            tuple(made.content["places_to_post"]),
            int(made.content["min_days"]),
            hangs=told.hangs.get(made.id, ()),
            reviews=_reviews(connection, made.id, made.content_hash),
            objection=made.objection_id,
        )
        corrections.setdefault(made.notice_id, []).append(life)
    policies: dict[date, Policy] = {}
    for entry in entries:
        if not entry.final and docs.stop_of(connection, entry.id, entry.content_hash) is not None:
            continue
        day = entry.last.last_day
        if day not in policies:
            policies[day] = registry.read_policy_on(connection, day)
        life = Life(
            entry.id,
            entry.number,
            entry.content_hash,
            entry.final,
            entry.paper.places,
            entry.paper.min_days,
            notice_due(Span(entry.first, entry.last), policies[day]),
            told.hangs.get(entry.id, ()),
            told.asked.get(entry.id, ()),
            tuple(corrections.get(entry.id, ())),
            _reviews(connection, entry.id, entry.content_hash),
            archived_on=told.archived_on(entry.id),
        )
        yield Told(Span(entry.first, entry.last), life)


def _sheets(connection: Connection, entries: tuple[sheets.SheetEntry, ...], told: _Told) -> Iterator[Told]:
    """The other papers of the board; one that replaces another also stands among the corrections of that one."""
    numbers = {e.id: e.number for e in entries}
    made: dict[str, Life] = {}
    for entry in entries:  # newest first: what replaces a sheet is made before it
        if entry.replaces and entry.replaces not in numbers:
            old = sheets.sheet(connection, entry.replaces)
            numbers[entry.replaces] = old.number if old else ""
        made[entry.id] = Life(
            entry.id,
            entry.number,
            entry.content_hash,
            entry.final,
            entry.paper.places,
            entry.paper.min_days,
            sheet_due(connection, entry),
            told.hangs.get(entry.id, ()),
            told.asked.get(entry.id, ()),
            tuple(made[e.id] for e in reversed(entries) if e.replaces == entry.id and e.id in made),
            _reviews(connection, entry.id, entry.content_hash),
            entry.objection_id,
            told.archived_on(entry.id),
            numbers.get(entry.replaces, ""),
        )
        yield Told(entry.span, made[entry.id])


def sheet_due(connection: Connection, entry: sheets.SheetEntry) -> date:
    """By when a sheet is to hang (D3): as its months ask, or so many days after a single matter was compiled."""
    compiled_on = date.fromisoformat(entry.paper.compiled_on)
    if entry.subject or entry.replaces:
        days = registry.read_policy_on(connection, compiled_on).number("major_days")
        return compiled_on + timedelta(days=days)
    policy = registry.read_policy_on(connection, entry.span.last.last_day)
    return months_due(entry.span, policy)


def notice_due(span: Span, policy: Policy) -> date:
    """The day by which a monthly notice hangs: one of more months than the parameters allow is late with its first ones."""
    most = span.first.shifted(policy.number("notice_months") - 1)
    return months_due(Span(span.first, min(span.last, most)), policy)


def months_due(span: Span, policy: Policy) -> date:
    """The day by which a paper of these months hangs: that of a month, or of a quarter and longer."""
    name = "month_day" if span.length < QUARTER else "quarter_day"
    return span.last.shifted(1).first_day.replace(day=policy.number(name))


def _reviews(connection: Connection, subject: str, content_hash: str) -> tuple[str, ...]:
    """What the review stands on: photos by hash, signatures of keys."""
    return tuple(dict.fromkeys(s.evidence for s in docs.signatures(connection, subject, content_hash)))


def life_of(connection: Connection, subject: str) -> Told:
    """The notice, or the correction as a life of its own; reads no other papers. Raises Refused when there is none."""
    correction = store.correction(connection, subject)
    notice = periods.notice(connection, correction.notice_id if correction else subject)
    if notice is not None:
        beside = {c.id for c in store.corrections(connection) if c.notice_id == notice.id}
        found = _notices(connection, (notice,), _told(connection, {notice.id, *beside}))
    else:
        family = sheets.family(connection, subject)
        found = _sheets(connection, family, _told(connection, {e.id for e in family}))
    for told in found:
        if told.life.subject == subject:
            return told
        for other in told.life.beside()[1:]:
            if other.subject == subject:
                return Told(told.span, other)
    raise refusal("DIS-06", subject, _("There is no such notice."))


def notice_lives(book: Book) -> tuple[Told, ...]:
    """What the window and the reports show."""
    with book.reading() as connection:
        return lives(connection)


def open_objections(found: tuple[Told, ...]) -> tuple[Objection, ...]:
    """Those that are not closed."""
    return tuple(o for told in found for o in told.life.objections if not o.closed)
