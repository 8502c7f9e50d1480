"""A statement as the sheet that is signed: title, unit, date, one table or two beside each other, signatures below."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from villagebook.domain.table import Column, Form, FormRow, Shape
from villagebook.i18n import _
from villagebook.reports.fonts import face, printable
from villagebook.reports.pen import HAIR, MM, Align, Pen
from villagebook.reports.table_pdf import PAPERS, cell_text
from villagebook.reports.wrapping import balanced, wrap

SIDE, TOP, BOTTOM = 14 * MM, 13 * MM, 12 * MM
TITLE, LINE, BODY, SMALL = 17, 10, 9, 7.5
PAD = 3
MOST_ROW, LEAST_ROW = 7.4 * MM, 4.7 * MM
HEAD_ROW = 8.5 * MM
SIGN_ROOM = 14 * MM
NARROW = 3
"""Columns of figures up to which a sheet with one side stands upright."""


def lies(form: Form) -> bool:
    """Whether the sheet is wider than high."""
    return len(form.sides) > 1 or len(form.columns) > NARROW


def render_form(form: Form, *, village: str = "") -> bytes:
    """The PDF of one statement on A4."""
    width, height = PAPERS["A4"]
    if lies(form):
        width, height = height, width
    pen = Pen(width, height, form.title)
    sheet = FormSheet(form, village, width, height)
    for number in range(1, sheet.pages + 1):
        sheet.draw(pen, number)
        if sheet.pages > 1:
            page = _("Page {page} of {pages}").format(page=number, pages=sheet.pages)
            pen.text(width / 2, height - BOTTOM / 2, page, SMALL, align=Align.CENTRE)
        pen.end_page()
    return pen.finish()


class FormSheet:
    """The measures of one statement on a page size, and the drawing of its pages."""

    def __init__(self, form: Form, village: str, width: float, height: float) -> None:
        self.form, self.village = form, village
        self.width = width
        inner = width - 2 * SIDE
        self.sides = _level(form.sides)
        self.title_lines = balanced(form.title, inner, TITLE, bold=True)
        self.foot = [line for text in form.foot for line in wrap(text, inner, SMALL)]
        self.top = TOP + len(self.title_lines) * 1.3 * TITLE + 1.9 * LINE
        foot_height = len(self.foot) * 1.35 * SMALL + SIGN_ROOM
        room = height - self.top - BOTTOM - HEAD_ROW - foot_height
        rows = max(map(len, form.sides), default=1)
        self.row = min(MOST_ROW, max(LEAST_ROW, room / max(1, rows)))
        self.per_page = max(1, int((room + 0.1) // self.row))
        self.pages = -(-max(1, rows) // self.per_page)
        each = inner / max(1, len(form.sides))
        alike = _edges(form.columns, [row for side in form.sides for row in side], each)
        self.edges = [[SIDE + n * each + edge for edge in alike] for n in range(len(form.sides))]

    def draw(self, pen: Pen, number: int) -> None:
        """Page `number` from 1; ending the page is the caller's."""
        self._draw_head(pen)
        start = (number - 1) * self.per_page
        high = max(len(side[start : start + self.per_page]) for side in self.sides)
        for edges, side in zip(self.edges, self.sides, strict=True):
            self._draw_side(pen, edges, side[start : start + self.per_page], high)
        y = self.top + HEAD_ROW + high * self.row
        if number == self.pages:
            self._draw_foot(pen, y)

    def _draw_head(self, pen: Pen) -> None:
        form, right = self.form, self.width - SIDE
        pen.lines(self.width / 2, TOP, self.title_lines, TITLE, 1.3 * TITLE, bold=True, align=Align.CENTRE)
        if form.form_no:
            pen.text(right, TOP + 0.5 * TITLE, form.form_no, LINE, align=Align.RIGHT)
        y = TOP + len(self.title_lines) * 1.3 * TITLE + 0.8 * LINE
        pen.text(SIDE, y, _("Organisation: {village}").format(village=self.village), LINE)
        pen.text(self.width / 2, y, form.when, LINE, align=Align.CENTRE)
        pen.text(right, y, _("Unit: yuan"), LINE, align=Align.RIGHT)

    def _draw_side(self, pen: Pen, edges: Sequence[float], rows: Sequence[FormRow], high: int) -> None:
        top, end = self.top, self.top + HEAD_ROW + high * self.row
        titles = [_("Item"), _("Row"), *(c.title for c in self.form.columns)]
        for title, (left, right) in zip(titles, pairwise(edges), strict=True):
            lines = wrap(title, right - left - 2, BODY, bold=True)
            at = top + (HEAD_ROW - len(lines) * 1.15 * BODY) / 2
            pen.lines((left + right) / 2, at, lines, BODY, 1.15 * BODY, bold=True, align=Align.CENTRE)
        for index, row in enumerate(rows):
            self._draw_row(pen, edges, row, top + HEAD_ROW + (index + 0.5) * self.row)
        for index in range(high + 1):
            y = top + HEAD_ROW + index * self.row
            pen.line(edges[0], y, edges[-1], y, 1 if index in (0, high) else HAIR)
        pen.line(edges[0], top, edges[-1], top, 1)
        for at, edge in enumerate(edges):
            pen.line(edge, top, edge, end, 1 if at in (0, len(edges) - 1) else HAIR)

    def _draw_row(self, pen: Pen, edges: Sequence[float], row: FormRow, y: float) -> None:
        size = _fitting(
            row.item, edges[1] - edges[0] - 2 * PAD - (SMALL + PAD if row.mark else 0), row.strong
        )
        pen.text(edges[0] + PAD, y, row.item, size, bold=row.strong)
        if row.mark:
            pen.text(edges[1] - PAD, y, row.mark, 0.75 * SMALL, align=Align.RIGHT)
        pen.text((edges[1] + edges[2]) / 2, y, row.no, BODY, align=Align.CENTRE)
        for column, cell, (left, right) in zip(
            self.form.columns, row.cells, pairwise(edges[2:]), strict=True
        ):
            text = cell_text(column.shape, cell)
            pen.text(
                right - PAD,
                y,
                text,
                _fitting(text, right - left - 2 * PAD, row.strong),
                bold=row.strong,
                align=Align.RIGHT,
            )

    def _draw_foot(self, pen: Pen, y: float) -> None:
        pen.lines(SIDE, y + 3, self.foot, SMALL, 1.35 * SMALL)
        y += 3 + len(self.foot) * 1.35 * SMALL + SIGN_ROOM / 2
        draw_signers(pen, SIDE, y, self.width - 2 * SIDE, self.form.signers)


def _level(sides: Sequence[Sequence[FormRow]]) -> list[list[FormRow]]:
    """Sides of the same length: a shorter one is left empty before its last row, so that both totals stand level."""
    most = max(map(len, sides), default=0)
    made = []
    for side in sides:
        cells = side[0].cells if side else ()
        empty = [FormRow("", "", (None,) * len(cells))] * (most - len(side))
        made.append([*side[:-1], *empty, *side[-1:]])
    return made


def draw_signers(pen: Pen, x: float, y: float, width: float, signers: Sequence[str]) -> None:
    """A line to sign on for each, side by side."""
    each = width / max(1, len(signers))
    for number, words in enumerate(signers):
        left = x + number * each
        text = _("{office}:").format(office=words)
        pen.text(left, y, text, LINE)
        begin = left + face().measure(printable(text), LINE) + 4
        pen.line(begin, y + LINE / 2, left + each - 8 * MM, y + LINE / 2)


def _fitting(text: str, width: float, bold: bool) -> float:
    """The body size, or what the text needs to stay on one line, never under two thirds of it."""
    wide = face(bold).measure(printable(text), BODY)
    return BODY if wide <= width else max(BODY * 2 / 3, BODY * width / wide)


def _edges(columns: Sequence[Column], rows: Sequence[FormRow], total: float) -> list[float]:
    """Item, row number, then the columns of figures: figures whole, the item takes the rest, at least a third."""
    bold = face(True)
    needs = []
    for at, column in enumerate(columns):
        texts = [cell_text(column.shape, row.cells[at]) for row in rows]
        least = 5 * BODY if column.shape is Shape.MONEY else 3.4 * BODY
        needs.append(max([bold.measure(printable(t), BODY) for t in texts] + [least]) + 2 * PAD)
    number = 2.6 * BODY
    spare = total - number - sum(needs)
    if spare < total / 3:
        scale = (total * 2 / 3 - number) / sum(needs)
        needs, spare = [n * scale for n in needs], total / 3
    elif needs:
        # wide figures breathe, but the item keeps what it wants, up to half the width
        item = (
            max(bold.measure(printable(row.item), BODY) for row in rows) + 3 * PAD + SMALL if rows else spare
        )
        item = min(item, total / 2)
        extra = max(0.0, min(spare - item, 6 * BODY * len(needs)))
        needs, spare = [n + extra / len(needs) for n in needs], spare - extra
    return list(accumulate([spare, number, *needs], initial=0.0))
