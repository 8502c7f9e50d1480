"""Who entered and who posted a voucher: the names the log itself holds."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.engine import Connection

from villagebook.storage.engine import fetch_one, value_of

_ACTOR = "SELECT CAST(entry AS TEXT) ->> '$.actor' FROM log WHERE seq = ?"


@dataclass(frozen=True, slots=True)
class Acts:
    """`entered_by` sent the document in, "" when there was none; `posted_by` sat at the machine when it got its number."""

    entered_by: str
    posted_by: str


def acts_of(connection: Connection, voucher_id: str) -> Acts:
    """Both names are "" for a voucher the book does not hold."""
    row = fetch_one(connection, "SELECT seq, document_id, reverses FROM voucher WHERE id = ?", voucher_id)
    if row is None:
        return Acts("", "")
    seq, document_id, reverses = row
    posted = value_of(connection, _ACTOR, seq) or ""
    if not document_id or reverses:
        return Acts("", posted)
    submitted = value_of(
        connection, "SELECT MAX(seq) FROM submission WHERE document_id = ? AND seq < ?", document_id, seq
    )
    return Acts(value_of(connection, _ACTOR, submitted) or "" if submitted else "", posted)
