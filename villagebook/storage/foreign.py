"""Reading what came from other programs: mappings, files taken in, the year before the book, the conversion."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Connection

from villagebook.domain.foreign import FileKind, FileMapping
from villagebook.storage.engine import fetch, fetch_one


@dataclass(frozen=True, slots=True)
class BroughtFile:
    """A file that was taken in: by hash, of what kind, how many vouchers or balances, the sum of its debits."""

    sha256: str
    name: str
    kind: FileKind
    entries: int
    total_fen: int
    taken_on: str


def mappings(connection: Connection) -> tuple[FileMapping, ...]:
    """The newest mapping of every kind of file, the newest first."""
    found: dict[tuple[str, str], FileMapping] = {}
    for (body,) in fetch(connection, "SELECT body FROM import_mapping ORDER BY seq DESC"):
        mapping = FileMapping.from_data(json.loads(body))
        found.setdefault((mapping.kind.value, mapping.fingerprint), mapping)
    return tuple(found.values())


def mapping_for(connection: Connection, kind: FileKind, fingerprint: str) -> FileMapping | None:
    """How a file with this header was read before, None for the first of its kind."""
    hits = (m for m in mappings(connection) if m.kind is kind and m.fingerprint == fingerprint)
    return next(hits, None)


def files(connection: Connection) -> tuple[BroughtFile, ...]:
    """Everything taken in, in order."""
    rows = fetch(
        connection,
        "SELECT f.sha256, f.name, f.kind, f.entries, f.total_fen, date(log.at, '+8 hours') FROM import_file f"
        " JOIN log USING (seq) ORDER BY f.seq",
    )
    return tuple(BroughtFile(r[0], r[1], FileKind(r[2]), r[3], r[4], r[5]) for r in rows)


def prior_turnover(connection: Connection, year: int) -> dict[str, tuple[int, int]]:
    """Account -> (debit, credit) of a year before the book, in fen; empty when nothing was told."""
    rows = fetch(
        connection,
        "SELECT account, debit_fen, credit_fen FROM prior_turnover WHERE year = ? ORDER BY account",
        year,
    )
    return {r[0]: (r[1], r[2]) for r in rows}


def conversion(connection: Connection) -> dict[str, Any] | None:
    """The worksheet by which the book began, as it was confirmed; None for a book that began otherwise."""
    row = fetch_one(connection, "SELECT body FROM conversion ORDER BY seq DESC LIMIT 1")
    return json.loads(row[0]) if row else None
