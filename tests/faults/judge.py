"""Is this file still a sound book that holds everything its user was told was saved?"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from tests.bench import village
from villagebook.domain.errors import KnownError, Refused
from villagebook.services.book_file import books
from villagebook.services.vouchers import documents
from villagebook.storage import posted_vouchers
from villagebook.storage.check import check_store
from villagebook.storage.schema import OFFICIAL


def faults_of(path: Path, acknowledged: Iterable[str], *, work_on: bool = True) -> list[str]:
    """What is wrong; empty when the book opens, checks clean, holds all that was acknowledged and takes new work."""
    try:
        with books.open_book(path, read_only=True) as book:
            book.head()
        with books.open_book(path) as book:
            with book.snapshot() as connection:
                found = [f"{f.id} {f.where} {f.text}" for f in check_store(connection)]
                # rows of a book that does not check may hold anything, also what cannot be read as a voucher
                lost = (
                    []
                    if found
                    else [i for i in acknowledged if posted_vouchers.voucher(connection, i) is None]
                )
                found += [f"lost: {i}" for i in lost]
            if work_on and not found:
                documents.submit(book, village.receipt(no=999_999), village.at())
            return found
    except (KnownError, Refused) as error:
        return [f"does not open: {error}"]


def content(path: Path) -> str:
    """A fingerprint of everything official: the log, the rows, the files."""
    raw = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    digest = hashlib.sha256()
    try:
        for table in ("log", *OFFICIAL):
            for row in raw.execute(f"SELECT * FROM {table} ORDER BY 1, 2"):
                digest.update(repr(row).encode())
        for row in raw.execute("SELECT sha256, bytes FROM object ORDER BY 1"):
            digest.update(repr(row).encode())
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return f"unreadable: {error}"
    finally:
        raw.close()
    return digest.hexdigest()
