"""Tables that people bring: CSV, XLSX and old XLS become rows of plain text with the file's own row numbers.

What a file is, its first bytes say, not its name. Nothing is interpreted here but the cells of a spreadsheet, whose
numbers and dates become exact text.
"""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass, replace
from pathlib import Path

from villagebook.domain.errors import KnownError
from villagebook.exchange.memory import uncollected
from villagebook.exchange.table_limits import MAX_CELL, MAX_COLUMNS, MAX_FILE, MAX_ROWS, too_large
from villagebook.i18n import _

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DELIMITERS = (",", "\t", ";")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one table as text.

    Attributes:
        name: the file's name, for messages.
        header: the first row that is not blank; cells stripped.
        header_row: its number as a spreadsheet program shows it, from 1 (a record of a CSV is one row).
        rows: all rows below, blank ones included, each as long as the header; `rows[i]` is row `header_row + 1 + i`.
    """

    name: str
    header: tuple[str, ...]
    header_row: int
    rows: list[list[str]]

    def headed_at(self, index: int) -> Sheet:
        """The same table with `rows[index]` as its header: for files with a title above the header."""
        header = tuple(cell.strip() for cell in self.rows[index])
        row = self.header_row + 1 + index
        return replace(self, header=header, header_row=row, rows=self.rows[index + 1 :])


def read_rows(path: Path) -> Sheet:
    """Read a table file.

    Raises:
        KnownError: cannot be read, is none of our kinds, is damaged, locked, empty or too large.
    """
    try:
        if path.stat().st_size > MAX_FILE:
            raise too_large(path.name)
        data = path.read_bytes()
    except OSError as error:
        raise KnownError(
            _("The file {name} cannot be read.").format(name=path.name),
            _("Close it in other programs, or copy it to this computer first."),
        ) from error
    return sheet_from_bytes(data, path.name)


def sheet_from_bytes(data: bytes, name: str) -> Sheet:
    """As `read_rows`, from bytes already read; `name` is only for messages."""
    with uncollected():
        if is_workbook(data):
            from villagebook.exchange.spreadsheets import read_cells

            cells = read_cells(data, name)
        else:
            cells = _read_csv(data, name)
        return sheet_of_rows(cells, name)


def is_workbook(data: bytes) -> bool:
    """By its first bytes: XLSX (or another ZIP), or old XLS."""
    return data.startswith((_ZIP, _OLE))


def sheet_of_rows(rows: list[list[str]], name: str) -> Sheet:
    """Cut off blank edges, level the rows, hold the limits. Raises KnownError."""
    while rows and not any(map(str.strip, rows[-1])):
        rows.pop()
    first = next((i for i, row in enumerate(rows) if any(map(str.strip, row))), None)
    if first is None:
        raise KnownError(_("The file {name} holds no rows.").format(name=name), _("Choose another file."))
    if len(rows) > MAX_ROWS:
        raise too_large(name)
    width = max(map(len, rows))
    if width > MAX_COLUMNS:
        rows = [_without_blank_end(row) for row in rows]
        width = max(map(len, rows))
        if width > MAX_COLUMNS:
            raise too_large(name)
    if max(map(len, map("".join, rows))) > MAX_CELL:
        _check_cells(rows, name)
    rows = [row if len(row) == width else row + [""] * (width - len(row)) for row in rows]
    header = tuple(cell.strip() for cell in rows[first])
    return Sheet(name, header, first + 1, rows[first + 1 :])


def _without_blank_end(row: list[str]) -> list[str]:
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return row[:end]


def _check_cells(rows: list[list[str]], name: str) -> None:
    for number, row in enumerate(rows, 1):
        if any(len(cell) > MAX_CELL for cell in row):
            raise KnownError(
                _("Row {row} of {name} holds more than {limit} letters in one cell.").format(
                    row=number, name=name, limit=MAX_CELL
                ),
                _("Shorten the text; in a CSV look for a quotation mark that is not closed."),
            )


def _read_csv(data: bytes, name: str) -> list[list[str]]:
    text = _decode(data, name)
    delimiter = _sniff(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return list(reader)
    except csv.Error:
        raise KnownError(
            _("Row {row} of {name} cannot be read as a table.").format(row=reader.line_num, name=name),
            _("Look for a quotation mark that is not closed, or save the file as XLSX."),
        ) from None


def _decode(data: bytes, name: str) -> str:
    """UTF-8 first: text in GB18030 is hardly ever valid UTF-8 by accident, the other way round it often is."""
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text or text.lstrip()[:5].lower() in (
            "<html",
            "<?xml",
            "<!doc",
            "<tabl",
            "<meta",
            "%pdf-",
        ):
            break
        return text
    raise KnownError(
        _("{name} is not a table this program can read.").format(name=name),
        _("Open it in a spreadsheet program and save it as XLSX or as CSV UTF-8."),
    )


def _sniff(text: str) -> str:
    """The delimiter that makes the most columns of the first rows; a comma where it does not matter."""
    start = next((i for i, letter in enumerate(text[:10_000]) if not letter.isspace()), 0)
    lines = text[start : start + 10_000].splitlines()[:5]
    widths = {d: max((len(row) for row in csv.reader(lines, delimiter=d)), default=0) for d in _DELIMITERS}
    return max(_DELIMITERS, key=lambda d: widths[d])
