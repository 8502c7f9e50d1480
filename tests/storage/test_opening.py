"""The file and its connections: pragmas, versions, the lock."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.builders import Village, at, make_book, receive
from tests.storage.attack import raw
from villagebook.domain.errors import KnownError
from villagebook.services.book_file.books import open_book
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection, value_of
from villagebook.storage.making import create_file
from villagebook.storage.schema import APPLICATION_ID, SCHEMA_VERSION

PRAGMAS = {
    "synchronous": 3,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "busy_timeout": 5000,
    "temp_store": 2,
}


def pragmas(connection: Connection, names: Iterable[str]) -> dict[str, object]:
    return {name: value_of(connection, f"PRAGMA {name}") for name in names}


def test_every_connection_has_every_pragma(village: Village):
    writing = {**PRAGMAS, "journal_mode": "truncate", "secure_delete": 1}
    with village.book.reading() as connection:
        assert pragmas(connection, writing) == writing
    with village.book.writing("孙丽", at(village.book.info.start.first_day).at) as open_writing:
        assert pragmas(open_writing.connection, writing) == writing
    with village.book.scribbling() as connection:
        assert pragmas(connection, writing) == writing
    with village.book.snapshot() as connection:
        assert pragmas(connection, PRAGMAS) == PRAGMAS
    with open_book(village.book.path, read_only=True) as reader, reader.reading() as connection:
        assert pragmas(connection, PRAGMAS) == PRAGMAS


def test_the_pragmas_of_the_test_are_those_of_the_program():
    from villagebook.storage import engine

    ours = {name for name, _value in engine.PRAGMAS}
    assert set(PRAGMAS) | {"journal_mode", "secure_delete"} <= ours


def test_a_book_says_in_its_header_what_it_is(tmp_path: Path):
    make_book(tmp_path).close()
    with raw(tmp_path / "village.vbook") as connection:
        assert connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        assert connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION


def test_every_table_is_strict(tmp_path: Path):
    make_book(tmp_path).close()
    with raw(tmp_path / "village.vbook") as connection:
        loose = connection.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0"
        ).fetchall()
    assert [name for (name,) in loose if not name.startswith("sqlite_")] == []


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"PK\x03\x04" + bytes(200), bytes(4096), b"SQLite format 3\x00"]
)
def test_what_is_no_book_is_refused_and_left_alone(tmp_path: Path, content: bytes):
    path = tmp_path / "other.vbook"
    path.write_bytes(content)
    with pytest.raises(KnownError):
        open_book(path)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path):
    path = tmp_path / "other.db"
    with raw(path) as connection:
        connection.execute("CREATE TABLE t (x)")
    before = path.read_bytes()
    with pytest.raises(KnownError):
        open_book(path)
    assert path.read_bytes() == before


def test_a_newer_book_is_refused_and_left_alone(tmp_path: Path):
    make_book(tmp_path).close()
    path = tmp_path / "village.vbook"
    with raw(path) as connection:
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    before = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(KnownError, match=str(SCHEMA_VERSION + 1)):
            open_book(path, read_only=read_only)
    assert path.read_bytes() == before


def test_a_book_that_is_not_there_is_said_and_not_made(tmp_path: Path):
    with pytest.raises(KnownError):
        open_book(tmp_path / "none.vbook")
    assert list(tmp_path.iterdir()) == []


def test_a_book_is_not_made_over_another(tmp_path: Path):
    make_book(tmp_path).close()
    before = (tmp_path / "village.vbook").read_bytes()
    with pytest.raises(KnownError):
        make_book(tmp_path)
    assert (tmp_path / "village.vbook").read_bytes() == before


def test_a_second_writer_is_refused_and_a_reader_is_welcome(village: Village):
    with pytest.raises(KnownError):
        open_book(village.book.path)
    with open_book(village.book.path, read_only=True) as reader:
        assert reader.head() == village.book.head()
        with pytest.raises(KnownError), reader.writing("x", at(village.book.info.start.first_day).at):
            pass
    receive(village, 100)


def test_the_lock_goes_with_the_writer(village: Village):
    village.book.close()
    with open_book(village.book.path) as again:
        assert again.info.village


def test_a_refused_opening_leaves_no_lock_behind(tmp_path: Path):
    make_book(tmp_path).close()
    path = tmp_path / "village.vbook"
    sound = path.read_bytes()
    path.write_bytes(sound[:4096] + bytes(len(sound) - 4096))
    with pytest.raises(KnownError):
        open_book(path)
    path.write_bytes(sound)
    open_book(path).close()


@contextmanager
def as_nobody() -> Iterator[Path]:
    """A folder that this process may read and not write. Root is stopped by no mode bits, so it steps down first."""
    folder = Path(tempfile.mkdtemp())
    yielded = False
    try:
        make_book(folder).close()
        folder.chmod(0o555)
        (folder / "village.vbook").chmod(0o444)
        (folder / "village.vbook.lock").unlink()
        if os.geteuid() == 0:
            os.seteuid(65534)
        yielded = True
        yield folder
    finally:
        if yielded and os.getuid() == 0:
            os.seteuid(0)
        folder.chmod(0o755)
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()


@pytest.mark.skipif(os.name != "posix", reason="mode bits")
def test_a_folder_that_cannot_be_written_gives_reading_only():
    with as_nobody() as folder:
        with pytest.raises(KnownError):
            open_book(folder / "village.vbook")
        with open_book(folder / "village.vbook", read_only=True) as reader:
            assert reader.info.village
        with pytest.raises(KnownError):
            create_file(folder / "new.vbook")
        assert [p.name for p in folder.glob("*.vbook*") if p.stem == "new"] == []
        assert not (folder / "new.vbook.part").exists()


def test_a_book_is_made_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The disk fails at the very last step."""

    def fail(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(KnownError):
        create_file(tmp_path / "new.vbook")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_page_is_said_and_not_a_crash(village: Village):
    path = village.book.path
    village.book.close()
    data = bytearray(path.read_bytes())
    for page in range(4096, len(data), 4096):
        data[page : page + 64] = b"\xff" * 64
    path.write_bytes(data)
    with pytest.raises(KnownError):
        Book.open(path).close()


def test_a_fraction_of_a_fen_is_refused_by_sqlite_itself(tmp_path: Path):
    make_book(tmp_path).close()
    with raw(tmp_path / "village.vbook") as connection:
        good = "INSERT INTO opening VALUES (99, '101', 'RC', '', {}, 0, 1)"
        for bad in ("1.5", "'x'", "NULL", "x'00'"):
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(good.format(bad))
        connection.execute(good.format("150"))
