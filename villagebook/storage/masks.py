"""Reading who confirmed the masked cells of a board paper, and who compiled it."""

from __future__ import annotations

from sqlalchemy.engine import Connection

from villagebook.storage.engine import value_of


def confirmed_by(connection: Connection, subject: str, content_hash: str) -> str:
    """Person id of whoever confirmed the masks of exactly this content, "" when nobody did."""
    sql = "SELECT person_id FROM mask_confirmed WHERE subject = ? AND content_hash = ?"
    return str(value_of(connection, sql, subject, content_hash) or "")


def compiled_by(connection: Connection, subject: str) -> str:
    """The name under which a notice or sheet was compiled, "" when there is none."""
    sql = (
        "SELECT json_extract(CAST(l.entry AS TEXT), '$.actor') FROM log l WHERE l.seq ="
        " COALESCE((SELECT seq FROM sheet WHERE id = ?1), (SELECT seq FROM notice WHERE id = ?1))"
    )
    return str(value_of(connection, sql, subject) or "")
