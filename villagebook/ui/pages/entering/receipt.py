"""Money in: who pays, what for, how much, into which place, with which receipt."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from villagebook.domain.document import Document, Method, Support
from villagebook.domain.link import Link
from villagebook.domain.place import RECEIVING
from villagebook.domain.resolution import Cited
from villagebook.domain.voucher import DocKind
from villagebook.i18n import N_, _
from villagebook.services import links
from villagebook.services.approvals import resolutions
from villagebook.services.book_file import books
from villagebook.services.disclosure import demands
from villagebook.services.registers import roster
from villagebook.services.vouchers import receipts
from villagebook.ui.pages.entering.entry import EntryPage, not_money
from villagebook.ui.pages.entering.papers import SupportField, attachments_for
from villagebook.ui.theme import em
from villagebook.ui.widgets.count_edit import CountEdit
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.forms import Form
from villagebook.ui.widgets.items_editor import ItemsEditor
from villagebook.ui.widgets.party_line import PartyLine
from villagebook.ui.widgets.pickers import Choice, PersonPicker, PlacePicker, SuggestLine
from villagebook.ui.widgets.resolution_line import ResolutionLine

SUPPORTS = (Support.RECEIPT, Support.BANK_ADVICE, Support.FISCAL_NOTE, Support.CONTRACT)

METHOD_NAMES = {
    Method.CASH: N_("in cash"),
    Method.BANK: N_("by bank"),
    Method.PHONE: N_("by phone"),
}


class ReceiptPage(EntryPage):
    """The door for money in."""

    kind = DocKind.RECEIPT

    def title(self) -> str:
        return N_("Money in")

    def explain(self) -> str:
        return _(
            "Write down every payment that comes in, on the day it comes. Cash goes to the cash in transit and from "
            "there to the bank, never straight to a payment. Take the receipts of a book in their order; a spoilt "
            "one is kept and marked void."
        )

    def fields(self, form: Form) -> None:
        self.day = DateEdit(needed=True)
        self.number = QLineEdit()
        self.number.setMaximumWidth(em(11))
        self.party = PartyLine(lambda words: receipts.recent_parties(self.book, words))
        self.party.linked.connect(self._party_chosen)
        self.summary = SuggestLine(lambda words: receipts.recent_summaries(self.book, words))
        self.items = ItemsEditor(self.chart, lambda: self.use, not_money)
        self.place = PlacePicker()
        self.method = Choice([(m.value, _(METHOD_NAMES[m])) for m in Method])
        self.code_owner = QLineEdit()
        self.support = SupportField(SUPPORTS)
        self.handler = PersonPicker()
        self.papers = CountEdit()
        self.attachments = attachments_for(self)
        form.row(_("&Date"), self.day)
        form.row(_("&Receipt no."), self.number)
        form.row(_("Received &from"), self.party)
        form.row(_("&What for"), self.summary)
        form.row(_("A&ccount, amount"), self.items)
        form.row(_("&Into"), self.place)
        form.row(_("How it ca&me"), self.method)
        self._owner_label = form.row(_("Owner of the merchant code"), self.code_owner)
        form.row(_("Pa&per"), self.support)
        form.row(_("&Handler"), self.handler)
        form.row(_("Papers (c&ount)"), self.papers)
        form.row(_("Scans"), self.attachments)
        self._more_fields(form)
        self._listen()

    def _more_fields(self, form: Form) -> None:
        """What only borrowing and other ledgers need, folded away."""
        self.more = QCheckBox(_("More: resolution, township's permission"))
        holder = QWidget()
        inner = Form(holder)
        self.resolution, self.permit = ResolutionLine(), QLineEdit()
        inner.row(_("Resolution no."), self.resolution, self.resolution.note)
        inner.row(_("Permission no. of the township"), self.permit)
        form.wide(self.more)
        form.wide(holder)
        holder.setVisible(False)
        self.more.toggled.connect(holder.setVisible)

    def _listen(self) -> None:
        papers = (self.support.number, self.resolution, self.permit)
        for line in (self.number, self.party, self.summary, *papers):
            line.textChanged.connect(self.touched)
        self.summary.textEdited.connect(lambda words: self._spread(words))
        self.day.changed.connect(self.touched)
        self.items.changed.connect(self.touched)
        self.place.changed.connect(self._place_chosen)
        self.method.changed.connect(self._method_chosen)
        self.code_owner.textChanged.connect(self.touched)
        self.support.kind.changed.connect(self.touched)
        self.handler.changed.connect(self.touched)
        self.papers.changed.connect(self.touched)
        self.attachments.changed.connect(self.touched)

    def _spread(self, words: str) -> None:
        full = self.spread_summary(words)
        if full != words:
            self.summary.setText(full)

    def _place_chosen(self) -> None:
        """Cash goes to the drawer, bank money to the bank; the phone is chosen by hand."""
        if self.method.value() != Method.PHONE.value and not self._filling:
            place = books.places(self.book).get(self.place.value())
            self.method.set_value((Method.CASH if place is None or place.is_cash else Method.BANK).value)
        self.touched()

    def _method_chosen(self) -> None:
        phone = self.method.value() == Method.PHONE.value
        self.code_owner.setVisible(phone)
        self._owner_label.setVisible(phone)
        self.touched()

    def first_field(self) -> QWidget | None:
        return self.party

    def fresh(self) -> Document:
        """The next receipt of the book in use; day, place and paper stay as they were."""
        return replace(
            super().fresh(),
            receipt_no=receipts.next_receipt_no(self.book),
            place=self.document.place,
            support=Support.RECEIPT,
            handler=self.document.handler,
        )

    def refresh(self) -> None:
        if not self._touched and not self.document.receipt_no:
            self.document = self.fresh()
        super().refresh()

    def _party_chosen(self, link: Link | None) -> None:
        self.items.set_party(link)

    def lists(self) -> None:
        self.party.set_names(roster.party_names(self.book))
        self.items.set_demands(demands.demands(self.book))
        self.items.set_chart(self.chart)
        self.items.set_targets(links.choices(self.book))
        self.resolution.set_choices(resolutions.choices(self.book, DocKind.RECEIPT.value))
        self.place.set_places(
            [p for p in books.places(self.book).all() if p.kind in RECEIVING],
        )
        self.handler.set_persons(books.staff(self.book).persons.values())

    def collect(self) -> Document:
        decided = self.resolution.cited()
        document = replace(
            self.document,
            booked_on=self.day_or(self.day.day(), self.document.booked_on),
            receipt_no=self.number.text().strip(),
            party=self.party.text().strip(),
            summary=self.summary.text().strip(),
            items=self.items.items(),
            place=self.place.value(),
            method=Method(self.method.value()),
            payee_account=self.code_owner.text().strip(),
            support=self.support.support(),
            support_no=self.support.number.text().strip(),
            handler=self.handler.value(),
            paper_count=self.papers.value(),
            attachments=self.attachments.attachments(),
            resolution=decided.number,
            resolution_item=decided.item,
            permit=self.permit.text().strip(),
        )
        self.items.show_total(document.total_fen)
        self.resolution.show_taken(document.total_fen)
        return document

    def fill(self, document: Document) -> None:
        self.day.set_day(document.booked_on)
        self.number.setText(document.receipt_no)
        self.party.show_party(document.party)
        self.summary.setText(document.summary)
        self.items.set_items(document.items)
        self.items.follow(self.party.link())
        self.place.set_value(document.place)
        self.method.set_value(document.method.value)
        self.code_owner.setText(document.payee_account)
        self._method_chosen()
        self.support.show_support(
            document.support if document.support in SUPPORTS else Support.RECEIPT, document.support_no
        )
        self.handler.set_value(document.handler)
        self.papers.set_value(document.paper_count)
        self.attachments.set_attachments(document.attachments)
        self.resolution.set_cited(Cited.of(document.resolution, document.resolution_item))
        self.permit.setText(document.permit)
        if document.resolution or document.permit:
            self.more.setChecked(True)
