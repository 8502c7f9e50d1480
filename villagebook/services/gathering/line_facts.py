"""Gathering what the rules of the two lines look at beside the document: receipt books, imprest, funds, claims, bills."""

from __future__ import annotations

from datetime import date, timedelta

from villagebook.domain.document import Document
from villagebook.domain.people import PostKind
from villagebook.domain.period import Period
from villagebook.domain.place import Place, PlaceKind
from villagebook.domain.voucher import DocKind
from villagebook.rules.facts import Facts
from villagebook.rules.line_facts import HeldForOthers, ImprestFact, ImprestHeld, LineFacts, OpenClaim
from villagebook.storage import documents as docs
from villagebook.storage import funds, ledger, two_lines
from villagebook.storage import receipts as books
from villagebook.storage.engine import Connection


def for_document(connection: Connection, base: Facts, document: Document) -> LineFacts:
    """About the receipt number, the source and the payee of one document."""
    known = base.receipt_books
    own = next((b for b in known if document.receipt_no and b.holds(document.receipt_no)), None)
    return LineFacts(
        receipt_voided=bool(own) and books.is_voided(connection, document.receipt_no),
        receipt_returned=bool(own and own.returned_on),
        imprest=_imprest(connection, base, document),
        fund=funds.fund_of(connection, document.place) if document.place.startswith("SP") else None,
        owed_fen=_owed(connection, base, document),
        sisters=two_lines.sisters(connection),
        bill_registered=_registered(connection, base, document),
        listed_accounts=_listed_accounts(connection, document),
    )


def _listed_accounts(connection: Connection, document: Document) -> tuple[str, ...]:
    """What the receipts were for that a deposit brings to the bank."""
    held = (docs.submitted(connection, each) for each in document.receipts)
    return tuple(dict.fromkeys(i.account for h in held if h for i in h.document.items))


def _imprest(connection: Connection, base: Facts, document: Document) -> ImprestFact | None:
    place = base.places.get(document.to_place)
    if document.kind is not DocKind.TRANSFER or place is None or place.kind is not PlaceKind.IM:
        return None
    issued = two_lines.last_replenishment(connection, place.code, document.id)
    spent_fen = two_lines.spent_since(connection, place.code, issued)
    held_fen = ledger.place_balances_on(connection, base.today).get(place.code, 0)
    fresh = held_fen == 0 and (
        two_lines.last_return(connection, place.code) > issued or not (issued or spent_fen)
    )
    return ImprestFact(spent_fen, fresh)


def _owed(connection: Connection, base: Facts, document: Document) -> int:
    """What the village owes the payee on the claims accounts this payment books on."""
    if document.kind is not DocKind.PAYMENT:
        return 0
    claims = base.policy.words["claim_accounts"]
    accounts = {i.account for i in document.items if i.account.startswith(claims)}
    owed = [fen for a in accounts for _s, _d, fen in two_lines.claim_moves(connection, a, document.party)]
    return max(-sum(owed), 0)


def _registered(connection: Connection, base: Facts, document: Document) -> bool | None:
    """None when the bill is of the month it is paid in; else whether it stands on the register, entered in time."""
    bill_on = document.event_on or document.booked_on
    if document.kind is not DocKind.PAYMENT or Period.of(bill_on) >= Period.of(document.booked_on):
        return None
    until = Period.of(bill_on).last_day + timedelta(days=base.policy.number("report_last_day"))
    return any(
        (b.payee, b.amount_fen, b.bill_on) == (document.party, document.total_fen, bill_on)
        and b.registered_on <= until
        for b in two_lines.bills(connection)
    )


def for_month(connection: Connection, base: Facts, period: Period) -> LineFacts:
    """About the books, the imprest, claims and other people's money when a month closes."""
    return LineFacts(
        books=books.standings(connection),
        claims=open_claims(connection, base),
        agency=held_for_others(connection, base),
        imprests=_imprests(connection, base, period),
    )


def open_claims(connection: Connection, base: Facts) -> tuple[OpenClaim, ...]:
    """Loans and advances not (wholly) come back; what comes back settles the oldest first."""
    days = base.policy.number("advance_days")
    made = []
    for document_id, kind, party, paid_on, due in two_lines.claims(connection):
        due_on = date.fromisoformat(due) if due else paid_on + timedelta(days=days)
        open_fen = sum(
            _left_of(connection, account, party, document_id)
            for account in base.policy.words["claim_accounts"]
        )
        if open_fen > 0:
            made.append(OpenClaim(document_id, kind, party, paid_on, due_on, open_fen))
    return tuple(made)


def _left_of(connection: Connection, account: str, party: str, document_id: str) -> int:
    """What is left of one claim after first-in-first-out settling."""
    moves = two_lines.claim_moves(connection, account, party)
    back_fen = -sum(fen for _seq, _document, fen in moves if fen < 0)
    left_fen = 0
    for _seq, document, fen in moves:
        if fen <= 0:
            continue
        settled_fen = min(back_fen, fen)
        back_fen -= settled_fen
        if document == document_id:
            left_fen += fen - settled_fen
    return left_fen


def held_for_others(connection: Connection, base: Facts) -> tuple[HeldForOthers, ...]:
    """Money in AG places, each piece with the day it came; what is passed on takes the oldest first."""
    before = base.start.shifted(-1).last_day
    opening = ledger.place_balances_on(connection, before)
    made = []
    for place in base.places.of_kind(PlaceKind.AG):
        came = [
            (before, opening.get(place.code, 0)),
            *ledger.place_moves_after(connection, place.code, before),
        ]
        gone_fen = -sum(fen for _day, fen in came if fen < 0)
        for day, fen in came:
            if fen <= 0:
                continue
            passed_fen = min(gone_fen, fen)
            gone_fen -= passed_fen
            if fen > passed_fen:
                made.append(HeldForOthers(place.name, day, fen - passed_fen))
    return tuple(made)


def _imprests(connection: Connection, base: Facts, period: Period) -> tuple[ImprestHeld, ...]:
    """Imprests that hold money at the month's end or moved in it."""
    day = period.last_day
    balances = ledger.place_balances_on(connection, day)
    made = []
    for place in base.places.of_kind(PlaceKind.IM):
        fen = balances.get(place.code, 0)
        moved = ledger.place_moves_after(connection, place.code, period.first_day - timedelta(days=1), day)
        if fen or moved:
            made.append(ImprestHeld(place.name, fen, holders(connection, base, place, day)))
    return tuple(made)


def holders(connection: Connection, base: Facts, place: Place, day: date) -> tuple[str, ...]:
    """Who answers for a cash place: whoever was named, else the cashier, else the clerk."""
    named = two_lines.holder_of(connection, place.code, day)
    if named:
        return (base.staff.name(named),)
    if place.holder:
        return (place.holder,)
    for kind in (PostKind.CASHIER, PostKind.CLERK):
        found = base.staff.holders((kind,), day)
        if found:
            return tuple(p.name for p in found)
    return ()
