"""Reading what was done to collect claims."""

from __future__ import annotations

from datetime import date

from sqlalchemy.engine import Connection

from villagebook.domain.pursuit import Pursuit, Way
from villagebook.storage.engine import fetch


def pursuits(connection: Connection, until: date = date.max) -> tuple[Pursuit, ...]:
    """Every step up to a day, the oldest first."""
    rows = fetch(
        connection,
        "SELECT party, pursued_on, way, person_id, result, home FROM pursuit WHERE pursued_on <= ? ORDER BY pursued_on, seq",
        until.isoformat(),
    )
    return tuple(Pursuit(r[0], date.fromisoformat(r[1]), Way(r[2]), *r[3:]) for r in rows)
