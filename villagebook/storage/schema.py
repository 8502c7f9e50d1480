"""All tables of a book, put together. Literal SQL; STRICT, so SQLite itself refuses a fraction of a fen.

Three groups. `log` is the book. The *official* tables are a projection of the log, written by `projection.apply` alone and
rebuilt by `check`; they are insert-only but for the running sums `month_total` and `money_total`. They stand in `tables/`,
by what they are about. `object`, `draft` and `template` are local: files by hash, unfinished typing, and nothing that could
reach a notice.
"""

from __future__ import annotations

import re

from villagebook.storage.tables import (
    board,
    brought_in,
    documents,
    invoices,
    month_end,
    pay_lists,
    people,
    registers,
    village,
    vouchers,
)

APPLICATION_ID = 0x56424B31  # "VBK1"
SCHEMA_VERSION = 1

OFFICIAL: dict[str, str] = {
    **village.TABLES,
    **people.TABLES,
    **registers.TABLES,
    **documents.TABLES,
    **pay_lists.TABLES,
    **invoices.TABLES,
    **vouchers.TABLES,
    **month_end.TABLES,
    **brought_in.TABLES,
    **board.TABLES,
}
"""Every table `projection.apply` writes: its name and its columns. A table that is referred to stands before the one that does."""

LOG = (
    "seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, at TEXT NOT NULL,"
    " entry BLOB NOT NULL, hash TEXT NOT NULL"
)

LOCAL: dict[str, str] = {
    "object": ("sha256 TEXT PRIMARY KEY, media_type TEXT NOT NULL, name TEXT NOT NULL, bytes BLOB NOT NULL"),
    "draft": "id TEXT PRIMARY KEY, kind TEXT NOT NULL, body TEXT NOT NULL, saved_at TEXT NOT NULL",
    "template": (
        "id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL, saved_at TEXT NOT NULL"
    ),
}

WITHOUT_ROWID = frozenset(
    {
        "line",
        "line_link",
        "opening_link",
        "link_target",
        "month_total",
        "money_total",
        "deposit",
        "draw",
        "budget_line",
    }
)
"""Tables whose key has several columns and that are read by it: kept in its order, without a number of their own."""

INDICES = (*vouchers.INDICES, *documents.INDICES, *invoices.INDICES)


def primary_key(table: str) -> tuple[str, ...]:
    """The columns that tell an official row from the others of its table."""
    columns = OFFICIAL[table]
    told = re.search(r"PRIMARY KEY \(([^)]*)\)", columns)
    return tuple(told[1].split(", ")) if told else (columns.split()[0],)


def create_statements() -> list[str]:
    """All CREATE TABLE and INDEX statements of an empty book."""
    tables = {"log": LOG, **OFFICIAL, **LOCAL}
    made = []
    for name, columns in tables.items():
        tail = "STRICT, WITHOUT ROWID" if name in WITHOUT_ROWID else "STRICT"
        made.append(f"CREATE TABLE {name} ({columns}) {tail}")
    return [*made, *INDICES]


def projection_statements() -> list[str]:
    """The official tables and what finds a voucher or a line quickly, for rebuilding from a log."""
    wanted = set(OFFICIAL)
    return [
        s
        for s in create_statements()
        if (s.startswith("CREATE TABLE") and s.split()[2] in wanted)
        or " ON line " in s
        or " ON voucher " in s
    ]
