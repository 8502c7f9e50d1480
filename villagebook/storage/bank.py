"""Reading what the bank said and what it was matched with. An account is named by the first of its places."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from villagebook.domain.bank import BankLine, BookMove, Match, Tier
from villagebook.domain.reconciliation import OpenItem
from villagebook.domain.voucher import voucher_label
from villagebook.storage.engine import fetch


@dataclass(frozen=True, slots=True)
class BankFile:
    """A statement taken in: the file by hash, its days and balances, and how it was read."""

    seq: int
    sha256: str
    name: str
    mapping: dict[str, Any]
    first_on: date
    last_on: date
    opening_fen: int
    closing_fen: int


@dataclass(frozen=True, slots=True)
class SignedSheet:
    """A reconciliation that was signed: what was open on the day, who made it, who checked it."""

    stated_on: date
    items: tuple[OpenItem, ...]
    prepared_by: str
    checked_by: str


def files(connection: Connection, account: str) -> tuple[BankFile, ...]:
    """All statements of an account in the order of taking in."""
    rows = fetch(
        connection,
        "SELECT seq, sha256, name, mapping, first_on, last_on, opening_fen, closing_fen FROM bank_file"
        " WHERE account = ? ORDER BY seq",
        account,
    )
    return tuple(
        BankFile(
            r[0],
            r[1],
            r[2],
            json.loads(r[3]),
            date.fromisoformat(r[4]),
            date.fromisoformat(r[5]),
            r[6],
            r[7],
        )
        for r in rows
    )


def lines(connection: Connection, account: str) -> tuple[BankLine, ...]:
    """Every row the bank ever stated, oldest first; rows of one day in the bank's own order as far as files tell."""
    rows = fetch(
        connection,
        "SELECT name, day, amount_fen, balance_fen, party, party_account, summary, serial FROM bank_line"
        " WHERE account = ? ORDER BY day, seq, no",
        account,
    )
    return tuple(BankLine(r[0], date.fromisoformat(r[1]), *r[2:]) for r in rows)


def matches(connection: Connection, account: str) -> tuple[Match, ...]:
    """Matches that stand, in the order of accepting."""
    rows = fetch(
        connection,
        "SELECT id, tier, bank, book FROM bank_match WHERE account = ?"
        " AND id NOT IN (SELECT id FROM bank_unmatch) ORDER BY seq, id",
        account,
    )
    return tuple(Match(r[0], Tier(r[1]), tuple(json.loads(r[2])), tuple(json.loads(r[3]))) for r in rows)


def moves(connection: Connection, places: Sequence[str], since: date, until: date) -> tuple[BookMove, ...]:
    """What each voucher did to the money of these places together; what only went from one to another is left out."""
    marks = ", ".join("?" * len(places))
    rows = fetch(
        connection,
        "SELECT v.id, v.booked_on, SUM(l.debit_fen - l.credit_fen), v.word, v.number, v.summary, v.party, v.paper_no,"
        " v.reverses, COALESCE((SELECT CASE WHEN json_valid(content) THEN content ->> '$.support_no' END"
        "  FROM submission s WHERE s.document_id = v.document_id AND v.document_id <> '' ORDER BY s.seq DESC LIMIT 1), '')"
        f" FROM line l JOIN voucher v ON v.seq = l.voucher_seq WHERE l.place IN ({marks}) AND l.place <> ''"
        " AND l.account GLOB '10[12]*' AND l.booked_on BETWEEN ? AND ? GROUP BY v.seq"
        " HAVING SUM(l.debit_fen - l.credit_fen) <> 0 ORDER BY v.booked_on, v.seq",
        *places,
        since.isoformat(),
        until.isoformat(),
    )
    return tuple(
        BookMove(
            r[0],
            date.fromisoformat(r[1]),
            r[2],
            voucher_label(r[3], r[4]),
            r[5],
            r[6],
            tuple(dict.fromkeys(t for t in (r[7], r[9]) if t)),
            r[8],
        )
        for r in rows
    )


def sheets(connection: Connection, account: str) -> tuple[SignedSheet, ...]:
    """Signed reconciliations, oldest first."""
    rows = fetch(
        connection,
        "SELECT stated_on, items, prepared_by, checked_by FROM reconciliation WHERE account = ? ORDER BY seq",
        account,
    )
    return tuple(
        SignedSheet(
            date.fromisoformat(r[0]),
            tuple(
                OpenItem(side, id, date.fromisoformat(day), fen, text)
                for side, id, day, fen, text in json.loads(r[1])
            ),
            r[2],
            r[3],
        )
        for r in rows
    )


def accounts(connection: Connection) -> tuple[str, ...]:
    """Accounts with at least one statement."""
    return tuple(r[0] for r in fetch(connection, "SELECT DISTINCT account FROM bank_file ORDER BY account"))
