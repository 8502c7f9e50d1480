"""A board paper is its data: it comes back the same, and every text on it can be looked through."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from villagebook.domain.period import Period, Span
from villagebook.domain.sheet import (
    Chart,
    ChartKind,
    ChartPoint,
    Figure,
    Part,
    Sheet,
    SheetForm,
    sheet_code,
    sheet_from_data,
)
from villagebook.domain.table import Column, Shape

SHEET = Sheet(
    id="a1",
    form=SheetForm.DEBTS,
    subject="",
    stage="",
    title="债权债务公开表",
    number="330101-202506-F3",
    village="和平村",
    village_code="330101",
    span=Span(Period(2025, 4), Period(2025, 6)),
    sentences=("村里欠别人的钱比上季度少了。",),
    figures=(Figure("欠村里的", 120000, "壹仟贰佰元整"),),
    parts=(
        Part("应收款", (Column("who", "谁"), Column("fen", "金额", Shape.MONEY)), (("李四", 120000),), 0),
        Part("应付款", (Column("who", "谁"),), ()),
    ),
    charts=(Chart(ChartKind.MONTHS, "十二个月", (ChartPoint("1月", 5, 3),), "收入", "支出"),),
    notes=("不含银行存款。",),
    reviewers=("王五",),
    officials=(("主任", "张三"),),
    places_to_post=("村委会",),
    min_days=10,
    objection_days=5,
    answer_days=5,
    log_seq=7,
    log_hash="ab" * 32,
    policy="villagebook-default 2025.1",
    compiled_on=date(2025, 7, 3),
)


def test_a_sheet_comes_back_from_its_data_with_the_same_hash() -> None:
    back = sheet_from_data(SHEET.to_data())
    assert back == SHEET
    assert back.content_hash() == SHEET.content_hash()


def test_every_text_of_a_sheet_can_be_looked_through() -> None:
    texts = " ".join(text for _where, text in SHEET.texts())
    for word in ("债权债务公开表", "壹仟贰佰元整", "李四", "应付款", "十二个月", "1月", "不含银行存款。"):
        assert word in texts


def test_the_code_of_a_sheet_changes_with_any_figure() -> None:
    assert sheet_code(replace(SHEET, figures=(Figure("欠村里的", 120001),))) != sheet_code(SHEET)
