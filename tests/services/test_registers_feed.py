"""Every register feeds vouchers, reminders and the board: one village that has one entry of each, in the state that calls for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import START, Village, at, make_village, minutes, photo, receive
from villagebook.domain.asset import Asset
from villagebook.domain.contract import Contract, ContractKind, Direction, Ended, Instalment
from villagebook.domain.document import Item, Support
from villagebook.domain.fund import Fund
from villagebook.domain.labour import Labourer, LabourSheet, LabourWay
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.loan import Loan, LoanSide
from villagebook.domain.meeting import Matter
from villagebook.domain.period import Span
from villagebook.domain.project import Project, ProjectKind, Source, Stage
from villagebook.domain.resolution import ResolutionItem
from villagebook.domain.resource import Resource, ResourceKind, Use
from villagebook.domain.roster import Household, Member, Outsider
from villagebook.domain.sheet import SheetForm
from villagebook.services import home, links
from villagebook.services.approvals import resolutions
from villagebook.services.disclosure import sheets
from villagebook.services.period_end.checking import check_book
from villagebook.services.registers import (
    assets,
    contracts,
    fund_register,
    labour,
    loans,
    projects,
    resources,
    roster,
)
from villagebook.storage.links import linked_rows

D3, D9, TODAY = date(2025, 1, 3), date(2025, 1, 9), date(2025, 2, 5)
JAN = Span.of(START)

REGISTERS = {
    LinkKind.HOUSEHOLD: ("01-001", "HOME-48", SheetForm.DEBTS, "", "何老四"),
    LinkKind.OUTSIDER: ("W001", "E2L-32", SheetForm.DEBTS, "", "县建材店"),
    LinkKind.PROJECT: ("P1", "HOME-47", SheetForm.PROJECT, "project:P1", "修村东路"),
    LinkKind.FUND: ("F1", "HOME-22", SheetForm.DEBTS, "", "改厕专款"),
    LinkKind.ASSET: ("G-0001", "AST-10", SheetForm.ASSETS, "", "灌溉水泵"),
    LinkKind.RESOURCE: ("R1", "RSC-05", SheetForm.ASSETS, "", "北坡果园"),
    LinkKind.CONTRACT: ("H-01", "E2L-32", SheetForm.CONTRACTS, "", "鱼塘租赁"),
    LinkKind.LOAN: ("D-01", "HOME-14", SheetForm.DEBTS, "", "农商银行"),
}
"""Register -> an entry of it, the reminder its state calls for, a board paper it stands on, and by which words."""

COUNTED = (LinkKind.HOUSEHOLD, LinkKind.ASSET)
"""Reminders that tell how many and how much; the names stand in the register they lead to."""

DOCUMENTED = Path(__file__).parents[2] / "docs" / "ARCHITECTURE.md"


def contract(code: str, name: str, account: str, due: date) -> Contract:
    return Contract(
        code,
        name,
        ContractKind.ASSET_LEASE,
        Direction.INCOME,
        "县建材店",
        D3,
        D3,
        date(2025, 12, 31),
        100_000,
        (Instalment(due, 100_000),),
        account,
        resolution="代表会2025-9",
        bidding="公开竞价",
    )


def people_and_plans(village: Village) -> None:
    book = village.book
    members = (Member("何老四", "户主", 1980),)
    roster.save(book, Household("01-001", 1, "何老四", members), at(D3), new=True)
    roster.save(book, Outsider("W001", "县建材店"), at(D3), new=True)
    dig = ResolutionItem(1, "修村东路筹劳", Matter.LEVY, 500_000, labour_days=5)
    resolutions.record(book, minutes(village, "代表会2025-2", D3, dig), at(D3))
    road = Project(
        "P1",
        "修村东路",
        ProjectKind.ONE_ISSUE,
        "代表会2025-2",
        D3,
        500_000,
        ((Source.OWN, 500_000),),
        ends_on=date(2025, 1, 20),
        labour_days=5,
    )
    projects.register(book, road, at(D3))
    projects.move_on(book, "P1", Stage.BEGUN, D9, "开工", at(D9))
    he = Labourer("01-001", "何老四", 5)
    labour.enter_list(book, "P1", (he,), at(D9))
    paid = LabourSheet(
        "", "P1", D9, LabourWay.COMMUTED, (Labourer("01-001", "何老四", 1),), 8_000, "", (photo(village),)
    )
    labour.record(book, paid, at(D9))
    fund = Fund("", ("514",), "改厕补助", "县财农2025-3", "F1", "改厕专款", deadline=date(2025, 2, 20))
    fund_register.define(book, fund, at(D3))


def things_and_agreements(village: Village) -> None:
    book = village.book
    pump = Asset("G-0001", "灌溉水泵", date(2024, 11, 5), 120_000, life_months=60)
    assets.register(book, pump, at(D3))
    link = (Link(LinkKind.OUTSIDER, "W001"),)
    let = contract("H-01", "鱼塘租赁", "503", D9)
    contracts.register(book, replace(let, party_link=link), at(D3))
    contracts.register(book, contract("H-02", "果园发包", "503", date(2025, 6, 1)), at(D3))
    land = Resource("R1", "北坡果园", ResourceKind.FARMLAND, "12.5", use=Use.CONTRACTED, contract="H-02")
    resources.register(book, land, at(D3))
    contracts.end(book, Ended("H-02", D9, "双方协商解除", "代表会2025-9", "镇批3"), at(D9))
    loan = Loan("D-01", "周转借款", LoanSide.BORROWED, "农商银行", "201", 50_000, D3, date(2025, 2, 10))
    loans.register(book, replace(loan, resolution="代表会2025-9", permit="镇批5"), at(D3))


def money_for(village: Village, kind: LinkKind, no: int) -> None:
    """A receipt whose line points at the entry of a register."""
    code, *_rest = REGISTERS[kind]
    party = {LinkKind.HOUSEHOLD: "何老四", LinkKind.OUTSIDER: "县建材店", LinkKind.LOAN: "农商银行"}
    account = {LinkKind.LOAN: "201", LinkKind.FUND: "241", LinkKind.PROJECT: "231"}.get(kind, "211")
    fen = 50_000 if kind is LinkKind.LOAN else 1_000
    receive(
        village,
        0,
        D9,
        items=(Item(account, fen, "收款", links=(Link(kind, code),)),),
        party=party.get(kind, "青石镇财政所"),
        summary=f"收款{no}",
        support=Support.FISCAL_NOTE,
        support_no=f"CZ{no}",
        resolution="代表会2025-9" if kind is LinkKind.LOAN else "",
        permit="镇批5" if kind is LinkKind.LOAN else "",
    )


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    made = make_village(tmp_path_factory.mktemp("registers"))
    people_and_plans(made)
    things_and_agreements(made)
    for number, kind in enumerate(REGISTERS):
        money_for(made, kind, number)
    yield made
    made.book.close()


def test_every_register_lines_can_point_into_is_walked():
    assert set(REGISTERS) == set(LinkKind)


@pytest.mark.parametrize("kind", LinkKind)
def test_an_entry_is_offered_and_a_line_of_a_voucher_points_at_it(village: Village, kind: LinkKind):
    code, *_rest = REGISTERS[kind]
    assert Link(kind, code) in {t.link for t in links.choices(village.book)}
    with village.book.reading() as connection:
        assert linked_rows(connection, Link(kind, code), TODAY)


@pytest.fixture(scope="module")
def said(village: Village) -> dict[str, str]:
    """Reminder -> every sentence of it with where it leads."""
    found: dict[str, str] = {}
    for todo in home.home(village.book, TODAY).todos:
        found[todo.id] = f"{found.get(todo.id, '')} {todo.where} {todo.text} {todo.target}"
    return found


@pytest.mark.parametrize("kind", LinkKind)
def test_an_entry_makes_a_reminder_in_the_state_that_calls_for_one(said: dict[str, str], kind: LinkKind):
    code, reminder, _form, _subject, words = REGISTERS[kind]
    assert reminder in said
    assert kind in COUNTED or code in said[reminder] or words in said[reminder]


@pytest.mark.parametrize("kind", LinkKind)
def test_an_entry_stands_on_a_paper_of_the_board(village: Village, kind: LinkKind):
    _code, _reminder, form, subject, words = REGISTERS[kind]
    made = sheets.compile_sheet(village.book, form, JAN, subject, TODAY)
    cells = " ".join(str(cell) for part in made.parts for row in part.rows for cell in row)
    assert words in " ".join((made.title, cells, *made.notes))


def test_what_each_register_feeds_is_told_in_the_book_about_the_building():
    """Every tab of the registers page has a row; an empty cell would be a register that feeds nothing and does not say why."""
    from villagebook.ui.pages.registering.registers import TABS

    text = DOCUMENTED.read_text(encoding="utf-8")
    table = text.partition("## What each register feeds")[2].partition("\n## ")[0]
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| (.+) \|$", table, re.MULTILINE))
    assert set(rows) == {code for code, *_rest in TABS}
    assert all(len(told.split(" | ")) == 3 and all(told.split(" | ")) for told in rows.values())


def test_the_village_of_all_registers_replays(village: Village):
    assert check_book(village.book) == ()
