"""A small calculator over an amount: type a sum, Enter writes the result back into the cell."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from villagebook.domain.money import AmountError, yuan_text
from villagebook.i18n import _
from villagebook.ui.theme import em
from villagebook.ui.widgets.forms import text
from villagebook.ui.widgets.formula import amount_problem, read_amount

CALCULATOR = (Qt.Key.Key_F9, Qt.Key.Key_F11)
"""F9 as in T3, F11 as in KIS."""

WRITES_BACK = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F12, *CALCULATOR)


class Calculator(QFrame):
    """Opens under its cell and begins with what stands there; Esc leaves the cell as it was.

    `write` puts the result, in fen, into the cell.
    """

    def __init__(self, cell: QLineEdit, write: Callable[[int], None]) -> None:
        super().__init__(cell, Qt.WindowType.Popup)
        self._cell, self._write = cell, write
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self.setAccessibleName(_("Calculator"))
        self.sum = QLineEdit(cell.text())
        self.sum.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.sum.setAccessibleName(_("Sum, such as 12*35+8"))
        self.result = text(" ", "heading", wrap=False)
        self.result.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.help = text(_("+ - * / ( )   Enter writes back"), "quiet", wrap=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(em(0.6), em(0.5), em(0.6), em(0.5))
        for widget in (self.sum, self.result, self.help):
            column.addWidget(widget)
        self.sum.textChanged.connect(lambda _words: self._tell())
        self.setFocusProxy(self.sum)
        self._tell()

    def open_below(self) -> None:
        """Show it under the cell, the focus in the sum."""
        self.setMinimumWidth(max(self._cell.width(), em(16)))
        self.move(self._cell.mapToGlobal(QPoint(0, self._cell.height())))
        self.show()
        self.sum.setFocus()
        self.sum.selectAll()

    def fen(self) -> int | None:
        """The result, None while the sum is none."""
        try:
            return read_amount(self.sum.text())
        except AmountError:
            return None

    def _tell(self) -> None:
        words = self.sum.text().strip()
        if not words:
            self.result.setText(" ")
            return
        try:
            self.result.setText(f"= {yuan_text(read_amount(words))}")
        except AmountError as error:
            self.result.setText("…" if error.reason == "not-a-number" else amount_problem(error.reason))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, F12, or the key that opened it: the result goes into the cell."""
        if event.key() not in WRITES_BACK and event.text() not in ("=", "＝"):
            super().keyPressEvent(event)
            return
        fen = self.fen()
        if fen is not None:
            self._cell.setFocus()
            self._write(fen)
            self._cell.textEdited.emit(self._cell.text())  # as if it had been typed there
            self.close()
