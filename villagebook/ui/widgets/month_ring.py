"""The month as six steps in a ring: each a button that says what is left and until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from villagebook.i18n import _, ngettext
from villagebook.ui.theme import ACCENT, ACCENT_SOFT, AMBER, GROUND, INK, LINE, QUIET, RED, SURFACE, em

_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class RingStep:
    """One step: `state` is done, now, late or later; `left` what is still to do."""

    code: str
    title: str
    left: int
    due_on: date | None
    state: str


class StepButton(QAbstractButton):
    """One step of the ring, painted: a disc with its number or a tick, the name, what is left."""

    def __init__(self, number: int, step: RingStep, parent: QWidget) -> None:
        super().__init__(parent)
        self._number = number
        self.step = step
        self.setText(step.title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{step.title}, {self.below()}")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def below(self) -> str:
        """The second line."""
        if self.step.state == "done":
            return _("done")
        due = "" if self.step.due_on is None else _("by {day}").format(day=self.step.due_on.isoformat())
        left = (
            ngettext("{n} left", "{n} left", self.step.left).format(n=self.step.left)
            if self.step.left
            else ""
        )
        return " · ".join(part for part in (left, due) if part) or _("later")

    def sizeHint(self) -> QSize:
        words = self.fontMetrics()
        bold = QFont(self.font())
        bold.setBold(True)
        width = max(words.horizontalAdvance(self.below()), round(words.horizontalAdvance(self.text()) * 1.12))
        return QSize(width + em(4.4), em(3.6))

    def minimumSizeHint(self) -> QSize:
        return QSize(em(8), em(3.6))

    def _colour(self) -> str:
        return {"done": ACCENT, "now": ACCENT, "late": RED}.get(self.step.state, QUIET)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Background, disc, two lines of text, focus frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        now = self.step.state in ("now", "late")
        painter.setBrush(QColor(ACCENT_SOFT if self.underMouse() else SURFACE))
        thick = 2.5 if self.hasFocus() else 1.8 if now else 1
        frame = INK if self.hasFocus() else self._colour() if now else LINE
        painter.setPen(QPen(QColor(frame), thick))
        painter.drawRoundedRect(inside, 8, 8)
        self._disc(painter)
        left = em(3.4)
        bold = QFont(painter.font())
        plain = painter.font()
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(QColor(INK))
        room = self.width() - left - em(0.6)
        upper = QRect(left, em(0.35), room, em(1.5))
        painter.drawText(
            upper, _LEFT, painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        )
        painter.setFont(plain)
        painter.setPen(
            QColor(RED if self.step.state == "late" else AMBER if self.step.state == "now" else QUIET)
        )
        lower = QRect(left, em(1.85), room, em(1.4))
        painter.drawText(
            lower, _LEFT, painter.fontMetrics().elidedText(self.below(), Qt.TextElideMode.ElideRight, room)
        )

    def _disc(self, painter: QPainter) -> None:
        size = em(2.1)
        disc = QRectF(em(0.7), (self.height() - size) / 2, size, size)
        full = self.step.state != "later"
        painter.setPen(QPen(QColor(self._colour()), 1.5))
        painter.setBrush(QColor(self._colour() if full else SURFACE))
        painter.drawEllipse(disc)
        painter.setPen(QPen(QColor(SURFACE if full else QUIET), max(2.0, em(0.14))))
        if self.step.state == "done":
            tick = QPainterPath(QPointF(disc.left() + size * 0.27, disc.top() + size * 0.52))
            tick.lineTo(disc.left() + size * 0.44, disc.top() + size * 0.68)
            tick.lineTo(disc.left() + size * 0.74, disc.top() + size * 0.33)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(tick)
        else:
            painter.drawText(disc, _CENTRE, str(self._number))


class MonthRing(QWidget):
    """Six steps round a month: three above from left to right, three below from right to left."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[StepButton] = []
        self._month = ""
        self._note = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, month: str, note: str, steps: Sequence[RingStep]) -> None:
        """Show another state of the month; the focus stays on its step."""
        focused = next((b.step.code for b in self._buttons if b.hasFocus()), "")
        for old in self._buttons:
            old.hide()
            old.deleteLater()
        self._month, self._note = month, note
        self._buttons = []
        for number, step in enumerate(steps, start=1):
            made = StepButton(number, step, self)
            made.clicked.connect(lambda _checked=False, code=step.code: self.chosen.emit(code))
            made.show()
            self._buttons.append(made)
            if step.code == focused:
                made.setFocus()
        self._place()
        self.updateGeometry()
        self.update()

    def buttons(self) -> list[StepButton]:
        return list(self._buttons)

    def sizeHint(self) -> QSize:
        widest = max((b.sizeHint().width() for b in self._buttons), default=em(12))
        return QSize(3 * widest + em(8), em(13.5))

    def minimumSizeHint(self) -> QSize:
        return QSize(em(34), em(13.5))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        if not self._buttons:
            return
        edge, gap = em(0.6), em(2)
        per_row = (len(self._buttons) + 1) // 2
        width = (self.width() - 2 * edge - (per_row - 1) * gap) // per_row
        width = min(width, em(21))
        left = (self.width() - per_row * width - (per_row - 1) * gap) // 2
        height = em(3.8)
        for number, made in enumerate(self._buttons):
            upper = number < per_row
            place = number if upper else 2 * per_row - 1 - number
            top = em(0.3) if upper else self.height() - height - em(0.3)
            made.setGeometry(left + place * (width + gap), top, width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The arrows between the steps and the month in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(GROUND))
        for number, made in enumerate(self._buttons):
            following = self._buttons[(number + 1) % len(self._buttons)]
            done = made.step.state == "done"
            painter.setPen(QPen(QColor(ACCENT if done else "#9AA8A2"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            self._arrow(painter, QRectF(made.geometry()), QRectF(following.geometry()))
        big = QFont(painter.font())
        plain = painter.font()
        big.setPixelSize(em(1.9))
        big.setBold(True)
        painter.setFont(big)
        painter.setPen(QColor(INK))
        middle = self.height() // 2
        painter.drawText(QRect(0, middle - em(2), self.width(), em(2.4)), _CENTRE, self._month)
        painter.setFont(plain)
        painter.setPen(QColor(QUIET))
        painter.drawText(QRect(0, middle + em(0.5), self.width(), em(1.5)), _CENTRE, self._note)

    def _arrow(self, painter: QPainter, start: QRectF, end: QRectF) -> None:
        if abs(start.top() - end.top()) < 2:
            right = end.left() > start.left()
            a = QPointF(start.right() if right else start.left(), start.center().y())
            b = QPointF(end.left() if right else end.right(), end.center().y())
            painter.drawLine(a, b)
            self._tip(painter, b, QPointF(1 if right else -1, 0))
            return
        down = end.top() > start.top()
        x = start.center().x()
        a = QPointF(x, start.bottom() if down else start.top())
        b = QPointF(x, end.top() if down else end.bottom())
        painter.drawLine(a, b)
        self._tip(painter, b, QPointF(0, 1 if down else -1))

    @staticmethod
    def _tip(painter: QPainter, at: QPointF, along: QPointF) -> None:
        size = em(0.55)
        across = QPointF(-along.y(), along.x())
        back = at - along * size
        painter.save()
        painter.setBrush(painter.pen().color())
        painter.drawPolygon(QPolygonF([at, back + across * size * 0.6, back - across * size * 0.6]))
        painter.restore()
