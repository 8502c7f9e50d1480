"""Cards, resources and contracts from a table: all of it or nothing, every bad row at once; and their reports and papers."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from tests.builders import START, Village, at, ids_of, photo
from tests.rules.holding_examples import LEASE
from villagebook.domain.errors import Refused
from villagebook.domain.period import Span
from villagebook.services import home as home_page
from villagebook.services import reports
from villagebook.services.period_end.checking import check_book
from villagebook.services.registers import contracts, register_cards, resources
from villagebook.services.registers.holding_import import import_holdings
from villagebook.services.render import render

DAY = date(2025, 1, 15)
ASSETS = """编号,资产名称,资产分类,数量,单位,存放地点,保管人,购置日期,原值,残值率,使用年限,用途,累计折旧
G-0007,村办公楼,房屋建筑物,1,幢,村部,孙丽,2012-06-01,480000.00,5%,30,管理,125000.00
,灌溉泵站,水利设施,1,座,东沟,钱大伯,2019/4/1,95000,5,10年,生产经营,36000
"""
RESOURCES = """名称,类别,面积,坐落,四至,利用方式
东塘,鱼塘,32.5亩,村东,东至大堤,集体经营
北坡,荒山,210.75,北坡,,闲置
"""
CONTRACTS = """合同名称,收支方向,承包方,签订日期,开始日期,结束日期,合同金额,付款周期,每期金额,首期日期,科目,资源编号,已收金额,决议,招标方式
东塘承包,收入,何老四,2025-01-02,2025-01-01,2027-12-31,90000.00,每年,30000,2025-03-01,501,Z-0001,0,代表会1号,公开招标
"""


def table(village: Village, text: str, layout: str) -> Any:
    path = village.folder / f"{layout}.csv"
    path.write_text(text, encoding="utf-8-sig")
    return import_holdings(village.book, path, layout, at(DAY))


@pytest.fixture
def filled(village: Village) -> Village:
    made = table(village, ASSETS, "assets")
    assert (made.entries, ids_of(made.findings)) == (2, ["IMP-85"])
    assert table(village, RESOURCES, "resources").entries == 2
    assert table(village, CONTRACTS, "contracts").findings == ()
    return village


def report(village: Village, name: str, form: str = "json") -> Any:
    made = reports.make(village.book, name, Span.of(START))
    data = render(made.table, form, village.book.info.village)
    return json.loads(data) if form == "json" else data


def test_tables_are_taken_in_with_numbers_of_their_own(filled: Village):
    rows = report(filled, "assets")
    assert [(r["code"], r["original"], r["lost"], r["keeper"]) for r in rows] == [
        ("G-0007", "480000.00", "125000.00", "孙丽"),
        ("G-0008", "95000.00", "36000.00", ""),
    ]
    assert [(r["code"], r["area"], r["use"]) for r in report(filled, "resources")] == [
        ("Z-0001", "32.5", "used by the village"),
        ("Z-0002", "210.75", "idle"),
    ]
    assert [(r["no"], r["due"], r["amount"]) for r in report(filled, "contracts")] == [
        (1, "2025-03-01", "30000.00"),
        (2, "2026-03-01", "30000.00"),
        (3, "2027-03-01", "30000.00"),
    ]
    assert check_book(filled.book) == ()


def test_a_list_of_assets_says_where_cards_and_ledger_differ(filled: Village):
    made = reports.make(filled.book, "assets", Span.of(START))
    assert [(f.id, f.where) for f in made.findings] == [("AST-11", "151 2025-01"), ("AST-11", "152 2025-01")]
    assert [row[-1] for row in made.table.rows[-2:]] == ["differs", "differs"]


def test_every_bad_cell_is_named_at_once_and_nothing_is_entered(village: Village):
    bad = ASSETS.replace("2012-06-01", "2012-13-01").replace("95000,5", "很多,五").replace("管理", "娱乐")
    with pytest.raises(Refused) as caught:
        table(village, bad, "assets")
    assert sorted(f.id for f in caught.value.findings) == ["IMP-04", "IMP-05", "IMP-80", "IMP-83"]
    with pytest.raises(Refused) as caught:
        table(village, RESOURCES.replace("鱼塘", "月球").replace("210.75", "大"), "resources")
    assert ids_of(caught.value.findings) == ["IMP-80"]
    with pytest.raises(Refused) as caught:
        table(village, RESOURCES.replace("210.75", "大"), "resources")
    assert ids_of(caught.value.findings) == ["RSC-01"]
    assert resources.resources(village.book) == ()


def test_contracts_whose_parts_do_not_make_the_whole_or_name_nothing_are_refused(village: Village):
    with pytest.raises(Refused) as caught:
        table(village, CONTRACTS.replace("90000.00", "80000.00"), "contracts")
    assert ids_of(caught.value.findings) == ["IMP-87"]
    with pytest.raises(Refused) as caught:
        table(village, CONTRACTS, "contracts")
    assert ids_of(caught.value.findings) == ["IMP-86"]
    assert contracts.states(village.book, DAY) == ()


def test_papers_of_every_kind_can_be_printed(filled: Village):
    for name in reports.HOLDINGS:
        for form in ("pdf", "xlsx", "csv"):
            assert report(filled, name, form)
    for shown in (
        register_cards.asset(filled.book, "G-0007", DAY),
        register_cards.resource(filled.book, "Z-0001", DAY),
        register_cards.contract(filled.book, "H-0001", DAY),
    ):
        assert shown is not None
        assert register_cards.card_pdf(filled.book, shown).startswith(b"%PDF")
    assert register_cards.asset(filled.book, "G-9999", DAY) is None


def test_the_home_page_names_what_is_overdue_due_soon_and_about_to_end(filled: Village):
    def todos(day: date) -> list[str]:
        return [
            f.id for f in home_page.home(filled.book, day).todos if f.target == "register:contracts/H-0001"
        ]

    assert todos(date(2025, 2, 10)) == []
    assert todos(date(2025, 2, 25)) == ["HOME-12"]
    assert todos(date(2025, 3, 2)) == ["E2L-32"]
    assert todos(date(2027, 12, 1)) == ["E2L-32", "E2L-32", "E2L-32", "HOME-13"]


def test_a_scan_of_a_contract_that_is_missing_is_found(village: Village):
    from dataclasses import replace

    scan = photo(village)
    contracts.register(village.book, replace(LEASE, scans=(scan,)), at(DAY))
    assert check_book(village.book) == ()
    gone = replace(scan, sha256="ab" * 32)
    contracts.register(village.book, replace(LEASE, code="H-02", scans=(gone,)), at(DAY))
    assert ids_of(check_book(village.book)) == ["CHK-09"]


def test_depreciation_of_a_span_adds_up(filled: Village):
    rows = report(filled, "depreciation")
    assert {r["code"]: (r["opening"], r["charged"]) for r in rows} == {
        "G-0007": ("125000.00", "0.00"),
        "G-0008": ("36000.00", "0.00"),
    }
