"""A board paper as a tall picture for a chat group, drawn like the paper on the wall, as wide as a telephone."""

from __future__ import annotations

from collections.abc import Sequence

from villagebook.domain.money import yuan_text
from villagebook.domain.notice import Notice, NoticeLine, notice_code
from villagebook.domain.sheet import Figure, Part, Sheet, sheet_code
from villagebook.domain.sheet import Paper as BoardPaper
from villagebook.domain.table import Column, Shape
from villagebook.i18n import _
from villagebook.reports.charts import chart_blocks
from villagebook.reports.doubts import doubts_note
from villagebook.reports.flow import Block, gap, paginate, stack
from villagebook.reports.notice_head import code_with_head, footer_line, labelled, title_block
from villagebook.reports.notice_paper import Paper
from villagebook.reports.notice_text import groups_of_eight, paragraph, span_text
from villagebook.reports.pen import MM, Pen
from villagebook.reports.sheet_head import figure_blocks, sentence_blocks
from villagebook.reports.sheet_tables import part_blocks

WIDTH = 360.0
"""Points; a picture of 1080 pixels shows a body of 14 points with letters of 42 pixels."""

MOST_HEIGHT = 4 * WIDTH
"""Taller pictures are cut off or blurred by chat programs; more of them are made instead."""

MOST_LINES = 10
"""Largest entries shown on either side; the text says how many there are in all."""


def render_chat(made: BoardPaper, *, draft: bool = False) -> bytes:
    """A PDF with a page per picture; the last is as tall as what is left."""
    paper = _phone(MOST_HEIGHT)
    blocks = [
        title_block(made.title, paper),
        labelled(_("Village"), made.village, paper, paper.inner),
        labelled(_("Period"), span_text(made.span), paper, paper.inner),
        labelled(_("Notice number"), made.number, paper, paper.inner),
        gap(0.5 * paper.body),
        *(_notice(made, paper) if isinstance(made, Notice) else _sheet(made, paper)),
        *_end(made, paper),
    ]
    pages = paginate(blocks, paper.room, paper.room)
    pen = Pen(paper.width, paper.height, made.title)
    seal = _("Seal {digits}").format(digits=groups_of_eight(made.content_hash()))
    for number, page in enumerate(pages, 1):
        height = sum(b.height for b in page) + paper.top + paper.bottom + paper.footer + paper.body
        pen.resize(paper.width, height)
        if draft:
            pen.watermark(_("DRAFT"))
        y = paper.top
        for block in page:
            block.draw(pen, paper.side, y)
            y += block.height
        footer_line(pen, _phone(height), "", seal, number, len(pages))
        pen.end_page()
    return pen.finish()


def _phone(height: float) -> Paper:
    return Paper(
        "phone", WIDTH, height, 4 * MM, 5 * MM, 3 * MM,
        title=26, heading=18, figure=20, body=15, small=14, pad=3, qr=52 * MM, wide=False,
    )  # fmt: skip


def _notice(notice: Notice, paper: Paper) -> list[Block]:
    figures = (
        Figure(_("Opening balance"), notice.opening_fen),
        Figure(_("Income"), notice.income_fen),
        Figure(_("Spending"), notice.spending_fen),
        Figure(_("Closing balance"), notice.closing_fen),
    )
    blocks = figure_blocks(figures, paper, paper.inner)
    sides = (
        (_("Income"), [line for line in notice.lines if line.income_fen]),
        (_("Spending"), [line for line in notice.lines if line.spending_fen]),
    )
    for title, lines in sides:
        blocks += part_blocks(_largest(title, lines), paper)
    return blocks


def _largest(title: str, lines: Sequence[NoticeLine]) -> Part:
    """The largest entries of one side; how many there are stands before them."""
    most = sorted(lines, key=lambda line: -abs(line.income_fen or line.spending_fen))[:MOST_LINES]
    rows = tuple((line.summary, line.income_fen or line.spending_fen) for line in most)
    columns = (Column("what", _("What it was for")), Column("amount", _("Amount"), Shape.MONEY))
    total = sum(line.income_fen or line.spending_fen for line in lines)
    lead = ""
    if len(lines) > len(most):
        lead = _(
            "{n} entries, {amount} yuan in all; the largest are shown, all of them hang on the board."
        ).format(n=len(lines), amount=yuan_text(total))
    return Part(title, columns, rows, 0, lead)


def _sheet(sheet: Sheet, paper: Paper) -> list[Block]:
    blocks = [
        *figure_blocks(sheet.figures, paper, paper.inner),
        *sentence_blocks(sheet.sentences, paper),
        *chart_blocks(sheet.charts, paper),
    ]
    for part in sheet.parts:
        blocks += part_blocks(part, paper)
    return [*blocks, gap(0.5 * paper.body), *(paragraph(note, paper) for note in sheet.notes)]


def _end(made: BoardPaper, paper: Paper) -> list[Block]:
    text = notice_code(made) if isinstance(made, Notice) else sheet_code(made)
    code = code_with_head(text, made.log_seq, made.log_hash, paper)
    left = (paper.inner - paper.qr) / 2
    middle = Block(code.height, lambda pen, x, y: code.draw(pen, x + left, y))
    doubts = paragraph(doubts_note(made), paper, bold=True)
    return [gap(paper.body), stack([doubts, gap(0.5 * paper.body), middle])]
