"""What a file says about its invoices, told without a book: for the command line and for whoever only wants to look."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any

from villagebook.domain.account import Chart
from villagebook.domain.booked_invoice import BookedInvoice
from villagebook.domain.document import Attachment, Document
from villagebook.domain.finding import Finding
from villagebook.domain.invoice import Invoice
from villagebook.domain.money import format_fen, yuan_text
from villagebook.domain.people import Staff
from villagebook.domain.period import Period
from villagebook.domain.place import LineMode, Places
from villagebook.domain.policy import read_policy
from villagebook.domain.voucher import DocKind
from villagebook.i18n import _
from villagebook.rules import invoices_form, invoices_sums
from villagebook.rules.facts import Facts
from villagebook.rules.rule import When, check
from villagebook.services.invoicing import invoice_words as words
from villagebook.services.invoicing.invoice_files import Looked
from villagebook.services.township.policy_reading import defaults


def findings(looked: Looked, today: date) -> tuple[Finding, ...]:
    """What is wrong with the invoices in themselves (V1, V4-V6, V8, V11-V13): no book is asked."""
    sha256 = hashlib.sha256(looked.data).hexdigest()
    found = []
    for paper in looked.invoices:
        document = Document(
            "",
            DocKind.PAYMENT,
            today,
            looked.name,
            attachments=(Attachment(sha256, looked.name, looked.media_type),),
            invoices=(replace(paper, sha256=sha256),),
        )
        facts = Facts(
            today,
            read_policy(defaults()),
            Chart([]),
            Places([]),
            Staff([], []),
            LineMode.AGENCY,
            "",
            Period.of(today),
            document=document,
        )
        rules = (*invoices_form.RULES, *invoices_sums.RULES)
        found += [
            replace(f, where=f.where.removeprefix(f"{today.isoformat()} "), target="")
            for f in check(rules, facts, When.SUBMIT)
        ]
    return tuple(found)


def as_data(looked: Looked) -> dict[str, Any]:
    """For programs: amounts in yuan, days as ISO, what is not told left out."""
    return {
        "file": looked.name,
        "sha256": hashlib.sha256(looked.data).hexdigest(),
        "invoices": [_data(paper) for paper in looked.invoices],
    }


def _data(paper: BookedInvoice) -> dict[str, Any]:
    told = paper.told.to_data()
    told.pop("carrier", None)
    told["carrier"] = paper.carrier.name.lower()
    for part in (told, *told.get("items", ())):
        for name in [n for n in part if n.endswith("_fen")]:
            part[name.removesuffix("_fen")] = format_fen(part.pop(name))
    return told


def as_lines(looked: Looked) -> tuple[str, ...]:
    """For people: a heading, then what is told, a line each."""
    if not looked.invoices:
        return (
            looked.name,
            "  " + _("There is no invoice in it that can be read without eyes. Type it from the paper."),
        )
    made = [looked.name]
    for paper in looked.invoices:
        made += [f"  {title}: {value}" for title, value in _told(paper.told) if value]
        made.append("  " + _("Read from: {carrier}").format(carrier=words.carrier_title(paper.carrier)))
    return tuple(made)


def _told(invoice: Invoice) -> tuple[tuple[str, str], ...]:
    journey = invoice.journey
    way = (
        (journey.travelled_on and journey.travelled_on.isoformat(), journey.origin, journey.destination)
        if journey
        else ()
    )
    return (
        (_("Kind"), words.kind_title(invoice.kind) + (" " + _("(red)") if invoice.is_red else "")),
        (_("Invoice code"), invoice.code),
        (_("Invoice number"), invoice.number),
        (_("Day of issue"), invoice.issued_on.isoformat() if invoice.issued_on else ""),
        (_("Seller"), f"{invoice.seller} {invoice.seller_id}".strip()),
        (_("Buyer"), f"{invoice.buyer} {invoice.buyer_id}".strip()),
        (_("Items"), "; ".join(i.name for i in invoice.items)),
        (_("Journey"), " ".join(p for p in way if p)),
        (_("Net"), _money(invoice.net_fen)),
        (_("Tax"), _money(invoice.tax_fen)),
        (_("Total with tax"), _money(invoice.total_fen)),
        (_("Takes back"), invoice.red_of),
    )


def _money(fen: int | None) -> str:
    return "" if fen is None else yuan_text(fen)
