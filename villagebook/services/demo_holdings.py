"""The demo village's things: cards that make up its opening balance, its land and water, and who uses them by contract."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from villagebook.domain.asset import Asset, Counted
from villagebook.domain.contract import Contract, ContractKind, Direction, Instalment, schedule
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.period import Period
from villagebook.domain.resource import Resource, Use
from villagebook.services import assets, contracts, depreciation, resources
from villagebook.services.demo_money import DemoVillage, moment


def begin(village: DemoVillage, first: Period, today: date) -> None:
    """Enter cards, resources and contracts on the first day; one lease falls due shortly before today and is not paid."""
    start = moment(first.first_day, 9)
    holdings: dict[str, list[dict[str, Any]]] = village.story["holdings"]
    cards = [Asset.from_data({**row, "keeper": village.ids[row["keeper"]]}) for row in holdings["assets"]]
    assets.register_all(village.book, cards, start)
    fields = [Resource.from_data(row) for row in holdings["resources"]]
    resources.register_all(village.book, fields, start)
    made = [_contract(row, first, today) for row in holdings["contracts"]]
    contracts.register_all(village.book, made, start)
    let = {link.code: c.code for c in made for link in c.objects if link.kind is LinkKind.RESOURCE}
    for resource in fields:
        if resource.code in let:
            changed = replace(resource, use=Use.CONTRACTED, contract=let[resource.code])
            resources.change(village.book, changed, first.first_day, "按承包合同登记", start)


def _contract(row: dict[str, Any], first: Period, today: date) -> Contract:
    """`day` and `every` make the instalments from the first month on; `late` days before today make a single one."""
    begins = first.first_day
    ends = first.shifted(35).last_day
    if "late" in row:
        due = max(begins, today - timedelta(days=row["late"]))
        parts: tuple[Instalment, ...] = (Instalment(due, row["amount"]),)
    else:
        parts = schedule(begins.replace(day=row["day"]), ends, row["every"], row["amount"])
    return Contract(
        row["code"],
        row["name"],
        ContractKind(row["kind"]),
        Direction.INCOME,
        row["party"],
        begins,
        begins,
        ends,
        sum(p.amount_fen for p in parts),
        parts,
        row["account"],
        objects=tuple(Link.from_data(o) for o in row["objects"]),
        resolution=row["resolution"],
        bidding=row["bidding"],
    )


def charge(village: DemoVillage, month: Period) -> None:
    """The month's depreciation; in the year's last month the assets are counted too."""
    depreciation.run(village.book, month, moment(month.last_day, 15))
    if month.month == 12:
        day = month.last_day
        found = assets.to_count(assets.states(village.book, day), day)
        counted = Counted(day, village.ids["clerk"], village.ids["sup2"], found, ())
        assets.record_count(village.book, counted, moment(day, 15))
