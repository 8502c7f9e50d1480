"""Reading what statements and account ledgers count: details by other party, what was carried over, the vouchers behind a figure.

An account stands for itself and its sub-accounts (codes that begin with it).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy.engine import Connection

from villagebook.domain.period import Period, Span
from villagebook.storage.aux_balances import undone_positions
from villagebook.storage.engine import Rows, fetch
from villagebook.storage.voucher_lines import SAID

_OF = "l.account IN (SELECT code FROM account WHERE code >= ?1 AND code < ?1 || ':')"
"""Each code by itself, so that the index by account and day is walked to the day."""

_CARRIED = "SELECT voucher_seq FROM line WHERE account >= ?4 AND account < ?4 || ':'"
BEGINNING = "0000-00-00"


def carried(connection: Connection, carry: str, span: Span) -> dict[str, int]:
    """Account -> signed fen booked in vouchers that touch `carry` (closing entries of the year) in the span."""
    rows = fetch(
        connection,
        "SELECT l.account, SUM(l.debit_fen - l.credit_fen) FROM line l WHERE l.voucher_seq IN (SELECT voucher_seq FROM line"
        " WHERE account >= ?1 AND account < ?1 || ':' AND booked_on BETWEEN ?2 AND ?3) GROUP BY l.account",
        carry,
        *_days(span),
    )
    return {r[0]: r[1] for r in rows}


def opening_of(connection: Connection, account: str) -> Rows:
    """(account, party, signed fen) of the opening balances of an account, "" for every account."""
    return fetch(
        connection,
        "SELECT account, party, SUM(debit_fen - credit_fen) FROM opening"
        " WHERE ?1 = '' OR (account >= ?1 AND account < ?1 || ':') GROUP BY account, party",
        account,
    )


def detail_sums(connection: Connection, account: str, first: str, last: date, carry: str = "") -> Rows:
    """(account, party, project, signed fen) booked from `first` to `last`, without vouchers that touch `carry`."""
    return fetch(
        connection,
        "SELECT l.account, l.party, l.project, SUM(l.debit_fen - l.credit_fen) FROM line l"
        f" WHERE {_OF} AND l.booked_on BETWEEN ?2 AND ?3 AND (?4 = '' OR l.voucher_seq NOT IN ({_CARRIED}))"
        " GROUP BY l.account, l.party, l.project",
        account,
        first,
        last.isoformat(),
        carry,
    )


def party_sums(connection: Connection, account: str, first: str, last: date, carry: str = "") -> Rows:
    """(account, party, signed fen): `detail_sums` whatever the project, from the index of parties alone."""
    return fetch(
        connection,
        "SELECT l.account, l.party, SUM(l.debit_fen - l.credit_fen) FROM line l"
        " WHERE l.account >= ?1 AND l.account < ?1 || ':' AND l.booked_on BETWEEN ?2 AND ?3"
        f" AND (?4 = '' OR l.voucher_seq NOT IN ({_CARRIED})) GROUP BY l.account, l.party",
        account,
        first,
        last.isoformat(),
        carry,
    )


def entries(connection: Connection, account: str, first: str, last: date, carry: str = "") -> Rows:
    """(voucher id, account, party, project, signed fen) of every line `detail_sums` adds up, in booking order."""
    return fetch(
        connection,
        "SELECT v.id, l.account, l.party, l.project, l.debit_fen - l.credit_fen FROM line l"
        " JOIN voucher v ON v.seq = l.voucher_seq"
        f" WHERE {_OF} AND l.booked_on BETWEEN ?2 AND ?3 AND (?4 = '' OR l.voucher_seq NOT IN ({_CARRIED}))"
        " ORDER BY l.booked_on, l.voucher_seq, l.no",
        account,
        first,
        last.isoformat(),
        carry,
    )


def voucher_ids(connection: Connection, span: Span) -> dict[int, str]:
    """Position -> id of the vouchers of a span."""
    rows = fetch(connection, "SELECT seq, id FROM voucher WHERE booked_on BETWEEN ? AND ?", *_days(span))
    return {r[0]: r[1] for r in rows}


def place_entries(connection: Connection, last: date) -> Rows:
    """(voucher id, account, place, signed fen) of every line that moved a money place up to a day, in booking order."""
    return fetch(
        connection,
        "SELECT v.id, l.account, l.place, l.debit_fen - l.credit_fen FROM line l JOIN voucher v ON v.seq = l.voucher_seq"
        " WHERE l.place <> '' AND l.booked_on <= ? ORDER BY l.booked_on, l.voucher_seq, l.no",
        last.isoformat(),
    )


def passages(connection: Connection, source: str, target: str, span: Span) -> Rows:
    """(voucher id, debits of `source`, credits of `target`) of every voucher of the span that has both."""
    return fetch(
        connection,
        "SELECT v.id, SUM(CASE WHEN l.account >= ?1 AND l.account < ?1 || ':' THEN l.debit_fen ELSE 0 END) AS d,"
        " SUM(CASE WHEN l.account >= ?2 AND l.account < ?2 || ':' THEN l.credit_fen ELSE 0 END) AS c"
        " FROM line l JOIN voucher v ON v.seq = l.voucher_seq WHERE l.voucher_seq IN (SELECT voucher_seq FROM line"
        " WHERE account >= ?1 AND account < ?1 || ':' AND booked_on BETWEEN ?3 AND ?4) GROUP BY l.voucher_seq"
        " HAVING d <> 0 AND c <> 0 ORDER BY l.voucher_seq",
        source,
        target,
        *_days(span),
    )


def month_sums(connection: Connection, account: str, span: Span) -> Rows:
    """(account, period number, debit, credit) by month; "" for every account."""
    return fetch(
        connection,
        "SELECT account, period, SUM(debit_fen), SUM(credit_fen) FROM month_total WHERE period BETWEEN ?2 AND ?3"
        " AND (?1 = '' OR (account >= ?1 AND account < ?1 || ':')) GROUP BY account, period ORDER BY account, period",
        account,
        span.first.number,
        span.last.number,
    )


def account_lines(connection: Connection, account: str, party: str | None, span: Span) -> Rows:
    """(account, party, booked_on, word, number, summary, debit, credit, voucher id, reversed id) in booking order.

    Of exactly this account, its sub-accounts have their own; `party` None means every party.
    """
    return fetch(
        connection,
        f"SELECT l.account, l.party, l.booked_on, v.word, v.number, {SAID}, l.debit_fen, l.credit_fen, v.id, v.reverses"
        " FROM line l JOIN voucher v ON v.seq = l.voucher_seq WHERE l.account = ?1 AND l.booked_on BETWEEN ?2 AND ?3"
        " AND (?4 IS NULL OR l.party = ?4) ORDER BY l.booked_on, l.voucher_seq, l.no",
        account,
        *_days(span),
        party,
    )


def accounts_of_party(connection: Connection, party: str) -> list[str]:
    """Accounts with an entry or an opening balance of this other party, by code."""
    sql = "SELECT account FROM line WHERE party = ?1 UNION SELECT account FROM opening WHERE party = ?1 ORDER BY 1"
    return [r[0] for r in fetch(connection, sql, party)]


def party_moves(connection: Connection, account: str, last: Period) -> Rows:
    """(account, party, day, debit, credit, voucher position, reversed position or 0) up to the end of a month, in booking
    order within each party of each account."""
    undone = undone_positions(connection)
    rows = fetch(
        connection,
        "SELECT l.account, l.party, l.booked_on, l.debit_fen, l.credit_fen, l.voucher_seq FROM line l"
        " WHERE l.account >= ?1 AND l.account < ?1 || ':' AND l.booked_on <= ?2"
        " ORDER BY l.account, l.party, l.booked_on, l.voucher_seq, l.no",
        account,
        last.last_day.isoformat(),
    )
    days = {text: date.fromisoformat(text) for text in {r[2] for r in rows}}
    return [(r[0], r[1], days[r[2]], r[3], r[4], r[5], undone.get(r[5], 0)) for r in rows]


def party_sums_before(connection: Connection, account: str, period: Period) -> dict[tuple[str, str], int]:
    """(account, party) -> signed fen at the start of a month."""
    found = {(r[0], r[1]): r[2] for r in opening_of(connection, account)}
    for code, party, fen in party_sums(connection, account, BEGINNING, period.shifted(-1).last_day):
        found[code, party] = found.get((code, party), 0) + fen
    return found


def _days(span: Span) -> tuple[str, str]:
    return span.first.first_day.isoformat(), span.last.last_day.isoformat()


def notice_closings(connection: Connection, last: Period) -> list[tuple[str, int]]:
    """(number, closing money in fen) of the final notices that end with this month."""
    rows = fetch(
        connection,
        "SELECT n.number, json_extract(n.content, '$.closing_fen') FROM notice n JOIN notice_final f ON f.id = n.id"
        " WHERE n.last = ? ORDER BY n.seq",
        last.number,
    )
    return [(r[0], int(r[1])) for r in rows]


def in_order(connection: Connection, voucher_ids: Collection[str]) -> tuple[str, ...]:
    """These vouchers in booking order."""
    rows = fetch(connection, "SELECT id FROM voucher ORDER BY booked_on, seq") if voucher_ids else []
    return tuple(r[0] for r in rows if r[0] in voucher_ids)


def voucher_heads(connection: Connection, voucher_ids: Collection[str]) -> Rows:
    """(id, booked_on, word, number, summary) of these vouchers in booking order."""
    if not voucher_ids:
        return []
    rows = fetch(
        connection, "SELECT id, booked_on, word, number, summary FROM voucher ORDER BY booked_on, seq"
    )
    return [r for r in rows if r[0] in voucher_ids]
