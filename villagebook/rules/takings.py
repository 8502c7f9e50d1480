"""From the payer's hand to the bank: R1, R2, R5, R22 of two_line.md."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from villagebook.domain.document import Document, Method, Support
from villagebook.domain.finding import Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.place import PlaceKind
from villagebook.domain.voucher import DocKind
from villagebook.i18n import N_, N_many
from villagebook.rules.facts import Facts
from villagebook.rules.gates import GATES, N5, SUBMIT, document_of, label
from villagebook.rules.rule import Hit, Rule

_NOTE_KINDS = (Support.BANK_ADVICE, Support.FISCAL_NOTE)


def _no_receipt(facts: Facts) -> Iterator[Hit]:
    doc = document_of(facts, DocKind.RECEIPT)
    if doc and not doc.receipt_no and not (doc.support in _NOTE_KINDS and doc.support_no.strip()):
        yield Hit(label(doc))


def _unknown_receipt(facts: Facts) -> Iterator[Hit]:
    doc = document_of(facts, DocKind.RECEIPT)
    if doc and doc.receipt_no and not any(b.holds(doc.receipt_no) for b in facts.receipt_books):
        yield Hit(label(doc), {"no": doc.receipt_no}, "people")


def _used_receipt(facts: Facts) -> Iterator[Hit]:
    doc = document_of(facts, DocKind.RECEIPT)
    if doc and (facts.receipt_used_by or facts.line.receipt_voided):
        target = f"document:{facts.receipt_used_by}" if facts.receipt_used_by else "people"
        yield Hit(label(doc), {"no": doc.receipt_no}, target)


def _skipped_receipt(facts: Facts) -> Iterator[Hit]:
    doc = document_of(facts, DocKind.RECEIPT)
    if doc and doc.receipt_no and facts.receipt_expected and doc.receipt_no > facts.receipt_expected:
        yield Hit(label(doc), {"no": doc.receipt_no, "expected": facts.receipt_expected})


def _deposit(facts: Facts) -> Document | None:
    doc = document_of(facts, DocKind.TRANSFER)
    source = facts.places.get(doc.place) if doc else None
    return doc if doc and source and source.kind is PlaceKind.RC else None


def _deposit_differs(facts: Facts) -> Iterator[Hit]:
    doc = _deposit(facts)
    if doc is None:
        return
    listed_fen = sum(t.amount_fen for t in facts.listed)
    twice = len(set(doc.receipts)) != len(doc.receipts)
    if not doc.receipts or twice or facts.listed_unknown or listed_fen != doc.total_fen:
        yield Hit(
            label(doc),
            {
                "listed": yuan_text(listed_fen),
                "amount": yuan_text(doc.total_fen),
                "difference": yuan_text(doc.total_fen - listed_fen),
            },
        )


def _deposit_late(facts: Facts) -> Iterator[Hit]:
    doc = _deposit(facts)
    if doc is None:
        return
    days = facts.policy.number("deposit_days")
    for taken in facts.listed:
        late = doc.booked_on > taken.received_on + timedelta(days=days)
        crossed = facts.policy.switches["no_cross_month"] and (doc.booked_on.year, doc.booked_on.month) != (
            taken.received_on.year,
            taken.received_on.month,
        )
        if late or crossed:
            yield Hit(
                label(doc),
                {"no": taken.receipt_no or taken.party, "day": taken.received_on.isoformat(), "days": days},
            )


def _personal_code(facts: Facts) -> Iterator[Hit]:
    doc = document_of(facts, DocKind.RECEIPT)
    if doc is None or doc.method is not Method.PHONE:
        return
    place = facts.places.get(doc.place)
    own = {p.holder for p in facts.places.all() if p.holder and not p.is_cash} | {facts.village}
    if doc.payee_account not in own or (place and place.kind is not PlaceKind.RC):
        yield Hit(label(doc), {"owner": doc.payee_account or "?", "ours": " / ".join(sorted(own))})


RULES = (
    Rule(
        "E2L-02",
        "R1",
        Severity.ERROR,
        SUBMIT,
        "[R] R1, R4, R9",
        N_("Every income line has a receipt"),
        N_("Money without a numbered receipt can vanish without a trace."),
        N_(
            "Enter the number of the receipt that was given, or the number of the bank advice or fiscal note."
        ),
        _no_receipt,
    ),
    Rule(
        "E2L-03",
        "R1",
        Severity.ERROR,
        SUBMIT,
        "[R] R1, R4",
        N_("The receipt comes from a registered book"),
        N_("Receipts from unknown books are how takings stay outside the accounts."),
        N_(
            "Receipt {no} belongs to no registered receipt book. Check the number, or register the book first."
        ),
        _unknown_receipt,
    ),
    Rule(
        "E2L-04",
        "R1",
        Severity.ERROR,
        GATES,
        "[R] R4",
        N_("A receipt number is used once"),
        N_("Two amounts under one number is the oldest trick with receipts."),
        N_("Receipt {no} was used or voided already. Take the number that is printed on the paper you gave."),
        _used_receipt,
    ),
    Rule(
        "E2L-05",
        "R2",
        Severity.HOLD,
        SUBMIT,
        "[R] R4, R14",
        N_("Receipt numbers are used in order"),
        N_("A skipped number is money somebody may have received."),
        N_("Receipt {no} skips {expected}. Enter {expected} first, or record why it is missing."),
        _skipped_receipt,
    ),
    Rule(
        "E2L-11",
        "R5",
        Severity.ERROR,
        GATES,
        f"{N5} 11; [R] R1, R9",
        N_("A deposit equals its receipts to the cent"),
        N_("What is missing between the receipts and the bank is missing for good."),
        N_(
            "The listed receipts add up to {listed}, the deposit is {amount} (difference {difference}). List every receipt and bank the whole sum."
        ),
        _deposit_differs,
    ),
    Rule(
        "E2L-12",
        "R5",
        Severity.HOLD,
        SUBMIT,
        f"{N5} 11 [N]; [R] R8, R9",
        N_("Takings are banked in time"),
        N_("Cash that lies about gets lent, spent or lost."),
        N_many(
            "Receipt {no} of {day} is banked late (allowed: {days} day, and not across the month's end). Record the reason.",
            "Receipt {no} of {day} is banked late (allowed: {days} days, and not across the month's end). Record the reason.",
            "days",
        ),
        _deposit_late,
    ),
    Rule(
        "E2L-38",
        "R22",
        Severity.ERROR,
        SUBMIT,
        "农村集体经济组织法 44 [N]; [D]",
        N_("Phone payments go to the organisation's code"),
        N_("A personal payment code is a personal account."),
        N_(
            "The payment code belongs to {owner}. Use the code of {ours}, and book the money as received until the bank settles it."
        ),
        _personal_code,
    ),
)
