"""Which files the archive of a year holds, each with its class of keeping and the way it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

from villagebook.domain.document import Document
from villagebook.domain.period import Period, Span
from villagebook.domain.signature import SignKind
from villagebook.domain.voucher import voucher_label
from villagebook.i18n import _
from villagebook.services import files, reports
from villagebook.services.banking import bank_sheet, counting
from villagebook.services.disclosure import notices
from villagebook.services.render import render
from villagebook.services.vouchers import voucher_sheets
from villagebook.storage import bank as bank_store
from villagebook.storage import documents as docs
from villagebook.storage import posted_vouchers
from villagebook.storage.book import Book

BOOKS = (
    "trial-balance",
    "general-ledger",
    "detail-ledger",
    "journal",
    "cash-book",
    "bank-book",
    "aux-balances",
    "parties",
)
MONTHLY = ("balance-sheet", "income")
CARDS = ("assets", "depreciation")
REGISTERS = (
    "resources",
    "contracts",
    "loans",
    "budget",
    "projects",
    "funds",
    "invoices",
    "signatures",
    "two-lines",
    "log",
)
COMPUTED = (*BOOKS, "posting-data", "log")
"""Also as CSV."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One file: its name inside, of when, its class of keeping, and how its title and bytes are made."""

    name: str
    period: str
    kept: str
    make: Callable[[], tuple[str, bytes]]


def plan(book: Book, span: Span, *, scans: bool) -> tuple[Piece, ...]:
    """Everything of the months, in the order of the archive; nothing is drawn yet."""
    found = [
        *_vouchers(book, span),
        *_reports(book, span, BOOKS, "books", "book"),
        *_statements(book, span),
        *_bank(book, span),
        *_notices(book, span),
        *_reports(book, span, CARDS, "registers", "card"),
        *_reports(book, span, REGISTERS, "registers", "other"),
        *_computed(book, span),
    ]
    if scans:
        found += _originals(book, span)
    return tuple(found)


def _vouchers(book: Book, span: Span) -> Iterator[Piece]:
    """The vouchers of each month with the covers they are bound under."""
    for month in span.months():
        one = Span.of(month)
        with book.reading() as connection:
            if not posted_vouchers.vouchers(connection, one):
                continue
        yield Piece(f"vouchers/{month}.pdf", str(month), "voucher", partial(_bound, book, one))


def _reports(book: Book, span: Span, names: tuple[str, ...], folder: str, kept: str) -> Iterator[Piece]:
    for name in names:
        make = partial(_report, book, name, span, "pdf")
        yield Piece(f"{folder}/{name}.pdf", str(span), kept, make)


def _computed(book: Book, span: Span) -> Iterator[Piece]:
    for name in COMPUTED:
        kept = "book" if name in BOOKS else "voucher" if name == "posting-data" else "other"
        make = partial(_report, book, name, span, "csv")
        yield Piece(f"csv/{name}.csv", str(span), kept, make)


def _statements(book: Book, span: Span) -> Iterator[Piece]:
    for month in span.months():
        for name in MONTHLY:
            one = Span.of(month)
            make = partial(_report, book, name, one, "pdf")
            yield Piece(f"statements/{month}-{name}.pdf", str(month), "report", make)
    year = Span.year(span.last.year)
    for form in ("pdf", "xlsx"):
        make = partial(_report, book, "annual-report", year, form)
        yield Piece(f"statements/annual-report.{form}", str(year), "annual", make)


def _bank(book: Book, span: Span) -> Iterator[Piece]:
    """Reconciliation sheets of the months that a statement reaches, and the statements as the bank gave them."""
    for codes, title in counting.bank_accounts(book):
        with book.reading() as connection:
            held = bank_store.files(connection, codes[0])
        for month in span.months():
            if not any(f.first_on <= month.last_day and f.last_on >= month.first_day for f in held):
                continue  # no statement of the bank tells of that month; what was typed stands in the log
            sheet = bank_sheet.compile_sheet(book, codes, month.last_day)
            yield Piece(
                f"bank/{month}-{codes[0]}.pdf", str(month), "bank", partial(_sheet, book, sheet, title)
            )
        for no, file in enumerate(held, 1):
            first, last = Period.of(file.first_on), Period.of(file.last_on)
            if last < span.first or first > span.last:
                continue
            name = f"bank/statement-{codes[0]}-{no}{_suffix(file.name)}"
            make = partial(_object, book, file.sha256, f"{title} {file.name}")
            yield Piece(name, f"{first}..{last}", "bank", make)


def _notices(book: Book, span: Span) -> Iterator[Piece]:
    for row in reversed(notices.papers(book)):
        if row.state != "final" or row.span.last < span.first or row.span.first > span.last:
            continue
        yield Piece(
            f"notices/{row.span}-{row.id[:8]}.pdf", str(row.span), "other", partial(_notice, book, row)
        )


def _originals(book: Book, span: Span) -> list[Piece]:
    """The files behind each voucher as they came, so that paper and file are found by one number."""
    made: list[Piece] = []
    with book.reading() as connection:
        for voucher in posted_vouchers.vouchers(connection, span):
            if not voucher.document_id or voucher.reverses:
                continue
            held = docs.submitted(connection, voucher.document_id)
            if held is None:
                continue
            label = voucher_label(voucher.word, voucher.number)
            given = docs.signatures(connection, voucher.document_id, held.content_hash)
            slips = {s.evidence for s in given if s.kind is SignKind.INK and s.evidence}
            for no, (sha256, name) in enumerate(_files_of(held.document, slips), 1):
                path = f"originals/{voucher.period}/{label}_{no}{_suffix(name)}"
                make = partial(_object, book, sha256, f"{label} {name}")
                made.append(Piece(path, str(voucher.period), "voucher", make))
    return made


def _files_of(document: Document, slips: Iterable[str]) -> list[tuple[str, str]]:
    """(hash, name) of each file once: what was booked, then the pictures of the signed slip."""
    found = {a.sha256: a.name for a in document.attachments}
    for invoice in document.invoices:
        if invoice.sha256:
            found.setdefault(invoice.sha256, invoice.told.number)
    for sha256 in sorted(slips):
        found.setdefault(sha256, _("signed slip") + ".jpg")
    return list(found.items())


def _suffix(name: str) -> str:
    """The ending of a file's name, "" for what could harm where it is unpacked."""
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    return ending if ending[1:].isascii() and ending[1:].isalnum() and len(ending) <= 6 else ""


def _bound(book: Book, month: Span) -> tuple[str, bytes]:
    sheets = voucher_sheets.sheets_of(book, month)
    return _("Accounting vouchers"), voucher_sheets.pdf(sheets, with_covers=True)


def _sheet(book: Book, sheet: bank_sheet.Sheet, account: str) -> tuple[str, bytes]:
    table = bank_sheet.sheet_table(sheet)
    return f"{table.title} {account}", render(table, "pdf", book.info.village)


def _notice(book: Book, row: notices.NoticeRow) -> tuple[str, bytes]:
    return _("Notice {number}").format(number=row.number), notices.paper_pdf(book, row)


def _object(book: Book, sha256: str, title: str) -> tuple[str, bytes]:
    return title, files.object_bytes(book, sha256)[1]


def _report(book: Book, name: str, span: Span, form: str) -> tuple[str, bytes]:
    table = reports.make(book, name, span).table
    return table.title, render(table, form, book.info.village)
