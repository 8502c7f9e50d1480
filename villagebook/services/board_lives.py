"""Gathering what happened to each notice: one `Life` per notice, with its corrections and objections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from villagebook.domain.board import Life, Objection
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.period import Span
from villagebook.domain.policy import Policy
from villagebook.i18n import _
from villagebook.storage import board as store
from villagebook.storage import documents as docs
from villagebook.storage import periods, registry
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection


@dataclass(frozen=True, slots=True)
class Told:
    """A notice with its months and its life."""

    span: Span
    life: Life


def lives(connection: Connection) -> tuple[Told, ...]:
    """Every notice that was ever frozen and not sent back, newest first, with everything that happened to it."""
    hangs = store.hangs(connection)
    asked: dict[str, list[Objection]] = {}
    for objection in store.objections(connection):
        asked.setdefault(objection.subject, []).append(objection)
    archives = store.archives(connection)
    corrections: dict[str, list[Life]] = {}
    for made in store.corrections(connection):
        life = Life(
            made.id,
            made.number,
            made.content_hash,
            made.final,
            tuple(made.content["places_to_post"]),
            int(made.content["min_days"]),
            hangs=hangs.get(made.id, ()),
            reviews=_reviews(connection, made.id, made.content_hash),
            objection=made.objection_id,
        )
        corrections.setdefault(made.notice_id, []).append(life)
    policies: dict[date, Policy] = {}
    told = []
    for entry in periods.notices(connection):
        if not entry.final and docs.stop_of(connection, entry.id, entry.content_hash) is not None:
            continue
        day = entry.last.last_day
        policy = policies.setdefault(day, registry.read_policy_on(connection, day))
        archive = archives.get(entry.id)
        life = Life(
            entry.id,
            entry.number,
            entry.content_hash,
            entry.final,
            tuple(entry.content["places_to_post"]),
            int(entry.content["min_days"]),
            _due(entry.last.shifted(1).first_day, policy),
            hangs.get(entry.id, ()),
            tuple(asked.get(entry.id, ())),
            tuple(corrections.get(entry.id, ())),
            _reviews(connection, entry.id, entry.content_hash),
            archived_on=archive.archived_on if archive else None,
        )
        told.append(Told(Span(entry.first, entry.last), life))
    return tuple(told)


def _due(following: date, policy: Policy) -> date:
    return following.replace(day=policy.number("month_day"))


def _reviews(connection: Connection, subject: str, content_hash: str) -> tuple[str, ...]:
    """What the review stands on: photos by hash, signatures of keys."""
    return tuple(dict.fromkeys(s.evidence for s in docs.signatures(connection, subject, content_hash)))


def life_of(connection: Connection, subject: str) -> Told:
    """The notice, or the correction as a life of its own. Raises Refused when there is none."""
    for told in lives(connection):
        if told.life.subject == subject:
            return told
        for correction in told.life.corrections:
            if correction.subject == subject:
                return Told(told.span, correction)
    raise Refused([Finding("DIS-06", Severity.ERROR, subject, _("There is no such notice."))])


def notice_lives(book: Book) -> tuple[Told, ...]:
    """What the window and the reports show."""
    with book.reading() as connection:
        return lives(connection)


def open_objections(found: tuple[Told, ...]) -> tuple[Objection, ...]:
    """Those that are not closed."""
    return tuple(o for told in found for o in told.life.objections if not o.closed)
