"""What the rules want to know of every bank account with statements."""

from __future__ import annotations

from villagebook.domain.bank import Tier
from villagebook.domain.matching import shares_reference
from villagebook.domain.place import Places
from villagebook.domain.reconciliation import open_items
from villagebook.rules.bank_facts import BankFacts
from villagebook.services.banking.bank_matching import read_sides
from villagebook.services.banking.counting import account_groups
from villagebook.storage.engine import Connection


def bank_facts(connection: Connection, places: Places) -> tuple[BankFacts, ...]:
    """At the close of the last day of each account's statements; accounts without any are left out."""
    made = []
    for codes, title in account_groups(places):
        found = read_sides(connection, codes)
        if found is None:
            continue
        differing = tuple(
            (
                f"{p.book[0].day.isoformat()} {p.book[0].label}",
                b.amount_fen,
                p.book[0].amount_fen,
                p.book[0].id,
            )
            for p in found.proposals()
            for b in p.bank
            if p.tier is Tier.DIFFERENCE and shares_reference(b, p.book[0])
        )
        items = open_items(found.until, found.lines, found.moves, found.matches, found.since)
        made.append(BankFacts(title, found.until, items, differing))
    return tuple(made)
