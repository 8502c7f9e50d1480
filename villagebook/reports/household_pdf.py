"""Household slips on paper: A5, two on a sheet of A4 with a line to cut along; a long slip goes on over the next A5."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from villagebook.domain.household_slip import HouseholdSlip
from villagebook.domain.money import yuan_text
from villagebook.domain.sheet import Part
from villagebook.domain.table import Shape
from villagebook.i18n import _
from villagebook.reports.flow import Block, gap, paginate, stack
from villagebook.reports.fonts import face
from villagebook.reports.grid import Column, Grid, Type, fit_widths
from villagebook.reports.notice_text import month_day, span_text
from villagebook.reports.pen import MM, THICK, Align, Pen
from villagebook.reports.qr import Level
from villagebook.reports.table_pdf import ALIGNS, cell_text
from villagebook.reports.wrapping import wrap

WIDTH, HEIGHT = 210 * MM, 297 * MM
SLIP = HEIGHT / 2
SIDE, TOP, BOTTOM = 14 * MM, 8 * MM, 7 * MM
INNER = WIDTH - 2 * SIDE
TITLE, BODY, SMALL, FIGURE = 17, 12, 10, 15
LEADING = 1.4 * BODY
QR = 33 * MM
FOOT = 1.6 * SMALL
TABLE = Type(BODY, SMALL, 3, 6 * MM, above=2)


@dataclass(frozen=True, slots=True)
class _Half:
    """One A5 with its blocks, and which page of its slip it is."""

    slip: HouseholdSlip
    blocks: Sequence[Block]
    page: int
    pages: int


def render_slips(slips: Sequence[HouseholdSlip], *, draft: bool = False) -> bytes:
    """The PDF on upright A4; the same slips give the same bytes."""
    halves = [half for slip in slips for half in _halves(slip)]
    pen = Pen(WIDTH, HEIGHT, slips[0].title if slips else "")
    for start in range(0, len(halves), 2):
        if draft:
            pen.watermark(_("DRAFT"))
        pen.line(0, SLIP, WIDTH, SLIP, dashed=True)
        pen.text(WIDTH / 2, SLIP - 0.7 * SMALL, _("cut here"), SMALL - 2, align=Align.CENTRE)
        for place, half in enumerate(halves[start : start + 2]):
            pen.move_origin(0, place * SLIP)
            _draw(pen, half)
        pen.end_page()
    return pen.finish()


def _halves(slip: HouseholdSlip) -> list[_Half]:
    head = _head(slip)
    room = SLIP - TOP - BOTTOM - FOOT
    blocks = [*_sentences(slip), *(b for part in slip.parts if part.rows for b in _part(part))]
    if slip.household and not any(part.rows for part in slip.parts):
        blocks += _paragraph(
            _("Nothing moved in your household's name in these months, and nothing is open.")
        )
    blocks += [gap(0.4 * BODY), *(b for note in slip.notes for b in _paragraph(note, SMALL))]
    if slip.household:
        blocks.append(_signature())
    later = _line(
        _("{village}, {household}, continued").format(village=slip.village, household=slip.household)
    )
    pages = paginate(blocks, room - head.height, room - later.height)
    return [
        _Half(slip, [head if number == 1 else later, *page], number, len(pages))
        for number, page in enumerate(pages, 1)
    ]


def _draw(pen: Pen, half: _Half) -> None:
    y = TOP
    for block in half.blocks:
        block.draw(pen, SIDE, y)
        y += block.height
    middle = SLIP - BOTTOM - 0.5 * SMALL
    left = _("Notice {number}").format(number=half.slip.number)
    pen.text(SIDE, middle, f"{left}  {half.slip.code}".rstrip(), SMALL)
    if half.pages > 1:
        page = _("Page {page} of {pages}").format(page=half.page, pages=half.pages)
        pen.text(WIDTH - SIDE, middle, page, SMALL, align=Align.RIGHT)


def _head(slip: HouseholdSlip) -> Block:
    """Title, whose slip it is, the four figures as a sum, the notice's code on the right."""
    room = INNER - QR - 4 * MM
    title = wrap(slip.title, room, TITLE, bold=True)
    whose = slip.household or _("For every household")
    told = wrap(f"{slip.village}  {span_text(slip.span)}", room, BODY)
    name = wrap(whose, room, BODY + 2, bold=True)
    row = 1.35 * FIGURE
    top = len(title) * 1.25 * TITLE + len(told) * LEADING + len(name) * 1.3 * (BODY + 2) + 0.4 * BODY
    height = max(top + len(slip.figures) / 2 * row, QR) + 0.5 * BODY

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.qr(x + INNER - QR, y, QR, slip.qr, Level.M)
        pen.lines(x, y, title, TITLE, 1.25 * TITLE, bold=True)
        y += len(title) * 1.25 * TITLE
        pen.lines(x, y, told, BODY, LEADING)
        y += len(told) * LEADING
        pen.lines(x, y, name, BODY + 2, 1.3 * (BODY + 2), bold=True)
        y += len(name) * 1.3 * (BODY + 2) + 0.2 * BODY
        cell = room / 2
        for index, figure in enumerate(slip.figures):
            left, upper = x + index % 2 * cell, y + index // 2 * row
            pen.box(left, upper, cell, row, THICK)
            pen.text(left + 0.4 * BODY, upper + row / 2, figure.label, SMALL)
            amount = yuan_text(figure.fen)
            space = cell - face().measure(figure.label, SMALL) - 1.2 * BODY
            size = max(SMALL, min(FIGURE, space / face(True).measure(amount, 1)))
            pen.text(left + cell - 0.4 * BODY, upper + row / 2, amount, size, bold=True, align=Align.RIGHT)

    return Block(height, draw)


def _line(text: str) -> Block:
    def draw(pen: Pen, x: float, y: float) -> None:
        pen.text(x, y + LEADING / 2, text, BODY, bold=True)

    return Block(LEADING + 0.4 * BODY, draw)


def _sentences(slip: HouseholdSlip) -> list[Block]:
    return [block for sentence in slip.sentences for block in _paragraph(sentence)]


def _paragraph(text: str, size: float = BODY) -> list[Block]:
    lines = wrap(text, INNER, size)
    leading = 1.4 * size

    def line(words: str) -> Block:
        return Block(leading, lambda pen, x, y: pen.text(x, y + leading / 2, words, size))

    return [line(words) for words in lines]


def _part(part: Part) -> list[Block]:
    """Title and table; the last row and its sum stay together."""
    texts = [
        [
            month_day(text) if column.shape is Shape.DAY else text
            for column, cell in zip(part.columns, row, strict=True)
            for text in (cell_text(column.shape, cell),)
        ]
        for row in part.rows
    ]
    columns = [
        Column(c.title, ALIGNS[c.shape], weight=1 if i == _widest(part) else 0)
        for i, c in enumerate(part.columns)
    ]
    grid = Grid(columns, fit_widths(columns, texts, INNER, TABLE), TABLE)
    head = stack([_line(part.title), grid.head()])
    first_total = len(texts) - part.totals
    blocks = [
        b
        for i, cells in enumerate(texts)
        for b in grid.row(cells, bold=i >= first_total, most_height=SLIP / 3)
    ]
    kept = part.totals + 1
    if part.totals and len(blocks) >= kept:
        blocks[-kept:] = [stack(blocks[-kept:])]
    return [*(Block(b.height, b.draw, head) for b in blocks), grid.closing_rule(), gap(0.4 * BODY)]


def _widest(part: Part) -> int:
    """The column of words, which takes what the others leave."""
    return max(
        range(len(part.columns)), key=lambda i: (part.columns[i].shape is Shape.TEXT, part.columns[i].weight)
    )


def _signature() -> Block:
    received, day = _("Received and read (signature):"), _("Date:  __  __  __")
    end = 0.62 * INNER

    def draw(pen: Pen, x: float, y: float) -> None:
        middle = y + 1.6 * BODY
        pen.text(x, middle, received, BODY)
        start = x + face().measure(received, BODY) + 0.4 * BODY
        pen.line(start, middle + 0.6 * BODY, max(x + end, start + 30 * MM), middle + 0.6 * BODY)
        pen.text(x + INNER, middle, day, BODY, align=Align.RIGHT)

    return Block(2.6 * BODY, draw)
