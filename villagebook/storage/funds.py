"""Reading special funds and what moved under their name."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from villagebook.domain.fund import Fund
from villagebook.storage.engine import fetch, fetch_one, value_of

_COLUMNS = "place, accounts, purpose, resolution, code, name, grantor, document_no, amount_fen, deadline, brought_fen"


def _fund(row: tuple[Any, ...]) -> Fund:
    (
        place,
        accounts,
        purpose,
        resolution,
        code,
        name,
        grantor,
        document_no,
        amount_fen,
        deadline,
        brought_fen,
    ) = row
    return Fund(
        place,
        tuple(json.loads(accounts)),
        purpose,
        resolution,
        code,
        name,
        grantor,
        document_no,
        amount_fen,
        date.fromisoformat(deadline) if deadline else None,
        brought_fen,
    )


def fund_of(connection: Connection, place: str) -> Fund | None:
    """The fund a place holds, None when nobody said what it is for."""
    row = fetch_one(
        connection, f"SELECT {_COLUMNS} FROM fund WHERE place = ? ORDER BY seq DESC LIMIT 1", place
    )
    return _fund(row) if row else None


def funds(connection: Connection) -> tuple[Fund, ...]:
    """The newest state of every fund, by code."""
    rows = fetch(
        connection,
        f"SELECT {_COLUMNS} FROM fund f WHERE seq = (SELECT MAX(seq) FROM fund WHERE code = f.code) ORDER BY code",
    )
    return tuple(_fund(row) for row in rows)


def place_flow(connection: Connection, place: str, until: date) -> tuple[int, int]:
    """(received, spent) of a money place up to a day: spent is what payments took, received all the rest, opening included."""
    rows = fetch(
        connection,
        "SELECT v.kind = 'payment', SUM(l.debit_fen - l.credit_fen) FROM line l JOIN voucher v ON v.seq = l.voucher_seq"
        " WHERE l.place = ?1 AND l.booked_on <= ?2 GROUP BY 1",
        place,
        until.isoformat(),
    )
    moved = {bool(paid): int(fen) for paid, fen in rows}
    opening = value_of(
        connection, "SELECT COALESCE(SUM(debit_fen - credit_fen), 0) FROM opening WHERE place = ?", place
    )
    return int(opening) + moved.get(False, 0), -moved.get(True, 0)


def last_moved(connection: Connection, fund: Fund) -> date | None:
    """The day something of a fund moved last, None when nothing did since the book began."""
    if fund.place:
        found = value_of(connection, "SELECT MAX(booked_on) FROM line WHERE place = ?", fund.place)
    else:
        found = value_of(
            connection,
            "SELECT MAX(l.booked_on) FROM line_link k JOIN line l ON l.voucher_seq = k.voucher_seq AND l.no = k.line_no"
            " WHERE k.kind = 'fund' AND k.code = ?",
            fund.key,
        )
    return date.fromisoformat(found) if found else None
