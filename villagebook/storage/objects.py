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
    """Bodies of all drafts, oldest first."""
    return [r[0] for r in fetch(connection, "SELECT body FROM draft ORDER BY saved_at, id")]
