"""Reading budgets: their versions, and what was booked beside them."""

from __future__ import annotations

from datetime import date

from sqlalchemy.engine import Connection

from villagebook.domain.budget import MONTHS, Budget, BudgetLine
from villagebook.domain.period import Period
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
