"""Which accounts ask their lines to say what they belong to (辅助核算设置)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from villagebook.domain.demand import Demand, all_demands
from villagebook.domain.link import LinkKind
from villagebook.rules.roster_facts import DemandFacts
from villagebook.rules.rule import When
from villagebook.services.by import By, new_id
from villagebook.services.gate import pass_or_refuse
from villagebook.services.gathering import facts as gather
from villagebook.storage import links, registry
from villagebook.storage.book import Book

USUAL: tuple[tuple[str, LinkKind], ...] = (
    ("112", LinkKind.OUTSIDER),
    ("113", LinkKind.HOUSEHOLD),
    ("151", LinkKind.ASSET),
    ("211", LinkKind.OUTSIDER),
    ("231", LinkKind.PROJECT),
    ("241", LinkKind.FUND),
)
"""What townships usually ask; offered, never set by itself."""


def set_demand(book: Book, account: str, demand: Demand, by: By) -> None:
    """From now on lines on this account, and on those under it without a setting of their own, point into these registers.

    Documents that wait already are not asked again. No kinds: nothing is asked. Raises Refused (YE-51).
    """
    demand = Demand(tuple(sorted(set(demand.kinds))), demand.strict)
    with book.writing(by.actor, by.at) as writing:
        facts = gather.ground(writing.connection, book.info, by.day)
        pass_or_refuse(replace(facts, demand=DemandFacts(account, demand)), When.ACCOUNT)
        writing.log("account.aux_set", {"account": account, **demand.to_data()}, new_id(), "accounts")


def demands(book: Book) -> dict[str, Demand]:
    """Account -> what holds for it, of every account anything is asked of."""
    with book.reading() as connection:
        return all_demands(links.demands(connection), registry.read_chart(connection))


def usual(account: str) -> Iterable[LinkKind]:
    """What is usually asked of an account and of everything under it."""
    return [kind for code, kind in USUAL if account.startswith(code)]
