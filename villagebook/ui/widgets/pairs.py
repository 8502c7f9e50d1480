"""Labels with their values."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QWidget,
)

from villagebook.ui.theme import em
from villagebook.ui.widgets.forms import text


class Pairs(QWidget):
    """Labels and values, two columns; a value can be selected and copied."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(em(0.8))
        self._grid.setVerticalSpacing(em(0.25))
        self._grid.setColumnStretch(1, 1)

    def show_pairs(self, pairs: tuple[tuple[str, str], ...]) -> None:
        """Replace what is shown."""
        while item := self._grid.takeAt(0):
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for row, (name, value) in enumerate(pairs):
            label = QLabel(name)
            label.setProperty("role", "quiet")
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            shown = text(value)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            shown.setAccessibleName(name)
            self._grid.addWidget(label, row, 0)
            self._grid.addWidget(shown, row, 1)
