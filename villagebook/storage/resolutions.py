"""Reading the register of resolutions: records, what was added to them, what ended them, and who draws on them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy.engine import Connection

from villagebook.domain.resolution import OpenStep, Resolution
from villagebook.domain.resolution_standing import Drawn
from villagebook.storage.documents import LIVE, OPEN
from villagebook.storage.engine import fetch, fetch_one, value_of


@dataclass(frozen=True, slots=True)
class Held:
    """A record with its later steps; `annulled` is the reason, "" while it stands, the days are those of the log."""

    resolution: Resolution
    recorded_on: str
    annulled: str = ""
    replaced_by: str = ""
    annulled_on: str = ""


@dataclass(frozen=True, slots=True)
class Lift:
    """Who lifted the veto on a document, and how: by a resolution or by the township."""

    document_id: str
    how: str
    number: str
    item: int
    person_id: str
    reference: str
    evidence: str
    lifted_on: date
    total_fen: int
    party: str
    seq: int


def held(connection: Connection) -> tuple[Held, ...]:
    """Every record, the oldest meeting first."""
    return _read(connection, "ORDER BY r.held_on, r.seq")


def by_number(connection: Connection, number: str) -> Held | None:
    """The record that stands under a number, else the newest annulled one, None when the register has none."""
    found = _read(connection, "WHERE r.number = ? ORDER BY e.seq IS NOT NULL, r.seq DESC LIMIT 1", number)
    return found[0] if found else None


def by_id(connection: Connection, ident: str) -> Held | None:
    found = _read(connection, "WHERE r.id = ?", ident)
    return found[0] if found else None


def _read(connection: Connection, rest: str, *values: str) -> tuple[Held, ...]:
    rows = fetch(
        connection,
        "SELECT r.id, r.body, (SELECT date(at, '+8 hours') FROM log WHERE seq = r.seq), COALESCE(e.reason, ''),"
        " COALESCE(e.replaced_by, ''), COALESCE((SELECT date(at, '+8 hours') FROM log WHERE seq = e.seq), '')"
        f" FROM resolution r LEFT JOIN resolution_end e ON e.resolution_id = r.id {rest}",
        *values,
    )
    steps: dict[str, list[tuple[OpenStep, date]]] = {}
    for ident, step, day in fetch(
        connection, "SELECT resolution_id, step, day FROM resolution_step ORDER BY seq"
    ):
        steps.setdefault(ident, []).append((OpenStep(step), date.fromisoformat(day)))
    made = []
    for ident, body, recorded_on, reason, replaced_by, annulled_on in rows:
        found = Resolution.from_data(ident, json.loads(body))
        for step, day in steps.get(ident, ()):
            found = found.with_step(step, day)
        made.append(Held(found, recorded_on, reason, replaced_by, annulled_on))
    return tuple(made)


def drawn(connection: Connection, number: str) -> dict[int, tuple[Drawn, ...]]:
    """Item -> documents that draw on it, by their own words or by the signature of a meeting; 0 holds those that name no item.

    Only contents that still count: posted and not undone, or waiting. An adjustment moves no money and draws nothing.
    """
    rows = fetch(
        connection,
        f"SELECT DISTINCT d.item, s.document_id, s.kind, s.total_fen, {LIVE.format(id='s.document_id')}"
        " FROM draw d JOIN submission s ON s.document_id = d.document_id AND s.content_hash = d.content_hash"
        " AND s.seq = (SELECT MAX(seq) FROM submission WHERE document_id = d.document_id)"
        f" WHERE d.number = ? AND s.kind <> 'adjustment' AND ({LIVE.format(id='s.document_id')} OR ({OPEN})) ORDER BY s.seq",
        number,
    )
    found: dict[int, list[Drawn]] = {}
    for item, document_id, kind, fen, posted in rows:
        found.setdefault(item, []).append(Drawn(document_id, kind, fen, bool(posted)))
    return {item: tuple(made) for item, made in found.items()}


def lift_of(connection: Connection, document_id: str) -> Lift | None:
    """The newest lifting of a veto on a document, whether it still holds or not."""
    row = fetch_one(
        connection,
        "SELECT document_id, how, number, item, person_id, reference, evidence, lifted_on, total_fen, party, seq"
        " FROM veto_lift WHERE document_id = ? ORDER BY seq DESC LIMIT 1",
        document_id,
    )
    if row is None:
        return None
    document, how, number, item, person, reference, evidence, on, total_fen, party, seq = row
    day = date.fromisoformat(on)
    return Lift(document, how, number, item, person, reference, evidence, day, total_fen, party, seq)


def lifted_by(connection: Connection, number: str) -> tuple[str, ...]:
    """Documents under way or posted whose veto a record lifted."""
    rows = fetch(
        connection,
        "SELECT DISTINCT s.document_id FROM veto_lift v JOIN submission s ON s.document_id = v.document_id"
        " AND s.seq = (SELECT MAX(seq) FROM submission WHERE document_id = v.document_id)"
        f" WHERE v.number = ? AND ({LIVE.format(id='s.document_id')} OR ({OPEN})) ORDER BY s.seq",
        number,
    )
    return tuple(r[0] for r in rows)


def begun_before(connection: Connection, position: int) -> bool:
    """True when the register was in use at a position of the log."""
    return value_of(connection, "SELECT 1 FROM resolution WHERE seq < ? LIMIT 1", position) is not None
