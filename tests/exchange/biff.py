"""A small writer of old XLS files (BIFF8 in an OLE container), as banks' sites and old spreadsheet programs make them."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

Cell = str | float | int | None

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR = 512


@dataclass(frozen=True, slots=True)
class OldSheet:
    """One sheet: its cells, the ranges that are merged (first row, last row, first column, last column), hidden or not."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: Sequence[tuple[int, int, int, int]] = ()
    hidden: bool = False


def xls(*sheets: OldSheet) -> bytes:
    """A workbook of these sheets."""
    return _container(_stream(sheets))


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _stream(sheets: Sequence[OldSheet]) -> bytes:
    bodies = [_sheet(sheet) for sheet in sheets]
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0x0600))
    end = _record(0x000A)
    names = [sheet.name.encode("utf-16-le") for sheet in sheets]
    size = len(begin) + len(end) + sum(4 + 8 + len(name) for name in names)
    heads = b""
    for sheet, name, body in zip(sheets, names, bodies, strict=True):
        told = struct.pack("<IBBBB", size, int(sheet.hidden), 0, len(sheet.name), 1) + name
        heads += _record(0x0085, told)
        size += len(body)
    return begin + heads + end + b"".join(bodies)


def _sheet(sheet: OldSheet) -> bytes:
    made = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0x0600))
    width = max((len(row) for row in sheet.rows), default=0)
    made += _record(0x0200, struct.pack("<IIHHH", 0, len(sheet.rows), 0, width, 0))
    for at, row in enumerate(sheet.rows):
        for column, cell in enumerate(row):
            place = struct.pack("<HHH", at, column, 0)
            if isinstance(cell, str):
                text = cell.encode("utf-16-le")
                made += _record(0x0204, place + struct.pack("<HB", len(cell), 1) + text)
            elif cell is not None:
                made += _record(0x0203, place + struct.pack("<d", cell))
    if sheet.merged:
        ranges = b"".join(struct.pack("<HHHH", *r) for r in sheet.merged)
        made += _record(0x00E5, struct.pack("<H", len(sheet.merged)) + ranges)
    return made + _record(0x000A)


def _container(stream: bytes) -> bytes:
    """One stream called Workbook in a compound file: sector 0 the table, 1 the directory, the stream behind them."""
    stream = stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    sectors = len(stream) // _SECTOR
    table = [_FAT, _END, *range(3, 2 + sectors), _END]
    assert len(table) <= _SECTOR // 4
    table += [_FREE] * (_SECTOR // 4 - len(table))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    head += struct.pack("<I", 0) + struct.pack("<I", _FREE) * 108
    entries = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, 2, len(stream))
    entries += _entry("", 0, _FREE, 0, 0) * 2
    return head + struct.pack("<128I", *table) + entries + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    told = text.ljust(64, b"\0") + struct.pack("<HBB", len(text) + 2 if text else 0, kind, 1)
    told += struct.pack("<III", _FREE, _FREE, child) + bytes(36)
    return told + struct.pack("<III", start, size, 0)
