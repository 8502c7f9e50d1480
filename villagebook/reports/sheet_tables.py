"""The parts of a board paper as ruled tables: amounts never broken, columns told under their row where paper is narrow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from villagebook.domain.sheet import Part
from villagebook.domain.table import Cell, Column, Shape
from villagebook.i18n import _
from villagebook.reports.flow import Block, gap, stack, together
from villagebook.reports.fonts import face, printable
from villagebook.reports.grid import SLACK, Grid, Type, title_width
from villagebook.reports.grid import Column as Ruled
from villagebook.reports.notice_paper import Paper
from villagebook.reports.notice_text import headed, heading, month_day, paragraph
from villagebook.reports.pen import Align, Pen
from villagebook.reports.table_pdf import ALIGNS, cell_text

ALONE = 0.62
"""Share of a lying page that a narrow table takes when it stands alone, so that the eye finds the figure to the words."""

FIRST_ROWS = 2
SHORT = 4
_NUMBER = re.compile(r"-?[\d,]+(\.\d+)?%?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
A_DAY = "2000-00-00"

LEAST_TEXT = 5
"""Characters a column of text keeps; below that columns are folded instead."""

WHOLE_TITLE = 6
"""Characters of a heading that are not broken while there is room."""

LEAST_MAIN = 9
"""Characters the column with the words of a row keeps."""


@dataclass(frozen=True, slots=True)
class _Grid:
    """Columns with the texts of every row. `under` is what is said under the cells of the row.

    `summed` are those whose totals hold something.
    """

    titles: list[str]
    shapes: list[Shape]
    texts: list[list[str]]
    main: int
    summed: list[bool]
    under: list[tuple[str, ...]]
    totals: int

    def natural(self, column: int, kind: Type) -> float:
        cells = (line for row in self.texts for line in row[column].split("\n"))
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
        day = face(True).measure(A_DAY, kind.size) if any(_DAY.search(r[column]) for r in self.texts) else 0.0
        own = max(kept, day, title_width(self.titles[column], kind)) + 2 * kind.pad + SLACK
        return min(natural, own)

    @property
    def begins(self) -> int:
        """Where what is said under a row begins: at its words, the number before them stands alone."""
        return int(self.shapes[0] is Shape.COUNT and len(self.shapes) > 1)

    def said(self, row: int) -> str:
        """What stands under a row, "" when nothing."""
        return _("; ").join(self.under[row])

    def folded(self) -> _Grid:
        """With one column less: it is said under the row, its heading before it; see `_dear` for which."""
        gone = min((i for i in range(len(self.titles)) if i != self.main), key=self._dear)
        title = self.titles[gone].replace("\n", " ")
        texts = [self._with_total(at, gone) for at in range(len(self.texts))]
        under = [
            (self._told(at, gone), *below) if row[gone] and title else below
            for at, (row, below) in enumerate(zip(texts, self.under, strict=True))
        ]

        def without(values: list[Any]) -> list[Any]:
            return [v for i, v in enumerate(values) if i != gone]

        return _Grid(
            without(self.titles),
            without(self.shapes),
            [without(row) for row in texts],
            self.main - (gone < self.main),
            without(self.summed),
            under,
            self.totals,
        )

    def _with_total(self, row: int, gone: int) -> list[str]:
        """A row; the word of a total goes where there is room for it when its own column goes."""
        texts = list(self.texts[row])
        is_total = row >= len(self.texts) - self.totals
        if is_total and self.shapes[gone] is Shape.TEXT and not texts[self.main]:
            texts[self.main], texts[gone] = texts[gone], ""
        return texts

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


def parts_blocks(parts: Sequence[Part], paper: Paper, year: int | None = None) -> list[Block]:
    """All parts; on a lying paper two short narrow ones stand beside each other, and no narrow one is drawn out.

    `year` is that of the whole paper: days of it are printed without their year.
    """
    blocks: list[Block] = []
    waiting = [_numbered(part, paper) for part in parts]
    half = _as_wide_as(paper, (paper.inner - 2 * paper.body) / 2)
    while waiting:
        part = waiting.pop(0)
        if not paper.wide or not _is_narrow(part, half):
            blocks += part_blocks(part, paper, year)
            continue
        left = part_blocks(part, half, year)
        right = part_blocks(waiting[0], half, year) if waiting and _is_narrow(waiting[0], half) else []
        if right and max(stack(left).height, stack(right).height) <= paper.room / 2:
            waiting.pop(0)
            blocks.append(_beside(stack(left), stack(right), paper.inner - half.inner))
        else:
            blocks += part_blocks(part, _as_wide_as(paper, ALONE * paper.inner), year)
    return blocks


def _numbered(part: Part, paper: Paper) -> Part:
    """With the number of every row before it, by which a question names the row (`board_contents.lines_of`).

    It stands before the first words where a column of its own would push another one under them.
    """
    counted = len(part.rows) - part.totals
    if counted < FIRST_ROWS or any(column.key == "no" for column in part.columns):
        return part
    cells: list[Cell] = [*range(1, counted + 1), *[None] * part.totals]
    rows = tuple((no, *row) for no, row in zip(cells, part.rows, strict=True))
    made = replace(part, columns=(Column("no", _("No."), Shape.COUNT, 4), *part.columns), rows=rows)
    first = _main(part)  # the column that is never folded under another one
    if part.columns[first].shape is not Shape.TEXT or len(_laid_out(made, paper, None)[0].titles) > len(
        _laid_out(part, paper, None)[0].titles
    ):
        return made

    def told(no: int, row: tuple[Cell, ...]) -> tuple[Cell, ...]:
        words = _("{no}. {words}").format(no=no, words=part.columns[first].told(row[first]))
        return (*row[:first], words, *row[first + 1 :])

    marked = tuple(told(no, row) for no, row in enumerate(part.rows[:counted], 1))
    return replace(part, rows=(*marked, *part.rows[counted:]))


def _as_wide_as(paper: Paper, inner: float) -> Paper:
    return replace(paper, width=inner + 2 * paper.side)


def _is_narrow(part: Part, half: Paper) -> bool:
    """Whether it fits into half a page without breaking any cell; one without rows does."""
    laid = _laid_out(part, half, None)[0]
    if not part.rows:
        return True
    return len(laid.titles) == len(part.columns) and (
        sum(laid.natural(i, half.table) for i in range(len(laid.titles))) <= half.inner
    )


def _beside(left: Block, right: Block, offset: float) -> Block:
    def draw(pen: Pen, x: float, y: float) -> None:
        left.draw(pen, x, y)
        right.draw(pen, x + offset, y)

    return Block(max(left.height, right.height), draw)


def part_blocks(part: Part, paper: Paper, year: int | None = None) -> list[Block]:
    """Title, what leads into it, the rows under a heading that comes again on every page; 本期无 without rows."""
    title = [heading(part.title, paper)] if part.title else [gap(0.6 * paper.body)]
    lead = [paragraph(part.lead, paper)] if part.lead else []
    if not part.rows:
        return [stack([*title, *lead, paragraph(_("None in this period."), paper, bold=True)])]
    laid, widths = _laid_out(part, paper, year)
    columns = [Ruled(title, _align(laid, i)) for i, title in enumerate(laid.titles)]
    grid = Grid(columns, widths, paper.table)
    head = headed([*title, *lead], part.title, grid.head(), paper)
    first_total = len(part.rows) - part.totals
    blocks: list[Block] = []
    for index in range(len(laid.texts)):
        row, bold, most = laid.texts[index], index >= first_total, paper.room / 3
        if said := laid.said(index):
            blocks += grid.row_over(row, said, laid.begins, bold=bold, most_height=most)
        else:
            blocks += grid.row(row, bold=bold, most_height=most)
    if (
        len(blocks) > FIRST_ROWS + part.totals
    ):  # a heading never stands over a single row at the foot of a page
        blocks[:FIRST_ROWS] = together(blocks[:FIRST_ROWS], paper.room / 2)
    kept = min(part.totals + 1, len(blocks)) if part.totals else 0
    if kept:  # no total stands alone on a page
        blocks[-kept:] = together(blocks[-kept:], paper.room / 2)
    return [*(Block(b.height, b.draw, head) for b in blocks), grid.closing_rule()]


def _align(laid: _Grid, column: int) -> Align:
    """Figures that come as text stand to the right as well; short words, numbers and days in the middle."""
    body = laid.texts[: len(laid.texts) - laid.totals]  # the word of a total says nothing of its column
    cells = [row[column] for row in body if row[column]]
    if laid.shapes[column] is not Shape.TEXT or column == laid.main or not cells:
        return ALIGNS[laid.shapes[column]]
    if all(_NUMBER.fullmatch(cell) for cell in cells):
        return Align.RIGHT
    is_short = all(len(cell) <= SHORT or _DAY.fullmatch(cell) for cell in cells)
    return Align.CENTRE if is_short else Align.LEFT


def _laid_out(part: Part, paper: Paper, year: int | None) -> tuple[_Grid, list[float]]:
    kind = paper.table
    shapes = [column.shape for column in part.columns]
    whole = [
        [cell_text(column.shape, column.told(row[i])) for i, column in enumerate(part.columns)]
        for row in part.rows
    ]
    of_year = [
        column.shape is Shape.DAY
        and all(row[i].startswith(f"{year}-") for row in whole if _DAY.match(row[i]))
        for i, column in enumerate(part.columns)
    ]  # a column that reaches into another year says the year of every day
    texts = [
        [month_day(text) if short else text for text, short in zip(row, of_year, strict=True)]
        for row in whole
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


def _main(part: Part) -> int:
    """The text column with the largest share, or the longest cell; the first column where there is no text."""
    longest = {
        i: (column.weight, max((len(str(row[i] or "")) for row in part.rows), default=0))
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
        texts = [i for i in count if laid.shapes[i] is Shape.TEXT and _align(laid, i) is Align.LEFT]
        texts = texts or [laid.main]
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
