"""Choosing an account by code, name or pinyin initials, ranked by how often this village uses it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from villagebook.domain.account import Account, Chart
from villagebook.i18n import _, language
from villagebook.ui.theme import em
from villagebook.ui.widgets.list_line import MOST, ListLine, score


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
        fit = score(wanted, account.code, account.name, account.name_en)
        if fit is not None:
            scored.append((fit, -use.get(account.code, 0), account.code, account))
    return [entry[3] for entry in sorted(scored, key=lambda entry: entry[:3])][:MOST]


class AccountPicker(ListLine):
    """`code()` is "" while the text names no account."""

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
        self.setPlaceholderText(_("Code, name or pinyin initials"))
        self.setMinimumWidth(em(11))
        self.textEdited.connect(self._look)

    def code(self) -> str:
        return self._code

    def unread(self) -> str:
        """Words that name no account one can choose here; one single fit is taken, as when the field is left."""
        only = None if self._code else self.only_fit()
        if only is not None:
            self.set_code(only)
        words = "" if self._code else self.text().strip()
        return (
            _("“{text}” names no account of this list; choose one with F7.").format(text=words)
            if words
            else ""
        )

    def set_code(self, code: str) -> None:
        """Show an account; "" empties the field."""
        account = self._chart.get(code)
        self.setText(self._label(account) if account else "")
        self._set(code if account else "")
        self.setCursorPosition(0)

    def set_chart(self, chart: Chart, use: Mapping[str, int]) -> None:
        """Choose from another chart from now on; the choice stays as far as it is still there."""
        self._chart, self._use = chart, use
        if self._code:
            self.set_code(self._code)

    def _set(self, code: str) -> None:
        if code != self._code:
            self._code = code
            self.changed.emit()

    def _label(self, account: Account) -> str:
        parents = self._chart.get(account.parent) if account.parent else None
        name = account.title(language())
        return f"{account.code} {parents.title(language()) + ' / ' if parents else ''}{name}"

    def offers(self, words: str) -> list[tuple[str, str]]:
        found = rank(self._chart, words, self._use, self._accepts, leaves_only=self._leaves_only)
        return [(a.code, self._label(a)) for a in found]

    def take(self, value: str) -> None:
        self.set_code(value)

    def opens_with(self) -> str:
        return "" if self._code else self.text()

    def _look(self, words: str) -> None:
        self.show_list(words)
        exact = self._chart.find(words)
        bookable = exact is not None and (self._chart.is_leaf(exact.code) or not self._leaves_only)
        fits = exact is not None and bookable and self._accepts(exact)
        self._set(exact.code if exact is not None and fits else "")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """One single fit is taken, a code gets its name; anything else that names no account stays and is marked."""
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            found = self._code or self.only_fit()
            if found:
                self.set_code(found)
        self.mark(not self._code and bool(self.text().strip()))
        super().focusOutEvent(event)
