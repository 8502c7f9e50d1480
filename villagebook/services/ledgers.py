"""Vouchers as people look at them, and the plain reports by name."""

from __future__ import annotations

from dataclasses import dataclass

from villagebook.domain.document import Attachment
from villagebook.domain.period import Span
from villagebook.domain.signature import Signature
from villagebook.domain.table import Column, Shape, Table
from villagebook.domain.voucher import Voucher, voucher_label
from villagebook.i18n import _
from villagebook.services.flows import receipts_payments
from villagebook.services.money_books import bank_book, cash_book, journal
from villagebook.services.names import account_title
from villagebook.services.trial_balance import trial_balance
from villagebook.storage import documents as docs
from villagebook.storage import ledger, registry
from villagebook.storage.book import Book

__all__ = [
    "REPORTS",
    "VoucherView",
    "bank_book",
    "cash_book",
    "journal",
    "receipts_payments",
    "search",
    "trial_balance",
    "voucher_rows",
    "voucher_view",
    "vouchers_count",
]


@dataclass(frozen=True, slots=True)
class VoucherView:
    """A posted voucher with all that hangs on it. `reversed_by` is the id of the red voucher, or "".

    `corrects_label` names the wrong voucher this one stands for, `corrected_by` the (id, label) of those that stand for it.
    """

    voucher: Voucher
    account_names: dict[str, str]
    reversed_by: str
    reverses_label: str
    signatures: tuple[tuple[Signature, str], ...]
    attachments: tuple[Attachment, ...]
    corrects_label: str = ""
    corrected_by: tuple[tuple[str, str], ...] = ()


def voucher_view(book: Book, voucher_id: str) -> VoucherView | None:
    """None when the book holds no such voucher."""
    with book.reading() as connection:
        voucher = ledger.voucher(connection, voucher_id)
        if voucher is None:
            return None
        chart = registry.read_chart(connection)
        staff = registry.read_staff(connection)
        held = docs.submitted(connection, voucher.document_id) if voucher.document_id else None
        given = docs.signatures(connection, held.document.id, held.content_hash) if held else ()
        undone = ledger.voucher(connection, voucher.reverses) if voucher.reverses else None
        wrong = ledger.voucher(connection, voucher.corrects) if voucher.corrects else None
        right = [ledger.voucher(connection, i) for i in ledger.corrected_by(connection, voucher_id)]
        return VoucherView(
            voucher,
            {line.account: account_title(chart, line.account) for line in voucher.lines},
            ledger.reversed_by(connection, voucher_id),
            _dated(undone),
            tuple((g, staff.name(g.person_id)) for g in given),
            held.document.attachments if held else (),
            _dated(wrong),
            tuple((v.id, _dated(v)) for v in right if v),
        )


def _dated(voucher: Voucher | None) -> str:
    return f"{voucher.booked_on.isoformat()} {voucher.label}" if voucher else ""


def voucher_rows(
    book: Book, span: Span, after: tuple[str, int] | None, limit: int
) -> list[tuple[object, ...]]:
    """(booked_on, seq, id, word, number, summary, party, total fen, origin), paged by key."""
    with book.reading() as connection:
        return list(ledger.voucher_page(connection, span, after, limit))


def vouchers_count(book: Book, span: Span) -> int:
    with book.reading() as connection:
        return ledger.voucher_count(connection, span)


def search(book: Book, text: str, limit: int = 200) -> Table:
    """Vouchers whose summary or other party holds the text, newest first."""
    with book.reading() as connection:
        rows = ledger.search_vouchers(connection, text, limit)
    columns = (
        Column("date", _("Date"), Shape.DAY, 9),
        Column("voucher", _("Voucher"), Shape.TEXT, 8),
        Column("summary", _("Summary"), Shape.TEXT, 26),
        Column("party", _("Other party"), Shape.TEXT, 14),
        Column("amount", _("Amount"), Shape.MONEY, 11),
    )
    return Table(
        "search",
        _("Search"),
        text,
        columns,
        tuple((r[0], voucher_label(r[1], r[2]), r[3], r[4], r[5]) for r in rows),
        0,
        tuple(f"voucher:{r[6]}" for r in rows),
    )


REPORTS = {
    "trial-balance": trial_balance,
    "journal": journal,
    "cash-book": cash_book,
    "bank-book": bank_book,
    "receipts-payments": receipts_payments,
}
"""Reports by their name on the command line."""
