"""A card of a register on A4: what it says in boxes, then its history and its vouchers as lists, signature lines at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from villagebook.domain.table import Shape, Table
from villagebook.i18n import _
from villagebook.reports.pen import HAIR, MM, Align, Pen
from villagebook.reports.table_pdf import ALIGNS, cell_text
from villagebook.reports.wrapping import wrap

WIDTH, HEIGHT = 210 * MM, 297 * MM
SIDE, TOP, BOTTOM = 16 * MM, 14 * MM, 16 * MM
INNER = WIDTH - 2 * SIDE
TITLE, HEADING, BODY = 17, 11.5, 10
LEADING = 1.35 * BODY
PAD = 4
ROW = 8 * MM
LABEL = 24 * MM
HAND = 9.5 * MM
"""Height of a row that is written in with a pen."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is printed. `pairs` are (label, value); a value that is long takes the whole width. `tables` follow each other;
    those named in `roomy` have rows that people write in.
    """

    title: str
    number: str
    pairs: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...] = ()
    signatures: tuple[str, ...] = ()
    roomy: frozenset[str] = frozenset()


def render_card(card: Card, village: str) -> bytes:
    """The PDF of one card."""
    sheet = _Sheet(card, village)
    sheet.draw()
    return sheet.pen.finish()


class _Sheet:
    """Flows down the page and begins another when it is full."""

    def __init__(self, card: Card, village: str) -> None:
        self.card = card
        self.village = village
        self.pen = Pen(WIDTH, HEIGHT, f"{card.title} {card.number}")
        self.y = TOP
        self.page = 1

    def draw(self) -> None:
        self._head()
        self._pairs()
        for table in self.card.tables:
            if table.rows:
                self._table(table)
        self._signatures()
        self._end_page()

    def _head(self) -> None:
        pen = self.pen
        if self.page == 1:
            pen.text(WIDTH / 2, self.y + TITLE * 0.6, self.card.title, TITLE, bold=True, align=Align.CENTRE)
            self.y += 1.6 * TITLE
        pen.text(SIDE, self.y + BODY * 0.6, self.village, BODY)
        pen.text(
            WIDTH - SIDE,
            self.y + BODY * 0.6,
            _("No. {number}").format(number=self.card.number),
            BODY,
            align=Align.RIGHT,
        )
        self.y += 1.7 * BODY

    def _room(self, height: float) -> None:
        if self.y + height > HEIGHT - BOTTOM:
            self._end_page()
            self.page += 1
            self.y = TOP
            self._head()

    def _end_page(self) -> None:
        self.pen.text(WIDTH / 2, HEIGHT - 9 * MM, str(self.page), 8, align=Align.CENTRE)
        self.pen.end_page()

    def _pairs(self) -> None:
        """Two pairs a line; a long value has a line of its own."""
        half = INNER / 2 - LABEL - 2 * PAD
        waiting: list[tuple[str, str]] = []
        for label, value in self.card.pairs:
            if len(wrap(value, half, BODY)) > 1:
                self._line(waiting)
                waiting = []
                self._line([(label, value)])
                continue
            waiting.append((label, value))
            if len(waiting) == 2:
                self._line(waiting)
                waiting = []
        self._line(waiting)

    def _line(self, pairs: Sequence[tuple[str, str]]) -> None:
        if not pairs:
            return
        whole = len(pairs) == 1
        widths = (INNER - LABEL,) if whole else (INNER / 2 - LABEL, INNER / 2 - LABEL)
        cells = [
            (wrap(label, LABEL - 2 * PAD, BODY), wrap(value, width - 2 * PAD, BODY) if value else ())
            for (label, value), width in zip(pairs, widths, strict=True)
        ]
        lines = max(max(len(a), len(b)) for a, b in cells)
        height = max(ROW, lines * LEADING + PAD)
        self._room(height)
        x = SIDE
        for (label, value), width in zip(cells, widths, strict=True):
            self._cell(x, LABEL, height, label, bold=True)
            self._cell(x + LABEL, width, height, value)
            x += LABEL + width
        self.y += height

    def _cell(
        self,
        x: float,
        width: float,
        height: float,
        lines: Sequence[str],
        *,
        bold: bool = False,
        align: Align = Align.LEFT,
    ) -> None:
        self.pen.box(x, self.y, width, height, HAIR)
        spot = {Align.LEFT: x + PAD, Align.CENTRE: x + width / 2, Align.RIGHT: x + width - PAD}[align]
        top = self.y + (height - len(lines) * LEADING) / 2
        self.pen.lines(spot, top, lines, BODY, LEADING, bold=bold, align=align)

    def _table(self, table: Table) -> None:
        self._room(3 * ROW)
        self.y += 5 * MM
        self.pen.text(SIDE, self.y + HEADING * 0.6, table.title, HEADING, bold=True)
        self.y += 1.7 * HEADING
        weights = [column.weight for column in table.columns]
        widths = [INNER * weight / sum(weights) for weight in weights]
        self._row([c.title for c in table.columns], widths, [Align.CENTRE] * len(widths), bold=True)
        aligns = [ALIGNS[c.shape] for c in table.columns]
        for row in table.rows:
            texts = [
                "" if c.shape is Shape.MONEY and not cell else cell_text(c.shape, cell)
                for c, cell in zip(table.columns, row, strict=True)
            ]
            self._row(texts, widths, aligns, least=HAND if table.name in self.card.roomy else 0.8 * ROW)

    def _row(
        self,
        texts: Sequence[str],
        widths: Sequence[float],
        aligns: Sequence[Align],
        *,
        bold: bool = False,
        least: float = 0.8 * ROW,
    ) -> None:
        cells = [
            wrap(text, width - 2 * PAD, BODY, bold=bold) if text else ()
            for text, width in zip(texts, widths, strict=True)
        ]
        height = max(least, max(map(len, cells), default=1) * LEADING + PAD)
        self._room(height)
        x = SIDE
        for lines, width, align in zip(cells, widths, aligns, strict=True):
            self._cell(x, width, height, lines, bold=bold, align=align)
            x += width
        self.y += height

    def _signatures(self) -> None:
        if not self.card.signatures:
            return
        self._room(16 * MM)
        self.y += 12 * MM
        share = INNER / len(self.card.signatures)
        for index, words in enumerate(self.card.signatures):
            self.pen.text(SIDE + index * share, self.y, words, BODY)
