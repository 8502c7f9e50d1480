"""How far do the sheets of an old XLS reach? Read from the records themselves, before any library sees the file.

An XLS is a small file system (OLE) holding one stream of records; each cell record begins with its row and column,
and one record per sheet claims the sheet's size. Only that is looked at here.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_END_OF_CHAIN = 0xFFFFFFFA  # this and above are marks, not sectors
_BOF = {0x0809, 0x0409, 0x0209, 0x0009}
_LOCKED = 0x002F
_DIMENSIONS = 0x0200
_CELLS = {0x0006, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E}
_MANY_CELLS = {0x00BD, 0x00BE}
_MAX_SHEETS = 200


def farthest_cells(data: bytes) -> list[tuple[int, int]]:
    """Rows and columns of each sheet up to its farthest cell, claimed or real. Raises ValueError for no XLS.

    A workbook locked with a password has no stream of the old kind; for it the answer is an empty list.
    """
    try:
        stream = _workbook_stream(data)
        return _walk(stream)
    except (struct.error, IndexError):
        raise ValueError("not an XLS") from None


def _walk(stream: bytes) -> list[tuple[int, int]]:
    sheets: list[tuple[int, int]] = []
    rows = columns = 0
    for kind, body in _records(stream):
        if kind == _LOCKED:
            return []  # what follows is scrambled; the library asks for the password and reads nothing
        if kind in _BOF:
            sheets.append((rows, columns))
            rows = columns = 0
            if len(sheets) > _MAX_SHEETS:
                raise ValueError("too many sheets")
        elif kind in _CELLS or kind in _MANY_CELLS:
            row, column = struct.unpack_from("<HH", body)
            if kind in _MANY_CELLS:
                column = struct.unpack_from("<H", body, len(body) - 2)[0]
            rows, columns = max(rows, row + 1), max(columns, column + 1)
        elif kind == _DIMENSIONS and len(body) >= 10:
            form = "<IIHH" if len(body) >= 12 else "<HHHH"
            _first, last_row, _left, last_column = struct.unpack_from(form, body)
            rows, columns = max(rows, last_row), max(columns, last_column)
    return [*sheets, (rows, columns)]


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _workbook_stream(data: bytes) -> bytes:
    """The stream called Workbook or Book; empty when there is none."""
    sector_size = 1 << min(struct.unpack_from("<H", data, 30)[0], 12)
    fat = _fat(data, sector_size)
    directory_start, cutoff = struct.unpack_from("<I4xI", data, 48)
    mini_fat_start = struct.unpack_from("<I", data, 60)[0]
    directory = _chain(data, fat, directory_start, sector_size, skip=sector_size)
    entries = [directory[i : i + 128] for i in range(0, len(directory) - 127, 128)]
    for entry in entries:
        name = entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le", "replace")
        if name.casefold() not in ("workbook", "book") or entry[66] != 2:
            continue
        start, size = struct.unpack_from("<II", entry, 116)
        if size >= cutoff:
            return _chain(data, fat, start, sector_size, skip=sector_size)[:size]
        root = _chain(data, fat, struct.unpack_from("<I", entries[0], 116)[0], sector_size, skip=sector_size)
        packed = _chain(data, fat, mini_fat_start, sector_size, skip=sector_size)
        mini_fat = list(struct.unpack(f"<{len(packed) // 4}I", packed))
        return _chain(root, mini_fat, start, 64, skip=0)[:size]
    return b""


def _fat(data: bytes, sector_size: int) -> list[int]:
    """The table that says which sector follows which."""
    sectors = list(struct.unpack_from("<109I", data, 76))
    more, per_sector = struct.unpack_from("<I", data, 68)[0], sector_size // 4
    for _step in range(len(data) // sector_size):
        if more >= _END_OF_CHAIN:
            break
        numbers = struct.unpack_from(f"<{per_sector}I", data, sector_size * (more + 1))
        sectors += numbers[:-1]
        more = numbers[-1]
    fat: list[int] = []
    for sector in sectors:
        if sector < _END_OF_CHAIN:
            fat += struct.unpack_from(f"<{per_sector}I", data, sector_size * (sector + 1))
        if len(fat) > len(data) // 64 + per_sector:
            break
    return fat


def _chain(data: bytes, table: list[int], start: int, size: int, *, skip: int) -> bytes:
    """The sectors from `start` on, joined; a chain that bites its tail is no file of ours."""
    pieces: list[bytes] = []
    sector = start
    while sector < _END_OF_CHAIN:
        pieces.append(data[skip + sector * size : skip + (sector + 1) * size])
        if len(pieces) > len(table):
            raise ValueError("a chain without end")
        sector = table[sector]
    return b"".join(pieces)
