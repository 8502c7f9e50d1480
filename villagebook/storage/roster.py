"""Reading households and outside parties."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache

from sqlalchemy.engine import Connection

from villagebook.domain.roster import Household, Outsider
from villagebook.storage.engine import fetch


def households(connection: Connection) -> dict[str, Household]:
    """The newest state of each by code, those that left too."""
    rows = fetch(connection, "SELECT code, body, MAX(seq) FROM household GROUP BY code ORDER BY code")
    return {r[0]: _household(r[1]) for r in rows}


@lru_cache(maxsize=8192)
def _household(body: str) -> Household:
    """What a text says: most pages ask for all households, and a text never changes."""
    return Household.from_data(json.loads(body))


def heads(connection: Connection) -> frozenset[str]:
    """Every name a head of a household ever had, as it was written."""
    return frozenset(r[0] for r in fetch(connection, "SELECT DISTINCT body ->> '$.head' FROM household"))


def households_with(connection: Connection, names: Iterable[str]) -> tuple[Household, ...]:
    """Households in whose newest state one of these names stands, as head or member."""
    found: dict[str, Household] = {}
    for name in dict.fromkeys(n for n in names if n):
        rows = fetch(
            connection,
            "SELECT code, body FROM household h WHERE instr(body, ?) > 0"
            " AND seq = (SELECT MAX(seq) FROM household WHERE code = h.code) ORDER BY code",
            json.dumps(name, ensure_ascii=False),
        )
        found.update((code, _household(body)) for code, body in rows)
    return tuple(found.values())


def outsiders(connection: Connection) -> dict[str, Outsider]:
    """The newest state of each by code, those out of use too."""
    rows = fetch(connection, "SELECT code, body, MAX(seq) FROM outsider GROUP BY code ORDER BY code")
    return {r[0]: Outsider.from_data(json.loads(r[1])) for r in rows}
