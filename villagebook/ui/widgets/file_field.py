"""A path typed or chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from villagebook.i18n import _
from villagebook.ui.widgets.forms import button


def any_table() -> str:
    """The pattern for tables in whatever form other programs write them."""
    return ";;".join((_("Tables (*.xlsx *.xls *.csv *.txt *.htm *.html)"), _("All files (*)")))


class FileField(QWidget):
    """A path with a button to choose it; `chosen` is told when it leads to a file."""

    chosen = Signal(Path)

    def __init__(self, words: str, *, folder: bool = False, pattern: str = "") -> None:
        super().__init__()
        self._folder, self._pattern = folder, pattern
        self.line = QLineEdit()
        self.line.textChanged.connect(self._look)
        self._button = button(words, self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line, 1)
        row.addWidget(self._button)
        self.setFocusProxy(self.line)

    def path(self) -> Path | None:
        """None when nothing was chosen."""
        words = self.line.text().strip()
        return Path(words) if words else None

    def show_path(self, path: Path) -> None:
        """Show a file that is known already; `chosen` is not told."""
        if self.line.text() != str(path):
            self.line.blockSignals(True)
            self.line.setText(str(path))
            self.line.blockSignals(False)

    def _look(self) -> None:
        path = self.path()
        if path is not None and path.is_file():
            self.chosen.emit(path)

    def _choose(self) -> None:
        if self._folder:
            name = QFileDialog.getExistingDirectory(self, self._button.text(), self.line.text())
        else:
            name, _filter = QFileDialog.getOpenFileName(
                self, self._button.text(), self.line.text(), self._pattern
            )
        if name:
            self.line.setText(name)
