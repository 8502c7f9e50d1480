"""Books and reports as paper: any `Table`, its heading on every page, totals bold, fast for tens of thousands of rows.

Drawn straight on the canvas: a row is text and one rule, the upright rules are drawn once per page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise

from villagebook.domain.money import yuan_text
from villagebook.domain.table import Carried, Cell, Column, Shape, Table
from villagebook.i18n import _
from villagebook.reports.carrying import Carrying, Placed, paged
from villagebook.reports.fonts import face, printable
from villagebook.reports.pen import HAIR, MM, Align, Pen
from villagebook.reports.wrapping import balanced, widest_word, wrap

PAPERS = {"A3": (297 * MM, 420 * MM), "A4": (210 * MM, 297 * MM)}
MOST_UPRIGHT = 6
"""With more columns than this the sheet lies."""

SIDE, TOP, BOTTOM = 14 * MM, 12 * MM, 11 * MM
TITLE, SUBTITLE, BODY = 16, 10, 9
LEADING = 1.3 * BODY
PAD = 3
LEAST_ROW = 5.5 * MM
LEAST_TEXT = 4 * BODY
SHORT_TITLE = 3
SLACK = 0.1
ALIGNS = {Shape.TEXT: Align.LEFT, Shape.DAY: Align.CENTRE, Shape.COUNT: Align.RIGHT, Shape.MONEY: Align.RIGHT}

Lines = Sequence[Sequence[str]]
"""The wrapped lines of each cell of a row."""


def render_table(
    table: Table, *, paper: str = "A4", village: str = "", tell: Callable[[int, int], object] | None = None
) -> bytes:
    """The PDF of a table on "A4" or "A3", upright up to six columns, lying with more.

    `tell` hears after every page how many of how many are drawn, and may raise to stop.
    """
    width, height = PAPERS[paper]
    if len(table.columns) > MOST_UPRIGHT:
        width, height = height, width
    sheet = _Sheet(table, village, width, height)
    pages = sheet.pages()
    for number, rows in enumerate(pages, 1):
        if tell is not None:
            tell(number - 1, len(pages))
        sheet.draw(rows, number, len(pages))
    return sheet.pen.finish()


def cell_text(shape: Shape, cell: Cell) -> str:
    """A cell as it is printed; nothing for None."""
    if cell is None:
        return ""
    if shape is Shape.MONEY and isinstance(cell, int):
        return yuan_text(cell)
    return f"{cell:,}" if isinstance(cell, int) else cell


class _Sheet:
    """The measures of one table on one paper, and the drawing of its pages."""

    def __init__(self, table: Table, village: str, width: float, height: float) -> None:
        self.table = table
        self.pen = Pen(width, height, table.title)
        self.width, self.height = width, height
        self.inner = width - 2 * SIDE
        self.texts = [
            [cell_text(column.shape, cell) for column, cell in zip(table.columns, row, strict=True)]
            for row in table.rows
        ]
        self.edges = [SIDE, *accumulate(_widths(table.columns, self.texts, self.inner), initial=SIDE)][1:]
        self.titles = [
            wrap(column.title, right - left - 2 * PAD, BODY, bold=True)
            for column, (left, right) in zip(table.columns, pairwise(self.edges), strict=True)
        ]
        self.head_height = max(LEAST_ROW + 2, max(map(len, self.titles), default=1) * LEADING + 2 * PAD)
        self.title_lines = balanced(table.title, self.inner, TITLE, bold=True)
        self.sub_lines = [
            line for text in (village, table.subtitle) if text for line in wrap(text, self.inner, SUBTITLE)
        ]
        self.top = TOP + len(self.title_lines) * 1.3 * TITLE + len(self.sub_lines) * 1.4 * SUBTITLE + 4

    def pages(self) -> list[list[tuple[float, Lines, bool]]]:
        """Height, wrapped cells and boldness of each row on each page; at least one page."""
        room = self.height - self.top - BOTTOM - self.head_height
        if self.table.carried is not None and self.table.carried.kinds:
            return self._ledger_pages(self.table.carried, room)
        first_total = len(self.texts) - self.table.totals
        pages: list[list[tuple[float, Lines, bool]]] = [[]]
        used = 0.0
        for index, texts in enumerate(self.texts):
            bold = index >= first_total or index in self.table.strong
            for height, cells in self._pieces(texts, bold, room):
                if used + height > room:
                    pages.append([])
                    used = 0.0
                pages[-1].append((height, cells, bold))
                used += height
        return pages

    def _within(self, column: int) -> float:
        """Points a text has in a column."""
        return self.edges[column + 1] - self.edges[column] - 2 * PAD

    def _ledger_pages(self, carried: Carried, room: float) -> list[list[tuple[float, Lines, bool]]]:
        """As `pages`, with what is carried from each page to the next."""
        first_total = len(self.texts) - self.table.totals
        held: dict[int, list[tuple[float, Lines]]] = {}

        def heights(at: int) -> list[float]:
            bold = at >= first_total or at in self.table.strong
            held[at] = self._pieces(self.texts[at], bold, room - 2 * LEAST_ROW)
            return [height for height, _cells in held[at]]

        lead = range(carried.lead)

        def extra(at: int) -> float:
            """Account and party are repeated in a carrying row and may need two lines."""
            cells = (wrap(self.texts[at][n], self._within(n), BODY) for n in lead if self.texts[at][n])
            lines = max(map(len, cells), default=1)
            return max(LEAST_ROW, lines * LEADING + PAD) if lines > 1 else LEAST_ROW

        made: list[list[tuple[float, Lines, bool]]] = []
        carrying = Carrying(carried, self.table.rows)
        for page in paged(carrying, heights, extra, len(self.texts), room):
            made.append([])
            for item in page:
                if isinstance(item, Placed):
                    at, piece = item
                    made[-1].append((*held[at][piece], at >= first_total or at in self.table.strong))
                    if piece == len(held[at]) - 1:
                        del held[at]
                else:
                    texts = [
                        cell_text(c.shape, cell) for c, cell in zip(self.table.columns, item, strict=True)
                    ]
                    made[-1].append((*self._pieces(texts, False, room)[0], False))
        return made

    def _pieces(self, texts: Sequence[str], bold: bool, room: float) -> list[tuple[float, Lines]]:
        """A row, cut into several when it is higher than a page."""
        cells = [
            wrap(text, right - left - 2 * PAD, BODY, bold=bold) if text else ()
            for text, (left, right) in zip(texts, pairwise(self.edges), strict=True)
        ]
        count = max(map(len, cells), default=0)
        if count <= 1:
            return [(LEAST_ROW, cells)]
        most = int((room - PAD) // LEADING)
        return [
            (
                max(LEAST_ROW, min(most, count - start) * LEADING + PAD),
                [cell[start : start + most] for cell in cells],
            )
            for start in range(0, count, most)
        ]

    def draw(self, rows: Sequence[tuple[float, Lines, bool]], number: int, count: int) -> None:
        pen, edges = self.pen, self.edges
        self._draw_head()
        y = self.top + self.head_height
        spots = [
            _spot(ALIGNS[column.shape], left, right)
            for column, (left, right) in zip(self.table.columns, pairwise(edges), strict=True)
        ]
        for height, cells, bold in rows:
            for (x, align), lines in zip(spots, cells, strict=True):
                top = y + (height - len(lines) * LEADING) / 2
                for index, line in enumerate(lines):
                    pen.text(x, top + (index + 0.5) * LEADING, line, BODY, bold=bold, align=align)
            y += height
            pen.line(edges[0], y, edges[-1], y, HAIR if not bold else 1)
        for edge in edges:
            pen.line(edge, self.top, edge, y, 1 if edge in (edges[0], edges[-1]) else HAIR)
        pen.line(edges[0], y, edges[-1], y, 1)
        page = _("Page {page} of {pages}").format(page=number, pages=count)
        pen.text(self.width / 2, self.height - BOTTOM / 2 - 2, page, BODY, align=Align.CENTRE)
        pen.end_page()

    def _draw_head(self) -> None:
        pen, middle = self.pen, self.width / 2
        pen.lines(middle, TOP, self.title_lines, TITLE, 1.3 * TITLE, bold=True, align=Align.CENTRE)
        below = TOP + len(self.title_lines) * 1.3 * TITLE
        pen.lines(middle, below, self.sub_lines, SUBTITLE, 1.4 * SUBTITLE, align=Align.CENTRE)
        for y in (self.top, self.top + self.head_height):
            pen.line(self.edges[0], y, self.edges[-1], y, 1)
        for lines, (left, right) in zip(self.titles, pairwise(self.edges), strict=True):
            top = self.top + (self.head_height - len(lines) * LEADING) / 2
            pen.lines((left + right) / 2, top, lines, BODY, LEADING, bold=True, align=Align.CENTRE)


def _spot(align: Align, left: float, right: float) -> tuple[float, Align]:
    """Where the texts of a column are set, and how."""
    if align is Align.LEFT:
        return left + PAD, align
    return (right - PAD if align is Align.RIGHT else (left + right) / 2), align


def _widths(columns: Sequence[Column], texts: Sequence[Sequence[str]], total: float) -> list[float]:
    """Figures and days get what their longest one needs; texts share the rest by weight, first up to their need."""
    if not columns:
        return [total]
    longest = [max((row[index] for row in texts), key=len, default="") for index in range(len(columns))]
    bold = face(True)
    needs = [bold.measure(printable(text), BODY) + 2 * PAD + SLACK for text in longest]
    least = []
    for column, need in zip(columns, needs, strict=True):
        whole = bold.measure(printable(column.title), BODY)
        title = (
            max(widest_word(column.title, BODY, bold=True), min(whole, SHORT_TITLE * BODY)) + 2 * PAD + SLACK
        )
        least.append(max(title, min(need, LEAST_TEXT) if column.shape is Shape.TEXT else need))
    spare = total - sum(least)
    if spare < 0:
        # Too many wide figures: all give alike, and wrapping keeps every digit.
        return [width * total / sum(least) for width in least]
    weights = [column.weight if column.shape is Shape.TEXT else 0 for column in columns]
    weights = weights if sum(weights) else [1] * len(columns)
    wishes = [max(0.0, need - have) for need, have in zip(needs, least, strict=True)]
    titles = [bold.measure(printable(c.title), BODY) + 2 * PAD + SLACK for c in columns]
    missing = [max(0.0, title - have) for title, have in zip(titles, least, strict=True)]
    if sum(wishes) + sum(missing) <= spare:  # room enough for every heading in one line
        least = [have + extra for have, extra in zip(least, missing, strict=True)]
        spare -= sum(missing)
        wishes = [max(0.0, need - have) for need, have in zip(needs, least, strict=True)]
    return [have + extra for have, extra in zip(least, _shared(spare, wishes, weights), strict=True)]


def _shared(spare: float, wishes: Sequence[float], weights: Sequence[int]) -> list[float]:
    """Share out some width by weight, nobody above the wish until all wishes are met; the rest by weight again."""
    given = [0.0] * len(wishes)
    while wanting := [i for i, wish in enumerate(wishes) if given[i] < wish and weights[i]]:
        part = spare / sum(weights[i] for i in wanting)
        met = [i for i in wanting if wishes[i] - given[i] <= part * weights[i]]
        for i in met or wanting:
            step = wishes[i] - given[i] if met else part * weights[i]
            given[i] += step
            spare -= step
        if not met:
            return given
    return [have + spare * weight / sum(weights) for have, weight in zip(given, weights, strict=True)]
