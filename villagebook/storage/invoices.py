"""Reading invoices: where a number was used, what is like it, what became of each, what the township found.

Everything that is asked while somebody types goes by an index: a book holds the invoices of many years.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from villagebook.domain.booked_invoice import InvoiceCheck, InvoiceState, KnownInvoice, Result
from villagebook.domain.invoice import Carrier, Invoice, InvoiceKind, Journey
from villagebook.domain.voucher import voucher_label
from villagebook.storage.documents import spellings
from villagebook.storage.engine import fetch, fetch_one, value_of

_AT_ONCE = 400
"""Values of one IN list: SQLite takes many more, a plan stays quick with few."""

_SELECT = (
    "SELECT i.kind, i.code, i.number, i.issued_on, i.seller, i.seller_id, i.buyer, i.buyer_id, i.net_fen, i.tax_fen,"
    " i.total_fen, i.is_red, i.red_of, i.check_code, i.items, i.travelled_on, i.carrier, i.sha256, i.document_id, i.line,"
    " s.booked_on, s.party, v.id, v.word, v.number, v.booked_on, v.summary, r.seq,"
    " EXISTS (SELECT 1 FROM step t WHERE t.subject = i.document_id AND t.content_hash = s.content_hash"
    " AND t.seq > s.seq),"
    " CASE WHEN json_valid(s.content) THEN s.content ->> '$.summary' END,"
    " CASE WHEN json_valid(s.content) THEN s.content ->> '$.handler' END"
    " FROM invoice i JOIN submission s ON s.seq = i.seq"
    " LEFT JOIN voucher v ON v.document_id = i.document_id AND v.document_id <> '' AND v.reverses = ''"
    " LEFT JOIN voucher r ON r.reverses = v.id AND r.reverses <> ''"
    " WHERE i.seq = (SELECT MAX(seq) FROM submission WHERE document_id = i.document_id)"
)
_ORDER = " ORDER BY i.seq, i.line"


def _known(row: tuple[Any, ...]) -> KnownInvoice:
    told = Invoice(
        kind=InvoiceKind(row[0]),
        number=row[2],
        code=row[1],
        issued_on=_day(row[3]),
        seller=row[4],
        seller_id=row[5],
        buyer=row[6],
        buyer_id=row[7],
        net_fen=row[8],
        tax_fen=row[9],
        total_fen=row[10],
        is_red=bool(row[11]),
        red_of=row[12],
        check_code=row[13],
        journey=Journey(travelled_on=_day(row[15])) if row[15] else None,
        carrier=Carrier(row[16]),
    )
    voucher_id, reversed_by, stopped = row[22] or "", row[27], row[28]
    if voucher_id:
        state = InvoiceState.REVERSED if reversed_by else InvoiceState.BOOKED
    else:
        state = InvoiceState.FREED if stopped else InvoiceState.WAITING
    return KnownInvoice(
        invoice=told,
        items=row[14],
        sha256=row[17],
        document_id=row[18],
        line=row[19],
        state=state,
        booked_on=date.fromisoformat(row[25] or row[20]),
        party=row[21],
        summary=row[26] or row[29] or "",
        voucher_id=voucher_id,
        label=voucher_label(row[23], row[24]) if voucher_id else "",
        handler=row[30] or "",
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _found(connection: Connection, condition: str, *values: Any) -> tuple[KnownInvoice, ...]:
    return tuple(_known(r) for r in fetch(connection, f"{_SELECT} AND {condition}{_ORDER}", *values))


def with_keys(connection: Connection, keys: Iterable[str], but: str = "") -> tuple[KnownInvoice, ...]:
    """Invoices of other documents than `but` under any of these keys."""
    wanted = list(dict.fromkeys(k for k in keys if k))
    made: list[KnownInvoice] = []
    for first in range(0, len(wanted), _AT_ONCE):
        some = wanted[first : first + _AT_ONCE]
        places = ", ".join("?" * len(some))
        made += _found(connection, f"i.key IN ({places}) AND i.document_id <> ?", *some, but)
    return tuple(made)


def with_file(connection: Connection, sha256: str, but: str) -> tuple[KnownInvoice, ...]:
    """Invoices of other documents out of the very same file."""
    return _found(connection, "i.sha256 = ? AND i.sha256 <> '' AND i.document_id <> ?", sha256, but)


def with_amount(
    connection: Connection, total_fen: int, issued_on: date, but: str
) -> tuple[KnownInvoice, ...]:
    """Invoices of other documents of this day and total."""
    return _found(
        connection,
        "i.total_fen = ? AND i.issued_on = ? AND i.document_id <> ?",
        total_fen,
        issued_on.isoformat(),
        but,
    )


def of_seller(
    connection: Connection, seller: str, first: date, last: date, but: str
) -> tuple[KnownInvoice, ...]:
    """Invoices of other documents one seller issued in these days."""
    return _found(
        connection,
        "i.seller = ? AND i.issued_on BETWEEN ? AND ? AND i.document_id <> ?",
        seller,
        first.isoformat(),
        last.isoformat(),
        but,
    )


def of_serial(connection: Connection, code: str, low: str, high: str, but: str) -> tuple[KnownInvoice, ...]:
    """Invoices of other documents under one code whose numbers, of one length, lie between two."""
    return _found(
        connection,
        "i.code = ? AND i.number BETWEEN ? AND ? AND LENGTH(i.number) = ? AND i.document_id <> ?",
        code,
        low,
        high,
        len(low),
        but,
    )


def seller_seen(connection: Connection, seller: str, but: str) -> bool:
    """True when an invoice of this seller was booked before."""
    sql = (
        "SELECT 1 FROM invoice i WHERE i.seller = ? AND i.document_id <> ? AND EXISTS"
        " (SELECT 1 FROM voucher v WHERE v.document_id = i.document_id AND v.document_id <> '') LIMIT 1"
    )
    return value_of(connection, sql, seller, but) is not None


def reds_of(connection: Connection, numbers: Iterable[str]) -> tuple[KnownInvoice, ...]:
    """Red invoices in the book that take back one of these numbers."""
    wanted = [n for n in dict.fromkeys(numbers) if n]
    places = ", ".join("?" * len(wanted))
    return _found(connection, f"i.red_of IN ({places}) AND i.red_of <> ''", *wanted) if wanted else ()


def with_number(connection: Connection, number: str) -> tuple[KnownInvoice, ...]:
    """Invoices under this number, whatever their code: a red one names its original by number alone."""
    return with_keys(connection, [number]) or _found(connection, "i.number = ?", number)


def listed(connection: Connection, first: date, last: date) -> tuple[KnownInvoice, ...]:
    """Every invoice of documents booked (or, while they wait, dated) in these days, by the document's day."""
    return _found(
        connection,
        "COALESCE(v.booked_on, s.booked_on) BETWEEN ?1 AND ?2 AND i.document_id IN (SELECT document_id FROM voucher"
        " WHERE booked_on BETWEEN ?1 AND ?2 AND document_id <> '' UNION SELECT document_id FROM submission"
        " WHERE booked_on BETWEEN ?1 AND ?2)",
        first.isoformat(),
        last.isoformat(),
    )


def of_document(connection: Connection, document_id: str) -> tuple[KnownInvoice, ...]:
    return _found(connection, "i.document_id = ?", document_id)


def checks(connection: Connection) -> dict[str, InvoiceCheck]:
    """The newest answer of the township by key."""
    rows = fetch(
        connection, "SELECT key, result, checked_on, person, note FROM invoice_check ORDER BY seq, no"
    )
    return {r[0]: InvoiceCheck(r[0], Result(r[1]), date.fromisoformat(r[2]), r[3], r[4]) for r in rows}


def taken_back(connection: Connection) -> tuple[tuple[KnownInvoice, InvoiceCheck], ...]:
    """Booked invoices of which the township's newest answer is that they were taken back."""
    gone = {k: c for k, c in checks(connection).items() if c.result in (Result.RED, Result.VOID)}
    found = with_keys(connection, gone)
    return tuple((k, gone[k.invoice.key]) for k in found if k.state is InvoiceState.BOOKED)


def buyer(connection: Connection) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(names, tax numbers) the village's invoices must carry; empty when nobody has said so."""
    row = fetch_one(connection, "SELECT names, tax_ids FROM buyer ORDER BY seq DESC LIMIT 1")
    return (tuple(json.loads(row[0])), tuple(json.loads(row[1]))) if row else ((), ())


def paid_on_person_receipts(connection: Connection, party: str, first: date, last: date, but: str) -> int:
    """Fen of other payments to one private person on receipts of their own, in these days, posted or waiting."""
    sql = (
        "SELECT COALESCE(SUM(s.total_fen), 0) FROM place p CROSS JOIN submission s ON s.place = p.code"
        " WHERE s.kind = 'payment' AND s.party IN (SELECT value FROM json_each(?)) AND s.booked_on BETWEEN ? AND ? AND s.document_id <> ?"
        " AND CASE WHEN json_valid(s.content) THEN s.content ->> '$.support' END = 'person-receipt'"
        " AND s.seq = (SELECT MAX(seq) FROM submission WHERE document_id = s.document_id)"
        " AND NOT EXISTS (SELECT 1 FROM step t WHERE t.subject = s.document_id AND t.content_hash = s.content_hash"
        " AND t.seq > s.seq)"
        " AND NOT EXISTS (SELECT 1 FROM voucher v JOIN voucher r ON r.reverses = v.id AND r.reverses <> ''"
        " WHERE v.document_id = s.document_id AND v.document_id <> '')"
    )
    return int(
        value_of(connection, sql, spellings(connection, party), first.isoformat(), last.isoformat(), but)
    )
