"""F2 to F8, F10, F11 and single matters as paper for a wall, drawn from the data of a `Sheet` alone.

The same sheet gives the same bytes. Nothing is shrunk to fit: there are more pages instead.
"""

from __future__ import annotations

from villagebook.domain.sheet import Sheet, sheet_code
from villagebook.i18n import _
from villagebook.reports.board_sheet import beside_code, draw_sheet, head_of_sheet
from villagebook.reports.charts import chart_blocks
from villagebook.reports.doubts import doubts_note
from villagebook.reports.flow import Block, gap, stack
from villagebook.reports.notice_foot import (
    closing,
    compiled_note,
    masks_note,
    posting_block,
    sign_off,
)
from villagebook.reports.notice_head import code_with_head, footer_line
from villagebook.reports.notice_paper import Paper, paper_of
from villagebook.reports.notice_text import groups_of_eight, heading, paragraph, span_text
from villagebook.reports.pen import Pen
from villagebook.reports.poster import pen_for
from villagebook.reports.sheet_head import figure_blocks, sentence_blocks
from villagebook.reports.sheet_tables import parts_blocks

MOST_BESIDE = 1.3
"""Large figures stand beside the code while they are no higher than so many times the code."""


def render_sheet(sheet: Sheet, *, paper: str = "A3", draft: bool = False, poster: int = 0) -> bytes:
    """The PDF on "A3" (landscape) or "A4" (upright); a draft carries a watermark on every page.

    `poster` is how many A4 sheets each page is tiled over, 0 for the paper itself.

    Characters the fonts lack are drawn as □; ask `fonts.missing_glyphs` before, and show what it finds.
    """
    chosen = paper_of(paper, sheet.font_pt)
    pairs = (
        (_("Village"), sheet.village),
        (_("Period"), span_text(sheet.span)),
        (_("Notice number"), sheet.number),
        (_("Amounts in"), _("yuan")),
    )
    code = code_with_head(sheet_code(sheet), sheet.log_seq, sheet.log_hash, chosen)
    beside = figure_blocks(sheet.figures, chosen, beside_code(chosen)) if chosen.wide else []
    if stack(beside).height > MOST_BESIDE * code.height:
        beside = []
    under = [gap(0.5 * chosen.body), *beside] if beside else []
    first = head_of_sheet(sheet.title, pairs, chosen, code, under)
    later = stack([heading(f"{sheet.title}  {span_text(sheet.span)}", chosen), gap(0.4 * chosen.body)])
    left = _("Notice {number}").format(number=sheet.number)
    seal = _("Seal {digits}").format(digits=groups_of_eight(sheet.content_hash()))

    def footer(pen: Pen, page: int, pages: int) -> None:
        footer_line(pen, chosen, left, seal, page, pages)

    pen = pen_for(chosen.width, chosen.height, sheet.title, poster)
    blocks = [] if beside else figure_blocks(sheet.figures, chosen, chosen.inner)
    blocks += _blocks(sheet, chosen, chosen.room - later.height)
    return draw_sheet(pen, chosen, first, later, blocks, _("DRAFT") if draft else "", footer)


def _blocks(sheet: Sheet, paper: Paper, room: float) -> list[Block]:
    """Everything below the head; `room` is the height of a later page."""
    blocks = [
        *sentence_blocks(sheet.sentences, paper),
        *chart_blocks(sheet.charts, paper),
    ]
    one_year = sheet.span.first.year == sheet.span.last.year
    blocks += parts_blocks(sheet.parts, paper, sheet.span.last.year if one_year else None)
    notes = [note for note in (*sheet.notes, masks_note(sheet.masks)) if note]
    if notes:
        blocks.append(gap(0.6 * paper.body))
        blocks += [paragraph(note, paper) for note in notes]
    return [*blocks, *closing(sign_off(sheet, paper), _posting(sheet, paper), room)]


def _posting(sheet: Sheet, paper: Paper) -> list[Block]:
    compare = _(
        "To compare: scan the code with any phone. It shows village, number, kind of sheet, period and number of rows in plain "
        "figures; the last group begins with the seal at the foot of every page. Keep a picture: two copies of one sheet "
        "must show the same text."
    )
    code = code_with_head(sheet_code(sheet), sheet.log_seq, sheet.log_hash, paper)
    notes = [(doubts_note(sheet), True), (compare, False), (compiled_note(sheet), False)]
    return posting_block(sheet, code, notes, paper)
