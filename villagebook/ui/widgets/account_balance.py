"""What the account under the cursor holds, and the way to its ledger."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from villagebook.domain.money import yuan_text
from villagebook.i18n import _
from villagebook.services.names import direction
from villagebook.services.vouchers.voucher_search import Balance
from villagebook.ui.theme import em
from villagebook.ui.widgets.forms import button, text


class AccountBalance(QWidget):
    """`ledger` carries the code of the account whose ledger is wanted."""

    ledger = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._account = ""
        self.words = text("", "quiet")
        self.go = button(_("&Ledger"), lambda: self.ledger.emit(self._account), link=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(em(0.6))
        row.addWidget(self.words, 1)
        row.addWidget(self.go)
        self.setVisible(False)

    def show_balance(self, name: str, held: Balance | None) -> None:
        """None hides it."""
        self.setVisible(held is not None)
        if held is None:
            return
        self._account = held.account
        self.words.setText(
            _("{account}: {then} at the end of that day, {now} now").format(
                account=name, then=_sided(held.on_day_fen), now=_sided(held.now_fen)
            )
        )


def _sided(fen: int) -> str:
    """With the ledger's own sign for the side; 平 when nothing is left."""
    return f"{direction(fen)} {yuan_text(abs(fen))}" if fen else direction(fen)
