"""A book in memory made from log entries alone: how a township reads a package."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from sqlalchemy.engine import Connection

from villagebook.domain.event import entry_hash, read_entry
from villagebook.domain.period import Period
from villagebook.domain.place import LineMode
from villagebook.storage.book import BookInfo
from villagebook.storage.engine import fetch, scratch_engine
from villagebook.storage.log import replay
from villagebook.storage.schema import create_statements


@contextlib.contextmanager
def scratch_from(source: tuple[bytes, ...], files: dict[str, bytes]) -> Iterator[tuple[Connection, BookInfo]]:
    """A connection to the rebuilt tables, gone afterwards. Raises KeyError, ValueError for a log that is no book."""
    engine = scratch_engine(create_statements())
    try:
        with engine.connect() as connection:
            replay(source, connection)
            log = []
            for entry in source:
                event = read_entry(entry)
                log.append((event.seq, event.id, event.kind, event.at, entry, entry_hash(entry)))
            connection.exec_driver_sql("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?)", log)
            if files:
                rows = [(sha256, "", "", data) for sha256, data in files.items()]
                connection.exec_driver_sql("INSERT INTO object VALUES (?, ?, ?, ?)", rows)
            told: dict[str, str] = dict(fetch(connection, "SELECT key, value FROM book"))
            yield (
                connection,
                BookInfo(
                    told["book_id"],
                    told["village"],
                    told["code"],
                    LineMode(told["mode"]),
                    Period.parse(told["start"]),
                ),
            )
    finally:
        engine.dispose()
