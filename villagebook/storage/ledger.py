"""Reading posted vouchers: balances, lists by key, numbers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from villagebook.domain.balance import AccountBalance
from villagebook.domain.link import Link
from villagebook.domain.period import Period, Span
from villagebook.domain.voucher import DocKind, Origin, Voucher, VoucherLine
from villagebook.storage.engine import Rows, fetch, fetch_one, value_of
from villagebook.storage.links import links_between, links_of

_VOUCHER = (
    "seq, id, kind, word, number, booked_on, summary, party, paper_count, origin, document_id, reverses, paper_no,"
    " places_inferred, COALESCE((SELECT subject FROM step WHERE step.seq = voucher.seq), '')"
)


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


def next_number(connection: Connection, period: Period, word: str) -> int:
    """The next number of a series; only true inside the write transaction that uses it."""
    top = value_of(
        connection, "SELECT MAX(number) FROM voucher WHERE period = ? AND word = ?", period.number, word
    )
    return (top or 0) + 1


def taken_numbers(connection: Connection) -> set[tuple[int, str, int]]:
    """Every (month, word, number) in use."""
    return {(r[0], r[1], r[2]) for r in fetch(connection, "SELECT period, word, number FROM voucher")}


def _lines(connection: Connection, seq: int) -> tuple[VoucherLine, ...]:
    rows = fetch(
        connection,
        "SELECT account, debit_fen, credit_fen, summary, place, party, project FROM line WHERE voucher_seq = ? ORDER BY no",
        seq,
    )
    links = links_of(connection, seq)
    return tuple(_with(VoucherLine(*r), links.get(no)) for no, r in enumerate(rows, 1))


def _with(line: VoucherLine, links: tuple[Link, ...] | None) -> VoucherLine:
    return replace(line, links=links) if links else line


def _voucher(row: tuple[Any, ...], lines: tuple[VoucherLine, ...]) -> Voucher:
    """From the columns of `_VOUCHER`."""
    return Voucher(
        id=row[1],
        kind=DocKind(row[2]),
        word=row[3],
        number=row[4],
        booked_on=date.fromisoformat(row[5]),
        summary=row[6],
        lines=lines,
        party=row[7],
        paper_count=row[8],
        origin=Origin(row[9]),
        document_id=row[10],
        reverses=row[11],
        paper_no=row[12],
        places_inferred=bool(row[13]),
        corrects=row[14],
    )


def voucher(connection: Connection, voucher_id: str) -> Voucher | None:
    row = fetch_one(connection, f"SELECT {_VOUCHER} FROM voucher WHERE id = ?", voucher_id)
    return _voucher(row, _lines(connection, row[0])) if row else None


def voucher_of_document(connection: Connection, document_id: str) -> Voucher | None:
    """The voucher a document was posted as; red reversals of it are not meant."""
    row = fetch_one(
        connection,
        f"SELECT {_VOUCHER} FROM voucher WHERE document_id = ? AND document_id <> '' AND reverses = ''"
        " ORDER BY seq DESC LIMIT 1",
        document_id,
    )
    return _voucher(row, _lines(connection, row[0])) if row else None


def reversed_by(connection: Connection, voucher_id: str) -> str:
    """Id of the red voucher that undid this one, "" when none did."""
    return (
        value_of(connection, "SELECT id FROM voucher WHERE reverses = ? AND reverses <> ''", voucher_id) or ""
    )


def corrected_by(connection: Connection, voucher_id: str) -> tuple[str, ...]:
    """Ids of the vouchers that set this one right, oldest first."""
    sql = "SELECT reason FROM step WHERE subject = ? AND what = 'corrected' ORDER BY seq"
    return tuple(r[0] for r in fetch(connection, sql, voucher_id))


def live_on(connection: Connection, account: str, period: Period) -> tuple[Voucher, ...]:
    """Vouchers of a month that book on an account or under it, neither red nor reversed, in booking order."""
    rows = fetch(
        connection,
        f"SELECT {_VOUCHER} FROM voucher WHERE seq IN (SELECT voucher_seq FROM line"
        " WHERE account >= ?1 AND account < ?1 || ':' AND booked_on BETWEEN ?2 AND ?3) AND reverses = ''"
        " AND NOT EXISTS (SELECT 1 FROM voucher r WHERE r.reverses = voucher.id AND r.reverses <> '')"
        " ORDER BY booked_on, seq",
        account,
        period.first_day.isoformat(),
        period.last_day.isoformat(),
    )
    return tuple(_voucher(r, _lines(connection, r[0])) for r in rows)


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


def vouchers(connection: Connection, span: Span) -> tuple[Voucher, ...]:
    """All vouchers of a span in booking order, with their lines."""
    bounds = (span.first.first_day.isoformat(), span.last.last_day.isoformat())
    by_seq: dict[int, list[VoucherLine]] = {}
    links = links_between(connection, span.first.first_day, span.last.last_day)
    for seq, no, *line in connection.exec_driver_sql(
        "SELECT voucher_seq, no, account, debit_fen, credit_fen, line.summary, place, line.party, project FROM line"
        " JOIN voucher ON voucher.seq = voucher_seq WHERE voucher.booked_on BETWEEN ? AND ? ORDER BY voucher_seq, no",
        bounds,
    ):
        by_seq.setdefault(seq, []).append(_with(VoucherLine(*line), links.get((seq, no))))
    rows = fetch(
        connection,
        f"SELECT {_VOUCHER} FROM voucher WHERE booked_on BETWEEN ? AND ? ORDER BY booked_on, seq",
        *bounds,
    )
    return tuple(_voucher(r, tuple(by_seq.get(r[0], ()))) for r in rows)


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


def any_paper(connection: Connection, span: Span) -> bool:
    """Whether a voucher of the span came from a document or tells of papers; most of a taken over history does not."""
    return (
        value_of(
            connection,
            "SELECT 1 FROM voucher WHERE booked_on BETWEEN ? AND ?"
            " AND (document_id <> '' OR paper_no <> '' OR paper_count > 0) LIMIT 1",
            span.first.first_day.isoformat(),
            span.last.last_day.isoformat(),
        )
        is not None
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


def moved(connection: Connection, span: Span) -> Rows:
    """(period number, money place, category, receipts, payments) of the months: `flow.split` of every voucher, added up."""
    return fetch(
        connection,
        "SELECT period, place, category, receipts_fen, payments_fen FROM money_total WHERE period BETWEEN ? AND ?",
        span.first.number,
        span.last.number,
    )


def journal_rows(connection: Connection, span: Span) -> Rows:
    """(booked_on, word, number, no, summary, account, debit, credit, party, origin, voucher id) in booking order."""
    return fetch(
        connection,
        "SELECT v.booked_on, v.word, v.number, l.no, l.summary, l.account, l.debit_fen, l.credit_fen, l.party, v.origin, v.id"
        " FROM voucher v JOIN line l ON l.voucher_seq = v.seq WHERE v.booked_on BETWEEN ? AND ?"
        " ORDER BY v.booked_on, v.seq, l.no",
        span.first.first_day.isoformat(),
        span.last.last_day.isoformat(),
    )


def account_rows(connection: Connection, account: str, span: Span, place: str = "") -> Rows:
    """(booked_on, word, number, summary, party, debit, credit, place, voucher id) of one account and its sub-accounts."""
    return fetch(
        connection,
        "SELECT l.booked_on, v.word, v.number, l.summary, l.party, l.debit_fen, l.credit_fen, l.place, v.id"
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
        "SELECT l.booked_on, v.word, v.number, l.summary, l.account, l.debit_fen, l.credit_fen, v.id"
        " FROM line l JOIN voucher v ON v.seq = l.voucher_seq"
        " WHERE l.account IN (SELECT value FROM json_each(?)) AND l.booked_on BETWEEN ? AND ?"
        " ORDER BY l.booked_on, l.voucher_seq, l.no",
        json.dumps(list(accounts)),
        span.first.first_day.isoformat(),
        span.last.last_day.isoformat(),
    )


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


def number_gaps(connection: Connection, period: Period) -> list[tuple[str, int, int]]:
    """(word, vouchers, highest number) of native series whose numbers are not 1..n."""
    return [
        (r[0], r[1], r[2])
        for r in fetch(
            connection,
            "SELECT word, COUNT(*), MAX(number) FROM voucher WHERE period = ? GROUP BY word"
            " HAVING COUNT(*) <> MAX(number) AND MIN(origin) = 'native'",
            period.number,
        )
    ]


def account_use(connection: Connection) -> dict[str, int]:
    """Bookings per account, cheap to ask: it counts the months in which an account moved."""
    return {
        r[0]: r[1] for r in fetch(connection, "SELECT account, COUNT(*) FROM month_total GROUP BY account")
    }


def any_inferred(connection: Connection, before: Period) -> bool:
    """True when history without money places was booked before the start of this month."""
    sql = "SELECT 1 FROM voucher WHERE places_inferred = 1 AND booked_on < ? LIMIT 1"
    return value_of(connection, sql, before.first_day.isoformat()) is not None


def entered_after_close(connection: Connection) -> Rows:
    """(booked_on, word, number) of vouchers that entered a month while it was closed; the program makes none."""
    return fetch(
        connection,
        "SELECT booked_on, word, number FROM voucher v WHERE (SELECT state FROM period_step p"
        " WHERE p.period = v.period AND p.seq < v.seq ORDER BY p.seq DESC LIMIT 1) IN ('closed', 'disclosed')",
    )


def control_totals(connection: Connection) -> tuple[int, int, int]:
    """(debit fen, credit fen, vouchers) of everything posted."""
    row = fetch_one(
        connection,
        "SELECT COALESCE(SUM(debit_fen), 0), COALESCE(SUM(credit_fen), 0), (SELECT COUNT(*) FROM voucher)"
        " FROM month_total",
    )
    return (row[0], row[1], row[2]) if row else (0, 0, 0)
