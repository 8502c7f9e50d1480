"""What an invoice fills into a form that is still empty, and line by line where the two say something else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from villagebook.domain.booked_invoice import BookedInvoice, take
from villagebook.domain.document import Document, Item, Support
from villagebook.domain.invoice import Invoice, InvoiceKind
from villagebook.domain.money import yuan_text
from villagebook.i18n import N_, _
from villagebook.rules.invoice_words import field_title, name, shown

_FISCAL = (InvoiceKind.FISCAL,)
_FORM = {
    "party": N_("Paid to"),
    "amount": N_("Amount"),
    "support_no": N_("Paper no."),
    "event_on": N_("Day it happened"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that form and invoice say differently. `field` is the form's own, or `invoice:N:field` of invoice N."""

    field: str
    text: str


def with_invoices(document: Document, papers: tuple[BookedInvoice, ...]) -> Document:
    """The document with more invoices, and what was empty in it filled from them."""
    known = {p.told.key for p in document.invoices}
    fresh = tuple(p for p in papers if p.told.key not in known)
    before_fen = sum(p.told.total_fen or 0 for p in document.invoices)
    if (
        document.invoices and document.total_fen == before_fen
    ):  # filled by those before: the new ones add their lines
        more = _items(replace(document, items=document.items[:1]), [p.told for p in fresh])
        document = replace(document, items=(*document.items, *(more if fresh else ())))
    return filled(replace(document, invoices=(*document.invoices, *fresh)))


def filled(document: Document) -> Document:
    """Payee, what for, items and amounts, kind and number of the paper, day: each only where nothing stands."""
    told = [paper.told for paper in document.invoices]
    if not told:
        return document
    first = told[0]
    single = len({i.seller for i in told}) == 1
    made = replace(
        document,
        party=document.party or (first.seller if single else ""),
        summary=document.summary or _what_for(first),
        support=_support(first) if not document.support_no else document.support,
        support_no=document.support_no or _number(first),
        event_on=document.event_on or _day(first, document.booked_on),
        paper_count=max(document.paper_count, len(told)),
    )
    return made if made.total_fen else replace(made, items=_items(made, told) or made.items)


def _what_for(invoice: Invoice) -> str:
    words = [w for w in (_bare(i.name) for i in invoice.items) if w]
    if not words and invoice.journey:
        return " ".join(p for p in (invoice.journey.origin, invoice.journey.destination) if p)
    return words[0] if words else ""


def _bare(item: str) -> str:
    """*农机*水泵 -> 水泵: the class before it is the tax office's."""
    return item.rpartition("*")[2].strip()


def _support(invoice: Invoice) -> Support:
    return Support.FISCAL_NOTE if invoice.kind in _FISCAL else Support.INVOICE


def _number(invoice: Invoice) -> str:
    return f"{invoice.code} {invoice.number}".strip()


def _day(invoice: Invoice, booked_on: date) -> date | None:
    """Of the journey, else of the invoice; a day after the payment is for the rules to speak of, not to be filled in."""
    travelled_on = invoice.journey.travelled_on if invoice.journey else None
    day = travelled_on or invoice.issued_on
    return day if day and day <= booked_on else None


def _items(document: Document, told: list[Invoice]) -> tuple[Item, ...]:
    """One line an invoice with its total: tax is part of what a village pays. The account stays to be chosen."""
    account = next((i.account for i in document.items if i.account), "")
    links = next((i.links for i in document.items if i.links), ())
    made = []
    for invoice in told:
        if invoice.total_fen is None:
            continue
        item = invoice.items[0] if len(invoice.items) == 1 else None
        made.append(
            Item(
                account,
                invoice.total_fen,
                _what_for(invoice),
                item.quantity if item else "",
                item.unit if item else "",
                links=links,
            )
        )
    return tuple(made)


def differences(document: Document) -> tuple[Difference, ...]:
    """Where the form says something else than its invoices, and where an invoice says something else than its file."""
    told = [paper.told for paper in document.invoices]
    found: list[Difference] = []
    for number, paper in enumerate(document.invoices):
        for _carrier, field, mine, theirs in paper.differences():
            text = _("{no}: {field} is {mine} here, the invoice says {theirs}.").format(
                no=name(paper.told),
                field=field_title(field),
                mine=shown(mine, field),
                theirs=shown(theirs, field),
            )
            found.append(Difference(f"invoice:{number}:{field}", text))
    found += (
        _of_form(document, told) if told else []
    )  # after the invoices: the form takes what they say in the end
    return tuple({d.field: d for d in found}.values())


def _of_form(document: Document, told: list[Invoice]) -> list[Difference]:
    wanted = _from_invoices(document, told)
    text = _("{field} is {mine} here, the invoice says {theirs}.")
    found = []
    for field, (mine, theirs) in wanted.items():
        if mine and theirs and mine != theirs:
            found.append(Difference(field, text.format(field=_(_FORM[field]), mine=mine, theirs=theirs)))
    return found


def _from_invoices(document: Document, told: list[Invoice]) -> dict[str, tuple[str, str]]:
    """Field of the form -> (as typed, as the invoices say), both in words; "" where one says nothing."""
    sellers = {i.seller for i in told if i.seller}
    totals = [i.total_fen for i in told]
    known = [fen for fen in totals if fen is not None]
    whole = len(known) == len(totals)
    days = {i.issued_on for i in told}
    return {
        "party": (document.party, next(iter(sellers)) if len(sellers) == 1 else ""),
        "amount": (
            yuan_text(document.total_fen) if document.total_fen else "",
            yuan_text(sum(known)) if whole else "",
        ),
        "support_no": (document.support_no, _number(told[0]) if len(told) == 1 else ""),
        "event_on": (
            document.event_on.isoformat()
            if document.event_on and len(told) == 1 and not told[0].journey
            else "",
            str(next(iter(days)) or "") if len(days) == 1 else "",
        ),
    }


def taken(document: Document, field: str) -> Document:
    """With one field as the invoice has it."""
    if field.startswith("invoice:"):
        _word, number, own = field.split(":")
        papers = list(document.invoices)
        papers[int(number)] = take(papers[int(number)], own)
        return replace(document, invoices=tuple(papers))
    first = document.invoices[0].told
    if field == "amount":
        return replace(document, items=_items(document, [p.told for p in document.invoices]))
    if field == "party":
        return replace(document, party=first.seller)
    if field == "support_no":
        return replace(document, support_no=_number(first))
    return replace(document, event_on=first.issued_on)
