"""Gathering what the rules of invoices look at: by index, so that it is quick in a book of many years."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from villagebook.domain.booked_invoice import NOT_ASKED, BookedInvoice, KnownInvoice
from villagebook.domain.document import Document, Support
from villagebook.domain.folding import name_key
from villagebook.domain.invoice import Invoice, plain
from villagebook.domain.invoice_checks import near_keys
from villagebook.domain.period import Period
from villagebook.domain.voucher import DocKind
from villagebook.rules.facts import Facts
from villagebook.rules.invoice_facts import NO_INVOICES, InvoiceFacts
from villagebook.services.gathering import trip_facts
from villagebook.storage import invoices as store
from villagebook.storage import roster
from villagebook.storage import used_invoices as used_store
from villagebook.storage.engine import Connection


def for_document(
    connection: Connection, base: Facts, ours: tuple[str, str], document: Document
) -> InvoiceFacts:
    """`ours` is name and code of the village. About every invoice of one document, and the private person it pays."""
    day_fen, month_fen = _to_person(connection, document)
    papers = document.invoices_named
    if not papers:
        return InvoiceFacts(person_day_fen=day_fen, person_month_fen=month_fen)
    told = [paper.told for paper in papers]
    close = _close(connection, base, document)
    names, ids = store.buyer(connection)
    return InvoiceFacts(
        used=store.with_keys(connection, (i.key for i in told), document.id),
        elsewhere=used_store.elsewhere(connection, (i.key for i in told), ours, document.id),
        like=_unique(k for paper in papers for k in _like(connection, paper, document.id)),
        series=_unique(k for i in told for k in _series(connection, base, i, document.id)),
        originals=_unique(
            k for i in told if i.red_of for k in store.with_number(connection, plain(i.red_of))
        ),
        reds=store.reds_of(connection, (n for i in told if not i.is_red for n in (plain(i.number), i.key))),
        buyer_names=names,
        buyer_ids=ids,
        private=_private(connection, base, told),
        close=close,
        owned=_owned(connection, told, close),
        new_sellers=frozenset(
            i.seller for i in told if i.seller and not store.seller_seen(connection, i.seller, document.id)
        ),
        person_day_fen=day_fen,
        person_month_fen=month_fen,
        trip=trip_facts.for_invoices(connection, base, document),
    )


def for_month(connection: Connection, ours: tuple[str, str]) -> InvoiceFacts:
    """Booked invoices that were taken back, or that others used as well, for the list of a month's close."""
    found, shared = store.taken_back(connection), used_store.booked_elsewhere(connection, ours)
    return InvoiceFacts(taken_back=found, booked_elsewhere=shared) if found or shared else NO_INVOICES


def _unique(found: Iterable[KnownInvoice]) -> tuple[KnownInvoice, ...]:
    return tuple({(k.document_id, k.line): k for k in found}.values())


def _like(connection: Connection, paper: BookedInvoice, but: str) -> Iterable[KnownInvoice]:
    """V3: a number a slip of the hand away, the same file, the same day and total."""
    told = paper.told
    if told.kind not in NOT_ASKED:
        yield from store.with_keys(connection, near_keys(told), but)
    if paper.sha256:
        yield from store.with_file(connection, paper.sha256, but)
    if told.total_fen is not None and told.issued_on:
        yield from store.with_amount(connection, told.total_fen, told.issued_on, but)


def _series(connection: Connection, base: Facts, told: Invoice, but: str) -> Iterable[KnownInvoice]:
    """V10 and V18: what the seller wrote around that day, and the tickets of the same block."""
    if told.kind in NOT_ASKED and plain(told.number).isdigit():
        gap, number = base.policy.number("invoice_serial_gap"), plain(told.number)
        low, high = (f"{max(int(number) + n, 0):0{len(number)}d}" for n in (-gap, gap))
        yield from store.of_serial(connection, plain(told.code), low, high, but)
    if told.seller and told.issued_on:
        around = timedelta(days=base.policy.number("invoice_serial_days"))
        first, last = told.issued_on - around, told.issued_on + around
        yield from store.of_seller(connection, told.seller, first, last, but)


def _private(connection: Connection, base: Facts, told: list[Invoice]) -> frozenset[str]:
    """Of the buyers' names those that a person of the village has (V7)."""
    wanted = {plain(i.buyer) for i in told if i.buyer}
    known = {plain(p.name) for p in base.staff.persons.values()}
    households = roster.households_with(connection, wanted - known)
    members = {plain(n) for h in households for n in (h.head, *(m.name for m in h.members))}
    return frozenset(wanted & (known | members))


def _close(connection: Connection, base: Facts, document: Document) -> dict[str, str]:
    """Who holds a post on the day of the document, and who lives with them (V21)."""
    ids = {p.person_id for p in base.staff.posts if p.covers(document.booked_on)}
    officers = [base.staff.name(i) for i in sorted(ids)]
    found = dict.fromkeys(officers, "")
    for household in roster.households_with(connection, officers):
        names = {household.head, *(m.name for m in household.members)}
        officer = next((n for n in officers if n in names), "")
        found.update((name, officer) for name in sorted(names) if officer and name not in found)
    return {name: officer or name for name, officer in found.items()}


def _owned(connection: Connection, told: list[Invoice], close: dict[str, str]) -> dict[str, str]:
    """Sellers whose account is in the name of somebody close, by the register of outside parties (V21)."""
    near = {name_key(name): name for name in close}
    holders = {
        name_key(firm.name): near[name_key(firm.holder)]
        for firm in roster.outsiders(connection).values()
        if firm.holder and name_key(firm.holder) in near
    }
    return {i.seller: holders[name_key(i.seller)] for i in told if name_key(i.seller) in holders}


def _to_person(connection: Connection, document: Document) -> tuple[int, int]:
    """V23: paid to the same private person by other documents on that day and in that month."""
    if document.kind is not DocKind.PAYMENT or document.support is not Support.PERSON_RECEIPT:
        return 0, 0
    month = Period.of(document.booked_on)
    spans = ((document.booked_on, document.booked_on), (month.first_day, month.last_day))
    day_fen, month_fen = (
        store.paid_on_person_receipts(connection, document.party, first, last, document.id)
        for first, last in spans
    )
    return day_fen, month_fen
