"""A whole copy of a book through SQLite itself, never by copying a file that is in use."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from villagebook.domain.errors import KnownError
from villagebook.i18n import _, why
from villagebook.storage.book import Book
from villagebook.storage.schema import APPLICATION_ID


def vacuum_into(book: Book, target: Path) -> None:
    """Write a compact copy and bring it to the disk. Raises KnownError when there is no room or no right to write."""
    target.unlink(missing_ok=True)
    try:
        raw = sqlite3.connect(f"{book.path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            raw.execute("VACUUM INTO ?", (str(target),))
        finally:
            raw.close()
        copy = sqlite3.connect(target)
        try:
            copy.execute(f"PRAGMA application_id={APPLICATION_ID}")
        finally:
            copy.close()
        with target.open("rb+") as file:
            os.fsync(file.fileno())
    except (OSError, sqlite3.Error) as error:
        raise KnownError(
            _("{path} cannot be written: {why}.").format(path=target, why=why(error)),
            _("Choose a folder that can be written and has space."),
        ) from error
