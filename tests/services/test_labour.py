"""一事一议 with work: days are listed, worked or paid off from signed sheets, and stand on the board; money on special receipts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.builders import (
    START,
    Village,
    at,
    draw_special,
    make_village,
    minutes,
    move,
    pay,
    photo,
    receipt,
    submit,
)
from tests.refusing import refused
from villagebook.domain.document import Document, Item, Support
from villagebook.domain.labour import Labourer, LabourSheet, LabourWay
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.meeting import Matter
from villagebook.domain.period import Period, Span
from villagebook.domain.project import Project, ProjectKind, Source, Stage
from villagebook.domain.resolution import ResolutionItem
from villagebook.domain.roster import Household, Member
from villagebook.domain.sheet import Part, SheetForm
from villagebook.services import home, reports
from villagebook.services.approvals import resolutions
from villagebook.services.disclosure import sheets
from villagebook.services.period_end.checking import check_book
from villagebook.services.registers import labour, projects, roster
from villagebook.services.vouchers import receipts

D3, D8, END = date(2025, 1, 3), date(2025, 1, 8), START.last_day
CODE = "P1"
ROAD = Project(
    CODE,
    "修村东路",
    ProjectKind.ONE_ISSUE,
    "代表会2025-2",
    D3,
    6_000,
    ((Source.CONTRIBUTIONS, 6_000),),
    heads=4,
    per_head_fen=1_500,
    ends_on=date(2025, 1, 20),
    labour_days=5,
    exempt=("01-003",),
    special_receipt="7001-7100",
)
DIG = ResolutionItem(1, "修村东路筹资筹劳", Matter.LEVY, 6_000, per_head_fen=1_500, labour_days=5)
PEOPLE = (
    ("何老四", 1960, "何小军", 1990),
    ("许阿婆", 1940, "许国平", 1970),
    ("吴奶奶", 1938, "吴强", 1985),
)
HE, JUN, PING = (
    Labourer("01-001", "何老四", 0),
    Labourer("01-001", "何小军", 5),
    Labourer("01-002", "许国平", 5),
)


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    made = make_village(tmp_path)
    for number, (head, born, son, later) in enumerate(PEOPLE, 1):
        members = (Member(head, "户主", born), Member(son, "子", later))
        roster.save(made.book, Household(f"01-{number:03d}", 1, head, members), at(D3), new=True)
    resolutions.record(made.book, minutes(made, ROAD.resolution, D3, DIG), at(D3))
    projects.register(made.book, ROAD, at(D3))
    yield made
    made.book.close()


def listed(village: Village) -> None:
    labour.enter_list(village.book, CODE, labour.proposed(village.book, CODE), at(D3))


def sheet(village: Village, *rows: Labourer, way: LabourWay = LabourWay.WORKED, **more: Any) -> str:
    made = LabourSheet("", CODE, D8, way, rows, papers=(photo(village),))
    return labour.record(village.book, replace(made, **more), at(D8))


def days(village: Village) -> dict[str, tuple[int, int, int, int]]:
    """Name -> owed, worked, paid off, open."""
    found = labour.standings(village.book, CODE, END)
    return {s.labourer.name: (s.labourer.days, s.worked, s.commuted, s.open) for s in found}


def levied(village: Village, fen: int, household: str = "01-002", **changes: Any) -> Document:
    links = (Link(LinkKind.HOUSEHOLD, household), Link(LinkKind.PROJECT, CODE))
    told = {
        "items": (Item("231", fen, "修路筹资", links=links),),
        "summary": "修路筹资",
        "place": "RC",
        "support": Support.RECEIPT,
        "support_no": "",
        "receipt_no": receipts.next_receipt_no(village.book, levy=True),
    }
    return receipt(village, 0, D8, **{**told, **changes})


def reminded(village: Village, today: date = END) -> list[str]:
    return [
        f.id
        for f in home.home(village.book, today).todos
        if f.id in ("HOME-46", "HOME-47", "HOME-48", "HOME-49")
    ]


def test_those_of_age_outside_the_exempt_households_are_proposed(village: Village):
    assert labour.proposed(village.book, CODE) == (JUN, PING)  # 65, 85 and an exempt household are left out
    assert [p.code for p in labour.asking(village.book)] == [CODE]


def test_days_are_worked_paid_off_and_open(village: Village):
    listed(village)
    sheet(village, replace(JUN, days=3))
    sheet(village, replace(PING, days=2), way=LabourWay.COMMUTED, rate_fen=8_000)
    assert days(village) == {"何小军": (5, 3, 0, 2), "许国平": (5, 0, 2, 3)}
    assert refused(lambda: sheet(village, replace(JUN, days=3))) == ["PRJ-09"]
    unsigned = LabourSheet("", CODE, D8, LabourWay.WORKED, (replace(JUN, days=1),))
    assert refused(lambda: labour.record(village.book, unsigned, at(D8))) == ["PRJ-09"]
    assert check_book(village.book) == ()


def test_a_list_cannot_forget_days_that_were_worked(village: Village):
    listed(village)
    sheet(village, replace(JUN, days=3))
    assert refused(lambda: labour.enter_list(village.book, CODE, (PING,), at(D8))) == ["PRJ-08"]
    labour.enter_list(village.book, CODE, (replace(JUN, days=3), PING), at(D8))
    assert days(village)["何小军"] == (3, 3, 0, 0)


def test_a_sheet_entered_by_mistake_is_struck_out_and_stays_in_the_log(village: Village):
    listed(village)
    wrong = sheet(village, JUN)
    assert refused(lambda: labour.strike(village.book, CODE, wrong, "错", at(D8))) == ["PRJ-12"]
    labour.strike(village.book, CODE, wrong, "签到表抄错了项目", at(D8))
    assert days(village)["何小军"] == (5, 0, 0, 5)
    assert refused(lambda: labour.strike(village.book, CODE, wrong, "再来一次试试", at(D8))) == ["PRJ-12"]
    assert check_book(village.book) == ()


def test_the_home_page_asks_for_the_list_the_days_and_the_money(village: Village):
    assert reminded(village) == []
    projects.move_on(village.book, CODE, Stage.BEGUN, D8, "开工", at(D8))
    assert reminded(village) == ["HOME-46"]
    listed(village)
    assert reminded(village, D8) == []
    assert reminded(village) == ["HOME-47"]  # the day it was to be done has passed
    sheet(village, JUN)
    sheet(village, PING, way=LabourWay.COMMUTED, rate_fen=8_000)
    assert reminded(village) == ["HOME-48"]
    draw_special(village)
    submit(village, levied(village, 40_000))
    assert reminded(village) == []


def test_contributions_come_on_special_receipts_and_nothing_else_does(village: Village):
    ordinary = receipts.next_receipt_no(village.book)
    assert refused(lambda: submit(village, levied(village, 1_500, receipt_no=ordinary))) == ["PRJ-07"]
    draw_special(village)
    assert receipts.next_receipt_no(village.book) == ordinary  # both books are out side by side
    for strange in ({"receipt_no": ordinary}, {"receipt_no": "", "place": "IN"}):
        note = levied(village, 1_500, support=Support.FISCAL_NOTE, support_no="财票1", **strange)
        assert refused(partial(submit, village, note)) == ["PRJ-07"]
    rent = receipt(village, 1_500, D8, place="RC", receipt_no="7001")
    assert refused(lambda: submit(village, rent)) == ["PRJ-07"]
    assert submit(village, levied(village, 1_500)).label
    assert receipts.next_receipt_no(village.book, levy=True) == "7002"
    skipping = levied(village, 1_500, receipt_no="7004")
    assert refused(lambda: submit(village, skipping)) == ["E2L-05"]


def test_a_household_pays_by_head_and_for_its_days_and_no_more(village: Village):
    listed(village)
    draw_special(village)
    sheet(village, replace(PING, days=2), way=LabourWay.COMMUTED, rate_fen=8_000)
    assert submit(village, levied(village, 19_000)).label  # two heads at 15 yuan, two days at 80
    assert refused(lambda: submit(village, levied(village, 1))) == ["PRJ-11"]
    too_much = levied(village, 3_001, household="01-001")
    assert refused(lambda: submit(village, too_much)) == ["PRJ-04", "PRJ-11"]
    assert submit(village, levied(village, 3_000, household="01-001")).label


def test_other_money_is_neither_on_a_special_receipt_nor_on_the_notice_of_the_levy(village: Village):
    draw_special(village)
    links = (Link(LinkKind.HOUSEHOLD, "01-002"), Link(LinkKind.PROJECT, CODE))
    items = (Item("231", 1_500, "修路筹资", links=links), Item("501", 5_000, "鱼塘承包费"))
    assert refused(lambda: submit(village, levied(village, 0, items=items))) == ["PRJ-07"]
    by_bank = levied(village, 0, items=items, place="IN", receipt_no="", support=Support.BANK_ADVICE)
    by_bank = replace(by_bank, support_no="HD9", items=(replace(items[0], links=links[1:]), items[1]))
    assert submit(village, replace(by_bank, excuse="银行直接转入，没有开收据")).label
    made = sheets.compile_sheet(
        village.book, SheetForm.MATTER, Span.of(START), f"levy:{CODE}/{Period(2025, 1)}", END
    )
    assert [figure.fen for figure in made.figures] == [1_500]


def test_what_a_household_gets_back_is_taken_no_more_and_its_wages_are_no_money_back(village: Village):
    listed(village)
    draw_special(village)
    move(village, "IN", "EX", 100_000, D8)
    paid_off = sheet(village, replace(JUN, days=2), way=LabourWay.COMMUTED, rate_fen=1_000)
    submit(village, levied(village, 5_000, household="01-001"))
    assert reminded(village, D8) == []
    labour.strike(village.book, CODE, paid_off, "本人改为出工", at(D8))
    assert reminded(village, D8) == ["HOME-49"]
    assert refused(lambda: submit(village, levied(village, 100, household="01-001"))) == ["PRJ-11"]

    def give(account: str) -> None:
        links = (Link(LinkKind.HOUSEHOLD, "01-001"), Link(LinkKind.PROJECT, CODE))
        item = Item(account, 2_500, "何小军", links=links)
        pay(village, 2_500, D8, items=(item,), summary=f"何小军 {account}", party="何小军")

    give("511")
    assert refused(lambda: submit(village, levied(village, 500, household="01-001"))) == ["PRJ-11"]
    give("231")
    assert reminded(village, D8) == []
    assert submit(village, levied(village, 500, household="01-001")).label
    assert refused(lambda: submit(village, levied(village, 1, household="01-001"))) == ["PRJ-11"]


def test_the_list_of_a_settled_project_stays_and_no_list_is_empty(village: Village):
    listed(village)
    before = days(village)
    assert refused(lambda: labour.enter_list(village.book, CODE, (), at(D8))) == ["PRJ-08"]
    for stage in (Stage.BEGUN, Stage.SETTLED):
        projects.move_on(village.book, CODE, stage, D8, "完工结算", at(D8))
    assert refused(lambda: labour.enter_list(village.book, CODE, (PING,), at(D8))) == ["PRJ-08"]
    assert days(village) == before


def part_of(village: Village, form: SheetForm, subject: str, title: str) -> Part | None:
    made = sheets.compile_sheet(village.book, form, Span.of(START), subject, END)
    return next((p for p in made.parts if p.title == title), None)


def test_the_days_stand_on_the_projects_sheet_and_on_the_special_notice(village: Village):
    title = "Labour days, person by person"
    assert part_of(village, SheetForm.PROJECT, f"project:{CODE}", title) is None
    listed(village)
    sheet(village, replace(JUN, days=3))
    for form, subject in (
        (SheetForm.PROJECT, f"project:{CODE}"),
        (SheetForm.MATTER, f"levy:{CODE}/{Period(2025, 1)}"),
    ):
        part = part_of(village, form, subject, title)
        assert part is not None
        assert [row[1:] for row in part.rows] == [(5, 3, 0, None, 2), (5, 0, 0, None, 5), (10, 3, 0, 0, 7)]
        assert "何小军" in str(part.rows[0][0])


def test_the_list_is_a_report_to_be_signed(village: Village):
    listed(village)
    table = reports.make(village.book, "labour", Span.of(START)).table
    assert [c.key for c in table.columns][-1] == "signature"
    assert [(row[2], row[3], row[-1]) for row in table.rows] == [("何小军", 5, ""), ("许国平", 5, "")]
