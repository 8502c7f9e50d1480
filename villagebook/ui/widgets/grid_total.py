"""What stands below the lines of the classic grid: both sums, the amount in capitals, and whether they agree."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel

from villagebook.domain.money import yuan_text
from villagebook.domain.numerals import capital_amount
from villagebook.i18n import _
from villagebook.ui.theme import em
from villagebook.ui.widgets.forms import text


class GridTotal:
    """Two lines in the columns of the grid, the sums below their amounts."""

    def __init__(self, grid: QGridLayout, row: int) -> None:
        self.capitals: QLabel = text(" ", "")
        self.sums = (text(" ", ""), text(" ", ""))
        grid.addWidget(self.capitals, row, 0, 1, 3)
        for column, label in enumerate(self.sums, 3):
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            label.setContentsMargins(0, 0, em(0.4), 0)
            grid.addWidget(label, row, column)
        self._state: QLabel = text(" ", "quiet")
        self._state.setAlignment(Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self._state, row + 1, 0, 1, 5)

    def show_total(self, debits_fen: Iterable[int], credits_fen: Iterable[int], *, empty: bool) -> None:
        """`empty` says that nothing was typed: then nothing is said of it."""
        debit, credit = sum(debits_fen), sum(credits_fen)
        missing = debit - credit
        for label, fen in zip(self.sums, (debit, credit), strict=True):
            label.setText(yuan_text(fen) if fen else " ")
            _paint(label, "red" if fen < 0 or missing else "")
        even = debit if not missing else 0
        self.capitals.setText(_("Total: {capitals}").format(capitals=capital_amount(even)) if even else " ")
        _paint(self.capitals, "red" if even < 0 else "")
        if missing:
            words = _("Debits and credits differ by {amount}; = in an amount cell balances.").format(
                amount=yuan_text(abs(missing))
            )
        else:
            words = " " if empty else _("Balanced.")
        self._state.setText(words)
        _paint(self._state, "red" if missing else "quiet")


def _paint(label: QLabel, role: str) -> None:
    if (label.property("role") or "") != role:
        label.setProperty("role", role)
        label.style().polish(label)
