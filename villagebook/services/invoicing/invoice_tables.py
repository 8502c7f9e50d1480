"""Invoices as lists: the register, what the township is to ask about at the tax site, and who sold how much."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from villagebook.domain.booked_invoice import (
    NOT_ASKED,
    InvoiceCheck,
    InvoiceState,
    KnownInvoice,
    Result,
    check_tail,
)
from villagebook.domain.invoice import InvoiceKind, plain
from villagebook.domain.period import Span
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.i18n import _
from villagebook.services.invoicing import invoice_elsewhere
from villagebook.services.invoicing import invoice_words as words
from villagebook.storage import invoices as store
from villagebook.storage.book import Book

REGISTER, TO_VERIFY, SELLERS = "invoices", "invoices-to-verify", "invoice-sellers"
NAMES = (REGISTER, TO_VERIFY, SELLERS)
TWICE = "twice"
SHARED = "shared"
ASK = "ask"
OPEN_RESULTS = (Result.DIFFERS, Result.UNKNOWN, Result.RED, Result.VOID)
"""Answers that want something done."""


def make(book: Book, name: str, span: Span) -> Table:
    """One of NAMES for the documents of these months."""
    makers: dict[str, Callable[[Book, Span], Table]] = {
        REGISTER: register,
        TO_VERIFY: to_verify,
        SELLERS: sellers,
    }
    return makers[name](book, span)


def _read(book: Book, span: Span) -> tuple[tuple[KnownInvoice, ...], dict[str, InvoiceCheck]]:
    with book.reading() as connection:
        found = store.listed(connection, span.first.first_day, span.last.last_day)
        return found, store.checks(connection)


def register(book: Book, span: Span, wanted: str = "", search: str = "") -> Table:
    """Every invoice of the span. `wanted` is a state, `asked`, `ask`, `trouble`, `twice` or `shared`; `search` any words of a row."""
    found, checks = _read(book, span)
    keys = _shared(book) if wanted == SHARED else _twice(found) if wanted == TWICE else frozenset()
    shown = [k for k in found if _is_wanted(k, checks, wanted, keys) and (not search or _matches(k, search))]
    columns = (
        Column("issued_on", _("Day of issue"), Shape.DAY, 8),
        Column("number", _("Invoice number"), Shape.TEXT, 24),
        Column("seller", _("Seller"), Shape.TEXT, 12),
        Column("total", _("Total with tax"), Shape.MONEY, 9),
        Column("state", _("State"), Shape.TEXT, 7),
        Column("voucher", _("Voucher"), Shape.TEXT, 11),
        Column("answer", _("Tax site"), Shape.TEXT, 15),
        Column("kind", _("Kind"), Shape.TEXT, 11),
        Column("items", _("Items"), Shape.TEXT, 14),
        Column("code", _("Invoice code"), Shape.TEXT, 9),
        Column("seller_id", _("Seller's tax number"), Shape.TEXT, 12),
        Column("buyer", _("Buyer"), Shape.TEXT, 12),
        Column("net", _("Net"), Shape.MONEY, 8),
        Column("tax", _("Tax"), Shape.MONEY, 7),
        Column("carrier", _("Read from"), Shape.TEXT, 9),
        Column("sha256", _("Original file (SHA-256)"), Shape.TEXT, 9),
        Column("document", _("Document"), Shape.TEXT, 9),
    )
    rows = tuple(_row(k, _check_of(k, checks)) for k in shown)
    return Table(
        REGISTER,
        _("Invoices"),
        str(span),
        columns[:-2],  # hash and id are for programs
        tuple(row[:-2] for row in rows),
        machine_rows=rows,
        machine_columns=columns,
        targets=tuple(f"invoice:{k.document_id}/{k.line}" for k in shown),
        strong=frozenset(n for n, k in enumerate(shown) if _wants_something(k, checks)),
    )


def _check_of(known: KnownInvoice, checks: dict[str, InvoiceCheck]) -> InvoiceCheck | None:
    """The township's newest answer; where it never gave one, no key is made of ten years of invoices."""
    return checks.get(known.invoice.key) if checks else None


def _row(known: KnownInvoice, check: InvoiceCheck | None) -> tuple[Cell, ...]:
    told = known.invoice
    return (
        told.issued_on.isoformat() if told.issued_on else "",
        told.number,
        told.seller,
        told.total_fen,
        words.state_title(known.state),
        f"{known.booked_on.isoformat()} {known.label}".strip() if known.voucher_id else known.summary,
        words.answer_of(check),
        words.kind_title(told.kind),
        known.items,
        told.code,
        told.seller_id,
        told.buyer,
        told.net_fen,
        told.tax_fen,
        words.carrier_title(told.carrier),
        known.sha256,
        known.document_id,
    )


def _twice(found: Iterable[KnownInvoice]) -> frozenset[str]:
    """Keys that stand in more than one document, live or freed: what was tried twice is worth seeing."""
    seen: dict[str, set[str]] = {}
    for known in found:
        seen.setdefault(known.invoice.key, set()).add(known.document_id)
    return frozenset(key for key, documents in seen.items() if len(documents) > 1)


def _shared(book: Book) -> frozenset[str]:
    """Keys of bookings that others used as well."""
    return frozenset(known.invoice.key for known, _word in invoice_elsewhere.hits(book))


def _is_wanted(
    known: KnownInvoice, checks: dict[str, InvoiceCheck], wanted: str, keys: frozenset[str]
) -> bool:
    check = _check_of(known, checks)
    if wanted == SHARED:
        return known.invoice.key in keys and known.state is InvoiceState.BOOKED
    if wanted == TWICE:
        return known.invoice.key in keys
    if wanted == ASK:
        return _is_to_ask(known, check, known.booked_on)
    if wanted == "asked":
        return check is not None
    if wanted == "trouble":
        return _wants_something(known, checks)
    return not wanted or known.state == wanted


def _wants_something(known: KnownInvoice, checks: dict[str, InvoiceCheck]) -> bool:
    check = _check_of(known, checks)
    return known.state.holds and check is not None and check.result in OPEN_RESULTS


def _matches(known: KnownInvoice, search: str) -> bool:
    told = known.invoice
    texts = (told.number, told.code, told.seller, known.items, known.label, known.summary, known.party)
    hay = plain(" ".join(texts))
    return all(plain(word) in hay for word in search.split())


def to_verify(book: Book, span: Span) -> Table:
    """Booked or waiting, and not asked about yet, or asked in an earlier year than it was last booked: red ones come late.

    Four columns are empty for the township; filled in, the list is read back as it is.
    """
    found, checks = _read(book, span)
    shown = [k for k in found if _is_to_ask(k, _check_of(k, checks), span.last.last_day)]
    columns = (
        Column("number", _("Invoice number"), Shape.TEXT, 15),
        Column("code", _("Invoice code"), Shape.TEXT, 10),
        Column("issued_on", _("Day of issue"), Shape.DAY, 8),
        Column("total", _("Total with tax"), Shape.MONEY, 9),
        Column("net", _("Net"), Shape.MONEY, 9),
        Column("check_tail", _("Check code, last 6"), Shape.TEXT, 7),
        Column("kind", _("Kind"), Shape.TEXT, 12),
        Column("seller", _("Seller"), Shape.TEXT, 14),
        Column("result", _("Answer"), Shape.TEXT, 8),
        Column("checked_on", _("Asked on"), Shape.DAY, 8),
        Column("person", _("Asked by"), Shape.TEXT, 7),
        Column("note", _("Note"), Shape.TEXT, 8),
    )
    rows = []
    for known in shown:
        told = known.invoice
        day = told.issued_on.isoformat() if told.issued_on else ""
        what = (told.number, told.code, day, told.total_fen, told.net_fen, check_tail(told))
        rows.append((*what, words.kind_title(told.kind), told.seller, "", "", "", ""))
    return Table(
        TO_VERIFY,
        _("Invoices to ask about at the tax site"),
        str(span),
        columns,
        tuple(rows),
        targets=tuple(f"invoice:{k.document_id}/{k.line}" for k in shown),
    )


def _is_to_ask(known: KnownInvoice, check: InvoiceCheck | None, until: date) -> bool:
    if known.invoice.kind in NOT_ASKED or not known.state.holds:
        return False
    return check is None or (check.result is Result.AGREES and check.checked_on.year < until.year)


def sellers(book: Book, span: Span) -> Table:
    """Who sold how much on invoices that stand (V22): sums, count, first and last day, and those of one invoice only."""
    found, _checks = _read(book, span)
    sums: dict[str, list[KnownInvoice]] = {}
    for known in found:
        if known.state.holds and known.invoice.kind is not InvoiceKind.TICKET:
            sums.setdefault(known.invoice.seller or _("(seller not told)"), []).append(known)
    columns = (
        Column("seller", _("Seller"), Shape.TEXT, 18),
        Column("count", _("Invoices"), Shape.COUNT, 5),
        Column("total", _("Total with tax"), Shape.MONEY, 10),
        Column("largest", _("Largest"), Shape.MONEY, 10),
        Column("first", _("First day"), Shape.DAY, 8),
        Column("last", _("Last day"), Shape.DAY, 8),
    )
    rows = []
    for seller, own in sums.items():
        totals = [k.invoice.total_fen or 0 for k in own]
        days = sorted(k.invoice.issued_on for k in own if k.invoice.issued_on)
        first, last = (days[0].isoformat(), days[-1].isoformat()) if days else ("", "")
        rows.append((seller, len(own), sum(totals), max(totals), first, last))
    rows.sort(key=lambda r: (-int(r[2]), r[0]))
    return Table(SELLERS, _("Sellers by invoices"), str(span), columns, tuple(rows))


def open_answers(book: Book) -> tuple[tuple[KnownInvoice, InvoiceCheck], ...]:
    """Invoices that stand although the tax site says otherwise."""
    with book.reading() as connection:
        checks = {k: c for k, c in store.checks(connection).items() if c.result in OPEN_RESULTS}
        found = store.with_keys(connection, checks)
    return tuple((k, checks[k.invoice.key]) for k in found if k.state is InvoiceState.BOOKED)
