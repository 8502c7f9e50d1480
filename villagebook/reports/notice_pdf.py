"""The notice as paper for a wall: F1, the monthly entry-by-entry sheet (disclosure.md section 7).

The same notice gives the same bytes. Nothing is shrunk to fit: there are more pages instead.
"""

from __future__ import annotations

from villagebook.domain.notice import Notice
from villagebook.i18n import _
from villagebook.reports.flow import Block, paginate
from villagebook.reports.notice_foot import beside_the_lines, closing, eight_classes, posting, sign_off
from villagebook.reports.notice_head import draw_footer, first_head, later_head
from villagebook.reports.notice_kinds import bank_blocks, kinds_blocks
from villagebook.reports.notice_lines import entries, transfers
from villagebook.reports.notice_paper import Paper, paper_of
from villagebook.reports.pen import Pen
from villagebook.reports.poster import pen_for


def render_notice(notice: Notice, *, paper: str = "A3", draft: bool = False, poster: int = 0) -> bytes:
    """The PDF of a notice on "A3" (landscape) or "A4" (upright); a draft carries a watermark on every page.

    `poster` is how many A4 sheets each page is tiled over, 0 for the paper itself.

    Characters the fonts lack are drawn as □; ask `fonts.missing_glyphs` before, and show what it finds.
    """
    sheet = paper_of(paper, notice.font_pt)
    first, places = first_head(notice, sheet)
    later = later_head(notice, sheet)
    lines, sub_totals = entries(notice, sheet)
    blocks = [
        *places,
        *lines,
        *bank_blocks(notice, sheet),
        *kinds_blocks(notice, sheet),
        *transfers(notice, sheet),
        *beside_the_lines(notice, sheet),
        *eight_classes(notice, sheet),
        *closing(sign_off(notice, sheet), posting(notice, sheet), sheet.room - later.height),
    ]
    pages = paginate(blocks, sheet.room - first.height, sheet.room - later.height, sub_totals)
    pen = pen_for(sheet.width, sheet.height, notice.title, poster)
    for number, page in enumerate(pages, 1):
        if draft:
            pen.watermark(_("DRAFT"))
        _draw_page(pen, [first if number == 1 else later, *page], sheet)
        draw_footer(pen, notice, sheet, number, len(pages))
        pen.end_page()
    return pen.finish()


def _draw_page(pen: Pen, blocks: list[Block], sheet: Paper) -> None:
    y = sheet.top
    for block in blocks:
        block.draw(pen, sheet.side, y)
        y += block.height
