"""A bank's file as tables: XLSX, old XLS, CSV in any Chinese encoding, or a web page called .xls."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from villagebook.domain.errors import KnownError
from villagebook.domain.finding import Finding
from villagebook.exchange.bank_findings import BankProblems
from villagebook.exchange.bank_headers import (
    BankMapping,
    find_table,
    missing_roles,
)
from villagebook.exchange.bank_html import html_rows, is_html
from villagebook.exchange.table_limits import MAX_FILE, too_large
from villagebook.exchange.tables import Sheet, is_workbook, sheet_from_bytes, sheet_of_rows
from villagebook.i18n import _


def read_bank_bytes(path: Path) -> bytes:
    """Raises KnownError when the file cannot be read or is too large."""
    try:
        if path.stat().st_size > MAX_FILE:
            raise too_large(path.name)
        return path.read_bytes()
    except OSError as error:
        raise KnownError(
            _("The file {name} cannot be read.").format(name=path.name),
            _("Close it in other programs, or copy it to this computer first."),
        ) from error


@dataclass(frozen=True, slots=True)
class BankSheet:
    """One table of a bank's file; `title` is "" where the file is no workbook."""

    title: str
    visible: bool
    cells: Sheet


def bank_sheets(data: bytes, name: str) -> tuple[BankSheet, ...]:
    """Every table of a statement that holds anything, whatever the file is called. Raises KnownError."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", errors="replace")
        if is_html(text[:200_000].encode()):
            return (BankSheet("", True, sheet_of_rows(html_rows(text, name), name)),)
    elif is_html(data):
        return (BankSheet("", True, sheet_of_rows(html_rows(_text(data), name), name)),)
    if not is_workbook(data):
        return (BankSheet("", True, sheet_from_bytes(data, name)),)
    from villagebook.exchange.spreadsheets import read_sheets

    found = [
        BankSheet(s.name, s.visible, sheet_of_rows(s.rows, name))
        for s in read_sheets(data, name)
        if any(map(str.strip, (cell for row in s.rows for cell in row)))
    ]
    if not any(s.visible for s in found):
        sheet_of_rows([], name)  # says that the file holds no rows
    return tuple(found)


def choose_sheet(sheets: Sequence[BankSheet], mapping: BankMapping | None = None) -> BankSheet:
    """The sheet a mapping names, else the first visible one that looks like a statement, else the first visible one."""
    if mapping and mapping.sheet:
        named = next((s for s in sheets if s.title == mapping.sheet), None)
        if named is not None:
            return named
    visible = [s for s in sheets if s.visible]
    fitting = (s for s in visible if not missing_roles(find_table(s.cells, mapping).index))
    return next(fitting, visible[0])


def tell_others(sheets: Sequence[BankSheet], chosen: BankSheet, name: str) -> tuple[Finding, ...]:
    """A word about the sheets that were not read, hidden ones by that mark."""
    hidden = _("hidden")
    others = [s.title if s.visible else f"{s.title} ({hidden})" for s in sheets if s is not chosen]
    problems = BankProblems(name)
    if others:
        problems.add("BNK-28", value=chosen.title, others=", ".join(others[:8]))
    return problems.findings()


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def header_fingerprint(sheet: Sheet) -> str:
    """By which a mapping made before is found again."""
    return find_table(sheet).fingerprint
