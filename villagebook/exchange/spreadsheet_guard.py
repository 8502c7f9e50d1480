"""Is this workbook harmless? Asked before any library sees it.

A workbook of a megabyte may unpack to a gigabyte, and one cell in the last corner makes a reader reserve room for
seventeen thousand million. So the unpacked sizes, the number of parts and the place of the farthest cell are looked
at first, on the bytes themselves; and no document type, the door of entity bombs, is let in.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from villagebook.exchange.xls_guard import farthest_cells

MAX_PARTS = 2_000
MAX_UNPACKED = 256 * 1024 * 1024
MAX_RATIO = 200
MAX_CELLS = 12_000_000

_SMALL = 1024 * 1024
_MAX_WIDTH = 300
_CELL_AT = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})(\d{1,7})["']""")
_ANY_AT = re.compile(rb"""\br\s*=\s*["']""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")


class Hostile(Exception):
    """Not to be opened; `is_size` tells too much of something from bytes that are no workbook."""

    def __init__(self, *, is_size: bool) -> None:
        super().__init__()
        self.is_size = is_size


def check_workbook(data: bytes) -> None:
    """Raises Hostile for a workbook that must not be opened."""
    if data.startswith(b"PK"):
        _check_xlsx(data)
        return
    try:
        farthest = farthest_cells(data)
    except ValueError:
        raise Hostile(is_size=False) from None
    if sum(rows * columns for rows, columns in farthest) > MAX_CELLS:
        raise Hostile(is_size=True)


def _check_xlsx(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise Hostile(is_size=True)
            if len({part.filename.casefold() for part in parts}) != len(parts):
                raise Hostile(is_size=False)
            for part in parts:
                if part.file_size > _SMALL and part.file_size > MAX_RATIO * part.compress_size:
                    raise Hostile(is_size=True)
                if part.filename.casefold().endswith((".xml", ".rels")) or _may_be_sheet(part):
                    _check_xml(_unpack(archive, part))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise Hostile(is_size=False) from None


def _may_be_sheet(part: zipfile.ZipInfo) -> bool:
    """A sheet may carry any name; pictures, printer settings and macros are never read."""
    return not part.filename.casefold().endswith(
        (".png", ".jpeg", ".jpg", ".gif", ".emf", ".wmf", ".bin", ".vml")
    )


def _unpack(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """The part's bytes; never more than it says it has."""
    with archive.open(part) as file:
        data = file.read(part.file_size + 1)
    if len(data) != part.file_size:
        raise Hostile(is_size=True)
    return data


def _check_xml(data: bytes) -> None:
    if (
        b"<!DOCTYPE" in data
        or b"<!ENTITY" in data
        or data[:2] in (b"\xff\xfe", b"\xfe\xff")
        or b"\0" in data[:100]
    ):
        raise Hostile(is_size=False)
    cells = _CELL.findall(data)
    if not cells:
        return
    places = _CELL_AT.findall(data)
    if len(places) != len(_ANY_AT.findall(data)):
        raise Hostile(is_size=True)
    height = max((int(row) for _column, row in places), default=0)
    width = max(map(_column_number, {column for column, _row in places}), default=0)
    if sum(1 for column, _row in places if column) < len(cells):
        # Cells without a place of their own follow each other; then a row is as wide as it has cells.
        width = max(width, max(map(len, map(_CELL.findall, data.split(b"<row")))))
        height = max(height, data.count(b"<row"))
    if width > _MAX_WIDTH or height * width > MAX_CELLS:
        raise Hostile(is_size=True)


def _column_number(letters: bytes) -> int:
    """A -> 1, Z -> 26, AA -> 27; no letters -> 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
