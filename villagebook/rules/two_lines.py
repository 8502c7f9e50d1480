"""Revenue and expenditure kept apart: R4, R6, R8, R10, R12, R13 of two_line.md, held while a document is made."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.balance import first_shortfall
from villagebook.domain.document import Document, Support
from villagebook.domain.finding import Severity
from villagebook.domain.link import LinkKind
from villagebook.domain.money import yuan_text
from villagebook.domain.place import PAYING, RECEIVING, PlaceKind, Purpose, movement
from villagebook.domain.voucher import DocKind
from villagebook.i18n import N_
from villagebook.rules.facts import Facts
from villagebook.rules.gates import GATES, N5, SUBMIT, document_of, label
from villagebook.rules.rule import Hit, Rule


def _forbidden_move(facts: Facts) -> Iterator[Hit]:
    doc = document_of(facts, DocKind.TRANSFER)
    if doc is None:
        return
    source, target = facts.places.get(doc.place), facts.places.get(doc.to_place)
    if source and target and movement(source, target) is None:
        yield Hit(label(doc), {"source": source.name, "target": target.name})


def _receipt_into(facts: Facts) -> Iterator[Hit]:
    doc = document_of(facts, DocKind.RECEIPT)
    place = facts.places.get(doc.place) if doc else None
    if doc and place and place.kind not in RECEIVING:
        yield Hit(label(doc), {"source": doc.party or "-", "target": place.name})


def _takings_spent(facts: Facts) -> Iterator[Hit]:
    doc = document_of(facts, DocKind.PAYMENT)
    place = facts.places.get(doc.place) if doc else None
    if doc and place and place.kind is PlaceKind.RC:
        yield Hit(label(doc), {"amount": yuan_text(doc.total_fen)}, "deposit")


_DEBTS = ("201", "211", "212", "213", "221")
_OUTSIDE_CLAIMS = "112"  # 113 is a current account with members: it is owed and owing by turns


def _mixed(facts: Facts) -> Iterator[Hit]:
    doc = facts.document
    if doc is None:
        return
    accounts = [facts.chart.get(i.account) for i in doc.items]
    if doc.kind is DocKind.RECEIPT:
        mixed = any(a and a.is_expense for a in accounts) or any(i.amount_fen < 0 for i in doc.items)
    elif doc.kind is DocKind.PAYMENT:
        mixed = any(a and a.is_income for a in accounts) or any(i.amount_fen < 0 for i in doc.items)
    elif doc.kind is DocKind.ADJUSTMENT:
        mixed = _sets_off(facts)
    else:
        mixed = False
    if mixed:
        yield Hit(label(doc))


def _sets_off(facts: Facts) -> bool:
    """Income set off against a debt or a cost in one adjustment; closing entries through 321 are no set-off.

    Red figures count with their sign, and income and cost in one adjustment are netted whichever way they go. A claim is
    collected, never struck out against a debt; one that belongs to a contract is not used up by a cost either.
    """
    known = [(line, facts.chart.get(line.account)) for line in facts.lines]
    if any(a and a.code.startswith("321") for _line, a in known):
        return False
    moved = [(line, a, line.debit_fen - line.credit_fen) for line, a in known if a]
    costs = any(a.is_expense and fen > 0 for _line, a, fen in moved)
    if any(a.is_income for _line, a, _fen in moved) and any(a.is_expense for _line, a, _fen in moved):
        return True
    earned = any(a.is_income and fen < 0 for _line, a, fen in moved)
    settled = any(a.code[:3] in _DEBTS and fen > 0 for _line, a, fen in moved)
    claims = [
        line for line, a, fen in moved if fen < 0 and a.code.startswith(facts.policy.words["claim_accounts"])
    ]
    agreed = any(k.kind is LinkKind.CONTRACT for line in claims for k in line.links)
    struck = any(line.account.startswith(_OUTSIDE_CLAIMS) for line in claims)
    return (settled and (earned or agreed or struck)) or (agreed and costs)


def _paid_from(facts: Facts) -> Iterator[Hit]:
    doc = document_of(facts, DocKind.PAYMENT)
    place = facts.places.get(doc.place) if doc else None
    if doc is None or place is None or place.kind in PAYING or place.kind is PlaceKind.RC:
        return
    if facts.policy.is_bank_fee(doc, place):
        return  # the bank takes its fee where it likes
    yield Hit(label(doc), {"place": place.name})


def _unapproved_appropriation(facts: Facts) -> Iterator[Hit]:
    doc = document_of(facts, DocKind.TRANSFER)
    source, target = (facts.places.get(doc.place), facts.places.get(doc.to_place)) if doc else (None, None)
    if doc and source and target and movement(source, target) is Purpose.APPROPRIATION and not facts.slots:
        yield Hit(label(doc), {"place": source.name})


def _more_than_there_is(facts: Facts) -> Iterator[Hit]:
    """Takings that still lie in the drawer are no money of the income line."""
    doc = document_of(facts, DocKind.TRANSFER)
    place = facts.places.get(doc.place) if doc else None
    if doc is None or place is None or place.kind is not PlaceKind.IN:
        return
    for moves in facts.cash:
        short = first_shortfall(moves.before_fen, list(moves.moves)) if moves.place == place.code else None
        if short:
            yield Hit(
                label(doc),
                {"place": place.name, "day": short[0].isoformat(), "missing": yuan_text(short[1])},
            )


def _over_imprest(facts: Facts) -> Iterator[Hit]:
    doc = document_of(facts, DocKind.TRANSFER)
    target = facts.places.get(doc.to_place) if doc else None
    if doc is None or target is None or target.kind is not PlaceKind.IM:
        return
    limit_fen = facts.policy.number("imprest_limit_fen")
    for cash in facts.cash:
        after_fen = cash.before_fen + sum(m for day, m in cash.moves if day <= doc.booked_on)
        if cash.place == target.code and after_fen > limit_fen:
            yield Hit(label(doc), {"after": yuan_text(after_fen), "limit": yuan_text(limit_fen)})


def _large_cash(facts: Facts) -> Iterator[Hit]:
    doc = document_of(facts, DocKind.PAYMENT)
    place = facts.places.get(doc.place) if doc else None
    limit_fen = facts.policy.number("cash_txn_limit_fen")
    if doc and _to_persons_with_permit(doc):
        return
    if doc and place and place.is_cash and doc.total_fen + facts.paid_in_cash_fen > limit_fen:
        yield Hit(
            label(doc),
            {
                "payee": doc.party,
                "sum": yuan_text(doc.total_fen + facts.paid_in_cash_fen),
                "limit": yuan_text(limit_fen),
            },
        )


def _to_persons_with_permit(doc: Document) -> bool:
    """Pay, labour, welfare, farm produce (art. 5): a signed list or a private person's receipt, and the township's mark."""
    return doc.support in (Support.SIGNED_LIST, Support.PERSON_RECEIPT) and bool(doc.permit.strip())


def _waiting_parts(facts: Facts) -> Iterator[Hit]:
    """Other cash payments to this payee wait for this day; whichever is signed last will be refused."""
    doc = document_of(facts, DocKind.PAYMENT)
    place = facts.places.get(doc.place) if doc else None
    limit_fen = facts.policy.number("cash_txn_limit_fen")
    if doc is None or place is None or not place.is_cash or not facts.cash_waiting:
        return
    paid_fen = doc.total_fen + facts.paid_in_cash_fen
    sum_fen = paid_fen + sum(fen for _id, _summary, fen in facts.cash_waiting)
    if paid_fen <= limit_fen < sum_fen:
        first, summary, fen = facts.cash_waiting[0]
        yield Hit(
            label(doc),
            {
                "payee": doc.party,
                "other": f"{summary} {yuan_text(fen)}".strip(),
                "sum": yuan_text(sum_fen),
                "limit": yuan_text(limit_fen),
            },
            f"document:{first}",
        )


def _too_much_cash(facts: Facts) -> Iterator[Hit]:
    doc = facts.document
    limit_fen = facts.policy.number("cash_limit_fen")
    cash_codes = {p.code for p in facts.places.of_kind(PlaceKind.RC, PlaceKind.IM)}
    if doc is None or not ({doc.place, doc.to_place} & cash_codes) or doc.kind is DocKind.PAYMENT:
        return
    held_fen = sum(
        c.before_fen + sum(m for day, m in c.moves if day <= doc.booked_on)
        for c in facts.cash
        if c.place in cash_codes
    )
    rises = doc.kind is DocKind.RECEIPT or (doc.to_place in cash_codes)
    if rises and held_fen > limit_fen:
        # money already received cannot be refused, only banked; drawing more imprest can wait
        softer = Severity.WARNING if doc.kind is DocKind.RECEIPT else None
        yield Hit(label(doc), {"held": yuan_text(held_fen), "limit": yuan_text(limit_fen)}, "deposit", softer)


RULES = (
    Rule(
        "E2L-00",
        "",
        Severity.ERROR,
        GATES,
        "two_line.md 3 [D]",
        N_("Only the listed movements between money places"),
        N_("A movement that is not on the list is how two lines get mixed."),
        N_(
            "Money may not go from {source} to {target}. Take the allowed way: receive, bank, appropriate, pay."
        ),
        lambda facts: (*_forbidden_move(facts), *_receipt_into(facts)),
    ),
    Rule(
        "E2L-10",
        "R4",
        Severity.ERROR,
        GATES,
        f"{N5} 11 [N]",
        N_("Takings are banked before anything is spent"),
        N_("Paying out of takings (坐支) hides both the income and the spending."),
        N_(
            "{amount} may not be paid out of takings. Bank the takings, then pay from the expense line or the imprest."
        ),
        _takings_spent,
    ),
    Rule(
        "E2L-14",
        "R6",
        Severity.ERROR,
        SUBMIT,
        "[R] R8, R45",
        N_("Income and spending are booked in full, each by itself"),
        N_("Netting hides what was earned and what was spent."),
        N_(
            "Income and spending may not be set off in one document. Enter the whole income as a receipt and the spending as a payment."
        ),
        _mixed,
    ),
    Rule(
        "E2L-20",
        "R8",
        Severity.ERROR,
        GATES,
        "[D] from 现金管理暂行条例 11; [R] R6, R12",
        N_("Payments come from the expense line"),
        N_("When income cannot pay directly, every payment must pass an appropriation somebody approved."),
        N_(
            "{place} belongs to the income line and cannot pay. Appropriate the sum to the expense line, then pay from there."
        ),
        lambda facts: (*_paid_from(facts), *_unapproved_appropriation(facts)),
    ),
    Rule(
        "E2L-71",
        "R8",
        Severity.ERROR,
        GATES,
        "[D] from 现金管理暂行条例 11; two_line.md 3",
        N_("Only money that has been banked is appropriated"),
        N_("What is appropriated before it is banked is paid out of the takings in the drawer."),
        N_(
            "{place} would be short of {missing} on {day}. Bank the takings and enter the deposit first, or appropriate less."
        ),
        _more_than_there_is,
    ),
    Rule(
        "E2L-22",
        "R10",
        Severity.ERROR,
        GATES,
        "[R] R6, R8, R10",
        N_("The imprest has a ceiling"),
        N_("A large float is a loan to whoever holds it."),
        N_("The imprest would hold {after}, the ceiling is {limit}. Draw less."),
        _over_imprest,
    ),
    Rule(
        "E2L-25",
        "R12",
        Severity.ERROR,
        GATES,
        f"{N5} 5-6 [N]",
        N_("Larger payments go by transfer"),
        N_("A transfer leaves a trace at the bank, cash does not; parts to one payee on one day are summed."),
        N_(
            "Cash to {payee} on this day comes to {sum}; above {limit} pay by transfer from the expense line. Pay, labour and welfare to persons may be paid in cash with a signed list and the township's permission."
        ),
        _large_cash,
    ),
    Rule(
        "E2L-70",
        "R12",
        Severity.WARNING,
        SUBMIT,
        f"{N5} 5-6 [N]",
        N_("Parts that wait for one day are named"),
        N_(
            "What is signed first is paid; the other part is refused on that day, so it is better known at once."
        ),
        N_(
            "Another cash payment to {payee} waits for this day: {other}. Together {sum}, above {limit}: only one of them can be paid in cash on one day. Pay this one by transfer, or on another day."
        ),
        _waiting_parts,
    ),
    Rule(
        "E2L-26",
        "R13",
        Severity.HOLD,
        SUBMIT,
        f"{N5} 9 [N]; [R] R9, R15",
        N_("Little cash overnight"),
        N_("Cash above the limit is a risk to whoever keeps it."),
        N_("Cash in hand would be {held}, the limit overnight is {limit}. Bank the takings today."),
        _too_much_cash,
    ),
)
