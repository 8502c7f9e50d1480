"""OFD: a ZIP with three carriers of an invoice's data, of falling trust: an attached XML, tags on page texts, custom data.

Nothing is unpacked to disk and no path of the file is ever used; sizes are held against bounds before a byte is read.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from villagebook.domain.invoice import Carrier, Invoice, InvoiceKind
from villagebook.domain.invoice_checks import kind_of_number
from villagebook.exchange.invoices.digital import read_digital
from villagebook.exchange.invoices.tickets import read_ticket
from villagebook.exchange.invoices.trees import MAX_XML, BadXml, clean, local, parse, without_signatures
from villagebook.exchange.invoices.values import day, fen

MAX_MEMBERS = 500
MAX_UNPACKED = 60 * 1024 * 1024
MAX_RATIO = 200


class BadOfd(ValueError):
    """`reason` is 'zip', 'members', 'bomb' or 'locked'."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_ofd(data: bytes) -> tuple[Invoice, ...]:
    """Invoices found, from the most trusted carrier that has any. Raises BadOfd, or BadXml for a part that is no XML."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = dict(_xml_parts(archive))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise BadOfd("locked" if isinstance(error, RuntimeError) else "zip") from None
    trees = {name: without_signatures(parse(part)) for name, part in parts.items()}
    attached = [t for name, t in trees.items() if "/attachs/" in name.lower() or "attach" in name.lower()]
    for tree in attached or ():
        ticket = read_ticket(tree)
        found = (ticket,) if ticket else read_digital(tree)
        if found:
            return found
    tagged = _tagged(trees)
    custom = _custom(trees)
    if tagged and (not custom or tagged.total_fen is not None):
        return (tagged,)
    return (custom,) if custom else ()


def _xml_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise BadOfd("members")
    if sum(m.file_size for m in members) > MAX_UNPACKED:
        raise BadOfd("bomb")
    for member in members:
        if not member.filename.lower().endswith(".xml"):
            continue
        if member.file_size > MAX_XML or member.file_size > MAX_RATIO * max(member.compress_size, 1_000):
            raise BadOfd("bomb")
        with archive.open(member) as stream:
            part = stream.read(MAX_XML + 1)
        if len(part) > MAX_XML:
            raise BadOfd("bomb")
        yield member.filename, part


_CUSTOM = {
    "发票代码": "code",
    "发票号码": "number",
    "开票日期": "issued_on",
    "合计金额": "net_fen",
    "合计税额": "tax_fen",
    "购买方纳税人识别号": "buyer_id",
    "销售方纳税人识别号": "seller_id",
    "校验码": "check_code",
}


def _custom(trees: dict[str, Element]) -> Invoice | None:
    """`CustomDatas` of OFD.xml: six or seven fields, 合计金额 among them is the amount without tax."""
    told: dict[str, str] = {}
    for tree in trees.values():
        for element in tree.iter():
            field = _CUSTOM.get(element.get("Name", "")) if local(element) == "CustomData" else None
            if field:
                told.setdefault(field, clean(element.text))
    return _from_texts(told, Carrier.OFD_CUSTOM)


_TAGS = {
    "InvoiceNo": "number",
    "InvoiceCode": "code",
    "IssueDate": "issued_on",
    "SellerName": "seller",
    "SellerTaxID": "seller_id",
    "BuyerName": "buyer",
    "BuyerTaxID": "buyer_id",
    "TaxExclusiveTotalAmount": "net_fen",
    "TaxTotalAmount": "tax_fen",
    "TaxInclusiveTotalAmount": "total_fen",
    "InvoiceCheckCode": "check_code",
}


def _tagged(trees: dict[str, Element]) -> Invoice | None:
    """Custom tags that point at text objects of the pages."""
    texts: dict[str, str] = {}
    for tree in trees.values():
        for element in tree.iter():
            if local(element) == "TextObject" and element.get("ID"):
                codes = (clean(c.text) for c in element.iter() if local(c) == "TextCode")
                texts[element.get("ID", "")] = "".join(codes)
    told: dict[str, str] = {}
    for name, tree in trees.items():
        if "tag" not in name.lower():
            continue
        for element in tree.iter():
            field = _TAGS.get(local(element))
            refs = [clean(r.text) for r in element.iter() if local(r) == "ObjectRef"] if field else []
            words = "".join(texts.get(r, "") for r in refs).strip("¥ ")
            if field and words:
                told.setdefault(field, words)
    return _from_texts(told, Carrier.OFD_TAGS)


def _from_texts(told: dict[str, str], carrier: Carrier) -> Invoice | None:
    number, code = told.get("number", ""), told.get("code", "")
    if not number:
        return None
    net_fen, tax_fen = fen(told.get("net_fen", "")), fen(told.get("tax_fen", ""))
    total_fen = fen(told.get("total_fen", ""))
    if total_fen is None and net_fen is not None and tax_fen is not None:
        total_fen = net_fen + tax_fen
    return Invoice(
        kind=kind_of_number(code, number) or InvoiceKind.DIGITAL,
        number=number,
        code=code,
        issued_on=day(told.get("issued_on", "")),
        seller=told.get("seller", ""),
        seller_id=told.get("seller_id", ""),
        buyer=told.get("buyer", ""),
        buyer_id=told.get("buyer_id", ""),
        net_fen=net_fen,
        tax_fen=tax_fen,
        total_fen=total_fen,
        is_red=bool(net_fen is not None and net_fen < 0),
        check_code=told.get("check_code", ""),
        carrier=carrier,
    )


__all__ = ["BadOfd", "BadXml", "read_ofd"]
