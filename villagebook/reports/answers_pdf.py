"""F9, objections and answers as paper for a wall; who asked stands with surname and stars, or without a name."""

from __future__ import annotations

from villagebook.domain.answers import AnswerRow, Answers
from villagebook.i18n import _, ngettext
from villagebook.reports.board_sheet import draw_sheet, head_of_sheet
from villagebook.reports.doubts import doubts_note
from villagebook.reports.flow import Block, gap, stack
from villagebook.reports.grid import Column, Grid, fit_widths
from villagebook.reports.notice_foot import sign_off
from villagebook.reports.notice_head import footer_line
from villagebook.reports.notice_paper import Paper, paper_of
from villagebook.reports.notice_text import groups_of_eight, heading, paragraph
from villagebook.reports.pen import Align, Pen
from villagebook.reports.poster import pen_for


def render_answers(made: Answers, *, paper: str = "A3", poster: int = 0) -> bytes:
    """The PDF on "A3" (landscape) or "A4" (upright)."""
    sheet = paper_of(paper, made.font_pt)
    title = _("Objections and answers")
    count = ngettext("{n} objection", "{n} objections", len(made.rows)).format(n=len(made.rows))
    pairs = (
        (_("Village"), made.village),
        (_("About notice"), made.notice_number),
        (_("Period"), made.period),
        (_("As of"), f"{made.made_on.isoformat()}  {count}"),
    )
    first = head_of_sheet(title, pairs, sheet, None)
    later = stack([heading(f"{title}  {made.notice_number}", sheet), gap(0.5 * sheet.body)])
    compare = _(
        "To compare: two copies of one sheet show the same text, and the same seal stands at the foot of every page. "
        "Keep a picture of it with any phone."
    )
    blocks = [
        *_rows(made, sheet),
        gap(0.6 * sheet.body),
        paragraph(doubts_note(made), sheet),
        paragraph(compare, sheet),
    ]
    blocks += sign_off(made, sheet)
    seal = _("Seal {digits}").format(digits=groups_of_eight(made.content_hash()))
    left = _("Objections to notice {number}").format(number=made.notice_number)

    def footer(pen: Pen, page: int, pages: int) -> None:
        footer_line(pen, sheet, left, seal, page, pages)

    pen = pen_for(sheet.width, sheet.height, title, poster)
    return draw_sheet(pen, sheet, first, later, blocks, "", footer)


def _cells(row: AnswerRow, paper: Paper) -> list[str]:
    asked = "\n".join((row.received_on.isoformat()[5:], row.who))
    question = "\n".join(t for t in (row.about, row.question) if t)
    answer = "\n".join(t for t in (row.answer, row.answered) if t)
    if paper.wide:
        return [row.number, asked, row.about, row.question, row.answer, row.answered, row.outcome]
    return [f"{row.number}\n{asked}", question, answer, row.outcome]


def _rows(made: Answers, paper: Paper) -> list[Block]:
    if paper.wide:
        columns = [
            Column(_("Objection no."), Align.CENTRE),
            Column(_("From whom"), Align.CENTRE, most=5),
            Column(_("About line"), most=8),
            Column(_("Question"), weight=3, least=8),
            Column(_("The answer"), weight=4, least=8),
            Column(_("Answered"), most=7),
            Column(_("Outcome"), most=6),
        ]
    else:
        columns = [
            Column(_("No. and from"), Align.CENTRE, most=7),
            Column(_("Question"), weight=3, least=6),
            Column(_("The answer"), weight=4, least=6),
            Column(_("Outcome"), most=5),
        ]
    cells = [_cells(row, paper) for row in made.rows]
    grid = Grid(columns, fit_widths(columns, cells, paper.inner, paper.table), paper.table)
    head = grid.head()
    blocks = [b for texts in cells for b in grid.row(texts, head=head, most_height=paper.room / 2)]
    if not cells:
        nothing = _("Nobody has raised an objection.")
        blocks.append(grid.merged([(len(columns), nothing, Align.CENTRE)], bold=False, head=head))
    return [*blocks, grid.closing_rule()]
