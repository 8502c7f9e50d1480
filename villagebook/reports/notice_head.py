"""What stands at the head and the foot of a notice's pages."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from villagebook.domain.money import yuan_text
from villagebook.domain.notice import Notice, notice_code
from villagebook.i18n import _
from villagebook.reports.flow import Block, gap, stack
from villagebook.reports.fonts import face, printable
from villagebook.reports.grid import SLACK, Column, Grid
from villagebook.reports.notice_paper import Paper
from villagebook.reports.notice_text import content_seal, groups_of_eight, span_text
from villagebook.reports.pen import THICK, Align, Pen
from villagebook.reports.qr import Level
from villagebook.reports.wrapping import balanced, wrap

LEAST_NAME = 6
MOST_ACROSS = 3
SIGNS = ("", "+", "−", "=")  # noqa: RUF001  the printed minus


def first_head(notice: Notice, paper: Paper) -> tuple[Block, list[Block]]:
    """Title, who and when, the four totals with the code on the right; and what follows: the money places.

    On the wide paper a few places fit beside the code; many places, or an upright paper, put them below, where they
    may go on over the page.
    """
    left = paper.inner - paper.qr - 4 * paper.pad
    beside = [_particulars(notice, paper, left), gap(0.6 * paper.body), _strip(notice, paper, left)]
    code = code_with_seal(notice, paper)
    inside = [gap(0.6 * paper.body), *_places(notice, paper, left)]
    below: list[Block] = []
    if paper.wide and stack([*beside, *inside]).height <= code.height + 4 * paper.body:
        beside += inside
    else:
        below = [*_places(notice, paper, paper.inner), gap(0.8 * paper.body)]
    column = stack(beside)

    def draw(pen: Pen, x: float, y: float) -> None:
        column.draw(pen, x, y)
        code.draw(pen, x + paper.inner - paper.qr, y)

    middle = Block(max(column.height, code.height), draw)
    return stack([title_block(notice.title, paper), middle, gap(0.5 * paper.body)]), below


def title_block(title: str, paper: Paper) -> Block:
    """The title over the whole width, in lines of about one length."""
    lines = balanced(title, paper.inner, paper.title, bold=True)
    leading = 1.25 * paper.title

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.lines(x + paper.inner / 2, y, lines, paper.title, leading, bold=True, align=Align.CENTRE)

    return Block(len(lines) * leading + 0.3 * paper.title, draw)


def _particulars(notice: Notice, paper: Paper, width: float) -> Block:
    """Village, period, number and unit, two by two."""
    pairs = (
        (_("Village"), notice.village),
        (_("Period"), span_text(notice.span)),
        (_("Notice number"), notice.number),
        (_("Amounts in"), _("yuan")),
    )
    columns = [Column(""), Column("")]
    widths = [0.62 * width, 0.38 * width]
    cells = [
        labelled(label, value, paper, widths[index % len(columns)])
        for index, (label, value) in enumerate(pairs)
    ]
    rows = [cells[:2], cells[2:]]
    heights = [max(cell.height for cell in row) for row in rows]

    def draw(pen: Pen, x: float, y: float) -> None:
        for row, height in zip(rows, heights, strict=True):
            row[0].draw(pen, x, y)
            row[1].draw(pen, x + widths[0], y)
            y += height

    return Block(sum(heights), draw)


def labelled(label: str, value: str, paper: Paper, width: float) -> Block:
    """A small label with its value in bold behind it."""
    label = _("{label}:").format(label=label)
    indent = face().measure(label, paper.small) + 0.4 * paper.small
    lines = wrap(value, width - indent - paper.pad, paper.body, bold=True)
    leading = 1.45 * paper.body

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.text(x, y + leading / 2, label, paper.small)
        pen.lines(x + indent, y, lines, paper.body, leading, bold=True)

    return Block(len(lines) * leading, draw)


def _figures(notice: Notice) -> tuple[tuple[str, int], ...]:
    return (
        (_("Opening balance"), notice.opening_fen),
        (_("Income"), notice.income_fen),
        (_("Spending"), notice.spending_fen),
        (_("Closing balance"), notice.closing_fen),
    )


def _strip(notice: Notice, paper: Paper, width: float) -> Block:
    """Opening + income - spending = closing, as a sum that everybody can do again."""
    figures = _figures(notice)
    return _strip_across(figures, paper, width) if paper.wide else _strip_down(figures, paper, width)


def _strip_across(figures: Sequence[tuple[str, int]], paper: Paper, width: float) -> Block:
    sign_room = 1.3 * paper.figure
    cell = (width - 3 * sign_room) / len(figures)
    size = _fitting_size([yuan_text(fen) for _label, fen in figures], cell - 2 * paper.pad, paper)
    height = 1.9 * paper.small + 1.6 * paper.figure

    def draw(pen: Pen, x: float, y: float) -> None:
        for (label, fen), sign in zip(figures, SIGNS, strict=True):
            if sign:
                pen.text(x + sign_room / 2, y + height / 2, sign, paper.figure, bold=True, align=Align.CENTRE)
                x += sign_room
            pen.box(x, y, cell, height, THICK)
            pen.text(x + cell / 2, y + 1.1 * paper.small, label, paper.small, align=Align.CENTRE)
            middle = y + height - 0.95 * paper.figure
            pen.text(x + cell / 2, middle, yuan_text(fen), size, bold=True, align=Align.CENTRE)
            x += cell

    return Block(height, draw)


def _strip_down(figures: Sequence[tuple[str, int]], paper: Paper, width: float) -> Block:
    height = 1.7 * paper.figure
    room = width - 0.4 * width
    size = _fitting_size([yuan_text(fen) for _label, fen in figures], room, paper)

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.box(x, y, width, len(figures) * height, THICK)
        for index, ((label, fen), sign) in enumerate(zip(figures, SIGNS, strict=True)):
            middle = y + (index + 0.5) * height
            if index:
                pen.line(x, y + index * height, x + width, y + index * height)
            pen.text(x + 1.2 * paper.body, middle, sign, paper.figure, bold=True, align=Align.CENTRE)
            pen.text(x + 2.4 * paper.body, middle, label, paper.body)
            pen.text(x + width - 2 * paper.pad, middle, yuan_text(fen), size, bold=True, align=Align.RIGHT)

    return Block(len(figures) * height, draw)


def _fitting_size(texts: Sequence[str], room: float, paper: Paper) -> float:
    """The size at which the longest text fits, never under the smallest of the paper."""
    widest = max(face(True).measure(text, 1) for text in texts)
    return max(paper.small, min(paper.figure, room / widest))


def _places(notice: Notice, paper: Paper, width: float) -> list[Block]:
    """Opening and closing of each money place, as many beside each other as leave room for their names."""
    kind = paper.small_table
    texts = [(b.name, yuan_text(b.opening_fen), yuan_text(b.closing_fen)) for b in notice.balances]
    if not texts:
        return []
    titles = [Column(_("Money place")), Column(_("Opening"), Align.RIGHT), Column(_("Closing"), Align.RIGHT)]
    figures = [*(figure for row in texts for figure in row[1:]), *(column.title for column in titles[1:])]
    money = max(face(True).measure(figure, kind.size) for figure in figures) + 2 * kind.pad + SLACK
    across = max(1, min(int(width // (2 * money + LEAST_NAME * kind.size)), MOST_ACROSS, len(texts)))
    texts += [("", "", "")] * (-len(texts) % across)
    grid = Grid(titles * across, [width / across - 2 * money, money, money] * across, kind)
    head = grid.head()
    rows = [
        grid.row([cell for place in texts[start : start + across] for cell in place], head=head)[0]
        for start in range(0, len(texts), across)
    ]
    return [*rows, grid.closing_rule()]


def code_with_seal(notice: Notice, paper: Paper) -> Block:
    """The code, and beneath it the head of the book for the eye."""
    return code_with_head(notice_code(notice), notice.log_seq, notice.log_hash, paper)


def code_with_head(code: str, log_seq: int, log_hash: str, paper: Paper) -> Block:
    """Any code with the position and the head of the book it was made from."""
    texts = (_("Book entry {seq}").format(seq=log_seq), groups_of_eight(log_hash))
    captions = [line for text in texts for line in wrap(text, paper.qr, paper.small)]

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.qr(x, y, paper.qr, code, Level.Q)
        pen.lines(
            x + paper.qr / 2, y + paper.qr, captions, paper.small, 1.2 * paper.small, align=Align.CENTRE
        )

    return Block(paper.qr + len(captions) * 1.2 * paper.small, draw)


def later_head(notice: Notice, paper: Paper) -> Block:
    """The head of every page but the first: title, number, period and the four totals."""
    number = _("No. {number}").format(number=notice.number) if notice.number else ""
    room = paper.inner - face().measure(number, paper.body) - 2 * paper.body
    lines = wrap(notice.title, room, paper.heading, bold=True)
    leading = 1.3 * paper.heading
    cells = [
        (_("Period"), span_text(notice.span)),
        *((label, yuan_text(fen)) for label, fen in _figures(notice)),
    ]
    needs = [
        max(face(True).measure(printable(text), paper.body) for text in cell) + 2 * paper.pad
        for cell in cells
    ]
    widths = [need + (paper.inner - sum(needs)) / len(cells) for need in needs]
    middles = [(left + right) / 2 for left, right in pairwise(accumulate(widths, initial=0.0))]
    values = [
        wrap(text[1], width - paper.pad, paper.body, bold=True)
        for text, width in zip(cells, widths, strict=True)
    ]
    height = 1.4 * paper.small + max(map(len, values)) * 1.3 * paper.body + 2 * paper.pad

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.lines(x, y, lines, paper.heading, leading, bold=True)
        pen.text(x + paper.inner, y + leading / 2, number, paper.body, align=Align.RIGHT)
        y += len(lines) * leading + paper.pad
        pen.box(x, y, paper.inner, height)
        for (label, _value), shown, middle in zip(cells, values, middles, strict=True):
            pen.text(x + middle, y + paper.pad + 0.7 * paper.small, label, paper.small, align=Align.CENTRE)
            top = y + paper.pad + 1.4 * paper.small
            pen.lines(x + middle, top, shown, paper.body, 1.3 * paper.body, bold=True, align=Align.CENTRE)

    return Block(len(lines) * leading + paper.pad + height + 0.7 * paper.body, draw)


def draw_footer(pen: Pen, notice: Notice, paper: Paper, page: int, pages: int) -> None:
    """Number of the notice, page x of y, and the first sixteen digits of the content hash."""
    left = _("Notice {number}").format(number=notice.number) if notice.number else ""
    footer_line(pen, paper, left, _("Seal {digits}").format(digits=content_seal(notice)), page, pages)


def _number_in(text: str) -> str:
    """The number a foot tells, without the words around it."""
    return max((w for w in text.split() if any(c.isdigit() for c in w)), key=len, default=text)


def footer_line(pen: Pen, paper: Paper, left: str, right: str, page: int, pages: int) -> None:
    """The foot of any paper for the board; on the narrow one the page is told shortly before a number is broken."""
    middle = _("Page {page} of {pages}").format(page=page, pages=pages)
    if not paper.wide and left:
        needed = sum(face().measure(printable(t), paper.small) for t in (_number_in(left), middle, right))
        middle = middle if needed + 3 * paper.body <= paper.inner else f"{page}/{pages}"
    gap_between = 1.5 * paper.body
    page_room = face().measure(middle, paper.small)
    most = 0.5 * paper.inner if left else paper.inner - page_room - gap_between
    right_room = min(face().measure(printable(right), paper.small), most)
    left_room = paper.inner - page_room - right_room - 2 * gap_between
    ends = paper.side + left_room + gap_between
    leading = 1.15 * paper.small
    for x, text, room, align in (
        (paper.side, left, left_room, Align.LEFT),
        (ends + page_room / 2, middle, paper.inner, Align.CENTRE),
        (paper.width - paper.side, right, right_room + 1, Align.RIGHT),
    ):
        lines = wrap(text, room, paper.small)
        if len(lines) > 1 and text is left:
            lines = wrap(_number_in(text), room, paper.small)  # it says by itself what it is
        pen.lines(
            x, paper.height - paper.bottom - len(lines) * leading, lines, paper.small, leading, align=align
        )
