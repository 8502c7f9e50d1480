"""What accounts and money places hold and what moved them; whole months are read from the running sums, not from the lines."""

from __future__ import annotations

from datetime import date

from sqlalchemy.engine import Connection

from villagebook.domain.balance import AccountBalance
from villagebook.domain.period import Period, Span
from villagebook.storage.engine import Rows, fetch, fetch_one, value_of


def balances(connection: Connection, span: Span) -> tuple[AccountBalance, ...]:
    """Opening and movement of every account with either, by code; reads the monthly totals, never the lines."""
    rows = fetch(
        connection,
        "SELECT account, SUM(o), SUM(d), SUM(c) FROM ("
        " SELECT account, debit_fen - credit_fen AS o, 0 AS d, 0 AS c FROM opening"
        " UNION ALL SELECT account, CASE WHEN period < ?1 THEN debit_fen - credit_fen ELSE 0 END,"
        " CASE WHEN period >= ?1 THEN debit_fen ELSE 0 END, CASE WHEN period >= ?1 THEN credit_fen ELSE 0 END"
        " FROM month_total WHERE period <= ?2) GROUP BY account ORDER BY account",
        span.first.number,
        span.last.number,
    )
    return tuple(AccountBalance(*r) for r in rows)


def moved_by_account(connection: Connection, span: Span) -> dict[str, tuple[int, int]]:
    """Account -> (debit, credit) in fen of some months, by the monthly totals."""
    rows = fetch(
        connection,
        "SELECT account, SUM(debit_fen), SUM(credit_fen) FROM month_total WHERE period BETWEEN ? AND ? GROUP BY account",
        span.first.number,
        span.last.number,
    )
    return {r[0]: (r[1], r[2]) for r in rows}


def account_balance(connection: Connection, account: str, day: date) -> int:
    """Signed fen of an account and everything under it at the close of a day; `date.max` asks for all that is booked."""
    month = Period.of(day) if day < date.max else Period(2999, 12)
    before = value_of(
        connection,
        "SELECT COALESCE(SUM(f), 0) FROM (SELECT debit_fen - credit_fen AS f FROM opening"
        " WHERE account >= ?1 AND account < ?1 || ':' UNION ALL SELECT debit_fen - credit_fen FROM month_total"
        " WHERE account >= ?1 AND account < ?1 || ':' AND period < ?2)",
        account,
        month.number,
    )
    within = value_of(
        connection,
        # account by account, so that the index leads to the days as well
        "SELECT COALESCE(SUM(debit_fen - credit_fen), 0) FROM line"
        " WHERE account IN (SELECT code FROM account WHERE code >= ?1 AND code < ?1 || ':') AND booked_on BETWEEN ?2 AND ?3",
        account,
        month.first_day.isoformat(),
        day.isoformat(),
    )
    return int(before) + int(within)


def details_on(connection: Connection, account: str, day: date) -> tuple[tuple[str, str, int], ...]:
    """(party, project, signed fen) of one account, its sub-accounts left out, at the close of a day; zeros left out."""
    rows = fetch(
        connection,
        "SELECT party, project, SUM(f) FROM (SELECT party, '' AS project, debit_fen - credit_fen AS f FROM opening"
        " WHERE account = ?1 UNION ALL SELECT party, project, debit_fen - credit_fen FROM line"
        " WHERE account = ?1 AND booked_on <= ?2) GROUP BY party, project HAVING SUM(f) <> 0 ORDER BY party, project",
        account,
        day.isoformat(),
    )
    return tuple((r[0], r[1], r[2]) for r in rows)


def is_booked(connection: Connection, account: str) -> bool:
    """True when the account itself carries a booking or an opening balance."""
    sql = "SELECT 1 FROM month_total WHERE account = ?1 UNION ALL SELECT 1 FROM opening WHERE account = ?1 LIMIT 1"
    return value_of(connection, sql, account) is not None


def account_use(connection: Connection) -> dict[str, int]:
    """Bookings per account, cheap to ask: it counts the months in which an account moved."""
    return {
        r[0]: r[1] for r in fetch(connection, "SELECT account, COUNT(*) FROM month_total GROUP BY account")
    }


def control_totals(connection: Connection) -> tuple[int, int, int]:
    """(debit fen, credit fen, vouchers) of everything posted."""
    row = fetch_one(
        connection,
        "SELECT COALESCE(SUM(debit_fen), 0), COALESCE(SUM(credit_fen), 0), (SELECT COUNT(*) FROM voucher)"
        " FROM month_total",
    )
    return (row[0], row[1], row[2]) if row else (0, 0, 0)


def place_balances_before(connection: Connection, period: Period) -> dict[tuple[str, str], int]:
    """(account, place) -> signed fen at the start of a month; money places only."""
    rows = fetch(
        connection,
        "SELECT account, place, SUM(f) FROM (SELECT account, place, debit_fen - credit_fen AS f FROM opening"
        " WHERE place <> '' UNION ALL SELECT account, place, debit_fen - credit_fen FROM month_total"
        " WHERE period < ? AND place <> '') GROUP BY account, place",
        period.number,
    )
    return {(r[0], r[1]): r[2] for r in rows}


def place_balances_on(connection: Connection, day: date) -> dict[str, int]:
    """Place -> signed fen at the close of a day."""
    found: dict[str, int] = {}
    for (_account, place), fen in place_balances_before(connection, Period.of(day)).items():
        found[place] = found.get(place, 0) + fen
    rows = fetch(
        connection,
        # through the list of places, so that the index by place and day is walked
        "SELECT l.place, SUM(l.debit_fen - l.credit_fen) FROM place p CROSS JOIN line l ON l.place = p.code"
        " WHERE l.place <> '' AND l.account GLOB '10[12]*' AND l.booked_on BETWEEN ? AND ? GROUP BY l.place",
        Period.of(day).first_day.isoformat(),
        day.isoformat(),
    )
    for place, fen in rows:
        found[place] = found.get(place, 0) + fen
    return found


def place_moves_after(
    connection: Connection, place: str, day: date, until: date = date.max
) -> list[tuple[date, int]]:
    """(day, signed fen) of every posted movement of one place after a day, in order of days."""
    rows = fetch(
        connection,
        "SELECT booked_on, SUM(debit_fen - credit_fen) FROM line WHERE place = ? AND place <> ''"
        " AND account GLOB '10[12]*' AND booked_on > ? AND booked_on <= ? GROUP BY booked_on ORDER BY booked_on",
        place,
        day.isoformat(),
        until.isoformat(),
    )
    return [(date.fromisoformat(r[0]), r[1]) for r in rows]


def place_moves_in(
    connection: Connection, account: str, place: str, first: Period, before: Period
) -> tuple[int, int]:
    """(debit, credit) of an account and its sub-accounts in some months, the last left out; "" is every place."""
    row = fetch_one(
        connection,
        "SELECT COALESCE(SUM(debit_fen), 0), COALESCE(SUM(credit_fen), 0) FROM month_total"
        " WHERE account >= ?1 AND account < ?1 || ':' AND period >= ?2 AND period < ?3 AND (?4 = '' OR place = ?4)",
        account,
        first.number,
        before.number,
        place,
    )
    return (row[0], row[1]) if row else (0, 0)


def moved(connection: Connection, span: Span) -> Rows:
    """(period number, money place, category, receipts, payments) of the months: `flow.split` of every voucher, added up."""
    return fetch(
        connection,
        "SELECT period, place, category, receipts_fen, payments_fen FROM money_total WHERE period BETWEEN ? AND ?",
        span.first.number,
        span.last.number,
    )
