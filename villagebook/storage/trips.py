"""Reading journeys, with what documents that name them hold, and what was found of finished works."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from villagebook.domain.document import Document
from villagebook.domain.trip import Trip, TripStanding
from villagebook.domain.works import Acceptance
from villagebook.storage.engine import fetch, fetch_one
from villagebook.storage.pay_lists import Naming, all_naming, naming

_NEWEST = (
    "SELECT t.content, (SELECT approved_on FROM trip_approval a WHERE a.code = t.code AND a.content_hash = t.content_hash"
    " ORDER BY a.seq LIMIT 1), COALESCE((SELECT reason FROM trip_end e WHERE e.code = t.code), '') FROM trip t"
    " WHERE t.seq = (SELECT MAX(seq) FROM trip WHERE code = t.code)"
)


def trips(connection: Connection) -> tuple[TripStanding, ...]:
    """Every journey by number, with all that was paid for it."""
    named = all_naming(connection, "trip")
    rows = fetch(connection, f"{_NEWEST} ORDER BY t.code")
    return tuple(_standing(row, named) for row in rows)


def trip(connection: Connection, code: str, but: str = "") -> TripStanding | None:
    """One journey; what the document `but` holds is left out."""
    row = fetch_one(connection, f"{_NEWEST} AND t.code = ?", code)
    return _standing(row, {code: list(naming(connection, "trip", code, but))}) if row else None


def _standing(row: Any, named: dict[str, list[Naming]]) -> TripStanding:
    found = Trip.from_data(json.loads(row[0]))
    documents = named.get(found.code, [])
    return TripStanding(
        found,
        date.fromisoformat(row[1]) if row[1] else None,
        row[2],
        sum(d.total_fen for d in documents if d.voucher_id),
        sum(d.total_fen for d in documents if not d.voucher_id),
        tuple(d.voucher_id for d in documents if d.voucher_id),
    )


def documents_of(connection: Connection, code: str, but: str = "") -> tuple[Document, ...]:
    """Documents that count and name a journey, without `but`."""
    made = []
    for one in naming(connection, "trip", code, but):
        row = fetch_one(
            connection,
            "SELECT content FROM submission WHERE document_id = ? ORDER BY seq DESC LIMIT 1",
            one.document_id,
        )
        if row:
            made.append(Document.from_data(json.loads(row[0])))
    return tuple(made)


def acceptances(connection: Connection) -> tuple[Acceptance, ...]:
    """Every acceptance, the oldest first."""
    rows = fetch(connection, "SELECT body FROM works_acceptance ORDER BY accepted_on, seq")
    return tuple(Acceptance.from_data(json.loads(row[0])) for row in rows)


def acceptance_of(connection: Connection, contract: str) -> Acceptance | None:
    """The newest of a contract."""
    row = fetch_one(
        connection,
        "SELECT body FROM works_acceptance WHERE contract = ? ORDER BY accepted_on DESC, seq DESC LIMIT 1",
        contract,
    )
    return Acceptance.from_data(json.loads(row[0])) if row else None
