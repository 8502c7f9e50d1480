"""Books and reports as a workbook: real numbers, texts that are never formulas, and the same bytes every time."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, cast

from villagebook.domain.money import format_fen
from villagebook.domain.table import Cell, Column, Form, Shape, Table
from villagebook.reports.table_pdf import cell_text

if TYPE_CHECKING:
    from openpyxl.cell import Cell as SheetCell
    from openpyxl.worksheet.worksheet import Worksheet

MONEY_FORMAT = "#,##0.00"
COUNT_FORMAT = "#,##0"
DAY_FORMAT = "yyyy-mm-dd"
TEXT_FORMAT = "@"
RISKY = ("=", "+", "-", "@")
"""A text that begins so must not become a formula when somebody edits the cell."""

MOST_WIDTH = 60
TOLD_EVERY = 1000
SHEET_NAME_LENGTH = 31
_NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff￾￿]")
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</)")
_STAMP = b"2000-01-01T00:00:00Z"
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The oldest day a ZIP file can write: the workbook says nothing about when it was made."""


def render_xlsx(
    table: Table, *, village: str = "", tell: Callable[[int, int], object] | None = None
) -> bytes:
    """The workbook of a table. Totals are SUM formulas where the rows above them add up to them, else values.

    `tell` hears now and then how many of how many rows are written, and may raise to stop.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = "villagebook"
    name = _NOT_IN_A_SHEET_NAME.sub(" ", _clean(table.title)).strip("' ")[:SHEET_NAME_LENGTH]
    # A write-only sheet takes the settings of an ordinary one; only its published type does not say so.
    sheet = cast("Worksheet", book.create_sheet(name or table.name))
    heads = [text for text in (table.title, village, table.subtitle) if text]
    _prepare(sheet, table, len(heads))
    for index, text in enumerate(heads):
        sheet.append([_text_cell(sheet, text, bold=True, size=14 if index == 0 else 11)])
    sheet.append([_head_cell(sheet, column) for column in table.columns])
    formulas = _formulas(table, first_row=len(heads) + 2)
    for number, row in enumerate(_rows(sheet, table, formulas)):
        if tell is not None and not number % TOLD_EVERY:
            tell(number, len(table.rows))
        sheet.append(row)
    for text in _below(table):
        sheet.append([_text_cell(sheet, text, bold=False, size=9)] if text else [])
    file = BytesIO()
    book.save(file)
    return _finished(file.getvalue(), formulas)


def _prepare(sheet: Worksheet, table: Table, heads: int) -> None:
    """Widths, the frozen heading and the print set-up; a write-only sheet wants them before its rows."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    for index, column in enumerate(table.columns):
        texts = (cell_text(column.shape, row[index]) for row in table.rows)
        widest = max((_columns_wide(text) for text in (column.title, *texts)), default=0)
        sheet.column_dimensions[get_column_letter(index + 1)].width = min(MOST_WIDTH, widest + 2.5)
    sheet.freeze_panes = f"A{heads + 2}"
    sheet.print_title_rows = f"{heads + 1}:{heads + 1}"
    sheet.page_setup.orientation = "landscape" if len(table.columns) > 6 else "portrait"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _columns_wide(text: str) -> int:
    """Width in characters: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _rows(sheet: Worksheet, table: Table, formulas: Sequence[Sum]) -> Iterator[list[SheetCell | None]]:
    first_total = len(table.rows) - table.totals
    by_place = {(each.row, each.column): each.formula for each in formulas}
    for number, row in enumerate(table.rows):
        is_total = number >= first_total
        bold = is_total or number in table.strong
        cells = [_cell(sheet, c.shape, value, bold=bold) for c, value in zip(table.columns, row, strict=True)]
        for index, cell in enumerate(cells):
            if cell is not None and (number, index) in by_place:
                cell.value = f"={by_place[number, index]}"
        yield cells


@dataclass(frozen=True, slots=True)
class Sum:
    """A total that is the sum of its column: row and column count from 0 in the table; value as the file writes it."""

    row: int
    column: int
    formula: str
    value: str


def _formulas(table: Table, first_row: int) -> list[Sum]:
    """The totals that may be formulas; `first_row` is the sheet's row number of the table's first row."""
    from openpyxl.utils import get_column_letter

    first_total = len(table.rows) - table.totals
    told = {number for number, _parts in table.sums}
    found = []
    for index, column in enumerate(table.columns):
        figures = [figure for row in table.rows[:first_total] if isinstance(figure := row[index], int)]
        if column.shape not in (Shape.MONEY, Shape.COUNT) or not figures:
            continue
        total, letter = sum(figures), get_column_letter(index + 1)
        formula = f"SUM({letter}{first_row}:{letter}{first_row + first_total - 1})"
        value = format_fen(total) if column.shape is Shape.MONEY else str(total)
        totals = [number for number in range(first_total, len(table.rows)) if number not in told]
        found += [
            Sum(number, index, formula, value) for number in totals if table.rows[number][index] == total
        ]
    return [*found, *_line_sums(table, first_row)]


def _line_sums(table: Table, first_row: int) -> Iterator[Sum]:
    """Rows that add up other rows (`Table.sums`): as formulas wherever they do."""
    from openpyxl.utils import get_column_letter

    for index, column in enumerate(table.columns):
        for number, parts in table.sums if column.shape is Shape.MONEY else ():
            figure = table.rows[number][index]
            cells = [(sign, row, table.rows[row][index]) for sign, row in parts]
            total = sum(sign * cell for sign, _row, cell in cells if isinstance(cell, int))
            if cells and isinstance(figure, int) and figure == total:
                letter = get_column_letter(index + 1)
                yield Sum(number, index, _written(parts, letter, first_row), format_fen(figure))


def _written(parts: Sequence[tuple[int, int]], letter: str, first_row: int) -> str:
    """SUM of the rows that are added, one after the other where they stand so; less those that are taken away."""
    runs: list[list[int]] = []
    for row in sorted(row for sign, row in parts if sign > 0):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    cells = [
        f"{letter}{first_row + a}" if a == b else f"{letter}{first_row + a}:{letter}{first_row + b}"
        for a, b in runs
    ]
    added = f"SUM({','.join(cells)})" if len(cells) > 1 or ":" in "".join(cells) else "".join(cells)
    less = "".join(f"-{letter}{first_row + row}" for sign, row in parts if sign < 0)
    return added + less


def _below(table: Table) -> Iterator[str]:
    """What a form says under its table, and who signs it."""
    if isinstance(table.form, Form):
        yield ""
        yield from table.form.foot
        yield "    ".join(f"{office}: ____________" for office in table.form.signers)


def _cell(sheet: Worksheet, shape: Shape, value: Cell, *, bold: bool) -> SheetCell | None:
    """Fen become yuan exactly (a Decimal, never a float); a day becomes a date when it is one."""
    if isinstance(value, int):
        made = _plain_cell(sheet, Decimal(value).scaleb(-2) if shape is Shape.MONEY else value, bold=bold)
        made.number_format = MONEY_FORMAT if shape is Shape.MONEY else COUNT_FORMAT
        return made
    if not value:
        return None
    day = _day(value) if shape is Shape.DAY else None
    if day is None:
        return _text_cell(sheet, value, bold=bold)
    made = _plain_cell(sheet, day, bold=bold)
    made.number_format = DAY_FORMAT
    return made


def _day(text: str) -> date | None:
    """The date of an ISO text a workbook can hold, None for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year >= 1900 else None


def _plain_cell(
    sheet: Worksheet, value: Decimal | int | date | str, *, bold: bool, size: int = 11
) -> SheetCell:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    made = WriteOnlyCell(sheet)
    made.value = value
    if bold:
        made.font = Font(bold=True, size=size)
    return made


def _text_cell(sheet: Worksheet, text: str, *, bold: bool, size: int = 11) -> SheetCell:
    """A text and nothing else, whatever it begins with."""
    text = _clean(text)
    made = _plain_cell(sheet, text, bold=bold, size=size)
    made.data_type = "s"
    made.number_format = TEXT_FORMAT
    if text.startswith(RISKY):
        made.quotePrefix = True
    return made


def _head_cell(sheet: Worksheet, column: Column) -> SheetCell:
    from openpyxl.styles import Alignment, Border, Side

    made = _text_cell(sheet, column.title, bold=True)
    made.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    made.border = Border(bottom=Side(style="medium"), top=Side(style="medium"))
    return made


def _clean(text: str) -> str:
    """Without the control signs that a workbook cannot hold."""
    return _NOT_IN_XML.sub("□", text)


def _finished(data: bytes, formulas: Sequence[Sum]) -> bytes:
    """The same workbook with fixed times in it and around it, and with the results of its formulas.

    openpyxl writes formulas without their results; a phone, or our own reader, would show an empty total.
    """
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in sorted(old.namelist(), key=_manifest_first):
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _TIMES.sub(rb"\g<1>" + _STAMP + rb"\g<2>", content)
            elif name.startswith("xl/worksheets/"):
                for each in formulas:
                    content = _with_result(content, each)
            new.writestr(zipfile.ZipInfo(name, _ZIP_DATE), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _with_result(content: bytes, each: Sum) -> bytes:
    empty = re.compile(re.escape(f"<f>{each.formula}</f>").encode() + rb"<v\s*(?:/>|></v>)")
    return empty.sub(f"<f>{each.formula}</f><v>{each.value}</v>".encode(), content)


def _manifest_first(name: str) -> tuple[bool, str]:
    return (name != "[Content_Types].xml", name)
