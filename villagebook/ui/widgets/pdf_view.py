"""Pages of a PDF as pictures: page keys turn, + and - zoom. The pictures come from a function, so no PDF library is here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from villagebook.i18n import _
from villagebook.ui.theme import em
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import button

Render = Callable[[int, int], bytes]
"""render(page, width_px) -> PNG bytes; page counts from 0."""


class PdfView(QWidget):
    """One page at a time, as wide as the view times the zoom."""

    turned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._render: Render | None = None
        self._pages = 0
        self._page = 0
        self._zoom = 1.0
        self._drawn = (-1, -1)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._area = QScrollArea()
        self._area.setWidget(self._picture)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.StyledPanel)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._bar())
        layout.addWidget(self._area, 1)
        self.setFocusProxy(self._area)
        self.setMinimumHeight(em(14))
        self._tell()

    def _bar(self) -> QWidget:
        bar = QWidget()
        flow = Flow(bar)
        self._back = button(_("Previous page"))
        self._next = button(_("Next page"))
        self._where = QLabel()
        self._where.setMinimumWidth(em(5))
        smaller, larger = button("−"), button("+")  # noqa: RUF001  # the sign on the button
        smaller.setAccessibleName(_("Smaller"))
        larger.setAccessibleName(_("Larger"))
        self._back.clicked.connect(lambda: self.turn(-1))
        self._next.clicked.connect(lambda: self.turn(1))
        smaller.clicked.connect(lambda: self.zoom(1 / 1.25))
        larger.clicked.connect(lambda: self.zoom(1.25))
        for widget in (self._back, self._where, self._next, smaller, larger):
            flow.addWidget(widget)
        return bar

    def show_pages(self, pages: int, render: Render | None) -> None:
        """Show another document; 0 pages and None empty the view."""
        self._pages, self._render = pages, render
        self._page = min(self._page, max(0, pages - 1))
        self._drawn = (-1, -1)
        self._draw()

    def page(self) -> int:
        return self._page

    def turn(self, by: int) -> None:
        """Go forward or back."""
        wanted = min(max(0, self._page + by), max(0, self._pages - 1))
        if wanted != self._page:
            self._page = wanted
            self._area.verticalScrollBar().setValue(0)
            self._draw()
            self.turned.emit(wanted)

    def zoom(self, factor: float) -> None:
        self._zoom = min(4.0, max(0.4, self._zoom * factor))
        self._draw()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes our keys before the scroll area does."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.turn(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom(1 / 1.25 if key == Qt.Key.Key_Minus else 1.25)
        elif key == Qt.Key.Key_0 and not event.modifiers():
            self.zoom(1 / self._zoom)
        else:
            return False
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    def _draw(self) -> None:
        self._tell()
        if self._render is None or not self._pages:
            self._picture.clear()
            return
        ratio = self.devicePixelRatioF()
        width = max(200, round((self._area.viewport().width() - em(1)) * self._zoom * ratio))
        if self._drawn == (self._page, width):
            return
        self._drawn = (self._page, width)
        picture = QPixmap()
        picture.loadFromData(self._render(self._page, width))
        picture.setDevicePixelRatio(ratio)
        self._picture.setPixmap(picture)

    def _tell(self) -> None:
        self._where.setText(f"{self._page + 1} / {self._pages}" if self._pages else "–")
        self._back.setEnabled(self._page > 0)
        self._next.setEnabled(self._page + 1 < self._pages)
