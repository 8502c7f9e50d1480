"""Reading projects: their newest state and the road there."""

from __future__ import annotations

import json
from datetime import date

from sqlalchemy.engine import Connection

from villagebook.domain.project import Project, Stage
from villagebook.storage.engine import fetch


def projects(connection: Connection) -> tuple[Project, ...]:
    """The newest state of every project, by code."""
    stages = {
        code: (Stage(stage), date.fromisoformat(day))
        for code, stage, day in fetch(connection, "SELECT code, stage, day FROM project_stage ORDER BY seq")
    }
    rows = fetch(
        connection,
        "SELECT body FROM project p WHERE seq = (SELECT MAX(seq) FROM project WHERE code = p.code) ORDER BY code",
    )
    made = [Project.from_data(json.loads(row[0])) for row in rows]
    return tuple(p.at_stage(*stages[p.code]) if p.code in stages else p for p in made)


def project(connection: Connection, code: str) -> Project | None:
    return next((p for p in projects(connection) if p.code == code), None)


def stages(connection: Connection, code: str) -> list[tuple[str, str, str]]:
    """(stage, day, note) in the order they were entered."""
    rows = fetch(connection, "SELECT stage, day, note FROM project_stage WHERE code = ? ORDER BY seq", code)
    return [(r[0], r[1], r[2]) for r in rows]
