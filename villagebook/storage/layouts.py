"""Reading the layouts of statements that the book keeps, and the notes written to its statements."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.engine import Connection

from villagebook.domain.period import Period
from villagebook.storage.engine import fetch

KEY_LENGTH = 8
"""Digits of its hash a layout is asked for by."""


@dataclass(frozen=True, slots=True)
class KeptLayout:
    """A layout as its file was. `name` is the statement it stands for; `since` the first month it is in use, None never."""

    seq: int
    name: str
    sha256: str
    title: str
    text: str
    since: Period | None

    @property
    def key(self) -> str:
        return self.sha256[:KEY_LENGTH]


@dataclass(frozen=True, slots=True)
class Note:
    """What was written to one section of a year's notes. `nothing`: said to have nothing to report."""

    section: str
    text: str
    nothing: bool


def kept(connection: Connection) -> tuple[KeptLayout, ...]:
    """All, oldest first."""
    rows = fetch(
        connection, "SELECT seq, name, sha256, title, text, since FROM statement_layout ORDER BY seq"
    )
    return tuple(
        KeptLayout(r[0], r[1], r[2], r[3], r[4], Period.from_number(r[5]) if r[5] else None) for r in rows
    )


def notes(connection: Connection, year: int) -> dict[str, Note]:
    """The newest word on each section of a year."""
    rows = fetch(
        connection, "SELECT section, text, is_nothing FROM statement_note WHERE year = ? ORDER BY seq", year
    )
    return {r[0]: Note(r[0], r[1], bool(r[2])) for r in rows}
