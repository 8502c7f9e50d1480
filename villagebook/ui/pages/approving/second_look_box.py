"""The second look at a signed slip: the pictures, who looks, and the word that they agree with the ticks."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagebook.i18n import _
from villagebook.services.approvals import second_look
from villagebook.services.approvals.sign_queue import QueueRow
from villagebook.ui.pages.approving.sign_host import SignHost
from villagebook.ui.pages.entering.papers import show_object
from villagebook.ui.widgets.forms import Form, button, text
from villagebook.ui.widgets.pickers import PersonPicker


class SecondLookBox(QWidget):
    """Hidden while no document waits for it."""

    def __init__(self, page: SignHost) -> None:
        super().__init__()
        self._page = page
        self._row: QueueRow | None = None
        self._pictures: tuple[str, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        words = _(
            "This is a large payment: somebody who did not enter the ticks compares them with the picture of the slip, "
            "slot by slot. Only then is it posted."
        )
        column.addWidget(text(words))
        self.ticks = text("")
        column.addWidget(self.ticks)
        self.look = button(_("Look at the pict&ures"), self._show)
        column.addWidget(self.look)
        form = Form()
        self.person = PersonPicker()
        form.row(_("Compared &by"), self.person)
        column.addLayout(form)
        self.confirm = button(_("The ticks a&gree with the pictures"), self._confirm, main=True)
        column.addWidget(self.confirm)

    def fill(self, row: QueueRow, ticks: str) -> None:
        """Shown when every slot of this row is filled and nobody has compared them yet; `ticks` are who signed, slot by slot."""
        waits = None
        if not row.waiting_slot:
            waits = second_look.waiting(self._page.book, row.document, self._page.session.today)
        self.setVisible(waits is not None)
        self._row, self._pictures = row, waits.pictures if waits else ()
        self.ticks.setText(ticks)
        if waits:
            self.person.set_persons(waits.persons)
            self.confirm.setEnabled(False)  # first the picture is opened

    def _show(self) -> None:
        for sha256 in self._pictures:
            show_object(self._page, sha256)
        self.confirm.setEnabled(True)

    def _confirm(self) -> None:
        if self._row is None:
            return
        document = self._row.document
        self._page.attempt(
            lambda: second_look.confirm(
                self._page.book, document.id, self.person.value(), self._page.session.by()
            ),
            lambda outcome: self._page.tell(outcome, document.summary, document.total_fen),
        )
