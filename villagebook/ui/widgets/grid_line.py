"""One line of the classic grid: its five cells, and what stands in them, readable or not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from villagebook.domain.account import Account, Chart
from villagebook.domain.link import Link, LinkTarget
from villagebook.domain.voucher import VoucherLine
from villagebook.i18n import _
from villagebook.ui.theme import em
from villagebook.ui.widgets.account_picker import AccountPicker
from villagebook.ui.widgets.link_picker import LinkPicker
from villagebook.ui.widgets.money_edit import MoneyLine
from villagebook.ui.widgets.pickers import SuggestLine

LINKS = 2
"""The column of links."""

AMOUNT_WIDTH = 5.5

Suggest = Callable[[str], Sequence[str]]


class _Amount(MoneyLine):
    """An amount cell, as wide as its amount asks; `=`, Ctrl+F7 and Space go to the grid."""

    balance = Signal()
    flip = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumWidth(em(AMOUNT_WIDTH))
        self.textChanged.connect(self._widen)

    def _widen(self, words: str) -> None:
        """No digit of a large amount is cut off; the texts beside it give the room."""
        letters = self.fontMetrics()
        around = self.sizeHint().width() - 17 * letters.horizontalAdvance("x")  # Qt's hint is for 17 of them
        self.setMinimumWidth(max(em(AMOUNT_WIDTH), letters.horizontalAdvance(words) + around))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        kis = event.key() == Qt.Key.Key_F7 and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.text() in ("=", "＝") or kis:
            self.balance.emit()
        elif event.key() == Qt.Key.Key_Space:
            self.flip.emit()
        elif event.key() == Qt.Key.Key_Delete and not self.selectedText():
            self.clear()
        else:
            super().keyPressEvent(event)


class _Summary(SuggestLine):
    """A summary cell; entering an empty one copies the line above, as Enter does in T3."""

    entered = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self.entered.emit()
            self.selectAll()


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the cells of one line. `texts` are summary, account, debit and credit."""

    texts: tuple[str, str, str, str]
    account: str
    links: tuple[Link, ...]
    link_text: str
    project: str


class GridLine:
    """The five cells of one line; what it belongs to is hidden while the registers are empty."""

    def __init__(
        self,
        chart: Chart,
        use: Mapping[str, int],
        accepts: Callable[[Account], bool],
        suggest: Suggest,
        targets: Iterable[LinkTarget],
    ) -> None:
        self.summary = _Summary(suggest)
        self.account = AccountPicker(chart, use, accepts)
        self.account.setPlaceholderText("")
        self.links = LinkPicker(targets)
        self.debit, self.credit = _Amount(), _Amount()
        self._project = ""
        # so that the findings beside the grid keep room in large letters
        self.account.setMinimumWidth(em(8))
        self.links.setMinimumWidth(em(6))
        for cell, words in zip(self.cells(), headings(), strict=True):
            cell.setAccessibleName(words)

    def cells(self) -> tuple[QLineEdit, ...]:
        return (self.summary, self.account, self.links, self.debit, self.credit)

    def is_blank(self) -> bool:
        typed = (self.account, self.links, self.debit, self.credit)
        return not any(cell.text().strip() for cell in typed) and not self.links.links()

    def typed(self) -> Typed | None:
        """Everything as it stands in the cells, readable or not; None when nothing does."""
        if self.is_blank():
            return None
        texts = (self.summary.text(), self.account.text(), self.debit.text(), self.credit.text())
        return Typed(texts, self.account.code(), self.links.links(), self.links.text(), self._project)

    def show_typed(self, typed: Typed | None) -> None:
        """Put back what `typed` gave."""
        self.show_line(None)
        if typed is None:
            return
        summary, account, debit, credit = typed.texts
        self.summary.setText(summary)
        if typed.account:
            self.account.set_code(typed.account)
        else:
            self.account.setText(account)
        self.links.set_links(typed.links)
        self.links.setText(typed.link_text)
        self.debit.setText(debit)
        self.credit.setText(credit)
        self._project = typed.project

    def line(self, party: str) -> VoucherLine:
        """`party` is whom the document is with; a line that belongs to somebody in the registers is with them."""
        return VoucherLine(
            self.account.code(),
            self.debit.fen() or 0,
            self.credit.fen() or 0,
            self.summary.text().strip(),
            "",
            self.links.party() or party,
            self.links.project() or self._project,
            self.links.links(),
        )

    def show_line(self, line: VoucherLine | None) -> None:
        self.links.set_links(line.links if line else ())
        self._project = line.project if line and not self.links.project() else ""
        self.summary.setText(line.summary if line else "")
        self.account.set_code(line.account if line else "")
        self.debit.set_fen((line.debit_fen or None) if line else None)
        self.credit.set_fen((line.credit_fen or None) if line else None)


def headings() -> tuple[str, ...]:
    return (_("Summary"), _("Account"), _("Belongs to"), _("Debit"), _("Credit"))
