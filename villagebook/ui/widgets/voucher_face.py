"""The face of a voucher as every Chinese bookkeeper knows it: 摘要, 会计科目, 借方, 贷方 with digit columns.

Painted, not typed into: beside a form it shows live what the form will become.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from villagebook import i18n
from villagebook.domain.money import yuan_text
from villagebook.domain.numerals import capital_amount
from villagebook.domain.voucher import VoucherLine
from villagebook.i18n import _
from villagebook.ui.theme import ACCENT, ACCENT_SOFT, INK, LINE, QUIET, RED, SURFACE, em

DIGITS = "亿千百十万千百十元角分"
"""The eleven columns of an amount, from a hundred million yuan down to the fen."""

_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Face:
    """What stands on the face.

    Attributes:
        accounts: names the codes of the lines; `links` says what a line belongs to, by its number from 1.
        total_fen: the sum of one side.
        names: caption and name of those who stand below; `footer` is one text instead.
        struck: the lines that stay empty are struck out: nothing more will come.
    """

    label: str
    day: str
    lines: tuple[VoucherLine, ...]
    accounts: Mapping[str, str]
    total_fen: int
    paper_count: int = 0
    footer: str = ""
    names: tuple[tuple[str, str], ...] = ()
    links: Mapping[int, str] = field(default_factory=dict)
    struck: bool = False

    def account(self, no: int) -> str:
        """What stands in the account column of a line, counted from 1."""
        code = self.lines[no - 1].account
        own = self.accounts.get(code, code or "?")
        return f"{own} [{self.links[no]}]" if self.links.get(no) else own


class VoucherFace(QWidget):
    """Draws a Face; without room for digit columns it writes plain figures.

    With `choosable` a line can be pointed at, by the mouse or the arrow keys; `pointed` tells which, from 0.
    """

    pointed = Signal(int)

    def __init__(self, parent: QWidget | None = None, *, choosable: bool = False) -> None:
        super().__init__(parent)
        self._face = Face("", "", (), {}, 0)
        self._choosable = choosable
        self._line_no = 0
        if choosable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(em(20))

    def show_face(self, face: Face) -> None:
        """Draw another voucher; its first line is the one pointed at."""
        self._face = face
        self._line_no = 0
        self.setAccessibleName(self.spoken())
        self.updateGeometry()
        self.update()

    def spoken(self) -> str:
        """The voucher as one text, for screen readers and tests."""
        sides = (_("Dr"), _("Cr"))
        lines = [
            f"{line.summary} {self._face.account(no)} {sides[not line.debit_fen]} {yuan_text(line.debit_fen or line.credit_fen)}"
            for no, line in enumerate(self._face.lines, 1)
        ]
        return "; ".join([self._face.label, *lines])

    def line_no(self) -> int:
        """The line pointed at, from 0."""
        return self._line_no

    def point_at(self, number: int) -> None:
        """Point at another line; out of range is the nearest."""
        number = max(0, min(number, len(self._face.lines) - 1))
        if self._choosable and number != self._line_no:
            self._line_no = number
            self.update()
            self.pointed.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go to another line."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        wanted = self._line_no + step
        if self._choosable and step and 0 <= wanted < len(self._face.lines):
            self.point_at(wanted)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        top = em(0.4) + em(3.9) + em(2.2)
        self.point_at(int(event.position().y() - top) // self._row_height())
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _rows(self) -> int:
        return max(4, len(self._face.lines) + 1)

    def _row_height(self) -> int:
        return em(2.2)

    def sizeHint(self) -> QSize:
        head, foot = em(6.4), em(2.2)
        return QSize(em(40), head + self._row_height() * (self._rows() + 1) + foot)

    def minimumSizeHint(self) -> QSize:
        return QSize(em(20), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The whole sheet, top to bottom."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(SURFACE))
        painter.setPen(QPen(QColor(LINE)))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        area = self.rect().adjusted(em(0.7), em(0.4), -em(0.7), -em(0.3))
        self._title(painter, area)
        table = area.adjusted(0, em(3.9), 0, 0)
        self._grid(painter, table)
        bottom = QRect(area.left(), self.height() - em(1.9), area.width(), em(1.6))
        if self._face.footer:
            painter.setPen(QColor(QUIET))
            painter.drawText(bottom, _LEFT, self._fit(painter, self._face.footer, bottom.width()))
        self._names(painter, bottom)

    def _names(self, painter: QPainter, area: QRect) -> None:
        """Caption and name side by side, each as wide as it needs, the rest shared out; smaller letters when room is short."""
        captions = [_("{label}:").format(label=caption) for caption, _name in self._face.names]
        names = [name for _caption, name in self._face.names]
        plain = painter.font()
        apart = " " * 4  # names are told apart by it, also in small letters
        whole = apart.join(f"{c} {n}" for c, n in zip(captions, names, strict=True))
        painter.setFont(self._smaller(painter, whole, area.width()))
        metrics = painter.fontMetrics()
        widths = [metrics.horizontalAdvance(f"{c} {n}") for c, n in zip(captions, names, strict=True)]
        gap = max(em(0.2), (area.width() - sum(widths)) // max(1, len(widths)))
        x = area.left()
        for caption, name, width in zip(captions, names, widths, strict=True):
            room = min(width, area.right() - x)
            indent = metrics.horizontalAdvance(f"{caption} ")
            painter.setPen(QColor(QUIET))
            painter.drawText(QRect(x, area.top(), room, area.height()), _LEFT, caption)
            painter.setPen(QColor(INK))
            box = QRect(x + indent, area.top(), max(0, room - indent), area.height())
            painter.drawText(box, _LEFT, self._fit(painter, name, box.width()))
            x += width + gap
        painter.setFont(plain)

    @staticmethod
    def _smaller(painter: QPainter, words: str, width: int) -> QFont:
        """The font in use, or one small enough for these words, but never too small to read."""
        font = QFont(painter.font())
        needed = painter.fontMetrics().horizontalAdvance(words)
        if needed > width:
            font.setPixelSize(max(em(0.65), em(1) * width // max(1, needed)))
        return font

    def _title(self, painter: QPainter, area: QRect) -> None:
        plain = painter.font()
        big = QFont(plain)
        big.setPixelSize(em(1.25))
        big.setBold(True)
        big.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, em(0.2))
        painter.setFont(big)
        painter.setPen(QColor(INK))
        painter.drawText(
            QRect(area.left(), area.top(), area.width(), em(1.9)), _CENTRE, _("Accounting voucher")
        )
        painter.setFont(plain)
        line = QRect(area.left(), area.top() + em(2), area.width(), em(1.7))
        papers = _("Attached papers: {n}").format(n=self._face.paper_count)
        painter.setFont(
            self._smaller(painter, "  ".join((self._face.label, self._face.day, papers)), line.width())
        )
        metrics = painter.fontMetrics()
        between = line.adjusted(
            metrics.horizontalAdvance(self._face.label), 0, -metrics.horizontalAdvance(papers), 0
        )
        centred = metrics.boundingRect(line, _CENTRE, self._face.day)
        painter.setPen(QColor(ACCENT))
        painter.drawText(line, _LEFT, self._face.label)
        painter.setPen(QColor(INK))
        painter.drawText(line if between.contains(centred) else between, _CENTRE, self._face.day)
        painter.drawText(line, _RIGHT, papers)
        painter.setFont(plain)

    def _columns(self, width: int) -> tuple[int, int, int, bool]:
        """Widths of summary, account and one amount, and whether digit columns fit."""
        digit = QFontMetrics(self.font()).horizontalAdvance("0") + em(0.28)
        amount = digit * len(DIGITS)
        # the names of the columns are Chinese numerals; who does not read them gets plain figures
        digits = i18n.language() == i18n.CHINESE and width - 2 * amount >= em(15)
        if not digits:
            amount = min(em(7.5), round(width * 0.26))
        summary = round((width - 2 * amount) * 0.48)
        return summary, width - 2 * amount - summary, amount, digits

    def _grid(self, painter: QPainter, table: QRect) -> None:
        summary, account, amount, digits = self._columns(table.width())
        edges = [table.left(), table.left() + summary, table.left() + summary + account]
        edges += [edges[2] + amount, edges[2] + 2 * amount]
        height, head = self._row_height(), em(2.2)
        top = table.top()
        rows = self._rows()
        bottom = top + head + height * (rows + 1)
        self._headings(painter, edges, top, head, digits)
        for number in range(rows):
            at = top + head + number * height
            if number < len(self._face.lines):
                if self._choosable and number == self._line_no and self.hasFocus():
                    painter.fillRect(QRect(edges[0], at, edges[4] - edges[0], height), QColor(ACCENT_SOFT))
                self._line(painter, number, edges, QRect(0, at, 0, height), digits)
        self._total(painter, edges, top + head + rows * height, height, digits)
        painter.setPen(QPen(QColor(LINE)))
        for number in range(rows + 2):
            y = top + head + number * height
            painter.drawLine(edges[0], y, edges[4], y)
        painter.drawLine(edges[0], top, edges[4], top)
        for number, x in enumerate(edges):  # capitals of the total run under both texts
            painter.drawLine(x, top, x, bottom - height if number == 1 else bottom)
        if digits:
            self._rules(painter, edges, top, bottom)
        if self._face.struck and len(self._face.lines) < rows:
            painter.setPen(QPen(QColor(QUIET)))
            first_empty = top + head + height * len(self._face.lines)
            painter.drawLine(edges[2], bottom - height, edges[4], first_empty)

    def _rules(self, painter: QPainter, edges: list[int], top: int, bottom: int) -> None:
        """Thin lines between digits, darker before every third one counted from the yuan."""
        for left, right in ((edges[2], edges[3]), (edges[3], edges[4])):
            step = (right - left) / len(DIGITS)
            for number in range(1, len(DIGITS)):
                dark = number in (3, 6, 9)
                painter.setPen(QPen(QColor("#7FA699" if dark else "#DDE5E1")))
                x = round(left + step * number)
                painter.drawLine(x, top + em(1.1), x, bottom)

    def _headings(self, painter: QPainter, edges: list[int], top: int, head: int, digits: bool) -> None:
        titles = (_("Summary"), _("Account"), _("Debit"), _("Credit"))
        painter.setPen(QColor(QUIET))
        for number, title in enumerate(titles):
            box = QRect(edges[number], top, edges[number + 1] - edges[number], head)
            if number >= 2 and digits:
                box.setHeight(em(1.15))
            painter.drawText(box, _CENTRE, title)
            if number >= 2 and digits:
                small = QFont(painter.font())
                small.setPixelSize(em(0.72))
                plain = painter.font()
                painter.setFont(small)
                box = QRect(edges[number], top + em(1.1), edges[number + 1] - edges[number], em(1.1))
                self._spread(painter, DIGITS, box)
                painter.setFont(plain)

    def _line(self, painter: QPainter, number: int, edges: list[int], row: QRect, digits: bool) -> None:
        line = self._face.lines[number]
        pad = em(0.3)
        painter.setPen(QColor(INK))
        name = self._face.account(number + 1)
        for left, right, words in ((edges[0], edges[1], line.summary), (edges[1], edges[2], name)):
            box = QRect(left + pad, row.top(), right - left - 2 * pad, row.height())
            painter.drawText(box, _LEFT, self._fit(painter, words, box.width()))
        for left, right, fen in (
            (edges[2], edges[3], line.debit_fen),
            (edges[3], edges[4], line.credit_fen),
        ):
            self._amount(painter, fen, QRect(left, row.top(), right - left, row.height()), digits)

    def _total(self, painter: QPainter, edges: list[int], top: int, height: int, digits: bool) -> None:
        bold = QFont(painter.font())
        plain = painter.font()
        bold.setBold(True)
        painter.setFont(bold)
        fen = self._face.total_fen
        painter.setPen(QColor(RED if fen < 0 else INK))
        box = QRect(edges[0] + em(0.3), top, edges[2] - edges[0] - em(0.6), height)
        words = _("Total: {capitals}").format(capitals=capital_amount(fen)) if fen else _("Total")
        painter.setFont(self._smaller(painter, words, box.width()))
        painter.drawText(box, _LEFT, self._fit(painter, words, box.width()))
        painter.setFont(bold)
        for left, right in ((edges[2], edges[3]), (edges[3], edges[4])):
            self._amount(painter, fen, QRect(left, top, right - left, height), digits)
        painter.setFont(plain)

    def _amount(self, painter: QPainter, fen: int, box: QRect, digits: bool) -> None:
        """Red without a minus sign, as on paper."""
        if not fen:
            return
        painter.setPen(QColor(RED if fen < 0 else INK))
        if not digits:
            painter.drawText(box.adjusted(0, 0, -em(0.3), 0), _RIGHT, yuan_text(abs(fen)))
            return
        written = f"{abs(fen):03d}"
        if len(written) > len(DIGITS):
            painter.drawText(box, _RIGHT, yuan_text(abs(fen)))
            return
        self._spread(painter, written.rjust(len(DIGITS)), box)

    def _spread(self, painter: QPainter, signs: str, box: QRect) -> None:
        """One sign per digit column."""
        step = box.width() / len(DIGITS)
        for number, sign in enumerate(signs):
            cell = QRect(round(box.left() + number * step), box.top(), round(step), box.height())
            painter.drawText(cell, _CENTRE, sign)

    @staticmethod
    def _fit(painter: QPainter, words: str, width: int) -> str:
        return painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, width)
