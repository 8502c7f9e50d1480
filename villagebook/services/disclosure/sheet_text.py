"""A board sheet as plain text and as JSON: same data, same filter as its paper."""

from __future__ import annotations

import json

from villagebook.domain.money import format_fen, yuan_text
from villagebook.domain.sheet import Part, Sheet, sheet_code
from villagebook.domain.table import Cell, Shape
from villagebook.i18n import _
from villagebook.services.disclosure.board_contents import row_words


def sheet_json(sheet: Sheet, draft: bool) -> bytes:
    """Amounts as texts in yuan; the QR text and the content hash as printed."""
    body = {
        "village": sheet.village,
        "code": sheet.village_code,
        "number": sheet.number,
        "form": sheet.form.value,
        "subject": sheet.subject,
        "stage": sheet.stage,
        "period": str(sheet.span),
        "draft": draft,
        "title": sheet.title,
        "sentences": list(sheet.sentences),
        "figures": [
            {"label": f.label, "amount": format_fen(f.fen), "beside": f.beside} for f in sheet.figures
        ],
        "parts": [_part(part) for part in sheet.parts],
        "notes": list(sheet.notes),
        "log": {"seq": sheet.log_seq, "hash": sheet.log_hash},
        "content_hash": sheet.content_hash(),
        "qr": sheet_code(sheet),
    }
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _part(part: Part) -> dict[str, object]:
    return {
        "title": part.title,
        "columns": [c.title for c in part.columns],
        "rows": [
            [_cell(c.shape, v) for c, v in zip(part.columns, row, strict=True)]
            for row in part.rows[: len(part.rows) - part.totals]
        ],
        "totals": [
            [_cell(c.shape, v) for c, v in zip(part.columns, row, strict=True)]
            for row in part.rows[len(part.rows) - part.totals :]
        ],
    }


def _cell(shape: Shape, value: Cell) -> Cell:
    return format_fen(value) if shape is Shape.MONEY and isinstance(value, int) else value


def sheet_text(sheet: Sheet, draft: bool) -> bytes:
    """For a chat group or the loudspeaker: short lines, no table."""
    lines = [
        sheet.title,
        f"{sheet.village}  {sheet.span}  {sheet.number}" + (f"  ({_('DRAFT')})" if draft else ""),
        *sheet.sentences,
        *(" ".join(filter(None, (f.label, yuan_text(f.fen), f.beside))) for f in sheet.figures),
    ]
    for part in sheet.parts:
        lines.append(f"[{part.title}]" if part.rows else f"[{part.title}] {_('nothing in this period')}")
        for number, row in enumerate(part.rows, 1):
            sum_row = number > len(part.rows) - part.totals
            lines.append(f"{'=' if sum_row else f'{number}.'} {row_words(part, row)}")
    lines += [*sheet.notes, sheet_code(sheet)]
    return ("\n".join(lines) + "\n").encode("utf-8")
