"""Used invoice numbers as lists: ours for the township to merge, those taken in, and our bookings that stand in them."""

from __future__ import annotations

from collections.abc import Iterable

from villagebook.domain.booked_invoice import InvoiceState, KnownInvoice
from villagebook.domain.period import Span
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.domain.used_invoice import TakenList, UsedElsewhere, UsedInvoice, is_number
from villagebook.i18n import N_, _
from villagebook.services.invoicing import invoice_elsewhere, invoice_words
from villagebook.storage import invoices as store
from villagebook.storage.book import Book

USED, ELSEWHERE = "invoices-used", "invoices-elsewhere"
NAMES = (USED, ELSEWHERE)
IN_USE, RELEASED = "used", "released"
_STATES = {IN_USE: N_("used"), RELEASED: N_("released")}


def make(book: Book, name: str, span: Span) -> Table:
    """One of NAMES for the bookings of these months."""
    return ours(book, span) if name == USED else hits(book, span)


def ours(book: Book, span: Span) -> Table:
    """What the village gives the township: its booked numbers, and those a reversal set free. No name stands in it.

    Small tickets without a code are left out: their numbers count within their seller alone.
    """
    with book.reading() as connection:
        found = store.listed(connection, span.first.first_day, span.last.last_day)
    entries: dict[str, UsedInvoice] = {}
    for known in sorted(found, key=lambda k: k.state is InvoiceState.BOOKED):
        told = known.invoice
        if known.voucher_id and is_number(told.code, told.number, told.kind):
            entries[told.key] = _entry(book, known)  # a booking counts more than a reversed one
    ordered = sorted(entries.values(), key=lambda e: (e.document, e.key))
    return table_of(ordered, str(span), _("Invoice numbers used"))


def _entry(book: Book, known: KnownInvoice) -> UsedInvoice:
    told, info = known.invoice, book.info
    released = RELEASED if known.state is InvoiceState.REVERSED else ""
    return UsedInvoice(
        told.number,
        info.village,
        told.code,
        told.kind,
        told.total_fen,
        told.issued_on,
        info.code,
        known.where,
        released,
    )


def table_of(entries: Iterable[UsedInvoice], subtitle: str, title: str) -> Table:
    """Entries as they are read back: people see words, programs the codes."""
    kinds = tuple((k.value, invoice_words.kind_title(k)) for k in invoice_words.KINDS)
    columns = (
        Column("number", _("Invoice number"), Shape.TEXT, 15),
        Column("code", _("Invoice code"), Shape.TEXT, 10),
        Column("kind", _("Kind"), Shape.TEXT, 13, words=kinds),
        Column("issued_on", _("Day of issue"), Shape.DAY, 8),
        Column("total", _("Total with tax"), Shape.MONEY, 9),
        Column("village", _("Village"), Shape.TEXT, 14),
        Column("village_code", _("Village code"), Shape.TEXT, 10),
        Column("document", _("Voucher"), Shape.TEXT, 12),
        Column("state", _("State"), Shape.TEXT, 8, words=tuple((k, _(w)) for k, w in _STATES.items())),
    )
    return Table(USED, title, subtitle, columns, tuple(_row(e) for e in entries))


def _row(entry: UsedInvoice) -> tuple[Cell, ...]:
    return (
        entry.number,
        entry.code,
        entry.kind.value if entry.kind else "",
        entry.issued_on.isoformat() if entry.issued_on else "",
        entry.total_fen,
        entry.village,
        entry.village_code,
        entry.document,
        RELEASED if entry.released else IN_USE,
    )


def hits(book: Book, span: Span | None = None, seq: int = 0) -> Table:
    """Bookings of ours that others used as well: of these months, of one list where `seq` is told."""
    found = [
        (k, w)
        for k, w in invoice_elsewhere.hits(book)
        if (not seq or w.seq == seq)
        and (span is None or span.first.first_day <= k.booked_on <= span.last.last_day)
    ]
    columns = (
        Column("number", _("Invoice number"), Shape.TEXT, 15),
        Column("ours", _("Booked here"), Shape.TEXT, 12),
        Column("total", _("Total with tax"), Shape.MONEY, 9),
        Column("where", _("Used elsewhere"), Shape.TEXT, 18),
        Column("issuer", _("List of"), Shape.TEXT, 12),
        Column("as_of", _("As of"), Shape.DAY, 8),
        Column("signed", _("Signed"), Shape.TEXT, 10),
        Column("code", _("Invoice code"), Shape.TEXT, 10),
        Column("listed", _("Amount in the list"), Shape.MONEY, 9),
    )
    rows = tuple(_hit(k, w) for k, w in found)
    targets = tuple(k.target for k, _w in found)
    subtitle = str(span) if span else ""
    return Table(ELSEWHERE, _("Booked here and used elsewhere"), subtitle, columns, rows, targets=targets)


def _hit(known: KnownInvoice, word: UsedElsewhere) -> tuple[Cell, ...]:
    told = known.invoice
    return (
        told.number,
        known.where,
        told.total_fen,
        word.entry.where,
        word.issuer,
        word.as_of.isoformat(),
        signed_by(word.signed, word.told_by),
        told.code,
        word.entry.total_fen,
    )


def signed_by(signed: bool, told_by: str) -> str:
    """Whether a list is signed; where nobody did, who told it."""
    return _("signed") if signed else _("unsigned, told by {name}").format(name=told_by)


def lists(book: Book) -> Table:
    """The lists taken in, the newest first."""
    return lists_table(invoice_elsewhere.lists(book))


def lists_table(known: Iterable[TakenList]) -> Table:
    columns = (
        Column("issuer", _("List of"), Shape.TEXT, 9),
        Column("as_of", _("As of"), Shape.DAY, 7),
        Column("hits", _("Twice"), Shape.COUNT, 5),
        Column("entries", _("Numbers"), Shape.COUNT, 5),
        Column("signed", _("Signed"), Shape.TEXT, 12),
        Column("taken_on", _("Taken in on"), Shape.DAY, 9),
        Column("source", _("File"), Shape.TEXT, 12),
    )
    told = tuple(known)
    rows = tuple(
        (
            one.issuer,
            one.as_of.isoformat(),
            one.hits,
            one.entries,
            signed_by(one.signed, one.told_by),
            one.taken_on.isoformat(),
            one.source,
        )
        for one in told
    )
    return Table(
        "used-lists",
        _("Lists of invoice numbers used elsewhere"),
        "",
        columns,
        rows,
        targets=tuple(f"register:invoices/list-{one.seq}" for one in told),
        strong=frozenset(n for n, one in enumerate(told) if one.hits),
    )
