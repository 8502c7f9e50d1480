"""A field for a small whole number: how many papers, how many notes."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit

from villagebook.ui.theme import em


class CountEdit(QLineEdit):
    """`value()` is 0 while the field is empty; anything but digits, full-width ones included, is not taken."""

    changed = Signal()

    def __init__(self, most: int = 9999) -> None:
        super().__init__()
        self._most = most
        self._value = 0
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setPlaceholderText("0")
        self.setMinimumWidth(em(4.5))
        self.setMaximumWidth(em(6))
        self.textChanged.connect(self._read)

    def value(self) -> int:
        return self._value

    def set_value(self, value: int) -> None:
        """Show a number; 0 empties the field."""
        self.setText(str(value) if value else "")

    def _read(self, words: str) -> None:
        digits = "".join(d for d in unicodedata.normalize("NFKC", words) if d.isascii() and d.isdigit())
        while digits and int(digits) > self._most:
            digits = digits[:-1]
        if digits != words:
            self.setText(digits)
            return
        before, self._value = self._value, int(digits or 0)
        if self._value != before:
            self.changed.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()
