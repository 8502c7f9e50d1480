"""The approval slip, A5 lying, or two on an upright A4: who, what for, how much, and a line for each signature.

Same slips, same bytes. A slip that does not fit one page goes on over further ones; nothing is cut or shrunk.
"""

from __future__ import annotations

from collections.abc import Sequence

from villagebook.domain.slip import Slip
from villagebook.i18n import _
from villagebook.reports.flow import Block, paginate
from villagebook.reports.pen import MM, Align, Pen
from villagebook.reports.slip_parts import (
    INNER,
    SIDE,
    SLOT_HEIGHTS,
    amount_block,
    entry_lines,
    entry_table,
    first_head,
    item_rows,
    later_head,
    paper_line,
    sign_slots,
    slip_title,
)

WIDTH, HEIGHT = 210 * MM, 148 * MM
HALF = 148.5 * MM
TOP = 7.5 * MM
FOOTER = 8 * MM
FOOTER_SIZE = 8


def render_slips(slips: Sequence[Slip], *, two_up: bool = False) -> bytes:
    """The PDF of some slips, each beginning on its own A5 page, or on its own half of an A4 page with a line to cut."""
    title = slip_title(slips[0]) if len(slips) == 1 else _("Approval slips")
    pen = Pen(WIDTH, 2 * HALF if two_up else HEIGHT, title)
    drawn = 0
    for slip in slips:
        pages = _pages(slip)
        for number, page in enumerate(pages, 1):
            lower = two_up and drawn % 2 == 1
            pen.move_origin(0, HALF if lower else 0)
            _draw_page(pen, slip, page, number, len(pages))
            if lower:
                pen.line(0, 0, WIDTH, 0, dashed=True)
            if lower or not two_up:
                pen.end_page()
            drawn += 1
    if two_up and drawn % 2:
        pen.end_page()
    return pen.finish()


def _pages(slip: Slip) -> list[list[Block]]:
    """The blocks of each page, head included; the fields to sign are as high as they may be without one more page."""
    tried = [_pages_with(slip, height) for height in SLOT_HEIGHTS]
    return min(tried, key=len)


def _pages_with(slip: Slip, slot_height: float) -> list[list[Block]]:
    first, later = first_head(slip), later_head(slip)
    if slip.document.lines:
        matter = [*entry_table(slip), amount_block(slip), *paper_line(slip)]
    else:
        matter = [*item_rows(slip), amount_block(slip), *paper_line(slip), *entry_lines(slip)]
    blocks = [*matter, *sign_slots(slip, slot_height)]
    room = HEIGHT - TOP - FOOTER
    pages = paginate(blocks, room - first.height, room - later.height)
    return [[first if index == 0 else later, *page] for index, page in enumerate(pages)]


def _draw_page(pen: Pen, slip: Slip, blocks: Sequence[Block], number: int, count: int) -> None:
    y = TOP
    for block in blocks:
        block.draw(pen, SIDE, y)
        y += block.height
    y = HEIGHT - FOOTER / 2 - 1 * MM
    document = _("Document {id}").format(id=slip.document.id)
    page = _("Page {page} of {pages}").format(page=number, pages=count)
    pen.text(SIDE, y, document, FOOTER_SIZE)
    pen.text(SIDE + INNER, y, page, FOOTER_SIZE, align=Align.RIGHT)
