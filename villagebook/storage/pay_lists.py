"""Reading lists with payees: what they say now, what was reviewed, shown and proven of it, and which voucher paid them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from villagebook.domain.bank_batch import Batch, MoneyBack
from villagebook.domain.document import Attachment
from villagebook.domain.pay_list import ListKind, PayList, PayRate
from villagebook.domain.pay_list_proof import ListProof, ListShown, PaidList, ProofKind, RowResult
from villagebook.domain.voucher import voucher_label
from villagebook.storage.documents import LIVE, OPEN
from villagebook.storage.engine import fetch, fetch_one


@dataclass(frozen=True, slots=True)
class Naming:
    """A submitted document that still counts and names a list or a journey; `voucher_id` "" while it waits."""

    document_id: str
    code: str
    total_fen: int
    booked_on: date
    voucher_id: str = ""
    label: str = ""


def lists(connection: Connection) -> dict[str, PayList]:
    """Code -> what each list that was not dropped says now, the oldest first."""
    rows = fetch(
        connection,
        "SELECT content FROM pay_list p WHERE seq = (SELECT MAX(seq) FROM pay_list WHERE code = p.code)"
        " AND NOT EXISTS (SELECT 1 FROM pay_list_end WHERE code = p.code) ORDER BY code",
    )
    found = (PayList.from_data(json.loads(row[0])) for row in rows)
    return {one.code: one for one in found}


def pay_list(connection: Connection, code: str) -> PayList | None:
    """One list that was not dropped, as it is now."""
    row = fetch_one(
        connection,
        "SELECT content FROM pay_list WHERE code = ?1 AND NOT EXISTS (SELECT 1 FROM pay_list_end WHERE code = ?1)"
        " ORDER BY seq DESC LIMIT 1",
        code,
    )
    return PayList.from_data(json.loads(row[0])) if row else None


def changed_since(connection: Connection, code: str, document_id: str, content_hash: str) -> bool:
    """True when the list says something else than when this content of a document was first sent in."""
    row = fetch_one(
        connection,
        "SELECT 1 FROM pay_list WHERE code = ? AND seq > (SELECT MIN(seq) FROM submission WHERE document_id = ?"
        " AND content_hash = ?) LIMIT 1",
        code,
        document_id,
        content_hash,
    )
    return row is not None


def dropped(connection: Connection) -> dict[str, tuple[PayList, str]]:
    """Code -> (what it said, why) of lists nobody pays any more."""
    rows = fetch(
        connection,
        "SELECT p.content, e.reason FROM pay_list p JOIN pay_list_end e ON e.code = p.code"
        " WHERE p.seq = (SELECT MAX(seq) FROM pay_list WHERE code = p.code) ORDER BY p.code",
    )
    found = ((PayList.from_data(json.loads(row[0])), str(row[1])) for row in rows)
    return {one.code: (one, why) for one, why in found}


def is_taken(connection: Connection, code: str) -> bool:
    """A number is used for ever, dropped or not."""
    return fetch_one(connection, "SELECT 1 FROM pay_list WHERE code = ? LIMIT 1", code) is not None


def rates(connection: Connection) -> tuple[PayRate, ...]:
    """Every rate that was ever decided, in the order in which they were entered."""
    rows = fetch(connection, "SELECT kind, post, rate_fen, from_on, resolution FROM pay_rate ORDER BY seq")
    return tuple(PayRate(ListKind(r[0]), r[1], r[2], date.fromisoformat(r[3]), r[4]) for r in rows)


def reviewed_on(connection: Connection, code: str, content_hash: str) -> date | None:
    """The day supervision finished the review of exactly this content."""
    row = fetch_one(
        connection,
        "SELECT reviewed_on FROM pay_list_review WHERE code = ? AND content_hash = ? ORDER BY seq LIMIT 1",
        code,
        content_hash,
    )
    return date.fromisoformat(row[0]) if row else None


def shown(connection: Connection, code: str, content_hash: str) -> ListShown | None:
    """Where exactly this content was first hung up."""
    row = fetch_one(
        connection,
        "SELECT code, content_hash, place, shown_on, papers FROM pay_list_shown WHERE code = ? AND content_hash = ?"
        " ORDER BY shown_on, seq LIMIT 1",
        code,
        content_hash,
    )
    return ListShown(row[0], row[1], row[2], date.fromisoformat(row[3]), _papers(row[4])) if row else None


def proofs(connection: Connection, code: str, content_hash: str) -> tuple[ListProof, ...]:
    """What shows that everybody of exactly this content got theirs."""
    rows = fetch(
        connection,
        "SELECT code, content_hash, kind, shown_on, papers, failed, results, accounts, file_no FROM pay_list_proof"
        " WHERE code = ? AND content_hash = ? ORDER BY seq",
        code,
        content_hash,
    )
    return tuple(_proof(row) for row in rows)


def _proof(row: Any) -> ListProof:
    failed = tuple(int(no) for no in json.loads(row[5]))
    results = tuple(RowResult.from_data(one) for one in json.loads(row[6]))
    day = date.fromisoformat(row[3])
    return ListProof(row[0], row[1], ProofKind(row[2]), day, _papers(row[4]), failed, results, row[7], row[8])


def batches(connection: Connection, code: str, content_hash: str) -> tuple[Batch, ...]:
    """Files for the bank that were made of exactly this content, the oldest first."""
    rows = fetch(
        connection,
        "SELECT code, content_hash, layout, made_on, total_fen, rows, salt, seal FROM pay_list_batch WHERE code = ?"
        " AND content_hash = ? ORDER BY seq",
        code,
        content_hash,
    )
    return tuple(
        Batch(r[0], r[1], r[2], date.fromisoformat(r[3]), r[4], tuple(json.loads(r[5])), r[6], r[7])
        for r in rows
    )


def money_back(connection: Connection, code: str, content_hash: str) -> tuple[MoneyBack, ...]:
    """Rows whose money came back, by vouchers that still count."""
    rows = fetch(
        connection,
        "SELECT b.code, b.content_hash, b.rows, v.id, v.word, v.number FROM pay_list_back b JOIN voucher v"
        " ON v.id = b.voucher_id WHERE b.code = ? AND b.content_hash = ?"
        " AND NOT EXISTS (SELECT 1 FROM voucher r WHERE r.reverses = v.id) ORDER BY b.seq",
        code,
        content_hash,
    )
    return tuple(
        MoneyBack(r[0], r[1], tuple(json.loads(r[2])), r[3], voucher_label(r[4], r[5])) for r in rows
    )


def came_back(connection: Connection, document_id: str) -> str:
    """The first live voucher that brought money of a list back which this payment pays, "" when none did."""
    row = fetch_one(
        connection,
        "SELECT v.word, v.number FROM settlement t JOIN pay_list_back b ON b.code = t.pay_list JOIN voucher v"
        " ON v.id = b.voucher_id WHERE t.document_id = ? AND t.pay_list <> ''"
        " AND NOT EXISTS (SELECT 1 FROM voucher r WHERE r.reverses = v.id) ORDER BY b.seq LIMIT 1",
        document_id,
    )
    return voucher_label(row[0], row[1]) if row else ""


def _papers(text: str) -> tuple[Attachment, ...]:
    return tuple(Attachment.from_data(paper) for paper in json.loads(text))


_NAMED = (
    "SELECT t.document_id, t.{column}, s.total_fen, COALESCE(v.booked_on, s.booked_on), COALESCE(v.id, ''),"
    " COALESCE(v.word, ''), COALESCE(v.number, 0) FROM settlement t JOIN submission s USING (seq) LEFT JOIN voucher v"
    " ON v.document_id = t.document_id AND v.document_id <> '' AND v.reverses = '' WHERE {which}"
    " AND t.seq = (SELECT MAX(seq) FROM submission WHERE document_id = t.document_id) AND ("
    + LIVE.format(id="t.document_id")
    + f" OR ({OPEN})) ORDER BY t.seq"
)


def naming(connection: Connection, column: str, code: str, but: str = "") -> tuple[Naming, ...]:
    """Documents that count, posted and not undone or waiting, which name this journey or list; `but` is left out."""
    rows = fetch(
        connection,
        _NAMED.format(column=_column(column), which=f"t.{column} = ? AND t.document_id <> ?"),
        code,
        but,
    )
    return tuple(_naming(row) for row in rows)


def all_naming(connection: Connection, column: str) -> dict[str, list[Naming]]:
    """Code -> documents that name it, of every journey or list."""
    made: dict[str, list[Naming]] = {}
    for row in fetch(connection, _NAMED.format(column=_column(column), which=f"t.{column} <> ''")):
        made.setdefault(row[1], []).append(_naming(row))
    return made


def _column(name: str) -> str:
    if name not in ("trip", "pay_list"):
        raise ValueError(name)
    return name


def _naming(row: Any) -> Naming:
    label = voucher_label(row[5], row[6]) if row[4] else ""
    return Naming(row[0], row[1], row[2], date.fromisoformat(row[3]), row[4], label)


def paid_lists(
    connection: Connection, first: date, last: date, kinds: Iterable[ListKind] = tuple(ListKind)
) -> tuple[PaidList, ...]:
    """Lists whose live voucher was booked in a span, both days included, in the order of booking; rows are in `content`."""
    wanted, known = set(kinds), lists(connection)
    made = []
    for code, documents in all_naming(connection, "pay_list").items():
        content = known.get(code)
        for one in documents:
            if content and one.voucher_id and content.kind in wanted and first <= one.booked_on <= last:
                proven = proofs(connection, code, content.content_hash())
                made.append(PaidList(content, one.voucher_id, one.label, one.booked_on, proven))
    return tuple(sorted(made, key=lambda p: (p.booked_on, p.content.code)))


@dataclass(frozen=True, slots=True)
class Inflow:
    """A voucher that counts, and what it brings into accounts of the bank, less what it takes out.

    `accounts` are those of its other lines.
    """

    voucher_id: str
    label: str
    booked_on: date
    summary: str
    came_fen: int
    accounts: tuple[str, ...]


_INFLOW = (
    "SELECT v.id, v.word, v.number, v.booked_on, v.summary, SUM(l.debit_fen - l.credit_fen) AS came,"
    " (SELECT json_group_array(o.account) FROM line o WHERE o.voucher_seq = v.seq AND NOT EXISTS (SELECT 1 FROM place b"
    " WHERE b.code = o.place AND substr(b.account, 1, 3) <> '101'))"
    " FROM voucher v JOIN line l ON l.voucher_seq = v.seq JOIN place p ON p.code = l.place"
    " WHERE substr(p.account, 1, 3) <> '101' AND v.reverses = '' AND NOT EXISTS"
    " (SELECT 1 FROM voucher r WHERE r.reverses = v.id AND r.reverses <> '') AND {which} GROUP BY v.seq"
)


def inflow(connection: Connection, voucher_id: str) -> Inflow | None:
    """What a voucher that counts does to the bank; None when there is none, or it moves nothing there."""
    row = fetch_one(connection, _INFLOW.format(which="v.id = ?"), voucher_id)
    return _inflow(row) if row else None


def inflows(connection: Connection, came_fen: int, since: date) -> tuple[Inflow, ...]:
    """Vouchers booked from a day on that bring exactly this sum into the bank, the newest first."""
    rows = fetch(
        connection,
        _INFLOW.format(which="v.booked_on >= ?") + " HAVING came = ? ORDER BY v.seq DESC",
        since.isoformat(),
        came_fen,
    )
    return tuple(_inflow(row) for row in rows)


def _inflow(row: Any) -> Inflow:
    label, day = voucher_label(row[1], row[2]), date.fromisoformat(row[3])
    return Inflow(row[0], label, day, row[4], row[5], tuple(json.loads(row[6])))


def is_money_back(connection: Connection, voucher_id: str) -> bool:
    """A voucher stands for one list's rows only."""
    return (
        fetch_one(connection, "SELECT 1 FROM pay_list_back WHERE voucher_id = ? LIMIT 1", voucher_id)
        is not None
    )
