"""Cells of XLSX and old XLS workbooks as exact text: the only file that knows python-calamine.

A workbook reaches the library only after `spreadsheet_guard` has found it harmless.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from villagebook.domain.errors import KnownError
from villagebook.exchange.spreadsheet_guard import Hostile, check_workbook
from villagebook.exchange.table_limits import MAX_COLUMNS, MAX_ROWS, too_large
from villagebook.i18n import _

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

    Value = int | float | str | bool | time | date | datetime | timedelta

# Excel itself shows and keeps 15 digits; the rest of a binary fraction (0.30000000000000004) is nobody's figure.
_DIGITS = 15


@dataclass(frozen=True, slots=True)
class SheetCells:
    """One sheet of a workbook that holds anything, hidden or not; row 1 of the sheet is item 0."""

    name: str
    visible: bool
    rows: list[list[str]]


def read_cells(data: bytes, name: str) -> list[list[str]]:
    """Rows of the first visible sheet that holds anything; row 1 of the sheet is item 0.

    Raises:
        KnownError: locked by a password, damaged, empty, or larger than a table of bookings can be.
    """
    return next((sheet.rows for sheet in read_sheets(data, name) if sheet.visible), [])


def read_sheets(data: bytes, name: str) -> Iterator[SheetCells]:
    """Every sheet that holds anything, one after the other in the order of the workbook. Raises KnownError as `read_cells`."""
    try:
        check_workbook(data)
    except Hostile as hostile:
        raise too_large(name) if hostile.is_size else _damaged(name) from None
    for title, visible, sheet in _sheets(data, name):
        if sheet.total_height > MAX_ROWS or sheet.total_width > MAX_COLUMNS * 5:
            raise too_large(name)
        rows = [[cell_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
        yield SheetCells(title, visible, rows)


def cell_text(value: Value) -> str:
    """A cell as text: 1234.5 -> "1234.5", 6.2e18 -> all its digits, dates in ISO form, midnight left out."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        if value.is_integer():
            return str(int(value))
        return format(Decimal(f"{value:.{_DIGITS}g}"), "f")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _sheets(data: bytes, name: str) -> Iterator[tuple[str, bool, CalamineSheet]]:
    from python_calamine import (
        CalamineError,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
        load_workbook,
    )

    try:
        with load_workbook(io.BytesIO(data)) as book:
            for index, about in enumerate(book.sheets_metadata):
                if about.typ != SheetTypeEnum.WorkSheet:
                    continue
                sheet = book.get_sheet_by_index(index)
                if sheet.height:
                    yield about.name, about.visible == SheetVisibleEnum.Visible, sheet
    except PasswordError:
        raise KnownError(
            _("{name} is locked with a password.").format(name=name),
            _("Open it in a spreadsheet program and save it without a password."),
        ) from None
    except (CalamineError, OSError, ValueError):
        raise _damaged(name) from None
    except BaseException as error:
        # The library is written in Rust; where it gives up on a damaged file it raises this, which is no Exception.
        if type(error).__name__ == "PanicException":
            raise _damaged(name) from None
        raise


def _damaged(name: str) -> KnownError:
    return KnownError(
        _("{name} is not a workbook this program can read, or it is damaged.").format(name=name),
        _("Open it in a spreadsheet program and save it as XLSX again."),
    )
