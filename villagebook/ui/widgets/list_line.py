"""A field with a list beneath, for choosing one of many by a few letters."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QStringListModel, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from villagebook.ui.pinyin import initials
from villagebook.ui.theme import em
from villagebook.ui.widgets.typed import mark_wrong

MOST = 60
"""Lines of the list; who has more to choose from types another letter."""


def score(wanted: str, code: str, *names: str) -> int | None:
    """How well a code and its names fit what was typed: 0 is best, None is no fit. `wanted` is lower case."""
    letters = [initials(name) for name in names]
    lower = [name.lower() for name in names]
    tests = (
        wanted == code.lower(),
        code.lower().startswith(wanted),
        any(name.startswith(wanted) for name in lower),
        any(letter.startswith(wanted) for letter in letters),
        any(wanted in name for name in lower),
        any(wanted in letter for letter in letters),
    )
    return next((number for number, fits in enumerate(tests) if fits), None)


class ListLine(QLineEdit):
    """F7, F2 and Down open the list; Enter and Tab take its marked line.

    A field says what it offers for the words typed so far (`offers`, pairs of value and label) and what choosing means (`take`).
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: list[tuple[str, str]] = []
        self._texts = QStringListModel(self)
        self._list = QCompleter(self._texts, self)
        self._list.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._list.setWidget(self)
        self._list.setMaxVisibleItems(10)
        self._list.activated.connect(self._chosen)
        popup = self._list.popup()
        assert popup is not None  # noqa: S101  # a completer that pops up has one
        self._popup = popup

    def offers(self, words: str) -> Sequence[tuple[str, str]]:
        """(value, label) of what fits, the likeliest first."""
        raise NotImplementedError

    def take(self, value: str) -> None:
        """A line of the list was chosen."""
        raise NotImplementedError

    def opens_with(self) -> str:
        """The words the list is opened with when a key asks for it."""
        return self.text()

    def show_list(self, words: str) -> None:
        """Open the list with what fits, or close it when nothing does."""
        self._found = list(self.offers(words))
        self._texts.setStringList([label for _value, label in self._found])
        if not self._found:
            self._popup.hide()
            return
        self._popup.setMinimumWidth(max(self.width(), em(20)))
        self._list.complete()
        self._popup.setCurrentIndex(self._texts.index(0, 0))

    def only_fit(self) -> str | None:
        """The value of the single entry that fits the text, None when there are more or none."""
        found = self.offers(self.text()) if self.text().strip() else ()
        return found[0][0] if len(found) == 1 else None

    def _chosen(self, label: str) -> None:
        """Enter or a click in the open list, which keeps the key for itself: take the line and go on."""
        self._take(label)
        QTimer.singleShot(0, self.focusNextChild)

    def _take(self, label: str) -> None:
        for value, own in self._found:
            if own == label:
                self.take(value)
                return

    def event(self, event: QEvent) -> bool:
        """Tab moves the focus and never comes to `keyPressEvent`: the marked line of the open list is taken first."""
        is_tab = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab
        if is_tab and event.type() == QEvent.Type.KeyPress and self._popup.isVisible():
            self._take(str(self._popup.currentIndex().data() or ""))
            self._popup.hide()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Opens the list, or takes its marked line and lets Enter go on to the next field."""
        popup = self._popup
        if popup.isVisible():
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(str(popup.currentIndex().data() or ""))
                popup.hide()
                super().keyPressEvent(event)
                return
            if event.key() == Qt.Key.Key_Escape:
                popup.hide()
                return
        elif event.key() in (Qt.Key.Key_F7, Qt.Key.Key_F2, Qt.Key.Key_Down):
            self.show_list(self.opens_with())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.mark(False)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def mark(self, wrong: bool) -> None:
        """Frame the field as holding something that cannot be read."""
        mark_wrong(self, wrong=wrong)
