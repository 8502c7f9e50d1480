"""Reading what happened that calls for a notice of its own. Only what this book itself booked and registered, never history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.engine import Connection

from villagebook.storage.engine import Rows, fetch

_LIVE = (
    "v.origin = 'native' AND v.reverses = ''"
    " AND NOT EXISTS (SELECT 1 FROM voucher r WHERE r.reverses = v.id AND r.reverses <> '')"
)


def large_money(connection: Connection, least_fen: int, since: date) -> Rows:
    """(voucher id, day, word, number, summary, total) of live receipts and payments of at least so much."""
    return fetch(
        connection,
        "SELECT v.id, v.booked_on, v.word, v.number, v.summary, v.total_fen FROM voucher v WHERE v.booked_on >= ?2"
        f" AND v.total_fen >= ?1 AND v.kind IN ('receipt', 'payment') AND {_LIVE} ORDER BY v.booked_on, v.seq",
        least_fen,
        since.isoformat(),
    )


def subjects_of(connection: Connection, voucher_id: str) -> tuple[tuple[str, str], ...]:
    """(kind, code) of every entry of a register that lines of a voucher name."""
    rows = fetch(
        connection,
        "SELECT DISTINCT k.kind, k.code FROM line_link k JOIN voucher v ON v.seq = k.voucher_seq WHERE v.id = ?"
        " ORDER BY k.kind, k.code",
        voucher_id,
    )
    return tuple((r[0], r[1]) for r in rows)


def invested(connection: Connection, accounts: Sequence[str], since: date) -> Rows:
    """(voucher id, day, word, number, summary, fen) of live payments whose debits stand on these accounts or under them."""
    marks = " OR ".join("l.account GLOB ? || '*'" for _account in accounts)
    return fetch(
        connection,
        "SELECT v.id, v.booked_on, v.word, v.number, v.summary, SUM(l.debit_fen) FROM voucher v"
        f" JOIN line l ON l.voucher_seq = v.seq WHERE v.booked_on >= ? AND v.kind = 'payment' AND ({marks})"
        f" AND l.debit_fen > 0 AND {_LIVE} GROUP BY v.seq ORDER BY v.booked_on, v.seq",
        since.isoformat(),
        *accounts,
    )


def worded(connection: Connection, words: Sequence[str], since: date) -> Rows:
    """(voucher id, day, total) of live receipts and payments whose summary, or that of a line, holds one of the words."""
    own = " OR ".join("instr(v.summary, ?) > 0" for _word in words)
    lines = " OR ".join("instr(l.summary, ?) > 0" for _word in words)
    return fetch(
        connection,
        "SELECT v.id, v.booked_on, v.total_fen FROM voucher v WHERE v.booked_on >= ? AND v.kind IN ('receipt', 'payment')"
        f" AND (({own}) OR EXISTS (SELECT 1 FROM line l WHERE l.voucher_seq = v.seq AND ({lines}))) AND {_LIVE}"
        " ORDER BY v.booked_on, v.seq",
        since.isoformat(),
        *words,
        *words,
    )


def collected(connection: Connection, projects: Sequence[str], since: date) -> Rows:
    """(project, month as a number, last day, fen) of money taken in under the name of these projects, month by month."""
    marks = ", ".join("?" * len(projects))
    return fetch(
        connection,
        "SELECT k.code, v.period, MAX(v.booked_on), SUM(l.credit_fen - l.debit_fen) FROM line_link k"
        " JOIN line l ON l.voucher_seq = k.voucher_seq AND l.no = k.line_no JOIN voucher v ON v.seq = k.voucher_seq"
        f" WHERE k.kind = 'project' AND k.code IN ({marks}) AND v.booked_on >= ? AND v.kind = 'receipt'"
        f" AND l.place = '' AND {_LIVE} GROUP BY k.code, v.period ORDER BY v.period, k.code",
        *projects,
        since.isoformat(),
    )
