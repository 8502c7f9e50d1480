"""Reading entries as board papers tell them: with day, voucher, words, and the paper behind them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from villagebook.domain.link import Link, LinkKind
from villagebook.domain.period import Span
from villagebook.domain.voucher import DocKind, voucher_label
from villagebook.storage.engine import Rows, fetch

_ENTRY = (
    "l.booked_on, v.word, v.number, v.kind, l.summary, v.summary, l.party, l.account, l.debit_fen - l.credit_fen,"
    " v.document_id, v.seq, l.no, v.id, v.reverses"
)
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
    return Entry(day, voucher_label(word, number), DocKind(kind), own or whole, *rest)


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


def moves_on(connection: Connection, account: str, until: date) -> Rows:
    """(account, party, day, signed fen, position of the voucher, line) of what `on_account` reads, account after account."""
    return fetch(
        connection,
        "SELECT l.account, l.party, l.booked_on, l.debit_fen - l.credit_fen, l.voucher_seq, l.no FROM line l"
        " WHERE l.account >= ?1 AND l.account < ?1 || ':' AND l.booked_on <= ?2"
        " ORDER BY l.account, l.booked_on, l.voucher_seq, l.no",
        account,
        until.isoformat(),
    )


def debtors_on(connection: Connection, account: str, until: date) -> frozenset[tuple[str, str]]:
    """(account, party) of whoever has more in debit than in credit on an account or one below it."""
    rows = fetch(
        connection,
        "SELECT l.account, l.party FROM line l WHERE l.account >= ?1 AND l.account < ?1 || ':' AND l.booked_on <= ?2"
        " GROUP BY l.account, l.party HAVING SUM(l.debit_fen - l.credit_fen) > 0",
        account,
        until.isoformat(),
    )
    return frozenset((account, party) for account, party in rows)


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
        f"SELECT {_ENTRY} FROM line l JOIN voucher v ON v.seq = l.voucher_seq WHERE l.booked_on BETWEEN ? AND ?{_ORDER}",
        span.first.first_day.isoformat(),
        span.last.last_day.isoformat(),
    )
    return tuple(_entry(r) for r in rows)


def linked_lines(connection: Connection, kind: LinkKind, seqs: Collection[int]) -> dict[tuple[int, int], str]:
    """(voucher position, line) -> code of the entry of this register it names, of these vouchers."""
    wanted = set(seqs)
    return {at: code for at, code in all_linked(connection, kind).items() if at[0] in wanted}


def all_linked(connection: Connection, kind: LinkKind) -> dict[tuple[int, int], str]:
    """(voucher position, line) -> code of the entry of this register it names, of all vouchers."""
    rows = fetch(connection, "SELECT voucher_seq, line_no, code FROM line_link WHERE kind = ?", kind.value)
    return {(seq, no): code for seq, no, code in rows}
