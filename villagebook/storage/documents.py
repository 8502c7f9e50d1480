"""Reading documents under way: what was submitted, signed, rejected; which receipts still lie in the drawer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy.engine import Connection

from villagebook.domain import moment
from villagebook.domain.document import Document
from villagebook.domain.folding import name_key
from villagebook.domain.receipts import Takings
from villagebook.domain.signature import Signature, SignKind
from villagebook.storage.engine import fetch, fetch_one, value_of


@dataclass(frozen=True, slots=True)
class Submitted:
    """The newest submission of a document; `submitted_on` is the day the log recorded it."""

    document: Document
    content_hash: str
    submitted_on: date
    times: int


@dataclass(frozen=True, slots=True)
class Stop:
    """A rejection or withdrawal: what, by whom, why; it holds for one content only, until that is sent in again."""

    what: str
    person_id: str
    reason: str
    seq: int = 0


def submitted(connection: Connection, document_id: str) -> Submitted | None:
    row = fetch_one(
        connection,
        "SELECT content, content_hash, at, (SELECT COUNT(*) FROM submission WHERE document_id = ?1)"
        " FROM submission JOIN log USING (seq) WHERE document_id = ?1 ORDER BY submission.seq DESC LIMIT 1",
        document_id,
    )
    if row is None:
        return None
    return Submitted(Document.from_data(json.loads(row[0])), row[1], moment.day_of(row[2]), row[3])


def stop_of(connection: Connection, subject: str, content_hash: str) -> Stop | None:
    """The rejection or withdrawal of exactly this content; None once it was sent in again after that."""
    row = fetch_one(
        connection,
        "SELECT what, person_id, reason, seq FROM step WHERE subject = ?1 AND content_hash = ?2 AND seq >"
        " COALESCE((SELECT MAX(seq) FROM submission WHERE document_id = ?1 AND content_hash = ?2), 0)"
        " ORDER BY seq DESC LIMIT 1",
        subject,
        content_hash,
    )
    return Stop(*row) if row else None


def excused(connection: Connection, document_id: str, content_hash: str) -> frozenset[str] | None:
    """Keys of the holds (`rule.hold_key`) a reason was recorded for; None where this content was never sent in."""
    sent = "SELECT 1 FROM submission WHERE document_id = ? AND content_hash = ?"
    if value_of(connection, sent, document_id, content_hash) is None:
        return None
    rows = fetch(
        connection,
        "SELECT holds FROM hold_reason WHERE document_id = ? AND content_hash = ?",
        document_id,
        content_hash,
    )
    return frozenset(key for (holds,) in rows for key in json.loads(holds))


def later_reasons(connection: Connection, document_id: str, content_hash: str) -> tuple[str, ...]:
    """Reasons recorded after the document was sent in, the oldest first; its own stands in its content."""
    rows = fetch(
        connection,
        "SELECT reason FROM hold_reason WHERE document_id = ? AND content_hash = ? AND NOT EXISTS"
        " (SELECT 1 FROM submission WHERE submission.seq = hold_reason.seq) ORDER BY seq",
        document_id,
        content_hash,
    )
    return tuple(r[0] for r in rows)


def rejection(connection: Connection, document_id: str) -> Stop | None:
    """The newest no to a document, whatever was changed in it since; None when nobody ever said no."""
    row = fetch_one(
        connection,
        "SELECT what, person_id, reason, seq FROM step WHERE subject = ? AND what = 'rejected'"
        " ORDER BY seq DESC LIMIT 1",
        document_id,
    )
    return Stop(*row) if row else None


def rejections(connection: Connection) -> tuple[tuple[str, str, date, Stop], ...]:
    """As `stops`, of every veto."""
    return stops(connection, "rejected")


def stops(connection: Connection, what: str) -> tuple[tuple[str, str, date, Stop], ...]:
    """(document id, content hash, day, the no) of every such no to a document, the newest first; notices are left out."""
    rows = fetch(
        connection,
        "SELECT t.subject, t.content_hash, l.at, t.what, t.person_id, t.reason, t.seq FROM step t JOIN log l"
        " ON l.seq = t.seq WHERE t.what = ?"
        " AND EXISTS (SELECT 1 FROM submission WHERE document_id = t.subject) ORDER BY t.seq DESC",
        what,
    )
    return tuple((r[0], r[1], moment.day_of(r[2]), Stop(*r[3:])) for r in rows)


def content_of(connection: Connection, document_id: str, content_hash: str) -> Document | None:
    """A document as it was with exactly this content."""
    body = value_of(
        connection,
        "SELECT content FROM submission WHERE document_id = ? AND content_hash = ? LIMIT 1",
        document_id,
        content_hash,
    )
    return Document.from_data(json.loads(body)) if body else None


def with_bank_advice(connection: Connection, limit_fen: int) -> frozenset[str]:
    """Ids of payments up to a limit whose last submission stands on a numbered bank advice: fees the bank took by itself."""
    rows = fetch(
        connection,
        "SELECT document_id FROM submission s WHERE kind = 'payment' AND content ->> '$.support' = 'bank-advice'"
        " AND TRIM(content ->> '$.support_no') <> '' AND total_fen <= ? AND seq ="
        " (SELECT MAX(seq) FROM submission WHERE document_id = s.document_id)",
        limit_fen,
    )
    return frozenset(r[0] for r in rows)


def signatures(connection: Connection, subject: str, content_hash: str) -> tuple[Signature, ...]:
    """Signatures that still hold: given for exactly this content."""
    rows = fetch(
        connection,
        "SELECT subject, content_hash, slot, person_id, signed_on, kind, evidence, key_id, reference, suite, seal"
        " FROM signature"
        " WHERE subject = ? AND content_hash = ? ORDER BY seq",
        subject,
        content_hash,
    )
    return tuple(
        Signature(r[0], r[1], r[2], r[3], date.fromisoformat(r[4]), SignKind(r[5]), *r[6:11]) for r in rows
    )


OPEN = (
    # `<> ''` lets SQLite use the partial index; a step before the submission was lifted: the same content came again
    "NOT EXISTS (SELECT 1 FROM voucher v WHERE v.document_id = s.document_id AND v.document_id <> '')"
    " AND NOT EXISTS (SELECT 1 FROM step t WHERE t.subject = s.document_id AND t.content_hash = s.content_hash"
    " AND t.seq > s.seq)"
)
"""Condition on a submission `s`, its document's newest: neither posted, rejected nor withdrawn."""


def waiting(connection: Connection) -> tuple[str, ...]:
    """Ids of documents submitted and neither posted, rejected nor withdrawn, oldest first."""
    rows = fetch(
        connection,
        "SELECT s.document_id FROM submission s WHERE s.seq = (SELECT MAX(seq) FROM submission"
        f" WHERE document_id = s.document_id) AND {OPEN} ORDER BY s.seq",
    )
    return tuple(r[0] for r in rows)


def waiting_documents(connection: Connection) -> tuple[tuple[int, Document], ...]:
    """(position of its newest submission, document) of everything that waits, oldest first."""
    rows = fetch(
        connection,
        "SELECT s.seq, s.content FROM submission s WHERE s.seq = (SELECT MAX(seq) FROM submission"
        f" WHERE document_id = s.document_id) AND {OPEN} ORDER BY s.seq",
    )
    return tuple((r[0], Document.from_data(json.loads(r[1]))) for r in rows)


def submission_of(connection: Connection, document_id: str) -> int | None:
    """Position of the newest submission of a document, None when it was never sent in."""
    found = value_of(connection, "SELECT MAX(seq) FROM submission WHERE document_id = ?", document_id)
    return None if found is None else int(found)


def is_waiting(connection: Connection, document_id: str) -> bool:
    """As `waiting`, asked of one document."""
    sql = (
        "SELECT 1 FROM submission s WHERE s.document_id = ?"
        f" AND s.seq = (SELECT MAX(seq) FROM submission WHERE document_id = s.document_id) AND {OPEN}"
    )
    return value_of(connection, sql, document_id) is not None


def rejected_in(connection: Connection, first: str, last: str) -> tuple[int, int]:
    """(count, fen) of payments rejected by supervision with a booking date in the range and still standing."""
    row = fetch_one(
        connection,
        "SELECT COUNT(*), COALESCE(SUM(s.total_fen), 0) FROM submission s JOIN step t"
        " ON t.subject = s.document_id AND t.content_hash = s.content_hash AND t.what = 'rejected' AND t.seq > s.seq"
        " WHERE s.booked_on BETWEEN ? AND ? AND s.seq ="
        " (SELECT MAX(seq) FROM submission WHERE document_id = s.document_id)",
        first,
        last,
    )
    return (row[0], row[1]) if row else (0, 0)


LIVE = (
    "EXISTS (SELECT 1 FROM voucher v WHERE v.document_id = {id} AND v.document_id <> '' AND v.reverses = ''"
    " AND NOT EXISTS (SELECT 1 FROM voucher r WHERE r.reverses = v.id AND r.reverses <> ''))"
)
"""Condition: the document {id} is posted and not undone."""


def takings(connection: Connection) -> tuple[Takings, ...]:
    """Cash received, posted, not reversed and not yet on a live deposit slip, oldest first."""
    rows = fetch(
        connection,
        # through the few places, by index, never through all submissions
        "SELECT s.document_id, s.receipt_no, s.booked_on, s.party, s.total_fen, s.place FROM place p"
        " CROSS JOIN submission s ON s.place = p.code WHERE p.kind = 'RC' AND s.kind = 'receipt'"
        f" AND {LIVE.format(id='s.document_id')}"
        " AND NOT EXISTS (SELECT 1 FROM deposit d WHERE d.receipt_id = s.document_id"
        " AND d.seq = (SELECT MAX(seq) FROM submission WHERE document_id = d.deposit_id)"
        f" AND {LIVE.format(id='d.deposit_id')}) ORDER BY s.booked_on, s.seq",
    )
    return tuple(Takings(r[0], r[1], date.fromisoformat(r[2]), r[3], r[4], r[5]) for r in rows)


def receipts_by_id(connection: Connection, ids: tuple[str, ...]) -> dict[str, Takings]:
    """Posted receipts by document id; unknown ids are left out."""
    found = {}
    for document_id in ids:
        row = fetch_one(
            connection,
            "SELECT document_id, receipt_no, booked_on, party, total_fen, place FROM submission"
            " WHERE document_id = ? AND kind = 'receipt' ORDER BY seq DESC LIMIT 1",
            document_id,
        )
        if row:
            found[document_id] = Takings(row[0], row[1], date.fromisoformat(row[2]), *row[3:])
    return found


def receipt_no_used_by(connection: Connection, receipt_no: str, but: str) -> str:
    """Id of another posted document that used this receipt number, "" when it is free.

    A number stays used when its receipt was reversed: the paper is gone.
    """
    return (
        value_of(
            connection,
            "SELECT document_id FROM submission s WHERE receipt_no = ? AND receipt_no <> ''"
            " AND document_id <> ?"
            " AND EXISTS (SELECT 1 FROM voucher v WHERE v.document_id = s.document_id AND v.document_id <> '') LIMIT 1",
            receipt_no,
            but,
        )
        or ""
    )


def highest_receipt_no(connection: Connection, first: int, last: int, width: int) -> int | None:
    """The highest number used out of one receipt book, None when none is."""
    found = value_of(
        connection,
        "SELECT MAX(CAST(receipt_no AS INTEGER)) FROM submission s WHERE receipt_no <> '' AND LENGTH(receipt_no) = ?"
        " AND CAST(receipt_no AS INTEGER) BETWEEN ? AND ?"
        " AND EXISTS (SELECT 1 FROM voucher v WHERE v.document_id = s.document_id AND v.document_id <> '')",
        width,
        first,
        last,
    )
    return None if found is None else int(found)


def spellings(connection: Connection, party: str) -> str:
    """Every way in which a payee was ever written in a document, and this one, as a JSON list for a query."""
    known = (r[0] for r in fetch(connection, "SELECT DISTINCT party FROM submission WHERE place <> ''"))
    key = name_key(party)
    return json.dumps(sorted({party, *(name for name in known if key and name_key(name) == key)}))


def cash_paid_to(connection: Connection, party: str, day: date, but: str) -> int:
    """Fen paid in cash to one payee, however the name is written, on one day by other documents (R12 sums the parts).

    A payment counts on the day it was booked, which is that of its last signature; a reversed one not at all.
    """
    return int(
        value_of(
            connection,
            "SELECT COALESCE(SUM(s.total_fen), 0) FROM place p CROSS JOIN submission s ON s.place = p.code"
            " JOIN voucher v ON v.document_id = s.document_id AND v.document_id <> '' AND v.reverses = ''"
            " WHERE s.kind = 'payment' AND p.account GLOB '101*'"
            " AND s.party IN (SELECT value FROM json_each(?)) AND v.booked_on = ? AND s.document_id <> ?"
            " AND NOT EXISTS (SELECT 1 FROM voucher r WHERE r.reverses = v.id AND r.reverses <> '')"
            " AND s.seq = (SELECT MAX(seq) FROM submission WHERE document_id = s.document_id)",
            spellings(connection, party),
            day.isoformat(),
            but,
        )
    )


def cash_waiting_for(
    connection: Connection, party: str, day: date, but: str
) -> tuple[tuple[str, str, int], ...]:
    """(document id, summary, fen) of other cash payments to one payee, dated one day, that wait for signatures."""
    rows = fetch(
        connection,
        "SELECT s.document_id, CASE WHEN json_valid(s.content) THEN s.content ->> '$.summary' END, s.total_fen"
        " FROM place p CROSS JOIN submission s"
        " ON s.place = p.code WHERE s.kind = 'payment' AND p.account GLOB '101*'"
        " AND s.party IN (SELECT value FROM json_each(?)) AND s.booked_on = ? AND s.document_id <> ?"
        f" AND s.seq = (SELECT MAX(seq) FROM submission WHERE document_id = s.document_id) AND {OPEN} ORDER BY s.seq",
        spellings(connection, party),
        day.isoformat(),
        but,
    )
    return tuple((r[0], r[1] or "", r[2]) for r in rows)


def recent_words(connection: Connection, column: str, prefix: str, limit: int = 12) -> tuple[str, ...]:
    """Distinct parties or summaries of posted vouchers that begin with the prefix, newest first."""
    if column not in ("party", "summary"):
        raise ValueError(column)
    rows = fetch(
        connection,
        f"SELECT {column} FROM voucher WHERE substr({column}, 1, ?) = ? AND {column} <> ''"
        f" GROUP BY {column} ORDER BY MAX(seq) DESC LIMIT ?",
        len(prefix),
        prefix,
        limit,
    )
    return tuple(r[0] for r in rows)
