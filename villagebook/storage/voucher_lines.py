"""Lines of posted vouchers, row by row, as the books and journals list them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy.engine import Connection

from villagebook.domain.period import Span
from villagebook.storage.engine import Rows, fetch

SAID = "IIF(v.reverses = '' AND l.summary <> '', l.summary, v.summary)"
"""What a book says of a line `l` of a voucher `v`: its own words, or those of the voucher where it has none; every line of a red
one says what it undoes (会计基础工作规范 51)."""


def journal_rows(connection: Connection, span: Span) -> Rows:
    """(booked_on, word, number, no, summary, account, debit, credit, party, origin, voucher id) in booking order."""
    return fetch(
        connection,
        f"SELECT v.booked_on, v.word, v.number, l.no, {SAID}, l.account, l.debit_fen, l.credit_fen, l.party, v.origin, v.id"
        " FROM voucher v JOIN line l ON l.voucher_seq = v.seq WHERE v.booked_on BETWEEN ? AND ?"
        " ORDER BY v.booked_on, v.seq, l.no",
        span.first.first_day.isoformat(),
        span.last.last_day.isoformat(),
    )


def account_rows(connection: Connection, account: str, span: Span, place: str = "") -> Rows:
    """(booked_on, word, number, summary, party, debit, credit, place, voucher id) of one account and its sub-accounts."""
    return fetch(
        connection,
        f"SELECT l.booked_on, v.word, v.number, {SAID}, l.party, l.debit_fen, l.credit_fen, l.place, v.id"
        # each code by itself, so that the index by account and day is walked to the day
        " FROM line l JOIN voucher v ON v.seq = l.voucher_seq"
        " WHERE l.account IN (SELECT code FROM account WHERE code >= ?1 AND code < ?1 || ':')"
        " AND l.booked_on BETWEEN ?2 AND ?3 AND (?4 = '' OR l.place = ?4)"
        " ORDER BY l.booked_on, l.voucher_seq, l.no",
        account,
        span.first.first_day.isoformat(),
        span.last.last_day.isoformat(),
        place,
    )


def lines_on(connection: Connection, accounts: Sequence[str], span: Span) -> Rows:
    """(booked_on, word, number, summary, account, debit, credit, voucher id) of exactly these accounts, in booking order."""
    return fetch(
        connection,
        f"SELECT l.booked_on, v.word, v.number, {SAID}, l.account, l.debit_fen, l.credit_fen, v.id"
        " FROM line l JOIN voucher v ON v.seq = l.voucher_seq"
        " WHERE l.account IN (SELECT value FROM json_each(?)) AND l.booked_on BETWEEN ? AND ?"
        " ORDER BY l.booked_on, l.voucher_seq, l.no",
        json.dumps(list(accounts)),
        span.first.first_day.isoformat(),
        span.last.last_day.isoformat(),
    )


def money_entries(connection: Connection, span: Span) -> Rows:
    """(account, place, debit, credit, voucher position, booked_on) of every line, voucher by voucher.

    Vouchers that move no money are among them: leaving them out costs more than reading them.
    """
    return fetch(
        connection,
        "SELECT account, place, debit_fen, credit_fen, voucher_seq, booked_on FROM line"
        " WHERE booked_on BETWEEN ? AND ? ORDER BY voucher_seq",
        span.first.first_day.isoformat(),
        span.last.last_day.isoformat(),
    )


def voucher_sums(connection: Connection, account: str, span: Span) -> Rows:
    """(booked_on, word, number, summary, signed fen) of the vouchers of some months that changed an account with all that
    hangs under it, debit positive, in booking order."""
    return fetch(
        connection,
        "SELECT v.booked_on, v.word, v.number, v.summary, SUM(l.debit_fen - l.credit_fen) AS fen FROM line l"
        " JOIN voucher v ON v.seq = l.voucher_seq WHERE l.account >= ?1 AND l.account < ?1 || ':'"
        " AND l.booked_on BETWEEN ?2 AND ?3 GROUP BY v.seq HAVING fen <> 0 ORDER BY v.booked_on, v.seq",
        account,
        span.first.first_day.isoformat(),
        span.last.last_day.isoformat(),
    )
