"""Tables as bytes: CSV, JSON, XLSX, PDF. CSV and JSON use the machine names of the command line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import replace

from villagebook.domain.money import format_fen
from villagebook.domain.table import Cell, Column, Dossier, Form, Shape, Table

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def render(
    table: Table, form: str, village: str = "", tell: Callable[[int, int], object] | None = None
) -> bytes:
    """`form` is csv, json, xlsx or pdf; anything else is a ValueError. PDF and XLSX are imported only here.

    `tell` hears how much of a long file is made, and may raise to stop.
    """
    if form == "csv":
        return csv_bytes(table)
    if form == "json":
        return json_bytes(table)
    table = _worded(table)
    if form == "xlsx":
        from villagebook.reports.table_xlsx import render_xlsx

        return render_xlsx(table, village=village, tell=tell)
    paper = table.form
    if form == "pdf" and isinstance(paper, Form):
        from villagebook.reports.statement_pdf import render_form

        return render_form(paper, village=village)
    if form == "pdf" and isinstance(paper, Dossier):
        from villagebook.reports.dossier_pdf import render_dossier

        return render_dossier(paper)
    if form == "pdf":
        from villagebook.reports.table_pdf import render_table

        return render_table(table, village=village, tell=tell)
    raise ValueError(form)


def _worded(table: Table) -> Table:
    """Codes replaced by what people read."""
    if not any(c.words for c in table.columns):
        return table
    rows = (tuple(c.told(v) for c, v in zip(table.columns, row, strict=True)) for row in table.rows)
    return replace(table, rows=tuple(rows))


_KEEPS_TOTAL = ("receipts-payments",)
"""Total rows are for people; a program that reads a list adds up itself. One report promises its total row."""


def _machine_rows(table: Table) -> tuple[tuple[Cell, ...], ...]:
    if table.machine_rows is not None:
        return table.machine_rows
    return table.rows if table.name in _KEEPS_TOTAL or not table.totals else table.rows[: -table.totals]


def _machine_columns(table: Table) -> tuple[Column, ...]:
    return table.columns if table.machine_columns is None else table.machine_columns


def _plain(cell: Cell, shape: Shape) -> str:
    if cell is None:
        return ""
    return format_fen(cell) if shape is Shape.MONEY and isinstance(cell, int) else str(cell)


def _quoted(text: str) -> str:
    """A text that a spreadsheet would take for a formula gets an apostrophe; figures stay figures."""
    return "'" + text if text.startswith(_DANGEROUS) else text


def _texts(cells: Iterable[Cell], shape: Shape) -> list[str]:
    """One column; a large ledger has a hundred thousand rows, so its shape is looked at once."""
    if shape is Shape.MONEY:
        return [format_fen(c) if isinstance(c, int) else str(c or "") for c in cells]
    texts = ["" if c is None else str(c) for c in cells]
    return [_quoted(t) for t in texts] if shape is Shape.TEXT else texts


def csv_bytes(table: Table) -> bytes:
    """UTF-8 with BOM, so that spreadsheets on a Chinese Windows read it right."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    columns = _machine_columns(table)
    writer.writerow([c.key for c in columns])
    by_column = zip(*_machine_rows(table), strict=True)
    texts = [_texts(cells, c.shape) for c, cells in zip(columns, by_column, strict=False)]
    writer.writerows(zip(*texts, strict=True))
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def json_bytes(table: Table) -> bytes:
    """A list of objects, one per row; amounts are texts in yuan with two decimals, counts are numbers."""
    columns = _machine_columns(table)
    rows = [
        {
            c.key: (v if c.shape is Shape.COUNT else _plain(v, c.shape))
            for v, c in zip(row, columns, strict=True)
        }
        for row in _machine_rows(table)
    ]
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
