"""The archive of a year: everything the law keeps, on fixed pages, indexed by hash and term, whole or not there."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.builders import Village, at
from tests.lived import lived
from tests.services.test_bank import statement
from villagebook.domain.errors import Cancelled, KnownError, Refused
from villagebook.services.banking import bank
from villagebook.services.handing_over import archive

Index = tuple[list[dict[str, str]], zipfile.ZipFile, set[bytes]]


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    found = lived(tmp_path)
    yield found
    found.book.close()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """The lines of an index, the archive, and the files that the book holds."""
    folder = tmp_path_factory.mktemp("archive")
    found = lived(folder)
    with found.book.reading() as connection:
        kept = {bytes(r[0]) for r in connection.exec_driver_sql("SELECT bytes FROM object")}
    rows, held = _read(archive.write(found.book, 2025, folder).path)
    yield rows, held, kept
    found.book.close()


def _read(path: Path) -> tuple[list[dict[str, str]], zipfile.ZipFile]:
    held = zipfile.ZipFile(path)
    text = held.read("index.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""))), held


def test_a_year_leaves_the_program_whole_with_its_index(village: Village, tmp_path: Path) -> None:
    rows = [("2025-01-31", 100, "", "利息", "J1")]
    taken = statement(village.folder, rows)
    bank.import_statement(village.book, ("IN", "EX"), taken, by=at(date(2025, 2, 5)))
    made = archive.write(village.book, 2025, tmp_path)
    index, held = _read(made.path)
    assert held.testzip() is None
    assert {*(r["file"] for r in index), "index.csv", "readme.txt"} == set(held.namelist())
    assert made.files == len(held.namelist())
    for row in index:
        data = held.read(row["file"])
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (row["sha256"], int(row["bytes"]))
        assert row["title"]
        if row["file"].endswith(".pdf"):
            assert data.startswith(b"%PDF")
    names = set(held.namelist())
    assert {"vouchers/2025-01.pdf", "vouchers/2025-02.pdf", "books/general-ledger.pdf"} <= names
    assert {"statements/2025-01-income.pdf", "statements/annual-report.pdf", "csv/posting-data.csv"} <= names
    assert "bank/2025-01-IN.pdf" in names
    assert held.read("bank/statement-IN-1.csv") == taken.read_bytes()
    assert any(n.startswith("notices/2025-01") for n in names)
    head = village.book.head()
    assert f"{head.seq}, " in held.read("readme.txt").decode("utf-8-sig")
    assert hashlib.sha256(made.path.read_bytes()).hexdigest() == made.sha256


def test_every_class_has_the_term_of_the_rule(index: Index) -> None:
    rows = index[0]
    terms = {r["class"]: (r["years"], r["keep_until"]) for r in rows}
    assert terms["voucher"] == terms["book"] == ("30", "2055-12-31")
    assert terms["report"] == ("10", "2035-12-31")
    assert terms["annual"] == ("permanent", "")
    assert terms["other"] == ("", "")
    marks = {r["class"]: r["mark"] for r in rows}
    assert (marks["voucher"], marks["other"]) == ("V", "R")


def test_the_originals_stand_under_their_voucher(index: Index) -> None:
    rows, held, kept = index
    scans = [r for r in rows if r["file"].startswith("originals/")]
    assert scans
    assert all(r["class"] == "voucher" for r in scans)
    assert all(held.read(r["file"]) in kept for r in scans)


def test_the_same_book_gives_the_same_archive_and_an_open_year_says_so(
    village: Village, tmp_path: Path
) -> None:
    first = archive.write(village.book, 2025, tmp_path)
    again = tmp_path / "again"
    again.mkdir()
    assert archive.write(village.book, 2025, again).sha256 == first.sha256
    bare = archive.write(village.book, 2025, again, scans=False)
    assert not [n for n in _read(bare.path)[1].namelist() if n.startswith("originals/")]
    assert [f.id for f in first.findings] == ["ARC-01"]


def test_stopped_half_way_nothing_is_left_and_an_older_one_stands(village: Village, tmp_path: Path) -> None:
    path = tmp_path / f"{village.book.info.code}_archive_2025.zip"
    path.write_bytes(b"older")
    for share in (0.1, 0.6, 1.0):

        def stop(done: int, total: int, share: float = share) -> None:
            if done >= total * share:
                raise Cancelled

        with pytest.raises(Cancelled):
            archive.write(village.book, 2025, tmp_path, progress=stop)
        assert path.read_bytes() == b"older"
        assert not list(tmp_path.glob("*.part"))


def test_a_year_the_book_does_not_hold_and_a_missing_folder_are_named(
    village: Village, tmp_path: Path
) -> None:
    with pytest.raises(KnownError, match="2025"):
        archive.write(village.book, 2019, tmp_path)
    with pytest.raises(KnownError, match="nowhere"):
        archive.write(village.book, 2025, tmp_path / "nowhere")


def test_a_book_that_does_not_hold_is_not_archived(village: Village, tmp_path: Path) -> None:
    import sqlite3

    with sqlite3.connect(village.book.path) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE voucher SET summary = '改过'")
    with pytest.raises(Refused):
        archive.write(village.book, 2025, tmp_path)
    assert not list(tmp_path.glob("*archive*"))
