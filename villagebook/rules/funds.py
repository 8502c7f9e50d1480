"""Ring-fenced money: special funds (R17), money collected for others (R18), other ledgers (R25), unsettled items (R26)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from villagebook.domain.document import Document, Support
from villagebook.domain.finding import Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.place import Place, PlaceKind, Purpose, movement
from villagebook.domain.voucher import DocKind
from villagebook.i18n import N_, N_many
from villagebook.rules.facts import Facts
from villagebook.rules.gates import GATES, SUBMIT, document_of, label
from villagebook.rules.rule import Hit, Rule, When


def _off_purpose(facts: Facts) -> Iterator[Hit]:
    """By the place that pays, and by the lines that name a fund."""
    yield from _off_purpose_by_link(facts)
    doc = document_of(facts, DocKind.PAYMENT)
    place = facts.places.get(doc.place) if doc else None
    if doc is None or place is None or place.kind is not PlaceKind.SP:
        return
    fund = facts.line.fund
    for item in doc.items:
        if fund is None or not fund.allows(item.account):
            allowed = f"{', '.join(fund.accounts)} ({fund.purpose})" if fund else "-"
            yield Hit(label(doc), {"place": place.name, "account": item.account, "allowed": allowed})


def _off_purpose_by_link(facts: Facts) -> Iterator[Hit]:
    doc = document_of(facts, DocKind.PAYMENT, DocKind.ADJUSTMENT)
    for touch in facts.plan.funds if doc else ():
        fund = touch.standing.fund
        for account in touch.accounts:
            by_place = bool(fund.place) and doc is not None and doc.place == fund.place  # told above already
            if doc and not by_place and not fund.allows(account):
                allowed = f"{', '.join(fund.accounts)} ({fund.purpose})"
                yield Hit(label(doc), {"place": fund.title, "account": account, "allowed": allowed})


def by_resolution(doc: Document) -> bool:
    """The document names the resolution it draws on."""
    return bool(doc.resolution.strip() or (doc.support is Support.MINUTES and doc.support_no.strip()))


def _borrowed_line(facts: Facts) -> Iterator[Hit]:
    doc = document_of(facts, DocKind.TRANSFER)
    source, target = (facts.places.get(doc.place), facts.places.get(doc.to_place)) if doc else (None, None)
    if doc is None or source is None or target is None or movement(source, target) is not Purpose.FUND:
        return
    township = any(s.code == "T" for s in facts.slots or ())
    if not by_resolution(doc) or not township:
        yield Hit(label(doc), {"source": source.name, "target": target.name})


def _money_for(facts: Facts, doc: Document) -> tuple[Place | None, tuple[str, ...]]:
    """The place a document is about, and what its money is for: its own items, or the receipts a deposit lists."""
    if doc.kind is DocKind.TRANSFER:
        return facts.places.get(doc.to_place), facts.line.listed_accounts
    return facts.places.get(doc.place), tuple(i.account for i in doc.items)


def _agency_spent(facts: Facts) -> Iterator[Hit]:
    doc = document_of(facts, DocKind.PAYMENT, DocKind.RECEIPT, DocKind.TRANSFER)
    place, codes = _money_for(facts, doc) if doc else (None, ())
    if doc is None or place is None or place.kind is not PlaceKind.AG:
        return
    for code in codes:
        account = facts.chart.get(code)
        if account and (account.is_income or account.is_expense):
            yield Hit(label(doc), {"place": place.name, "account": code})


def _earned_into_fund(facts: Facts) -> Iterator[Hit]:
    """Rent that goes straight into a fund would pay without an appropriation."""
    doc = document_of(facts, DocKind.RECEIPT, DocKind.TRANSFER)
    place, codes = _money_for(facts, doc) if doc else (None, ())
    if doc is None or place is None or place.kind is not PlaceKind.SP:
        return
    for code in codes:
        if code.startswith(facts.policy.words["own_income"]):
            yield Hit(label(doc), {"place": place.name, "account": code})


def _agency_kept(facts: Facts) -> Iterator[Hit]:
    month, days = facts.month, facts.policy.number("agency_days")
    for held in facts.line.agency:
        if month and held.received_on + timedelta(days=days) < month.period.last_day:
            yield Hit(
                f"{held.place} {held.received_on.isoformat()}",
                {
                    "place": held.place,
                    "amount": yuan_text(held.open_fen),
                    "day": held.received_on.isoformat(),
                    "days": days,
                },
            )


def _other_ledger(facts: Facts) -> Iterator[Hit]:
    doc = document_of(facts, DocKind.PAYMENT, DocKind.RECEIPT)
    if (
        doc
        and doc.party.strip() in facts.line.sisters
        and not (doc.support_no.strip() and by_resolution(doc))
    ):
        yield Hit(label(doc), {"other": doc.party})


def _unregistered(facts: Facts) -> Iterator[Hit]:
    doc = document_of(facts, DocKind.PAYMENT)
    if doc and facts.line.bill_registered is False:
        day = doc.event_on or doc.booked_on
        yield Hit(label(doc), {"payee": doc.party, "day": day.isoformat()})


RULES = (
    Rule(
        "E2L-30",
        "R17",
        Severity.ERROR,
        GATES,
        "郑州 33(8), 34(9) [L]; [R] R8",
        N_("A special fund pays for its purpose only"),
        N_("Money given for one thing and spent on another is misused, whoever agreed."),
        N_(
            "{place} may pay {allowed} only, not {account}. Pay from the expense line, or have the purpose of the fund extended by a resolution."
        ),
        _off_purpose,
    ),
    Rule(
        "E2L-64",
        "R17",
        Severity.ERROR,
        SUBMIT,
        "郑州 33(8), 34(9) [L]; [R] R8",
        N_("A line borrows from a fund by resolution only"),
        N_("Borrowing between lines is how a fund is emptied without anybody paying out of it."),
        N_("{source} to {target} needs the number of the resolution and the township's signature."),
        _borrowed_line,
    ),
    Rule(
        "E2L-72",
        "R17",
        Severity.HOLD,
        SUBMIT,
        "two_line.md 3 [D]; 郑州 33(8) [L]",
        N_("What the village earns goes to the income line first"),
        N_("Earnings that land in a special fund are spent without an appropriation."),
        N_(
            "{place} is a special fund; {account} is what the village earns itself. Take it into the income line, or record which decision gave it to the fund."
        ),
        _earned_into_fund,
    ),
    Rule(
        "E2L-31",
        "R18",
        Severity.HOLD,
        SUBMIT,
        "现金管理暂行条例(2011) [N]; [D]",
        N_("Money collected for others is never income and never spent"),
        N_("It belongs to somebody else from the first minute."),
        N_(
            "{place} holds other people's money; {account} would make it the village's own. Book it as owed, and pass it on."
        ),
        _agency_spent,
    ),
    Rule(
        "E2L-31",
        "R18",
        Severity.HOLD,
        frozenset({When.CLOSE}),
        "现金管理暂行条例(2011) [N]; [D]",
        N_("Money collected for others is passed on in time"),
        N_("What lies long gets borrowed."),
        N_many(
            "{place}: {amount} received on {day} was to be passed on within {days} day. Pass it on.",
            "{place}: {amount} received on {day} was to be passed on within {days} days. Pass it on.",
            "days",
        ),
        _agency_kept,
    ),
    Rule(
        "E2L-43",
        "R25",
        Severity.ERROR,
        SUBMIT,
        "上海 5 [L]; [R] R39, R42",
        N_("Committee, cooperative and groups keep separate ledgers"),
        N_("Money that crosses without a paper on both sides belongs to nobody."),
        N_(
            "{other} is a ledger of its own. Enter the number of its transfer document and of the resolution."
        ),
        _other_ledger,
    ),
    Rule(
        "E2L-44",
        "R26",
        Severity.HOLD,
        SUBMIT,
        "[L] L15",
        N_("Bills that wait are registered in their month"),
        N_("Debts that appear late are debts nobody could question in time."),
        N_(
            "The bill of {payee} of {day} is older than its month and was not registered as unsettled. Record who checked it and why it is late."
        ),
        _unregistered,
    ),
)
