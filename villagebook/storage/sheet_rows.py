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
from villagebook.storage.engine import fetch

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
    rows = fetch(connection, "SELECT voucher_seq, line_no, code FROM line_link WHERE kind = ?", kind.value)
    wanted = set(seqs)
    return {(r[0], r[1]): r[2] for r in rows if r[0] in wanted}
