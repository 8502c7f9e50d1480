"""Documents: what a person fills in at one of the four doors; the voucher is derived from it.

A document is a value. Its *content* is canonical data; a signature covers the hash of exactly that content, so any
change of a figure, name or attachment makes earlier signatures void.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

from villagebook.domain.booked_invoice import BookedInvoice, named_only
from villagebook.domain.canonical import digest
from villagebook.domain.link import Link, links_from_data
from villagebook.domain.place import Places
from villagebook.domain.voucher import DocKind, VoucherLine


class Support(StrEnum):
    """The paper behind a document (approvals.md section 4). IOU is never accepted (E2L-27, AP-04)."""

    INVOICE = "invoice"
    FISCAL_NOTE = "fiscal-note"
    RECEIPT = "receipt"
    BANK_ADVICE = "bank-advice"
    SIGNED_LIST = "signed-list"
    PERSON_RECEIPT = "person-receipt"
    CONTRACT = "contract"
    MINUTES = "minutes"
    INTERNAL = "internal"
    IOU = "iou"


class Method(StrEnum):
    """How the money came: notes and coins, the bank, or a phone paying a merchant code (R22)."""

    CASH = "cash"
    BANK = "bank"
    PHONE = "phone"


class SpendKind(StrEnum):
    """What a person may choose a payment to be (approvals.md section 2, rows 0 and X1-X9); see `special.py`."""

    ORDINARY = "ordinary"
    RECURRING = "recurring"
    RECEPTION = "reception"
    LOAN = "loan"
    ADVANCE = "advance"
    LOST_WORK = "lost-work"
    WELFARE = "welfare"
    SUBSIDY = "subsidy"
    WORKS = "works"
    TRAVEL = "travel"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a receipt or payment in plain words.

    `quantity` is text as written on the paper ("12.5"), `unit_price_fen` in fen or None when there is none. `party` is whose
    line it is on a list of several people, "" for the other party of the document.
    """

    account: str
    amount_fen: int
    summary: str
    quantity: str = ""
    unit: str = ""
    unit_price_fen: int | None = None
    project: str = ""
    links: tuple[Link, ...] = ()
    party: str = ""

    def to_data(self) -> dict[str, Any]:
        data = {f.name: getattr(self, f.name) for f in fields(self)}
        data["links"] = [link.to_data() for link in self.links]
        for later in ("links", "party"):
            if not data[later]:
                del data[later]  # came later: content from before it keeps its hash
        return data

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Item:
        """Raises TypeError or ValueError when the data is not an item."""
        return cls(**{**data, "links": links_from_data(data.get("links"))})


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file kept in the book once, by SHA-256 (hex)."""

    sha256: str
    name: str
    media_type: str

    def to_data(self) -> dict[str, Any]:
        return {"sha256": self.sha256, "name": self.name, "media_type": self.media_type}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Attachment:
        return cls(**data)


@dataclass(frozen=True, slots=True)
class Document:
    """Money in, money out, between places, or an adjustment.

    Attributes:
        id: random, given when the draft is begun; survives to the log.
        booked_on: the booking date. `event_on` is the day the thing happened, None when the same.
        place: source of a payment or transfer, target of a receipt, "" for an adjustment.
        to_place: target of a transfer, else "".
        items: what the money was for (receipt, payment); empty otherwise.
        amount_fen: amount of a transfer; 0 otherwise (items carry it).
        lines: the entries of an adjustment; empty otherwise.
        receipt_no: number in the registered receipt book (receipts).
        receipts: document ids of the receipts a deposit slip brings to the bank.
        support_no: number of the invoice, advice, contract or resolution behind it.
        handler: person id of the 经手人; payee_person: person id when the payee is in the village's person list.
        payee_account: name on the payee's bank account ("" when paid in cash); for phone receipts the owner of the
            merchant code.
        resolution: number of the minutes or resolution it draws on; `resolution_item` its point, 0 when it has one only.
        excuse: the recorded reason that lets a HOLD pass as a warning; never lets an ERROR pass.
        corrects: id of the wrong voucher this document replaces (blue correction), "" otherwise.
        due_on: the day a loan or an advance is to come back; permit: number of the township's permission (R20, R21).
        invoices: the invoices it stands on, each with what its file says (V1-V24).
        id_tail: last two figures of a private seller's identity number whose check digit held when it was typed (V23);
            the number itself is never kept.
        no_invoice: why a private seller gives none (X9).
        trip: code of the approved journey it settles (AP14); pay_list: number of the list of payees it pays (AP15).
        enclosed: papers that lie with a payment beside its bill, codes of `Enclosed`, sorted.
    """

    id: str
    kind: DocKind
    booked_on: date
    summary: str
    party: str = ""
    place: str = ""
    to_place: str = ""
    items: tuple[Item, ...] = ()
    amount_fen: int = 0
    lines: tuple[VoucherLine, ...] = ()
    support: Support = Support.INVOICE
    support_no: str = ""
    paper_count: int = 0
    attachments: tuple[Attachment, ...] = ()
    event_on: date | None = None
    receipt_no: str = ""
    receipts: tuple[str, ...] = ()
    handler: str = ""
    payee_person: str = ""
    payee_account: str = ""
    resolution: str = ""
    spend_kind: SpendKind = SpendKind.ORDINARY
    method: Method = Method.CASH
    excuse: str = ""
    corrects: str = ""
    due_on: date | None = None
    permit: str = ""
    resolution_item: int = 0
    invoices: tuple[BookedInvoice, ...] = ()
    id_tail: str = ""
    trip: str = ""
    pay_list: str = ""
    enclosed: tuple[str, ...] = ()
    no_invoice: str = ""

    @property
    def total_fen(self) -> int:
        """What moves: sum of the items, the transfer's amount, or the debits of the adjustment."""
        if self.items:
            return sum(item.amount_fen for item in self.items)
        if self.lines:
            return sum(line.debit_fen for line in self.lines)
        return self.amount_fen

    @property
    def invoices_named(self) -> tuple[BookedInvoice, ...]:
        """Its invoices, or the one it names by the number of its paper alone.

        A correction stands on the papers of the voucher it sets right; their number alone uses nothing again.
        """
        named = None if self.invoices or self.corrects else named_only(self.support, self.support_no)
        return (BookedInvoice(named),) if named else self.invoices

    def to_data(self) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, date):
                value = value.isoformat()
            elif isinstance(value, tuple):
                value = [v if isinstance(v, str) else v.to_data() for v in value]
            elif isinstance(value, StrEnum):
                value = value.value
            data[field.name] = value
        for later in (
            "corrects",
            "due_on",
            "permit",
            "resolution_item",
            "invoices",
            "id_tail",
            "enclosed",
            "trip",
            "pay_list",
            "no_invoice",
        ):
            if not data[later]:
                del data[later]  # came later: content from before it keeps its hash
        return data

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Document:
        """Raises KeyError, TypeError or ValueError when the data is not a document."""
        return cls(
            **{
                **data,
                "kind": DocKind(data["kind"]),
                "booked_on": date.fromisoformat(data["booked_on"]),
                "event_on": date.fromisoformat(data["event_on"]) if data["event_on"] else None,
                "due_on": date.fromisoformat(data["due_on"]) if data.get("due_on") else None,
                "items": tuple(Item.from_data(i) for i in data["items"]),
                "lines": tuple(VoucherLine.from_data(i) for i in data["lines"]),
                "attachments": tuple(Attachment.from_data(a) for a in data["attachments"]),
                "receipts": tuple(data["receipts"]),
                "invoices": tuple(BookedInvoice.from_data(i) for i in data.get("invoices", ())),
                "enclosed": tuple(data.get("enclosed", ())),
                "support": Support(data["support"]),
                "spend_kind": SpendKind(data["spend_kind"]),
                "method": Method(data["method"]),
            }
        )

    def content_hash(self) -> str:
        """What signatures cover: SHA-256 over the canonical content, hex."""
        return digest(self.to_data())


def derive_lines(document: Document, places: Places) -> tuple[VoucherLine, ...]:
    """The double entry of a document; places that do not exist leave their account empty (a rule reports it).

    Links come in the order of kind and code, as the book gives them back, in whatever order they were chosen.
    """
    if document.kind is DocKind.ADJUSTMENT:
        return tuple(replace(line, links=tuple(sorted(line.links))) for line in document.lines)

    def money(code: str, debit_fen: int, credit_fen: int, summary: str) -> VoucherLine:
        place = places.get(code)
        return VoucherLine(
            place.account if place else "", debit_fen, credit_fen, summary, code, document.party
        )

    def bought(item: Item, debit_fen: int, credit_fen: int) -> VoucherLine:
        summary = item.summary or document.summary
        party, links = item.party or document.party, tuple(sorted(item.links))
        return VoucherLine(item.account, debit_fen, credit_fen, summary, "", party, item.project, links)

    total = document.total_fen
    if document.kind is DocKind.TRANSFER:
        return (
            money(document.to_place, total, 0, document.summary),
            money(document.place, 0, total, document.summary),
        )
    if document.kind is DocKind.RECEIPT:
        return (
            money(document.place, total, 0, document.summary),
            *(bought(i, 0, i.amount_fen) for i in document.items),
        )
    return (
        *(bought(i, i.amount_fen, 0) for i in document.items),
        money(document.place, 0, total, document.summary),
    )
