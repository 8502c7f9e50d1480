"""Reading requests for notices, audits, and the yearly papers that lay open."""

from __future__ import annotations

import json
from datetime import date

from sqlalchemy.engine import Connection

from villagebook.domain.audit import Audit, Mended
from villagebook.domain.laid_open import CopyTaken, LaidOpen
from villagebook.domain.request import Request
from villagebook.storage.engine import fetch


def requests(connection: Connection) -> tuple[Request, ...]:
    """The register, oldest first."""
    rows = fetch(connection, "SELECT body FROM notice_request ORDER BY seq")
    return tuple(Request.from_data(json.loads(r[0])) for r in rows)


def request(connection: Connection, ident: str) -> Request | None:
    return next((r for r in requests(connection) if r.id == ident), None)


def audits(connection: Connection) -> tuple[Audit, ...]:
    """Every audit with what was done about it, in the order of their reports."""
    mended: dict[str, list[Mended]] = {}
    for row in fetch(
        connection,
        "SELECT audit_id, no, day, text, who, recovered_fen, done, proof FROM audit_mend ORDER BY seq",
    ):
        made = Mended(
            row[0], row[1], date.fromisoformat(row[2]), row[3], row[4], row[5], bool(row[6]), row[7]
        )
        mended.setdefault(made.audit_id, []).append(made)
    rows = fetch(connection, "SELECT id, body FROM audit ORDER BY reported_on, seq")
    return tuple(Audit.from_data(json.loads(r[1]), tuple(mended.get(r[0], ()))) for r in rows)


def audit(connection: Connection, ident: str) -> Audit | None:
    return next((a for a in audits(connection) if a.id == ident), None)


def laid_open(connection: Connection) -> tuple[LaidOpen, ...]:
    """Every pack that ever lay open, oldest first, with the copies that were taken."""
    copies: dict[str, list[CopyTaken]] = {}
    for row in fetch(connection, "SELECT laid_id, name, day, what, pages FROM copy_taken ORDER BY seq"):
        copies.setdefault(row[0], []).append(
            CopyTaken(row[0], row[1], date.fromisoformat(row[2]), row[3], row[4])
        )
    rows = fetch(
        connection,
        "SELECT o.id, year, place, from_on, keeper, pack_sha256, pages, e.until_on FROM laid_open o"
        " LEFT JOIN laid_open_end e ON e.laid_id = o.id ORDER BY o.seq",
    )
    return tuple(
        LaidOpen(
            r[0],
            r[1],
            r[2],
            date.fromisoformat(r[3]),
            r[4],
            r[5],
            r[6],
            date.fromisoformat(r[7]) if r[7] else None,
            tuple(copies.get(r[0], ())),
        )
        for r in rows
    )
