"""Appending to the log and walking it. Keeps E1-E5 of domain/event.py."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from villagebook.domain.event import GENESIS, Event, Head, entry_hash, read_entry, stamp
from villagebook.storage.engine import fetch_one, value_of
from villagebook.storage.projection import apply
from villagebook.storage.sink import Sink

_INSERT = "INSERT INTO log VALUES (?, ?, ?, ?, ?, ?)"
FLUSH_EVERY = 4000


def head_of(connection: Connection) -> Head:
    """Position and hash of the last entry."""
    row = fetch_one(connection, "SELECT seq, hash FROM log ORDER BY seq DESC LIMIT 1")
    return Head(*row) if row else Head(0, GENESIS)


def last_day(connection: Connection) -> date:
    """The day of the newest entry by universal time: in China never later than the day there."""
    at = value_of(connection, "SELECT at FROM log ORDER BY seq DESC LIMIT 1")
    return date.fromisoformat(str(at)[:10]) if at else date.min


def holds(connection: Connection, event_id: str) -> bool:
    """True when an act with this id is in the log: asked after any error before offering to try again."""
    return value_of(connection, "SELECT 1 FROM log WHERE id = ?", event_id) is not None


class Appender:
    """Appends events inside one open write transaction, chaining and applying each."""

    def __init__(self, connection: Connection, actor: str, at: datetime) -> None:
        self._connection = connection
        self._actor = actor
        last = fetch_one(connection, "SELECT seq, hash, at FROM log ORDER BY seq DESC LIMIT 1")
        self._head = Head(*last[:2]) if last else Head(0, GENESIS)
        last_at = last[2] if last else ""
        self._at = max(stamp(at), last_at)  # E3: a clock set back never turns the order round
        self._sink = Sink()
        self._entries: list[tuple[Any, ...]] = []

    @property
    def head(self) -> Head:
        return self._head

    def append(self, kind: str, data: dict[str, Any], event_id: str) -> Event:
        """Chain and apply one event; written at `flush`. Raises KeyError for an unknown kind."""
        event = Event(self._head.seq + 1, kind, self._at, self._actor, event_id, self._head.hash, data)
        entry = event.entry()
        self._head = Head(event.seq, entry_hash(entry))
        self._entries.append((event.seq, event_id, kind, self._at, entry, self._head.hash))
        apply(self._sink, event)
        if len(self._entries) >= FLUSH_EVERY:
            self.flush()
        return event

    def flush(self) -> None:
        """Write what was appended, then read it back and compare (the self-check before every commit)."""
        if not self._entries:
            return
        self._connection.exec_driver_sql(_INSERT, self._entries)
        self._sink.flush(self._connection)
        for seq, _id, kind, _at, entry, _hash in dict.fromkeys((self._entries[0], self._entries[-1])):
            _compare(self._connection, seq, kind, entry)
        self._entries = []


def _compare(connection: Connection, seq: int, kind: str, entry: bytes) -> None:
    row = fetch_one(connection, "SELECT entry, hash FROM log WHERE seq = ?", seq)
    if row is None or bytes(row[0]) != entry or entry_hash(bytes(row[0])) != row[1]:
        raise AssertionError(f"log entry {seq} reads back differently")
    if kind == "voucher.posted":
        lines = connection.exec_driver_sql(
            "SELECT account, debit_fen, credit_fen, summary, place, party, project FROM line"
            " WHERE voucher_seq = ? ORDER BY no",
            (seq,),
        )
        told = read_entry(entry).data["lines"]
        if [list(r) for r in lines] != [line[:7] for line in told] or _links(connection, seq) != {
            (no, kind, code) for no, line in enumerate(told, 1) for kind, code in (line[7:] or [()])[0]
        }:
            raise AssertionError(f"voucher {seq} reads back differently")


def _links(connection: Connection, seq: int) -> set[tuple[int, str, str]]:
    """(line, kind, code) of what the lines of a voucher point at."""
    rows = connection.exec_driver_sql(
        "SELECT line_no, kind, code FROM line_link WHERE voucher_seq = ?", (seq,)
    )
    return {(r[0], r[1], r[2]) for r in rows}


def entries(connection: Connection, after: int = 0) -> Iterator[tuple[int, str, bytes, str]]:
    """(seq, kind, entry bytes, hash) in order."""
    for seq, kind, entry, digest in connection.exec_driver_sql(
        "SELECT seq, kind, entry, hash FROM log WHERE seq > ? ORDER BY seq", (after,)
    ):
        yield seq, kind, bytes(entry), digest


def replay(source: Iterable[bytes], target: Connection) -> int:
    """Apply entry bytes in order to an empty projection; returns how many.

    Raises ValueError for a log that no program of ours wrote: bodies without a needed field, rows that contradict each other.
    """
    sink, count = Sink(), 0
    for entry in source:
        with _told_apart():
            apply(sink, read_entry(entry))
            count += 1
            if count % FLUSH_EVERY == 0:
                sink.flush(target)
    with _told_apart():
        sink.flush(target)
    return count


@contextlib.contextmanager
def _told_apart() -> Iterator[None]:
    """Whatever a forged body makes fail is one kind of error, and not a crash of the program that checks it."""
    try:
        yield
    except (KeyError, TypeError, IndexError, AttributeError, OverflowError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error
    except DBAPIError as error:
        raise ValueError(str(error.orig)) from error
