"""Statements on paper and in workbooks: both sides level, every figure there, totals that follow their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.reports.reading import page_sizes_mm, page_texts
from tests.services.statement_books import constructed
from villagebook import i18n
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Span
from villagebook.domain.statement_columns import View
from villagebook.domain.table import Column, Form, FormRow, Shape, Table
from villagebook.reports.statement_pdf import render_form
from villagebook.services.book_file.books import Book
from villagebook.services.render import render
from villagebook.services.reporting.statements import statement

YEAR = Span.parse("2024")
NAMES = ("balance-sheet", "income", "receipts-payments-statement")
COUNT_VIEWS = (View.AMOUNT, View.YEAR_TO_DATE, View.YEAR_BEFORE, View.LAST_PERIOD)


@pytest.fixture(autouse=True)
def _chinese() -> None:
    i18n.set_language("zh_CN")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    with constructed(tmp_path_factory.mktemp("book")) as made:
        yield made


def sheet_of(table: Table, *, values: bool) -> Worksheet:
    sheet = openpyxl.load_workbook(BytesIO(render(table, "xlsx", "清水村")), data_only=values).active
    assert isinstance(sheet, Worksheet)
    return sheet


def worked_out(sheet: Worksheet, formula: str) -> Decimal:
    """What a formula of cells, SUM, + and - gives when a spreadsheet works it out anew."""
    total = Decimal(0)
    text = formula.removeprefix("=")
    found = re.match(r"SUM\(([^)]*)\)", text)
    if found:
        for area in found[1].split(","):
            cells = sheet[area] if ":" in area else ((sheet[area],),)
            total += sum((_value(sheet, c.coordinate) for (c,) in cells), Decimal(0))
        text = text[found.end() :]
    for sign, cell in re.findall(r"([+-]?)([A-Z]+\d+)", text):
        total += _value(sheet, cell) * (-1 if sign == "-" else 1)
    return total


def _value(sheet: Worksheet, cell: str) -> Decimal:
    value = sheet[cell].value
    if isinstance(value, str) and value.startswith("="):
        return worked_out(sheet, value)
    return Decimal(str(value or 0))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("views", [(), COUNT_VIEWS])
def test_totals_in_the_workbook_are_formulas_that_give_our_figures(book, name, views):
    table = statement(book, name, Span.parse("2024-H2"), None, views).table
    formulas, values = sheet_of(table, values=False), sheet_of(table, values=True)
    seen = 0
    for row in formulas.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                seen += 1
                cached = values[cell.coordinate].value
                assert cached is not None, "a phone that does not work out shows the figure too"
                assert worked_out(formulas, cell.value) == Decimal(str(cached)), (cell.coordinate, cell.value)
    assert seen >= {"balance-sheet": 20, "income": 5, "receipts-payments-statement": 4}[name]


def test_a_change_in_a_line_reaches_the_grand_total(book):
    sheet = sheet_of(statement(book, "balance-sheet", YEAR).table, values=False)
    rows = {str(row[1].value).strip("　"): row for row in sheet.iter_rows()}
    total, money = rows["资产总计"][2], rows["货币资金"][2]
    before = _value(sheet, total.coordinate)
    money.value = float(str(money.value)) + 1000
    assert _value(sheet, total.coordinate) == before + 1000


def test_the_balance_sheet_lies_with_two_sides_whose_totals_are_level(book):
    table = statement(book, "balance-sheet", YEAR).table
    assert isinstance(table.form, Form)
    assert [side[-1].item.strip() for side in table.form.sides] == ["资产总计", "负债和所有者权益总计"]
    data = render(table, "pdf", "清水村")
    assert page_sizes_mm(data) == {(297, 210)}
    (text,) = page_texts(data)
    for words in (
        "资产负债表",
        "编制单位：清水村",
        "2024 年 12 月 31 日",
        "单位：元",
        "行次",
        "单位负责人",
        "会计主管",
        "制表人",
        "非官方表式",
    ):
        assert words in text, words
    for row in table.rows:
        assert str(row[1]).strip("　") in text
        assert row[2] is None or yuan_text(int(row[2])) in text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_statement_is_one_page_with_all_its_columns(book, name, language):
    i18n.set_language(language)
    table = statement(book, name, YEAR, None, tuple(View)).table
    pages = page_texts(render(table, "pdf", "清水村"))
    assert len(pages) == 1
    for column in table.machine_columns or ():
        assert column.title.replace(" ", "") in pages[0].replace(" ", "")


def test_a_form_longer_than_a_page_goes_on_over_it():
    rows = tuple(FormRow(str(n), f"第{n}项", (n,)) for n in range(1, 121))
    form = Form("长表", "2024年", "", (Column("a", "金额", Shape.MONEY),), (rows,), ("制表人",))
    pages = page_texts(render_form(form, village="清水村"))
    assert len(pages) > 1
    assert all(f"第{n}项" in "".join(pages) for n in (1, 60, 120))
    assert "制表人" in pages[-1]
    assert "制表人" not in pages[0]


def test_figures_and_items_beyond_any_width_stay_on_the_sheet(tmp_path: Path):
    rows = (FormRow("1", "很长的项目名称" * 8, (10**15 - 1,) * 6, strong=True, mark="R"),)
    columns = tuple(Column(str(n), f"第{n}栏", Shape.MONEY) for n in range(6))
    (text,) = page_texts(render_form(Form("表", "2024年", "", columns, (rows,))))
    assert text.count(yuan_text(10**15 - 1)) == 6
