"""Examples for assets, resources and contracts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from tests.rules import facts as f
from villagebook.domain.asset import Asset, AssetState, Counted, Disposal, Gone, Method, Origin
from villagebook.domain.contract import Contract, ContractKind, Direction, Ended, Instalment, Part
from villagebook.domain.document import Item
from villagebook.domain.link import LinkKind, LinkTarget
from villagebook.domain.period import Period
from villagebook.domain.resource import Resource, ResourceKind, Use
from villagebook.rules.asset_facts import (
    AssetAct,
    AssetFacts,
    AssetMonth,
    CountAct,
    ResourceAct,
    ResourceFacts,
    RunAct,
    Tie,
    WorkAct,
)
from villagebook.rules.contract_facts import ContractAct, ContractFacts, Draw, Overdue
from villagebook.rules.facts import Facts
from villagebook.rules.rule import When

Make = Callable[[], Facts]
PUMP = Asset("G-0001", "灌溉水泵", date(2025, 1, 10), 1_200_000, residual_bp=500, life_months=60)
STANDS = AssetState(PUMP, 38_000)
SOLD = Disposal("G-0001", f.DAY, Gone.SOLD, "更换新泵出售旧泵", "代表会2025-8", 900_000, "何老四")
POND = Resource("Z-01", "东塘", ResourceKind.WATER, "12.5")
LEASE = Contract(
    "H-01",
    "东塘承包合同",
    ContractKind.LAND_LEASE,
    Direction.INCOME,
    "何老四",
    date(2025, 1, 5),
    date(2025, 1, 1),
    date(2027, 12, 31),
    900_000,
    tuple(Instalment(date(year, 3, 1), 300_000) for year in (2025, 2026, 2027)),
    "501",
    resolution="代表会2024-9",
    bidding="公开招标,三家报价",
)
PUMP_TARGET = LinkTarget(LinkKind.ASSET, "G-0001", "灌溉水泵")


def card(**changes: Any) -> Facts:
    return acting(asset=replace(PUMP, **changes))


def acting(**act: Any) -> Facts:
    return f.ground(assets=AssetFacts(act=replace(AssetAct(PUMP), **act)))


def changing(after: Asset = PUMP, **act: Any) -> Facts:
    return acting(**{"asset": after, "before": STANDS, "reason": "重新评估", **act})


def leaving(**changes: Any) -> Facts:
    gone = {n: changes.pop(n) for n in tuple(changes) if n in ("gone_on", "reason", "resolution")}
    return acting(**{"before": STANDS, "disposal": replace(SOLD, **gone), **changes})


def running(**run: Any) -> Facts:
    return f.ground(assets=AssetFacts(run=replace(RunAct(f.MARCH), **run)))


def working(**told: Any) -> Facts:
    return f.ground(assets=AssetFacts(work=replace(WorkAct("G-0001", PUMP.name, f.MARCH, 120), **told)))


def by_work(**changes: Any) -> Facts:
    return card(
        **{"method": Method.WORK, "life_months": 0, "work_total": 6000, "work_unit": "小时", **changes}
    )


def counting(counter: str = "clerk", witness: str = "head", day: date = f.DAY, **act: Any) -> Facts:
    counted = Counted(day, counter, witness, ("G-0001",), ())
    return f.ground(assets=AssetFacts(count=replace(CountAct(counted), **act)))


def month(**about: Any) -> Facts:
    told = replace(AssetMonth(f.MARCH, since=date(2025, 1, 10)), **about)
    return replace(f.month(), assets=AssetFacts(month=told))


def dear(account: str = "511", price: int | None = 300_000) -> Facts:
    item = Item(account, 50_000, "灌溉水泵", "1", "台", price)
    return f.about(f.payment(items=(item,)))


def off(*codes: tuple[str, str]) -> Facts:
    return replace(f.about(f.payment()), assets=AssetFacts(too_much=codes))


def land(after: Resource = POND, **act: Any) -> Facts:
    return f.ground(resources=ResourceFacts(replace(ResourceAct(after), **act)))


def stray(*codes: tuple[str, str]) -> Facts:
    return replace(f.month(), resources=ResourceFacts(stray=codes))


def agreed(after: Contract = LEASE, **act: Any) -> Facts:
    return f.ground(contracts=ContractFacts(replace(ContractAct(after), **act)))


def lease(**changes: Any) -> Facts:
    return agreed(replace(LEASE, **changes))


def amending(**act: Any) -> Facts:
    return agreed(before=LEASE, **{"reason": "连续干旱减产", **act})


def drawing(fen: int, left: int) -> Facts:
    return replace(
        f.about(f.payment()), contracts=ContractFacts(draws=(Draw("H-07", "修渠合同", fen, left),))
    )


def late(*days: int) -> Facts:
    parts = (Overdue("H-01", LEASE.name, "何老四", Part(1, date(2025, 3, 1), 300_000, 0), n) for n in days)
    return replace(f.month(), contracts=ContractFacts(overdue=tuple(parts)))


ENDED = Ended("H-01", f.DAY, "双方协商解除")
REGISTER, CLOSE = When.REGISTER, When.CLOSE

_EXAMPLES: dict[tuple[str, When], tuple[Make, tuple[Make, ...]]] = {
    ("AST-01", REGISTER): (
        card,
        (
            lambda: card(code=" "),
            lambda: card(code="G/1"),
            lambda: card(name="泵"),
            lambda: card(original_fen=0),
            lambda: card(origin=Origin.DONATED),
            lambda: card(origin=Origin.FOUND, reason="无"),
            lambda: card(life_months=0),
            lambda: by_work(work_total=0),
            lambda: by_work(work_unit=" "),
        ),
    ),
    ("AST-02", REGISTER): (card, (lambda: acting(taken=True),)),
    ("AST-03", REGISTER): (
        card,
        (
            lambda: card(residual_bp=10_001),
            lambda: card(residual_bp=-1),
            lambda: card(accumulated_fen=1_140_001),
            lambda: card(accumulated_fen=-1),
            lambda: changing(replace(PUMP, original_fen=39_000)),
            lambda: card(life_months=1201),
            lambda: by_work(work_before=6001),
            lambda: by_work(work_before=-1),
            lambda: by_work(work_total=100_000_001),
            lambda: card(acquired_on=date(2025, 4, 1)),
            lambda: card(in_use_on=date(2025, 1, 9)),
            lambda: changing(changed_on=date(2025, 4, 1)),
        ),
    ),
    ("AST-04", REGISTER): (card, (lambda: acting(unbookable=("102",)), lambda: running(unbookable=("513",)))),
    ("AST-05", REGISTER): (
        leaving,
        (
            lambda: leaving(before=replace(STANDS, disposal=SOLD)),
            lambda: changing(before=replace(STANDS, disposal=SOLD)),
        ),
    ),
    ("AST-06", REGISTER): (leaving, (lambda: leaving(resolution=""), lambda: leaving(reason="坏"))),
    ("AST-07", REGISTER): (leaving, (lambda: leaving(due_fen=19_000),)),
    ("AST-14", REGISTER): (
        running,
        (
            lambda: running(period=Period(2024, 12)),
            lambda: running(period=Period(2025, 4)),
            lambda: replace(running(), period_states={f.MARCH: "closed"}),
        ),
    ),
    ("AST-15", REGISTER): (running, (lambda: running(earlier=(Period(2025, 2),)),)),
    ("AST-16", REGISTER): (running, (lambda: running(carried="转-0003"),)),
    ("AST-17", REGISTER): (
        counting,
        (
            lambda: counting(untold=("G-0002",)),
            lambda: counting(unknown=("G-0009",)),
            lambda: counting(witness="clerk"),
            lambda: counting(counter="nobody"),
            lambda: counting(day=date(2025, 4, 1)),
        ),
    ),
    ("AST-18", REGISTER): (changing, (lambda: changing(reason=" 评估 "),)),
    ("AST-19", REGISTER): (
        leaving,
        (lambda: leaving(gone_on=date(2025, 1, 9)), lambda: leaving(gone_on=date(2025, 4, 1))),
    ),
    ("AST-20", REGISTER): (
        running,
        (
            lambda: running(untold=((f.MARCH, "G-0001", "灌溉水泵"),)),
            lambda: leaving(untold=True),
        ),
    ),
    ("AST-22", CLOSE): (month, (lambda: month(untold=(("G-0001", "灌溉水泵"),)),)),
    ("AST-21", REGISTER): (
        working,
        (
            lambda: working(asked=False),
            lambda: working(work=-1),
            lambda: working(work=100_000_001),
            lambda: working(period=Period(2024, 12)),
            lambda: working(period=Period(2025, 4)),
            lambda: replace(working(), period_states={f.MARCH: "closed"}),
        ),
    ),
    ("AST-08", When.SUBMIT): (off, (lambda: off(("G-0001", "灌溉水泵")),)),
    ("AST-08", When.POST): (
        lambda: replace(f.posting(f.FULL), assets=AssetFacts()),
        (lambda: replace(f.posting(f.FULL), assets=AssetFacts(too_much=(("G-0001", "灌溉水泵"),))),),
    ),
    ("AST-09", When.SUBMIT): (
        lambda: dear("151"),
        (dear, lambda: dear("513", 200_000)),
    ),
    ("AST-10", CLOSE): (month, (lambda: month(due=2, due_fen=31_000),)),
    ("AST-11", CLOSE): (
        lambda: month(ties=(Tie("151", 100, 100), Tie("152", -40, -40))),
        (lambda: month(ties=(Tie("151", 100, 90),)), lambda: month(ties=(Tie("152", -40, 0),))),
    ),
    ("AST-12", CLOSE): (
        lambda: month(since=date(2024, 4, 1)),
        (
            lambda: month(since=date(2024, 3, 31)),
            lambda: month(since=date(2020, 1, 1), last_count=date(2024, 3, 1)),
        ),
    ),
    ("AST-13", CLOSE): (
        month,
        (
            lambda: month(unbooked=(("G-0001", "灌溉水泵"),)),
            lambda: month(uncleared=(("G-0001", "灌溉水泵"),)),
        ),
    ),
    ("RSC-01", REGISTER): (
        land,
        (
            lambda: land(replace(POND, code="")),
            lambda: land(replace(POND, name="塘")),
            lambda: land(replace(POND, area="十二亩")),
            lambda: land(replace(POND, area="0")),
        ),
    ),
    ("RSC-02", REGISTER): (land, (lambda: land(taken=True),)),
    ("RSC-03", REGISTER): (
        lambda: land(replace(POND, use=Use.CONTRACTED, contract="H-01")),
        (
            lambda: land(replace(POND, use=Use.CONTRACTED)),
            lambda: land(replace(POND, use=Use.CONTRACTED, contract="H-09"), contract_lives=False),
        ),
    ),
    ("RSC-04", REGISTER): (
        lambda: land(changing=True, reason="重新丈量"),
        (lambda: land(changing=True, reason="丈量"),),
    ),
    ("RSC-05", CLOSE): (stray, (lambda: stray(("Z-01", "东塘")),)),
    ("E2L-32", CLOSE): (late, (lambda: late(30),)),
    ("E2L-33", REGISTER): (
        lambda: amending(waived_fen=100, resolution="代表会2025-9", permit="镇批2025-3"),
        (
            lambda: amending(waived_fen=100, resolution="代表会2025-9"),
            lambda: amending(waived_fen=100, permit="镇批2025-3"),
            lambda: amending(waived_fen=100, ended=ENDED),
        ),
    ),
    ("CON-01", REGISTER): (
        agreed,
        (
            lambda: lease(code=""),
            lambda: lease(name="租"),
            lambda: lease(party=" "),
            lambda: lease(to_on=date(2024, 12, 31)),
            lambda: lease(signed_on=date(2025, 4, 1)),
            lambda: lease(deposit_fen=-1),
        ),
    ),
    ("CON-02", REGISTER): (agreed, (lambda: agreed(taken=True),)),
    ("CON-03", REGISTER): (
        agreed,
        (
            lambda: lease(amount_fen=900_001),
            lambda: lease(instalments=LEASE.instalments[:2]),
            lambda: lease(instalments=(*LEASE.instalments, Instalment(f.DAY, 0))),
        ),
    ),
    ("CON-05", REGISTER): (
        lambda: lease(to_on=date(2039, 12, 31)),
        (lambda: lease(to_on=date(2040, 1, 31)),),
    ),
    ("CON-06", REGISTER): (
        agreed,
        (lambda: lease(written=False), lambda: lease(amount_fen=0, instalments=())),
    ),
    ("CON-07", REGISTER): (agreed, (lambda: lease(resolution=""), lambda: lease(bidding=" "))),
    ("CON-08", REGISTER): (agreed, (lambda: agreed(unknown=("Z-09",)),)),
    ("CON-09", REGISTER): (
        amending,
        (lambda: amending(has_ended=True), lambda: amending(has_ended=True, ended=ENDED)),
    ),
    ("CON-10", REGISTER): (agreed, (lambda: agreed(rivals=("H-02 东塘养殖合同",)),)),
    ("CON-11", REGISTER): (
        amending,
        (lambda: amending(reason="旱"), lambda: amending(reason="", ended=ENDED)),
    ),
    ("CON-04", When.SUBMIT): (lambda: drawing(100, 100), (lambda: drawing(101, 100),)),
    ("CON-04", When.POST): (
        lambda: f.posting(f.FULL),
        (
            lambda: replace(
                f.posting(f.FULL), contracts=ContractFacts(draws=(Draw("H-07", "修渠合同", 101, 100),))
            ),
        ),
    ),
}

HOLDING_EXAMPLES: dict[tuple[str, When], tuple[Make, ...]] = {
    key: (passes, *trips) for key, (passes, trips) in _EXAMPLES.items()
}
"""Rule and gate -> the facts that pass, then those that trip."""
