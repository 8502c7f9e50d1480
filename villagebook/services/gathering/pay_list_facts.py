"""Gathering what the rules about lists with payees look at: for a list that is entered, and for a payment that names one."""

from __future__ import annotations

from dataclasses import replace

from villagebook.domain.document import Document
from villagebook.domain.pay_list import ListKind, PayList, plain_name
from villagebook.rules.facts import Facts
from villagebook.rules.pay_list_facts import NO_LISTS, ListFacts, ListPaid
from villagebook.storage import pay_lists as store
from villagebook.storage import roster
from villagebook.storage.engine import Connection


def for_document(connection: Connection, base: Facts, document: Document) -> ListFacts:
    """The list a document pays; nothing when it names none."""
    code = document.pay_list.strip()
    if not code:
        return NO_LISTS
    found = store.pay_list(connection, code)
    place = base.places.get(document.place)
    others = store.naming(connection, "pay_list", code, document.id)
    paid = ListPaid(code, tuple(o.label or o.document_id[:8] for o in others), bool(place and place.is_cash))
    if found is None:
        return ListFacts(paid=paid)
    content_hash = found.content_hash()
    paid = replace(
        paid,
        changed=store.changed_since(connection, code, document.id, document.content_hash()),
        reviewed_on=store.reviewed_on(connection, code, content_hash),
        shown=store.shown(connection, code, content_hash),
        proofs=store.proofs(connection, code, content_hash),
    )
    return replace(about(connection, found), paid=paid)


def about(connection: Connection, subject: PayList) -> ListFacts:
    """A list beside all others, the rates, and where its people live."""
    known = store.lists(connection)
    others = tuple(one for code, one in known.items() if code != subject.code)
    households = roster.households(connection)
    homes: dict[str, tuple[str, ...]] = {}
    for code, household in households.items():
        living = {plain_name(m.name) for m in household.present(subject.to_on)}
        if living:
            living.add(plain_name(household.head))
        for name in living:
            homes[name] = (*homes.get(name, ()), code)
    return ListFacts(
        subject=subject,
        others=others,
        rates=store.rates(connection),
        homes=homes,
        register_empty=not households,
        earlier_fen=_earlier(subject, others),
    )


def _earlier(subject: PayList, others: tuple[PayList, ...]) -> dict[str, int]:
    """What other lists of condolence give to each name in the same year."""
    sums: dict[str, int] = {}
    if subject.kind is ListKind.CONDOLENCE:
        for other in others:
            if other.kind is subject.kind and other.to_on.year == subject.to_on.year:
                for row in other.rows:
                    sums[row.person] = sums.get(row.person, 0) + row.amount_fen
    return sums


def for_entry(connection: Connection, subject: PayList) -> ListFacts:
    """A list about to be entered or changed."""
    facts = about(connection, subject)
    held = store.naming(connection, "pay_list", subject.code)
    standing = store.pay_list(connection, subject.code) is not None
    return replace(
        facts,
        new=True,
        taken=not standing and store.is_taken(connection, subject.code),
        held_by=(held[0].label or held[0].document_id[:8]) if held else "",
    )
