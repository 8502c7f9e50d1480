"""Files by SHA-256 and drafts: local rows, no events."""

from __future__ import annotations

import hashlib

from sqlalchemy.engine import Connection

from villagebook.storage.engine import fetch, fetch_one


def put_object(connection: Connection, data: bytes, media_type: str, name: str) -> str:
    """Keep a file once; returns its SHA-256 in hex."""
    sha256 = hashlib.sha256(data).hexdigest()
    if fetch_one(connection, "SELECT 1 FROM object WHERE sha256 = ?", sha256) is None:
        connection.exec_driver_sql("INSERT INTO object VALUES (?, ?, ?, ?)", (sha256, media_type, name, data))
    return sha256


def get_object(connection: Connection, sha256: str) -> tuple[str, str, bytes] | None:
    """(media type, name, bytes), None when the book does not hold it."""
    row = fetch_one(connection, "SELECT media_type, name, bytes FROM object WHERE sha256 = ?", sha256)
    return (row[0], row[1], bytes(row[2])) if row else None


def all_objects(connection: Connection) -> dict[str, bytes]:
    return {r[0]: bytes(r[1]) for r in fetch(connection, "SELECT sha256, bytes FROM object ORDER BY sha256")}


def save_draft(connection: Connection, draft_id: str, kind: str, body: str, saved_at: str) -> None:
    connection.exec_driver_sql(
        "INSERT INTO draft VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET kind = excluded.kind,"
        " body = excluded.body, saved_at = excluded.saved_at",
        (draft_id, kind, body, saved_at),
    )


def drop_draft(connection: Connection, draft_id: str) -> None:
    connection.exec_driver_sql("DELETE FROM draft WHERE id = ?", (draft_id,))


def draft_bodies(connection: Connection) -> list[str]:
    """Bodies of all drafts of documents, oldest first; forms half filled in are no documents."""
    sql = "SELECT body FROM draft WHERE kind NOT LIKE 'form:%' ORDER BY saved_at, id"
    return [r[0] for r in fetch(connection, sql)]


def form_body(connection: Connection, form: str) -> str | None:
    """What was typed into a form (a worksheet, a mapping), None when nothing is kept."""
    sql = "SELECT body FROM draft WHERE kind = ? ORDER BY saved_at DESC LIMIT 1"
    row = fetch_one(connection, sql, f"form:{form}")
    return row[0] if row else None


def save_form(connection: Connection, form: str, body: str, saved_at: str) -> None:
    """Keep what is typed into a form; one body a form."""
    save_draft(connection, f"form:{form}", f"form:{form}", body, saved_at)


def drop_form(connection: Connection, form: str) -> None:
    drop_draft(connection, f"form:{form}")
