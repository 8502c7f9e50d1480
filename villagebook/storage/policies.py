"""Reading a township's files as they were taken in, and the keys of the township a book trusts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from villagebook.domain import moment
from villagebook.domain.policy_seal import PolicySeal, TrustedKey
from villagebook.storage.engine import fetch


@dataclass(frozen=True, slots=True)
class PolicyRecord:
    """One version as it was taken in on a day.

    `body` holds the day it is in force from; `said_on` the day the township wrote, which may be an earlier one.
    """

    seq: int
    body: dict[str, Any]
    in_force_on: date
    taken_on: date
    seal: PolicySeal | None
    said_on: date

    @property
    def as_signed(self) -> dict[str, Any]:
        """The parameters as the township signed them."""
        return {**self.body, "in_force_on": self.said_on.isoformat()}


def policy_records(connection: Connection) -> tuple[PolicyRecord, ...]:
    """Every version the book ever had, in the order they were taken in."""
    rows = fetch(
        connection,
        "SELECT p.seq, p.body, p.in_force_on, g.at, s.suite, s.public, s.township, s.signed_on, s.until_on,"
        " s.signature, COALESCE(s.said_on, p.in_force_on) FROM policy p JOIN log g ON g.seq = p.seq"
        " LEFT JOIN policy_seal s ON s.seq = p.seq ORDER BY p.seq",
    )
    return tuple(
        PolicyRecord(
            r[0],
            json.loads(r[1]),
            date.fromisoformat(r[2]),
            moment.day_of(r[3]),
            None
            if r[4] is None
            else PolicySeal(
                r[4], r[5], r[6], date.fromisoformat(r[7]), date.fromisoformat(r[8]) if r[8] else None, r[9]
            ),
            date.fromisoformat(r[10]),
        )
        for r in rows
    )


def trusted_keys(connection: Connection) -> tuple[TrustedKey, ...]:
    """Keys of the township as they stand, each once, in the order they were first trusted."""
    rows = fetch(connection, "SELECT public, suite, name, from_on, until_on FROM trusted_key ORDER BY seq")
    found: dict[str, TrustedKey] = {}
    for public, suite, name, from_on, until_on in rows:
        until = date.fromisoformat(until_on) if until_on else None
        found[public] = TrustedKey(public, suite, name, date.fromisoformat(from_on), until)
    return tuple(found.values())


def first_trusted(connection: Connection) -> dict[str, int]:
    """Public half -> position in the log from which the book has trusted it."""
    rows = fetch(connection, "SELECT public, MIN(seq) FROM trusted_key GROUP BY public")
    return {r[0]: r[1] for r in rows}
