"""Taking in many vouchers at once: the triggers on their tables rest inside the one transaction that writes them.

A trigger costs more than the row it watches. What they guard is checked here before anything is written (numbers, closed months,
keys), nobody else can write in the meantime, and they are back, to the letter, before the commit; a rollback brings them back
as well.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from sqlalchemy.engine import Connection

from villagebook.storage.engine import fetch

WATCHED = ("log", "voucher", "line")
WORTH_IT = 1000
"""Fewer vouchers are written with the triggers in place."""


@contextlib.contextmanager
def triggers_resting(connection: Connection, vouchers: int) -> Iterator[None]:
    """For a block that inserts this many vouchers and settles them before it ends."""
    if vouchers < WORTH_IT:
        yield
        return
    marks = ", ".join("?" * len(WATCHED))
    sql = (
        f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({marks}) ORDER BY rowid"
    )
    triggers = fetch(connection, sql, *WATCHED)
    for name, _sql in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for _name, text in triggers:
        connection.exec_driver_sql(text)
