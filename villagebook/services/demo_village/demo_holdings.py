"""The demo village's things: cards that make up its opening balance, its land and water, and who uses them by contract."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from villagebook.domain.asset import Asset, Counted
from villagebook.domain.contract import Contract, ContractKind, Direction, Instalment, schedule
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.period import Period
from villagebook.domain.resource import Resource, Use
from villagebook.services.demo_village.demo_story import DemoVillage, Row, moment
from villagebook.services.registers import asset_work, assets, contracts, depreciation, resources


def begin(village: DemoVillage) -> None:
    """Enter cards, resources and contracts on the first day."""
    start = moment(village.first.first_day, 9)
    holdings: dict[str, list[Row]] = village.story["holdings"]
    cards = [Asset.from_data({**row, "keeper": village.ids[row["keeper"]]}) for row in holdings["assets"]]
    assets.register_all(village.book, cards, start)
    fields = [Resource.from_data(row) for row in holdings["resources"]]
    resources.register_all(village.book, fields, start)
    made = [_contract(village, row) for row in holdings["contracts"] if "signed" not in row]
    contracts.register_all(village.book, made, start)
    let = {link.code: c.code for c in made for link in c.objects if link.kind is LinkKind.RESOURCE}
    for resource in fields:
        if resource.code in let:
            changed = replace(resource, use=Use.CONTRACTED, contract=let[resource.code])
            resources.change(village.book, changed, start.day, "按承包合同登记", start)


def sign_contracts(village: DemoVillage, month: Period) -> None:
    """Put down the contracts that are signed in the course of this month."""
    for row in (r for r in village.story["holdings"]["contracts"] if "signed" in r):
        day = date.fromisoformat(row["signed"])
        if Period.of(day) == month and day <= village.today:
            village.agenda.on(day, 9, partial(_sign_contract, village, row, day))


def _sign_contract(village: DemoVillage, row: Row, day: date) -> None:
    contracts.register(village.book, _contract(village, row), moment(day, 9))


def _contract(village: DemoVillage, row: Row) -> Contract:
    """Instalments are told as `parts`, or made from `day` and `every` so many months until the contract `ends`."""
    begins = date.fromisoformat(row["signed"]) if "signed" in row else village.first.first_day
    ends = date.fromisoformat(row["ends"]) if "ends" in row else village.first.shifted(35).last_day
    if "parts" in row:
        parts = tuple(Instalment(date.fromisoformat(day), fen) for day, fen in row["parts"])
    else:
        first = date.fromisoformat(row["first"]) if "first" in row else begins.replace(day=row["day"])
        parts = schedule(first, ends, row["every"], row["amount"])
    party = village.parties.get(row["party"])
    return Contract(
        row["code"],
        row["name"],
        ContractKind(row["kind"]),
        Direction(row.get("direction", "income")),
        row["party"],
        begins,
        begins,
        ends,
        sum(p.amount_fen for p in parts),
        parts,
        row["account"],
        objects=tuple(Link.from_data(o) for o in row.get("objects", ())),
        party_link=(party,) if party else (),
        resolution=row["resolution"],
        bidding=row["bidding"],
    )


_DRIVEN = (560, 420, 690, 720, 755, 780, 810, 825, 740, 705, 660, 590)
"""Kilometres of the refuse cart from January on."""


def charge(village: DemoVillage, month: Period) -> None:
    """What the cart drove, then the month's depreciation; in the year's last month the assets are counted too."""
    driven = {one.code: _DRIVEN[month.month - 1] for one in asset_work.asked(village.book, month)}
    asset_work.tell(village.book, month, driven, moment(month.last_day, 15))
    depreciation.run(village.book, month, moment(month.last_day, 15))
    if month.month == 12:
        day = month.last_day
        found = assets.to_count(assets.states(village.book, day), day)
        counted = Counted(day, village.ids["clerk"], village.ids["sup2"], found, ())
        assets.record_count(village.book, counted, moment(day, 15))
