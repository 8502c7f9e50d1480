"""Invoices as sellers of the test village send them: sound in every figure, to be spoiled in one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from tests.builders import DAY, NAME, Village, payment
from villagebook.domain.booked_invoice import BookedInvoice
from villagebook.domain.document import Document, Item
from villagebook.domain.invoice import Invoice, InvoiceKind
from villagebook.domain.numerals import capital_amount
from villagebook.services.invoicing import invoice_files

SELLER, SELLER_ID = "县农机公司", "91350100M000100Y43"
NUMBER = "25372000001234567890"


def xml(
    number: str = NUMBER,
    fen: int = 50_000,
    day: date = DAY,
    *,
    seller: str = SELLER,
    buyer: str = NAME,
    item: str = "*农机*灌溉水泵",
    red_of: str = "",
) -> bytes:
    """A digital invoice at 13 per cent; a red one takes back `red_of`."""
    sign = -1 if red_of else 1
    net = sign * round(fen / 1.13)
    tax, total = sign * fen - net, sign * fen
    red = f"<RedEInvoice><OriginalInvoiceCode>{red_of}</OriginalInvoiceCode></RedEInvoice>" if red_of else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<EInvoice><Header><EIid>{number}</EIid><InherentLabel><InIssuType><LabelCode>{"N" if red_of else "Y"}</LabelCode></InIssuType>
</InherentLabel></Header><EInvoiceData><SellerInformation><SellerIdNum>{SELLER_ID}</SellerIdNum><SellerName>{seller}</SellerName></SellerInformation>
<BuyerInformation><BuyerName>{buyer}</BuyerName></BuyerInformation><BasicInformation>
<TotalAmWithoutTax>{net / 100:.2f}</TotalAmWithoutTax><TotalTaxAm>{tax / 100:.2f}</TotalTaxAm>
<TotalTax-includedAmount>{total / 100:.2f}</TotalTax-includedAmount>
<TotalTax-includedAmountInChinese>{capital_amount(total)}</TotalTax-includedAmountInChinese></BasicInformation>
<IssuItemInformation><ItemName>{item}</ItemName><MeaUnits>台</MeaUnits><Quantity>1</Quantity><Amount>{net / 100:.2f}</Amount>
<TaxRate>0.13</TaxRate><ComTaxAm>{tax / 100:.2f}</ComTaxAm></IssuItemInformation>{red}</EInvoiceData>
<TaxSupervisionInfo><InvoiceNumber>{number}</InvoiceNumber><IssueTime>{day.isoformat()}</IssueTime></TaxSupervisionInfo></EInvoice>""".encode()


def write(folder: Path, data: bytes, name: str = "invoice.xml") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def typed(number: str = NUMBER, fen: int = 50_000, day: date = DAY, **changes: Any) -> BookedInvoice:
    """Typed from paper."""
    made = Invoice(
        InvoiceKind.DIGITAL,
        number,
        issued_on=day,
        seller=SELLER,
        seller_id=SELLER_ID,
        buyer=NAME,
        total_fen=fen,
    )
    return BookedInvoice(replace(made, **changes))


def paid_on(village: Village, data: bytes, fen: int = 50_000, day: date = DAY, **changes: Any) -> Document:
    """A payment that stands on this file."""
    kept, papers = invoice_files.keep(village.book, invoice_files.look_at(data, "invoice.xml"))
    made = payment(village, fen, day, items=(Item("511", fen, "灌溉水泵"),), support_no="", **changes)
    return replace(made, invoices=papers, attachments=(kept,))
