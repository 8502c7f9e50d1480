"""Reading what happened to notices on the board: places, postings, objections, corrections, archives."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.engine import Connection

from villagebook.domain.board import (
    Act,
    BoardPhoto,
    BoardPlace,
    Content,
    Hang,
    Objection,
    ObjectionStep,
    Posting,
    Received,
    Removal,
    Shows,
    View,
)
from villagebook.storage.engine import fetch, fetch_one, value_of


@dataclass(frozen=True, slots=True)
class CorrectionEntry:
    """A frozen correction notice."""

    id: str
    number: str
    notice_id: str
    objection_id: str
    content: dict[str, Any]
    content_hash: str
    final: bool


@dataclass(frozen=True, slots=True)
class ArchiveEntry:
    """`items` are (what, hash) of everything the archive holds."""

    archived_on: date
    items: tuple[tuple[str, str], ...]
    list_hash: str


def places(connection: Connection) -> tuple[BoardPlace, ...]:
    """The village's own boards, in the order in which they were first named."""
    found: dict[str, BoardPlace] = {}
    for name, spot, in_use in fetch(connection, "SELECT name, spot, in_use FROM board_place ORDER BY seq"):
        found[name] = BoardPlace(name, spot, bool(in_use))
    return tuple(found.values())


def hangs(connection: Connection, subjects: Collection[str] | None = None) -> dict[str, tuple[Hang, ...]]:
    """Postings by their subject, oldest first; of these subjects, or of all."""
    photos: dict[str, list[BoardPhoto]] = {}
    wanted = None if subjects is None else json.dumps(list(subjects))
    for posting_id, view, sha256, shows in fetch(
        connection,
        "SELECT posting_id, view, sha256, shows FROM posting_photo WHERE ?1 IS NULL OR posting_id IN"
        " (SELECT id FROM posting WHERE subject IN (SELECT value FROM json_each(?1))) ORDER BY seq, no",
        wanted,
    ):
        photos.setdefault(posting_id, []).append(BoardPhoto(View(view), sha256, Shows(shows)))
    made: dict[str, list[Hang]] = {}
    for row in fetch(
        connection,
        "SELECT p.id, p.subject, p.content_hash, p.place, p.person_id, p.posted_at, p.excuse, r.removed_on, r.person_id,"
        " r.why, p.counts_from FROM posting p LEFT JOIN posting_removal r ON r.posting_id = p.id WHERE ?1 IS NULL"
        " OR p.subject IN (SELECT value FROM json_each(?1)) ORDER BY p.seq",
        wanted,
    ):
        at, found = datetime.fromisoformat(row[5]), tuple(photos.get(row[0], ()))
        counts = date.fromisoformat(row[10]) if row[10] else None
        posting = Posting(row[0], row[1], row[2], row[3], row[4], at, found, row[6], counts)
        removal = Removal(date.fromisoformat(row[7]), row[8], row[9]) if row[7] else None
        made.setdefault(row[1], []).append(Hang(posting, removal))
    return {key: tuple(value) for key, value in made.items()}


def hang(connection: Connection, posting_id: str) -> Hang | None:
    subject = value_of(connection, "SELECT subject FROM posting WHERE id = ?", posting_id)
    found = hangs(connection, (subject,)).get(subject, ()) if subject else ()
    return next((h for h in found if h.posting.id == posting_id), None)


def photo_uses(
    connection: Connection, hashes: Collection[str], but: str = ""
) -> tuple[tuple[str, str, datetime], ...]:
    """(hash, place, posted at) of these photos in all postings except this one, oldest first."""
    rows = fetch(
        connection,
        "SELECT f.sha256, p.place, p.posted_at FROM posting_photo f JOIN posting p ON p.id = f.posting_id"
        " WHERE f.sha256 IN (SELECT value FROM json_each(?)) AND p.id <> ? ORDER BY p.seq",
        json.dumps(sorted(hashes)),
        but,
    )
    return tuple((sha256, place, datetime.fromisoformat(at)) for sha256, place, at in rows)


def objections(connection: Connection) -> tuple[Objection, ...]:
    """The register, oldest first."""
    steps: dict[str, list[ObjectionStep]] = {}
    for row in fetch(
        connection, "SELECT objection_id, act, day, who, text, content FROM objection_step ORDER BY seq"
    ):
        step = ObjectionStep(Act(row[1]), date.fromisoformat(row[2]), row[3], row[4], Content(row[5]))
        steps.setdefault(row[0], []).append(step)
    rows = fetch(
        connection,
        "SELECT id, number, subject, line, received_on, how, who, text, scan FROM objection ORDER BY seq",
    )
    return tuple(
        Objection(
            r[0],
            r[1],
            r[2],
            r[3],
            date.fromisoformat(r[4]),
            Received(r[5]),
            r[6],
            r[7],
            r[8],
            tuple(steps.get(r[0], ())),
        )
        for r in rows
    )


_CORRECTIONS = (
    "SELECT c.id, number, notice_id, objection_id, content, content_hash, f.id IS NOT NULL FROM correction c"
    " LEFT JOIN correction_final f ON f.id = c.id"
)


def corrections(connection: Connection) -> tuple[CorrectionEntry, ...]:
    """All correction notices, oldest first."""
    return tuple(_correction(r) for r in fetch(connection, f"{_CORRECTIONS} ORDER BY c.seq"))


def correction(connection: Connection, correction_id: str) -> CorrectionEntry | None:
    row = fetch_one(connection, f"{_CORRECTIONS} WHERE c.id = ?", correction_id)
    return _correction(row) if row else None


def _correction(row: tuple[Any, ...]) -> CorrectionEntry:
    return CorrectionEntry(row[0], row[1], row[2], row[3], json.loads(row[4]), row[5], bool(row[6]))


def archives(connection: Connection) -> dict[str, ArchiveEntry]:
    """Archived notices and corrections by subject."""
    rows = fetch(connection, "SELECT subject, archived_on, items, list_hash FROM notice_archive")
    return {
        r[0]: ArchiveEntry(date.fromisoformat(r[1]), tuple((w, h) for w, h in json.loads(r[2])), r[3])
        for r in rows
    }


def archived_at(connection: Connection, subject: str) -> int:
    """Position in the log at which it was archived; 0 when it was not."""
    return int(value_of(connection, "SELECT seq FROM notice_archive WHERE subject = ?", subject) or 0)


def head_at(connection: Connection, seq: int) -> str:
    """Hash of the log at a position, "" when there is no such entry."""
    return str(value_of(connection, "SELECT hash FROM log WHERE seq = ?", seq) or "")


def scanned(connection: Connection) -> frozenset[str]:
    """Hashes of everything the book keeps as a file."""
    return frozenset(r[0] for r in fetch(connection, "SELECT sha256 FROM object"))
