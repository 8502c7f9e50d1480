"""Saved entries (常用凭证): local rows, no events."""

from __future__ import annotations

from sqlalchemy.engine import Connection

from villagebook.storage.engine import Rows, fetch, fetch_one


def put(connection: Connection, template_id: str, kind: str, name: str, body: str, saved_at: str) -> None:
    connection.exec_driver_sql(
        "INSERT INTO template VALUES (?, ?, ?, ?, ?)", (template_id, kind, name, body, saved_at)
    )


def all_of(connection: Connection, kind: str) -> Rows:
    """(id, kind, name, body) by name; `kind` "" means every door."""
    sql = "SELECT id, kind, name, body FROM template WHERE ?1 = '' OR kind = ?1 ORDER BY name, id"
    return fetch(connection, sql, kind)


def one(connection: Connection, template_id: str) -> tuple[str, str, str, str] | None:
    row = fetch_one(connection, "SELECT id, kind, name, body FROM template WHERE id = ?", template_id)
    return (row[0], row[1], row[2], row[3]) if row else None


def is_named(connection: Connection, kind: str, name: str, but: str = "") -> bool:
    """True when another template of this door has the name."""
    sql = "SELECT 1 FROM template WHERE kind = ? AND name = ? AND id <> ?"
    return fetch_one(connection, sql, kind, name, but) is not None


def rename(connection: Connection, template_id: str, name: str) -> None:
    connection.exec_driver_sql("UPDATE template SET name = ? WHERE id = ?", (name, template_id))


def remove(connection: Connection, template_id: str) -> None:
    connection.exec_driver_sql("DELETE FROM template WHERE id = ?", (template_id,))
