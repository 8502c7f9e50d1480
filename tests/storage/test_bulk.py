"""A large import rests the triggers inside its own transaction, and they are back whatever happens."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.builders import DAY, at, make_book
from villagebook.domain.errors import Cancelled
from villagebook.services.period_end.checking import check_book
from villagebook.services.vouchers.imports import import_file


def triggers(path: Path) -> list[tuple[str, str]]:
    raw = sqlite3.connect(path)
    found = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name").fetchall()
    raw.close()
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    rows = [f"2025-01-{1 + n % 9:02d},收入,,第{n}笔租金,佃户{n},10.{n % 100:02d},IN,501" for n in range(1200)]
    path = tmp_path / "many.csv"
    path.write_text("\n".join(["日期,收支,单据号,事由,对方,金额,资金,科目", *rows]), encoding="utf-8")
    return path


def test_after_a_large_import_every_trigger_stands_as_before(tmp_path: Path, file: Path) -> None:
    with make_book(tmp_path) as book:
        before = triggers(book.path)
        assert import_file(book, file, by=at(DAY)).vouchers == 1200
        assert triggers(book.path) == before
        assert not [f for f in check_book(book) if f.severity.stops]
    raw = sqlite3.connect(book.path)
    with pytest.raises(sqlite3.IntegrityError):
        raw.execute("UPDATE voucher SET summary = 'x'")
    raw.close()


def test_a_cancelled_import_leaves_the_triggers_and_no_voucher(tmp_path: Path, file: Path) -> None:
    def stop(done: int, total: int) -> None:
        if done >= 500:
            raise Cancelled

    with make_book(tmp_path) as book:
        before = triggers(book.path)
        with pytest.raises(Cancelled):
            import_file(book, file, by=at(DAY), progress=stop)
        assert triggers(book.path) == before
        with book.reading() as connection:
            assert connection.exec_driver_sql("SELECT COUNT(*) FROM voucher").scalar() == 0
