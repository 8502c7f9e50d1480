"""Reading the register of loans: what vouchers booked in their name, how they ended, and what came back of claims."""

from __future__ import annotations

from datetime import date

from sqlalchemy.engine import Connection

from villagebook.domain.loan import LoanEnd
from villagebook.storage.engine import Rows, fetch, value_of


def loan_moves(
    connection: Connection, until: date, left_out: str = ""
) -> dict[str, list[tuple[str, int, int]]]:
    """Code of a loan -> (account, debit, credit) booked in its name up to a day; `left_out` is a document not to be counted."""
    rows = fetch(
        connection,
        "SELECT k.code, l.account, SUM(l.debit_fen), SUM(l.credit_fen) FROM line_link k"
        " JOIN line l ON l.voucher_seq = k.voucher_seq AND l.no = k.line_no JOIN voucher v ON v.seq = k.voucher_seq"
        " WHERE k.kind = 'loan' AND l.booked_on <= ?1 AND (?2 = '' OR v.document_id <> ?2) GROUP BY k.code, l.account",
        until.isoformat(),
        left_out,
    )
    made: dict[str, list[tuple[str, int, int]]] = {}
    for code, *moved in rows:
        made.setdefault(code, []).append((moved[0], moved[1], moved[2]))
    return made


def loan_ends(connection: Connection) -> dict[str, LoanEnd]:
    """Code -> how and when a loan ended."""
    rows = fetch(connection, "SELECT code, ended_on, reason, resolution, permit FROM loan_end ORDER BY seq")
    return {r[0]: LoanEnd(r[0], date.fromisoformat(r[1]), r[2], r[3], r[4]) for r in rows}


def any_loan(connection: Connection) -> bool:
    return value_of(connection, "SELECT 1 FROM loan LIMIT 1") is not None


def claim_papers(connection: Connection) -> dict[str, tuple[str, str, str, str, int]]:
    """Document of a loan or advance paid out -> (voucher id, account, resolution, permit, fen of its first claim line)."""
    rows = fetch(
        connection,
        "SELECT v.document_id, v.id, l.account, s.content ->> '$.resolution', COALESCE(s.content ->> '$.permit', ''),"
        " s.total_fen FROM submission s CROSS JOIN voucher v ON v.document_id = s.document_id AND v.document_id <> ''"
        " AND v.reverses = '' JOIN line l ON l.voucher_seq = v.seq AND l.no = 1"
        ' WHERE (instr(s.content, \'"spend_kind":"advance"\') > 0 OR instr(s.content, \'"spend_kind":"loan"\') > 0)'
        " AND s.seq = (SELECT MAX(n.seq) FROM submission n WHERE n.document_id = s.document_id)",
    )
    return {r[0]: (r[1], r[2], r[3], r[4], r[5]) for r in rows}


def claim_lines(connection: Connection, account: str, party: str, until: date) -> Rows:
    """(document id, voucher id, day, word, number, signed fen) of one party on one account up to a day; openings first."""
    return fetch(
        connection,
        "SELECT '' AS document_id, '' AS id, '' AS day, '' AS word, 0 AS number, debit_fen - credit_fen, 0 AS seq"
        " FROM opening WHERE account >= ?1 AND account < ?1 || ':' AND party = ?2"
        " UNION ALL SELECT v.document_id, v.id, l.booked_on, v.word, v.number, l.debit_fen - l.credit_fen, v.seq"
        " FROM line l JOIN voucher v ON v.seq = l.voucher_seq WHERE l.account IN (SELECT code FROM account"
        " WHERE code >= ?1 AND code < ?1 || ':') AND l.party = ?2 AND l.booked_on <= ?3 ORDER BY 7",
        account,
        party,
        until.isoformat(),
    )
