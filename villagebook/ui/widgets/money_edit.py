"""A field for an amount in yuan, with the amount in capitals beneath."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from villagebook.domain.money import AmountError, yuan_text
from villagebook.domain.numerals import capital_amount
from villagebook.ui.theme import em
from villagebook.ui.widgets.calculator import CALCULATOR, Calculator
from villagebook.ui.widgets.formula import amount_problem, amount_refusal, read_amount
from villagebook.ui.widgets.typed import mark_wrong


class MoneyLine(QLineEdit):
    """The field alone. `changed` is emitted when the value differs; an empty or wrong text has the value None.

    F9 and F11 open a calculator that writes its result back here.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fen: int | None = None
        self.problem = self._refusal = ""
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers | Qt.InputMethodHint.ImhNoPredictiveText)
        self.setMinimumWidth(em(7))
        self.textChanged.connect(self._read)

    def fen(self) -> int | None:
        return self._fen

    def unread(self) -> str:
        """What was typed and is no amount, and what to type instead; "" when all is well."""
        return self._refusal

    def set_fen(self, fen: int | None) -> None:
        """Show an amount; None empties the field."""
        self.setText("" if fen is None else yuan_text(fen))

    def event(self, event: QEvent) -> bool:
        """F11 is the window's own key; in an amount it is the calculator's."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in CALCULATOR
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in CALCULATOR and not self.isReadOnly():
            Calculator(self, self.set_fen).open_below()
            return
        super().keyPressEvent(event)

    def _read(self, words: str) -> None:
        before = self._fen
        self.problem = self._refusal = ""
        self._fen = None
        if words.strip():
            try:
                self._fen = read_amount(words)
            except AmountError as error:
                self.problem = amount_problem(error.reason)
                self._refusal = amount_refusal(error.reason, words)
        self._mark(bool(self.problem) and not self.hasFocus())
        self._redden((self._fen or 0) < 0)
        self.setToolTip(self.problem)
        if self._fen != before:
            self.changed.emit()

    def _mark(self, wrong: bool) -> None:
        mark_wrong(self, wrong=wrong)

    def _redden(self, red: bool) -> None:
        """A red amount (红字) is red already while it is typed."""
        if bool(self.property("minus")) != red:
            self.setProperty("minus", red)
            self.style().polish(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tidy what was typed: 1234.5 becomes 1,234.50; a wrong text stays and is marked."""
        if self._fen is not None:
            self.setText(yuan_text(self._fen))
        self._mark(bool(self.problem))
        super().focusOutEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._mark(False)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()


class MoneyEdit(QWidget):
    """A money field with the capitals (壹仟贰佰元整), or what is wrong, beneath it."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = MoneyLine()
        self._words = QLabel(" ")
        self._words.setProperty("role", "quiet")
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignRight)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(em(0.1))
        layout.addWidget(self.line)
        layout.addWidget(self._words)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._tell)
        self.line.changed.connect(self.changed)

    def fen(self) -> int | None:
        return self.line.fen()

    def set_fen(self, fen: int | None) -> None:
        self.line.set_fen(fen)

    def words(self) -> str:
        """What stands beneath the field."""
        return self._words.text()

    def _tell(self) -> None:
        fen = self.line.fen()
        role = "red" if self.line.problem or (fen or 0) < 0 else "quiet"
        self._words.setText(self.line.problem or (capital_amount(fen) if fen is not None else " "))
        if self._words.property("role") != role:
            self._words.setProperty("role", role)
            self._words.style().polish(self._words)
