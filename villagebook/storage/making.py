"""Making the file of a new book."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from villagebook.domain.errors import KnownError
from villagebook.i18n import _, why
from villagebook.storage.engine import empty_database
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
        with part.open("wb") as file:
            file.write(_empty_book())
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise KnownError(
            _("{path} cannot be made: {why}.").format(path=path, why=why(error)),
            _("Choose a folder that can be written and has space."),
        ) from error


def _empty_book() -> bytes:
    """The whole file of a book without a single event."""
    told = (f"PRAGMA application_id={APPLICATION_ID}", f"PRAGMA user_version={SCHEMA_VERSION}")
    return empty_database((*told, *create_statements(), *guard_statements()))
