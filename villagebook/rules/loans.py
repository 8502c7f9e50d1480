"""Loans out, advances, borrowing and guarantees: R20, R21."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.document import Document, SpendKind, Support
from villagebook.domain.finding import Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.voucher import DocKind
from villagebook.i18n import N_
from villagebook.rules.facts import Facts
from villagebook.rules.funds import by_resolution
from villagebook.rules.gates import SUBMIT, document_of, label
from villagebook.rules.rule import Hit, Rule, When

_LAW = "农村集体经济组织法 35 [N]"


def _claims_fen(facts: Facts, doc: Document) -> int:
    """What the payment adds to what others owe, beyond what the village owes them."""
    accounts = facts.policy.words["claim_accounts"]
    booked = sum(i.amount_fen for i in doc.items if i.account.startswith(accounts))
    return max(booked - facts.line.owed_fen, 0)


def _says(doc: Document, words: tuple[str, ...]) -> bool:
    texts = (doc.summary, *(i.summary for i in doc.items))
    return any(word in text for word in words for text in texts)


def _is_officer(facts: Facts, doc: Document) -> bool:
    """The payee, the name on the account or the payee's own name holds any post on that day."""
    in_office = {p.person_id for p in facts.staff.posts if p.covers(doc.booked_on)}
    names = {facts.staff.name(i) for i in in_office}
    return doc.payee_person in in_office or doc.party.strip() in names or doc.payee_account.strip() in names


def _lent_to_officer(facts: Facts) -> Iterator[Hit]:
    doc = document_of(facts, DocKind.PAYMENT)
    if doc is None or not _is_officer(facts, doc):
        return
    claims_fen = _claims_fen(facts, doc) if doc.spend_kind is not SpendKind.ADVANCE else 0
    if doc.spend_kind is SpendKind.LOAN or claims_fen:
        yield Hit(label(doc), {"name": doc.party})


def _lent_unresolved(facts: Facts) -> Iterator[Hit]:
    doc = document_of(facts, DocKind.PAYMENT)
    if doc is None or _is_officer(facts, doc):
        return
    lends = _says(doc, facts.policy.words["loan"]) and _claims_fen(facts, doc) > 0
    if doc.spend_kind is not SpendKind.LOAN and not lends:
        return
    by_contract = doc.support is Support.CONTRACT and doc.support_no.strip() and doc.due_on
    cap_fen = facts.policy.number("loan_two_committee_cap_fen")
    wanted = {"MR", "ML"} if doc.total_fen > cap_fen else {"M2", "MR", "ML"}
    decided = bool(doc.resolution.strip()) and any(s.code in wanted for s in facts.slots or ())
    if not (by_contract and decided):
        yield Hit(label(doc), {"name": doc.party, "cap": yuan_text(cap_fen)})


def _not_back(facts: Facts) -> Iterator[Hit]:
    month = facts.month
    for claim in facts.line.claims:
        if month and claim.due_on < month.period.last_day:
            yield Hit(
                f"{claim.paid_on.isoformat()} {claim.party}",
                {
                    "name": claim.party,
                    "amount": yuan_text(claim.open_fen),
                    "day": claim.due_on.isoformat(),
                },
                f"voucher:{claim.document_id}",
            )


def _borrowed(facts: Facts) -> Iterator[Hit]:
    doc = facts.document
    if doc is None:
        return
    guarantees = doc.kind is not DocKind.RECEIPT and _says(doc, facts.policy.words["guarantee"])
    accounts = facts.policy.words["borrow_accounts"]
    borrows = doc.kind is DocKind.RECEIPT and any(i.account.startswith(accounts) for i in doc.items)
    if guarantees or (borrows and not (by_resolution(doc) and doc.permit.strip())):
        yield Hit(label(doc), {"what": doc.summary})


RULES = (
    Rule(
        "E2L-34",
        "R20",
        Severity.ERROR,
        SUBMIT,
        _LAW,
        N_("No loan to those who run the village"),
        N_("Who decides on the money may not lend it to himself, with or without a resolution."),
        N_(
            "{name} holds a post and may not borrow from the village, directly or through others. No resolution changes this."
        ),
        _lent_to_officer,
    ),
    Rule(
        "E2L-35",
        "R20",
        Severity.ERROR,
        SUBMIT,
        "村民委员会组织法 24 [N]; [R] R2",
        N_("A loan has a resolution, a contract and a day when it is due"),
        N_("Money lent on a word comes back on a word."),
        N_(
            "The loan to {name} needs a resolution (above {cap} of the representatives), a contract with its number, and the day it is due."
        ),
        _lent_unresolved,
    ),
    Rule(
        "E2L-36",
        "R20",
        Severity.WARNING,
        frozenset({When.CLOSE}),
        "[R] R2; [S] R47",
        N_("Advances and loans come back in time"),
        N_("An advance that is never settled is a loan nobody agreed to."),
        N_("{name} still owes {amount}, due on {day}. Settle the advance, or collect the loan."),
        _not_back,
    ),
    Rule(
        "E2L-37",
        "R21",
        Severity.ERROR,
        SUBMIT,
        f"{_LAW}; 浙江 16 [L]; [R] R2, R41",
        N_("No guarantees; borrowing needs a resolution and the township's permission"),
        N_("Debts are paid by those who come after."),
        N_(
            "\"{what}\": the village guarantees nobody's debt, and borrows only with the number of a resolution and of the township's permission."
        ),
        _borrowed,
    ),
)
