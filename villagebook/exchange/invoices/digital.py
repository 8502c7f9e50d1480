"""The XML of a fully digital invoice (数电票): the national form and two dialects, matched by local names."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from villagebook.domain.invoice import Carrier, Invoice, InvoiceItem, InvoiceKind
from villagebook.exchange.invoices.trees import leaves, local, text
from villagebook.exchange.invoices.values import day, fen


def read_digital(root: Element) -> tuple[Invoice, ...]:
    """Every invoice of the file (some exports bundle several); empty when it is no such file. Signatures are cut before."""
    heads = [e for e in root.iter() if local(e) == "EInvoice"]
    if heads:
        return tuple(_national(e) for e in heads)
    dialect = _dialect(root)
    return (dialect,) if dialect else ()


def _national(root: Element) -> Invoice:
    basic = "BasicInformation"
    is_red = text(root, "InIssuType", "LabelCode").upper() == "N"
    return Invoice(
        kind=InvoiceKind.DIGITAL,
        number=text(root, "TaxSupervisionInfo", "InvoiceNumber") or text(root, "Header", "EIid"),
        issued_on=day(text(root, "TaxSupervisionInfo", "IssueTime") or text(root, basic, "RequestTime")),
        seller=text(root, "SellerInformation", "SellerName"),
        seller_id=text(root, "SellerInformation", "SellerIdNum"),
        buyer=text(root, "BuyerInformation", "BuyerName"),
        buyer_id=text(root, "BuyerInformation", "BuyerIdNum"),
        net_fen=fen(text(root, basic, "TotalAmWithoutTax")),
        tax_fen=fen(text(root, basic, "TotalTaxAm")),
        total_fen=fen(text(root, basic, "TotalTax-includedAmount")),
        total_words=text(root, basic, "TotalTax-includedAmountInChinese"),
        items=tuple(_item(e) for e in root.iter() if local(e) == "IssuItemInformation"),
        is_red=is_red,
        red_of=text(root, "RedEInvoice", "OriginalInvoiceCode") if is_red else "",
        carrier=Carrier.XML,
    )


def _item(element: Element) -> InvoiceItem:
    return InvoiceItem(
        name=text(element, "ItemName"),
        amount_fen=fen(text(element, "Amount")),
        tax_fen=fen(text(element, "ComTaxAm")),
        quantity=text(element, "Quantity"),
        unit=text(element, "MeaUnits"),
        rate=text(element, "TaxRate"),
    )


_DIALECTS: tuple[dict[str, str], ...] = (
    {
        "number": "FPHM",
        "issued_on": "KPRQ",
        "net_fen": "HJJE",
        "tax_fen": "HJSE",
        "total_fen": "JSHJXX",
        "total_words": "JSHJDX",
        "buyer": "GMFMC",
        "buyer_id": "GMFNSRSBH",
        "seller": "XSFMC",
        "seller_id": "XSFNSRSBH",
    },
    {
        "number": "发票号码",
        "issued_on": "开票日期",
        "net_fen": "合计金额",
        "tax_fen": "合计税额",
        "total_fen": "价税合计",
        "total_words": "价税合计大写",
        "buyer": "购买方名称",
        "buyer_id": "购买方纳税人识别号",
        "seller": "销售方名称",
        "seller_id": "销售方纳税人识别号",
    },
)


def _dialect(root: Element) -> Invoice | None:
    told: dict[str, str] = {}
    for name, value in leaves(root):
        told.setdefault(name.upper(), value)
    for names in _DIALECTS:
        found = {field: told.get(tag.upper(), "") for field, tag in names.items()}
        if not found["number"]:
            continue
        total_fen = fen(found["total_fen"])
        return Invoice(
            kind=InvoiceKind.DIGITAL,
            number=found["number"],
            issued_on=day(found["issued_on"]),
            seller=found["seller"],
            seller_id=found["seller_id"],
            buyer=found["buyer"],
            buyer_id=found["buyer_id"],
            net_fen=fen(found["net_fen"]),
            tax_fen=fen(found["tax_fen"]),
            total_fen=total_fen,
            total_words=found["total_words"],
            is_red=bool(total_fen is not None and total_fen < 0),
            carrier=Carrier.XML,
        )
    return None
