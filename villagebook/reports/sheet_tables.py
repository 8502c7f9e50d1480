"""The parts of a board paper as ruled tables: amounts never broken, columns folded under the text where paper is narrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from villagebook.domain.sheet import Part
from villagebook.domain.table import Shape
from villagebook.i18n import _
from villagebook.reports.flow import Block, gap, stack, together
from villagebook.reports.fonts import face, printable
from villagebook.reports.grid import SLACK, Column, Grid, Type, title_width
from villagebook.reports.notice_paper import Paper
from villagebook.reports.notice_text import heading, month_day, paragraph
from villagebook.reports.pen import Align
from villagebook.reports.table_pdf import ALIGNS, cell_text

LEAST_TEXT = 5
"""Characters a column of text keeps; below that columns are folded instead."""

WHOLE_TITLE = 6
"""Characters of a heading that are not broken while there is room."""

LEAST_MAIN = 9
"""Characters the column keeps under which others are folded."""


@dataclass(frozen=True, slots=True)
class _Grid:
    """Columns with the texts of every row. `under` is what was folded under the cells of the column `main`.

    `summed` are those whose totals hold something.
    """

    titles: list[str]
    shapes: list[Shape]
    texts: list[list[str]]
    main: int
    summed: list[bool]
    under: list[tuple[str, ...]]
    totals: int

    def cell(self, row: int, column: int) -> str:
        text = self.texts[row][column]
        return "\n".join(filter(None, (text, *self.under[row]))) if column == self.main else text

    def cells(self, row: int) -> list[str]:
        return [self.cell(row, column) for column in range(len(self.titles))]

    def natural(self, column: int, kind: Type) -> float:
        cells = (line for row in range(len(self.texts)) for line in self.cell(row, column).split("\n"))
        widest = max((face(True).measure(printable(line), kind.size) for line in cells), default=0.0)
        title = self.titles[column]
        whole = max(face(True).measure(printable(line), kind.head_size) for line in title.split("\n"))
        kept = max(title_width(title, kind), min(whole, WHOLE_TITLE * kind.head_size))
        return max(widest, kept) + 2 * kind.pad + SLACK

    def least(self, column: int, kind: Type) -> float:
        """Narrowest it may become: figures and days whole, texts some characters, headings' words whole."""
        natural = self.natural(column, kind)
        if self.shapes[column] is not Shape.TEXT:
            cells = max((face(True).measure(row[column], kind.size) for row in self.texts), default=0.0)
            return max(cells, title_width(self.titles[column], kind)) + 2 * kind.pad + SLACK
        kept = (LEAST_MAIN if column == self.main else LEAST_TEXT) * kind.size
        own = max(kept, title_width(self.titles[column], kind)) + 2 * kind.pad + SLACK
        return min(natural, own)

    def folded(self) -> _Grid:
        """With one column written under the main one, its heading before it; see `_dear` for which."""
        gone = min((i for i in range(len(self.titles)) if i != self.main), key=self._dear)
        title = self.titles[gone].replace("\n", " ")
        under = [
            (_("{label}: {text}").format(label=title, text=row[gone]), *below)
            if row[gone] and title
            else below
            for row, below in zip(self.texts, self.under, strict=True)
        ]

        def without(values: list[Any]) -> list[Any]:
            return [v for i, v in enumerate(values) if i != gone]

        return _Grid(
            without(self.titles),
            without(self.shapes),
            [without(row) for row in self.texts],
            self.main - (gone < self.main),
            without(self.summed),
            under,
            self.totals,
        )

    def _told(self, row: int, column: int) -> str:
        """A cell with its heading before it; the words of a total stand alone."""
        title, text = self.titles[column].replace("\n", " "), self.texts[row][column]
        is_total = row >= len(self.texts) - self.totals
        if not title or (is_total and self.shapes[column] is Shape.TEXT):
            return text
        return _("{label}: {text}").format(label=title, text=text)

    def _dear(self, column: int) -> tuple[int, int]:
        """How long a column is kept: texts go first, then figures that are not added up, then days, sums and numbers."""
        shape = self.shapes[column]
        if shape is Shape.MONEY:
            return (3 if self.summed[column] else 1), -column
        return {Shape.TEXT: 0, Shape.DAY: 2, Shape.COUNT: 4}[shape], -column


def part_blocks(part: Part, paper: Paper) -> list[Block]:
    """Title, what leads into it, the rows under a heading that comes again on every page; 本期无 without rows."""
    title = [heading(part.title, paper)] if part.title else [gap(0.6 * paper.body)]
    lead = [paragraph(part.lead, paper)] if part.lead else []
    if not part.rows:
        return [stack([*title, *lead, paragraph(_("None in this period."), paper, bold=True)])]
    laid, widths = _laid_out(part, paper)
    columns = [Column(title, ALIGNS[shape]) for title, shape in zip(laid.titles, laid.shapes, strict=True)]
    columns = [
        Column(c.title, Align.CENTRE) if c.align is Align.LEFT and _short(laid, i) else c
        for i, c in enumerate(columns)
    ]
    grid = Grid(columns, widths, paper.table)
    head = stack([*title, *lead, gap(0.3 * paper.body), grid.head()])
    first_total = len(part.rows) - part.totals
    blocks: list[Block] = []
    for index in range(len(laid.texts)):
        blocks += grid.row(laid.cells(index), bold=index >= first_total, most_height=paper.room / 3)
    kept = min(part.totals + 1, len(blocks)) if part.totals else 0
    if kept:  # no total stands alone on a page
        blocks[-kept:] = together(blocks[-kept:], paper.room / 2)
    return [*(Block(b.height, b.draw, head) for b in blocks), grid.closing_rule()]


def _short(laid: _Grid, column: int) -> bool:
    """A column of numbers or marks that looks better in the middle."""
    return column != laid.main and all(len(row[column]) <= 4 for row in laid.texts)


def _laid_out(part: Part, paper: Paper) -> tuple[_Grid, list[float]]:
    kind = paper.table
    shapes = [column.shape for column in part.columns]
    texts = [
        [
            month_day(text) if column.shape is Shape.DAY and _one_year(part, i) else text
            for i, column in enumerate(part.columns)
            for text in (cell_text(column.shape, column.told(row[i])),)
        ]
        for row in part.rows
    ]
    totals = part.rows[len(part.rows) - part.totals :] if part.totals else part.rows
    summed = [any(row[i] is not None for row in totals) for i in range(len(part.columns))]
    titles = [column.title for column in part.columns]
    laid = _Grid(titles, shapes, texts, _main(part), summed, [()] * len(texts), part.totals)
    while len(laid.titles) > 1:
        least = [laid.least(i, kind) for i in range(len(laid.titles))]
        if sum(least) <= paper.inner:
            break
        laid = laid.folded()
    return laid, _shared(laid, kind, paper.inner)


def _one_year(part: Part, column: int) -> bool:
    """Whether all days of a column lie in one year, which the head of the paper names."""
    years = {str(row[column])[:4] for row in part.rows if row[column]}
    return len(years) == 1


def _main(part: Part) -> int:
    """The text column with the longest cell; the first column where there is no text."""
    longest = {
        i: max((len(str(row[i] or "")) for row in part.rows), default=0)
        for i, column in enumerate(part.columns)
        if column.shape is Shape.TEXT
    }
    return max(longest, key=lambda i: longest[i], default=0)


def _shared(laid: _Grid, kind: Type, total: float) -> list[float]:
    """Natural widths where they fit, with the rest for the main column; else texts share what the figures leave."""
    count = range(len(laid.titles))
    natural = [laid.natural(i, kind) for i in count]
    least = [laid.least(i, kind) for i in count]
    if sum(natural) <= total:
        spare = total - sum(natural)
        texts = [i for i in count if laid.shapes[i] is Shape.TEXT] or list(count)
        return [w + (spare / len(texts) if i in texts else 0.0) for i, w in enumerate(natural)]
    low, high = 0.0, max(natural)
    for _step in range(40):  # the height of water at which all columns together fill the paper
        level = (low + high) / 2
        if sum(_at(level, least, natural)) > total:
            high = level
        else:
            low = level
    widths = _at(low, least, natural)
    widths[laid.main] += total - sum(widths)
    return widths


def _at(level: float, least: Sequence[float], natural: Sequence[float]) -> list[float]:
    return [min(n, max(m, level)) for m, n in zip(least, natural, strict=True)]
