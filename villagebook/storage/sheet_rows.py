"""Reading entries as board papers tell them: with day, voucher, words, and the paper behind them."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from villagebook.domain.link import Link, LinkKind
from villagebook.domain.period import Span
from villagebook.domain.voucher import DocKind, voucher_label
from villagebook.storage.engine import Rows, fetch, value_of

_ENTRY = (
    "l.booked_on, v.word, v.number, v.kind, l.summary, v.summary, l.party, l.account, l.debit_fen - l.credit_fen,"
    " v.document_id, v.seq, l.no, v.id, v.reverses"
)
_KINDS = {kind.value: kind for kind in DocKind}
_ORDER = " ORDER BY l.booked_on, l.voucher_seq, l.no"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a voucher. `fen` is signed, debit positive; `words` the line's own or the voucher's."""

    day: str
    label: str
    kind: DocKind
    words: str
    party: str
    account: str
    fen: int
    document_id: str
    seq: int
    no: int
    voucher_id: str
    reverses: str


def _entry(row: tuple[Any, ...]) -> Entry:
    day, word, number, kind, own, whole, *rest = row
    return Entry(day, voucher_label(word, number), _KINDS[kind], own or whole, *rest)


def named(connection: Connection, link: Link, until: date) -> tuple[Entry, ...]:
    """Every line in the name of an entry of a register, up to a day, in booking order."""
    rows = fetch(
        connection,
        f"SELECT {_ENTRY} FROM line_link k JOIN line l ON l.voucher_seq = k.voucher_seq AND l.no = k.line_no"
        f" JOIN voucher v ON v.seq = k.voucher_seq WHERE k.kind = ? AND k.code = ? AND l.booked_on <= ?{_ORDER}",
        link.kind.value,
        link.code,
        until.isoformat(),
    )
    return tuple(_entry(r) for r in rows)


def on_account(connection: Connection, account: str, until: date) -> tuple[Entry, ...]:
    """Every line of an account and its sub-accounts from the beginning up to a day, in booking order."""
    rows = fetch(
        connection,
        f"SELECT {_ENTRY} FROM line l JOIN voucher v ON v.seq = l.voucher_seq"
        " WHERE l.account IN (SELECT code FROM account WHERE code >= ?1 AND code < ?1 || ':')"
        f" AND l.booked_on <= ?2{_ORDER}",
        account,
        until.isoformat(),
    )
    return tuple(_entry(r) for r in rows)


_HOME = (
    "COALESCE((SELECT MAX(k.code) FROM line_link k WHERE k.kind = 'household'"
    " AND k.voucher_seq = l.voucher_seq AND k.line_no = l.no), '')"
)
"""The household a line names, empty when it names none."""


def sums_by_person(connection: Connection, account: str, until: date) -> Rows:
    """(account, party, household, signed sum, smallest signed amount, first day) of what `on_account` reads, in fen."""
    named = value_of(connection, "SELECT EXISTS (SELECT 1 FROM line_link WHERE kind = 'household')")
    home = _HOME if named else "''"  # sorting by what no line has would take most of the time
    return fetch(
        connection,
        f"SELECT l.account, l.party, {home}, SUM(l.debit_fen - l.credit_fen),"
        " MIN(l.debit_fen - l.credit_fen), MIN(l.booked_on) FROM line l"
        " WHERE l.account >= ?1 AND l.account < ?1 || ':' AND l.booked_on <= ?2"
        f" GROUP BY l.account, l.party{', ' + home if named else ''}",
        account,
        until.isoformat(),
    )


def moves_of(connection: Connection, account: str, parties: Collection[str], until: date) -> Rows:
    """(party, household, day, signed fen, position of the voucher) on one account without those below it, in booking order."""
    return fetch(
        connection,
        f"SELECT l.party, {_HOME}, l.booked_on, l.debit_fen - l.credit_fen, l.voucher_seq FROM line l"
        " WHERE l.account = ?1 AND l.booked_on <= ?2 AND l.party IN (SELECT value FROM json_each(?3))"
        " ORDER BY l.booked_on, l.voucher_seq, l.no",
        account,
        until.isoformat(),
        json.dumps(sorted(parties)),
    )


def reversals(connection: Connection) -> dict[int, int]:
    """Position of every voucher that undoes another -> position of the one it undoes."""
    rows = fetch(
        connection,
        "SELECT r.seq, v.seq FROM voucher r JOIN voucher v ON v.id = r.reverses WHERE r.reverses <> ''",
    )
    return dict(rows)


def in_span(connection: Connection, span: Span) -> tuple[Entry, ...]:
    """Every line of some months, in booking order."""
    rows = fetch(
        connection,
        # from the vouchers of those days, whose index is theirs alone; all lines of a book are many
        f"SELECT {_ENTRY} FROM voucher v CROSS JOIN line l ON l.voucher_seq = v.seq WHERE v.booked_on BETWEEN ? AND ?"
        " ORDER BY v.booked_on, v.seq, l.no",
        span.first.first_day.isoformat(),
        span.last.last_day.isoformat(),
    )
    return tuple(_entry(r) for r in rows)


def linked_lines(connection: Connection, kind: LinkKind, seqs: Collection[int]) -> dict[tuple[int, int], str]:
    """(voucher position, line) -> code of the entry of this register it names, of these vouchers."""
    wanted = set(seqs)
    rows = fetch(connection, "SELECT voucher_seq, line_no, code FROM line_link WHERE kind = ?", kind.value)
    return {(seq, no): code for seq, no, code in rows if seq in wanted}
