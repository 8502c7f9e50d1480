"""Reading the board papers beside F1 and F12, frozen as they were compiled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Connection

from villagebook.domain.period import Period, Span
from villagebook.storage.documents import stop_of
from villagebook.storage.engine import fetch, fetch_one
from villagebook.storage.frozen import COLUMNS, Frozen, frozen


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One frozen sheet. `replaces` is the id of the sheet it sets right, `objection_id` the objection that was upheld."""

    id: str
    number: str
    form: str
    subject: str
    stage: str
    span: Span
    replaces: str
    objection_id: str
    paper: Frozen
    content_hash: str
    final: bool

    @property
    def content(self) -> dict[str, Any]:
        return self.paper.content


_SHEETS = (
    f"SELECT s.id, number, form, subject, stage, first, last, replaces, objection_id, {COLUMNS}, content_hash,"
    " f.id IS NOT NULL FROM sheet s LEFT JOIN sheet_final f ON f.id = s.id"
)


def sheets(connection: Connection) -> tuple[SheetEntry, ...]:
    """All compiled sheets, newest first."""
    return tuple(_sheet(r) for r in fetch(connection, f"{_SHEETS} ORDER BY s.seq DESC"))


def standing(connection: Connection) -> tuple[SheetEntry, ...]:
    """Every sheet that was not sent back, newest first."""
    return tuple(
        e for e in sheets(connection) if e.final or stop_of(connection, e.id, e.content_hash) is None
    )


def family(connection: Connection, sheet_id: str) -> tuple[SheetEntry, ...]:
    """A sheet with whatever replaces it, one after the other, newest first; none that was sent back. Reads no others."""
    rows = fetch(
        connection,
        "WITH RECURSIVE kin(id) AS (SELECT ?1 UNION SELECT sheet.id FROM sheet JOIN kin ON sheet.replaces = kin.id) "
        f"{_SHEETS} WHERE s.id IN kin ORDER BY s.seq DESC",
        sheet_id,
    )
    return tuple(e for e in map(_sheet, rows) if e.final or stop_of(connection, e.id, e.content_hash) is None)


def number_of(connection: Connection, form: str, span: Span) -> str:
    """Number of the newest sheet of whole months that was not sent back, "" when there is none; reads no contents."""
    rows = fetch(
        connection,
        "SELECT s.id, number, content_hash, f.id IS NOT NULL FROM sheet s LEFT JOIN sheet_final f ON f.id = s.id"
        " WHERE form = ? AND subject = '' AND first = ? AND last = ? ORDER BY s.seq DESC",
        form,
        span.first.number,
        span.last.number,
    )
    return next((r[1] for r in rows if r[3] or stop_of(connection, r[0], r[2]) is None), "")


def sheet(connection: Connection, sheet_id: str) -> SheetEntry | None:
    """One compiled sheet; asked at every signature, so it must not read the others."""
    row = fetch_one(connection, f"{_SHEETS} WHERE s.id = ?", sheet_id)
    return _sheet(row) if row else None


def _sheet(row: tuple[Any, ...]) -> SheetEntry:
    span = Span(Period.from_number(row[5]), Period.from_number(row[6]))
    ident, number, form, subject, stage = row[:5]
    paper, content_hash, final = frozen(row[9], row[10]), row[11], bool(row[12])
    return SheetEntry(ident, number, form, subject, stage, span, row[7], row[8], paper, content_hash, final)
