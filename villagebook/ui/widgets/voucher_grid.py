"""The classic grid: 摘要, 科目, 借方, 贷方, with the keys that bookkeepers know.

Enter next cell; `=` balances; Space flips the side; `..` and `//` copy summaries; one blank line is always waiting.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from villagebook.domain.account import Account, Chart
from villagebook.domain.money import yuan_text
from villagebook.domain.voucher import VoucherLine, imbalance_fen
from villagebook.i18n import _
from villagebook.ui.theme import em
from villagebook.ui.widgets.account_picker import AccountPicker
from villagebook.ui.widgets.forms import text
from villagebook.ui.widgets.money_edit import MoneyLine


class _Amount(MoneyLine):
    """An amount cell; `=` and Space go to the grid."""

    balance = Signal()
    flip = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in ("=", "＝"):
            self.balance.emit()
        elif event.key() == Qt.Key.Key_Space:
            self.flip.emit()
        elif event.key() == Qt.Key.Key_Delete and not self.selectedText():
            self.clear()
        else:
            super().keyPressEvent(event)


class _Summary(QLineEdit):
    """A summary cell; entering an empty one copies the line above, as Enter does in T3."""

    entered = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self.entered.emit()
            self.selectAll()


class GridLine:
    """The four cells of one line."""

    def __init__(self, chart: Chart, use: Mapping[str, int], accepts: Callable[[Account], bool]) -> None:
        self.summary = _Summary()
        self.account = AccountPicker(chart, use, accepts)
        self.account.setPlaceholderText("")
        self.debit, self.credit = _Amount(), _Amount()
        for cell, words in zip(self.cells(), headings(), strict=True):
            cell.setAccessibleName(words)

    def cells(self) -> tuple[QLineEdit, ...]:
        return (self.summary, self.account, self.debit, self.credit)

    def is_blank(self) -> bool:
        return not (self.account.text().strip() or self.debit.text().strip() or self.credit.text().strip())

    def line(self, party: str) -> VoucherLine:
        return VoucherLine(
            self.account.code(),
            self.debit.fen() or 0,
            self.credit.fen() or 0,
            self.summary.text().strip(),
            "",
            party,
        )

    def show_line(self, line: VoucherLine | None) -> None:
        self.summary.setText(line.summary if line else "")
        self.account.set_code(line.account if line else "")
        self.debit.set_fen((line.debit_fen or None) if line else None)
        self.credit.set_fen((line.credit_fen or None) if line else None)


def headings() -> tuple[str, str, str, str]:
    return (_("Summary"), _("Account"), _("Debit"), _("Credit"))


class VoucherGrid(QWidget):
    """Lines of an adjustment."""

    changed = Signal()

    def __init__(
        self,
        chart: Chart,
        use: Callable[[], Mapping[str, int]],
        accepts: Callable[[Account], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._chart, self._use, self._accepts = chart, use, accepts
        self._lines: list[GridLine] = []
        self._busy = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(em(0.2))
        for column, (words, stretch) in enumerate(zip(headings(), (5, 6, 3, 3), strict=True)):
            self._grid.setColumnStretch(column, stretch)
            head = text(words, "quiet")
            head.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._grid.addWidget(head, 0, column)
        self._state: QLabel = text(" ", "quiet")
        self._state.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._grid.addWidget(self._state, 1000, 0, 1, 4)
        self.set_lines(())

    def rows(self) -> list[GridLine]:
        return list(self._lines)

    def lines(self, party: str = "") -> tuple[VoucherLine, ...]:
        """Every line that holds an account or an amount."""
        return tuple(row.line(party) for row in self._lines if not row.is_blank())

    def set_lines(self, lines: tuple[VoucherLine, ...]) -> None:
        """Show these and blank lines below, three at least."""
        self._busy = True
        wanted = max(3, len(lines) + 1)
        while len(self._lines) < wanted:
            self._append()
        while len(self._lines) > wanted:
            for cell in self._lines.pop().cells():
                cell.hide()
                cell.deleteLater()
        for number, row in enumerate(self._lines):
            row.show_line(lines[number] if number < len(lines) else None)
        self._busy = False
        self._tell()

    def problems(self) -> tuple[str, ...]:
        """Cells that cannot be read."""
        wrong = []
        for row in self._lines:
            wrong += [cell.problem for cell in (row.debit, row.credit) if cell.problem]
            if row.account.text().strip() and not row.account.code():
                wrong.append(
                    _("“{text}” is no account of this book.").format(text=row.account.text().strip())
                )
        return tuple(wrong)

    def _append(self) -> GridLine:
        row = GridLine(self._chart, self._use(), self._accepts)
        number = len(self._lines)
        for column, cell in enumerate(row.cells()):
            self._grid.addWidget(cell, number + 1, column)
            cell.textChanged.connect(self._edited)
        if self._lines:
            QWidget.setTabOrder(self._lines[-1].credit, row.summary)
        for before, after in zip(row.cells(), row.cells()[1:], strict=False):
            QWidget.setTabOrder(before, after)
        self._lines.append(row)
        row.summary.textEdited.connect(lambda words: self._copy_summary(row, words))
        row.summary.entered.connect(lambda: self._carry_summary(row))
        row.account.changed.connect(self._edited)
        for cell, other in ((row.debit, row.credit), (row.credit, row.debit)):
            cell.balance.connect(lambda cell=cell, row=row: self._balance(row, cell))
            cell.flip.connect(lambda cell=cell, other=other: self._flip(cell, other))
            cell.textEdited.connect(lambda _words, other=other: other.clear())
        return row

    def _edited(self) -> None:
        if self._busy:
            return
        if not self._lines[-1].is_blank():
            self._append()
        self._tell()
        self.changed.emit()

    def _copy_summary(self, row: GridLine, words: str) -> None:
        place = self._lines.index(row)
        if words in ("..", "。。") and place:
            row.summary.setText(self._lines[place - 1].summary.text())
        elif words == "//":
            row.summary.setText(self._lines[0].summary.text())

    def _carry_summary(self, row: GridLine) -> None:
        place = self._lines.index(row)
        if place and not row.summary.text() and not self._lines[place - 1].is_blank() and self.difference():
            row.summary.setText(self._lines[place - 1].summary.text())

    def _balance(self, row: GridLine, cell: MoneyLine) -> None:
        """`=`: this cell takes what the voucher lacks."""
        self._busy = True
        row.debit.clear()
        row.credit.clear()
        self._busy = False
        missing = imbalance_fen(self.lines())
        cell.set_fen((missing if cell is row.credit else -missing) or None)

    def _flip(self, cell: MoneyLine, other: MoneyLine) -> None:
        """Space: the amount goes to the other side."""
        fen = cell.fen()
        other_fen = other.fen()
        cell.set_fen(other_fen)
        other.set_fen(fen)
        other.setFocus()

    def difference(self) -> int:
        """Debits minus credits, in fen."""
        return imbalance_fen(self.lines())

    def _tell(self) -> None:
        missing = self.difference()
        if missing:
            words = _("Debits and credits differ by {amount}; = in an amount cell balances.").format(
                amount=yuan_text(abs(missing))
            )
        else:
            words = _("Balanced.") if self.lines() else " "
        self._state.setText(words)
        role = "red" if missing else "quiet"
        if self._state.property("role") != role:
            self._state.setProperty("role", role)
            self._state.style().polish(self._state)
