"""Examples for tiers, special kinds, divided payments, yearly caps and old bills."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from tests.rules import facts as f
from villagebook.domain.document import Item
from villagebook.domain.enclosed import Enclosed
from villagebook.domain.policy import Cap
from villagebook.domain.special import KindRule, Special
from villagebook.domain.splitting import Part
from villagebook.rules.facts import Facts
from villagebook.rules.office_facts import OfficeFacts
from villagebook.rules.rule import When
from villagebook.rules.spending_facts import CapTouch, FeeFacts, HeadTouch, SpendingFacts, SplitFacts

Make = Callable[[], Facts]

OFFICE = Cap("office", (), ("办公",), 100_000)
LIST = frozenset({Enclosed.LIST})


def spending(fen: int = 50_000, changes: dict[str, Any] | None = None, **parts: Any) -> Make:
    document = f.payment(**{"items": (Item("511", fen, "灌溉水泵"),), **(changes or {})})
    return lambda: f.about(document, spending=SpendingFacts(**parts))


def beside(*fen: int, by_purpose: bool = False, **changes: Any) -> Make:
    parts = tuple(Part(f"o{n}", f"2025-03-0{n + 1} 水泵", date(2025, 3, n + 1), x) for n, x in enumerate(fen))
    return spending(50_000, changes, split=SplitFacts(parts, by_purpose, 50_000 + sum(fen)))


def of_kind(code: Special, *papers: str, **rule: Any) -> dict[str, Any]:
    return {"kinds": (KindRule(code, papers=papers, **rule),)}


def touch(used: int, limit: int | None = 100_000, waiting: int = 0) -> Make:
    return spending(caps=(CapTouch(OFFICE, 2025, used, waiting, 50_000, limit),))


def head(others: int) -> Make:
    return spending(heads=(HeadTouch(Special.WELFARE, "何老四", 60_000, others, 50_000),))


def signed_on(first: date, **changes: Any) -> Make:
    """Posted in March 2025 by a last signature; the first was given on another day."""
    signed = (replace(f.FULL[0], signed_on=first), *f.FULL[1:])
    document = f.payment(**changes)
    return lambda: f.posting(f.FULL, document=document, office=OfficeFacts(signed=signed))


CASH = {"place": "IM", "party": "何老四"}
SPENDING_EXAMPLES: dict[tuple[str, When], tuple[Make, ...]] = {
    ("AP-12", When.SUBMIT): (
        beside(50_000),
        beside(50_001),
        beside(30_000, 30_000, by_purpose=True),
        beside(40_000, 40_000, 40_000, 40_000),
    ),
    ("AP-51", When.SUBMIT): (
        spending(tier_papers=("list|contract",), enclosed=LIST),
        spending(tier_papers=("quotes", "list"), enclosed=LIST),
        spending(tier_papers=("contract|tender",), enclosed=LIST),
    ),
    ("AP-52", When.SUBMIT): (
        spending(enclosed=LIST, **of_kind(Special.LOST_WORK, "list")),
        spending(**of_kind(Special.LOST_WORK, "list")),
        spending(enclosed=LIST, **of_kind(Special.SUBSIDY, "roster|list", "publication")),
    ),
    ("AP-57", When.SUBMIT): (
        spending(1_000, fee=FeeFacts("", 9_000)),
        spending(1_000, fee=FeeFacts("", 9_001)),
    ),
    ("AP-17", When.SUBMIT): (
        spending(changes={"event_on": date(2025, 1, 4)}),
        spending(changes={"event_on": date(2025, 1, 3)}),
        spending(changes={"event_on": date(2024, 12, 31), "booked_on": date(2025, 1, 2)}),
    ),
    ("AP-17", When.POST): (
        signed_on(date(2025, 3, 5), event_on=date(2025, 1, 1)),
        signed_on(date(2025, 3, 5), event_on=date(2024, 12, 31)),
        signed_on(date(2024, 12, 31)),
    ),
}
for _gate in (When.SUBMIT, When.POST):
    SPENDING_EXAMPLES |= {
        ("AP-53", _gate): (
            spending(**of_kind(Special.SUBSIDY, cash=False)),
            spending(changes=CASH, **of_kind(Special.SUBSIDY, cash=False)),
            spending(changes=CASH, tier_cash=False),
        ),
        ("AP-54", _gate): (
            spending(**of_kind(Special.TRAVEL, cap_fen=50_000)),
            spending(**of_kind(Special.TRAVEL, cap_fen=49_999)),
        ),
        ("AP-55", _gate): (head(10_000), head(10_001)),
        ("AP-56", _gate): (spending(fee=FeeFacts()), spending(fee=FeeFacts("付-0001"))),
        ("AP-19", _gate): (
            touch(50_000),
            touch(50_001),
            touch(40_000, waiting=10_001),
            touch(0, limit=0),
        ),
    }


def permitted() -> Facts:
    """What lets them pass: the township's number, a resolution that decided the whole, no limit at all."""
    old = f.payment(event_on=date(2024, 12, 1), permit="镇财2025-3", resolution="代表会2025-1")
    split = SplitFacts((Part("o", "水泵", f.DAY, 90_000),), False, 140_000)
    caps = (CapTouch(OFFICE, 2025, 900_000, 0, 50_000, None), CapTouch(OFFICE, 2025, 900_000, 0, 0, 1))
    return replace(f.about(old), spending=SpendingFacts(split=split, caps=caps, decided=True))
