"""Gathering `Facts` inside the open transaction, so that what is checked is what is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from villagebook.domain.demand import all_demands
from villagebook.domain.document import Document, derive_lines
from villagebook.domain.place import PlaceKind, Purpose, movement
from villagebook.domain.policy import Policy
from villagebook.domain.receipts import ReceiptBook
from villagebook.domain.signature import Slot
from villagebook.domain.voucher import DocKind
from villagebook.rules.facts import CashMoves, CorrectionFacts, Facts
from villagebook.rules.resolution_facts import ResolutionFacts
from villagebook.services.gathering import (
    asset_facts,
    contract_facts,
    invoice_facts,
    labour_facts,
    levy_facts,
    line_facts,
    loan_facts,
    office_facts,
    pay_list_facts,
    plan_facts,
    resolution_facts,
    spending_facts,
    trip_facts,
    veto_facts,
    works_facts,
)
from villagebook.storage import documents as docs
from villagebook.storage import ledger, links, periods, posted_vouchers, registry
from villagebook.storage.book import BookInfo
from villagebook.storage.engine import Connection
from villagebook.storage.receipts import highest_voided


def ground(connection: Connection, info: BookInfo, today: date, policy_day: date | None = None) -> Facts:
    """Facts about the book as a whole, for rules of any gate."""
    return Facts(
        today=today,
        policy=registry.read_policy_on(connection, policy_day or today),
        chart=registry.read_chart(connection),
        places=registry.read_places(connection),
        staff=registry.read_staff(connection),
        mode=info.mode,
        village=info.village,
        start=info.start,
        period_states=periods.period_states(connection),
    )


def needed_slots(facts: Facts, document: Document, counted_fen: int | None = None) -> tuple[Slot, ...] | None:
    """Slots a document must carry before it is posted; None when its kind is forbidden, empty when it needs none.

    A payment's tier goes by `counted_fen`; None: by its own sum with what the facts say it was divided from.
    """
    policy = facts.policy
    if document.kind is DocKind.PAYMENT:
        place = facts.places.get(document.place)
        if policy.is_bank_fee(document, place):
            return ()  # the bank has taken its fee; nobody can approve it any more
        sum_fen = counted_fen or facts.spending.counted_fen or document.total_fen
        slots = policy.slots_for(document, sum_fen, decided=facts.spending.decided)
        slots = office_facts.all_review(facts, document, slots, sum_fen) if slots else slots
    elif document.kind is DocKind.TRANSFER:
        source, target = facts.places.get(document.place), facts.places.get(document.to_place)
        purpose = movement(source, target) if source and target else None
        slots = policy.slots_for_transfer(purpose or Purpose.FUND)
        if facts.plan.appropriation and facts.plan.appropriation.is_over:
            slots = _with_extra_step(policy, slots)
    else:
        slots = ()
    return office_facts.stood_in(facts, document, slots) if slots else slots


def _with_extra_step(policy: Policy, slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """R9: an appropriation beyond request or budget is seen by more people, before the accountant."""
    extra = tuple(policy.slots[c] for c in policy.words["over_budget_slots"] if c in policy.slots)
    extra = tuple(s for s in extra if s not in slots)
    last = tuple(s for s in slots if s.code == "A")
    return (*(s for s in slots if s.code != "A"), *extra, *last)


def for_document(connection: Connection, info: BookInfo, document: Document, today: date) -> Facts:
    """Everything the rules want to know before this document is submitted or posted."""
    base = ground(connection, info, today, document.booked_on)
    listed = docs.receipts_by_id(connection, document.receipts)
    free = {t.document_id for t in docs.takings(connection)} if document.receipts else set()
    bad = tuple(r for r in document.receipts if r not in listed or r not in free)
    books = registry.read_receipt_books(connection)
    base = replace(base, receipt_books=books)
    base = replace(base, plan=plan_facts.for_document(connection, base, document))
    base = replace(base, office=office_facts.for_document(connection, base, document))
    base = replace(base, spending=spending_facts.for_document(connection, base, document))
    derived, content_hash = derive_lines(document, base.places), document.content_hash()
    return replace(
        base,
        document=document,
        excused=docs.excused(connection, document.id, content_hash),
        lines=derived,
        slots=needed_slots(base, document),
        cash=_cash(connection, base, document),
        receipt_used_by=(
            docs.receipt_no_used_by(connection, document.receipt_no, document.id)
            if document.receipt_no
            else ""
        ),
        receipt_expected=_expected(connection, document, books) if document.receipt_no else "",
        listed=tuple(listed.values()),
        listed_unknown=bad,
        paid_in_cash_fen=(
            docs.cash_paid_to(connection, document.party, document.booked_on, document.id)
            if document.kind is DocKind.PAYMENT
            else 0
        ),
        cash_waiting=(
            docs.cash_waiting_for(connection, document.party, document.booked_on, document.id)
            if document.kind is DocKind.PAYMENT
            else ()
        ),
        vetoed=veto_facts.veto_stands(connection, document),
        resolutions=ResolutionFacts(
            draws=resolution_facts.for_document(connection, base, document),
            exempt=levy_facts.taken_from_exempt(connection, document),
            levied=levy_facts.levied(connection, document),
        ),
        content_hash=content_hash,
        correction=_correction(connection, document),
        line=line_facts.for_document(connection, base, document),
        invoices=invoice_facts.for_document(connection, base, (info.village, info.code), document),
        assets=asset_facts.for_document(connection, document, derived),
        contracts=contract_facts.for_document(connection, document, base.policy),
        works=works_facts.for_document(connection, document, base.policy),
        labour=labour_facts.for_document(connection, document),
        lists=pay_list_facts.for_document(connection, base, document),
        travel=trip_facts.for_document(connection, base, document),
        loans=loan_facts.for_document(connection, info.start, document, derived, base.policy),
        links=links.known(connection, (k for line in derived for k in line.links)),
        demands=all_demands(links.demands(connection), base.chart),
    )


def _correction(connection: Connection, document: Document) -> CorrectionFacts | None:
    """What a blue correction names."""
    if not document.corrects:
        return None
    wrong = posted_vouchers.voucher(connection, document.corrects)
    if wrong is None:
        return CorrectionFacts(None, reversed=False)
    others = (
        posted_vouchers.voucher(connection, i) for i in posted_vouchers.corrected_by(connection, wrong.id)
    )
    standing = [v for v in others if v and not posted_vouchers.reversed_by(connection, v.id)]
    return CorrectionFacts(
        wrong,
        bool(posted_vouchers.reversed_by(connection, wrong.id)),
        tuple(line for v in standing for line in v.lines),
    )


def _expected(connection: Connection, document: Document, books: tuple[ReceiptBook, ...]) -> str:
    for book in books:
        if book.holds(document.receipt_no):
            top = docs.highest_receipt_no(connection, book.first, book.last, book.width)
            spoilt = highest_voided(connection, book.id)
            return book.number_text(max(book.first, (top or 0) + 1, spoilt + 1))
    return ""


def _cash(connection: Connection, base: Facts, document: Document) -> tuple[CashMoves, ...]:
    """Each touched place, and every cash place, with what the document would move."""
    day_before = document.booked_on - timedelta(days=1)
    before = ledger.place_balances_on(connection, day_before)
    touched = {document.place, document.to_place} - {""}
    wanted = touched | {p.code for p in base.places.of_kind(PlaceKind.RC, PlaceKind.IM)}
    made = []
    for code in sorted(wanted):
        if code not in base.places:
            continue
        moves = ledger.place_moves_after(connection, code, day_before)
        own_fen = sum(
            line.debit_fen - line.credit_fen
            for line in derive_lines(document, base.places)
            if line.place == code
        )
        made.append(CashMoves(code, before.get(code, 0), (*moves, (document.booked_on, own_fen))))
    return tuple(made)
