"""What rests while long work holds the book."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid


class Resting(QObject):
    """Areas of a window that take no key and no click meanwhile; afterwards the cursor is where it was."""

    def __init__(self, window: QWidget, *areas: QWidget) -> None:
        super().__init__(window)
        self._window, self._areas = window, areas
        self._had: QWidget | None = None

    def remember(self) -> None:
        """Where the cursor is, for work of this window: when `rest` is called, a page that rests may have taken it already."""
        self._had = self._window.focusWidget()

    def rest(self, busy: bool) -> None:
        """Qt takes the cursor out of what rests and leaves it nowhere: without this no key of a page would work afterwards."""
        if busy and self._window.focusWidget() is not None:
            self.remember()
        for area in self._areas:
            area.setEnabled(not busy)
        if not busy and self._had is not None and isValid(self._had):
            self._had.setFocus()
            self._had = None
