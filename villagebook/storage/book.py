"""A book: one village's file, opened and locked. `writing` is the only way to write."""

from __future__ import annotations

import contextlib
import errno
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DatabaseError

from villagebook.domain.errors import KnownError
from villagebook.domain.event import Event, Head
from villagebook.domain.period import Period
from villagebook.domain.place import LineMode
from villagebook.i18n import _, why
from villagebook.storage import upgrade
from villagebook.storage.engine import PRAGMAS, engine_for, error_code, fetch, identify, set_synchronous
from villagebook.storage.lock import WriteLock
from villagebook.storage.log import Appender, head_of

Listener = Callable[[frozenset[str]], None]


@dataclass(frozen=True, slots=True)
class BookInfo:
    """What a book says of itself in its first event."""

    book_id: str
    village: str
    code: str
    mode: LineMode
    start: Period


class Writing:
    """One open write transaction: append events, name the topics that changed."""

    def __init__(self, connection: Connection, actor: str, at: datetime) -> None:
        self.connection = connection
        self.topics: set[str] = set()
        self._appender = Appender(connection, actor, at)

    @property
    def head(self) -> Head:
        return self._appender.head

    def log(self, kind: str, data: dict[str, object], event_id: str, *topics: str) -> Event:
        """Append one event; `topics` tells listeners after commit what to read again."""
        self.topics.update(topics)
        return self._appender.append(kind, data, event_id)

    def settle(self) -> None:
        """Write what was appended so that queries in this transaction see it."""
        self._appender.flush()


class _Earlier(Exception):
    """The book has the tables of an earlier version."""


class Book:
    """Opened with `Book.open`; close it. Reads may run on any thread, writing on one."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self._lock = None if read_only else WriteLock(path)
        self._listeners: list[Listener] = []
        self._failed = False
        self._thread = threading.get_ident()
        try:
            self._engine = engine_for(path, read_only=read_only)
            self._writer = self._engine.execution_options(immediate=True)
            self._info = self._read_info(opening=True)
        except _Earlier:
            self.close()
            raise
        except BaseException:
            self._release()
            raise

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Book:
        """A book of an earlier version is made anew from its log first, when it may be written.

        Raises KnownError: not there, not a book, newer, earlier and for reading only, locked, damaged.
        """
        identify(path)
        if read_only and _is_interrupted(path):
            # only a connection that writes can undo it; left alone while another program writes, or where nobody may
            with contextlib.suppress(KnownError):
                cls(path, read_only=False).close()
        with contextlib.suppress(_Earlier):
            return cls(path, read_only=read_only)
        if read_only:
            raise KnownError(
                _("{path} was made by an earlier version of villagebook.").format(path=path.name),
                _("Open it once for writing; it is brought up to date then."),
            )
        lock = WriteLock(path)
        try:
            upgrade.upgrade(path)
        finally:
            lock.release()
        return cls(path, read_only=False)

    @property
    def info(self) -> BookInfo:
        """Raises AssertionError on a file whose first event was never written (creation died half way)."""
        self._info = self._info or self._read_info()
        if self._info is None:
            raise AssertionError("a book without its first event")
        return self._info

    def _read_info(self, *, opening: bool = False) -> BookInfo | None:
        with self.reading() as connection:
            if opening and not upgrade.is_current(connection):
                raise _Earlier
            rows: dict[str, str] = dict(_pairs(connection))
        if not rows:
            return None
        try:
            return BookInfo(
                rows["book_id"],
                rows["village"],
                rows["code"],
                LineMode(rows["mode"]),
                Period.parse(rows["start"]),
            )
        except (KeyError, ValueError):  # the table was changed past the program
            raise _world(self.path, sqlite3.SQLITE_CORRUPT, None) from None

    def head(self) -> Head:
        with self.reading() as connection:
            return head_of(connection)

    def on_change(self, callback: Listener) -> None:
        """`callback(topics)` runs after each commit, never before."""
        self._listeners.append(callback)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the book for as long as it is open."""
        if threading.get_ident() != self._thread:
            with self.snapshot() as connection:  # one connection serves one thread
                yield connection
            return
        with _known_errors(self.path), self._engine.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self, actor: str, at: datetime) -> Iterator[Writing]:
        """BEGIN IMMEDIATE ... COMMIT around one verb; everything or nothing.

        After an input/output error of the disk no more writing is offered in this session.
        """
        if self.read_only:
            raise KnownError(_("This book is open for reading only."), _("Open it again for writing."))
        if self._failed:
            raise KnownError(
                _("The disk failed while writing; the book is now for reading only."),
                _("Copy the book to another disk and go on there."),
            )
        with (
            _known_errors(self.path, self._disk_failed),
            self._pen() as writer,
            writer.connect() as connection,
        ):
            writing = Writing(connection, actor, at)
            try:
                yield writing
                writing.settle()
            except BaseException:
                connection.rollback()
                raise
            connection.commit()
        for listener in self._listeners if writing.topics else ():
            listener(frozenset(writing.topics))

    @contextlib.contextmanager
    def scribbling(self) -> Iterator[Connection]:
        """For drafts and files by hash, which are no events."""
        with (
            _known_errors(self.path, self._disk_failed),
            self._pen() as writer,
            writer.begin() as connection,
        ):
            yield connection

    @contextlib.contextmanager
    def _pen(self) -> Iterator[Engine]:
        """What writes: one connection serves one thread, so that whoever reads meanwhile cannot end somebody's transaction."""
        if threading.get_ident() == self._thread:
            yield self._writer
            return
        engine = engine_for(self.path, read_only=False)
        try:
            yield engine.execution_options(immediate=True)
        finally:
            engine.dispose()

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """As `reading`, on a connection of its own: for long work on another thread."""
        engine = engine_for(self.path, read_only=True)
        try:
            with _known_errors(self.path), engine.connect() as connection:
                yield connection
        finally:
            engine.dispose()

    @contextlib.contextmanager
    def hurried(self) -> Iterator[None]:
        """Until the block ends nothing waits for the disk: a power cut may spoil the file.

        For a book that is made in one go and can be made again, like the demo; never for one that people keep.
        """
        set_synchronous(self._engine, "OFF")
        try:
            yield
        finally:
            set_synchronous(self._engine, dict(PRAGMAS)["synchronous"])

    def close(self) -> None:
        self._engine.dispose()
        self._release()

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _disk_failed(self) -> None:
        self._failed = True

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()


def _is_interrupted(path: Path) -> bool:
    """True when a power cut or a kill left a half-written transaction to undo."""
    journal = path.with_name(path.name + "-journal")
    return journal.is_file() and journal.stat().st_size > 0


def _pairs(connection: Connection) -> list[tuple[str, str]]:
    return [(key, value) for key, value in fetch(connection, "SELECT key, value FROM book")]


@contextlib.contextmanager
def _known_errors(path: Path, on_disk_error: Callable[[], None] | None = None) -> Iterator[None]:
    """Turn what SQLite says about the world into KnownError; everything else stays our bug."""
    try:
        yield
    except DatabaseError as error:
        code = error_code(error)
        if code not in (
            sqlite3.SQLITE_FULL,
            sqlite3.SQLITE_IOERR,
            sqlite3.SQLITE_CANTOPEN,
            sqlite3.SQLITE_READONLY,
            sqlite3.SQLITE_BUSY,
            sqlite3.SQLITE_CORRUPT,
            sqlite3.SQLITE_NOTADB,
        ):
            raise
        raise _world(path, code, on_disk_error) from error


def _world(path: Path, code: int, on_disk_error: Callable[[], None] | None) -> KnownError:
    """The sentence for an SQLite error code; free space is asked of the system, not read from SQLite's text."""
    try:
        free = shutil.disk_usage(path.parent).free
    except OSError:
        free = 1 << 40
    if code == sqlite3.SQLITE_FULL or free < 1 << 20:
        return KnownError(
            _("The disk is full ({free} kB free); nothing was written.").format(free=free // 1024),
            _("Delete what is not needed, then try again."),
        )
    if code == sqlite3.SQLITE_READONLY:
        return KnownError(
            _("{path} is write-protected; nothing was written.").format(path=path),
            _("Copy the book to a disk that can be written."),
        )
    if code == sqlite3.SQLITE_BUSY:
        return KnownError(
            _("Another program holds {path}.").format(path=path.name), _("Close it there and try again.")
        )
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return KnownError(
            _("{path} is damaged.").format(path=path),
            _("Do not go on working in it: take the newest backup or package and run a check."),
        )
    if code == sqlite3.SQLITE_IOERR and on_disk_error:
        on_disk_error()
    return KnownError(
        _("The disk could not be read or written ({path}, {why}).").format(
            path=path, why=why(OSError(errno.EIO, ""))
        ),
        _("Copy the book to another disk now; it stays open for reading."),
    )
