"""How large things are, asked cheaply."""

from __future__ import annotations

from sqlalchemy.engine import Connection

from villagebook.storage.engine import value_of


def package_size(connection: Connection) -> int:
    """Bytes of log entries and files, unpacked; the package is smaller."""
    log = value_of(connection, "SELECT COALESCE(SUM(LENGTH(entry)), 0) FROM log")
    files = value_of(connection, "SELECT COALESCE(SUM(LENGTH(bytes)), 0) FROM object")
    return int(log) + int(files)
