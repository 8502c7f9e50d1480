"""Reading who kept which seal, from when."""

from __future__ import annotations

from datetime import date

from sqlalchemy.engine import Connection

from villagebook.domain.seals import Holding, SealKind
from villagebook.storage.engine import fetch


def holdings(connection: Connection) -> tuple[Holding, ...]:
    """Every handover, oldest first."""
    rows = fetch(connection, "SELECT item, kind, name, person_id, from_on, reason FROM seal ORDER BY seq")
    return tuple(Holding(r[0], SealKind(r[1]), r[2], r[3], date.fromisoformat(r[4]), r[5]) for r in rows)
