"""Making the file of a new book."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from villagebook.domain.errors import KnownError
from villagebook.i18n import _, why
from villagebook.storage.guards import guard_statements
from villagebook.storage.schema import APPLICATION_ID, SCHEMA_VERSION, create_statements


def create_file(path: Path) -> None:
    """Make an empty book under a temporary name and rename it: a creation-time journal must never come back.

    Raises KnownError when something is there already or the folder cannot be written.
    """
    if path.exists():
        raise KnownError(_("{path} exists already.").format(path=path), _("Choose another name."))
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        raw = sqlite3.connect(part, isolation_level=None)
        try:
            raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
            raw.execute("PRAGMA page_size=4096")
            raw.execute("BEGIN")
            for statement in (*create_statements(), *guard_statements()):
                raw.execute(statement)
            raw.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
            raw.execute("COMMIT")
        finally:
            raw.close()
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(path)
    except (OSError, sqlite3.Error) as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise KnownError(
            _("{path} cannot be made: {why}.").format(path=path, why=why(error)),
            _("Choose a folder that can be written and has space."),
        ) from error
