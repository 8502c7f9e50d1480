"""Several accounts in one field: codes with a blank between, each chosen by code, name or pinyin initials."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from villagebook.domain.account import Chart
from villagebook.i18n import _, language
from villagebook.ui.theme import em
from villagebook.ui.widgets.account_picker import AccountPicker
from villagebook.ui.widgets.forms import text


class AccountsField(QWidget):
    """What is chosen in the picker joins the codes above it; their names stand beneath."""

    changed = Signal()

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self._chart = chart
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em(0.2))
        self.codes = QLineEdit()
        self.codes.setPlaceholderText("153 514")
        self.codes.setAccessibleName(_("Codes of accounts"))
        self.picker = AccountPicker(chart, {}, lambda a: not a.is_money, leaves_only=False)
        self.picker.setPlaceholderText(_("add an account: code, name or pinyin initials"))
        self.picker.setAccessibleName(_("Add an account"))
        self._names = text("", "quiet")
        for widget in (self.codes, self.picker, self._names):
            column.addWidget(widget)
        self.codes.textChanged.connect(self._tell)
        self.picker.changed.connect(self._add)
        self.setFocusProxy(self.codes)

    def accounts(self) -> tuple[str, ...]:
        """Codes as typed, each once."""
        typed = self.codes.text().replace(",", " ").replace("，", " ").replace("、", " ")  # signs people type
        return tuple(dict.fromkeys(typed.split()))

    def set_accounts(self, codes: Sequence[str]) -> None:
        self.codes.setText(" ".join(codes))

    def _add(self) -> None:
        code = self.picker.code()
        if code:
            self.set_accounts((*self.accounts(), code))
            self.picker.set_code("")

    def _tell(self) -> None:
        found = [(code, self._chart.get(code)) for code in self.accounts()]
        words = ", ".join(a.title(language()) if a else f"{code}?" for code, a in found)
        self._names.setText(words)
        self.changed.emit()
