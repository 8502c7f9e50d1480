"""Reading what the two lines keep beside the vouchers: imprest, funds, claims, bills, other ledgers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.engine import Connection

from villagebook.storage.engine import fetch, value_of

_LIVE = (
    "EXISTS (SELECT 1 FROM voucher v WHERE v.document_id = s.document_id AND v.document_id <> '' AND v.reverses = ''"
    " AND NOT EXISTS (SELECT 1 FROM voucher r WHERE r.reverses = v.id AND r.reverses <> ''))"
)
_STOPPED = (
    "EXISTS (SELECT 1 FROM step t WHERE t.subject = s.document_id AND t.content_hash = s.content_hash"
    " AND t.what <> 'corrected' AND t.seq > s.seq)"
)
_NEWEST = "s.seq = (SELECT MAX(seq) FROM submission WHERE document_id = s.document_id)"
_POSTED = "EXISTS (SELECT 1 FROM voucher v WHERE v.document_id = s.document_id AND v.document_id <> '')"


@dataclass(frozen=True, slots=True)
class Bill:
    """An unsettled item on the register (R26)."""

    id: str
    payee: str
    amount_fen: int
    bill_on: date
    what: str
    registered_on: date


def last_replenishment(connection: Connection, place: str, but: str) -> int:
    """Position of the newest transfer into an imprest that is live or under way, 0 when there is none."""
    found = value_of(
        connection,
        "SELECT MAX(s.seq) FROM submission s WHERE s.kind = 'transfer' AND s.document_id <> ?"
        f" AND json_valid(s.content) AND s.content ->> '$.to_place' = ? AND {_NEWEST}"
        f" AND ({_LIVE} OR NOT ({_POSTED} OR {_STOPPED}))",
        but,
        place,
    )
    return int(found or 0)


def last_return(connection: Connection, place: str) -> int:
    """Position of the newest live transfer out of an imprest, 0 when there is none."""
    found = value_of(
        connection,
        f"SELECT MAX(s.seq) FROM submission s WHERE s.kind = 'transfer' AND s.place = ? AND {_LIVE}",
        place,
    )
    return int(found or 0)


def spent_since(connection: Connection, place: str, seq: int) -> int:
    """Fen of payments out of a place posted after a position, reversals taken off."""
    return int(
        value_of(
            connection,
            "SELECT COALESCE(SUM(l.credit_fen - l.debit_fen), 0) FROM line l JOIN voucher v ON v.seq = l.voucher_seq"
            " WHERE l.place = ? AND l.voucher_seq > ? AND v.kind = 'payment'",
            place,
            seq,
        )
    )


def holder_of(connection: Connection, place: str, day: date) -> str:
    """Person id of whoever was named for a place on a day, "" when nobody was."""
    sql = "SELECT person_id FROM place_holder WHERE place = ? AND from_on <= ? ORDER BY from_on DESC, seq DESC LIMIT 1"
    return value_of(connection, sql, place, day.isoformat()) or ""


def sisters(connection: Connection) -> frozenset[str]:
    """Names of ledgers that are kept apart from this one (R25)."""
    return frozenset(r[0] for r in fetch(connection, "SELECT name FROM sister"))


def bills(connection: Connection) -> tuple[Bill, ...]:
    """The register of unsettled items, oldest first."""
    rows = fetch(
        connection,
        "SELECT id, payee, amount_fen, bill_on, what, registered_on FROM bill ORDER BY bill_on, seq",
    )
    return tuple(
        Bill(r[0], r[1], r[2], date.fromisoformat(r[3]), r[4], date.fromisoformat(r[5])) for r in rows
    )


def bill_payments(connection: Connection) -> list[tuple[str, int, str, date, str, int, str]]:
    """(payee, fen, day of the bill, day paid, word, number, voucher id) of live payments that name the day their bill arose."""
    rows = fetch(
        connection,
        "SELECT s.party, s.total_fen, s.content ->> '$.event_on', v.booked_on, v.word, v.number, v.id FROM submission s"
        " JOIN (SELECT DISTINCT payee FROM bill) b ON b.payee = s.party JOIN voucher v ON v.document_id = s.document_id"
        " AND v.document_id <> '' AND v.reverses = '' WHERE s.kind = 'payment' AND json_valid(s.content)"
        f" AND {_NEWEST} AND NOT EXISTS (SELECT 1 FROM voucher r WHERE r.reverses = v.id AND r.reverses <> '')"
        " ORDER BY v.booked_on, v.seq",
    )
    return [(r[0], r[1], r[2] or "", date.fromisoformat(r[3]), r[4], r[5], r[6]) for r in rows]


def paid_bills(connection: Connection, day: date) -> list[tuple[str, int, str]]:
    """(payee, fen, day of the bill) of every live payment booked by a day that names the day its bill arose."""
    rows = fetch(
        connection,
        "SELECT s.party, s.total_fen, s.content ->> '$.event_on' FROM submission s JOIN (SELECT DISTINCT payee FROM bill) b"
        " ON b.payee = s.party JOIN voucher v ON v.document_id = s.document_id AND v.document_id <> ''"
        " AND v.reverses = '' AND v.booked_on <= ? WHERE s.kind = 'payment' AND json_valid(s.content)"
        f" AND {_NEWEST} AND NOT EXISTS (SELECT 1 FROM voucher r WHERE r.reverses = v.id AND r.reverses <> '')",
        day.isoformat(),
    )
    return [(r[0], r[1], r[2] or "") for r in rows]


def claims(connection: Connection) -> list[tuple[str, str, str, date, str]]:
    """(document id, kind, party, day paid, due day or "") of live loans and advances, oldest first."""
    rows = fetch(
        connection,
        "SELECT s.document_id, s.content ->> '$.spend_kind', s.party, v.booked_on, s.content ->> '$.due_on'"
        " FROM submission s CROSS JOIN voucher v ON v.document_id = s.document_id AND v.document_id <> ''"
        " AND v.reverses = ''"
        ' WHERE (instr(s.content, \'"spend_kind":"advance"\') > 0 OR instr(s.content, \'"spend_kind":"loan"\') > 0)'
        f" AND {_NEWEST} AND NOT EXISTS (SELECT 1 FROM voucher r WHERE r.reverses = v.id AND r.reverses <> '')"
        " ORDER BY v.booked_on, v.seq",
    )
    return [(r[0], r[1], r[2], date.fromisoformat(r[3]), r[4] or "") for r in rows]


def claim_moves(connection: Connection, account: str, party: str) -> list[tuple[int, str, int]]:
    """(position, document id, signed fen) of one party on one account and what hangs under it, openings first at 0."""
    rows = fetch(
        connection,
        "SELECT 0, '', debit_fen - credit_fen FROM opening WHERE account GLOB ?1 || '*' AND party = ?2"
        " UNION ALL SELECT l.voucher_seq, v.document_id, l.debit_fen - l.credit_fen FROM line l JOIN voucher v"
        " ON v.seq = l.voucher_seq WHERE l.account >= ?1 AND l.account < ?1 || '~' AND l.account GLOB ?1 || '*'"
        " AND l.party = ?2 ORDER BY 1",
        account,
        party,
    )
    return [(r[0], r[1], r[2]) for r in rows]
