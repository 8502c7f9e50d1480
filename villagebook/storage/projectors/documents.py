"""Projectors of documents on their way: signatures, resolutions, invoices."""

from __future__ import annotations

from villagebook.domain.booked_invoice import BookedInvoice, named_only
from villagebook.domain.event import Event
from villagebook.domain.invoice import plain
from villagebook.domain.reason import says_why
from villagebook.domain.resolution import Cited
from villagebook.domain.used_invoice import UsedList
from villagebook.storage.sink import Data, Projector, Sink, as_text, fields


def _submitted(sink: Sink, event: Event, data: Data) -> None:
    content = data["content"]
    sink.put(
        "submission",
        event.seq,
        content["id"],
        content["kind"],
        content["booked_on"],
        as_text(content),
        data["content_hash"],
        data["total_fen"],
        content["party"],
        content["receipt_no"],
        content["place"],
    )
    named = Cited.of(content.get("resolution", ""), content.get("resolution_item", 0))  # both came later
    if named.number:
        sink.put("draw", named.number, event.seq, named.item, content["id"], data["content_hash"])
    trip, pay_list = content.get("trip", ""), content.get("pay_list", "")  # both came later
    if trip or pay_list:
        sink.put("settlement", event.seq, content["id"], trip, pay_list)
    if says_why(content.get("excuse", "")):
        # what a reason is about came later; before, it was about everything
        about = as_text(data.get("excused", ["*"]))
        sink.put("hold_reason", event.seq, content["id"], data["content_hash"], content["excuse"], about)
    for receipt in dict.fromkeys(content["receipts"]):
        sink.put("deposit", receipt, event.seq, content["id"])
    for line, paper in enumerate(_invoices(content), 1):
        _invoice(sink, event.seq, line, content["id"], paper)


def _invoices(content: Data) -> tuple[BookedInvoice, ...]:
    """Those of the document; before they came, or where nobody entered one, the one its paper's number names."""
    if told := content.get("invoices"):
        return tuple(BookedInvoice.from_data(i) for i in told)
    if content.get("corrects"):
        return ()  # it stands on the papers of the voucher it sets right
    named = named_only(content["support"], content["support_no"])
    return (BookedInvoice(named),) if named else ()


def _invoice(sink: Sink, seq: int, line: int, document_id: str, paper: BookedInvoice) -> None:
    told = paper.told
    travelled_on = told.journey.travelled_on if told.journey else None
    sink.put(
        "invoice",
        seq,
        line,
        told.key,
        document_id,
        told.kind.value,
        plain(told.code),
        plain(told.number),
        told.issued_on.isoformat() if told.issued_on else "",
        told.seller,
        told.seller_id,
        told.buyer,
        told.buyer_id,
        told.net_fen,
        told.tax_fen,
        told.total_fen,
        int(told.is_red),
        plain(told.red_of),
        told.check_code,
        "; ".join(i.name for i in told.items),
        travelled_on.isoformat() if travelled_on else "",
        int(paper.carrier),
        paper.sha256,
    )


def _invoice_checks(sink: Sink, event: Event, data: Data) -> None:
    for no, check in enumerate(data["checks"], 1):
        sink.put("invoice_check", event.seq, no, *check)


def _used_elsewhere(sink: Sink, event: Event, data: Data) -> None:
    told = UsedList.from_data(data["list"])
    seal = as_text(data["seal"]) if data.get("seal") else ""
    sink.put(
        "used_list",
        event.seq,
        told.issuer,
        told.as_of.isoformat(),
        data["taken_on"],
        data.get("told_by", ""),
        data["source"],
        data["sha256"],
        seal,
        len(told.entries),
    )
    for no, entry in enumerate(told.entries, 1):
        sink.put("used_invoice", event.seq, no, entry.key, *entry.to_data(), entry.place)


def _signature(sink: Sink, event: Event, data: Data) -> None:
    """A meeting slot that names minutes draws on them, whether the register knows them or not."""
    names = (
        "subject",
        "content_hash",
        "slot",
        "person_id",
        "signed_on",
        "kind",
        "evidence",
        "key_id",
        "reference",
    )
    later = (data.get("suite", ""), data.get("seal", ""))
    sink.put("signature", event.seq, *(data[n] for n in names), *later)
    named = Cited.read(data["reference"])
    if named.number:
        sink.put("draw", named.number, event.seq, named.item, data["subject"], data["content_hash"])


def _resolution(sink: Sink, event: Event, data: Data) -> None:
    sink.put("resolution", event.id, data["number"], data["held_on"], as_text(data), event.seq)


PROJECTORS: dict[str, Projector] = {
    "bill.registered": fields("bill", "id", "payee", "amount_fen", "bill_on", "what", "registered_on"),
    "document.submitted": _submitted,
    "document.excused": fields("hold_reason", "subject", "content_hash", "reason", "holds", seq_first=True),
    "document.rejected": fields(
        "step", "subject", "content_hash", "what", "person_id", "reason", seq_first=True
    ),
    "document.refused": fields(
        "step", "subject", "content_hash", "what", "person_id", "reason", seq_first=True
    ),
    "document.withdrawn": fields(
        "step", "subject", "content_hash", "what", "person_id", "reason", seq_first=True
    ),
    "signature.given": _signature,
    "signature.compared": lambda sink, event, data: sink.put(
        "second_look",
        event.seq,
        data["subject"],
        data["content_hash"],
        data["person_id"],
        as_text(data["pictures"]),
    ),
    "resolution.recorded": _resolution,
    "resolution.stepped": fields("resolution_step", "resolution_id", "step", "day", seq_first=True),
    "resolution.annulled": fields("resolution_end", "resolution_id", "reason", "replaced_by"),
    "veto.lifted": fields(
        "veto_lift",
        "document_id",
        "how",
        "number",
        "item",
        "person_id",
        "reference",
        "evidence",
        "lifted_on",
        "total_fen",
        "party",
        seq_first=True,
    ),
    "invoice.checked": _invoice_checks,
    "invoices.elsewhere": _used_elsewhere,
    "buyer.named": fields("buyer", "names", "tax_ids", seq_first=True),
}
