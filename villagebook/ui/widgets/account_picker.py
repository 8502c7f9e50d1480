"""Choosing an account by code, name or pinyin initials, ranked by how often this village uses it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from villagebook.domain.account import Account, Chart
from villagebook.i18n import _, language
from villagebook.ui.theme import em
from villagebook.ui.widgets.pinyin import initials

MOST = 60


def rank(
    chart: Chart,
    words: str,
    use: Mapping[str, int],
    accepts: Callable[[Account], bool],
    *,
    leaves_only: bool = True,
) -> list[Account]:
    """Accounts that fit the words, the likeliest first; with no words, by use and then by code."""
    wanted = words.strip().lower()
    scored = []
    for account in chart:
        if account.disabled or (leaves_only and not chart.is_leaf(account.code)) or not accepts(account):
            continue
        score = _score(account, wanted)
        if score is not None:
            scored.append((score, -use.get(account.code, 0), account.code, account))
    return [entry[3] for entry in sorted(scored, key=lambda entry: entry[:3])][:MOST]


def _score(account: Account, wanted: str) -> int | None:
    """0 is best, None is no fit."""
    letters = initials(account.name)
    tests = (
        wanted == account.code.lower(),
        account.code.lower().startswith(wanted),
        account.name.lower().startswith(wanted),
        letters.startswith(wanted),
        wanted in account.name.lower() or wanted in account.name_en.lower(),
        wanted in letters,
    )
    return next((number for number, fits in enumerate(tests) if fits), None)


class AccountPicker(QLineEdit):
    """A field with a list beneath. `code()` is "" while the text names no account.

    F7, F2 and Down open the list; Enter takes its first line.
    """

    changed = Signal()

    def __init__(
        self,
        chart: Chart,
        use: Mapping[str, int],
        accepts: Callable[[Account], bool] = lambda _account: True,
        parent: QWidget | None = None,
        *,
        leaves_only: bool = True,
    ) -> None:
        super().__init__(parent)
        self._chart, self._use, self._accepts = chart, use, accepts
        self._leaves_only = leaves_only
        self._code = ""
        self._found: list[Account] = []
        self._texts = QStringListModel(self)
        self._list = QCompleter(self._texts, self)
        self._list.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._list.setWidget(self)
        self._list.setMaxVisibleItems(10)
        self._list.activated.connect(self._chosen)
        popup = self._list.popup()
        assert popup is not None  # noqa: S101  # a completer that pops up has one
        self._popup = popup
        self.setPlaceholderText(_("Code, name or pinyin initials"))
        self.setMinimumWidth(em(11))
        self.textEdited.connect(self._look)

    def code(self) -> str:
        return self._code

    def set_code(self, code: str) -> None:
        """Show an account; "" empties the field."""
        account = self._chart.get(code)
        self.setText(self._label(account) if account else "")
        self._set(code if account else "")
        self.setCursorPosition(0)

    def _set(self, code: str) -> None:
        if code != self._code:
            self._code = code
            self.changed.emit()

    def _label(self, account: Account) -> str:
        parents = self._chart.get(account.parent) if account.parent else None
        name = account.title(language())
        return f"{account.code} {parents.title(language()) + ' / ' if parents else ''}{name}"

    def _rank(self, words: str) -> list[Account]:
        return rank(self._chart, words, self._use, self._accepts, leaves_only=self._leaves_only)

    def _look(self, words: str) -> None:
        self._show_list(words)
        exact = self._chart.find(words)
        bookable = exact is not None and (self._chart.is_leaf(exact.code) or not self._leaves_only)
        fits = exact is not None and bookable and self._accepts(exact)
        self._set(exact.code if exact is not None and fits else "")

    def _show_list(self, words: str) -> None:
        self._found = self._rank(words)
        self._texts.setStringList([self._label(a) for a in self._found])
        popup = self._popup
        if not self._found:
            popup.hide()
            return
        popup.setMinimumWidth(max(self.width(), em(20)))
        self._list.complete()
        popup.setCurrentIndex(self._texts.index(0, 0))

    def _chosen(self, label: str) -> None:
        """Enter or a click in the open list, which keeps the key for itself: take the line and go on."""
        self._take(label)
        QTimer.singleShot(0, self.focusNextChild)

    def _take(self, label: str) -> None:
        for account in self._found:
            if self._label(account) == label:
                self.set_code(account.code)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Opens the list, or takes its marked line and lets Enter go on to the next field."""
        popup = self._popup
        if popup.isVisible():
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
                self._take(str(popup.currentIndex().data() or ""))
                popup.hide()
                super().keyPressEvent(event)
                return
            if event.key() == Qt.Key.Key_Escape:
                popup.hide()
                return
        elif event.key() in (Qt.Key.Key_F7, Qt.Key.Key_F2, Qt.Key.Key_Down):
            self._show_list("" if self._code else self.text())
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """One single fit is taken; anything else that names no account is emptied out of sight of nobody: it stays
        and is marked."""
        if event.reason() != Qt.FocusReason.PopupFocusReason and not self._code and self.text().strip():
            found = self._rank(self.text())
            if len(found) == 1:
                self.set_code(found[0].code)
        self._mark(not self._code and bool(self.text().strip()))
        super().focusOutEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._mark(False)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def _mark(self, wrong: bool) -> None:
        if bool(self.property("wrong")) != wrong:
            self.setProperty("wrong", wrong)
            self.style().polish(self)
