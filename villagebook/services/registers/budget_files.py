"""A budget from a spreadsheet and back: pasted cells, CSV, XLSX. One row a line, twelve months or one figure for the year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from villagebook.domain.account import Chart
from villagebook.domain.budget import MONTHS, BudgetLine, spread
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.money import AmountError, parse_yuan
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.exchange.tables import Sheet, read_rows, sheet_of_rows
from villagebook.i18n import _
from villagebook.services.gate import refusal
from villagebook.services.names import account_title
from villagebook.services.render import render
from villagebook.storage import registry
from villagebook.storage.book import Book

_ACCOUNT = ("account", "code", "科目", "科目代码", "科目编码", "会计科目")
_PROJECT = ("project", "项目", "项目编号")
_YEAR = ("year", "total", "planned", "全年", "全年预算", "合计", "预算数", "预算")
_MONTH = re.compile(r"(?:m|第)?0?(\d{1,2})(?:月|月份)?")


@dataclass(frozen=True, slots=True)
class _Places:
    """Column numbers of a sheet; -1 where it has none."""

    account: int
    project: int
    year: int
    months: dict[int, int]


def read_file(book: Book, path: Path) -> tuple[BudgetLine, ...]:
    """Lines of a CSV, XLSX or XLS file. Raises KnownError (no table) and Refused (all cells that cannot be read)."""
    return _lines(book, read_rows(path))


def read_pasted(book: Book, text: str) -> tuple[BudgetLine, ...]:
    """Lines of cells copied out of a spreadsheet: with a heading row, or account, project and months or a year's figure.

    Raises KnownError (nothing there) and Refused (all cells that cannot be read).
    """
    rows = [line.split("\t") for line in text.splitlines() if line.strip()]
    width = max((len(row) for row in rows), default=0)
    rows = [row + [""] * (width - len(row)) for row in rows]
    if rows and not any(_heading(row) for row in rows):
        rows.insert(0, _usual(width))
    return _lines(book, sheet_of_rows(rows, _("what was pasted")))


def _usual(width: int) -> list[str]:
    """Headings for bare cells: account first, then (with 14 or 3 columns) the project, then the figures."""
    names = ["account"]
    if width in (3, MONTHS + 2):
        names.append("project")
    figures = width - len(names)
    return names + (["year"] if figures == 1 else [str(n) for n in range(1, figures + 1)])


def _heading(cells: Sequence[str]) -> _Places | None:
    """Where the columns are; None when the row is no heading."""
    words = [cell.strip().lower() for cell in cells]
    months = {}
    for index, word in enumerate(words):
        match = _MONTH.fullmatch(word)
        if match and 1 <= int(match[1]) <= MONTHS:
            months[int(match[1])] = index

    def find(names: Sequence[str]) -> int:
        return next((i for i, word in enumerate(words) if word in names), -1)

    account, year = find(_ACCOUNT), find(_YEAR)
    if account < 0 or (year < 0 and not months):
        return None
    return _Places(account, find(_PROJECT), year, months)


def _lines(book: Book, sheet: Sheet) -> tuple[BudgetLine, ...]:
    places, below = _heading(sheet.header), 0
    while places is None and below < len(sheet.rows):  # titles above the heading
        places, below = _heading(sheet.rows[below]), below + 1
    if places is None:
        text = _(
            "{name} has no heading row with an account and figures (account, project, 1 to 12, or account and year)."
        ).format(name=sheet.name)
        raise refusal("BUD-12", sheet.name, text)
    with book.reading() as connection:
        chart = registry.read_chart(connection)
    made: list[BudgetLine] = []
    problems: list[Finding] = []
    for index, row in enumerate(sheet.rows[below:], below):
        number = sheet.header_row + 1 + index
        if not row[places.account].strip():
            continue  # blank rows and rows with totals name no account
        found = list(_problems(row, places, chart, number))
        problems += found
        if not found:
            made.append(_line(row, places, chart))
    if problems:
        raise Refused(problems)
    return tuple(made)


def _code(cell: str, chart: Chart) -> str:
    """The code of an account told by code, name, or both ("513 管理费用")."""
    text = cell.strip().removeprefix("'")
    account = chart.find(text) or chart.find(text.split()[0] if text.split() else "")
    return account.code if account else ""


def _problems(row: Sequence[str], places: _Places, chart: Chart, number: int) -> Iterator[Finding]:
    if not _code(row[places.account], chart):
        text = _("Row {row}: “{text}” is no account of this book.")
        yield _finding(number, text.format(row=number, text=row[places.account].strip()))
    for index in (*places.months.values(), *([places.year] if places.year >= 0 else [])):
        if row[index].strip() and _fen(row[index]) is None:
            text = _("Row {row}: “{text}” is no amount.")
            yield _finding(number, text.format(row=number, text=row[index].strip()))
    months = [_fen(row[i]) or 0 for i in places.months.values()]
    year = _fen(row[places.year]) if places.year >= 0 else None
    if any(months) and year is not None and year != sum(months):
        yield _finding(number, _("Row {row}: the months do not add up to the year.").format(row=number))


def _finding(row: int, text: str) -> Finding:
    return Finding("BUD-12", Severity.ERROR, str(row), text)


def _fen(cell: str) -> int | None:
    try:
        return parse_yuan(cell) if cell.strip() else 0
    except AmountError:
        return None


def _line(row: Sequence[str], places: _Places, chart: Chart) -> BudgetLine:
    project = row[places.project].strip() if places.project >= 0 else ""
    months = [0] * MONTHS
    for month, index in places.months.items():
        months[month - 1] = _fen(row[index]) or 0
    if not any(months) and places.year >= 0:
        months = list(spread(_fen(row[places.year]) or 0))
    return BudgetLine(_code(row[places.account], chart), tuple(months), project)


def table_of(book: Book, year: int, lines: Sequence[BudgetLine]) -> Table:
    """Lines as a table that can be taken in again."""
    with book.reading() as connection:
        chart = registry.read_chart(connection)
    columns = (
        Column("account", _("Account"), Shape.TEXT, 6),
        Column("name", _("Name"), Shape.TEXT, 12),
        Column("project", _("Project"), Shape.TEXT, 8),
        *(Column(str(n), str(n), Shape.MONEY, 7) for n in range(1, MONTHS + 1)),
        Column("year", _("Year"), Shape.MONEY, 9),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (line.account, account_title(chart, line.account, ""), line.project, *line.months, line.total_fen)
        for line in lines
    )
    return Table("budget-plan", _("Budget"), str(year), columns, rows)


def export(book: Book, year: int, lines: Sequence[BudgetLine], form: str) -> bytes:
    """Lines as csv or xlsx bytes."""
    return render(table_of(book, year, lines), form, book.info.village)
