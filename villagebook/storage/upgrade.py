"""Books of earlier versions: the tables are thrown away and made anew from the log, which never changes.

The old file stays beside the new one under a name of its own. Nothing is ever altered in place.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError

from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.finding import stopping
from villagebook.i18n import _
from villagebook.storage.check import check_store
from villagebook.storage.engine import engine_for, fetch
from villagebook.storage.log import entries, replay
from villagebook.storage.making import create_file
from villagebook.storage.schema import LOCAL, create_statements

BEFORE = ".before-upgrade"


def is_current(connection: Connection) -> bool:
    """True when the book has exactly the tables of this program.

    Triggers are not looked at: one that somebody took away is for `check` to find, not for us to mend in silence.
    """
    wanted = {s for s in create_statements() if s.startswith("CREATE TABLE")}
    try:
        rows = fetch(connection, "SELECT sql FROM sqlite_master WHERE type = 'table'")
    except (DatabaseError, UnicodeDecodeError):
        return True  # damaged: reading on says so better than a comparison can
    return {row[0] for row in rows} == wanted


def upgrade(path: Path) -> Path:
    """Make the book anew from its own log; returns where the old file went. The caller holds the write lock.

    Raises Refused when the new book does not hold (the old one is untouched then), KnownError when there is no room.
    """
    part = path.with_name(path.name + ".new")
    part.unlink(missing_ok=True)
    create_file(part)
    try:
        _copy_local(path, part)
        old, new = engine_for(path, read_only=True), engine_for(part, read_only=False)
        try:
            with old.connect() as source, new.begin() as target:
                rows = source.exec_driver_sql("SELECT * FROM log ORDER BY seq").all()
                if rows:
                    target.exec_driver_sql(
                        "INSERT INTO log VALUES (?, ?, ?, ?, ?, ?)", [tuple(r) for r in rows]
                    )
                replay((entry for _seq, _kind, entry, _hash in entries(target)), target)
            with new.connect() as made:
                broken = stopping(check_store(made))
        finally:
            old.dispose()
            new.dispose()
        if broken:
            raise Refused(broken)
    except (KeyError, ValueError) as error:
        part.unlink(missing_ok=True)
        raise KnownError(
            _("The log of {path} cannot be read by this program ({why}).").format(path=path.name, why=error),
            _("Open it with the version that made it; it was not changed."),
        ) from error
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    kept = path.with_name(path.name + BEFORE)
    path.replace(kept)
    part.replace(path)
    return kept


def _copy_local(source: Path, target: Path) -> None:
    """Drafts, stored files and what else is no event, column by column as far as both know them."""
    with closing(sqlite3.connect(target)) as raw:
        raw.execute("ATTACH ? AS old", (f"{source.absolute()}",))
        for table in LOCAL:
            there = {r[1] for r in raw.execute(f"PRAGMA old.table_info({table})")}
            here = [r[1] for r in raw.execute(f"PRAGMA main.table_info({table})") if r[1] in there]
            if here:
                names = ", ".join(here)
                raw.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM old.{table}")
        raw.commit()
