"""Sheets to be signed with a pen: rows high enough for a hand or a thumb, a code that binds the paper to the book."""

from __future__ import annotations

from villagebook.domain.sign_sheet import SignSheet
from villagebook.domain.table import Shape
from villagebook.i18n import _
from villagebook.reports.flow import Block, gap, paginate
from villagebook.reports.fonts import face, printable
from villagebook.reports.grid import Column, Grid, Type, fit_widths
from villagebook.reports.pen import HAIR, MM, Align, Pen
from villagebook.reports.qr import Level
from villagebook.reports.wrapping import wrap

A4 = (297 * MM, 210 * MM)
A5 = (210 * MM, 148 * MM)
SIDE, TOP, BOTTOM = 12 * MM, 9 * MM, 9 * MM
QR = 24 * MM
TITLE, BODY, SMALL = 18, 11, 8.5
HAND_ROW = 12 * MM
"""Height of a row somebody signs in."""
HAND_WIDTH = 11
"""Characters of the body size that a signature needs."""
FIELD = 20 * MM
MOST_FIELDS = 4
PAD = 3.5


def render_sheet(sheet: SignSheet) -> bytes:
    """The PDF; heads and the code come again on every page."""
    width, height = A5 if sheet.small else A4
    pen = Pen(width, height, f"{sheet.village} {sheet.title}")
    inner = width - 2 * SIDE
    head = _head(sheet, inner)
    room = height - TOP - BOTTOM - head.height
    blocks = [_facts(sheet, inner), gap(2 * MM), *_rows(sheet, inner), gap(2 * MM), *_foot(sheet, inner)]
    pages = paginate([*blocks, *_fields(sheet, inner)], room, room)
    for number, page in enumerate(pages, 1):
        head.draw(pen, SIDE, TOP)
        y = TOP + head.height
        for block in page:
            block.draw(pen, SIDE, y)
            y += block.height
        told = _("Page {page} of {pages}").format(page=number, pages=len(pages))
        pen.text(SIDE + inner, height - BOTTOM / 2, told, SMALL, align=Align.RIGHT)
        pen.end_page()
    return pen.finish()


def _head(sheet: SignSheet, inner: float) -> Block:
    """Village and title in the middle, the code on the right."""
    width = inner - 2 * (QR + 2 * MM)
    titles = wrap(sheet.title, width, TITLE, bold=True)
    village = wrap(sheet.village, width, BODY)
    height = max(len(village) * 1.4 * BODY + len(titles) * 1.35 * TITLE, QR + 1.3 * SMALL) + 1.5 * MM

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.qr(x + inner - QR, y - 2, QR, sheet.code, Level.M)
        pen.text(x + inner, y + QR + 0.4 * SMALL, sheet.seal, SMALL, align=Align.RIGHT)
        pen.lines(x + inner / 2, y, village, BODY, 1.4 * BODY, align=Align.CENTRE)
        top = y + len(village) * 1.4 * BODY
        pen.lines(x + inner / 2, top, titles, TITLE, 1.35 * TITLE, bold=True, align=Align.CENTRE)

    return Block(height, draw)


def _facts(sheet: SignSheet, inner: float) -> Block:
    """What and value, two in a row; a long value has a row of its own."""
    half = inner / 2 - 3 * MM
    cells: list[tuple[str, float, tuple[str, ...], bool]] = []
    for what, value in sheet.facts:
        label = _("{label}:").format(label=what)
        indent = face().measure(printable(label), BODY) + 5
        whole = face(True).measure(printable(value), BODY) > half - indent
        room = (inner if whole else half) - indent
        cells.append((label, indent, wrap(value, room, BODY, bold=True), whole))
    rows: list[list[tuple[str, float, tuple[str, ...], bool]]] = []
    for cell in cells:
        if rows and len(rows[-1]) == 1 and not cell[3] and not rows[-1][0][3]:
            rows[-1].append(cell)
        else:
            rows.append([cell])
    leading = 1.55 * BODY

    def draw(pen: Pen, x: float, y: float) -> None:
        for row in rows:
            for at, (label, indent, lines, _whole) in enumerate(row):
                left = x + at * inner / 2
                pen.text(left, y + leading / 2, label, BODY)
                pen.lines(left + indent, y, lines, BODY, leading, bold=True)
            y += max(len(cell[2]) for cell in row) * leading

    return Block(sum(max(len(cell[2]) for cell in row) * leading for row in rows), draw)


def _rows(sheet: SignSheet, inner: float) -> list[Block]:
    if not sheet.columns:
        return []
    aligned = {Shape.MONEY: Align.RIGHT, Shape.COUNT: Align.CENTRE}
    columns = [
        Column(
            c.title,
            aligned.get(c.shape, Align.LEFT),
            weight=c.weight if c.shape is Shape.TEXT and c.weight > 8 else 0,
            least=5,
        )
        for c in sheet.columns
    ]
    cells = [list(row) for row in sheet.rows]
    least = HAND_ROW if sheet.hand else 8 * MM
    kind = Type(BODY, 10, PAD, least, above=2.5)
    hand = HAND_WIDTH * BODY if sheet.hand else 0.0
    measured = [*cells, _total_cells(sheet, columns)] if sheet.total else cells
    widths = fit_widths(columns, measured, inner - hand, kind)
    spare = max(0.0, inner - hand - sum(widths)) / (len(widths) + 1)  # nothing that may stretch: all do
    widths, hand = [width + spare for width in widths], hand + spare if sheet.hand else hand
    if sheet.hand:
        columns = [*columns, Column(sheet.hand)]
        widths = [*widths, hand]
        cells = [[*row, ""] for row in cells]
    grid = Grid(columns, widths, kind)
    head = grid.head()
    made = [block for row in cells for block in grid.row(row, head=head, most_height=60 * MM)]
    if sheet.total:
        what, figure = sheet.total
        span = max(n for n, c in enumerate(columns) if c.align is Align.RIGHT)
        spans = [(span, what, Align.CENTRE), (1, figure, Align.RIGHT)]
        rest = len(columns) - span - 1
        made.append(grid.merged([*spans, *([(rest, "", Align.LEFT)] if rest else [])], head=head))
    return [*made, grid.closing_rule()]


def _total_cells(sheet: SignSheet, columns: list[Column]) -> list[str]:
    """The total where it stands, so that its column is wide enough for it."""
    last = max(n for n, c in enumerate(columns) if c.align is Align.RIGHT)
    return [sheet.total[1] if sheet.total and n == last else "" for n in range(len(columns))]


def _foot(sheet: SignSheet, inner: float) -> list[Block]:
    made = []
    for words in sheet.foot:
        lines = wrap(words, inner, SMALL + 1)

        def draw(pen: Pen, x: float, y: float, lines: tuple[str, ...] = lines) -> None:
            pen.lines(x, y, lines, SMALL + 1, 1.4 * (SMALL + 1))

        made.append(Block(len(lines) * 1.4 * (SMALL + 1) + 1 * MM, draw))
    return made


def _fields(sheet: SignSheet, inner: float) -> list[Block]:
    """A field for each signature, several in a row, never cut."""
    across = max(1, min(MOST_FIELDS, len(sheet.signers)))
    width = inner / across
    date = _("Date:")
    made = []
    for start in range(0, len(sheet.signers), across):
        titles = [
            wrap(title, width - 2 * PAD, 9.5, bold=True) for title in sheet.signers[start : start + across]
        ]

        def draw(pen: Pen, x: float, y: float, titles: list[tuple[str, ...]] = titles) -> None:
            for lines in titles:
                pen.box(x, y, width, FIELD, 0.8)
                pen.lines(x + PAD, y + PAD, lines, 9.5, 12, bold=True)
                line = y + FIELD - 2 * PAD
                middle = x + 0.56 * width
                pen.line(x + PAD, line, middle - PAD, line, HAIR)
                pen.text(middle, line - 0.45 * SMALL, date, SMALL)
                pen.line(middle + face().measure(date, SMALL) + 2, line, x + width - PAD, line, HAIR)
                x += width

        made.append(Block(FIELD, draw))
    return made
