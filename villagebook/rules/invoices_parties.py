"""Who sold, who bought, who got the money: V7, V21, V22, V23 of audit_checks.md section 6."""

from __future__ import annotations

import re
from collections.abc import Iterator

from villagebook.domain.document import Document, Support
from villagebook.domain.finding import Severity
from villagebook.domain.invoice import Invoice, InvoiceKind, plain
from villagebook.domain.money import yuan_text
from villagebook.domain.voucher import DocKind
from villagebook.i18n import N_, _
from villagebook.rules.facts import Facts
from villagebook.rules.gates import SUBMIT, document_of, label
from villagebook.rules.invoice_words import hit, told
from villagebook.rules.rule import Hit, Rule

_PASSENGERS = (InvoiceKind.RAIL, InvoiceKind.AIR, InvoiceKind.RAIL_PAPER, InvoiceKind.TICKET)
"""Kinds that may be in a traveller's name."""

_PERSON = re.compile(
    r"[一-鿿]{2,3}(?:·[一-鿿]{1,6})?|个人|先生|女士|[一-鿿]{1,3}(?:先生|女士)|[一-鿿]{2,4}[((]个人[))]"
)
"""Two or three signs are a person's name; bodies have longer ones."""


def _wrong_buyer(facts: Facts) -> Iterator[Hit]:
    for document, invoice in told(facts):
        if invoice.kind in _PASSENGERS:
            continue
        buyer, number = plain(invoice.buyer), plain(invoice.buyer_id)
        if buyer and not _is_ours(buyer, facts):
            found = hit(document, invoice, buyer=invoice.buyer)
            yield found if _is_person(buyer, facts) else _held(found)
        elif number and facts.invoices.buyer_ids and number not in map(plain, facts.invoices.buyer_ids):
            yield _held(hit(document, invoice, buyer=f"{invoice.buyer} {invoice.buyer_id}".strip()))


def _held(found: Hit) -> Hit:
    """Another body's name is held, not refused: a sister body may have been named on it by mistake."""
    return Hit(found.where, found.values, found.target, Severity.HOLD)


def _is_person(buyer: str, facts: Facts) -> bool:
    return buyer in facts.invoices.private or bool(_PERSON.fullmatch(buyer))


def _is_ours(buyer: str, facts: Facts) -> bool:
    """One of the names that were told; without any, a name that contains the village's or its last part."""
    names = [plain(n) for n in (*facts.invoices.buyer_names, *facts.line.sisters)]
    if facts.invoices.buyer_names:
        return buyer in names
    village = plain(facts.village)
    short = re.split(r"[乡镇]|街道", village)[-1] or village
    return buyer in names or village in buyer or (len(short) >= 2 and short in buyer)


def _close_seller(facts: Facts) -> Iterator[Hit]:
    for document, invoice in told(facts):
        seller = plain(invoice.seller)
        close = next((n for n in facts.invoices.close if len(n) >= 2 and plain(n) in seller), None)
        if close is not None:
            officer = facts.invoices.close[close]
            own, kin = (
                _("{name} holds a post in the village"),
                _("{name} belongs to the household of {officer}"),
            )
            what = (own if officer == close else kin).format(name=close, officer=officer)
            yield hit(document, invoice, seller=invoice.seller, what=what)
            continue
        owner = facts.invoices.owned.get(invoice.seller)
        if owner is not None:
            text = _("by the register of outside parties it belongs to {name}")
            yield hit(document, invoice, seller=invoice.seller, what=text.format(name=owner))
            continue
        odd = _odd_item(invoice, facts)
        if odd:
            yield hit(
                document,
                invoice,
                seller=invoice.seller,
                what=_("such a firm hardly sells {item}").format(item=odd),
            )


def _odd_item(invoice: Invoice, facts: Facts) -> str:
    """An item that does not fit the seller's name, "" when all fit. A line of the list is `word|item|item`."""
    for line in facts.policy.words["seller_business"]:
        business, *items = line.split("|")
        if business and business in invoice.seller:
            found = (i.name for i in invoice.items if any(word and word in i.name for word in items))
            return next(found, "")
    return ""


def _new_seller(facts: Facts) -> Iterator[Hit]:
    tiers = [t.up_to_fen for t in facts.policy.tiers if t.up_to_fen is not None]
    second_fen = tiers[1] if len(tiers) > 1 else None
    round_fen = facts.policy.number("round_seller_fen")
    near = facts.policy.number("near_tier_percent")
    for document, invoice in told(facts):
        total_fen = invoice.total_fen or 0
        if total_fen <= 0 or invoice.seller not in facts.invoices.new_sellers:
            continue
        if second_fen is not None and total_fen > second_fen:
            what = _("it is a large one")
        elif total_fen % round_fen == 0:
            what = _("its sum is round")
        elif any(fen * near // 100 <= total_fen <= fen for fen in tiers):
            what = _("its sum is just below the limit of a tier")
        else:
            continue
        yield hit(document, invoice, seller=invoice.seller, total=yuan_text(total_fen), what=what)


def _small_purchase(facts: Facts) -> Iterator[Hit]:
    document = document_of(facts, DocKind.PAYMENT)
    if document is None or document.support is not Support.PERSON_RECEIPT:
        return
    for what in _about_person(facts, document):
        yield Hit(label(document), {"name": document.party, "what": what}, f"draft:{document.id}")


def _about_person(facts: Facts, document: Document) -> Iterator[str]:
    if not re.fullmatch(r"[0-9][0-9X]", document.id_tail):
        yield _("the number of the identity card was not checked")
    day_fen = facts.invoices.person_day_fen
    month_fen = facts.invoices.person_month_fen
    day_cap, month_cap = facts.policy.number("person_receipt_fen"), facts.policy.number("person_month_fen")
    if day_fen and day_fen + document.total_fen > day_cap:
        text = _("{sum} in one day is more than {cap}")
        yield text.format(sum=yuan_text(day_fen + document.total_fen), cap=yuan_text(day_cap))
    elif month_fen and month_fen + document.total_fen > month_cap:
        text = _("{sum} in one month is more than {cap}")
        yield text.format(sum=yuan_text(month_fen + document.total_fen), cap=yuan_text(month_cap))


RULES = (
    Rule(
        "INV-07",
        "V7",
        Severity.ERROR,
        SUBMIT,
        "audit_checks.md 6 V7; approvals.md 4; N4 [N]",
        N_("The invoice is made out to the village"),
        N_("What was sold to a person is that person's; the village pays for what it bought itself."),
        N_(
            "{no} is made out to {buyer}, not to the village. Have the seller take it back and write one in the village's name."
        ),
        _wrong_buyer,
    ),
    Rule(
        "INV-21",
        "V21",
        Severity.WARNING,
        SUBMIT,
        "audit_checks.md 6 V21; 农村集体经济组织法 [N]",
        N_("The seller is nobody's own firm, and sells such things"),
        N_("Who decides about buying must not sell; and a food shop that sells cement sells paper."),
        N_("{no}, {seller}: {what}. Say it at the meeting that decides, and write it into the minutes."),
        _close_seller,
    ),
    Rule(
        "INV-22",
        "V22",
        Severity.WARNING,
        SUBMIT,
        "audit_checks.md 6 V22 [R] R28",
        N_("A seller nobody knows yet"),
        N_("A firm that sells once, much or in round sums is worth a look at its shop."),
        N_(
            "{no}: {seller} never sold to the village before; {total}, {what}. Look whether it exists and delivered."
        ),
        _new_seller,
    ),
    Rule(
        "INV-23",
        "V23",
        Severity.HOLD,
        SUBMIT,
        "audit_checks.md 6 V23; N19 by analogy; GB 11643 [N]",
        N_("Small purchases from private persons"),
        N_("A receipt anybody can write needs a person who exists, and an end to the sum."),
        N_("{name}: {what}. Type the number from the card (it is checked and not kept), or get an invoice."),
        _small_purchase,
    ),
)
