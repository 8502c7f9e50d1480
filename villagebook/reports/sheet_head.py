"""The head of a board paper: large figures in frames, and what a villager should know first."""

from __future__ import annotations

from collections.abc import Sequence

from villagebook.domain.money import yuan_text
from villagebook.domain.sheet import Figure
from villagebook.reports.flow import Block, gap
from villagebook.reports.fonts import face
from villagebook.reports.notice_paper import Paper
from villagebook.reports.pen import THICK, Align, Pen
from villagebook.reports.wrapping import balanced, wrap

MOST_ACROSS = 4


def figure_blocks(figures: Sequence[Figure], paper: Paper, room: float) -> list[Block]:
    """Frames of equal width over so many points, as many beside each other as leave every amount whole in its large size."""
    if not figures:
        return []
    size = 1.15 * paper.figure
    space = 0.6 * paper.body
    widest = max(face(True).measure(yuan_text(f.fen), size) for f in figures) + 4 * paper.pad
    fitting = int((room + space) // (widest + space))
    across = max(1, min(fitting, MOST_ACROSS, len(figures)))
    across = -(-len(figures) // -(-len(figures) // across))  # rows of about one length
    width = (room - (across - 1) * space) / across
    rows = [figures[i : i + across] for i in range(0, len(figures), across)]
    blocks: list[Block] = []
    for row in rows:
        blocks += [_row(row, width, space, size, paper), gap(space)]
    return blocks


def _row(figures: Sequence[Figure], width: float, space: float, size: float, paper: Paper) -> Block:
    inner = width - 4 * paper.pad
    labels = [balanced(f.label, inner, paper.body, bold=True) for f in figures]
    beside = [balanced(f.beside, inner, paper.small) if f.beside else () for f in figures]
    above = max(map(len, labels)) * 1.3 * paper.body
    below = max(map(len, beside)) * paper.leading
    height = above + 1.45 * size + below + 2 * paper.pad

    def draw(pen: Pen, x: float, y: float) -> None:
        for figure, label, words in zip(figures, labels, beside, strict=True):
            middle = x + width / 2
            pen.box(x, y, width, height, THICK)
            pen.lines(
                middle, y + paper.pad, label, paper.body, 1.3 * paper.body, bold=True, align=Align.CENTRE
            )
            amount = y + paper.pad + above + 0.7 * size
            pen.text(middle, amount, yuan_text(figure.fen), size, bold=True, align=Align.CENTRE)
            top = y + paper.pad + above + 1.4 * size
            pen.lines(middle, top, words, paper.small, paper.leading, align=Align.CENTRE)
            x += width + space

    return Block(height, draw)


def sentence_blocks(sentences: Sequence[str], paper: Paper) -> list[Block]:
    """A sentence each, larger than the tables, with a mark before it."""
    size = 1.1 * paper.body
    leading = 1.4 * size
    indent = 1.1 * size
    blocks: list[Block] = []
    for sentence in sentences:
        lines = wrap(sentence, paper.inner - indent, size)
        blocks += [
            _sentence(lines[i : i + 4], size, leading, indent, i == 0) for i in range(0, len(lines), 4)
        ]
    return [*blocks, gap(0.4 * paper.body)] if blocks else []


def _sentence(lines: Sequence[str], size: float, leading: float, indent: float, marked: bool) -> Block:
    def draw(pen: Pen, x: float, y: float) -> None:
        if marked:
            side = 0.35 * size
            pen.bar(x, y + (leading - side) / 2, side, side, solid=True)
        pen.lines(x + indent, y, lines, size, leading)

    return Block(len(lines) * leading, draw)
