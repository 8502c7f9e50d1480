"""What the smaller papers of the board share: F9 and F12 have the head, the foot and the type of the notice they stand beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from villagebook.reports.flow import Block, gap, paginate, stack
from villagebook.reports.notice_head import labelled, title_block
from villagebook.reports.notice_paper import Paper
from villagebook.reports.pen import Pen

Footer = Callable[[Pen, int, int], None]


def beside_code(paper: Paper) -> float:
    """The width left of the code."""
    return paper.inner - paper.qr - 4 * paper.pad


def head_of_sheet(
    title: str,
    pairs: Sequence[tuple[str, str]],
    paper: Paper,
    code: Block | None,
    under: Sequence[Block] = (),
) -> Block:
    """Title, then labels with values two by two (one below the other on the upright paper), the code on the right.

    `under` follows the labels and is no wider than `beside_code`.
    """
    room = beside_code(paper) if code else paper.inner
    across = 2 if paper.wide else 1
    cells = [labelled(label, value, paper, room / across) for label, value in pairs]
    rows = [cells[i : i + across] for i in range(0, len(cells), across)]
    heights = [max(cell.height for cell in row) for row in rows]
    below = stack(under)
    left = sum(heights) + below.height

    def draw(pen: Pen, x: float, y: float) -> None:
        top = y
        for row, height in zip(rows, heights, strict=True):
            for column, cell in enumerate(row):
                cell.draw(pen, x + column * room / across, top)
            top += height
        below.draw(pen, x, top)
        if code:
            code.draw(pen, x + paper.inner - paper.qr, y)

    middle = Block(max(left, code.height if code else 0), draw)
    return stack([title_block(title, paper), middle, gap(0.5 * paper.body)])


def draw_sheet(
    pen: Pen,
    paper: Paper,
    first: Block,
    later: Block,
    blocks: Sequence[Block],
    watermark: str,
    footer: Footer,
) -> bytes:
    """All pages of a sheet; more text makes more pages, never smaller letters."""
    pages = paginate(list(blocks), paper.room - first.height, paper.room - later.height, None)
    for number, page in enumerate(pages, 1):
        if watermark:
            pen.watermark(watermark)
        y = paper.top
        for block in [first if number == 1 else later, *page]:
            block.draw(pen, paper.side, y)
            y += block.height
        footer(pen, number, len(pages))
        pen.end_page()
    return pen.finish()
