"""The print test page: whether a printer prints boards true to size, to the edge, black, and with room for a seal."""

from __future__ import annotations

from villagebook.domain.board_paper import USUAL_PT
from villagebook.i18n import _
from villagebook.reports.fonts import face
from villagebook.reports.notice_foot import SEAL_SIDE
from villagebook.reports.notice_paper import LEAST_PT, TITLE_PT, Paper, paper_of
from villagebook.reports.pen import HAIR, MM, THICK, Align, Pen
from villagebook.reports.qr import Level
from villagebook.reports.wrapping import wrap

SEAL = 42 * MM
"""A village's seal; the square left free for it on the papers is larger (`notice_foot.SEAL_SIDE`)."""

EDGE = 5 * MM
"""Where printers that print to five millimetres still print."""

RULER = 8 * MM
SAMPLE = "村务公开 1,234.56 𠅤 QR"
CODE = "VILLAGEBOOK PRINT TEST 0123456789"
QUIET = 12.0
"""Points of the words that only explain this page."""


def render_print_test(paper: str = "A4") -> bytes:
    """The PDF on "A4" (upright) or "A3" (lying). The same bytes every time."""
    sheet = paper_of(paper)
    pen = Pen(sheet.width, sheet.height, _("Print test page"))
    _edges(pen, sheet)
    left, top = 22 * MM, 30 * MM
    pen.text(sheet.width / 2, 18.5 * MM, _("Print test page"), TITLE_PT[0], bold=True, align=Align.CENTRE)
    pen.text(sheet.width / 2, 26 * MM, paper, LEAST_PT, align=Align.CENTRE)
    _ruler(pen, left, top, int((sheet.width - left - 18 * MM) / MM // 10 * 10), across=True)
    _ruler(pen, left, top, int((sheet.height - top - 22 * MM) / MM // 10 * 10), across=False)
    x, y = left + 18 * MM, top + 17 * MM
    room = sheet.width - x - 14 * MM
    y = _samples(pen, x, y, room)
    y = _bars(pen, x, y, room)
    y = _seal(pen, x, y)
    _checks(pen, x, y, room)
    pen.end_page()
    return pen.finish()


def _edges(pen: Pen, sheet: Paper) -> None:
    """A frame five millimetres from the edge: where it is missing, the printer cuts."""
    pen.box(EDGE, EDGE, sheet.width - 2 * EDGE, sheet.height - 2 * EDGE)
    pen.box(
        sheet.side,
        sheet.top,
        sheet.width - 2 * sheet.side,
        sheet.height - sheet.top - sheet.bottom,
        dashed=True,
    )


def _ruler(pen: Pen, x: float, y: float, long_mm: int, *, across: bool) -> None:
    """Ticks every millimetre, numbers in centimetres."""
    for mm in range(long_mm + 1):
        tick = RULER * (1 if mm % 10 == 0 else 0.65 if mm % 5 == 0 else 0.4)
        at = mm * MM
        if across:
            pen.line(x + at, y, x + at, y + tick)
        else:
            pen.line(x, y + at, x + tick, y + at)
        if mm % 10 == 0 and mm > (0 if across else 10):
            label = str(mm // 10)
            if across:
                pen.text(x + at, y + RULER + 0.7 * QUIET, label, QUIET, align=Align.CENTRE)
            else:
                pen.text(x + RULER + 0.4 * QUIET, y + at, label, QUIET)
    end = long_mm * MM
    pen.line(x, y, x + (end if across else 0), y + (0 if across else end), THICK)


def _samples(pen: Pen, x: float, y: float, room: float) -> float:
    """The smallest, the usual and the title's type."""
    for size, words in (
        (LEAST_PT, _("smallest on a board")),
        (USUAL_PT, _("usual")),
        (TITLE_PT[0], _("title")),
    ):
        pen.text(x, y, f"{size} pt", QUIET)
        pen.text(x + 14 * MM, y, SAMPLE, size)
        wide = face().measure(SAMPLE, size)
        if 14 * MM + wide + 5 * MM + face().measure(words, QUIET) < room:
            pen.text(x + 14 * MM + wide + 5 * MM, y, words, QUIET)
        y += 1.3 * size + 6
    return y + 2 * MM


def _bars(pen: Pen, x: float, y: float, room: float) -> float:
    """Black, hatched, and the thinnest line; the page has no grey."""
    wide = min(room, 150 * MM) / 3
    pen.bar(x, y, 0.9 * wide, 10 * MM, solid=True)
    pen.bar(x + wide, y, 0.9 * wide, 10 * MM, solid=False)
    for step in range(5):
        pen.line(x + 2 * wide, y + step * 2.5 * MM, x + 2.9 * wide, y + step * 2.5 * MM, HAIR)
    return y + 14 * MM


def _seal(pen: Pen, x: float, y: float) -> float:
    """The square of a seal inside the square that papers leave free, and a code beside it."""
    inset = (SEAL_SIDE - SEAL) / 2
    pen.box(x, y, SEAL_SIDE, SEAL_SIDE, dashed=True)
    pen.box(x + inset, y + inset, SEAL, SEAL)
    pen.text(x + SEAL_SIDE / 2, y + SEAL_SIDE / 2, _("Seal here"), LEAST_PT, align=Align.CENTRE)
    below = y + SEAL_SIDE + QUIET
    pen.text(x, below, _("inner square {n} mm").format(n=round(SEAL / MM)), QUIET)
    right = x + SEAL_SIDE + 20 * MM
    pen.qr(right, y, SEAL_SIDE, CODE, Level.Q)
    pen.text(right, below, CODE, 0.75 * QUIET)
    return below + 8 * MM


def _checks(pen: Pen, x: float, y: float, room: float) -> None:
    """What to look at, each with a box to tick."""
    side = 0.85 * LEAST_PT
    for words in (
        _(
            "A ruler laid on the page shows the same centimetres: otherwise print at 100 %, not fitted to the page."
        ),
        _("The outer frame is there on all four sides."),
        _("The smallest type is sharp and black from one metre away; nothing on the page is grey."),
        _("The village's seal fits into the inner square."),
        _("A telephone reads the code."),
    ):
        lines = wrap(words, room - 2 * side, LEAST_PT)
        pen.box(x, y + 2, side, side, 0.9)
        pen.lines(x + 1.7 * side, y, lines, LEAST_PT, 1.3 * LEAST_PT)
        y += len(lines) * 1.3 * LEAST_PT + 4
