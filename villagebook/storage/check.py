"""Integrity of a book: SQLite's own checks, the chain, and every official table rebuilt from the log and compared."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from itertools import zip_longest

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError

from villagebook.domain.event import GENESIS, entry_hash, read_entry
from villagebook.domain.finding import Finding, Severity
from villagebook.i18n import _
from villagebook.storage.engine import error_code, fetch, scratch_engine, value_of, walk
from villagebook.storage.log import entries, replay
from villagebook.storage.named_files import missing_evidence, missing_papers
from villagebook.storage.projection import knows
from villagebook.storage.schema import OFFICIAL, primary_key, projection_statements

Progress = Callable[[int, int], None]


def check_store(connection: Connection, progress: Progress | None = None) -> tuple[Finding, ...]:
    """All findings about the file itself; empty when it is sound. Ids CHK-*."""
    found: list[Finding] = []
    try:
        for finding in _look(connection, progress):
            found.append(finding)  # noqa: PERF402  # what was found before the file became unreadable is kept
    except UnicodeDecodeError:  # SQLite's own complaint, with the spoilt name in it
        found.append(_damaged("schema"))
    except DatabaseError as error:
        # SQLITE_ERROR to our own fixed statements: a spoilt schema has lost the name of a table or column
        if error_code(error) not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR):
            raise
        found.append(_damaged(str(error.orig)))
    return tuple(found)


def _look(connection: Connection, progress: Progress | None) -> Iterator[Finding]:
    for row in fetch(connection, "PRAGMA integrity_check(10)"):
        if row[0] != "ok":
            yield _damaged(row[0])
    for row in fetch(connection, "PRAGMA foreign_key_check"):
        text = _("A row of {table} points to nothing.").format(table=row[0])
        yield _finding("CHK-02", str(row[0]), text)
    chain = list(_chain_faults(connection))
    yield from chain
    if not chain:
        yield from _rebuild_and_compare(connection, progress)
    yield from _missing_objects(connection)


def _damaged(what: str) -> Finding:
    text = _("The file is damaged ({what}). Do not go on working in it; take the newest backup.")
    return _finding("CHK-01", "integrity_check", text.format(what=what[:80]))


def _finding(error_id: str, where: str, text: str) -> Finding:
    return Finding(error_id, Severity.ERROR, where, text)


def _chain_faults(connection: Connection) -> Iterator[Finding]:
    """E1, E2, E3 and E5; stops at the first break, because everything after it hangs in the air."""
    expected, previous, last_at = 1, GENESIS, ""
    rows = connection.exec_driver_sql("SELECT seq, id, kind, at, entry, hash FROM log ORDER BY seq")
    for seq, event_id, kind, at, entry, digest in rows:
        where = _("log entry {seq}").format(seq=seq)
        if seq != expected:
            yield _finding(
                "CHK-03", where, _("Log entries {a} to {b} are missing.").format(a=expected, b=seq - 1)
            )
            return
        try:
            if not isinstance(entry, bytes):
                raise TypeError(type(entry).__name__)
            event = read_entry(entry)
        except (ValueError, TypeError) as error:
            yield _finding("CHK-04", where, _("The entry cannot be read: {why}.").format(why=error))
            return
        if (
            entry_hash(entry) != digest
            or event.prev != previous
            or (event.seq, event.id, event.kind, event.at) != (seq, event_id, kind, at)
            or event.at < last_at
        ):
            yield _finding(
                "CHK-05",
                where,
                _("The chain is broken here: this entry or one before it was changed after it was written."),
            )
            return
        if not knows(kind):
            yield _finding(
                "CHK-06", where, _("This program does not know the kind {kind}.").format(kind=kind)
            )
            return
        expected, previous, last_at = seq + 1, digest, event.at


def _rebuild_and_compare(connection: Connection, progress: Progress | None) -> Iterator[Finding]:
    total = value_of(connection, "SELECT COUNT(*) FROM log") or 0
    engine = scratch_engine(projection_statements())
    with engine.connect() as scratch:

        def source() -> Iterator[bytes]:
            for seq, _kind, entry, _digest in entries(connection):
                if progress and seq % 500 == 0:
                    progress(seq, total)
                yield entry

        try:
            replay(source(), scratch)
        except ValueError as error:
            yield _finding("CHK-04", "log", _("The entry cannot be read: {why}.").format(why=error))
        else:
            for table in OFFICIAL:
                yield from compare(connection, scratch, table)
    engine.dispose()


def compare(ours: Connection, rebuilt: Connection, table: str) -> Iterator[Finding]:
    """Where a table differs from what its log makes of it; at most five findings a table, so that one bad import does not bury the rest."""
    # by the key as our own schema has it: that of the file may be spoilt
    sql = f"SELECT * FROM {table} ORDER BY {', '.join(primary_key(table))}"
    faults = 0
    for a, b in zip_longest(walk(ours, sql), walk(rebuilt, sql)):
        if a == b:
            continue
        faults += 1
        shown = (a or b)[0]
        text = _("Table {table} does not say what the log says at {key}: it was changed past the program.")
        yield _finding("CHK-07", f"{table} {shown}".strip(), text.format(table=table, key=shown))
        if a is None or b is None or faults == 5:
            return


def _missing_objects(connection: Connection) -> Iterator[Finding]:
    """Files that signatures or documents name and the book does not hold, or holds with other bytes."""
    for sha256, data in connection.exec_driver_sql("SELECT sha256, bytes FROM object"):
        if hashlib.sha256(bytes(data)).hexdigest() != sha256:
            yield _finding("CHK-08", sha256[:12], _("A stored file was changed after it was taken in."))
    for sha256 in missing_evidence(connection):
        yield _finding("CHK-09", sha256[:12], _("The photo behind a signature is missing from the book."))
    for sha256 in missing_papers(connection):
        yield _finding("CHK-09", sha256[:12], _("This file is not in the book."))
