"""Reading who compared the ticks of a document with the pictures of its slip, and who had entered them."""

from __future__ import annotations

import json

from sqlalchemy.engine import Connection

from villagebook.storage.engine import fetch


def pictures(connection: Connection, subject: str, content_hash: str) -> frozenset[str]:
    """Hashes of the pictures on which people signed exactly this content; minutes of a meeting are not among them."""
    rows = fetch(
        connection,
        "SELECT DISTINCT evidence FROM signature WHERE subject = ? AND content_hash = ? AND kind = 'ink' AND person_id <> ''",
        subject,
        content_hash,
    )
    return frozenset(r[0] for r in rows)


def seen(
    connection: Connection, subject: str, content_hash: str
) -> tuple[tuple[int, str, frozenset[str]], ...]:
    """(position in the log, person id, pictures) of every second look at exactly this content."""
    rows = fetch(
        connection,
        "SELECT seq, person_id, pictures FROM second_look WHERE subject = ? AND content_hash = ? ORDER BY seq",
        subject,
        content_hash,
    )
    return tuple((r[0], r[1], frozenset(json.loads(r[2]))) for r in rows)


def compared(connection: Connection, subject: str, content_hash: str) -> frozenset[str]:
    """Hashes of the pictures somebody compared after the last tick that was entered from them."""
    ticked: dict[str, int] = dict(
        fetch(
            connection,
            "SELECT evidence, MAX(seq) FROM signature WHERE subject = ? AND content_hash = ? AND kind = 'ink'"
            " AND person_id <> '' GROUP BY evidence",
            subject,
            content_hash,
        )
    )
    looks = seen(connection, subject, content_hash)
    return frozenset(p for seq, _person, those in looks for p in those if ticked.get(p, 0) < seq)


def entered_by(connection: Connection, subject: str, content_hash: str) -> frozenset[str]:
    """Names of those who sat at the machine when signatures in ink were entered."""
    rows = fetch(
        connection,
        "SELECT DISTINCT json_extract(CAST(l.entry AS TEXT), '$.actor') FROM signature s JOIN log l ON l.seq = s.seq"
        " WHERE s.subject = ? AND s.content_hash = ? AND s.kind = 'ink'",
        subject,
        content_hash,
    )
    return frozenset(r[0] for r in rows)


def other_subjects(connection: Connection, picture: str, but: str) -> tuple[str, ...]:
    """What else people signed in ink on one picture, the oldest first."""
    rows = fetch(
        connection,
        "SELECT subject FROM signature WHERE substr(evidence, 1, 8) = ? AND evidence = ? AND subject <> ?"
        " AND kind = 'ink' AND person_id <> '' GROUP BY subject ORDER BY MIN(seq)",
        picture[:8],
        picture,
        but,
    )
    return tuple(r[0] for r in rows)
