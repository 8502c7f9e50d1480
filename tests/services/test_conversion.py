"""A 2004 trial balance becomes the opening of a 2023 book: asked where the table is silent, exact to the fen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import at, ids_of, make_book
from villagebook import paths
from villagebook.domain.account import Chart
from villagebook.domain.conversion import Adjustment, AdjustmentLine, OldBalance, Share, Worksheet
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.period import Period
from villagebook.domain.place import Places
from villagebook.exchange.tables import sheet_from_bytes
from villagebook.exchange.worksheet_file import read_worksheet
from villagebook.services.book_file.books import Book, read_chart_file
from villagebook.services.bringing_in import (
    brought,
    conversion,
    conversion_check,
    conversion_papers,
    old_chart,
)
from villagebook.services.period_end import checking
from villagebook.storage import objects, registry

TODAY = date(2024, 1, 2)
START = Period(2024, 1)
CHART = Chart(read_chart_file(paths.resource("chart", "chart_2023.csv")))
OLD = """code,name,party,debit,credit
101,现金,,1000,
102,银行存款,,50000,
113,内部往来,张三,300,
113,内部往来,李四,,200
131,牲畜（禽）资产,,8000,
132,林木资产,,20000,
151,固定资产,,100000,
152,累计折旧,,,30000
153,固定资产清理,,700,
154,在建工程,,5000,
161,无形资产,,600,
202,应付款,县建筑队,,12000
211,应付工资,,,3000
212,应付福利费,,,1500
301,资本,,,81300
311,公积公益金,,,40000
322,收益分配,,,17600
"""
DECIDED = {
    "131|": [Share("131", 500_000), Share("132", 300_000)],
    "132|": [Share("132", 1_500_000), Share("134", 500_000)],
    "202|县建筑队": [Share("211", -1_000_000, "", "县建筑队"), Share("213", -200_000)],
    "212|": [Share("311", -150_000)],
}


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = make_book(tmp_path, start=START)
    yield made
    made.close()


def old_file(folder: Path, text: str = OLD) -> Path:
    path = folder / "2023年末余额.csv"
    path.write_bytes(text.encode("gb18030"))
    return path


def decided(old: conversion.OldBook) -> Worksheet:
    made = conversion.propose(old.old)
    for key, shares in DECIDED.items():
        made = made.with_shares(key, shares)
    return made.with_gross_up("132", 200_000).with_gross_up("161", 0)


def opening(book: Book) -> dict[tuple[str, str], int]:
    with book.reading() as connection:
        lines = registry.read_opening(connection)
    return {(line.account, line.party): line.debit_fen - line.credit_fen for line in lines}


# ---- reading the old book ----


def test_details_stay_apart_and_codes_are_read_by_name(tmp_path: Path):
    old = conversion.read_old(old_file(tmp_path))
    assert [(b.top, b.party, b.fen) for b in old.old[2:4]] == [
        ("113", "张三", 30_000),
        ("113", "李四", -20_000),
    ]
    text = "科目编码,科目名称,方向,期末余额\n113,内部往来,借,100\n11301,张三,借,300\n11302,李四,贷,200\n301,资本,贷,100\n"
    old = conversion.read_old(old_file(tmp_path, text))
    assert [(b.top, b.name, b.fen) for b in old.old[:2]] == [
        ("113", "张三", 30_000),
        ("113", "李四", -20_000),
    ]
    assert conversion.propose(old.old).shares["11301|"] == (Share("113", 30_000, "", "张三"),)


def test_a_history_of_vouchers_is_added_up(tmp_path: Path):
    text = "日期,凭证号,摘要,科目,借方,贷方\n2023-01-05,1,投入,101 现金,9,\n,,,301 资本,,9\n2023-02-05,1,存,102 银行存款,5,\n,,,101 现金,,5\n"
    old = conversion.read_old(old_file(tmp_path, text))
    assert {b.top: b.fen for b in old.old} == {"101": 400, "301": -900, "102": 500}
    assert ids_of(old.findings) == ["CNV-09"]


@pytest.mark.parametrize(
    ("was", "becomes", "ids"),
    [
        ("301,资本,,,81300", "301,资本,,,81000", ["IMP-24"]),
        ("101,现金", "109,备用金", ["CNV-08"]),
        ("101,现金,,1000", "101,现金,,一千", ["IMP-05"]),
        ("152,累计折旧", "151,固定资产", ["IMP-47"]),
    ],
)
def test_an_old_book_that_does_not_hold_is_refused(tmp_path: Path, was: str, becomes: str, ids: list[str]):
    with pytest.raises(Refused) as caught:
        conversion.read_old(old_file(tmp_path, OLD.replace(was, becomes)))
    assert ids_of(caught.value.findings) == ids


# ---- the worksheet ----


def test_the_table_is_data_and_every_account_of_2004_is_in_it():
    rows = old_chart.map_rows()
    assert {row.old for row in rows} == set(old_chart.old_chart().names)
    for row in rows:
        assert row.new == "" or CHART[row.new].name == row.new_name
        if row.mark is old_chart.Mark.NOT_FOUND:
            assert row.new == ""
            assert row.way in (old_chart.Way.ASK, old_chart.Way.CLOSED)


def test_only_the_same_account_moves_by_itself_and_never_by_code(tmp_path: Path):
    old = conversion.read_old(old_file(tmp_path))
    made = conversion.propose(old.old)
    assert made.shares["153|"][0].account == "154"
    assert made.shares["154|"][0].account == "153"
    assert made.shares["211|"][0].account == "212"
    assert {b.top for b in old.old if b.key not in made.shares} == {"131", "132", "202", "212"}
    found = conversion_check.check(made, CHART, Places([]))
    assert [f.id for f in found] == ["CNV-01"] * 4 + ["CNV-05"]


def wrong(worksheet: Worksheet) -> list[str]:
    return ids_of(f for f in conversion_check.check(worksheet, CHART, Places([])) if f.severity.stops)


def test_whatever_is_open_or_does_not_add_up_stops(tmp_path: Path):
    good = decided(conversion.read_old(old_file(tmp_path)))
    assert wrong(good) == []
    assert wrong(good.with_shares("212|", [])) == ["CNV-01"]
    assert wrong(good.with_shares("212|", [Share("311", -149_999)])) == ["CNV-02"]
    assert wrong(good.with_shares("212|", [Share("311", None)])) == ["CNV-02"]
    assert wrong(good.with_shares("212|", [Share("999", -150_000)])) == ["CNV-03"]
    assert wrong(good.with_shares("212|", [Share("504", -150_000)])) == ["CNV-03"]
    assert wrong(good.with_shares("101|", [Share("101", 100_000, "XX")])) == ["CNV-10"]
    assert wrong(good.with_shares("212|", [Share("311", -200_000), Share("322", 50_000)])) == ["CNV-12"]
    assert wrong(good.with_gross_up("132", None)) == ["CNV-05"]
    assert wrong(good.with_gross_up("132", -1)) == ["CNV-06"]
    lopsided = Adjustment(1, "补记负债", (AdjustmentLine("322", 5, 0), AdjustmentLine("211", 0, 4)))
    assert wrong(replace(good, adjustments=(lopsided,))) == ["CNV-07"]
    assert wrong(replace(good, adjustments=(replace(lopsided, summary=""),))) == ["CNV-07"]


def test_income_that_was_not_carried_stops(tmp_path: Path):
    text = OLD.replace("301,资本,,,81300", "301,资本,,,81200\n522,补助收入,,,100")
    old = conversion.read_old(old_file(tmp_path, text))
    assert "CNV-04" in wrong(decided(old))


# ---- as a file ----


def test_the_worksheet_goes_out_and_comes_back(tmp_path: Path):
    old = conversion.read_old(old_file(tmp_path))
    path = tmp_path / "底稿.csv"
    empty = conversion.write_worksheet(old, path)
    assert conversion.read_filled(old, path) == empty
    with pytest.raises(KnownError):
        conversion.write_worksheet(old, path)
    for name in ("底稿.xlsx", "底稿.XLS"):
        with pytest.raises(KnownError, match="CSV"):
            conversion.write_worksheet(old, tmp_path / name)
        assert not (tmp_path / name).exists(), "text under the name of a workbook is opened by nothing"
    entry = Adjustment(
        1, "补记未入账应付款", (AdjustmentLine("322", 700, 0), AdjustmentLine("211", 0, 700, "", "县建筑队"))
    )
    full = replace(decided(old), adjustments=(entry,))
    path.write_bytes(conversion.worksheet_bytes(full))
    assert conversion.read_filled(old, path) == full


@pytest.mark.parametrize(
    ("was", "becomes", "ids"),
    [
        ("结转,101,现金,,1000.00", "结转,101,现金,,1001.00", ["CNV-15"]),
        ("结转,101,现金,,1000.00", "结转,109,现金,,1000.00", ["CNV-14", "CNV-15"]),
        ("结转,101", "搬,101", ["CNV-14", "CNV-15"]),
        ("旧科目编码", "x", ["CNV-14"]),
    ],
)
def test_a_worksheet_of_another_book_is_refused(tmp_path: Path, was: str, becomes: str, ids: list[str]):
    old = conversion.read_old(old_file(tmp_path))
    text = conversion.worksheet_bytes(decided(old)).decode("utf-8-sig")
    assert was in text
    _made, found = read_worksheet(sheet_from_bytes(text.replace(was, becomes).encode(), "底稿.csv"), old.old)
    assert ids_of(found) == ids


@given(st.lists(st.integers(-(10**8), 10**8).filter(bool), min_size=1, max_size=6), st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_nothing_is_lost_however_balances_are_divided(fens: list[int], data: st.DataObject):
    """Old debits less credits = new ones, and a worksheet file says the same after a round trip."""
    fens = [*fens, -sum(fens)]
    old = tuple(OldBalance("212", "应付福利费", f"甲{n}", fen, "212", n) for n, fen in enumerate(fens) if fen)
    made = Worksheet(old)
    for balance in old:
        part = data.draw(st.integers(0, abs(balance.fen)))
        part = part if balance.fen > 0 else -part
        shares = [Share("311", part), Share("322", balance.fen - part)]
        made = made.with_shares(balance.key, [s for s in shares if s.fen])
    assert wrong(made) == []
    assert sum(fen for *_, fen in made.lines()) == 0
    sheet = sheet_from_bytes(conversion.worksheet_bytes(made), "x.csv")
    assert read_worksheet(sheet, old) == (made, ())


# ---- confirmed ----


def test_the_opening_is_shares_and_adjustments_and_the_papers_are_kept(book: Book, tmp_path: Path):
    old = conversion.read_old(old_file(tmp_path))
    worksheet = decided(old)
    made = conversion.confirm(book, old, worksheet, by=at(TODAY))
    held = opening(book)
    assert held["132", ""] == 300_000 + 1_500_000 + 200_000
    assert held["133", ""] == -200_000
    assert (held["113", "张三"], held["113", "李四"]) == (30_000, -20_000)
    assert (held["154", ""], held["153", ""], held["212", ""]) == (70_000, 500_000, -300_000)
    assert sum(held.values()) == 0
    assert ids_of(made.findings) == ["IMP-16"]
    with book.reading() as connection:
        kept = objects.all_objects(connection)
    assert sum(data.startswith(b"%PDF") for data in kept.values()) == 4
    assert sum(data.startswith(b"PK") for data in kept.values()) == 4
    assert old.data in kept.values()
    assert conversion.held(book) == worksheet
    assert [i for i in ids_of(checking.check_book(book)) if i.startswith("CHK")] == []
    new = brought.make(book, conversion_papers.NEW)
    assert new.rows[-1][2] == new.rows[-1][3]
    before = brought.make(book, conversion_papers.OLD)
    assert new.rows[-1][2] == (before.rows[-1][2] or 0) + 200_000  # type: ignore[operator]  # a column of money
    with pytest.raises(Refused, match="OPN-02"):
        conversion.confirm(book, old, worksheet, by=at(TODAY))


def test_an_undecided_worksheet_writes_nothing(book: Book, tmp_path: Path):
    old = conversion.read_old(old_file(tmp_path))
    with pytest.raises(Refused) as caught:
        conversion.confirm(book, old, conversion.propose(old.old), by=at(TODAY))
    assert ids_of(caught.value.findings) == ["CNV-01", "CNV-05"]
    assert opening(book) == {}
    made = conversion.confirm(book, old, decided(old), dry_run=True, by=at(TODAY))
    assert made.vouchers > 0
    assert opening(book) == {}


def test_a_worksheet_survives_an_interruption(book: Book, tmp_path: Path):
    old = conversion.read_old(old_file(tmp_path))
    half = conversion.propose(old.old).with_shares("212|", [Share("311", None)])
    conversion.save_draft(book, old, half, at(TODAY))
    held = conversion.draft(book)
    assert held is not None
    assert held[1] == half
    assert held[0].data == old.data
    conversion.confirm(book, held[0], decided(held[0]), by=at(TODAY))
    assert conversion.draft(book) is None
