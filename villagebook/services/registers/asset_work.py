"""What assets did in a month, where they wear by their work and not by their age."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, stopping
from villagebook.domain.period import Period
from villagebook.rules.asset_facts import AssetFacts, WorkAct
from villagebook.rules.rule import When
from villagebook.services.by import By, new_id
from villagebook.services.gate import look
from villagebook.services.gathering import asset_facts
from villagebook.services.gathering import facts as gather
from villagebook.services.registers.assets import TOPIC
from villagebook.storage import entries, registry
from villagebook.storage.book import Book


@dataclass(frozen=True, slots=True)
class Asked:
    """An asset whose work in a month is asked for: what it had done before, what it can do in all; `work` None while untold."""

    code: str
    name: str
    unit: str
    done: int
    total: int
    work: int | None


def asked(book: Book, period: Period) -> tuple[Asked, ...]:
    """Every asset that wears by work and is not charged in the month yet, in the order of codes."""
    with book.reading() as connection:
        policy = registry.read_policy_on(connection, period.last_day)
        found = asset_facts.by_work(connection, period, policy)
    return tuple(
        Asked(s.asset.code, s.asset.name, s.asset.work_unit, s.worked, s.asset.work_total, s.work)
        for s in found
    )


def tell(book: Book, period: Period, works: Mapping[str, int], by: By) -> None:
    """Keep what assets (by code) did in a month, instead of what was told before; all or none. Raises Refused (AST-21)."""
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        facts = gather.ground(connection, book.info, by.day, period.last_day)
        wanted = {s.asset.code for s in asset_facts.by_work(connection, period, facts.policy)}
        cards = entries.assets(connection, period.last_day)
        found: list[Finding] = []
        for code, work in works.items():
            name = cards[code].name if code in cards else ""
            act = WorkAct(code, name, period, work, asked=code in wanted)
            found += look(replace(facts, assets=AssetFacts(work=act)), When.REGISTER)
        if stopping(found):
            raise Refused(stopping(found))
        for code, work in works.items():
            data: dict[str, object] = {"code": code, "period": period.number, "work": work}
            writing.log("asset.worked", data, new_id(), TOPIC)
