"""What is to be signed, in words, and the way back to the drafts."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from villagebook.domain.money import yuan_text
from villagebook.domain.numerals import capital_amount
from villagebook.domain.resolution import Cited
from villagebook.i18n import _
from villagebook.services import names
from villagebook.services.approvals.sign_queue import QueueRow
from villagebook.services.book_file import books
from villagebook.services.offices import seals
from villagebook.services.vouchers.documents import DocumentView, withdraw
from villagebook.ui.pages.approving.sign_tab import SignTab
from villagebook.ui.pages.approving.slot_words import slot_line
from villagebook.ui.pages.entering.papers import show_object
from villagebook.ui.widgets.forms import button, card, text


class DocumentTab(SignTab):
    """What is to be signed, in words, with who has signed and who has not."""

    def build(self) -> None:
        self._head = text("", "heading")
        self._amount = text("")
        self._words = text("")
        self._slots = text("")
        self._papers = button(_("L&ook at the papers"), self._look)
        self._reason = QLineEdit()
        self._reason.setPlaceholderText(_("Why is it taken back?"))
        self._reason.setAccessibleName(_("Reason"))
        back = button(_("Take &back to the drafts"), self._withdraw)
        for widget in (
            self._head,
            self._amount,
            self._words,
            self._papers,
            text(_("Who has signed"), "heading"),
        ):
            self.column.addWidget(widget)
        self.column.addWidget(self._slots)
        box, inner = card()
        inner.addWidget(self._reason)
        inner.addWidget(back)
        self.column.addWidget(box)

    def fill(self, row: QueueRow, view: DocumentView) -> None:
        document = view.document
        places = books.places(self.page.book)
        staff = books.staff(self.page.book)
        chart = books.chart(self.page.book)
        self._head.setText(document.summary)
        self._amount.setText(f"{yuan_text(document.total_fen)}   {capital_amount(document.total_fen)}")
        place, target = places.get(document.place), places.get(document.to_place)
        lines = [
            (_("Kind"), row.kind_title),
            (_("With"), document.party),
            (_("Money from"), place.name if place else ""),
            (_("Money to"), target.name if target else ""),
            (_("Handler"), staff.name(document.handler) if document.handler else ""),
            (
                _("Supporting document"),
                f"{names.support_title(document.support)} {document.support_no}".strip(),
            ),
            (_("Resolution"), Cited.of(document.resolution, document.resolution_item).text),
            (_("Reason recorded"), "; ".join(filter(None, (document.excuse.strip(), *view.reasons)))),
            (_("Veto"), view.lifting),
        ]
        for item in document.items:
            account = chart.get(item.account)
            name = account.name if account else item.account
            lines.append(
                (name, f"{item.summary} {item.quantity}{item.unit} {yuan_text(item.amount_fen)}".strip())
            )
        self._words.setText("\n".join(f"{name}: {words}" for name, words in lines if words))
        stamps = seals.names(self.page.book)
        self._slots.setText("\n".join(slot_line(s, staff.name, stamps) for s in view.slot_states))
        self._papers.setVisible(bool(document.attachments))

    def _look(self) -> None:
        for paper in self.view.document.attachments if self.view else ():
            show_object(self.page, paper.sha256)

    def _withdraw(self) -> None:
        if self.row is None:
            return
        document = self.row.document

        def done(_none: None) -> None:
            self._reason.clear()
            self.page.session.say(_("{summary} is a draft again.").format(summary=document.summary))

        self.page.attempt(
            lambda: withdraw(self.page.book, document.id, self._reason.text(), self.page.session.by()), done
        )
