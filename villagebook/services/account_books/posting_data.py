"""What was booked of every original paper (入账信息结构化数据): ten elements a line, joined to the paper by its number.

The elements and their names are those of the standard's posting file, as secondary sources give them; the file is CSV, JSON or
XLSX and not XBRL, whose taxonomy was not at hand. One original over several vouchers, and several originals of one voucher, are
rows of their own.
"""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.account import Chart
from villagebook.domain.document import Document
from villagebook.domain.flowing import Flowing, FlowRow
from villagebook.domain.period import Span
from villagebook.domain.table import Cell, Column, RowKind, Shape, Table
from villagebook.domain.voucher import Voucher, voucher_label
from villagebook.i18n import _
from villagebook.services.account_books.ledger_rows import chunks
from villagebook.services.names import support_title
from villagebook.storage import documents as docs
from villagebook.storage import invoices, posted_vouchers, registry
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection

Original = tuple[str, str]
"""(what paper, its number); the number is "" where nothing was written down."""


def flow(book: Book, span: Span) -> Flowing:
    """One row per original and line of its voucher. Vouchers that stand on no paper (carrying, red ones) have none."""
    columns = (
        Column("OriginalKind", _("Supporting document"), Shape.TEXT, 8),
        Column("OriginalNumber", _("Number of the paper"), Shape.TEXT, 14),
        Column("UnifiedSocialCreditCodeOfAccountingEntity", _("Credit code"), Shape.TEXT, 10),
        Column("NameOfAccountingEntity", _("Accounting entity"), Shape.TEXT, 12),
        Column("NumberOfAccountingDocuments", _("Voucher"), Shape.TEXT, 7),
        Column("PostingDate", _("Booked on"), Shape.DAY, 8),
        Column("AccountingPeriod", _("Month"), Shape.TEXT, 7),
        Column("SummaryOfAccountingDocuments", _("Summary"), Shape.TEXT, 16),
        Column("DebitOrCredit", _("Side"), Shape.TEXT, 4),
        Column("NameOfGeneralLedgerSubject", _("General ledger account"), Shape.TEXT, 10),
        Column("NameOfSubsidiaryLedgerSubject", _("Detail account"), Shape.TEXT, 10),
        Column("RecordedAmount", _("Amount"), Shape.MONEY, 9),
    )
    head = Table("posting-data", _("Posting data of original papers"), str(span), columns, ())
    return Flowing(head, _rows(book, span))


def _rows(book: Book, span: Span) -> Iterator[FlowRow]:
    """A few months at a time; nothing is held open between two reads."""
    for part in chunks(span):
        with book.reading() as connection:
            if not posted_vouchers.any_paper(connection, part):
                continue
            chart = registry.read_chart(connection)
            _names, tax_ids = invoices.buyer(connection)
            entity = (tax_ids[0] if tax_ids else book.info.code, book.info.village)
            rows = [
                row
                for voucher in posted_vouchers.vouchers(connection, part)
                for row in _of_voucher(voucher, originals(connection, voucher), chart, entity)
            ]
        yield from rows


def originals(connection: Connection, voucher: Voucher) -> tuple[Original, ...]:
    """The papers behind a voucher: its invoices, else the number that was written down, else that there are some."""
    held = docs.submitted(connection, voucher.document_id) if voucher.document_id else None
    if voucher.reverses:
        return ()
    if held is None:
        return (("", voucher.paper_no),) if voucher.paper_no or voucher.paper_count else ()
    return _of_document(held.document)


def _of_document(document: Document) -> tuple[Original, ...]:
    told = [(support_title(document.support), i.told.code + i.told.number) for i in document.invoices]
    for number in (document.support_no, document.receipt_no):
        if number and all(number not in known for _kind, known in told):
            told.append((support_title(document.support), number))
    if not told and document.paper_count:
        told.append((support_title(document.support), ""))
    return tuple(told)


def _of_voucher(
    voucher: Voucher, papers: tuple[Original, ...], chart: Chart, entity: tuple[str, str]
) -> Iterator[FlowRow]:
    for kind, number in papers:
        for line in voucher.lines:
            debit = line.debit_fen != 0
            top, detail = _subjects(chart, line.account)
            cells: tuple[Cell, ...] = (
                kind,
                number,
                *entity,
                voucher_label(voucher.word, voucher.number),
                voucher.booked_on.isoformat(),
                str(voucher.period),
                line.summary or voucher.summary,
                "借" if debit else "贷",  # the standard's own words, in every language
                top,
                detail,
                line.debit_fen if debit else line.credit_fen,
            )
            yield cells, f"voucher:{voucher.id}", RowKind.ENTRY


def _subjects(chart: Chart, code: str) -> tuple[str, str]:
    """Names of the general ledger's account and of the detail account below it, "" for a line on the former."""
    account = chart.get(code)
    if account is None:
        return code, ""
    names: list[str] = [account.name]
    while account is not None and account.parent:
        account = chart.get(account.parent)
        if account is not None:
            names.insert(0, account.name)
    return names[0], "-".join(names[1:])
