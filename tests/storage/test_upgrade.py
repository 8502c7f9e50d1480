"""A book of an earlier version is made anew from its log; the old file stays."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.builders import make_book
from villagebook.domain.errors import KnownError
from villagebook.services.period_end.checking import check_book
from villagebook.storage.book import Book
from villagebook.storage.upgrade import BEFORE


def _make_older(path: Path) -> None:
    """Take away a table and a trigger, as a book has them that an earlier program made."""
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA foreign_keys=OFF")
    raw.execute("DROP TRIGGER tr_log_no_update")
    raw.execute("DROP TABLE cash_count")
    raw.execute("INSERT INTO draft VALUES ('d1', 'payment', '{}', '2025-01-01')")
    raw.commit()
    raw.close()


@pytest.fixture
def older(tmp_path: Path) -> Path:
    book = make_book(tmp_path)
    path = book.path
    book.close()
    _make_older(path)
    return path


def test_an_older_book_is_brought_up_to_date_and_keeps_its_log_and_drafts(older: Path) -> None:
    with Book.open(older) as book:
        assert not [f for f in check_book(book) if f.severity.stops]
        with book.reading() as connection:
            assert connection.exec_driver_sql("SELECT id FROM draft").all() == [("d1",)]
            assert connection.exec_driver_sql("SELECT COUNT(*) FROM cash_count").scalar() == 0
    assert older.with_name(older.name + BEFORE).is_file()


def test_an_older_book_for_reading_only_is_refused_in_a_sentence_and_left_alone(older: Path) -> None:
    before = older.read_bytes()
    with pytest.raises(KnownError):
        Book.open(older, read_only=True)
    assert older.read_bytes() == before


def test_an_older_book_whose_log_was_changed_is_not_upgraded(older: Path) -> None:
    raw = sqlite3.connect(older)
    raw.execute("UPDATE log SET entry = replace(CAST(entry AS TEXT), 'person', 'parson') WHERE seq > 1")
    raw.execute("UPDATE log SET entry = CAST(replace(CAST(entry AS TEXT), '\"v\":1', '\"v\":9') AS BLOB)")
    raw.commit()
    raw.close()
    before = older.read_bytes()
    with pytest.raises(KnownError):
        Book.open(older)
    assert older.read_bytes() == before


def test_another_thread_reads_while_this_one_reads(tmp_path: Path) -> None:
    with make_book(tmp_path) as book, book.reading() as connection, ThreadPoolExecutor(1) as pool:
        head = pool.submit(book.head).result()
        assert connection.exec_driver_sql("SELECT MAX(seq) FROM log").scalar() == head.seq
