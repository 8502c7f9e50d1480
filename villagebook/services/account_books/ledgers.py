"""Vouchers as people look at them, and the plain reports by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from villagebook.domain.document import Attachment
from villagebook.domain.signature import Signature
from villagebook.domain.voucher import Voucher
from villagebook.services.account_books.flows import receipts_payments
from villagebook.services.account_books.money_books import bank_book, cash_book, journal
from villagebook.services.account_books.trial_balance import trial_balance
from villagebook.storage import documents as docs
from villagebook.storage import posted_vouchers, registry, seals
from villagebook.storage.book import Book

__all__ = [
    "REPORTS",
    "VoucherView",
    "bank_book",
    "cash_book",
    "journal",
    "receipts_payments",
    "trial_balance",
    "voucher_view",
]


@dataclass(frozen=True, slots=True)
class VoucherView:
    """A posted voucher with who signed it, by name, and its papers. `reversed_by` is the id of the red voucher, or "".

    `seals` are the names of the seals the signatures tell, by entry of their register.
    """

    voucher: Voucher
    reversed_by: str
    signatures: tuple[tuple[Signature, str], ...]
    attachments: tuple[Attachment, ...]
    seals: Mapping[str, str] = field(default_factory=dict)


def voucher_view(book: Book, voucher_id: str) -> VoucherView | None:
    """None when the book holds no such voucher."""
    with book.reading() as connection:
        voucher = posted_vouchers.voucher(connection, voucher_id)
        if voucher is None:
            return None
        staff = registry.read_staff(connection)
        held = docs.submitted(connection, voucher.document_id) if voucher.document_id else None
        given = docs.signatures(connection, held.document.id, held.content_hash) if held else ()
        return VoucherView(
            voucher,
            posted_vouchers.reversed_by(connection, voucher_id),
            tuple((g, staff.name(g.person_id)) for g in given),
            held.document.attachments if held else (),
            seals.names(connection) if any(g.seal for g in given) else {},
        )


REPORTS = {
    "trial-balance": trial_balance,
    "journal": journal,
    "cash-book": cash_book,
    "bank-book": bank_book,
    "receipts-payments": receipts_payments,
}
"""Reports by their name on the command line."""
