"""Tiers, special kinds, divided payments and yearly caps: AP8, AP11, AP13 and X1 to X9 of approvals.md."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.document import Document
from villagebook.domain.enclosed import missing
from villagebook.domain.finding import Severity
from villagebook.domain.link import LinkKind
from villagebook.domain.money import yuan_text
from villagebook.domain.voucher import DocKind
from villagebook.i18n import N_
from villagebook.rules.enclosed_words import cap_title, papers_title, special_title
from villagebook.rules.facts import Facts
from villagebook.rules.gates import GATES, SUBMIT, document_of, label
from villagebook.rules.rule import Hit, Rule, When

_SHOWN = 3


def _level(facts: Facts, name: str) -> Severity:
    """How a township takes papers that are missing: it may have them pointed out only."""
    return Severity.WARNING if facts.policy.words[name] == ("warning",) else Severity.HOLD


def _by_contract(document: Document) -> bool:
    """Instalments of one contract are no divided purchase; who signs goes by their sum all the same."""
    return any(link.kind is LinkKind.CONTRACT for item in document.items for link in item.links)


def _split(facts: Facts) -> Iterator[Hit]:
    doc, split = document_of(facts, DocKind.PAYMENT), facts.spending.split
    if doc is None or not split.parts:
        return
    if (
        facts.policy.tier_of(doc.total_fen) == facts.policy.tier_of(split.total_fen)
        or facts.spending.decided
        or _by_contract(doc)
    ):
        return
    shown = "; ".join(f"{part.label} {yuan_text(part.fen)}" for part in split.parts[-_SHOWN:])
    more = f" (+{len(split.parts) - _SHOWN})" if len(split.parts) > _SHOWN else ""
    values = {
        "who": doc.summary if split.by_purpose else doc.party,
        "sum": yuan_text(split.total_fen),
        "days": facts.policy.number("split_days"),
        "others": f"{shown}{more}",
    }
    yield Hit(label(doc), values, f"document:{split.parts[-1].id}")


def _tier_papers(facts: Facts) -> Iterator[Hit]:
    doc = document_of(facts, DocKind.PAYMENT)
    lacking = missing(facts.spending.tier_papers, facts.spending.enclosed)
    if doc and lacking:
        yield Hit(label(doc), {"papers": papers_title(lacking)}, "", _level(facts, "tier_papers"))


def _kind_papers(facts: Facts) -> Iterator[Hit]:
    doc = document_of(facts, DocKind.PAYMENT)
    for rule in facts.spending.kinds if doc else ():
        lacking = missing(rule.papers, facts.spending.enclosed)
        if doc and lacking:
            values: dict[str, object] = {"kind": special_title(rule.code), "papers": papers_title(lacking)}
            yield Hit(label(doc), values, "", _level(facts, "kind_papers"))


def _cash(facts: Facts) -> Iterator[Hit]:
    doc = document_of(facts, DocKind.PAYMENT)
    place = facts.places.get(doc.place) if doc else None
    if doc is None or place is None or not place.is_cash:
        return
    refusing = [special_title(rule.code) for rule in facts.spending.kinds if not rule.cash]
    if refusing or not facts.spending.tier_cash:
        yield Hit(label(doc), {"what": refusing[0] if refusing else yuan_text(doc.total_fen)})


def _kind_cap(facts: Facts) -> Iterator[Hit]:
    doc = document_of(facts, DocKind.PAYMENT)
    for rule in facts.spending.kinds if doc else ():
        if doc and rule.cap_fen is not None and doc.total_fen > rule.cap_fen:
            values = {"kind": special_title(rule.code), "limit": yuan_text(rule.cap_fen)}
            yield Hit(label(doc), {**values, "own": yuan_text(doc.total_fen)})


def _head_cap(facts: Facts) -> Iterator[Hit]:
    doc = document_of(facts, DocKind.PAYMENT)
    for head in facts.spending.heads if doc else ():
        if doc and head.others_fen + head.own_fen > head.limit_fen:
            values = {"kind": special_title(head.code), "name": head.name, "limit": yuan_text(head.limit_fen)}
            yield Hit(label(doc), {**values, "sum": yuan_text(head.others_fen + head.own_fen)})


def _year_cap(facts: Facts) -> Iterator[Hit]:
    doc = facts.document
    for touch in facts.spending.caps if doc else ():
        if doc and touch.is_over and touch.limit_fen is not None:
            values = {
                "category": cap_title(touch.cap.name),
                "year": touch.year,
                "limit": yuan_text(touch.limit_fen),
                "sum": yuan_text(touch.total_fen),
            }
            yield Hit(label(doc), values, "register:budget")


def _too_old(facts: Facts) -> Iterator[Hit]:
    """The day it happened; the days of its invoices are held against the payment by INV-09."""
    doc = document_of(facts, DocKind.PAYMENT)
    if doc is None or doc.event_on is None or doc.permit.strip():
        return
    wrong = facts.correction.wrong if facts.correction else None
    booked_on = (
        wrong.booked_on if wrong else doc.booked_on
    )  # in time is what was in time when it was booked wrongly
    days = (booked_on - doc.event_on).days
    limit = facts.policy.number("bill_days")
    if doc.event_on.year != booked_on.year or days > limit:
        yield Hit(label(doc), {"day": doc.event_on.isoformat(), "n": limit})


def _signed_next_year(facts: Facts) -> Iterator[Hit]:
    """The last signature came in another year than what happened, and with it the booking."""
    doc = document_of(facts, DocKind.PAYMENT)
    if doc is None or doc.permit.strip() or doc.corrects:
        return
    happened_on = doc.event_on or min((g.signed_on for g in facts.office.signed), default=doc.booked_on)
    if happened_on.year != doc.booked_on.year:
        values: dict[str, object] = {"day": happened_on.isoformat(), "booked": doc.booked_on.isoformat()}
        yield Hit(label(doc), values, f"document:{doc.id}")


def _advice_used(facts: Facts) -> Iterator[Hit]:
    doc, fee = facts.document, facts.spending.fee
    if doc and fee and fee.used_by:
        values: dict[str, object] = {"no": doc.support_no, "voucher": fee.used_by}
        yield Hit(label(doc), values)


def _many_fees(facts: Facts) -> Iterator[Hit]:
    doc, fee = facts.document, facts.spending.fee
    limit_fen = facts.policy.number("bank_fee_limit_fen")
    if doc and fee and fee.day_fen and fee.day_fen + doc.total_fen > limit_fen:
        values: dict[str, object] = {
            "sum": yuan_text(fee.day_fen + doc.total_fen),
            "limit": yuan_text(limit_fen),
        }
        yield Hit(label(doc), values)


RULES = (
    Rule(
        "AP-56",
        "AP1",
        Severity.ERROR,
        GATES,
        "[D] R8: the one payment nobody signs",
        N_("A bank's advice stands for one fee"),
        N_("The one payment nobody signs must not become a purse."),
        N_("Advice {no} stands behind {voucher} already. Enter the number of this advice."),
        _advice_used,
    ),
    Rule(
        "AP-57",
        "AP8",
        Severity.HOLD,
        SUBMIT,
        "[D] R8: the one payment nobody signs",
        N_("Fees of one day stay what a bank takes"),
        N_("What is too much for one fee is too much for three."),
        N_(
            "Fees of this day come to {sum}, more than the {limit} that go without a signature. Record what the bank took them for."
        ),
        _many_fees,
    ),
    Rule(
        "AP-12",
        "AP8",
        Severity.HOLD,
        SUBMIT,
        "[D] AP8; audit_checks.md T10",
        N_("Payments that belong together are approved by their sum"),
        N_("Dividing a purchase is the oldest way past a signature."),
        N_(
            "Within {days} days {who} adds up to {sum}, so more people have to sign. It is summed with: {others}. "
            "Make it one payment, or record why it was not one."
        ),
        _split,
    ),
    Rule(
        "AP-51",
        "AP2",
        Severity.HOLD,
        SUBMIT,
        "approvals.md section 2 [R]; tier_papers [D]",
        N_("The papers of its size lie with a payment"),
        N_("Quotes, contract and acceptance show that the price was asked and the thing came."),
        N_(
            "For this amount these are missing: {papers}. Add them and tick them, or record why there are none."
        ),
        _tier_papers,
    ),
    Rule(
        "AP-52",
        "AP2",
        Severity.HOLD,
        SUBMIT,
        "approvals.md sections 2 and 4, X1-X9 [R]; kind_papers [D]",
        N_("The papers of its kind lie with a payment"),
        N_("Lost work, subsidies, works and travel each have papers of their own that prove them."),
        N_("{kind} needs: {papers}. Add them and tick them, or record why there are none."),
        _kind_papers,
    ),
    Rule(
        "AP-53",
        "AP15",
        Severity.ERROR,
        GATES,
        "X4 [R] R12; the township's table",
        N_("What goes through the bank is not paid in cash"),
        N_("A bank's list shows who got what; an envelope does not."),
        N_("{what} may not be paid in cash here. Choose a bank place."),
        _cash,
    ),
    Rule(
        "AP-54",
        "AP13",
        Severity.ERROR,
        GATES,
        "X7, X9 of approvals.md; the township's table",
        N_("One payment of a special kind stays under its cap"),
        N_("The township said how much is usual; more is asked of the township first."),
        N_("{kind}: at most {limit} in one payment, this is {own}. Lower it, or ask the township."),
        _kind_cap,
    ),
    Rule(
        "AP-55",
        "AP13",
        Severity.ERROR,
        GATES,
        "X3 of approvals.md; the township's table",
        N_("One person gets of a special kind what is due in a year"),
        N_("Condolence and welfare are for many; a cap a head keeps them so."),
        N_(
            "{kind}: {name} would have {sum} this year, at most {limit} is due. Lower it, or ask the township."
        ),
        _head_cap,
    ),
    Rule(
        "AP-19",
        "AP13",
        Severity.ERROR,
        GATES,
        "[R] L15, R46",
        N_("A year's spending on a category stays under its cap"),
        N_("Office, papers, meetings and travel grow by themselves unless somebody draws a line."),
        N_(
            "{category} in {year}: {sum} with this, the cap is {limit}. Have the budget changed by a resolution, "
            "or ask the township for a higher cap."
        ),
        _year_cap,
    ),
    Rule(
        "AP-17",
        "AP11",
        Severity.ERROR,
        SUBMIT,
        "[R] R17; AP11",
        N_("A bill is paid in its year and in its time"),
        N_("Old matters and those of another year are where made-up ones hide."),
        N_(
            "It happened on {day}: another year, or more than {n} days ago. Enter the number of the township's permission."
        ),
        _too_old,
    ),
    Rule(
        "AP-17",
        "AP11",
        Severity.ERROR,
        frozenset({When.POST}),
        "[R] R17; AP11",
        N_("What happened in a year is approved and booked in it"),
        N_("A signature that waits for the new year moves the spending past the old year's budget and caps."),
        N_(
            "It happened on {day}, the last signature would book it on {booked}, in another year. Take the document back, "
            "enter the number of the township's permission, and have it signed anew."
        ),
        _signed_next_year,
    ),
)
