"""The no, with its reason."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from villagebook.i18n import _
from villagebook.services.approvals import signing
from villagebook.services.approvals.sign_queue import QueueRow
from villagebook.services.book_file import books
from villagebook.services.vouchers.documents import DocumentView
from villagebook.ui.pages.approving.sign_tab import SignTab
from villagebook.ui.widgets.forms import Form, button, text
from villagebook.ui.widgets.pickers import PersonPicker


class RejectTab(SignTab):
    """Supervision or the township says no, or finance staff send back."""

    def build(self) -> None:
        self.column.addWidget(
            text(
                _(
                    "A no stays in the log with its reason. That of supervision is lifted only by a resolution of the "
                    "representatives or the township; that of accountant, cashier or clerk sends the document back to "
                    "be mended."
                ),
                "quiet",
            )
        )
        form = Form()
        self.person = PersonPicker()
        self.reason = QLineEdit()
        form.row(_("W&ho says no"), self.person)
        form.row(_("&Reason"), self.reason)
        self.column.addLayout(form)
        act = button(_("Re&ject"), self._reject)
        self.column.addWidget(act)
        every = button(
            _("All rejected documents"), lambda: self.page.session.go("register:vetoes"), link=True
        )
        self.column.addWidget(every)

    def fill(self, row: QueueRow, view: DocumentView) -> None:
        self.person.set_persons(books.staff(self.page.book).persons.values())

    def _reject(self) -> None:
        if self.row is None:
            return
        document = self.row.document
        if not self.person.value() or not self.reason.text().strip():
            self.page.say_problem(_("Choose who says no, and write the reason: both stay in the log."))
            return

        def done(_none: None) -> None:
            self.reason.clear()
            self.page.session.say(_("Rejected: {summary}.").format(summary=document.summary))

        self.page.attempt(
            lambda: signing.reject(
                self.page.book, document.id, self.person.value(), self.reason.text(), self.page.session.by()
            ),
            done,
        )
