"""Opening a book's file: pragmas, versions, transactions. The one connect hook for every connection the program opens."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool, StaticPool

from villagebook.domain.errors import KnownError
from villagebook.i18n import _
from villagebook.storage.schema import APPLICATION_ID, SCHEMA_VERSION

__all__ = ["Connection", "Rows", "engine_for", "fetch", "fetch_one", "identify", "scratch_engine", "value_of"]

Rows = list[tuple[Any, ...]]

PRAGMAS: tuple[tuple[str, str], ...] = (
    # TRUNCATE + EXTRA lost nothing acknowledged in any power-cut model tried; DELETE did, WAL fails when "the file" is copied
    ("journal_mode", "TRUNCATE"),
    ("synchronous", "EXTRA"),
    ("foreign_keys", "ON"),
    ("recursive_triggers", "ON"),
    ("trusted_schema", "OFF"),
    ("cell_size_check", "ON"),
    ("mmap_size", "0"),
    ("busy_timeout", "5000"),
    ("secure_delete", "ON"),
    ("temp_store", "MEMORY"),
    # kB; four times as much made no list, report or import faster, and a large book fills it
    ("cache_size", "-4000"),
)
KEPT_STATEMENTS = 1000
"""Statements whose compiled form a connection keeps; a document asks some two hundred, the driver's own limit is 128."""


def _connect(path: Path, *, read_only: bool) -> Callable[[], sqlite3.Connection]:
    def creator() -> sqlite3.Connection:
        mode = "ro" if read_only else "rw"
        uri = f"{path.absolute().as_uri()}?mode={mode}"
        raw = sqlite3.connect(
            uri,
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=KEPT_STATEMENTS,
        )
        try:
            for name, value in PRAGMAS:
                if read_only and name in ("journal_mode", "secure_delete"):
                    continue
                raw.execute(f"PRAGMA {name}={value}")
            raw.execute("SELECT COUNT(*) FROM sqlite_schema")
        except UnicodeDecodeError as error:  # a spoilt schema: SQLite's complaint quotes the spoilt bytes
            raise sqlite3.DatabaseError("Could not decode the schema") from error
        return raw

    return creator


def engine_for(path: Path, *, read_only: bool) -> Engine:
    """An engine whose transactions begin IMMEDIATE when it may write."""
    engine = create_engine(
        "sqlite://",
        creator=_connect(path, read_only=read_only),
        poolclass=NullPool if read_only else StaticPool,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get("immediate")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def set_synchronous(engine: Engine, level: str) -> None:
    """How long a commit waits for the disk; SQLite takes it outside of transactions only."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute(f"PRAGMA synchronous={level}")
    finally:
        raw.close()


def scratch_engine(statements: Sequence[str]) -> Engine:
    """A database in memory with these tables and no rows, for rebuilding a projection."""
    engine = create_engine("sqlite://", poolclass=StaticPool)

    @event.listens_for(engine, "connect")
    def _plain(raw: Any, _record: Any) -> None:
        raw.isolation_level = None
        raw.deserialize(empty_database(tuple(statements)))

    return engine


@lru_cache(maxsize=4)
def empty_database(statements: tuple[str, ...]) -> bytes:
    """The file that these statements make. Hundreds of them cost more than to copy what they made the last time."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as raw:
        raw.execute("PRAGMA page_size=4096")
        raw.execute("BEGIN")
        for statement in statements:
            raw.execute(statement)
        raw.execute("COMMIT")
        return raw.serialize()


def identify(path: Path) -> None:
    """Refuse what is no book of ours, or a book of a newer program, before anything else touches it.

    Raises:
        KnownError: not there, not a book, newer.
    """
    if not path.is_file():
        raise KnownError(
            _("There is no book at {path}.").format(path=path),
            _("Check the name, or make a new book."),
        )
    with path.open("rb") as file:
        head = file.read(100)
    if len(head) < 100 or head[:15] != b"SQLite format 3":
        raise KnownError(
            _("{path} is not a village book.").format(path=path), _("Choose a file that ends in .vbook.")
        )
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise KnownError(
            _("{path} is a database of another program.").format(path=path),
            _("Choose a file that ends in .vbook."),
        )
    version = int.from_bytes(head[60:64], "big")
    if version > SCHEMA_VERSION:
        raise KnownError(
            _(
                "{path} was made by a newer version of villagebook (book version {found}, this program {ours})."
            ).format(path=path, found=version, ours=SCHEMA_VERSION),
            _("Update the program; the book was not touched."),
        )


def error_code(error: DatabaseError) -> int:
    """SQLite's primary result code; a stored text that is no text any more counts as SQLITE_CORRUPT."""
    if str(error.orig).startswith("Could not decode"):
        return sqlite3.SQLITE_CORRUPT
    code: int = getattr(error.orig, "sqlite_errorcode", 0)
    return code & 0xFF


def _read(connection: Connection, sql: str, values: tuple[Any, ...]) -> sqlite3.Cursor:
    """Ask the driver itself, inside the transaction of the connection: SQLAlchemy's own results cost more than the query.

    Raises DatabaseError as SQLAlchemy would.
    """
    if not connection.in_transaction():
        connection.begin()
    raw: Any = connection.connection.driver_connection
    try:
        return cast("sqlite3.Cursor", raw.execute(sql, values))
    except sqlite3.Error as error:
        raise DatabaseError(sql, values, error) from error


def fetch(connection: Connection, sql: str, *values: Any) -> Rows:
    """All rows of a query with `?` places; none of a PRAGMA that has nothing to say."""
    cursor = _read(connection, sql, values)
    try:
        return cursor.fetchall()
    except sqlite3.Error as error:
        raise DatabaseError(sql, values, error) from error


def walk(connection: Connection, sql: str, *values: Any) -> Iterator[tuple[Any, ...]]:
    """Row after row of a query that may have very many."""
    cursor = _read(connection, sql, values)
    try:
        yield from cursor
    except sqlite3.Error as error:
        raise DatabaseError(sql, values, error) from error
    finally:
        cursor.close()


def fetch_one(connection: Connection, sql: str, *values: Any) -> tuple[Any, ...] | None:
    cursor = _read(connection, sql, values)
    try:
        row: tuple[Any, ...] | None = cursor.fetchone()
    except sqlite3.Error as error:
        raise DatabaseError(sql, values, error) from error
    cursor.close()
    return row


def value_of(connection: Connection, sql: str, *values: Any) -> Any:
    """First column of the first row, None when there is no row."""
    row = fetch_one(connection, sql, *values)
    return None if row is None else row[0]
