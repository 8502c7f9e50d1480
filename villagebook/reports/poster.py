"""Any board paper as a poster of A4 sheets, up to 84 x 119 cm: each page is drawn once and shown through every sheet.

How it is put together: every sheet but those of the first column and row is cut along its left and upper line and glued over
the last ten millimetres of its neighbour, which show the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from villagebook.i18n import _
from villagebook.reports.pen import HAIR, MM, Align, Pen

SHEET = (210 * MM, 297 * MM)
MARGIN = 10 * MM
"""What office printers leave white, with room for the marks."""

OVERLAP = 10 * MM
LARGEST = (841 * MM, 1189 * MM)
SHEETS = (2, 4, 6, 9, 12, 16, 20, 25)
"""How many A4 sheets a poster may be made of; 25 give the largest."""

MARK = 9
"""Points of the words in the margin, which are cut off or glued over."""

TICK = 6 * MM


@dataclass(frozen=True, slots=True)
class Plan:
    """Sheets across and down, the size of one in points, and by how much the page is enlarged."""

    columns: int
    rows: int
    sheet_width: float
    sheet_height: float
    page_width: float
    page_height: float
    scale: float

    @property
    def width(self) -> float:
        """Of what all sheets together show."""
        return _covered(self.columns, self.sheet_width)

    @property
    def height(self) -> float:
        return _covered(self.rows, self.sheet_height)

    def offset(self, column: int, row: int) -> tuple[float, float]:
        """Where the picture's upper left corner lies, seen from the corner of what a sheet shows; counted from 0."""
        left = (self.width - self.page_width * self.scale) / 2 - column * _step(self.sheet_width)
        top = (self.height - self.page_height * self.scale) / 2 - row * _step(self.sheet_height)
        return left, top


def _step(side: float) -> float:
    return side - 2 * MARGIN - OVERLAP


def _covered(count: int, side: float) -> float:
    return count * _step(side) + OVERLAP


def plan(page_width: float, page_height: float, sheets: int) -> Plan:
    """The way to lay so many sheets that makes the page largest.

    Raises ValueError when the page would become smaller than it is, so that its type would, or for a number not in `SHEETS`.
    """
    if sheets not in SHEETS:
        raise ValueError(sheets)
    short, long = sorted((page_width, page_height))
    most = min(LARGEST[0] / short, LARGEST[1] / long)
    found = []
    for columns in (n for n in range(1, sheets + 1) if sheets % n == 0):
        rows = sheets // columns
        for width, height in (SHEET, SHEET[::-1]):
            scale = min(_covered(columns, width) / page_width, _covered(rows, height) / page_height, most)
            found.append(Plan(columns, rows, width, height, page_width, page_height, scale))
    best = max(found, key=lambda p: (round(p.scale, 4), -abs(p.columns - p.rows)))
    if best.scale < 1:
        raise ValueError(sheets)
    return best


def pen_for(width: float, height: float, title: str, sheets: int) -> Pen:
    """A pen for pages of this size, or for posters of them when `sheets` is not 0."""
    return PosterPen(plan(width, height, sheets), title) if sheets else Pen(width, height, title)


class PosterPen(Pen):
    """Keeps each page as a drawing inside the file; `finish` shows it piece by piece."""

    def __init__(self, made: Plan, title: str) -> None:
        super().__init__(made.page_width, made.page_height, title)
        self._plan = made
        self._pages = 0
        self._begin()

    def _begin(self) -> None:
        self._canvas.beginForm(self._name(self._pages), 0, 0, self.width, self.height)

    @staticmethod
    def _name(page: int) -> str:
        return f"page{page}"

    def end_page(self) -> None:
        self.write_texts()
        self._canvas.endForm()
        self._pages += 1
        self._begin()

    def finish(self) -> bytes:
        made = self._plan
        self._canvas.endForm()
        self.resize(made.sheet_width, made.sheet_height)
        for page in range(self._pages):
            for row in range(made.rows):
                for column in range(made.columns):
                    self._show(page, column, row)
                    self._mark(page, column, row)
                    super().end_page()
        return super().finish()

    def _show(self, page: int, column: int, row: int) -> None:
        made, canvas = self._plan, self._canvas
        left, top = made.offset(column, row)
        canvas.saveState()
        window = canvas.beginPath()
        window.rect(MARGIN, MARGIN, self.width - 2 * MARGIN, self.height - 2 * MARGIN)
        canvas.clipPath(window, stroke=0, fill=0)
        canvas.translate(MARGIN + left, self.height - MARGIN - top - made.page_height * made.scale)
        canvas.scale(made.scale, made.scale)
        canvas.doForm(self._name(page))
        canvas.restoreState()

    def _mark(self, page: int, column: int, row: int) -> None:
        """Cut marks at the corners, lines to cut along, where the next sheet begins, and which sheet this is."""
        made = self._plan
        left, top, right, bottom = MARGIN, MARGIN, self.width - MARGIN, self.height - MARGIN
        for x in (left, right):
            self.line(x, 0.4 * MARGIN, x, top)
            self.line(x, bottom, x, self.height - 0.4 * MARGIN)
        for y in (top, bottom):
            self.line(0.4 * MARGIN, y, left, y)
            self.line(right, y, self.width - 0.4 * MARGIN, y)
        if column:
            self.line(left - HAIR, top, left - HAIR, bottom, dashed=True)
        if row:
            self.line(left, top - HAIR, right, top - HAIR, dashed=True)
        if column + 1 < made.columns:
            for y in (0.4 * MARGIN, bottom):
                self.line(right - OVERLAP, y, right - OVERLAP, y + TICK, dashed=True)
        if row + 1 < made.rows:
            for x in (0.4 * MARGIN, right):
                self.line(x, bottom - OVERLAP, x + TICK, bottom - OVERLAP, dashed=True)
        self._words(page, column, row)

    def _words(self, page: int, column: int, row: int) -> None:
        made = self._plan
        where = _("Page {page}: row {row} of {rows}, column {column} of {columns}").format(
            page=page + 1, row=row + 1, rows=made.rows, column=column + 1, columns=made.columns
        )
        cut = {
            (False, False): "",
            (True, False): _("Cut along the left line."),
            (False, True): _("Cut along the upper line."),
            (True, True): _("Cut along the left and the upper line."),
        }[column > 0, row > 0]
        middle = self.width / 2
        self.text(middle, 0.5 * MARGIN, "  ".join(filter(None, (where, cut))), MARK, align=Align.CENTRE)
        below = self.height - 0.5 * MARGIN
        glue = []
        if column + 1 < made.columns:
            glue.append(_("the right edge (column {n} lies over it)").format(n=column + 2))
        if row + 1 < made.rows:
            glue.append(_("the lower edge (row {n} lies over it)").format(n=row + 2))
        if glue:
            words = _("Glue here: {edges}, {mm} mm").format(
                edges=_(" and ").join(glue), mm=round(OVERLAP / MM)
            )
            self.text(middle, below, words, MARK, align=Align.CENTRE)
