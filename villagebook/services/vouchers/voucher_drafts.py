"""New drafts out of posted vouchers: the same once more, or the right one for a wrong one. Nothing posted is touched."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from villagebook.domain.document import Document, Item, Support
from villagebook.domain.voucher import DocKind, Voucher
from villagebook.i18n import _
from villagebook.services.by import By, new_id
from villagebook.services.gate import refusal
from villagebook.storage import documents as docs
from villagebook.storage import objects, posted_vouchers
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection


def duplicate(book: Book, voucher_id: str, by: By) -> Document:
    """A new draft with the same content at the door it came from; what belongs to the old papers alone is empty.

    Raises Refused for a red voucher and for one the book does not hold.
    """
    with book.scribbling() as connection:
        document = emptied(_content(connection, voucher_id), by.day)
        _keep(connection, document, by)
    return document


def correction(book: Book, voucher_id: str, by: By) -> Document:
    """A draft for the right voucher that names the wrong one (蓝字更正); it stands on the same papers.

    After a red reversal it holds the whole matter again; while the wrong one stands its amounts are empty, for then only the
    difference is booked (会计基础工作规范 51).

    Raises Refused for a red voucher, for one the book does not hold.
    """
    with book.scribbling() as connection:
        wrong = posted_vouchers.voucher(connection, voucher_id)
        content = _content(connection, voucher_id)
        if wrong is None:
            raise AssertionError(voucher_id)
        if not posted_vouchers.reversed_by(connection, voucher_id):
            content = replace(without_amounts(content), invoices=())  # they stay with the voucher that stands
        document = replace(
            content,
            id=new_id(),
            booked_on=by.day,
            event_on=content.event_on or wrong.booked_on,
            summary=_("Sets right {label} of {day}: {summary}").format(
                label=wrong.label, day=wrong.booked_on.isoformat(), summary=content.summary
            ),
            # the number of the receipt stays with the voucher that used it; the deposit slip with its receipts, too
            receipt_no="",
            receipts=(),
            excuse="",
            corrects=wrong.id,
        )
        _keep(connection, document, by)
    return document


def content_of(book: Book, voucher_id: str) -> Document:
    """What stood behind a voucher as a document, made up from its lines where there was none. Raises Refused."""
    with book.reading() as connection:
        return _content(connection, voucher_id)


def label_of(book: Book, voucher_id: str) -> str:
    """Day and number of a voucher, as people say it; "" when the book holds no such voucher."""
    with book.reading() as connection:
        voucher = posted_vouchers.voucher(connection, voucher_id) if voucher_id else None
    return f"{voucher.booked_on.isoformat()} {voucher.label}" if voucher else ""


def emptied(document: Document, day: date) -> Document:
    """The same matter on another day: a new id, and nothing that belongs to one paper, one permission or one day."""
    return replace(
        document,
        id=new_id(),
        booked_on=day,
        event_on=None,
        due_on=None,
        receipt_no="",
        receipts=(),
        support_no="",
        paper_count=0,
        attachments=(),
        resolution="",
        permit="",
        excuse="",
        corrects="",
        invoices=(),
        id_tail="",
    )


def without_amounts(document: Document) -> Document:
    """Prices and quantities go with the amounts; an adjustment's line keeps its account and summary."""
    return replace(
        document,
        amount_fen=0,
        items=tuple(replace(i, amount_fen=0, quantity="", unit_price_fen=None) for i in document.items),
        lines=tuple(replace(line, debit_fen=0, credit_fen=0) for line in document.lines),
    )


def _content(connection: Connection, voucher_id: str) -> Document:
    voucher = posted_vouchers.voucher(connection, voucher_id)
    if voucher is None:
        raise refusal("VCH-07", voucher_id, _("There is no such voucher."))
    if voucher.reverses:
        text = _("A red voucher is not copied; take the voucher it undoes.")
        raise refusal("VCH-21", voucher.label, text, target=f"voucher:{voucher.reverses}")
    held = docs.submitted(connection, voucher.document_id) if voucher.document_id else None
    return held.document if held else _from_lines(voucher)


def _from_lines(voucher: Voucher) -> Document:
    """Imported vouchers and those the program made have no document: one is made up from the lines."""
    base = Document(
        voucher.id,
        voucher.kind,
        voucher.booked_on,
        voucher.summary,
        party=voucher.party,
        support=Support.INTERNAL if voucher.kind is DocKind.ADJUSTMENT else Support.INVOICE,
        paper_count=voucher.paper_count,
    )
    money = [line for line in voucher.lines if line.account.startswith(("101", "102"))]
    others = [line for line in voucher.lines if line not in money]
    if voucher.kind is DocKind.TRANSFER and len(money) == 2 and not others:
        into, out = sorted(money, key=lambda line: line.credit_fen - line.debit_fen)
        return replace(base, place=out.place, to_place=into.place, amount_fen=into.debit_fen)
    if voucher.kind in (DocKind.RECEIPT, DocKind.PAYMENT) and len(money) == 1 and others:
        sign = -1 if voucher.kind is DocKind.RECEIPT else 1
        items = tuple(
            Item(
                line.account,
                sign * (line.debit_fen - line.credit_fen),
                "" if line.summary == voucher.summary else line.summary,
                project=line.project,
                links=line.links,
            )
            for line in others
        )
        return replace(base, place=money[0].place, items=items)
    return replace(base, kind=DocKind.ADJUSTMENT, lines=voucher.lines)


def _keep(connection: Connection, document: Document, by: By) -> None:
    body = json.dumps(document.to_data(), ensure_ascii=False)
    objects.save_draft(connection, document.id, document.kind.value, body, by.at.isoformat())
