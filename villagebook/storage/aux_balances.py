"""Reading what belongs to the entries of registers: opening balances and movements by link."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from sqlalchemy.engine import Connection

from villagebook.storage.engine import Rows, fetch


def opening_sums(connection: Connection, kind: str, code: str) -> Rows:
    """(kind, code, account, debit, credit) of linked opening balances; "" is every kind, or every entry."""
    return fetch(
        connection,
        "SELECT k.kind, k.code, o.account, SUM(o.debit_fen), SUM(o.credit_fen) FROM opening_link k"
        " JOIN opening o ON o.no = k.no WHERE (?1 = '' OR k.kind = ?1) AND (?2 = '' OR k.code = ?2)"
        " GROUP BY k.kind, k.code, o.account",
        kind,
        code,
    )


def linked_moves(connection: Connection, kind: str, code: str, until: date, accounts: Sequence[str]) -> Rows:
    """(kind, code, account, day, debit, credit, voucher position) on these accounts, () for all, by entry and voucher."""
    return fetch(
        connection,
        "SELECT k.kind, k.code, l.account, l.booked_on, l.debit_fen, l.credit_fen, k.voucher_seq FROM line_link k"
        " CROSS JOIN line l ON l.voucher_seq = k.voucher_seq AND l.no = k.line_no"
        " WHERE (?1 = '' OR k.kind = ?1) AND (?2 = '' OR k.code = ?2) AND l.booked_on <= ?3"
        " AND (?4 = '[]' OR l.account IN (SELECT value FROM json_each(?4))) ORDER BY k.kind, k.code, k.voucher_seq, k.line_no",
        kind,
        code,
        until.isoformat(),
        json.dumps(list(accounts)),
    )


def undone_positions(connection: Connection) -> dict[int, int]:
    """Position of every red voucher -> position of the one it undoes."""
    sql = "SELECT r.seq, o.seq FROM voucher r JOIN voucher o ON o.id = r.reverses WHERE r.reverses <> ''"
    return {r[0]: r[1] for r in fetch(connection, sql)}
