"""The number of an identity card: its check digit is tried, and then only the last two figures are known here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from villagebook.i18n import _
from villagebook.ui.theme import em
from villagebook.ui.widgets.forms import text


class IdField(QWidget):
    """What is typed is forgotten as soon as it was tried; `tail` is what remains, "" when nothing held."""

    changed = Signal()

    def __init__(self, tail_of: Callable[[str], str]) -> None:
        super().__init__()
        self._tail_of, self._tail = tail_of, ""
        self.line = QLineEdit()
        self.line.setMaxLength(24)
        self.line.setMaximumWidth(em(14))
        self.line.setPlaceholderText(_("18 figures; not kept"))
        self.line.setAccessibleName(_("Number of the identity card"))
        self.line.editingFinished.connect(self._try)
        self.state = text("", "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line)
        row.addWidget(self.state, 1)
        self.setFocusProxy(self.line)

    def tail(self) -> str:
        return self._tail

    def unread(self) -> str:
        """Says nothing of the number itself, which nobody is to read in a list."""
        self._try()
        return (
            _("the number is not right in itself; compare every figure with the card.")
            if self.line.text().strip()
            else ""
        )

    def set_tail(self, tail: str) -> None:
        """Show what is known; `changed` is not emitted."""
        self._tail = tail
        self.line.clear()
        self._tell(_("checked; ends in {tail}, not kept").format(tail=tail) if tail else "", wrong=False)

    def _try(self) -> None:
        typed = self.line.text().strip()
        if not typed:
            return
        tail = self._tail_of(typed)
        if tail:
            self.set_tail(tail)
        else:
            self._tail = ""
            self._tell(
                _("This number is not right in itself. Compare every figure with the card."), wrong=True
            )
        self.changed.emit()

    def _tell(self, words: str, *, wrong: bool) -> None:
        self.state.setText(words)
        self.state.setProperty("role", "red" if wrong else "quiet")
        self.state.style().polish(self.state)
