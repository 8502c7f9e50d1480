"""The face of a printed voucher: title line, digit columns, struck-out lines, total in capitals, names."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from villagebook import i18n
from villagebook.domain.money import yuan_text
from villagebook.domain.numerals import capital_amount
from villagebook.domain.voucher_sheet import VoucherSheet
from villagebook.i18n import _, ngettext
from villagebook.reports.fonts import face, printable
from villagebook.reports.pen import MM, Align, Pen
from villagebook.reports.wrapping import wrap

WIDTH = 210 * MM
LEFT, RIGHT = 20 * MM, 10 * MM
"""The left edge is where the volume is bound."""
INNER = WIDTH - LEFT - RIGHT
TOP = 8 * MM
TABLE_TOP = 25 * MM
HEAD = 9 * MM
ROW = 8.2 * MM
ROWS = 9
"""Lines on one sheet; a text that needs more than two rows of letters takes several lines."""

DIGITS = "亿千百十万千百十元角分"
DIGIT = 3.7 * MM
PLAIN = 30 * MM
TITLE, BODY, SMALL, FIGURE = 17, 9, 8, 9.5
PAD = 1.2 * MM
FINE, DARK, EDGE = 0.25, 0.8, 1.2


@dataclass(frozen=True, slots=True)
class Row:
    """One line as it is drawn; `units` is how many lines of the form it takes. `bold` marks carried sums."""

    summary: tuple[str, ...]
    account: tuple[str, ...]
    debit_fen: int
    credit_fen: int
    units: int = 1
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands on one sheet of a voucher; sums are those to the end of this sheet."""

    rows: tuple[Row, ...]
    debit_fen: int
    credit_fen: int


def _digits() -> bool:
    """The names of the digit columns are Chinese; who does not read them gets plain figures."""
    return i18n.language() == i18n.CHINESE


def _edges() -> tuple[float, ...]:
    amount = DIGIT * len(DIGITS) if _digits() else PLAIN
    words = INNER - 2 * amount
    return (0.0, words * 0.46, words, words + amount, INNER)


def pieces(sheet: VoucherSheet) -> tuple[Piece, ...]:
    """Share the lines out over sheets; each later sheet begins with the sums brought forward."""
    edges = _edges()
    rows = [_row(sheet, no, edges) for no in range(1, len(sheet.voucher.lines) + 1)]
    made: list[Piece] = []
    held: list[Row] = []
    room, debit, credit = ROWS, 0, 0
    for row in rows:
        if row.units > room and held:
            made.append(Piece(tuple(held), debit, credit))
            held = [Row((_("Brought from the last page"),), (), debit, credit, bold=True)]
            room = ROWS - 1
        held.append(row)
        room -= row.units
        debit += row.debit_fen
        credit += row.credit_fen
    made.append(Piece(tuple(held), debit, credit))
    return tuple(made)


def _row(sheet: VoucherSheet, no: int, edges: Sequence[float]) -> Row:
    line = sheet.voucher.lines[no - 1]
    summary = wrap(sheet.summary(no), edges[1] - 2 * PAD, BODY)
    account = wrap(sheet.account(no), edges[2] - edges[1] - 2 * PAD, BODY)
    summary, account = _fit(summary), _fit(account)
    lines = max(len(summary), len(account))
    return Row(summary, account, line.debit_fen, line.credit_fen, (lines + 1) // 2)


def _fit(lines: tuple[str, ...]) -> tuple[str, ...]:
    """A text longer than a whole sheet ends there, and says so."""
    most = 2 * (ROWS - 1)
    return lines if len(lines) <= most else (*lines[: most - 1], f"{lines[most - 1][:-1]}…")


def draw_piece(pen: Pen, sheet: VoucherSheet, piece: Piece, number: int, count: int) -> None:
    """One sheet, its upper left corner at the pen's origin."""
    _title(pen, sheet, number, count)
    edges = tuple(LEFT + e for e in _edges())
    _headings(pen, edges)
    y = TABLE_TOP + HEAD
    used, open_at = 0, set[int]()
    for row in piece.rows:
        _draw_row(pen, row, edges, y + used * ROW)
        open_at |= set(range(used + 1, used + row.units))
        used += row.units
    last = number == count
    if last and used < ROWS:  # what stays empty is struck out, so that nobody adds a line
        pen.line(edges[2], y + ROWS * ROW, edges[4], y + used * ROW, DARK)
    _total(pen, sheet, piece, edges, last)
    _rules(pen, edges, open_at)
    _foot(pen, sheet)


def _title(pen: Pen, sheet: VoucherSheet, number: int, count: int) -> None:
    voucher = sheet.voucher
    title = _("Accounting voucher")
    middle = LEFT + INNER / 2
    pen.text(middle, TOP + 3 * MM, title, TITLE, bold=True, align=Align.CENTRE)
    half = face(True).measure(printable(title), TITLE) / 2 + 4 * MM
    for below in (7.2, 7.9):
        pen.line(middle - half, TOP + below * MM, middle + half, TOP + below * MM, 0.6)
    unit = _("Unit: {village}").format(village=sheet.village)
    for at, words in enumerate(wrap(unit, middle - half - LEFT - 2 * MM, SMALL)[:2]):
        pen.text(LEFT, TOP + (1 + 4 * at) * MM, words, SMALL)
    if voucher.total_fen < 0 or voucher.reverses:
        pen.text(LEFT + INNER, TOP + 2 * MM, _("Red"), 11, bold=True, align=Align.RIGHT, red=True)
    y = TABLE_TOP - 3.5 * MM
    pen.text(LEFT, y, numbered(sheet, number, count), BODY + 1, bold=True)
    pen.text(middle, y, long_day(sheet), BODY + 1, align=Align.CENTRE)
    papers = ngettext("{n} paper attached", "{n} papers attached", voucher.paper_count)
    pen.text(LEFT + INNER, y, papers.format(n=voucher.paper_count), BODY + 1, align=Align.RIGHT)


def numbered(sheet: VoucherSheet, number: int = 1, count: int = 1) -> str:
    """Word and number; over several sheets with a fraction: 5 1/2, 5 2/2 (会计基础工作规范 51)."""
    fraction = f" {number}/{count}" if count > 1 else ""
    return _("{word} No. {number}").format(
        word=sheet.voucher.word, number=f"{sheet.voucher.number:04d}{fraction}"
    )


def long_day(sheet: VoucherSheet) -> str:
    day = sheet.voucher.booked_on
    return _("{year}-{month:02d}-{day:02d}").format(year=day.year, month=day.month, day=day.day)


def _headings(pen: Pen, edges: Sequence[float]) -> None:
    y = TABLE_TOP
    for (left, right), words in zip(pairwise(edges[:3]), (_("Summary"), _("Account")), strict=True):
        pen.text((left + right) / 2, y + HEAD / 2, words, BODY, bold=True, align=Align.CENTRE)
    for (left, right), words in zip(pairwise(edges[2:]), (_("Debit"), _("Credit")), strict=True):
        middle = y + (HEAD / 4 if _digits() else HEAD / 2)
        pen.text((left + right) / 2, middle, words, BODY, bold=True, align=Align.CENTRE)
        if _digits():
            pen.line(left, y + HEAD / 2, right, y + HEAD / 2, FINE)
            _spread(pen, DIGITS, left, y + 0.75 * HEAD, 7.5, red=False)


def _draw_row(pen: Pen, row: Row, edges: Sequence[float], y: float) -> None:
    height = row.units * ROW
    leading = 3.8 * MM
    for left, lines in ((edges[0], row.summary), (edges[1], row.account)):
        top = y + (height - len(lines) * leading) / 2
        pen.lines(left + PAD, top, lines, BODY, leading, bold=row.bold)
    _amount(pen, row.debit_fen, edges[2], edges[3], y + height / 2)
    _amount(pen, row.credit_fen, edges[3], edges[4], y + height / 2)


def _amount(pen: Pen, fen: int, left: float, right: float, y: float, *, bold: bool = False) -> None:
    """Red without a minus sign and framed, so that a printer without colour still tells it."""
    if not fen:
        return
    written = f"{abs(fen):03d}"
    if bold and len(written) < len(DIGITS):  # a sign before the sum, so that no figure is put there
        written = f"¥{written}"
    if _digits() and len(written) <= len(DIGITS):
        _spread(pen, written.rjust(len(DIGITS)), left, y, FIGURE, red=fen < 0, bold=bold)
        start = right - DIGIT * len(written)
    else:
        words = f"¥{yuan_text(abs(fen))}" if bold else yuan_text(abs(fen))
        pen.text(right - PAD, y, words, FIGURE, align=Align.RIGHT, red=fen < 0, bold=bold)
        start = right - 2 * PAD - face(bold).measure(words, FIGURE)
    if fen < 0:
        pen.box(start + 0.3 * MM, y - 2.6 * MM, right - start - 0.6 * MM, 5.2 * MM, 0.7)


def _spread(
    pen: Pen, signs: str, left: float, y: float, size: float, *, red: bool, bold: bool = False
) -> None:
    """One sign per digit column."""
    for at, sign in enumerate(signs):
        if sign != " ":
            pen.text(left + (at + 0.5) * DIGIT, y, sign, size, align=Align.CENTRE, red=red, bold=bold)


def _total(pen: Pen, sheet: VoucherSheet, piece: Piece, edges: Sequence[float], last: bool) -> None:
    y = TABLE_TOP + HEAD + ROWS * ROW
    total = sheet.voucher.total_fen
    if last:
        words = _("Total: {capitals}").format(capitals=capital_amount(total))
    else:
        words = _("Carried forward")
    lines = wrap(words, edges[2] - edges[0] - 2 * PAD, BODY + 1, bold=True)
    leading = 3.9 * MM
    top = y + (ROW - len(lines) * leading) / 2
    for at, line in enumerate(lines):
        pen.text(
            edges[0] + PAD, top + (at + 0.5) * leading, line, BODY + 1, bold=True, red=last and total < 0
        )
    for fen, left, right in (
        (piece.debit_fen, edges[2], edges[3]),
        (piece.credit_fen, edges[3], edges[4]),
    ):
        _amount(pen, fen, left, right, y + ROW / 2, bold=True)


def _rules(pen: Pen, edges: Sequence[float], open_at: Set[int]) -> None:
    """The form itself; no rule runs at the lines in `open_at`, through a text that takes several of them."""
    top, bottom = TABLE_TOP, TABLE_TOP + HEAD + (ROWS + 1) * ROW
    for number in range(1, ROWS + 1):
        if number in open_at:
            continue
        y = top + HEAD + number * ROW
        pen.line(edges[0], y, edges[4], y, EDGE / 2 if number == ROWS else FINE)
    pen.line(edges[0], top + HEAD, edges[4], top + HEAD, EDGE / 2)
    for number, x in enumerate(edges):  # the capitals of the total run under both texts
        low = bottom - ROW if number == 1 else bottom
        pen.line(x, top, x, low, EDGE if number in (0, 4) else DARK)
    for y in (top, bottom):
        pen.line(edges[0], y, edges[4], y, EDGE)
    if _digits():
        for left in edges[2:4]:
            for at in range(1, len(DIGITS)):
                x = left + at * DIGIT
                pen.line(x, top + HEAD / 2, x, bottom, 0.7 if at in (3, 6, 9) else FINE)


def _foot(pen: Pen, sheet: VoucherSheet) -> None:
    y = TABLE_TOP + HEAD + (ROWS + 1) * ROW + 4 * MM
    step = INNER / 5
    for at, (caption, name) in enumerate(sheet.footer):
        x = LEFT + at * step
        label = _("{label}:").format(label=caption)
        pen.text(x, y, label, SMALL + 0.5)
        indent = face().measure(printable(label), SMALL + 0.5) + 1 * MM
        lines = wrap(name, step - indent - 3 * MM, SMALL + 0.5)[:2]
        for row, line in enumerate(lines):
            pen.text(x + indent, y + row * 3.8 * MM, line, SMALL + 0.5, bold=True)
    y += 9 * MM
    lines = wrap("  ".join(words for words, _id in sheet.relations), INNER, SMALL)[:2]
    for at, line in enumerate(lines):
        pen.text(LEFT, y + at * 3.8 * MM, line, SMALL)
