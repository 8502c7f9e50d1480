"""Posted vouchers whole, one or a span of them; the numbers they have, and what undid or corrected them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from villagebook.domain.link import Link
from villagebook.domain.period import Period, Span
from villagebook.domain.voucher import DocKind, Origin, Voucher, VoucherLine
from villagebook.storage.engine import Rows, fetch, fetch_one, value_of
from villagebook.storage.links import links_between, links_of

_VOUCHER = (
    "seq, id, kind, word, number, booked_on, summary, party, paper_count, origin, document_id, reverses, paper_no,"
    " places_inferred, COALESCE((SELECT subject FROM step WHERE step.seq = voucher.seq), '')"
)


def voucher(connection: Connection, voucher_id: str) -> Voucher | None:
    row = fetch_one(connection, f"SELECT {_VOUCHER} FROM voucher WHERE id = ?", voucher_id)
    return _voucher(row, _lines(connection, row[0])) if row else None


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


def voucher_of_document(connection: Connection, document_id: str) -> Voucher | None:
    """The voucher a document was posted as; red reversals of it are not meant."""
    row = fetch_one(
        connection,
        f"SELECT {_VOUCHER} FROM voucher WHERE document_id = ? AND document_id <> '' AND reverses = ''"
        " ORDER BY seq DESC LIMIT 1",
        document_id,
    )
    return _voucher(row, _lines(connection, row[0])) if row else None


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


def reversed_by(connection: Connection, voucher_id: str) -> str:
    """Id of the red voucher that undid this one, "" when none did."""
    return (
        value_of(connection, "SELECT id FROM voucher WHERE reverses = ? AND reverses <> ''", voucher_id) or ""
    )


def corrected_by(connection: Connection, voucher_id: str) -> tuple[str, ...]:
    """Ids of the vouchers that set this one right, oldest first."""
    sql = "SELECT reason FROM step WHERE subject = ? AND what = 'corrected' ORDER BY seq"
    return tuple(r[0] for r in fetch(connection, sql, voucher_id))


def next_number(connection: Connection, period: Period, word: str) -> int:
    """The next number of a series; only true inside the write transaction that uses it."""
    top = value_of(
        connection, "SELECT MAX(number) FROM voucher WHERE period = ? AND word = ?", period.number, word
    )
    return (top or 0) + 1


def taken_numbers(connection: Connection) -> set[tuple[int, str, int]]:
    """Every (month, word, number) in use."""
    return {(r[0], r[1], r[2]) for r in fetch(connection, "SELECT period, word, number FROM voucher")}


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
