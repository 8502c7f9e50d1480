"""Lists that were paid stand on the board row by row, and come to what the ledger paid; a project is told to its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests import builders as b
from tests.services import test_pay_lists as given
from tests.services.test_sheet_totals import rows_of
from villagebook.domain.document import Item
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.pay_list import PayRow
from villagebook.domain.pay_list_proof import ProofKind
from villagebook.domain.period import Period, Span
from villagebook.domain.project import Project, ProjectKind, Source, Stage
from villagebook.domain.sheet import Body
from villagebook.domain.sheet_tie import LedgerSum, ties
from villagebook.rules.facts import Facts
from villagebook.services.approvals import pay_lists, signing
from villagebook.services.disclosure import sheet_people, sheet_project
from villagebook.services.disclosure.sheet_forms import Compile
from villagebook.services.gathering import facts as gather
from villagebook.services.registers import projects
from villagebook.storage.engine import Connection

village = given.village
MARCH = Span.of(Period(2025, 3))
Sums = Callable[[Connection, Facts, Span], tuple[LedgerSum, ...]]


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[b.Village]:
    made = b.make_village(tmp_path)
    yield made
    made.book.close()


def compiled(
    village: b.Village, compile_one: Compile, sums: Sums, span: Span = MARCH, subject: str = ""
) -> Body:
    """The sheet, after its totals were held against the ledger."""
    with village.book.reading() as connection:
        facts = gather.ground(connection, village.book.info, span.last.last_day)
        body = compile_one(connection, village.book.info, facts, span, subject)
        wanted = sums(connection, facts, span)
    assert wanted
    assert [t for t in ties(body.parts, wanted) if not t.holds] == []
    return body


def pay(village: b.Village, code: str) -> None:
    document = given.payment_of(village, code)
    b.submit(village, document)
    b.sign_everything(village, document.id, given.MARCH)


def test_a_list_of_lost_work_hangs_row_by_row_with_its_proof(village: b.Village):
    half = replace(
        given.row("何小妹", (date(2025, 3, 5),), household="01-001"), half=True, amount_fen=given.RATE // 2
    )
    given.enter(village, given.lost_work("L2025-001", given.row(), half))
    pay(village, "L2025-001")
    body = compiled(village, sheet_people.compile_pay, sheet_people.pay_sums)
    assert rows_of(body, "清理水渠误工补贴") == [
        ("2025-03-03~03-04", "何老四（1组）", "", "清理水渠", "二组", "2", given.RATE, 2 * given.RATE),
        ("2025-03-05", "何小妹（1组）", "", "清理水渠", "二组", "0.5", given.RATE, given.RATE // 2),
    ]
    part = body.parts[0]
    assert f"decided by {given.NUMBER}#1" in part.lead
    assert part.lead.endswith("receipt is not proven yet")
    assert part.rows[-1][6:] == ("", 20_000), "prices are not added up"
    pay_lists.prove(
        village.book, "L2025-001", ProofKind.SIGNATURES, (b.photo(village),), given.MARCH, b.at(given.MARCH)
    )
    again = compiled(village, sheet_people.compile_pay, sheet_people.pay_sums)
    assert again.parts[0].lead.endswith("receipt by everybody is proven")
    april = compiled(village, sheet_people.compile_pay, sheet_people.pay_sums, Span.of(Period(2025, 4)))
    assert april.figures[1].fen == 20_000, "what the last months came to stands beside"
    assert april.sentences[0].endswith("200.00 yuan less than last time.")


def test_a_roster_hangs_by_group_with_quantities_and_says_who_got_nothing(village: b.Village):
    people = (("何老四", "01-001", 20_000), ("钱进", "01-002", 12_500), ("钱进", "02-001", 5_000))
    rows = tuple(PayRow(n, fen, code, quantity="2.5", unit="亩") for n, code, fen in people)
    given.enter(village, given.land(*rows))
    marks = tuple(signing.InkMark("S", village.ids[k], given.MARCH) for k in ("head", "supervisor"))
    signing.sign_ink(village.book, "list:L2025-009", marks, b.photo(village), b.at(given.MARCH))
    pay_lists.show(
        village.book, "L2025-009", "村务公开栏", given.MARCH, (b.photo(village),), b.at(given.MARCH)
    )
    paid_on = given.MARCH + timedelta(days=7)
    document = given.payment_of(village, "L2025-009", paid_on, excuse="征地补偿款无须询价")
    b.submit(village, document)
    b.sign_everything(village, document.id, paid_on)
    pay_lists.prove(
        village.book,
        "L2025-009",
        ProofKind.BANK_RETURN,
        (b.photo(village),),
        paid_on,
        b.at(paid_on),
        failed=(2,),
    )
    body = compiled(village, sheet_people.compile_roster, sheet_people.roster_sums)
    assert [r[1:3] + r[4:5] + r[6:] for r in rows_of(body, "修路征地补偿款")] == [
        ("group 1", "何老四", "2.5亩", 20_000), ("group 1", "钱进", "2.5亩", 12_500), ("group 2", "钱进", "2.5亩", 5_000)
    ]  # fmt: skip
    assert rows_of(body, "By group") == [("group 1", 2, 32_500), ("group 2", 1, 5_000)]
    told = [str(r[3]) for r in rows_of(body, "修路征地补偿款")]
    assert ["not received" in t for t in told] == [False, True, False]
    assert "the bank could not pay 1 row" in body.parts[1].lead


def test_a_project_is_told_in_three_stages(plain: b.Village):
    road = Project(
        "P1", "修路", ProjectKind.CONSTRUCTION, "代表会1", b.DAY, 900_000, ((Source.OWN, 600_000), (Source.AWARD, 300_000))
    )  # fmt: skip
    projects.register(plain.book, road, b.at(b.DAY))

    def sheet(month: int) -> Body:
        def sums(connection: Connection, facts: Facts, span: Span) -> tuple[LedgerSum, ...]:
            found = sheet_project.ledger_sums(connection, facts, span, "project:P1")
            return found or (LedgerSum("none", "", 0),)  # a plan has no payments to hold against the ledger

        return compiled(
            plain, sheet_project.compile_project, sums, Span.of(Period(2025, month)), "project:P1"
        )

    body = sheet(1)
    assert (body.stage, body.parts[0].title) == ("plan", "Budget and sources")
    assert rows_of(body, "Budget and sources")[0][2] == 600_000
    projects.move_on(plain.book, "P1", Stage.BEGUN, date(2025, 1, 20), "开工", b.at(date(2025, 1, 20)))
    b.move(plain, "IN", "EX", 200_000, date(2025, 2, 1))
    marked = (Item("514", 80_000, "石子两车", links=(Link(LinkKind.PROJECT, "P1"),)),)
    b.pay(plain, 80_000, date(2025, 2, 3), items=marked, summary="石子两车")
    body = sheet(2)
    assert body.stage == "progress"
    told = rows_of(body, "What was paid, to whom and what for")
    assert [(r[0], r[2], r[3], r[4], r[5]) for r in told] == [
        ("2025-02-03", "石子两车", "县农机公司", "paid out", 80_000)
    ]
    assert "800.00 yuan were spent" in body.sentences[0]
    for stage, note in ((Stage.FINISHED, "五人验收合格"), (Stage.SETTLED, "决算经镇审计站审计")):
        projects.move_on(plain.book, "P1", stage, date(2025, 3, 5), note, b.at(date(2025, 3, 5)))
    body = sheet(3)
    assert body.stage == "final"
    assert [r[2] for r in rows_of(body, "Decision, acceptance, settlement and audit")] == [
        "代表会1", "开工", "五人验收合格", "决算经镇审计站审计"
    ]  # fmt: skip
    assert ("Spent", 80_000) in [r[:2] for r in rows_of(body, "Settlement")]
    assert "8,200.00 yuan less than planned" in body.sentences[1]


def test_there_is_no_sheet_of_a_project_nobody_registered(plain: b.Village):
    with plain.book.reading() as connection:
        facts = gather.ground(connection, plain.book.info, b.DAY)
        with pytest.raises(KeyError):
            sheet_project.compile_project(connection, plain.book.info, facts, MARCH, "project:nothing")
