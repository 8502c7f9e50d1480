"""The file for the bank, in the bank's layout: CSV or a workbook whose numbers of accounts are texts."""

from __future__ import annotations

import csv
import io

from villagebook.domain.bank_batch import BatchFormat, BatchLayout, BatchRow
from villagebook.domain.money import yuan_text
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.reports.table_xlsx import render_xlsx


def render_batch(layout: BatchLayout, rows: tuple[BatchRow, ...], purpose: str) -> bytes:
    """Raises UnicodeEncodeError where the layout's encoding lacks a character of a name."""
    if layout.format is BatchFormat.XLSX:
        return _workbook(layout, rows, purpose)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=layout.delimiter, lineterminator="\r\n")
    if layout.header:
        writer.writerow([heading for heading, _field in layout.columns])
    for row in rows:
        writer.writerow([_text(row, field, purpose) for _heading, field in layout.columns])
    return text.getvalue().encode(layout.encoding)


def _workbook(layout: BatchLayout, rows: tuple[BatchRow, ...], purpose: str) -> bytes:
    columns = tuple(
        Column(field, heading, Shape.MONEY if field == "yuan" else Shape.TEXT, 10)
        for heading, field in layout.columns
    )
    cells: tuple[tuple[Cell, ...], ...] = tuple(
        tuple(
            row.row.amount_fen if field == "yuan" else _text(row, field, purpose)
            for _heading, field in layout.columns
        )
        for row in rows
    )
    return render_xlsx(Table("batch", "", "", columns, cells))


def _text(row: BatchRow, field: str, purpose: str) -> str:
    return {
        "no": str(row.no),
        "name": row.row.name,
        "household": row.row.household,
        "holder": row.holder,
        "account": row.number,
        "bank": row.bank,
        "yuan": yuan_text(row.row.amount_fen).replace(",", ""),
        "fen": str(row.row.amount_fen),
        "purpose": purpose,
    }[field]
