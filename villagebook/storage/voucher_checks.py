"""Reading which vouchers a second person has to check, and who did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.engine import Connection

from villagebook.domain.voucher import voucher_label
from villagebook.storage.engine import Rows, fetch, value_of

UNCHECKED = (
    "v.seq IN (SELECT t.seq FROM voucher_to_check t WHERE NOT EXISTS"
    " (SELECT 1 FROM voucher_check c WHERE c.voucher_id = t.voucher_id))"
)
WAITS = (
    "(EXISTS (SELECT 1 FROM voucher_to_check t WHERE t.seq = v.seq)"
    " AND NOT EXISTS (SELECT 1 FROM voucher_check c WHERE c.voucher_id = v.id))"
)
"""The same condition on a voucher `v`: to find all in the book, and to ask a few rows."""


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A voucher that waits for its check."""

    voucher_id: str
    label: str
    booked_on: date


def unchecked(connection: Connection, first: date, last: date) -> tuple[Unchecked, ...]:
    """Those booked on days of a span, in booking order."""
    rows = fetch(
        connection,
        f"SELECT id, word, number, booked_on FROM voucher v WHERE booked_on BETWEEN ? AND ? AND {WAITS}"
        " ORDER BY booked_on, seq",
        first.isoformat(),
        last.isoformat(),
    )
    return tuple(Unchecked(r[0], voucher_label(r[1], r[2]), date.fromisoformat(r[3])) for r in rows)


def waits(connection: Connection, voucher_id: str) -> bool:
    """Whether this voucher is still to be checked."""
    sql = f"SELECT 1 FROM voucher v WHERE v.id = ? AND {WAITS}"
    return value_of(connection, sql, voucher_id) is not None


def checks(connection: Connection) -> Rows:
    """(voucher id, person id, stamp of the log, whether it was asked for) of every check there is."""
    return fetch(
        connection,
        "SELECT c.voucher_id, c.person_id, l.at, t.seq IS NOT NULL FROM voucher_check c JOIN log l ON l.seq = c.seq"
        " LEFT JOIN voucher_to_check t ON t.voucher_id = c.voucher_id ORDER BY c.seq",
    )


def checker(connection: Connection, voucher_id: str) -> str:
    """Person id of who checked it, "" while nobody has."""
    sql = "SELECT person_id FROM voucher_check WHERE voucher_id = ?"
    return value_of(connection, sql, voucher_id) or ""
