"""The yearly report on paper: a cover, the statements, the notes; all pages lie, so that they bind and print alike."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.table import Chapter, Dossier, Shape, Table
from villagebook.domain.table import Column as TableColumn
from villagebook.i18n import _
from villagebook.reports.flow import Block, gap, paginate
from villagebook.reports.fonts import face, printable
from villagebook.reports.grid import Column, Grid, Type, fit_widths
from villagebook.reports.pen import MM, Align, Pen
from villagebook.reports.statement_pdf import FormSheet, draw_signers
from villagebook.reports.table_pdf import PAPERS, cell_text
from villagebook.reports.wrapping import balanced, wrap

SIDE, TOP, BOTTOM = 18 * MM, 16 * MM, 14 * MM
COVER_TITLE, COVER_LINE = 30, 14
TITLE, HEADING, BODY, SMALL = 17, 11.5, 10, 8
LEADING = 1.55 * BODY
TABLE = Type(9, 9, 3, 5.6 * MM)
SIGN_ROOM = 18 * MM
FACT_LEFT = 62 * MM


def render_dossier(dossier: Dossier) -> bytes:
    """The PDF on A4, lying. Without forms it has no cover: the notes alone."""
    height, width = PAPERS["A4"]
    pen = Pen(width, height, f"{dossier.title} {dossier.subtitle}")
    sheets = [FormSheet(form, dossier.village, width, height) for form in dossier.forms]
    notes = _note_pages(dossier, width, height)
    pages = sum(s.pages for s in sheets) + len(notes)
    if dossier.forms:
        _stamp(pen, dossier)
        _draw_cover(pen, dossier, width, height)
        pen.end_page()
    number = 0
    for sheet in sheets:
        for page in range(1, sheet.pages + 1):
            number += 1
            _stamp(pen, dossier)
            sheet.draw(pen, page)
            _end(pen, number, pages)
    for index, blocks in enumerate(notes):
        number += 1
        _stamp(pen, dossier)
        _draw_notes(pen, dossier, blocks, is_first=index == 0)
        _end(pen, number, pages)
    return pen.finish()


def _stamp(pen: Pen, dossier: Dossier) -> None:
    if dossier.stamp:
        pen.watermark(dossier.stamp)


def _end(pen: Pen, number: int, pages: int) -> None:
    page = _("Page {page} of {pages}").format(page=number, pages=pages)
    pen.text(pen.width / 2, pen.height - BOTTOM / 2, page, SMALL, align=Align.CENTRE)
    pen.end_page()


def _draw_cover(pen: Pen, dossier: Dossier, width: float, height: float) -> None:
    y = height * 0.2
    lines = balanced(dossier.title, width - 2 * SIDE, COVER_TITLE, bold=True)
    pen.lines(width / 2, y, lines, COVER_TITLE, 1.35 * COVER_TITLE, bold=True, align=Align.CENTRE)
    y += len(lines) * 1.35 * COVER_TITLE + 1.2 * COVER_LINE
    pen.text(width / 2, y, dossier.subtitle, COVER_LINE + 4, align=Align.CENTRE)
    y += 4 * COVER_LINE
    room = width - 2 * FACT_LEFT - 8.5 * COVER_LINE
    for what, value in dossier.facts:
        pen.text(FACT_LEFT, y, _("{office}:").format(office=what), COVER_LINE)
        for line in wrap(value, room, COVER_LINE):
            pen.text(FACT_LEFT + 11 * COVER_LINE, y, line, COVER_LINE)
            y += 1.9 * COVER_LINE
    draw_signers(pen, SIDE, height - BOTTOM - SIGN_ROOM, width - 2 * SIDE, dossier.signers)
    date_line = _("Date:")
    pen.text(SIDE, height - BOTTOM - SIGN_ROOM / 3, date_line, TITLE * 0.6)


def _note_pages(dossier: Dossier, width: float, height: float) -> list[list[Block]]:
    room = height - TOP - BOTTOM
    inner = width - 2 * SIDE
    blocks = [block for chapter in dossier.chapters for block in _chapter(chapter, inner, room / 2)]
    blocks.append(_signing(dossier, inner))
    return paginate(blocks, room - 2.4 * TITLE, room)


def _chapter(chapter: Chapter, inner: float, most: float) -> Iterator[Block]:
    """Its heading never stands alone at the foot of a page."""
    head = _text(chapter.title, inner, HEADING, bold=True)
    first = True
    for paragraph in chapter.paragraphs:
        block = _text(paragraph, inner, BODY, indent=2 * BODY)
        yield _joined(head, block) if first else block
        first = False
    for number, table in enumerate(chapter.tables):
        if number:
            yield gap(0.6 * BODY)
        grid = _grid(table, inner)
        # the heading, the table's own heading and its first row stay together; the table's own comes again on each page
        heading = _under(head, grid.head()) if first else grid.head()
        texts = [
            [cell_text(c.shape, cell) for c, cell in zip(table.columns, row, strict=True)]
            for row in table.rows
        ]
        for cells in texts:
            yield from grid.row(cells, head=heading, most_height=most)
        first = False
        yield grid.closing_rule()
    if first:
        yield head
    yield gap(0.6 * BODY)


def _under(head: Block, heading: Block) -> Block:
    """A table's heading below that of its chapter, alone on the pages on which the table goes on."""
    both = _joined(head, heading)
    return Block(both.height, both.draw, again=heading)


def _joined(head: Block, block: Block) -> Block:
    def draw(pen: Pen, x: float, y: float) -> None:
        head.draw(pen, x, y)
        block.draw(pen, x, y + head.height)

    return Block(head.height + block.height, draw)


def _text(words: str, inner: float, size: float, *, bold: bool = False, indent: float = 0) -> Block:
    lines = wrap(words, inner - indent, size, bold=bold)
    leading = 1.55 * size

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.lines(x + indent, y, lines, size, leading, bold=bold)

    return Block(len(lines) * leading + 0.2 * size, draw)


def _grid(table: Table, inner: float) -> Grid:
    columns = [
        Column(
            c.title,
            Align.RIGHT if c.shape in (Shape.MONEY, Shape.COUNT) else Align.LEFT,
            weight=c.weight,
            least=_least(c, at, table),
        )
        for at, c in enumerate(table.columns)
    ]
    texts = [
        [cell_text(c.shape, cell) for c, cell in zip(table.columns, row, strict=True)] for row in table.rows
    ]
    return Grid(columns, fit_widths(columns, texts, inner, TABLE), TABLE)


def _least(column: TableColumn, at: int, table: Table) -> float:
    """The narrowest a column may be, in characters: figures and days are never broken."""
    if column.shape is Shape.TEXT:
        return 6
    texts = [cell_text(column.shape, row[at]) for row in table.rows]
    return max((face(True).measure(printable(t), 1) for t in texts), default=4)


def _signing(dossier: Dossier, inner: float) -> Block:
    def draw(pen: Pen, x: float, y: float) -> None:
        draw_signers(pen, x, y + SIGN_ROOM / 2, inner, dossier.signers)

    return Block(SIGN_ROOM, draw)


def _draw_notes(pen: Pen, dossier: Dossier, blocks: list[Block], *, is_first: bool) -> None:
    y = TOP
    if is_first:
        pen.text(pen.width / 2, y + TITLE / 2, dossier.notes_title, TITLE, bold=True, align=Align.CENTRE)
        line = f"{dossier.village}  {dossier.subtitle}"
        pen.text(pen.width / 2, y + 1.75 * TITLE, line, BODY, align=Align.CENTRE)
        y += 2.4 * TITLE
    for block in blocks:
        block.draw(pen, SIDE, y)
        y += block.height
