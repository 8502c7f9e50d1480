"""The demo village is brought an invoice that the next village has paid already; the township's list tells."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from villagebook.domain.document import Document
from villagebook.domain.errors import Refused
from villagebook.domain.invoice import InvoiceKind
from villagebook.domain.used_invoice import UsedInvoice, UsedList
from villagebook.services.demo_village.demo_money import compose_payment
from villagebook.services.demo_village.demo_story import DemoVillage, Row, moment
from villagebook.services.demo_village.demo_trust import TOWNSHIP
from villagebook.services.invoicing import invoice_elsewhere
from villagebook.services.vouchers import documents

_VILLAGES = ("石桥村", "柳沟村", "东坡村")
_MANY = 36
_COPY: Row = {
    "place": "EX",
    "party": "青石广告社",
    "summary": "秋季防火宣传横幅",
    "account": "513",
    "amount": 36000,
    "quantity": "6",
    "unit": "条",
    "support": "invoice",
}


def refuse_a_copy(village: DemoVillage, day: date) -> None:
    """The list is taken in in the morning; the copy that comes in before noon is refused and stays as a draft."""
    document = compose_payment(village, _COPY, day)
    path = _list(village, document, day)
    mark = _fingerprint(village)
    invoice_elsewhere.take_in(village.book, path, moment(day, 9), fingerprint=mark)
    try:
        documents.submit(village.book, document, moment(day, 11))
    except Refused:
        documents.save_draft(village.book, document, moment(day, 11))
        return
    raise AssertionError("an invoice used elsewhere was let through")


def _list(village: DemoVillage, copy: Document, day: date) -> Path:
    """What the township has merged of its villages' numbers, signed: among them that of the copy."""
    from villagebook.exchange import signing as crypto
    from villagebook.exchange import used_file

    issued = day - timedelta(days=3)
    entries = [_entry(n, issued) for n in range(_MANY)]
    (paper,) = copy.invoices
    told = paper.told
    used = f"{issued.isoformat()} 付-0019"
    entries.append(
        UsedInvoice(
            told.number,
            _VILLAGES[0],
            kind=told.kind,
            total_fen=told.total_fen,
            issued_on=told.issued_on,
            document=used,
        )
    )
    village.town_seed = village.town_seed or crypto.new_key()
    folder = village.folder / "township"
    folder.mkdir(exist_ok=True)
    path = folder / f"已用发票号码{used_file.SUFFIX}"
    signed = used_file.sealed(UsedList(TOWNSHIP, day, tuple(entries)), TOWNSHIP, day, village.town_seed)
    path.write_bytes(used_file.list_bytes(signed))
    return path


def _entry(n: int, issued: date) -> UsedInvoice:
    """The n-th number of the other villages."""
    day = issued - timedelta(days=7 * (n % 20) + 1)
    number = f"{day:%y}440{70_000_000 + 61_803 * n:015d}"
    document = f"{day.isoformat()} 付-{n % 18 + 1:04d}"
    return UsedInvoice(
        number,
        _VILLAGES[n % len(_VILLAGES)],
        kind=InvoiceKind.DIGITAL,
        total_fen=12_000 + 3_700 * n,
        issued_on=day,
        document=document,
    )


def _fingerprint(village: DemoVillage) -> str:
    from villagebook.exchange import signing as crypto

    return crypto.key_id(crypto.public_key(village.town_seed))
