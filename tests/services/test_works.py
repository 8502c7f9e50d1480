"""Works: a contract first, a group that accepts, a retention that waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests import builders as b
from villagebook.domain.contract import Amendment, Contract, ContractKind, Direction, Ended, Instalment
from villagebook.domain.document import Document, Item, SpendKind
from villagebook.domain.errors import Refused
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.period import Period, Span
from villagebook.domain.project import Project, ProjectKind, Source, Stage
from villagebook.domain.sheet import Sheet, SheetForm
from villagebook.domain.works import Acceptance, Accepter
from villagebook.services.approvals import works
from villagebook.services.disclosure import sheets
from villagebook.services.registers import contracts, projects
from villagebook.services.registers.contracts import Amended

JAN = date(2025, 1, 10)
DONE = date(2025, 4, 20)
DUE = date(2026, 4, 20)
PRICE = 3_000_000
NAMES = ("王建国", "张海涛", "赵玉兰", "何老四", "陈桂花")


@pytest.fixture
def village(tmp_path: Path) -> Iterator[b.Village]:
    made = b.make_village(tmp_path, opening={"EX": 20_000_000})
    contracts.register(made.book, road(), b.at(JAN))
    yield made
    made.book.close()


def road(**changes: Any) -> Contract:
    made = Contract(
        "H-0001",
        "修村东路",
        ContractKind.WORKS,
        Direction.EXPENSE,
        "县路桥公司",
        JAN,
        JAN,
        date(2025, 6, 30),
        PRICE,
        (Instalment(date(2025, 6, 30), PRICE),),
        "153",
        resolution="代表会2025-1",
        bidding="公开招标",
        retention_fen=150_000,
        retention_due_on=DUE,
    )
    return replace(made, **changes)


def accepted(village: b.Village, *names: str, **changes: Any) -> Acceptance:
    made = Acceptance(
        "H-0001",
        DONE,
        tuple(Accepter(n) for n in names or NAMES),
        PRICE,
        "路面宽度、厚度合格",
        papers=(b.photo(village),),
    )
    return replace(made, **changes)


def bill(village: b.Village, fen: int, day: date, **changes: Any) -> Document:
    item = Item("153", fen, "修村东路工程款", links=(Link(LinkKind.CONTRACT, "H-0001"),))
    made = b.payment(
        village,
        fen,
        day,
        party="县路桥公司",
        summary="修村东路工程款",
        items=(item,),
        spend_kind=SpendKind.WORKS,
    )
    return replace(made, **changes)


def held(village: b.Village, document: Document) -> set[str]:
    """Rules of works that hold a document."""
    with pytest.raises(Refused) as stopped:
        b.submit(village, document)
    return {f.id for f in stopped.value.findings} & {"AP-31", "AP-32", "AP-33", "CON-04"}


def test_works_without_a_contract_are_held(village: b.Village):
    loose = bill(village, 200_000, DONE)
    assert held(village, replace(loose, items=(Item("153", 200_000, "修村东路工程款"),))) == {"AP-31"}


def test_the_rest_is_paid_after_acceptance_and_the_retention_after_its_term(village: b.Village):
    assert "AP-32" in held(village, bill(village, 2_500_000, DONE))
    with pytest.raises(Refused, match="at least 5"):
        works.accept(village.book, accepted(village, *NAMES[:4]), b.at(DONE))
    works.accept(village.book, accepted(village), b.at(DONE))
    assert held(village, bill(village, 2_850_001, DONE)) == {"AP-33"}
    standing = works.standings(village.book, DONE)[0]
    assert standing.payable_fen(DONE) == 2_850_000
    assert standing.payable_fen(DUE) == PRICE


def final_sheet(
    village: b.Village, contract: str, *, dropped: bool = False
) -> tuple[dict[object, object], Sheet]:
    """A village road of 31,000 yuan, of which 10,000 are paid on a contract: what its settlement says, and its sheet."""
    plan = ((Source.OWN, 3_100_000),)
    bridge = Project("P1", "修村东路", ProjectKind.CONSTRUCTION, "代表会2025-1", JAN, 3_100_000, plan)
    projects.register(village.book, bridge, b.at(JAN))
    paid_on = date(2025, 3, 3)
    links = (Link(LinkKind.CONTRACT, contract), Link(LinkKind.PROJECT, "P1"))
    part = bill(village, 1_000_000, paid_on)
    part = replace(part, items=(replace(part.items[0], links=links),))
    b.submit(village, part)
    assert b.sign_everything(village, part.id, paid_on).label
    if not dropped:
        works.accept(village.book, accepted(village, contract=contract), b.at(DONE))
    for stage in (Stage.BEGUN, Stage.DROPPED if dropped else Stage.FINISHED):
        projects.move_on(village.book, "P1", stage, DONE, "五人验收合格", b.at(DONE))
    month = Span.of(Period(2025, 4))
    sheet = sheets.compile_sheet(village.book, SheetForm.PROJECT, month, "project:P1", DONE)
    settlement = next(p for p in sheet.parts if p.title == "Settlement")
    return {row[0]: row[1] for row in settlement.rows}, sheet


def test_a_project_s_final_sheet_does_not_call_saved_what_its_contract_still_asks(village: b.Village):
    told, sheet = final_sheet(village, "H-0001")
    assert (told["Spent"], told["Still to be paid by contract"], told["Left over"]) == (
        1_000_000,
        2_000_000,
        100_000,
    )
    assert "1,000.00 yuan less than planned" in sheet.sentences[1]
    assert "20,000.00 yuan are still to be paid by contract" in sheet.sentences[2]


def test_what_was_paid_before_the_book_is_not_asked_again_by_the_contract(village: b.Village):
    old = road(code="H-0002", name="修村西路", paid_before_fen=900_000)
    contracts.register(village.book, old, b.at(JAN))
    told, _sheet = final_sheet(village, "H-0002")
    assert told["Still to be paid by contract"] == 1_100_000


def test_a_contract_that_was_ended_asks_no_more_than_was_due_by_then(village: b.Village):
    parts = (Instalment(date(2025, 3, 1), 1_200_000), Instalment(date(2025, 6, 30), 1_800_000))
    contracts.register(village.book, road(code="H-0003", name="修村南路", instalments=parts), b.at(JAN))
    told, _sheet = final_sheet(village, "H-0003", dropped=True)
    assert told["Still to be paid by contract"] == 2_000_000
    contracts.end(village.book, Ended("H-0003", DONE, "工程停建，双方解除", "代表会2025-2"), b.at(DONE))
    sheet = sheets.compile_sheet(
        village.book, SheetForm.PROJECT, Span.of(Period(2025, 4)), "project:P1", DONE
    )
    (settlement,) = (p for p in sheet.parts if p.title == "Settlement")
    assert ("Still to be paid by contract", 200_000) in [row[:2] for row in settlement.rows]


def test_nothing_is_paid_above_what_was_settled(village: b.Village):
    works.accept(village.book, accepted(village, settled_fen=2_800_000), b.at(DONE))
    assert held(village, bill(village, 2_850_000, DUE)) == {"AP-33"}


def test_a_settlement_above_the_contract_and_a_variation_nobody_decided_are_refused(village: b.Village):
    with pytest.raises(Refused, match="the contract says"):
        works.accept(village.book, accepted(village, settled_fen=PRICE + 1), b.at(DONE))
    dearer = road(amount_fen=3_200_000, instalments=(Instalment(date(2025, 6, 30), 3_200_000),))
    with pytest.raises(Refused, match="price rises"):
        contracts.amend(
            village.book, Amended(dearer, Amendment.OTHER, JAN, "增加两处涵洞"), b.at(date(2025, 2, 3))
        )


def test_an_acceptance_without_a_photo_or_with_one_name_twice_is_refused(village: b.Village):
    for bad in (
        accepted(village, papers=()),
        accepted(village, *NAMES, NAMES[0]),
        accepted(village, contract="H-9999"),
    ):
        with pytest.raises(Refused):
            works.accept(village.book, bad, b.at(DONE))
