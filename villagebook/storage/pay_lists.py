"""Reading lists with payees: what they say now, what was reviewed, shown and proven of it, and which voucher paid them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from villagebook.domain.document import Attachment
from villagebook.domain.pay_list import ListKind, ListProof, ListShown, PaidList, PayList, PayRate, ProofKind
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
        "SELECT code, content_hash, kind, shown_on, papers, failed FROM pay_list_proof WHERE code = ?"
        " AND content_hash = ? ORDER BY seq",
        code,
        content_hash,
    )
    return tuple(_proof(row) for row in rows)


def _proof(row: Any) -> ListProof:
    failed = tuple(int(no) for no in json.loads(row[5]))
    return ListProof(row[0], row[1], ProofKind(row[2]), date.fromisoformat(row[3]), _papers(row[4]), failed)


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
