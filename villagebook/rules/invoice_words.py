"""What the rules of invoices share: which invoices, how a finding names one, and what a reading said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from villagebook.domain.booked_invoice import BookedInvoice
from villagebook.domain.document import Document
from villagebook.domain.invoice import Invoice
from villagebook.domain.money import yuan_text
from villagebook.i18n import N_, _
from villagebook.rules.facts import Facts
from villagebook.rules.gates import label
from villagebook.rules.rule import Hit

FIELDS = {
    "code": N_("Invoice code"),
    "number": N_("Invoice number"),
    "issued_on": N_("Day of issue"),
    "seller": N_("Seller"),
    "seller_id": N_("Seller's tax number"),
    "buyer": N_("Buyer"),
    "buyer_id": N_("Buyer's tax number"),
    "total_fen": N_("Total with tax"),
}
"""Fields that are compared, by name."""


def papers(facts: Facts) -> Iterator[tuple[Document, BookedInvoice]]:
    """The invoices of the document, those named by number alone too."""
    if facts.document:
        for paper in facts.document.invoices_named:
            yield facts.document, paper


def told(facts: Facts) -> Iterator[tuple[Document, Invoice]]:
    """As `papers`, what the document says of each."""
    return ((document, paper.told) for document, paper in papers(facts))


def name(invoice: Invoice) -> str:
    """As much of an invoice as tells it from the others of a document."""
    return " ".join(p for p in (invoice.code, invoice.number) if p) or invoice.seller


def hit(document: Document, invoice: Invoice, **values: object) -> Hit:
    """A finding about one invoice; every sentence may name it by {no}."""
    no = name(invoice) or _("without a number")
    return Hit(f"{label(document)}: {no}", {"no": no, **values}, f"draft:{document.id}")


def shown(value: str, field: str) -> str:
    """A value of `disagreements` in people's words."""
    return yuan_text(int(value)) if field == "total_fen" else value


def field_title(field: str) -> str:
    return _(FIELDS[field])


def days_apart(one: date, other: date) -> int:
    return abs((one - other).days)
