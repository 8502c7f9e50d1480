"""A thin pen over reportlab's canvas: points from the top left, our two faces, and the same bytes every time."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from io import BytesIO
from typing import TYPE_CHECKING, Any

from villagebook.reports.fonts import face, printable
from villagebook.reports.qr import Level, qr_code

if TYPE_CHECKING:
    from reportlab.pdfgen.textobject import PDFTextObject

MM = 72 / 25.4
HAIR = 0.5
THICK = 1.4
HATCH = 5.0
"""Points between the strokes of a hatched bar, seen as strokes from two metres."""
RED = (0.7, 0.09, 0.1)
MIDDLE = 0.37
"""The middle of a Chinese character or a figure lies this share of its size above the baseline."""


class Align(Enum):
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Pen:
    """Draws on one page after the other; `finish` gives the PDF.

    Text is gathered per page and written in one go, which is a third faster than one call per cell.
    """

    def __init__(self, width: float, height: float, title: str) -> None:
        from reportlab import rl_config
        from reportlab.pdfgen.canvas import Canvas

        face(), face(True)
        rl_config.useA85 = (
            0  # pages as plain bytes: a fifth smaller than as letters, and written twice as fast
        )
        self.width = width
        self.height = height
        self._left = 0.0
        self._top = 0.0
        self._file = BytesIO()
        # With another first font one of the printer's own would stand in the file. Any: the stubs call it a number.
        first_font: Any = face().name
        self._canvas = Canvas(
            self._file, pagesize=(width, height), invariant=1, pageCompression=1, initialFontName=first_font
        )
        self._canvas.setTitle(printable(title))
        self._canvas.setCreator("villagebook")
        self._texts: dict[tuple[bool, bool], tuple[PDFTextObject, float]] = {}

    def resize(self, width: float, height: float) -> None:
        """The size of the page that is begun; pages ended before keep theirs."""
        self.width, self.height = width, height
        self._canvas.setPageSize((width, height))

    def move_origin(self, left: float, top: float) -> None:
        """Count from here until the page ends: the second slip on a page draws as if it were alone."""
        self._left, self._top = left, top

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        align: Align = Align.LEFT,
        red: bool = False,
    ) -> None:
        """Write one line with its middle at height `y`, starting, centred or ending at `x`."""
        drawn = printable(text)
        if not drawn:
            return
        if align is not Align.LEFT:
            width = face(bold).measure(drawn, size)
            x -= width if align is Align.RIGHT else width / 2
        writer, last_size = self._texts.get((bold, red)) or (self._canvas.beginText(), 0.0)
        if last_size != size:
            if red and not last_size:
                writer.setFillColorRGB(*RED)
            writer.setFont(face(bold).name, size)
            self._texts[bold, red] = (writer, size)
        writer.setTextOrigin(x + self._left, self.height - y - self._top - MIDDLE * size)
        writer.textOut(drawn)

    def lines(
        self,
        x: float,
        y: float,
        lines: Iterable[str],
        size: float,
        leading: float,
        *,
        bold: bool = False,
        align: Align = Align.LEFT,
    ) -> None:
        """Write lines below each other; `y` is the upper edge of the first one."""
        for index, line in enumerate(lines):
            self.text(x, y + (index + 0.5) * leading, line, size, bold=bold, align=align)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, width: float = HAIR, *, dashed: bool = False
    ) -> None:
        self._canvas.setLineWidth(width)
        self._canvas.setDash([3, 3] if dashed else [])
        self._canvas.line(
            x1 + self._left, self.height - y1 - self._top, x2 + self._left, self.height - y2 - self._top
        )

    def box(
        self, x: float, y: float, width: float, height: float, line: float = HAIR, *, dashed: bool = False
    ) -> None:
        self._canvas.setLineWidth(line)
        self._canvas.setDash([3, 3] if dashed else [])
        self._canvas.rect(x + self._left, self.height - y - self._top - height, width, height)

    def bar(self, x: float, y: float, width: float, height: float, *, solid: bool) -> None:
        """A bar of a chart: black, or white with a frame and strokes from edge to edge; no greys, no colours."""
        if solid:
            bottom = self.height - y - self._top - height
            self._canvas.setDash([])
            self._canvas.rect(x + self._left, bottom, width, height, stroke=0, fill=1)
            return
        self.box(x, y, width, height, THICK)
        start = -height
        while (start := start + HATCH) < width:
            left, right = max(start, 0.0), min(start + height, width)
            self.line(x + left, y + height - (left - start), x + right, y + height - (right - start), THICK)

    def qr(self, x: float, y: float, side: float, text: str, level: Level) -> None:
        """Draw a code, quiet zone included, into the square with its upper left corner at x, y."""
        code = qr_code(text, level)
        module = side / code.modules
        canvas = self._canvas
        canvas.saveState()
        canvas.transform(module, 0, 0, -module, x + self._left, self.height - y - self._top)
        canvas.addLiteral(code.path)
        canvas.restoreState()

    def watermark(self, text: str) -> None:
        """Write large and pale from corner to corner; call it first, so that everything else lies above it."""
        canvas, drawn = self._canvas, printable(text)
        diagonal = (self.width**2 + self.height**2) ** 0.5
        size = min(0.72 * diagonal / face(True).measure(drawn, 1), 0.2 * self.height)
        canvas.saveState()
        canvas.setFillGray(0.9)
        canvas.translate(self.width / 2, self.height / 2)
        canvas.transform(
            self.width / diagonal,
            self.height / diagonal,
            -self.height / diagonal,
            self.width / diagonal,
            0,
            0,
        )
        canvas.setFont(face(True).name, size)
        canvas.drawCentredString(0, -MIDDLE * size, drawn)
        canvas.restoreState()

    def write_texts(self) -> None:
        """Put the gathered text of a page into it."""
        for _bold, red in sorted(
            self._texts, key=lambda key: key[1]
        ):  # red last: its colour stays with the page
            self._canvas.drawText(self._texts[_bold, red][0])
        self._texts.clear()
        self.move_origin(0, 0)

    def end_page(self) -> None:
        self.write_texts()
        self._canvas.showPage()

    def finish(self) -> bytes:
        """The whole PDF; every page must have been ended."""
        self._canvas.save()
        return self._file.getvalue()
