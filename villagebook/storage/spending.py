"""Reading what was paid around a day, to whom and for what: for divided payments and yearly caps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.engine import Connection

from villagebook.domain import moment
from villagebook.domain.link import Link
from villagebook.domain.voucher import voucher_label
from villagebook.storage.engine import fetch, fetch_one, value_of

_STANDS = (
    "v.kind = 'payment' AND v.reverses = '' AND v.document_id <> ''"
    " AND NOT EXISTS (SELECT 1 FROM voucher r WHERE r.reverses = v.id AND r.reverses <> '')"
)


@dataclass(frozen=True, slots=True)
class Paid:
    """A posted payment that was not undone. `seq` is the position of its voucher."""

    seq: int
    document_id: str
    label: str
    booked_on: date
    party: str
    summary: str
    total_fen: int


@dataclass(frozen=True, slots=True)
class Sent:
    """The newest submission of a document: position, its own date, the day it was sent in, the kind of spending chosen."""

    seq: int
    booked_on: date
    sent_on: date
    spend_kind: str


def paid_between(connection: Connection, first: date, last: date) -> tuple[Paid, ...]:
    """Payments posted on these days that stand."""
    rows = fetch(
        connection,
        "SELECT v.seq, v.document_id, v.word, v.number, v.booked_on, v.party, v.summary, v.total_fen FROM voucher v"
        f" WHERE v.booked_on BETWEEN ? AND ? AND {_STANDS} ORDER BY v.seq",
        first.isoformat(),
        last.isoformat(),
    )
    return tuple(
        Paid(r[0], r[1], voucher_label(r[2], r[3]), date.fromisoformat(r[4]), r[5], r[6], r[7]) for r in rows
    )


def naming(connection: Connection, links: frozenset[Link], first: date, last: date) -> frozenset[int]:
    """Positions of vouchers of these days whose lines name one of these parties."""
    found: set[int] = set()
    for link in links:
        rows = fetch(
            connection,
            "SELECT DISTINCT k.voucher_seq FROM line_link k JOIN voucher v ON v.seq = k.voucher_seq"
            " WHERE k.kind = ? AND k.code = ? AND v.booked_on BETWEEN ? AND ?",
            link.kind.value,
            link.code,
            first.isoformat(),
            last.isoformat(),
        )
        found |= {r[0] for r in rows}
    return frozenset(found)


def sent(connection: Connection, document_id: str) -> Sent | None:
    """None for a document that was never sent in."""
    row = fetch_one(
        connection,
        "SELECT s.seq, s.booked_on, l.at, s.content ->> '$.spend_kind' FROM submission s JOIN log l ON l.seq = s.seq"
        " WHERE s.document_id = ? ORDER BY s.seq DESC LIMIT 1",
        document_id,
    )
    if row is None:
        return None
    return Sent(row[0], date.fromisoformat(row[1]), moment.day_of(row[2]), row[3] or "")


@dataclass(frozen=True, slots=True)
class Fee:
    """A live payment from a place by a bank's own advice; `label` is its voucher's."""

    label: str
    booked_on: date
    advice: str
    fen: int


def fees_beside(connection: Connection, place: str, but: str) -> tuple[Fee, ...]:
    """Payments by a bank's advice out of one place, whether anybody signed them or not."""
    rows = fetch(
        connection,
        "SELECT v.word, v.number, v.booked_on, s.content ->> '$.support_no', s.total_fen FROM submission s"
        " JOIN voucher v ON v.document_id = s.document_id AND v.document_id <> '' AND v.reverses = ''"
        " WHERE s.kind = 'payment' AND s.place = ? AND s.document_id <> ?"
        " AND s.content ->> '$.support' = 'bank-advice'"
        " AND NOT EXISTS (SELECT 1 FROM voucher r WHERE r.reverses = v.id AND r.reverses <> '')"
        " AND s.seq = (SELECT MAX(seq) FROM submission WHERE document_id = s.document_id) ORDER BY v.seq",
        place,
        but,
    )
    return tuple(
        Fee(voucher_label(r[0], r[1]), date.fromisoformat(r[2]), r[3] or "", int(r[4])) for r in rows
    )


def first_sent_on(connection: Connection) -> date | None:
    """The day the first payment was sent in to be signed; None in a book nobody approves in yet."""
    sql = "SELECT MIN(l.at) FROM submission s JOIN log l ON l.seq = s.seq WHERE s.kind = 'payment'"
    found = value_of(connection, sql)
    return None if found is None else moment.day_of(str(found))


def voucher_seq(connection: Connection, document_id: str) -> int | None:
    """Position of the voucher a document became, None while there is none."""
    sql = "SELECT MIN(seq) FROM voucher WHERE document_id = ? AND document_id <> '' AND reverses = ''"
    found = value_of(connection, sql, document_id)
    return None if found is None else int(found)


def spent_by_summary(
    connection: Connection, year: int, begins: Iterable[str]
) -> tuple[tuple[str, str, int], ...]:
    """(account, summary, fen) debited in a year on accounts whose codes begin so; red ones taken off."""
    begun = tuple(begins)
    codes = [
        r[0]
        for r in fetch(connection, "SELECT code FROM account ORDER BY code")
        if str(r[0]).startswith(begun)
    ]
    made: list[tuple[str, str, int]] = []
    for code in codes:  # one account after the other: the index leads straight to its year
        rows = fetch(
            connection,
            "SELECT summary, SUM(debit_fen) FROM line WHERE account = ? AND booked_on BETWEEN ? AND ?"
            " AND debit_fen <> 0 GROUP BY summary",
            code,
            f"{year}-01-01",
            f"{year}-12-31",
        )
        made += [(code, r[0], r[1]) for r in rows]
    return tuple(made)
