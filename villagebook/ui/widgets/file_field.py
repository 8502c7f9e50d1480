"""A path typed or chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from villagebook.ui.widgets.forms import button


class FileField(QWidget):
    """A path with a button to choose it."""

    def __init__(self, words: str, *, folder: bool = False, pattern: str = "") -> None:
        super().__init__()
        self._folder, self._pattern = folder, pattern
        self.line = QLineEdit()
        self._button = button(words)
        self._button.clicked.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line, 1)
        row.addWidget(self._button)
        self.setFocusProxy(self.line)

    def path(self) -> Path | None:
        """None when nothing was chosen."""
        words = self.line.text().strip()
        return Path(words) if words else None

    def _choose(self) -> None:
        if self._folder:
            name = QFileDialog.getExistingDirectory(self, self._button.text(), self.line.text())
        else:
            name, _filter = QFileDialog.getOpenFileName(
                self, self._button.text(), self.line.text(), self._pattern
            )
        if name:
            self.line.setText(name)
