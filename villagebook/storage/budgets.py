"""Reading budgets: their versions, and what was booked beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.engine import Connection

from villagebook.domain.account import WORKS, YEAR_RESULT
from villagebook.domain.budget import MONTHS, Budget, BudgetLine
from villagebook.domain.period import Period, Span
from villagebook.storage.engine import fetch, fetch_one, value_of

_NEWEST = "(SELECT MAX(seq) FROM budget WHERE year = ?1)"


def planned(connection: Connection, year: int, through: Period | None = None) -> dict[str, int]:
    """Account code -> fen of the newest version: income as income, spending as spending, both positive.

    The months up to `through`, the whole year when it is None; empty when the year has no budget. An account stands for
    what hangs under it only as far as that has no line of its own.
    """
    rows = fetch(
        connection,
        f"SELECT account, SUM(fen) FROM budget_line WHERE seq = {_NEWEST} AND month <= ?2 GROUP BY account",
        year,
        _last_month(year, through),
    )
    return {r[0]: r[1] for r in rows}


def planned_in(connection: Connection, span: Span) -> dict[str, int]:
    """As `planned`, of some months, also of several years; empty when a year among them has no budget."""
    sums: dict[str, int] = {}
    for year in range(span.first.year, span.last.year + 1):
        rows = fetch(
            connection,
            f"SELECT account, SUM(CASE WHEN month BETWEEN ?2 AND ?3 THEN fen ELSE 0 END) FROM budget_line"
            f" WHERE seq = {_NEWEST} GROUP BY account",
            year,
            span.first.month if span.first.year == year else 1,
            span.last.month if span.last.year == year else MONTHS,
        )
        if not rows:
            return {}
        for account, fen in rows:
            sums[account] = sums.get(account, 0) + fen
    return sums


def _last_month(year: int, through: Period | None) -> int:
    if through is None or through.year > year:
        return MONTHS
    return through.month if through.year == year else 0


def versions(connection: Connection, year: int) -> int:
    """How many versions a year has; 0 when it has no budget."""
    return int(value_of(connection, "SELECT COUNT(*) FROM budget WHERE year = ?", year))


def years(connection: Connection) -> tuple[int, ...]:
    """Years with a budget, oldest first."""
    return tuple(r[0] for r in fetch(connection, "SELECT DISTINCT year FROM budget ORDER BY year"))


def budget(connection: Connection, year: int, version: int | None = None) -> Budget | None:
    """One version of a year's budget, the newest when None; None when there is no such."""
    row = fetch_one(
        connection,
        "SELECT seq, version, resolution, decided_on, reason FROM budget WHERE year = ?1"
        " AND (?2 IS NULL OR version = ?2) ORDER BY seq DESC LIMIT 1",
        year,
        version,
    )
    if row is None:
        return None
    months: dict[tuple[str, str], list[int]] = {}
    for account, project, month, fen in fetch(
        connection,
        "SELECT account, project, month, fen FROM budget_line WHERE seq = ? ORDER BY 1, 2, 3",
        row[0],
    ):
        months.setdefault((account, project), [0] * MONTHS)[month - 1] = fen
    lines = tuple(BudgetLine(a, tuple(m), p) for (a, p), m in months.items())
    return Budget(year, row[1], row[2], date.fromisoformat(row[3]), lines, row[4])


def booked(connection: Connection, year: int) -> list[tuple[str, int, int, int]]:
    """(account, month, debit, credit) booked in a year, without vouchers that carry results to 321.

    Debits of things that a finished work is turned into are left out: the work has used the budget already.
    """
    first, last = year * 100 + 1, year * 100 + MONTHS
    rows = fetch(
        connection,
        "SELECT account, period % 100, SUM(debit_fen), SUM(credit_fen) FROM month_total"
        " WHERE period BETWEEN ? AND ? GROUP BY account, period"
        " UNION ALL SELECT l.account, CAST(substr(l.booked_on, 6, 2) AS INTEGER), -SUM(l.debit_fen), -SUM(l.credit_fen)"
        " FROM line l WHERE l.voucher_seq IN (SELECT voucher_seq FROM line WHERE account >= ? AND account < ? || ':'"
        " AND booked_on BETWEEN ? AND ?) GROUP BY l.account, substr(l.booked_on, 6, 2)"
        f" UNION ALL SELECT l.account, CAST(substr(l.booked_on, 6, 2) AS INTEGER), -SUM(l.debit_fen), 0 FROM {_FINISHED}"
        " GROUP BY l.account, substr(l.booked_on, 6, 2)",
        first,
        last,
        YEAR_RESULT,
        YEAR_RESULT,
        f"{year}-01-01",
        f"{year}-12-31",
        WORKS,
        WORKS,
        f"{year}-01-01",
        f"{year}-12-31",
    )
    return [(r[0], r[1], r[2], r[3]) for r in rows]


_FINISHED = (
    "line l JOIN account a ON a.code = l.account AND a.category = '资产' WHERE l.debit_fen <> 0 AND l.voucher_seq IN"
    " (SELECT voucher_seq FROM line WHERE account >= ? AND account < ? || ':' AND credit_fen <> 0"
    " AND booked_on BETWEEN ? AND ?)"
)
"""Things that a finished work becomes: they were paid for as the work, and cost the budget nothing once more."""


def booked_for_projects(
    connection: Connection, year: int
) -> list[tuple[str, int, int, int, tuple[str, ...]]]:
    """(account, month, debit, credit, projects) of each line of a year that is marked for a project."""
    rows = fetch(
        connection,
        "SELECT l.account, CAST(substr(l.booked_on, 6, 2) AS INTEGER), l.debit_fen, l.credit_fen,"
        " group_concat(k.code, char(10)) FROM line_link k JOIN line l ON l.voucher_seq = k.voucher_seq AND l.no = k.line_no"
        " WHERE k.kind = 'project' AND l.booked_on BETWEEN ? AND ? AND l.voucher_seq NOT IN (SELECT voucher_seq FROM line"
        " WHERE account >= ? AND account < ? || ':' AND booked_on BETWEEN ? AND ?)"
        f" AND (l.voucher_seq, l.no) NOT IN (SELECT l.voucher_seq, l.no FROM {_FINISHED}) GROUP BY l.voucher_seq, l.no",
        f"{year}-01-01",
        f"{year}-12-31",
        YEAR_RESULT,
        YEAR_RESULT,
        f"{year}-01-01",
        f"{year}-12-31",
        WORKS,
        WORKS,
        f"{year}-01-01",
        f"{year}-12-31",
    )
    return [(r[0], r[1], r[2], r[3], tuple(r[4].split("\n"))) for r in rows]


@dataclass(frozen=True, slots=True)
class Request:
    """What the expense line needs in a month; the newest request of a month counts."""

    period: Period
    amount_fen: int
    what: str
    resolution: str
    requested_on: date


def requests(connection: Connection, year: int) -> tuple[Request, ...]:
    """The standing request of each month of a year."""
    rows = fetch(
        connection,
        "SELECT period, amount_fen, what, resolution, requested_on FROM appropriation_request q"
        " WHERE seq = (SELECT MAX(seq) FROM appropriation_request WHERE period = q.period)"
        " AND period BETWEEN ? AND ? ORDER BY period",
        year * 100 + 1,
        year * 100 + MONTHS,
    )
    return tuple(Request(Period.from_number(r[0]), r[1], r[2], r[3], date.fromisoformat(r[4])) for r in rows)


def appropriated(
    connection: Connection, year: int, but: str = "", before: int | None = None
) -> list[tuple[Period, int]]:
    """(month, fen) of each move from an income to an expense place in a year, posted or under way, reversed ones left out.

    Only documents sent in before the position `before` (None: all), and not the one named `but`: so the first of two
    appropriations is within, and only the second one over.
    """
    rows = fetch(
        connection,
        "SELECT COALESCE(v.booked_on, s.booked_on) AS day, s.total_fen FROM place p CROSS JOIN submission s"
        " ON s.place = p.code AND s.kind = 'transfer'"
        " LEFT JOIN voucher v ON v.document_id = s.document_id AND v.document_id <> '' AND v.reverses = ''"
        " WHERE p.kind = 'IN' AND s.document_id <> ?1 AND (?2 IS NULL OR s.seq < ?2) AND day BETWEEN ?3 AND ?4"
        " AND json_valid(s.content) AND (SELECT kind FROM place WHERE code = s.content ->> '$.to_place') = 'EX'"
        " AND NOT EXISTS (SELECT 1 FROM voucher r WHERE r.reverses = v.id AND r.reverses <> '')"
        " AND s.seq = (SELECT MAX(seq) FROM submission WHERE document_id = s.document_id)"
        " AND NOT EXISTS (SELECT 1 FROM step t WHERE t.subject = s.document_id AND t.content_hash = s.content_hash"
        " AND t.seq > s.seq)",
        but,
        before,
        f"{year}-01-01",
        f"{year}-12-31",
    )
    return [(Period.of(date.fromisoformat(r[0])), r[1]) for r in rows]
