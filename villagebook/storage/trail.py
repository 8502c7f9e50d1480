"""Reading who did what: log positions, signatures, rejections."""

from __future__ import annotations

from sqlalchemy.engine import Connection

from villagebook.domain import moment
from villagebook.domain.period import Span
from villagebook.storage.engine import Rows, fetch


def log_rows(
    connection: Connection, span: Span, after: int = 0, limit: int = -1, kind: str = "", actor: str = ""
) -> Rows:
    """(seq, at, actor, kind, first 16 hex digits of the hash, reason or "", entry, summary) of what was recorded in the span.

    The summary is that of the document which a signature or a no is about, or of the voucher that was checked; None for
    other kinds.
    The reason of a month's step stands behind the month and its new state. `kind` and `actor` narrow, "" does not; rows
    behind the position `after`, at most `limit` of them (-1: all).
    """
    return fetch(
        connection,
        "SELECT seq, at, json_extract(CAST(entry AS TEXT), '$.actor') AS actor, kind, substr(hash, 1, 16),"
        " CASE kind WHEN 'period.stepped' THEN printf('%06d %s %s', json_extract(CAST(entry AS TEXT), '$.data.period'),"
        " json_extract(CAST(entry AS TEXT), '$.data.state'), json_extract(CAST(entry AS TEXT), '$.data.reason'))"
        " ELSE COALESCE(json_extract(CAST(entry AS TEXT), '$.data.reason'), '') END, entry,"
        " CASE WHEN kind IN ('signature.given', 'signature.compared', 'document.rejected', 'document.refused', 'document.withdrawn',"
        " 'document.excused') THEN (SELECT"
        " json_extract(s.content, '$.summary') FROM submission s WHERE s.document_id ="
        " json_extract(CAST(log.entry AS TEXT), '$.data.subject') ORDER BY s.seq DESC LIMIT 1)"
        " WHEN kind = 'voucher.checked' THEN (SELECT v.word || printf('-%04d ', v.number) || v.summary FROM voucher v"
        " WHERE v.id = json_extract(CAST(log.entry AS TEXT), '$.data.voucher_id')) END FROM log"
        " WHERE seq > ?1 AND at >= ?2 AND at < ?3 AND (?4 = '' OR kind = ?4)"
        " AND (?5 = '' OR json_extract(CAST(entry AS TEXT), '$.actor') = ?5) ORDER BY seq LIMIT ?6",
        after,
        *moment.bounds(span.first.first_day, span.last.last_day),
        kind,
        actor,
        limit,
    )


def log_actors(connection: Connection) -> tuple[str, ...]:
    """Everybody who ever sat at the desk, by name."""
    rows = fetch(
        connection,
        "SELECT DISTINCT json_extract(CAST(entry AS TEXT), '$.actor') AS actor FROM log ORDER BY actor",
    )
    return tuple(str(r[0]) for r in rows if r[0])


def log_kinds(connection: Connection) -> frozenset[str]:
    """The kinds of events the book holds."""
    return frozenset(str(r[0]) for r in fetch(connection, "SELECT DISTINCT kind FROM log"))


def signature_rows(connection: Connection, span: Span) -> Rows:
    """(signed on, summary, party, fen, slot, person id, ink | key | rejected | withdrawn, note, document id, holds, seal or None).

    For documents whose newest submission is booked in the span; `holds` is 0 for what covers an earlier content.
    """
    return fetch(
        connection,
        "WITH newest AS (SELECT * FROM submission s WHERE booked_on BETWEEN ?1 AND ?2 AND seq ="
        " (SELECT MAX(seq) FROM submission WHERE document_id = s.document_id))"
        " SELECT g.signed_on, json_extract(n.content, '$.summary'), n.party, n.total_fen, g.slot, g.person_id, g.kind,"
        " g.reference, n.document_id, g.content_hash = n.content_hash, CASE WHEN g.seal <> '' THEN"
        " (SELECT name FROM seal WHERE item = g.seal ORDER BY seq LIMIT 1) END, g.seq AS seq"
        " FROM newest n JOIN signature g ON g.subject = n.document_id"
        " UNION ALL SELECT date(l.at, '+8 hours'), json_extract(n.content, '$.summary'), n.party, n.total_fen, '', t.person_id,"
        " t.what, t.reason, n.document_id, t.content_hash = n.content_hash, NULL, t.seq"
        " FROM newest n JOIN step t ON t.subject = n.document_id AND t.what <> 'corrected'"
        " JOIN log l ON l.seq = t.seq ORDER BY seq",
        span.first.first_day.isoformat(),
        span.last.last_day.isoformat(),
    )
