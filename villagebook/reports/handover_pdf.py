"""The handover kit on paper: every page carries the code of the list and a line for each of the three hands."""

from __future__ import annotations

from dataclasses import replace

from villagebook.domain.kit import Kit
from villagebook.domain.table import Shape, Table
from villagebook.i18n import _
from villagebook.reports.flow import Block, gap, paginate, stack
from villagebook.reports.fonts import face, printable
from villagebook.reports.grid import Column, Grid, Type, fit_widths
from villagebook.reports.pen import HAIR, MM, Align, Pen
from villagebook.reports.qr import Level
from villagebook.reports.table_pdf import PAPERS, cell_text
from villagebook.reports.wrapping import balanced, wrap

SIDE, TOP, BOTTOM = 16 * MM, 13 * MM, 11 * MM
TITLE, HEADING, BODY, SMALL = 17, 12.5, 10.5, 7.5
QR = 22 * MM
TABLE = Type(9.5, 9.5, 3.5, 6.6 * MM)
SIGN_ROOM = 25 * MM
HEAD = QR + 4 * MM


def render_kit(kit: Kit) -> bytes:
    """A4 upright; the first page of a copy is the overview with what was agreed."""
    width, height = PAPERS["A4"]
    pen = Pen(width, height, f"{kit.village} {kit.title}")
    inner = width - 2 * SIDE
    room = height - TOP - HEAD - SIGN_ROOM - BOTTOM
    blocks = [_facts(kit, inner)]
    for number, table in enumerate(kit.tables):
        blocks += [gap(BODY)] * bool(number) + _part(table, number, inner, room)
    pages = paginate(blocks, room, room)
    for copy in kit.copies:
        for number, page in enumerate(pages, 1):
            _head(pen, kit, copy, inner)
            y = TOP + HEAD
            for block in page:
                block.draw(pen, SIDE, y)
                y += block.height
            _sign(pen, kit, height - BOTTOM - SIGN_ROOM, inner)
            foot = _("Page {page} of {pages}").format(page=number, pages=len(pages))
            pen.text(width / 2, height - BOTTOM / 2, foot, SMALL, align=Align.CENTRE)
            pen.end_page()
    return pen.finish()


def _part(table: Table, number: int, inner: float, room: float) -> list[Block]:
    """One table under its heading, which comes again on each page that goes on with it."""
    heading = f"{number}. {table.title}" if number else table.title
    title = _line(heading, HEADING, inner, bold=True)
    if not table.rows:
        return [stack([title, _line(_("Nothing of this kind is handed over."), BODY, inner)])]
    grid = _grid(table, inner)
    goes_on = _line(_("{title} (continued)").format(title=heading), HEADING, inner, bold=True)
    head = replace(stack([title, grid.head()]), again=stack([goes_on, grid.head()]))
    rows = [
        [cell_text(c.shape, cell) for c, cell in zip(table.columns, row, strict=True)] for row in table.rows
    ]
    blocks = [b for texts in rows for b in grid.row(texts, head=head, most_height=room / 2)]
    return [*blocks, grid.closing_rule()]


def _grid(table: Table, inner: float) -> Grid:
    texts = [
        [cell_text(c.shape, cell) for c, cell in zip(table.columns, row, strict=True)] for row in table.rows
    ]
    columns = []
    for at, c in enumerate(table.columns):
        own = [t[at] for t in texts]
        least = max((face(True).measure(printable(t), 1) for t in own), default=4)
        right = c.shape in (Shape.MONEY, Shape.COUNT)
        columns.append(
            Column(
                c.title,
                Align.RIGHT if right else Align.LEFT,
                weight=c.weight,
                least=min(least, 7) if c.shape is Shape.TEXT else least + 0.5,
            )
        )
    return Grid(columns, fit_widths(columns, texts, inner, TABLE), TABLE)


def _head(pen: Pen, kit: Kit, copy: str, inner: float) -> None:
    pen.qr(SIDE + inner - QR, TOP - 2 * MM, QR, kit.code, Level.M)
    pen.text(SIDE + inner - QR / 2, TOP + QR, kit.seal, SMALL, align=Align.CENTRE)
    within = inner - QR - 4 * MM
    y = TOP
    for line in balanced(kit.title, within, TITLE, bold=True):
        pen.text(SIDE, y + 0.7 * TITLE, line, TITLE, bold=True)
        y += 1.35 * TITLE
    for text in (kit.village, copy):
        for line in wrap(text, within, BODY):
            pen.text(SIDE, y + 0.8 * BODY, line, BODY)
            y += 1.5 * BODY


def _facts(kit: Kit, inner: float) -> Block:
    label = max(face().measure(printable(what), BODY) for what, _value in kit.facts) + 8 * MM
    lines = [(what, wrap(value, inner - label, BODY)) for what, value in kit.facts]
    leading = 1.75 * BODY

    def draw(pen: Pen, x: float, y: float) -> None:
        for what, values in lines:
            pen.text(x, y + leading / 2, what, BODY)
            for value in values:
                pen.text(x + label, y + leading / 2, value, BODY, bold=True)
                y += leading

    return Block(sum(len(v) for _w, v in lines) * leading + BODY, draw)


def _line(words: str, size: float, inner: float, *, bold: bool = False) -> Block:
    lines = wrap(words, inner, size, bold=bold)
    leading = 1.6 * size

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.lines(x, y, lines, size, leading, bold=bold)

    return Block(len(lines) * leading + 0.3 * size, draw)


def _sign(pen: Pen, kit: Kit, y: float, inner: float) -> None:
    """A field a hand: role and name above, a line to sign on, a place for the date."""
    width = inner / len(kit.signers)
    height = SIGN_ROOM - 4 * MM
    date = _("Date:")
    for at, (role, name) in enumerate(kit.signers):
        x = SIDE + at * width
        pen.box(x, y, width, height, 0.8)
        pen.text(x + 4, y + 0.9 * BODY, role, BODY, bold=True)
        pen.text(x + width - 4, y + 0.9 * BODY, name, BODY, align=Align.RIGHT)
        line = y + height - 6
        middle = x + 0.56 * width
        pen.line(x + 4, line, middle - 4, line, HAIR)
        pen.text(middle, line - 0.45 * SMALL, date, SMALL)
        pen.line(middle + face().measure(date, SMALL) + 2, line, x + width - 4, line, HAIR)
