"""A hold at the signature: why it is right all the same is recorded, and what was held is done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from villagebook.domain.finding import Finding, Severity
from villagebook.i18n import _
from villagebook.services.vouchers.reasons import ID, can_be_given
from villagebook.ui.widgets.forms import button, card, text


class ReasonBox(QWidget):
    """Hidden unless holds alone, which a reason releases, stop what was tried."""

    def __init__(self, record: Callable[[str, str, tuple[Finding, ...]], None]) -> None:
        super().__init__()
        self._record = record
        self._document = ""
        self._held: tuple[Finding, ...] = ()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        frame, column = card()
        layout.addWidget(frame)
        column.addWidget(
            text(_("Nothing but these holds stops it. A reason lets it pass and stays for ever."))
        )
        row = QHBoxLayout()
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("Why is it right all the same? The reason stays in the log."))
        self.reason.setAccessibleName(_("Reason for the exception"))
        self.go = button(_("&Record the reason and go on"), self._give)
        self.reason.returnPressed.connect(self._give)
        row.addWidget(self.reason, 1)
        row.addWidget(self.go)
        column.addLayout(row)
        self.hide()

    def about(self, document_id: str) -> None:
        """Which document is in front; another one has other holds."""
        if document_id != self._document:
            self._document = document_id
            self._forget()

    def follow(self, findings: tuple[Finding, ...]) -> None:
        """What the page says now: holds alone are offered to be released, anything else is not."""
        if self._document and can_be_given(findings):
            self._held = tuple(f for f in findings if f.severity is Severity.HOLD)
            self.show()
        elif not any(f.id == ID for f in findings):  # the reason itself was no reason: it can be written anew
            self._forget()

    def _forget(self) -> None:
        self._held = ()
        self.reason.clear()
        self.hide()

    def _give(self) -> None:
        self._record(self._document, self.reason.text(), self._held)
