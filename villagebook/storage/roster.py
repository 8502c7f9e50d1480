"""Reading households and outside parties."""

from __future__ import annotations

import json

from sqlalchemy.engine import Connection

from villagebook.domain.roster import Household, Outsider
from villagebook.storage.engine import fetch


def households(connection: Connection) -> dict[str, Household]:
    """The newest state of each by code, those that left too."""
    rows = fetch(connection, "SELECT code, body, MAX(seq) FROM household GROUP BY code ORDER BY code")
    return {r[0]: Household.from_data(json.loads(r[1])) for r in rows}


def outsiders(connection: Connection) -> dict[str, Outsider]:
    """The newest state of each by code, those out of use too."""
    rows = fetch(connection, "SELECT code, body, MAX(seq) FROM outsider GROUP BY code ORDER BY code")
    return {r[0]: Outsider.from_data(json.loads(r[1])) for r in rows}
