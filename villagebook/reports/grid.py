"""Ruled tables whose rows grow with their text: the sheets on the wall and the slips."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from villagebook.reports.flow import Block, together
from villagebook.reports.fonts import face, printable
from villagebook.reports.pen import HAIR, MM, THICK, Align, Pen
from villagebook.reports.wrapping import widest_word, wrap

LEAST_ROW = 8 * MM
SHORT_TITLE = 3
SLACK = 0.1
"""Points added to a column, so that no rounding breaks the text it was measured for."""


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and how its cells stand.

    Attributes:
        most: widest it may become, in characters of the body size; amounts have no limit and are never broken.
        weight: its share of the width that is left over; 0 takes what its widest cell needs.
        least: narrowest it may become, in characters; only asked when it has a weight.
    """

    title: str
    align: Align = Align.LEFT
    most: float = float("inf")
    weight: int = 0
    least: float = 6


@dataclass(frozen=True, slots=True)
class Type:
    """Sizes of one table, in points; `head_size` is that of the headings, `above` the air over and under the text of a row."""

    size: float
    head_size: float
    pad: float
    least_row: float = LEAST_ROW
    above: float | None = None

    @property
    def air(self) -> float:
        return self.pad if self.above is None else self.above

    @property
    def leading(self) -> float:
        return 1.3 * self.size

    @property
    def head_leading(self) -> float:
        return 1.25 * self.head_size


def fit_widths(
    columns: Sequence[Column], rows: Iterable[Sequence[str]], total: float, kind: Type
) -> list[float]:
    """Width of each column in points, together `total`: headings' words and amounts whole, the rest shared.

    Measured in the bold face, so that totals fit too.
    """
    wanted = _wanted(columns, rows, kind)
    spare = total - sum(wanted)
    weights = [column.weight for column in columns]
    shares = sum(weights)
    if spare >= 0 and shares > 0:
        return [width + spare * weight / shares for width, weight in zip(wanted, weights, strict=True)]
    # Too narrow, or nothing that may stretch: everything but amounts gives or takes alike.
    loose = [
        0.0 if column.most == float("inf") and not column.weight else w
        for column, w in zip(columns, wanted, strict=True)
    ]
    return [width + spare * part / (sum(loose) or 1) for width, part in zip(wanted, loose, strict=True)]


def least_width(columns: Sequence[Column], rows: Iterable[Sequence[str]], kind: Type) -> float:
    """Points below which these columns would have to break words or amounts."""
    return sum(_wanted(columns, rows, kind))


def _wanted(columns: Sequence[Column], rows: Iterable[Sequence[str]], kind: Type) -> list[float]:
    widest = [0.0] * len(columns)
    for row in rows:
        for index, text in enumerate(row):
            for line in text.split("\n"):
                widest[index] = max(widest[index], face(True).measure(printable(line), kind.size))
    wanted = []
    for column, width in zip(columns, widest, strict=True):
        own = column.least * kind.size if column.weight else min(width, column.most * kind.size)
        wanted.append(max(own, title_width(column.title, kind)) + 2 * kind.pad + SLACK)
    return wanted


def title_width(title: str, kind: Type) -> float:
    """The narrowest a heading may stand: its words whole, and not broken at all when it is short."""
    whole = max(face(True).measure(printable(line), kind.head_size) for line in title.split("\n"))
    return max(widest_word(title, kind.head_size, bold=True), min(whole, SHORT_TITLE * kind.head_size))


def _begun(index: int | None, start: int) -> tuple[int, ...] | None:
    """The lines that begin in a piece of a row: its own in the first piece, none in the others."""
    if index is None:
        return None
    return () if start else (index,)


class Grid:
    """A table of given column widths that makes blocks for the page."""

    def __init__(self, columns: Sequence[Column], widths: Sequence[float], kind: Type) -> None:
        self.columns = columns
        self.widths = widths
        self.kind = kind
        self._edges = [0.0, *accumulate(widths)]

    @property
    def width(self) -> float:
        return self._edges[-1]

    def head(self) -> Block:
        """The headings between two thick rules."""
        kind = self.kind
        cells = [
            wrap(column.title, width - 2 * kind.pad, kind.head_size, bold=True)
            for column, width in zip(self.columns, self.widths, strict=True)
        ]
        height = max(kind.least_row, max(map(len, cells)) * kind.head_leading + 2 * kind.pad)

        def draw(pen: Pen, x: float, y: float) -> None:
            self._rules(pen, x, y, height)
            pen.line(x, y, x + self.width, y, THICK)
            pen.line(x, y + height, x + self.width, y + height, THICK)
            for (left, right), lines in zip(pairwise(self._edges), cells, strict=True):
                top = y + (height - len(lines) * kind.head_leading) / 2
                middle = x + (left + right) / 2
                pen.lines(
                    middle, top, lines, kind.head_size, kind.head_leading, bold=True, align=Align.CENTRE
                )

        return Block(height, draw)

    def row(
        self,
        texts: Sequence[str],
        *,
        head: Block | None = None,
        index: int | None = None,
        bold: bool = False,
        most_height: float = 1e6,
        is_closed: bool = True,
    ) -> list[Block]:
        """The blocks of one row: one, or more when its text is higher than `most_height`; a rule under it when it is closed."""
        cells = self._wrapped(texts, bold=bold)
        lines = max(map(len, cells))
        chunk = max(1, int(min((most_height - 2 * self.kind.air) // self.kind.leading, lines)))
        made = [
            self._row([cell[start : start + chunk] for cell in cells], head, _begun(index, start), bold)
            for start in range(0, lines, chunk)
        ]
        return [self._closed(block) for block in made] if is_closed else made

    def row_over(
        self, texts: Sequence[str], below: str, place: int, *, bold: bool = False, most_height: float = 1e6
    ) -> list[Block]:
        """A row and what is said of it under its cells, from the cell at `place` on; one block while no higher than `most_height`."""
        kind, left = self.kind, self._edges[place]
        lines = wrap(below, self.width - left - 2 * kind.pad, kind.size, bold=bold)
        chunk = max(1, int((most_height - kind.air) // kind.leading))
        said = [self._said(lines[at : at + chunk], left, bold) for at in range(0, len(lines), chunk)]
        row = self.row(texts, bold=bold, most_height=most_height, is_closed=False)
        return together([*row, *said[:-1], self._closed(said[-1])], most_height)

    def _said(self, lines: Sequence[str], left: float, bold: bool) -> Block:
        """Lines across the cells, between the outer rules."""
        kind = self.kind
        height = len(lines) * kind.leading + kind.air

        def draw(pen: Pen, x: float, y: float) -> None:
            for edge in (0.0, self.width):
                pen.line(x + edge, y, x + edge, y + height, THICK)
            pen.lines(x + left + kind.pad, y, lines, kind.size, kind.leading, bold=bold)

        return Block(height, draw)

    def _closed(self, block: Block) -> Block:
        """With the rule under it."""

        def draw(pen: Pen, x: float, y: float) -> None:
            block.draw(pen, x, y)
            pen.line(x, y + block.height, x + self.width, y + block.height)

        return Block(block.height, draw, block.head, block.rows)

    def _wrapped(self, texts: Sequence[str], *, bold: bool) -> list[tuple[str, ...]]:
        return [
            wrap(text, width - 2 * self.kind.pad, self.kind.size, bold=bold)
            for text, width in zip(texts, self.widths, strict=True)
        ]

    def _row(
        self, cells: list[tuple[str, ...]], head: Block | None, rows: tuple[int, ...] | None, bold: bool
    ) -> Block:
        kind = self.kind
        height = max(kind.least_row, max(map(len, cells)) * kind.leading + 2 * kind.air)

        def draw(pen: Pen, x: float, y: float) -> None:
            self._rules(pen, x, y, height)
            for column, (left, right), lines in zip(self.columns, pairwise(self._edges), cells, strict=True):
                at = {
                    Align.LEFT: left + kind.pad,
                    Align.RIGHT: right - kind.pad,
                    Align.CENTRE: (left + right) / 2,
                }
                top = y + (height - len(lines) * kind.leading) / 2
                pen.lines(
                    x + at[column.align], top, lines, kind.size, kind.leading, bold=bold, align=column.align
                )

        return Block(height, draw, head, rows)

    def _rules(self, pen: Pen, x: float, y: float, height: float) -> None:
        """The upright rules beside and between the cells of a row."""
        last = len(self._edges) - 1
        for index, edge in enumerate(self._edges):
            pen.line(x + edge, y, x + edge, y + height, THICK if index in (0, last) else HAIR)

    def closing_rule(self) -> Block:
        """The thick rule under the last row; it takes no room."""

        def draw(pen: Pen, x: float, y: float) -> None:
            pen.line(x, y, x + self.width, y, THICK)

        return Block(0, draw)

    def merged(
        self, spans: Sequence[tuple[int, str, Align]], *, bold: bool = True, head: Block | None = None
    ) -> Block:
        """A row whose cells span several columns: (how many columns, text, align) from left to right."""
        edges = [0.0, *(self._edges[stop] for stop in accumulate(count for count, _text, _align in spans))]
        columns = [Column("", align) for _count, _text, align in spans]
        merged = Grid(columns, [right - left for left, right in pairwise(edges)], self.kind)
        return merged.row([text for _count, text, _align in spans], head=head, bold=bold)[0]
