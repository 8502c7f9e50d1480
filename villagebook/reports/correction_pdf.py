"""F12, the correction notice as paper for a wall: old line, new line, reason. The same data gives the same bytes."""

from __future__ import annotations

from villagebook.domain.correction import CorrectedLine, Correction, Total, Wording, correction_code
from villagebook.domain.money import yuan_text
from villagebook.i18n import N_, _
from villagebook.reports.board_sheet import draw_sheet, head_of_sheet
from villagebook.reports.doubts import doubts_note
from villagebook.reports.flow import Block, gap, stack, together
from villagebook.reports.grid import Column, Grid, fit_widths
from villagebook.reports.notice_foot import closing, posting_table, sign_off
from villagebook.reports.notice_head import code_with_head, footer_line
from villagebook.reports.notice_paper import Paper, paper_of
from villagebook.reports.notice_text import groups_of_eight, heading, month_day, paragraph, span_text
from villagebook.reports.pen import Align, Pen
from villagebook.reports.poster import pen_for

TOTALS = {
    Total.INCOME: N_("Income of the period"),
    Total.SPENDING: N_("Spending of the period"),
    Total.CLOSING: N_("Closing balance"),
    Total.YEAR_INCOME: N_("Income since January"),
    Total.YEAR_SPENDING: N_("Spending since January"),
}


def render_correction(made: Correction, *, paper: str = "A3", draft: bool = False, poster: int = 0) -> bytes:
    """The PDF on "A3" (landscape) or "A4" (upright); a draft carries a watermark on every page.

    `poster` is how many A4 sheets each page is tiled over, 0 for the paper itself."""
    sheet = paper_of(paper, made.font_pt)
    title = _("Correction of a notice")
    code = code_with_head(correction_code(made), made.log_seq, made.log_hash, sheet)
    pairs = (
        (_("Village"), made.village),
        (_("Correction number"), made.number),
        (_("Corrects notice"), made.notice_number),
        (_("Period"), span_text(made.span)),
        (_("Objection"), made.objection_number or _("found by the village itself")),
        (_("Amounts in"), _("yuan")),
    )
    first = head_of_sheet(title, pairs, sheet, code)
    later = stack([heading(f"{title}  {made.number}", sheet), gap(0.5 * sheet.body)])
    blocks = [
        *_lines(made, sheet),
        *_totals(made, sheet),
        *_reason(made, sheet),
        *closing(sign_off(made, sheet), _where(made, sheet), sheet.room - later.height),
    ]
    seal = _("Seal {digits}").format(digits=groups_of_eight(made.content_hash()))
    left = _("Correction {number}").format(number=made.number)

    def footer(pen: Pen, page: int, pages: int) -> None:
        footer_line(pen, sheet, left, seal, page, pages)

    pen = pen_for(sheet.width, sheet.height, title, poster)
    return draw_sheet(pen, sheet, first, later, blocks, _("DRAFT") if draft else "", footer)


def _money(fen: int) -> str:
    return yuan_text(fen) if fen else ""


def _cells(line: CorrectedLine, label: str, words: Wording, paper: Paper) -> list[str]:
    no = str(line.no) if line.no else "–"
    day, voucher = month_day(words.day), words.voucher
    income, spending = _money(words.income_fen), _money(words.spending_fen)
    if words.empty:
        missing = _("(did not stand there)") if label == _("Wrong") else _("(struck out)")
        return [no, label, "", "", missing, "", "", ""] if paper.wide else [no, label, missing, "", "", ""]
    if paper.wide:
        return [no, label, day, voucher, words.summary, income, spending, words.party]
    return [no, label, "\n".join(t for t in (words.summary, voucher) if t), income, spending, words.party]


def _lines(made: Correction, paper: Paper) -> list[Block]:
    """Each corrected line as a pair of rows that is never parted, the right one in bold."""
    columns = [Column(_("Line"), Align.CENTRE), Column(_("Wrong or right"), Align.CENTRE)]
    if paper.wide:
        columns += [Column(_("Date"), Align.CENTRE), Column(_("Voucher"), Align.CENTRE)]
    columns += [
        Column(_("What it was for"), weight=3, least=8),
        Column(_("Income"), Align.RIGHT),
        Column(_("Spending"), Align.RIGHT),
        Column(_("Payer or payee"), most=8 if paper.wide else 5),
    ]
    pairs = [
        (_cells(line, _("Wrong"), line.old, paper), _cells(line, _("Right"), line.new, paper))
        for line in made.lines
    ]
    grid = Grid(
        columns, fit_widths(columns, [c for p in pairs for c in p], paper.inner, paper.table), paper.table
    )
    head = grid.head()
    blocks = []
    for old, new in pairs:
        blocks.append(stack([*grid.row(old), *grid.row(new, bold=True)], head))
    return [*blocks, grid.closing_rule()]


def _totals(made: Correction, paper: Paper) -> list[Block]:
    """The head of the notice as it is right, beside what was printed."""
    if not made.totals:
        return []
    columns = [
        Column(_("Head of the notice")),
        Column(_("Wrong"), Align.RIGHT),
        Column(_("Right"), Align.RIGHT),
    ]
    rows = [[_(TOTALS[t.total]), yuan_text(t.old_fen), yuan_text(t.new_fen)] for t in made.totals]
    grid = Grid(columns, fit_widths(columns, rows, paper.inner, paper.table), paper.table)
    head = grid.head()
    return [
        gap(0.6 * paper.body),
        *(block for row in rows for block in grid.row(row, head=head)),
        grid.closing_rule(),
    ]


def _reason(made: Correction, paper: Paper) -> list[Block]:
    reason = stack([heading(_("Why the notice was wrong"), paper), paragraph(made.reason, paper, bold=True)])
    vouchers = [
        paragraph(
            _("Line {no}: the book was set right by {vouchers}.").format(
                no=line.no or "–", vouchers=line.vouchers
            ),
            paper,
        )
        for line in made.lines
        if line.vouchers
    ]
    stays = paragraph(
        _(
            "The corrected notice stays as it was posted and is kept; this correction hangs beside it, as long as a notice."
        ),
        paper,
    )
    return [reason, *vouchers, stays]


def _where(made: Correction, paper: Paper) -> list[Block]:
    compare = _(
        "To compare: scan the code with any phone. It shows village, number of this correction and of the notice it corrects; "
        "the last group begins with the seal at the foot of every page. Keep a picture: two copies must show the same text."
    )
    table = posting_table(made, paper, paper.inner)
    return [
        gap(1.2 * paper.body),
        *together(table, paper.room / 2),
        gap(0.5 * paper.body),
        paragraph(doubts_note(made), paper, bold=True),
        paragraph(compare, paper),
    ]
