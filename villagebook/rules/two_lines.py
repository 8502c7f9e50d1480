"""Revenue and expenditure kept apart: R1-R8, R10, R12, R13, R22 of two_line.md, held while a document is made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from villagebook.domain.document import Document, Method, Support
from villagebook.domain.finding import Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.place import PAYING, RECEIVING, PlaceKind, Purpose, movement
from villagebook.domain.voucher import DocKind
from villagebook.i18n import N_
from villagebook.rules.facts import Facts
from villagebook.rules.rule import Hit, Rule, When

SUBMIT = frozenset({When.SUBMIT})
GATES = frozenset({When.SUBMIT, When.POST})
_NOTE_KINDS = (Support.BANK_ADVICE, Support.FISCAL_NOTE)


def label(document: Document) -> str:
    """How a finding names a document that has no number yet."""
    return f"{document.booked_on.isoformat()} {document.summary or document.party}".strip()


def _doc(facts: Facts, *kinds: DocKind) -> Document | None:
    return facts.document if facts.document and facts.document.kind in kinds else None


def _forbidden_move(facts: Facts) -> Iterator[Hit]:
    doc = _doc(facts, DocKind.TRANSFER)
    if doc is None:
        return
    source, target = facts.places.get(doc.place), facts.places.get(doc.to_place)
    if source and target and movement(source, target) is None:
        yield Hit(label(doc), {"source": source.name, "target": target.name})


def _receipt_into(facts: Facts) -> Iterator[Hit]:
    doc = _doc(facts, DocKind.RECEIPT)
    place = facts.places.get(doc.place) if doc else None
    if doc and place and place.kind not in RECEIVING:
        yield Hit(label(doc), {"source": doc.party or "-", "target": place.name})


def _no_receipt(facts: Facts) -> Iterator[Hit]:
    doc = _doc(facts, DocKind.RECEIPT)
    if doc and not doc.receipt_no and not (doc.support in _NOTE_KINDS and doc.support_no.strip()):
        yield Hit(label(doc))


def _unknown_receipt(facts: Facts) -> Iterator[Hit]:
    doc = _doc(facts, DocKind.RECEIPT)
    if doc and doc.receipt_no and not any(b.holds(doc.receipt_no) for b in facts.receipt_books):
        yield Hit(label(doc), {"no": doc.receipt_no}, "people")


def _used_receipt(facts: Facts) -> Iterator[Hit]:
    doc = _doc(facts, DocKind.RECEIPT)
    if doc and facts.receipt_used_by:
        yield Hit(label(doc), {"no": doc.receipt_no}, f"document:{facts.receipt_used_by}")


def _skipped_receipt(facts: Facts) -> Iterator[Hit]:
    doc = _doc(facts, DocKind.RECEIPT)
    if doc and doc.receipt_no and facts.receipt_expected and doc.receipt_no > facts.receipt_expected:
        yield Hit(label(doc), {"no": doc.receipt_no, "expected": facts.receipt_expected})


def _takings_spent(facts: Facts) -> Iterator[Hit]:
    doc = _doc(facts, DocKind.PAYMENT)
    place = facts.places.get(doc.place) if doc else None
    if doc and place and place.kind is PlaceKind.RC:
        yield Hit(label(doc), {"amount": yuan_text(doc.total_fen)}, "deposit")


def _deposit(facts: Facts) -> Document | None:
    doc = _doc(facts, DocKind.TRANSFER)
    source = facts.places.get(doc.place) if doc else None
    return doc if doc and source and source.kind is PlaceKind.RC else None


def _deposit_differs(facts: Facts) -> Iterator[Hit]:
    doc = _deposit(facts)
    if doc is None:
        return
    listed_fen = sum(t.amount_fen for t in facts.listed)
    if not doc.receipts or facts.listed_unknown or listed_fen != doc.amount_fen:
        yield Hit(
            label(doc),
            {
                "listed": yuan_text(listed_fen),
                "amount": yuan_text(doc.amount_fen),
                "difference": yuan_text(doc.amount_fen - listed_fen),
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
    """Income set off against a debt or a cost in one adjustment; closing entries through 321 are no set-off."""
    credited = [facts.chart.get(line.account) for line in facts.lines if line.credit_fen > 0]
    debited = [facts.chart.get(line.account) for line in facts.lines if line.debit_fen > 0]
    if any(a and a.code.startswith("321") for a in (*credited, *debited)):
        return False
    income = any(a and a.is_income for a in credited)
    return income and any(
        a and (a.is_expense or a.code[:3] in ("201", "211", "212", "213", "221")) for a in debited
    )


def _personal_account(facts: Facts) -> Iterator[Hit]:
    place = facts.new_place
    if place and not place.is_cash and place.holder_is_person:
        yield Hit(place.name, {"holder": place.holder})


def _second_basic(facts: Facts) -> Iterator[Hit]:
    place = facts.new_place
    if place and place.is_basic:
        others = [p for p in facts.places.all() if p.is_basic and p.holder != place.holder]
        yield from (Hit(place.name, {"other": other.name}) for other in others[:1])


def _unfiled(facts: Facts) -> Iterator[Hit]:
    place = facts.new_place
    if place and not place.is_cash and not place.filed.strip():
        yield Hit(place.name)


def _paid_from(facts: Facts) -> Iterator[Hit]:
    doc = _doc(facts, DocKind.PAYMENT)
    place = facts.places.get(doc.place) if doc else None
    if doc is None or place is None or place.kind in PAYING or place.kind is PlaceKind.RC:
        return
    if place.kind is PlaceKind.IN and doc.support is Support.BANK_ADVICE and doc.support_no.strip():
        return  # the bank takes its fee where it likes
    yield Hit(label(doc), {"place": place.name})


def _unapproved_appropriation(facts: Facts) -> Iterator[Hit]:
    doc = _doc(facts, DocKind.TRANSFER)
    source, target = (facts.places.get(doc.place), facts.places.get(doc.to_place)) if doc else (None, None)
    if doc and source and target and movement(source, target) is Purpose.APPROPRIATION and not facts.slots:
        yield Hit(label(doc), {"place": source.name})


def _over_imprest(facts: Facts) -> Iterator[Hit]:
    doc = _doc(facts, DocKind.TRANSFER)
    target = facts.places.get(doc.to_place) if doc else None
    if doc is None or target is None or target.kind is not PlaceKind.IM:
        return
    limit_fen = facts.policy.number("imprest_limit_fen")
    for cash in facts.cash:
        after_fen = cash.before_fen + sum(m for day, m in cash.moves if day <= doc.booked_on)
        if cash.place == target.code and after_fen > limit_fen:
            yield Hit(label(doc), {"after": yuan_text(after_fen), "limit": yuan_text(limit_fen)})


def _large_cash(facts: Facts) -> Iterator[Hit]:
    doc = _doc(facts, DocKind.PAYMENT)
    place = facts.places.get(doc.place) if doc else None
    limit_fen = facts.policy.number("cash_txn_limit_fen")
    if doc and place and place.is_cash and doc.total_fen + facts.paid_in_cash_fen > limit_fen:
        yield Hit(
            label(doc),
            {
                "payee": doc.party,
                "sum": yuan_text(doc.total_fen + facts.paid_in_cash_fen),
                "limit": yuan_text(limit_fen),
            },
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


def _personal_code(facts: Facts) -> Iterator[Hit]:
    doc = _doc(facts, DocKind.RECEIPT)
    if doc is None or doc.method is not Method.PHONE:
        return
    place = facts.places.get(doc.place)
    own = {p.holder for p in facts.places.all() if p.holder and not p.is_cash} | {facts.village}
    if doc.payee_account not in own or (place and place.kind is not PlaceKind.RC):
        yield Hit(label(doc), {"owner": doc.payee_account or "?", "ours": " / ".join(sorted(own))})


N5 = "现金管理暂行条例(2011)"
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
        N_("Receipt {no} was used already. Take the number that is printed on the paper you gave."),
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
        N_(
            "Receipt {no} of {day} is banked late (allowed: {days} day(s), and not across the month's end). Record the reason."
        ),
        _deposit_late,
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
        "E2L-15",
        "R7",
        Severity.ERROR,
        frozenset({When.PLACE}),
        "农村集体经济组织法 44 [N]",
        N_("Accounts are in the organisation's name"),
        N_("Collective money in a personal account belongs to nobody's books."),
        N_(
            "The account of {holder} is a personal one. Use an account in the name of the village organisation."
        ),
        _personal_account,
    ),
    Rule(
        "E2L-16",
        "R7",
        Severity.ERROR,
        frozenset({When.PLACE}),
        "浙江 22, 上海 22 [L]",
        N_("There is one basic account"),
        N_("A second basic account is a second set of books."),
        N_("{other} is the basic account already. Enter this one as a special account with its resolution."),
        _second_basic,
    ),
    Rule(
        "E2L-17",
        "R7",
        Severity.HOLD,
        frozenset({When.PLACE}),
        "浙江 22, 上海 22 [L]",
        N_("Every account is filed"),
        N_("The township can only compare accounts it knows of."),
        N_("Enter the number of the resolution or filing that opened this account."),
        _unfiled,
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
            "Cash to {payee} on this day comes to {sum}; above {limit} pay by transfer from the expense line."
        ),
        _large_cash,
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
