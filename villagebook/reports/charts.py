"""Charts of a board paper: black and hatched bars with their names and amounts beside them, readable from two metres.

No greys, no colours, no legend that has to be looked up: every bar carries its label and its amount.
"""

from __future__ import annotations

from collections.abc import Sequence

from villagebook.domain.money import yuan_text
from villagebook.domain.sheet import Chart, ChartKind, ChartPoint
from villagebook.i18n import _
from villagebook.reports.flow import Block, gap, stack
from villagebook.reports.fonts import face, printable
from villagebook.reports.notice_paper import Paper
from villagebook.reports.pen import HAIR, Pen
from villagebook.reports.wrapping import wrap

MOST_LABEL = 0.4
"""Share of the width that labels may take before they are broken into lines."""

MOST_IN_TWO = 8
"""Months that stand in two columns on the lying paper."""

HALF_YEAR = 6
"""Months of an upright chart that are never parted: the other half may stand on the next page, under the same heading."""
LEAST_BAR = 0.15
"""Share of the width that the longest bar keeps, whatever labels and amounts need."""


def chart_blocks(charts: Sequence[Chart], paper: Paper) -> list[Block]:
    """Each chart as a block that is never parted; two charts of bars stand beside each other where the paper lies."""
    blocks: list[Block] = []
    waiting = list(charts)
    while waiting:
        first = waiting.pop(0)
        if paper.wide and waiting and first.kind is waiting[0].kind is ChartKind.BARS:
            blocks += _pair(first, waiting.pop(0), paper)
        else:
            blocks += _alone(first, paper, paper.inner)
        blocks.append(gap(0.8 * paper.body))
    return blocks


def _pair(left: Chart, right: Chart, paper: Paper) -> list[Block]:
    width = (paper.inner - 2 * paper.body) / 2
    sides = [_alone(chart, paper, width) for chart in (left, right)]
    if any(len(side) > 1 for side in sides):
        return [*_alone(left, paper, paper.inner), gap(0.8 * paper.body), *_alone(right, paper, paper.inner)]
    (first,), (second,) = sides

    def draw(pen: Pen, x: float, y: float) -> None:
        first.draw(pen, x, y)
        second.draw(pen, x + paper.inner - width, y)

    return [Block(max(first.height, second.height), draw)]


def _alone(chart: Chart, paper: Paper, width: float) -> list[Block]:
    """One block, or one per point with the title above the first when it is higher than half a page."""
    head = _head(chart, paper, width)
    if not chart.points:
        return [stack([head, _line(_("None in this period."), paper)])]
    if chart.kind is ChartKind.MONTHS:
        rows = _months(chart, paper, width)
    else:
        rows = _bars(chart.points, paper, width)
    if chart.kind is ChartKind.MONTHS and not paper.wide and len(rows) > HALF_YEAR:
        halves = (stack(rows[i : i + HALF_YEAR]) for i in range(0, len(rows), HALF_YEAR))
        return [Block(half.height, half.draw, head) for half in halves]
    whole = stack([head, *rows])
    if whole.height <= 0.9 * paper.room:
        return [whole]
    return [Block(row.height, row.draw, head) for row in rows]


def _head(chart: Chart, paper: Paper, width: float) -> Block:
    lines = wrap(chart.title, width, paper.heading, bold=True)
    leading = 1.3 * paper.heading
    keys = [(chart.first, True), (chart.second, False)] if chart.kind is ChartKind.MONTHS else []
    side = 0.9 * paper.body

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.lines(x, y, lines, paper.heading, leading, bold=True)
        y += len(lines) * leading + 0.75 * paper.body
        for text, solid in keys:
            pen.bar(x, y - side / 2, 2 * side, side, solid=solid)
            pen.text(x + 2.6 * side, y, text, paper.body, bold=True)
            x += 2.6 * side + face(True).measure(printable(text), paper.body) + 2 * paper.body

    return Block(len(lines) * leading + (1.6 if keys else 0.4) * paper.body, draw)


def _line(text: str, paper: Paper) -> Block:
    def draw(pen: Pen, x: float, y: float) -> None:
        pen.text(x, y + paper.leading / 2, text, paper.body)

    return Block(1.4 * paper.body, draw)


def _bars(points: Sequence[ChartPoint], paper: Paper, width: float) -> list[Block]:
    """A row per point: label, bar, amount behind the bar. The first bar is black, the others hatched."""
    values = [[(point.fen, index == 0)] for index, point in enumerate(points)]
    return _rows([point.label for point in points], values, 1.5 * paper.body, paper, width)


def _months(chart: Chart, paper: Paper, width: float) -> list[Block]:
    """Two bars per month; on the lying paper the months stand in two columns, more than eight in three."""
    values = [[(point.fen, True), (point.second_fen, False)] for point in chart.points]
    labels = [point.label for point in chart.points]
    if not paper.wide or len(labels) < 4:
        return _rows(labels, values, 1.2 * paper.body, paper, width)
    third = (width + 2 * paper.body) / 3
    label_room, amount_room = _rooms(labels, values, paper, third)
    narrow = label_room + amount_room + LEAST_BAR * third > third - 3 * paper.body
    across = 2 if narrow or len(labels) <= MOST_IN_TWO else 3
    step = (width + 2 * paper.body) / across
    rows = _rows(labels, values, 1.2 * paper.body, paper, step - 2 * paper.body)
    down = -(-len(rows) // across)
    return [_beside(rows[i::down], step) for i in range(down)]


def _beside(blocks: Sequence[Block], step: float) -> Block:
    def draw(pen: Pen, x: float, y: float) -> None:
        for number, block in enumerate(blocks):
            block.draw(pen, x + number * step, y)

    return Block(max(block.height for block in blocks), draw)


def _rows(
    labels: Sequence[str],
    values: Sequence[Sequence[tuple[int, bool]]],
    thick: float,
    paper: Paper,
    width: float,
) -> list[Block]:
    """Rows of one scale. `thick` is the height of a bar, `values` hold amount and whether the bar is black."""
    size, space = paper.body, _space(paper)
    label_room, amount_room = _rooms(labels, values, paper, width)
    bar_room = max(width - label_room - amount_room - space, LEAST_BAR * width)
    highest = max((fen for row in values for fen, _solid in row), default=0) or 1
    return [
        _row(
            wrap(label, label_room - space + 0.1, size, bold=True),
            [(fen, bar_room * fen / highest, solid) for fen, solid in row],
            label_room,
            thick,
            paper,
        )
        for label, row in zip(labels, values, strict=True)
    ]


def _space(paper: Paper) -> float:
    return 0.6 * paper.body


def _rooms(
    labels: Sequence[str], values: Sequence[Sequence[tuple[int, bool]]], paper: Paper, width: float
) -> tuple[float, float]:
    """Points the labels take before the bars, and the amounts behind them."""
    size, space = paper.body, _space(paper)
    amounts = [yuan_text(fen) for row in values for fen, _solid in row]
    amount_room = max(face(True).measure(text, size) for text in amounts) + space
    longest = max(face(True).measure(printable(text), size) for text in labels) + space
    return min(longest, MOST_LABEL * width), amount_room


def _row(
    label: Sequence[str],
    bars: Sequence[tuple[int, float, bool]],
    label_room: float,
    thick: float,
    paper: Paper,
) -> Block:
    size = paper.body
    body = max(len(bars) * thick, len(label) * 1.2 * size)
    height = body + 0.5 * size

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.lines(x, y + (height - len(label) * 1.2 * size) / 2, label, size, 1.2 * size, bold=True)
        left, top = x + label_room, y + (height - len(bars) * thick) / 2
        pen.line(left, y, left, y + height, 2 * HAIR)
        for fen, long, solid in bars:
            if fen > 0:
                pen.bar(left, top + 0.08 * thick, max(long, 1.0), 0.84 * thick, solid=solid)
            pen.text(left + long + 0.35 * size, top + thick / 2, yuan_text(fen), size, bold=True)
            top += thick

    return Block(height, draw)
