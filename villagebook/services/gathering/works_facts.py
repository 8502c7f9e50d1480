"""Gathering what the rules about works look at: what a payment takes from their contracts, and what it pays without one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from villagebook.domain.contract import Contract, ContractKind, Direction
from villagebook.domain.document import Document, SpendKind
from villagebook.domain.link import LinkKind
from villagebook.domain.policy import Policy
from villagebook.domain.project import ProjectKind
from villagebook.domain.register import Change
from villagebook.domain.voucher import DocKind
from villagebook.rules.works_facts import NO_WORKS, WorksDraw, WorksFacts
from villagebook.services.gathering import contract_facts
from villagebook.storage import documents as docs
from villagebook.storage import entries, projects
from villagebook.storage import trips as store
from villagebook.storage.engine import Connection


def for_document(connection: Connection, document: Document, policy: Policy) -> WorksFacts:
    """What a payment takes from contracts of works, and what it pays for works without one."""
    if document.kind is not DocKind.PAYMENT:
        return NO_WORKS
    own: dict[str, int] = {}
    loose_fen = 0
    building = _building(connection, document)
    for item in document.items:
        named = [k.code for k in item.links if k.kind is LinkKind.CONTRACT]
        for code in named:
            own[code] = own.get(code, 0) + item.amount_fen
        of_works = document.spend_kind is SpendKind.WORKS or item.account.startswith(
            policy.words["works_accounts"]
        )
        of_works = of_works or any(k.kind is LinkKind.PROJECT and k.code in building for k in item.links)
        if of_works and not named:
            loose_fen += item.amount_fen
    if not own:
        return WorksFacts(loose_fen=loose_fen)
    known = contract_facts.states(connection, date.max, policy, document.id)
    others = (d for d in docs.waiting(connection) if d != document.id)
    waiting = entries.waiting_on(connection, LinkKind.CONTRACT, others)
    draws = tuple(
        WorksDraw(
            state.contract,
            fen,
            state.paid_fen + waiting.get(code, 0),
            _varied(entries.changes(connection, LinkKind.CONTRACT, code)),
            store.acceptance_of(connection, code),
        )
        for code, fen in own.items()
        if (state := known.get(code)) and is_works(state.contract)
    )
    return WorksFacts(draws=draws, loose_fen=loose_fen)


def is_works(contract: Contract) -> bool:
    """The village pays for them."""
    return contract.kind is ContractKind.WORKS and contract.direction is Direction.EXPENSE


def _building(connection: Connection, document: Document) -> frozenset[str]:
    """Codes of projects of construction among the links of a document."""
    wanted = {k.code for i in document.items for k in i.links if k.kind is LinkKind.PROJECT}
    found = projects.projects(connection) if wanted else ()
    return frozenset(p.code for p in found if p.code in wanted and p.kind is ProjectKind.CONSTRUCTION)


def _varied(changes: Iterable[Change]) -> int:
    """What amendments added to the price without a resolution."""
    sums = (
        c.changes["amount_fen"] for c in changes if "amount_fen" in c.changes and not c.resolution.strip()
    )
    return sum(max(0, int(after or 0) - int(before or 0)) for before, after in sums)
