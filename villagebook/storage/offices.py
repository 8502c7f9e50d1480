"""Reading relatives, lists of handovers, and what somebody signed last."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from sqlalchemy.engine import Connection

from villagebook.domain import moment
from villagebook.domain.document import Attachment
from villagebook.domain.kinship import Kin, Relation
from villagebook.domain.link import Link
from villagebook.domain.office_handover import Hand, HandoverList, Listed
from villagebook.storage.engine import Rows, fetch, value_of

_EVER = 1 << 62


def kin(connection: Connection, until: int = _EVER) -> tuple[Kin, ...]:
    """The newest state of every tie up to a position of the log, in the order they were told; those that ended too."""
    rows = fetch(
        connection,
        "SELECT id, person_id, relation, other_id, other_name, link, ended_on FROM kin k"
        " WHERE seq = (SELECT MAX(seq) FROM kin WHERE id = k.id AND seq <= ?) ORDER BY seq",
        until,
    )
    return tuple(
        Kin(
            r[0],
            r[1],
            Relation(r[2]),
            r[3],
            r[4],
            Link.from_data(json.loads(r[5])) if r[5] else None,
            date.fromisoformat(r[6]) if r[6] else None,
        )
        for r in rows
    )


def last_signed(connection: Connection, person_id: str, slots: Iterable[str], since: date) -> date | None:
    """The newest day a person signed one of these slots of a document, from a day on."""
    found = value_of(
        connection,
        "SELECT MAX(signed_on) FROM signature WHERE person_id = ? AND signed_on >= ?"
        " AND slot IN (SELECT value FROM json_each(?))",
        person_id,
        since.isoformat(),
        json.dumps(list(slots)),
    )
    return date.fromisoformat(found) if found else None


_LISTS = (
    "SELECT l.id, l.content, l.content_hash, g.at, h.handed_on, h.sheets FROM handover_list l"
    " JOIN log g ON g.seq = l.seq LEFT JOIN office_handover h ON h.id = l.id"
)


def lists(connection: Connection) -> tuple[Listed, ...]:
    """Every list that was frozen, the newest first."""
    return tuple(_listed(connection, r) for r in fetch(connection, f"{_LISTS} ORDER BY l.seq DESC"))


def listed(connection: Connection, handover_id: str) -> Listed | None:
    rows = fetch(connection, f"{_LISTS} WHERE l.id = ?", handover_id)
    return next((_listed(connection, r) for r in rows), None)


def _listed(connection: Connection, row: tuple[str, ...]) -> Listed:
    given = fetch(
        connection,
        "SELECT slot FROM signature WHERE subject = ? AND content_hash = ? ORDER BY seq",
        row[0],
        row[2],
    )
    return Listed(
        HandoverList.from_data(json.loads(row[1])),
        row[2],
        moment.day_of(row[3]),
        tuple(Hand(g[0]) for g in given),
        date.fromisoformat(row[4]) if row[4] else None,
        tuple(Attachment.from_data(a) for a in json.loads(row[5])) if row[5] else (),
    )


def voucher_position(connection: Connection, voucher_id: str) -> int:
    """Where in the log a voucher was posted."""
    return int(value_of(connection, "SELECT seq FROM voucher WHERE id = ?", voucher_id) or 0)


def counted_on(connection: Connection, place: str, day: date) -> tuple[int, str, str, str] | None:
    """(fen, denominations as JSON, counter, witness) of the newest count of a place on a day."""
    rows = fetch(
        connection,
        "SELECT counted_fen, denominations, counter, witness FROM cash_count WHERE place = ? AND counted_on = ?"
        " ORDER BY seq DESC LIMIT 1",
        place,
        day.isoformat(),
    )
    return next(((r[0], r[1], r[2], r[3]) for r in rows), None)


def stated_until(connection: Connection, places: Iterable[str], day: date) -> tuple[date, int, int] | None:
    """(day, the bank's balance, sum of what explains it) of the newest statement of an account up to a day."""
    rows = fetch(
        connection,
        "SELECT stated_on, balance_fen, open_items FROM statement WHERE places = ? AND stated_on <= ?"
        " ORDER BY stated_on DESC, seq DESC LIMIT 1",
        json.dumps(list(places), ensure_ascii=False, separators=(",", ":")),
        day.isoformat(),
    )
    for r in rows:
        return date.fromisoformat(r[0]), r[1], sum(int(fen) for _text, fen in json.loads(r[2]))
    return None


def last_move(connection: Connection, places: Iterable[str], day: date) -> date | None:
    """The newest day up to a day on which something moved in these places."""
    found = value_of(
        connection,
        "SELECT MAX(booked_on) FROM line WHERE place IN (SELECT value FROM json_each(?)) AND booked_on <= ?",
        json.dumps(list(places)),
        day.isoformat(),
    )
    return date.fromisoformat(found) if found else None


def numbers_by_month(connection: Connection, day: date) -> Rows:
    """(month as number, word, first, last, how many) of vouchers up to a day."""
    return fetch(
        connection,
        "SELECT period, word, MIN(number), MAX(number), COUNT(*) FROM voucher WHERE booked_on <= ?"
        " GROUP BY period, word ORDER BY period, word",
        day.isoformat(),
    )


def file_totals(connection: Connection) -> tuple[int, int, str]:
    """(files kept, position of the log, its hash)."""
    files = int(value_of(connection, "SELECT COUNT(*) FROM object") or 0)
    rows = fetch(connection, "SELECT seq, hash FROM log ORDER BY seq DESC LIMIT 1")
    return next(((files, int(r[0]), str(r[1])) for r in rows), (files, 0, ""))
