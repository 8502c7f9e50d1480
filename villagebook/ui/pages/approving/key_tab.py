"""A signature with the own stick and PIN."""

from __future__ import annotations

from villagebook.domain.signature import SlotKind
from villagebook.i18n import _
from villagebook.services import names
from villagebook.services.approvals.sign_queue import QueueRow
from villagebook.services.book_file import books
from villagebook.services.vouchers.documents import DocumentView
from villagebook.ui.pages.approving.key_form import KeyForm
from villagebook.ui.pages.approving.sign_tab import SignTab
from villagebook.ui.theme import em
from villagebook.ui.widgets.pickers import Choice
from villagebook.ui.widgets.table_view import TableView


class KeyTab(SignTab):
    """An official signs with the own stick and PIN."""

    def build(self) -> None:
        self.slot = Choice()
        self.form = KeyForm(self.page, self._sign, self.slot)
        self.column.addWidget(self.form)
        self.content = TableView()
        self.content.setAccessibleName(_("What the key signs, word for word"))
        self.content.setMinimumHeight(em(16))
        self.column.addWidget(self.content)

    def fill(self, row: QueueRow, view: DocumentView) -> None:
        open_slots = [
            s.slot for s in view.slot_states if s.open_count and s.slot.kind is not SlotKind.MEETING
        ]
        self.slot.set_options([(s.code, names.slot_title(s.code)) for s in open_slots])
        self.slot.set_value(row.waiting_slot)
        self.form.set_persons(row.may_sign or tuple(books.staff(self.page.book).persons.values()))
        shown = self.form.set_subject(row.document.id)
        if shown is not None:
            self.content.show_table(shown.table)

    def _sign(self) -> None:
        if self.row is None:
            return
        document = self.row.document
        self.form.sign(
            document.id,
            self.slot.value(),
            lambda outcome: self.page.tell(outcome, document.summary, document.total_fen),
        )
