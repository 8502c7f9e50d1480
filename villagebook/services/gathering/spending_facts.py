"""Gathering what the rules about tiers, special kinds, divided payments and yearly caps look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from villagebook.domain.document import Document, derive_lines
from villagebook.domain.enclosed import enclosed
from villagebook.domain.folding import first_word, folded
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.pay_list import ListKind
from villagebook.domain.policy import Cap, Policy
from villagebook.domain.resolution import Cited
from villagebook.domain.special import KindRule, is_of_kind
from villagebook.domain.splitting import Part, payee_key, purpose_key, together
from villagebook.domain.voucher import DocKind, VoucherLine
from villagebook.rules.facts import Facts
from villagebook.rules.spending_facts import (
    NO_SPENDING,
    CapTouch,
    FeeFacts,
    HeadTouch,
    SpendingFacts,
    SplitFacts,
)
from villagebook.services.gathering import resolution_facts
from villagebook.storage import budgets, entries, pay_lists
from villagebook.storage import documents as docs
from villagebook.storage import spending as store
from villagebook.storage.engine import Connection

PARTIES = (LinkKind.HOUSEHOLD, LinkKind.OUTSIDER)
EXPENSES = "5"
"""Beginning of the codes whose spending a category may hold by its words alone."""


def for_document(connection: Connection, base: Facts, document: Document) -> SpendingFacts:
    """Nothing but a payment has a tier; what an adjustment books on a capped category counts there too."""
    lines = derive_lines(document, base.places)
    own = store.sent(connection, document.id)
    earlier = _earlier(connection, document, own)
    caps = _caps(connection, base, document, lines, earlier)
    if document.kind is not DocKind.PAYMENT:
        return replace(NO_SPENDING, caps=caps)
    if base.policy.is_bank_fee(document, base.places.get(document.place)):
        return replace(NO_SPENDING, caps=caps, fee=_fee(connection, document))
    kinds = base.policy.kinds_of(document)
    decided = is_decided(connection, document)
    by_tier = base.policy.goes_by_tier(document, decided=decided)
    divisible = by_tier and not _pays_back(base.policy, document)
    split = _split(connection, base, document, own, earlier) if divisible else SplitFacts()
    tier = base.policy.tier_of(split.total_fen if split.parts else document.total_fen)
    return SpendingFacts(
        kinds=kinds,
        tier=tier.name if by_tier else "",
        tier_papers=tier_papers(base.policy, tier.papers, document) if by_tier else (),
        tier_cash=tier.cash if by_tier else True,
        enclosed=enclosed(document),
        split=split,
        caps=caps,
        heads=tuple(_heads(connection, document, kinds, earlier)),
        decided=decided,
    )


def _fee(connection: Connection, document: Document) -> FeeFacts:
    others = store.fees_beside(connection, document.place, document.id)
    number = folded(document.support_no)
    used = [fee.label for fee in others if folded(fee.advice) == number]
    return FeeFacts(
        used[0] if used else "", sum(fee.fen for fee in others if fee.booked_on == document.booked_on)
    )


def is_decided(connection: Connection, document: Document) -> bool:
    """Whether somebody decided about the whole of which this is a part; a number nobody recorded decides nothing."""
    named = [document.resolution]
    found = pay_lists.pay_list(connection, document.pay_list.strip()) if document.pay_list.strip() else None
    if found is not None:
        if found.kind is ListKind.PAY:
            return True  # its rates were decided (LST-10)
        named.append(found.resolution)
    codes = {k.code for item in document.items for k in item.links if k.kind is LinkKind.CONTRACT}
    known = entries.contracts(connection) if codes else {}
    named += [known[code].resolution for code in sorted(codes & set(known))]
    told = [Cited.read(text).number for text in named]
    return any(number and resolution_facts.standing(connection, number) is not None for number in told)


def _earlier(connection: Connection, document: Document, own: store.Sent | None) -> tuple[Document, ...]:
    """Documents under way that were sent in before this one; all of them for one not sent in yet."""
    waiting = docs.waiting_documents(connection)
    return tuple(d for seq, d in waiting if d.id != document.id and (own is None or seq < own.seq))


def tier_papers(policy: Policy, papers: tuple[str, ...], document: Document) -> tuple[str, ...]:
    """What a tier asks for where something is bought, with the auditor's report from an amount of its own on."""
    begins = policy.words["papers_accounts"]
    if not any(item.account.startswith(begin) for item in document.items for begin in begins):
        return ()
    audited = policy.number("audit_from_fen")
    wants = audited and document.total_fen >= audited and papers and "audit" not in papers
    return (*papers, "audit") if wants else papers


# ---- divided payments (AP8) ----


def _split(
    connection: Connection,
    base: Facts,
    document: Document,
    own: store.Sent | None,
    earlier: tuple[Document, ...],
) -> SplitFacts:
    """What was sent in before a document is summed with it, so that of two parts the later always sees the earlier.

    A part lies where it is dated, where it was sent in, and where it was posted by then: neither dating a part back nor
    leaving it unsigned puts it out of reach. What counts is settled with the sending in; only what is stopped falls out.
    """
    policy, days = base.policy, base.policy.number("split_days")
    # what a recorded meeting decided for several payees, a dividend or a roster, was one decision about the whole
    resolved = document.resolution and resolution_facts.standing(connection, document.resolution) is not None
    purpose = "" if resolved else purpose_key(document.summary)
    own_days = {own.booked_on, own.sent_on} if own else {document.booked_on, base.today}
    first, last = min(own_days) - timedelta(days=days), max(*own_days, base.today) + timedelta(days=days)
    payee, links = payee_key(document.party), _parties(document)
    linked = store.naming(connection, links, first, last)
    found: dict[bool, list[_Dated]] = {False: [], True: []}
    for paid in store.paid_between(connection, first, last):
        if paid.document_id == document.id:
            continue
        to_payee = bool(payee and payee_key(paid.party) == payee) or paid.seq in linked
        if to_payee or (purpose and purpose_key(paid.summary) == purpose):
            found[not to_payee].append(
                _Dated(paid.document_id, f"{paid.label} {paid.summary}", paid.total_fen, paid)
            )
    for other in earlier:
        if other.kind is not DocKind.PAYMENT:
            continue
        to_payee = bool(
            (payee and payee_key(other.party) == payee)
            or links & _parties(other)
            or _same_person(document, other)
        )
        if to_payee or (purpose and purpose_key(other.summary) == purpose):
            found[not to_payee].append(_Dated(other.id, other.summary, other.total_fen))
    counts = _counts(connection, policy, {d.id: d for d in earlier})
    sums = [
        (together(day, _at(connection, filter(counts, found[by]), own, day), days), by)
        for by in (False, True)
        for day in sorted(own_days)
    ]
    parts, by_purpose = max(sums, key=lambda told: sum(p.fen for p in told[0]))
    return SplitFacts(parts, by_purpose, document.total_fen + sum(p.fen for p in parts))


@dataclass(frozen=True, slots=True)
class _Dated:
    """Another payment that may belong to a document; `paid` is its voucher when it has one."""

    id: str
    label: str
    fen: int
    paid: store.Paid | None = None


def _at(
    connection: Connection, others: Iterable[_Dated], own: store.Sent | None, day: date
) -> Iterable[Part]:
    """Parts that were sent in before, each on that of its days which lies nearest."""
    for other in others:
        sent = store.sent(connection, other.id)
        if sent is None or (own is not None and sent.seq > own.seq):
            continue
        its_days = [sent.booked_on, sent.sent_on]
        if other.paid is not None and (own is None or other.paid.seq < own.seq):
            its_days.append(other.paid.booked_on)
        nearest = min(its_days, key=lambda d: abs((d - day).days))
        yield Part(other.id, f"{nearest.isoformat()} {other.label}", nearest, other.fen)


def _pays_back(policy: Policy, document: Document) -> bool:
    """Borrowed money is paid back as the lender wants it; it buys nothing that could be divided.

    Only a loan of the register is one: what names none is summed like everything else.
    """
    return all(
        item.account.startswith(policy.words["borrow_accounts"])
        and any(link.kind is LinkKind.LOAN for link in item.links)
        for item in document.items
    )


def _parties(document: Document) -> frozenset[Link]:
    return frozenset(link for item in document.items for link in item.links if link.kind in PARTIES)


def _same_person(one: Document, other: Document) -> bool:
    return bool(one.payee_person) and one.payee_person == other.payee_person


def _counts(connection: Connection, policy: Policy, waiting: dict[str, Document]) -> Callable[[_Dated], bool]:
    """Whether a part is one whose signatures went by its amount; what has slots of its own was divided from nothing."""
    fixed = {s.value for rule in policy.kinds if rule.slots is not None for s in rule.spend} | {
        s.value for s in policy.special
    }

    def counts(part: _Dated) -> bool:
        document = waiting.get(part.id)
        if document is None:
            sent = store.sent(connection, part.id)
            if sent is None or sent.spend_kind not in fixed:
                return True
            held = docs.submitted(connection, part.id)
            document = held.document if held else None
        return document is None or policy.goes_by_tier(document, decided=is_decided(connection, document))

    return counts


# ---- yearly caps (AP13) ----


def cap_of(policy: Policy, account: str, summary: str) -> Cap | None:
    """The first category a line is of, None for none."""
    for cap in policy.caps:
        if any(account.startswith(begin) for begin in cap.accounts):
            return cap
        if account.startswith(EXPENSES) and first_word((summary,), cap.words):
            return cap
    return None


def _spent(policy: Policy, lines: Iterable[tuple[str, str, int]]) -> dict[str, int]:
    """Fen of (account, summary, fen) by the name of the category."""
    made: dict[str, int] = {}
    for account, summary, fen in lines:
        cap = cap_of(policy, account, summary) if fen else None
        if cap is not None:
            made[cap.name] = made.get(cap.name, 0) + fen
    return made


def _told(lines: Iterable[VoucherLine]) -> list[tuple[str, str, int]]:
    return [(line.account, line.summary, line.debit_fen) for line in lines]


def _caps(
    connection: Connection,
    base: Facts,
    document: Document,
    lines: tuple[VoucherLine, ...],
    earlier: tuple[Document, ...],
) -> tuple[CapTouch, ...]:
    own = _spent(base.policy, _told(lines))
    if not own:
        return ()
    year = document.booked_on.year
    used = year_spent(connection, base.policy, year)
    if store.voucher_seq(connection, document.id) is not None:
        used = {name: fen - own.get(name, 0) for name, fen in used.items()}
    waiting: dict[str, int] = {}
    for other in earlier:
        if other.booked_on.year == year:
            for name, fen in _spent(base.policy, _told(derive_lines(other, base.places))).items():
                waiting[name] = waiting.get(name, 0) + fen
    return tuple(
        CapTouch(
            cap,
            year,
            used.get(cap.name, 0),
            waiting.get(cap.name, 0),
            own[cap.name],
            _limit(connection, cap, year),
        )
        for cap in base.policy.caps
        if cap.name in own
    )


def year_spent(connection: Connection, policy: Policy, year: int) -> dict[str, int]:
    """Fen posted in a year on each category that anything was spent on."""
    begins = (EXPENSES, *(a for cap in policy.caps for a in cap.accounts))
    return _spent(policy, store.spent_by_summary(connection, year, begins))


def _limit(connection: Connection, cap: Cap, year: int) -> int | None:
    """The township's cap; a budget that was changed by a resolution may plan more on the accounts of the category."""
    budget = budgets.budget(connection, year) if cap.limit_fen is not None and cap.accounts else None
    if cap.limit_fen is None or budget is None or budget.version < 2:  # the first was never changed
        return cap.limit_fen
    planned = sum(
        line.total_fen for line in budget.lines if any(line.account.startswith(a) for a in cap.accounts)
    )
    return max(cap.limit_fen, planned)


# ---- what one payee gets of a kind in a year (X3) ----


def _heads(
    connection: Connection,
    document: Document,
    kinds: tuple[KindRule, ...],
    earlier: tuple[Document, ...],
) -> Iterable[HeadTouch]:
    for rule in kinds:
        if rule.year_cap_fen is None:
            continue
        own = _by_head(document)
        year = document.booked_on.year
        others = [d for d in earlier if d.booked_on.year == year and is_of_kind(d, rule)]
        others += _paid_of_kind(connection, rule, year, document.id)
        for key, (name, fen) in own.items():
            before = sum(_by_head(other).get(key, ("", 0))[1] for other in others)
            yield HeadTouch(rule.code, name, rule.year_cap_fen, before, fen)


def _paid_of_kind(connection: Connection, rule: KindRule, year: int, but: str) -> list[Document]:
    made = []
    for paid in store.paid_between(connection, date(year, 1, 1), date(year, 12, 31)):
        held = docs.submitted(connection, paid.document_id) if paid.document_id != but else None
        if held and is_of_kind(held.document, rule):
            made.append(held.document)
    return made


def _by_head(document: Document) -> dict[str, tuple[str, int]]:
    """Key of a payee -> (name, fen) by the lines of a list, or of the whole document."""
    made: dict[str, tuple[str, int]] = {}
    for item in document.items:
        name = item.party or document.party
        key = payee_key(name)
        made[key] = (name, made.get(key, ("", 0))[1] + item.amount_fen)
    return made
