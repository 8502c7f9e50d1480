"""Reading labour days: the newest list of a project, and the sheets that stand."""

from __future__ import annotations

import json
from datetime import date

from sqlalchemy.engine import Connection

from villagebook.domain.labour import Labourer, LabourSheet, LabourWay, labourers_from_data
from villagebook.storage.engine import fetch


def listed(connection: Connection, project: str) -> tuple[Labourer, ...]:
    """Who owes days for a project, () when nobody made a list."""
    sql = "SELECT rows FROM labour_list WHERE project = ? ORDER BY seq DESC LIMIT 1"
    found = fetch(connection, sql, project)
    return labourers_from_data(json.loads(found[0][0])) if found else ()


def projects_with_list(connection: Connection) -> tuple[str, ...]:
    """Codes of the projects somebody made a list for."""
    return tuple(r[0] for r in fetch(connection, "SELECT DISTINCT project FROM labour_list ORDER BY project"))


def sheets(connection: Connection, project: str, until: date | None = None) -> tuple[LabourSheet, ...]:
    """The sheets of a project that nobody struck out, up to a day, the oldest first."""
    rows = fetch(
        connection,
        "SELECT body FROM labour_sheet s WHERE project = ?1 AND (?2 = '' OR done_on <= ?2)"
        " AND NOT EXISTS (SELECT 1 FROM labour_strike k WHERE k.sheet_id = s.id) ORDER BY done_on, seq",
        project,
        until.isoformat() if until else "",
    )
    return tuple(LabourSheet.from_data(json.loads(r[0])) for r in rows)


def taken(connection: Connection, project: str, until: date) -> dict[str, int]:
    """Household -> fen that came from it for a project, by lines that name both, up to a day; what was given back is off:
    receipts undone in red, and payments to it on an account its own money came in on."""
    rows = fetch(
        connection,
        "SELECT h.code, l.account, SUM(CASE WHEN v.kind = 'receipt' THEN l.credit_fen - l.debit_fen ELSE 0 END),"
        " SUM(CASE WHEN v.kind = 'payment' THEN l.debit_fen - l.credit_fen ELSE 0 END) FROM line_link k"
        " JOIN line_link h ON h.voucher_seq = k.voucher_seq AND h.line_no = k.line_no AND h.kind = 'household'"
        " JOIN line l ON l.voucher_seq = k.voucher_seq AND l.no = k.line_no"
        " JOIN voucher v ON v.seq = k.voucher_seq"
        " WHERE k.kind = 'project' AND k.code = ?1 AND l.booked_on <= ?2 GROUP BY h.code, l.account",
        project,
        until.isoformat(),
    )
    found: dict[str, int] = {}
    for household, _account, came_fen, paid_fen in rows:
        if came_fen > 0:  # wages and bills of the works stand on accounts nothing came in on
            found[household] = found.get(household, 0) + max(0, came_fen - paid_fen)
    return found


def commuted_fen(connection: Connection, project: str) -> int:
    """What is owed for labour days of a project that are paid off instead of worked."""
    paid = (s for s in sheets(connection, project) if s.way is LabourWay.COMMUTED)
    return sum(s.days * s.rate_fen for s in paid)
