"""Reading who kept which seal, from when."""

from __future__ import annotations

from datetime import date

from sqlalchemy.engine import Connection

from villagebook.domain.seals import Holding, SealKind
from villagebook.storage.engine import fetch


def holdings(connection: Connection, position: int | None = None) -> tuple[Holding, ...]:
    """Every handover, oldest first; those the log knew at a position when one is given."""
    rows = fetch(
        connection,
        "SELECT item, kind, name, person_id, from_on, reason FROM seal WHERE ?1 IS NULL OR seq <= ?1 ORDER BY seq",
        position,
    )
    return tuple(Holding(r[0], SealKind(r[1]), r[2], r[3], date.fromisoformat(r[4]), r[5]) for r in rows)


def names(connection: Connection) -> dict[str, str]:
    """What every seal that ever stood in the register is called, by its entry."""
    return {h.item: h.name for h in holdings(connection)}
