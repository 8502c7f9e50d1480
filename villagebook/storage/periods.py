"""Reading the month's life: states, cash counts, bank statements, notices, packages."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from villagebook.domain import moment
from villagebook.domain.period import Period
from villagebook.storage.engine import fetch, fetch_one, value_of
from villagebook.storage.frozen import COLUMNS, Frozen, frozen


@dataclass(frozen=True, slots=True)
class CountRow:
    place: str
    counted_on: date
    counted_fen: int
    book_fen: int
    iou_fen: int
    counter: str
    witness: str


@dataclass(frozen=True, slots=True)
class StatementRow:
    """`open_items` explain the difference between the bank's balance and ours: (text, signed fen)."""

    places: tuple[str, ...]
    stated_on: date
    balance_fen: int
    book_fen: int
    open_items: tuple[tuple[str, int], ...]
    checked_by: str


@dataclass(frozen=True, slots=True)
class NoticeEntry:
    id: str
    number: str
    first: Period
    last: Period
    paper: Frozen
    content_hash: str
    final: bool

    @property
    def content(self) -> dict[str, Any]:
        return self.paper.content


@dataclass(frozen=True, slots=True)
class ExportEntry:
    at: str
    name: str
    sha256: str
    head_seq: int
    head_hash: str
    period: Period | None


def period_state(connection: Connection, period: Period) -> str:
    """'open', 'closed' or 'disclosed'."""
    return (
        value_of(
            connection,
            "SELECT state FROM period_step WHERE period = ? ORDER BY seq DESC LIMIT 1",
            period.number,
        )
        or "open"
    )


def period_states(connection: Connection) -> dict[Period, str]:
    rows = fetch(connection, "SELECT period, state FROM period_step ORDER BY seq")
    return {Period.from_number(r[0]): r[1] for r in rows}


def reopenings(connection: Connection) -> tuple[tuple[str, str, str, str], ...]:
    """(month, moment as it is shown, person, reason) of every reopening, newest first."""
    rows = fetch(
        connection,
        "SELECT s.period, l.at, json_extract(CAST(l.entry AS TEXT), '$.actor'), s.reason FROM period_step s"
        " JOIN log l ON l.seq = s.seq WHERE s.state = 'open' ORDER BY s.seq DESC",
    )
    return tuple((str(Period.from_number(r[0])), moment.said(r[1]), r[2], r[3]) for r in rows)


def last_booked(connection: Connection) -> date | None:
    """Day of the newest posted voucher."""
    found = value_of(connection, "SELECT MAX(booked_on) FROM voucher")
    return date.fromisoformat(found) if found else None


def only_imported(connection: Connection, period: Period) -> bool:
    """True when the month is history taken in: imported vouchers in it or, when it is silent, after it; of our own nothing
    but adjustments, which move no money."""
    row = fetch_one(
        connection,
        "SELECT SUM(origin <> 'import' AND kind <> 'adjustment'), SUM(origin = 'import') FROM voucher WHERE period = ?",
        period.number,
    )
    own, taken_in = (row[0] or 0, row[1] or 0) if row else (0, 0)
    if own or taken_in:
        return not own
    later = "SELECT 1 FROM voucher WHERE period > ? AND origin = 'import' LIMIT 1"
    return value_of(connection, later, period.number) is not None


def counts(connection: Connection, period: Period) -> tuple[CountRow, ...]:
    rows = fetch(
        connection,
        "SELECT place, counted_on, counted_fen, book_fen, iou_fen, counter, witness FROM cash_count"
        " WHERE counted_on BETWEEN ? AND ? ORDER BY seq",
        period.first_day.isoformat(),
        period.last_day.isoformat(),
    )
    return tuple(CountRow(r[0], date.fromisoformat(r[1]), *r[2:]) for r in rows)


def statements(connection: Connection, period: Period) -> tuple[StatementRow, ...]:
    rows = fetch(
        connection,
        "SELECT places, stated_on, balance_fen, book_fen, open_items, checked_by FROM statement"
        " WHERE stated_on BETWEEN ? AND ? ORDER BY seq",
        period.first_day.isoformat(),
        period.last_day.isoformat(),
    )
    return tuple(
        StatementRow(
            tuple(json.loads(r[0])),
            date.fromisoformat(r[1]),
            r[2],
            r[3],
            tuple((str(t), int(f)) for t, f in json.loads(r[4])),
            r[5],
        )
        for r in rows
    )


_NOTICES = (
    f"SELECT n.id, number, first, last, {COLUMNS}, content_hash, f.id IS NOT NULL FROM notice n"
    " LEFT JOIN notice_final f ON f.id = n.id"
)


def notices(connection: Connection) -> tuple[NoticeEntry, ...]:
    """All compiled notices, newest first."""
    return tuple(_notice(r) for r in fetch(connection, f"{_NOTICES} ORDER BY n.seq DESC"))


def notice(connection: Connection, notice_id: str) -> NoticeEntry | None:
    """One compiled notice; asked at every signature, so it must not read the others."""
    row = fetch_one(connection, f"{_NOTICES} WHERE n.id = ?", notice_id)
    return _notice(row) if row else None


def _notice(row: tuple[Any, ...]) -> NoticeEntry:
    first, last = Period.from_number(row[2]), Period.from_number(row[3])
    return NoticeEntry(row[0], row[1], first, last, frozen(row[4], row[5]), row[6], bool(row[7]))


def exports(connection: Connection) -> tuple[ExportEntry, ...]:
    """Packages made, newest first; `period` is the newest closed month it holds."""
    rows = fetch(
        connection,
        "SELECT at, name, sha256, head_seq, head_hash, period FROM export JOIN log USING (seq) ORDER BY export.seq DESC",
    )
    return tuple(
        ExportEntry(r[0], r[1], r[2], r[3], r[4], Period.from_number(r[5]) if r[5] else None) for r in rows
    )
