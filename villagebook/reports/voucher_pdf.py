"""Vouchers on paper: A5 lying, two on an upright A4, or half an A4; more lines than fit go on over further sheets.

Same vouchers, same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from villagebook.domain.voucher_sheet import VoucherCover, VoucherSheet
from villagebook.i18n import _, ngettext
from villagebook.reports.fonts import face
from villagebook.reports.pen import MM, Align, Pen
from villagebook.reports.voucher_face import LEFT, RIGHT, WIDTH, Piece, draw_piece, numbered, pieces
from villagebook.reports.wrapping import balanced

HEIGHTS = {"a5": 148 * MM, "two-on-a4": 297 * MM, "half-a4": 148.5 * MM}
"""Height of the page by kind of paper; all are as wide as an A4 sheet."""
HALF = 148.5 * MM

_Draw = Callable[[Pen], None]


def render_vouchers(
    sheets: Sequence[VoucherSheet], *, paper: str = "a5", covers: Sequence[VoucherCover] = ()
) -> bytes:
    """The PDF of covers and vouchers. Raises KeyError for paper it does not know; nothing at all gives one blank page."""
    title = numbered(sheets[0]) if len(sheets) == 1 else _("Accounting vouchers")
    pen = Pen(WIDTH, HEIGHTS[paper], title)
    two = paper == "two-on-a4"
    drawn = 0
    for draw in _draws(sheets, covers):
        lower = two and drawn % 2 == 1
        pen.move_origin(0, HALF if lower else 0)
        draw(pen)
        if lower:
            pen.line(0, 0, WIDTH, 0, dashed=True)
        if lower or not two:
            pen.end_page()
        drawn += 1
    if not drawn or (two and drawn % 2):
        pen.end_page()
    return pen.finish()


def _draws(sheets: Iterable[VoucherSheet], covers: Iterable[VoucherCover]) -> Iterable[_Draw]:
    for cover in covers:
        yield partial(_draw_cover, cover)
    for sheet in sheets:
        parts = pieces(sheet)
        for number, piece in enumerate(parts, 1):
            yield partial(_draw_sheet, sheet, piece, number, len(parts))


def _draw_sheet(sheet: VoucherSheet, piece: Piece, number: int, count: int, pen: Pen) -> None:
    draw_piece(pen, sheet, piece, number, count)


def _draw_cover(cover: VoucherCover, pen: Pen) -> None:
    """凭证封面: unit, month, days, kind, numbers, how many, who bound it (会计基础工作规范 55)."""
    inner = WIDTH - LEFT - RIGHT
    middle = LEFT + inner / 2
    pen.box(LEFT, 12 * MM, inner, 124 * MM, 1.2)
    pen.box(LEFT + 1 * MM, 13 * MM, inner - 2 * MM, 122 * MM, 0.4)
    pen.text(middle, 27 * MM, _("Cover of vouchers"), 24, bold=True, align=Align.CENTRE)
    for at, words in enumerate(balanced(cover.village, inner - 20 * MM, 14)[:2]):
        pen.text(middle, (40 + 6 * at) * MM, words, 14, align=Align.CENTRE)
    left, width = LEFT + 12 * MM, inner - 24 * MM
    _draw_cover_table(pen, _cover_rows(cover), left, width)
    _draw_binders(pen, left, width)
    pen.text(
        middle, 128 * MM, _("The binder signs or seals across the edge of the seal."), 8, align=Align.CENTRE
    )


def _cover_rows(cover: VoucherCover) -> tuple[tuple[str, str, str, str], ...]:
    """Two labels with what they say in each."""
    month = _("{year}-{month:02d}").format(year=cover.year, month=cover.month)
    return (
        (_("Month"), month, _("Volume"), _("{no} of {count}").format(no=cover.volume, count=cover.volumes)),
        (_("First day"), cover.first_on.isoformat(), _("Last day"), cover.last_on.isoformat()),
        (
            _("Kind of voucher"),
            cover.word,
            _("Numbers"),
            f"{cover.first_number:04d} – {cover.last_number:04d}",
        ),
        (
            _("Vouchers"),
            ngettext("{n} voucher", "{n} vouchers", cover.count).format(n=cover.count),
            _("Papers attached"),
            str(cover.paper_count),
        ),
    )


def _draw_cover_table(pen: Pen, rows: tuple[tuple[str, ...], ...], left: float, width: float) -> None:
    top, height = 54 * MM, 11 * MM
    columns = (0.0, 0.2, 0.5, 0.7, 1.0)
    for at, cells in enumerate(rows):
        y = top + at * height
        for no, words in enumerate(cells):
            bold = no % 2 == 1
            x = left + (columns[no] + columns[no + 1]) / 2 * width
            pen.text(x, y + height / 2, words, 11 if bold else 10, bold=bold, align=Align.CENTRE)
    for at in range(len(rows) + 1):
        pen.line(left, top + at * height, left + width, top + at * height, 0.6)
    for share in columns:
        pen.line(left + share * width, top, left + share * width, top + len(rows) * height, 0.6)


def _draw_binders(pen: Pen, left: float, width: float) -> None:
    """Lines on which those sign who answer for the volume."""
    y = 112 * MM
    for at, words in enumerate((_("Head of accounting"), _("Bound by"), _("Bound on"))):
        label = _("{label}:").format(label=words)
        pen.text(left + at * width / 3, y, label, 10)
        start = left + at * width / 3 + max(0.42 * width / 3, face(False).measure(label, 10) + 2 * MM)
        pen.line(start, y + 3 * MM, left + (at + 0.92) * width / 3, y + 3 * MM, 0.5)
