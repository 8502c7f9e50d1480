"""The demo village's invoices: the files its sellers send, made up here and read as any other file is."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from villagebook.domain.document import Document, Support
from villagebook.domain.money import format_fen
from villagebook.domain.numerals import capital_amount
from villagebook.services.invoicing import invoice_files
from villagebook.storage.book import Book

_RATE = 103
"""Small sellers: 3 per cent, in hundredths of what is paid before tax."""


def with_invoice(book: Book, document: Document) -> Document:
    """A payment from the bank on an invoice gets the digital invoice of its seller; others stay as they are."""
    if document.support is not Support.INVOICE or document.place != "EX":
        return document
    item = document.items[0]
    data = _file(
        document.party,
        book.info.village,
        item.summary or document.summary,
        document.total_fen,
        document.booked_on,
    )
    kept, papers = invoice_files.keep(book, invoice_files.look_at(data, f"{document.party}.xml"))
    number = papers[0].told.number
    attachments = (*document.attachments, kept)
    return replace(document, invoices=papers, attachments=attachments, support_no=number)


def _file(seller: str, buyer: str, item: str, total_fen: int, day: date) -> bytes:
    """The national form, as short as a reader allows; the number is the seller's and the day's own."""
    serial = int.from_bytes(hashlib.sha256(f"{seller}{day}{total_fen}".encode()).digest()[:8], "big") % 10**13
    number = f"{day:%y}440{serial:015d}"[:20]
    net_fen = (total_fen * 100 + _RATE // 2) // _RATE
    parts = {
        "Header": f"<EIid>{number}</EIid><InherentLabel><InIssuType><LabelCode>Y</LabelCode></InIssuType></InherentLabel>",
        "EInvoiceData": (
            f"<SellerInformation><SellerName>{seller}</SellerName></SellerInformation>"
            f"<BuyerInformation><BuyerName>{buyer}</BuyerName></BuyerInformation>"
            f"<BasicInformation><TotalAmWithoutTax>{format_fen(net_fen)}</TotalAmWithoutTax>"
            f"<TotalTaxAm>{format_fen(total_fen - net_fen)}</TotalTaxAm>"
            f"<TotalTax-includedAmount>{format_fen(total_fen)}</TotalTax-includedAmount>"
            f"<TotalTax-includedAmountInChinese>{capital_amount(total_fen)}</TotalTax-includedAmountInChinese></BasicInformation>"
            f"<IssuItemInformation><ItemName>{item}</ItemName><Amount>{format_fen(net_fen)}</Amount><TaxRate>0.03</TaxRate>"
            f"<ComTaxAm>{format_fen(total_fen - net_fen)}</ComTaxAm></IssuItemInformation>"
        ),
        "TaxSupervisionInfo": f"<InvoiceNumber>{number}</InvoiceNumber><IssueTime>{day.isoformat()} 09:30:00</IssueTime>",
    }
    body = "".join(f"<{name}>{text}</{name}>" for name, text in parts.items())
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<EInvoice>{body}</EInvoice>\n'.encode()
