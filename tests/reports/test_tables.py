"""Books and reports on paper and as workbooks: every figure, real numbers, no formula by accident."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.reports.reading import page_sizes_mm, page_texts
from tests.reports.samples import VILLAGE, make_table
from villagebook.domain.money import yuan_text
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.reports.table_pdf import render_table
from villagebook.reports.table_xlsx import render_xlsx
from villagebook.services.render import render


def small_table(*rows: tuple[Cell, ...], totals: int = 0) -> Table:
    columns = (Column("what", "Matter"), Column("fen", "Amount", Shape.MONEY))
    return Table("small", "Small table", "", columns, rows, totals)


def sheet_of(data: bytes, *, values: bool = False) -> Worksheet:
    sheet = openpyxl.load_workbook(BytesIO(data), data_only=values).active
    assert isinstance(sheet, Worksheet)
    return sheet


def test_every_row_is_on_paper_under_a_heading_with_page_numbers() -> None:
    table = make_table(100)
    pages = page_texts(render_table(table, village=VILLAGE))
    assert len(pages) >= 3
    for number, text in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in text
        for words in (table.title, table.subtitle, VILLAGE, "对方单位或个人"):
            assert words in text
    whole = "".join(pages)
    for row in table.rows:
        assert str(row[2]) in whole
        assert yuan_text(int(row[7] or 0)) in whole


def test_up_to_six_columns_stand_and_more_lie() -> None:
    assert page_sizes_mm(render_table(small_table(("a", 1)))) == {(210, 297)}
    assert page_sizes_mm(render_table(make_table(3))) == {(297, 210)}
    assert page_sizes_mm(render_table(make_table(3), paper="A3")) == {(420, 297)}


def test_a_table_without_rows_is_a_page_with_its_headings() -> None:
    (text,) = page_texts(render_table(small_table()))
    assert "Matter" in text


def test_a_text_longer_than_a_page_goes_on_over_it() -> None:
    story = "村民代表会议讨论通过的事项及其理由、" * 600
    pages = page_texts(render_table(small_table((story, 1), ("end", 2))))
    assert len(pages) > 1
    assert "".join(pages).count("理由") >= 590


def test_the_same_table_gives_the_same_bytes_on_paper_and_as_a_workbook() -> None:
    assert render_table(make_table(30)) == render_table(make_table(30))
    assert render_xlsx(make_table(30)) == render_xlsx(make_table(30))


@pytest.mark.parametrize("text", ["=1+1", "+86", "-cmd|' /C calc'!A0", "@SUM(A1)", "#N/A", '=HYPERLINK("x")'])
def test_a_text_never_becomes_a_formula(text: str) -> None:
    cell = sheet_of(render_xlsx(small_table((text, 1))))["A3"]
    assert cell.value == text
    assert cell.data_type == "s"
    assert cell.quotePrefix is text.startswith(("=", "+", "-", "@"))


def test_titles_and_headings_never_become_formulas_either() -> None:
    table = Table("t", "=1+1", "=2+2", (Column("a", "=3+3"),), (("x",),))
    sheet = sheet_of(render_xlsx(table, village="=4+4"))
    assert [sheet.cell(row, 1).data_type for row in range(1, 5)] == ["s"] * 4


def test_money_is_a_number_to_the_last_fen() -> None:
    sheet = sheet_of(render_xlsx(small_table(("a", 10), ("b", -123456789), ("c", 99_999_999_999_999))))
    assert [sheet.cell(row, 2).value for row in (3, 4, 5)] == [0.1, -1234567.89, 999_999_999_999.99]
    assert sheet["B4"].number_format == "#,##0.00"


def test_a_total_that_is_the_sum_is_a_formula_and_any_other_stays_a_value() -> None:
    rows: tuple[tuple[Cell, ...], ...] = (("a", 100), ("b", 250), ("total", 350), ("this year", 999))
    data = render_xlsx(small_table(*rows, totals=2))
    sheet = sheet_of(data)
    assert sheet["B5"].value == "=SUM(B3:B4)"
    assert sheet["B6"].value == 9.99
    assert sheet["B5"].font.bold
    assert not sheet["B4"].font.bold


def test_a_total_of_some_rows_adds_these_alone_even_where_nothing_tells_them_apart() -> None:
    rows: tuple[tuple[Cell, ...], ...] = (("in", 0), ("out", 0), ("all in", 0), ("all out", 0))
    table = replace(small_table(*rows, totals=2), sums=((2, ((1, 0),)), (3, ((1, 1),))))
    sheet = sheet_of(render_xlsx(table))
    assert (sheet["B5"].value, sheet["B6"].value) == ("=B3", "=B4")


def test_a_formula_carries_its_result_for_readers_that_do_not_reckon() -> None:
    data = render_xlsx(small_table(("a", 100), ("b", 250), ("total", 350), totals=1))
    assert sheet_of(data, values=True)["B5"].value == 3.5


def test_days_are_dates_and_the_heading_is_frozen() -> None:
    table = make_table(5)
    sheet = sheet_of(render_xlsx(table, village=VILLAGE))
    assert sheet["A5"].value == datetime(2025, 6, 1)
    assert sheet["A5"].number_format == "yyyy-mm-dd"
    assert sheet.freeze_panes == "A5"
    assert sheet["A1"].value == table.title
    assert sheet.column_dimensions["C"].width > sheet.column_dimensions["E"].width


def test_signs_that_a_workbook_cannot_hold_are_replaced() -> None:
    assert sheet_of(render_xlsx(small_table(("a\x07b", 1))))["A3"].value == "a□b"


def test_a_title_that_is_no_sheet_name_is_made_one() -> None:
    table = Table("cash", "Cash: June/July [draft] " + "x" * 40, "", (Column("a", "A"),), (("x",),))
    assert sheet_of(render_xlsx(table)).title.startswith("Cash  June July  draft")


def test_people_read_words_where_programs_get_codes() -> None:
    line = Column("line", "Line of money", words=(("income", "收入线"), ("total", "合计")))
    table = Table("small", "Small table", "", (line,), (("income",), ("",), ("total",)))
    told = sheet_of(render(table, "xlsx", VILLAGE))
    assert [c.value for row in told.iter_rows() for c in row if c.value in ("收入线", "合计", "income")] == [
        "收入线",
        "合计",
    ]
    assert "收入线" in "".join(page_texts(render(table, "pdf", VILLAGE)))
    assert render(table, "csv").decode("utf-8-sig").split() == ["line", "income", '""', "total"]
