"""What somebody does who has the file and SQLite, and not our program."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Connection

from villagebook.domain.canonical import canonical, read_canonical
from villagebook.domain.event import GENESIS, entry_hash


@contextmanager
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    """A bare connection: none of our pragmas, so foreign keys and recursive triggers are off."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")  # an attacker does not wait for the disk, nor do the tests
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def disarmed(path: Path) -> Iterator[sqlite3.Connection]:
    """As `raw`, with every trigger dropped first."""
    with raw(path) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("PRAGMA writable_schema=ON")  # hundreds at once, not one by one
        connection.execute("DELETE FROM sqlite_master WHERE type = 'trigger'")
        connection.execute("PRAGMA writable_schema=RESET")
        yield connection


def bare(connection: Connection) -> sqlite3.Connection:
    """The driver's own connection under one of ours."""
    found = connection.connection.driver_connection
    assert isinstance(found, sqlite3.Connection)
    return found


def columns(connection: sqlite3.Connection, table: str) -> list[tuple[str, str]]:
    """(name, type) of every column."""
    return [(r[1], r[2]) for r in connection.execute(f"PRAGMA table_info({table})")]


def put_row(connection: sqlite3.Connection, table: str) -> None:
    """A made-up row, past every check: no book of these tests has one there yet."""
    connection.execute("PRAGMA ignore_check_constraints=ON")
    connection.execute("PRAGMA foreign_keys=OFF")
    kinds = {"INTEGER": "700", "TEXT": "'?'", "BLOB": "x'00'"}
    values = ", ".join(kinds[kind] for _name, kind in columns(connection, table))
    connection.execute(f"INSERT INTO {table} VALUES ({values})")


def is_empty(connection: sqlite3.Connection, table: str) -> bool:
    return connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is None


def entries(connection: sqlite3.Connection) -> list[tuple[Any, ...]]:
    """(seq, id, kind, at, entry, hash) of the whole log."""
    return connection.execute("SELECT * FROM log ORDER BY seq").fetchall()


def chained_again(bodies: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Log rows of these bodies with numbers, links and hashes made right again: a forger with our source code."""
    made, prev = [], GENESIS
    for seq, body in enumerate(bodies, 1):
        entry = canonical({**body, "seq": seq, "prev": prev})
        prev = entry_hash(entry)
        made.append((seq, body["id"], body["kind"], body["at"], entry, prev))
    return made


def bodies(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    return [read_canonical(row[4]) for row in entries(connection)]


def write_log(connection: sqlite3.Connection, rows: list[tuple[Any, ...]]) -> None:
    connection.execute("DELETE FROM log")
    connection.executemany("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?)", rows)
