"""Money out: whom we pay, what for, how much, from which place, with which paper."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from villagebook.domain.document import Document, SpendKind, Support
from villagebook.domain.enclosed import Enclosed
from villagebook.domain.link import Link
from villagebook.domain.place import PAYING
from villagebook.domain.resolution import Cited
from villagebook.domain.signature import SlotKind
from villagebook.domain.voucher import DocKind
from villagebook.i18n import N_, _
from villagebook.services import links, names
from villagebook.services.approvals import list_standings, resolutions, trips
from villagebook.services.book_file import books
from villagebook.services.disclosure import demands
from villagebook.services.invoicing import invoice_fill, invoices
from villagebook.services.registers import roster
from villagebook.services.township import spending_words
from villagebook.services.vouchers import receipts
from villagebook.ui.pages.entering.entry import EntryPage, not_money
from villagebook.ui.pages.entering.invoices_field import InvoicesField
from villagebook.ui.pages.entering.papers import SupportField, attachments_for
from villagebook.ui.widgets.count_edit import CountEdit
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.forms import Form
from villagebook.ui.widgets.id_field import IdField
from villagebook.ui.widgets.items_editor import ItemsEditor
from villagebook.ui.widgets.paper_ticks import PaperTicks
from villagebook.ui.widgets.party_line import PartyLine
from villagebook.ui.widgets.pickers import Choice, PersonPicker, PlacePicker, SuggestLine
from villagebook.ui.widgets.resolution_line import ResolutionLine

SUPPORTS = (
    Support.INVOICE,
    Support.FISCAL_NOTE,
    Support.SIGNED_LIST,
    Support.PERSON_RECEIPT,
    Support.BANK_ADVICE,
    Support.CONTRACT,
    Support.MINUTES,
)


class PaymentPage(EntryPage):
    """The door for money out."""

    kind = DocKind.PAYMENT

    def title(self) -> str:
        return N_("Money out")

    def explain(self) -> str:
        return _(
            "Write down what is to be paid, attach the papers, save. The slip then waits for the signatures that the "
            "amount asks for; the voucher gets its number when the last one is there. Money comes from the "
            "expenditure line only: what was taken in must go to the bank first."
        )

    def save_words(self) -> str:
        return _("&Save and send to signing (F6)")

    def fields(self, form: Form) -> None:
        self.day = DateEdit(needed=True)
        self.party = PartyLine(lambda words: receipts.recent_parties(self.book, words))
        self.party.linked.connect(self._party_chosen)
        self.summary = SuggestLine(lambda words: receipts.recent_summaries(self.book, words))
        self.items = ItemsEditor(self.chart, lambda: self.use, not_money)
        self.place = PlacePicker()
        self.support = SupportField(SUPPORTS)
        self.handler = PersonPicker()
        self.papers = CountEdit()
        self.attachments = attachments_for(self)
        self.invoices = InvoicesField(self, self.typed)
        self.card, self.no_invoice = IdField(invoices.id_tail), QLineEdit()
        form.row(_("&Date"), self.day)
        form.setAlignment(form.row(_("Invoices"), self.invoices), Qt.AlignmentFlag.AlignTop)
        form.row(_("&Paid to"), self.party)
        form.row(_("&What for"), self.summary)
        form.row(_("A&ccount, amount"), self.items)
        form.row(_("&From"), self.place)
        form.row(_("Pap&er"), self.support)
        self.card_label = form.row(_("Seller's card"), self.card)
        self.reason_label = form.row(_("Why no invoice"), self.no_invoice)
        form.row(_("&Handler"), self.handler)
        form.row(_("Papers (c&ount)"), self.papers)
        form.row(_("Scans"), self.attachments)
        self.enclosed = PaperTicks()
        self.enclosed_label = form.row(_("Beside the bill"), self.enclosed)
        self._fit_papers((), frozenset())
        self._more_fields(form)
        self._listen()

    def _more_fields(self, form: Form) -> None:
        """Fields that few payments need, folded away."""
        self.more = QCheckBox(_("&More: payee's account, resolution, kind"))
        holder = QWidget()
        inner = Form(holder)
        self.payee_account = QLineEdit()
        self.payee_person = PersonPicker()
        self.resolution, self.permit = ResolutionLine(), QLineEdit()
        self.spend_kind = Choice([(k.value, names.spend_title(k)) for k in SpendKind])
        self.pay_list, self.trip = Choice(), Choice()
        self.event_on = DateEdit()
        self.due_on = DateEdit()
        inner.row(_("Name on the payee's account"), self.payee_account)
        inner.row(_("Payee in the village's list"), self.payee_person)
        inner.row(_("Resolution no."), self.resolution, self.resolution.note)
        inner.row(_("Permission no. of the township"), self.permit)
        inner.row(_("Kind of spending"), self.spend_kind)
        inner.row(_("List of payees it pays"), self.pay_list)
        inner.row(_("Journey it settles"), self.trip)
        inner.row(_("Day it happened"), self.event_on)
        inner.row(_("Loan or advance: back by"), self.due_on)
        form.wide(self.more)
        form.wide(holder)
        holder.setVisible(False)
        self.more.toggled.connect(holder.setVisible)

    def _listen(self) -> None:
        papers = (self.support.number, self.payee_account, self.resolution, self.permit)
        for line in (self.party, self.summary, *papers):
            line.textChanged.connect(self.touched)
        self.summary.textEdited.connect(lambda words: self._spread(words))
        for field in (self.day, self.items, self.place, self.support.kind, self.handler, self.attachments):
            field.changed.connect(self.touched)
        for field in (self.pay_list, self.trip):
            field.changed.connect(self.touched)
        for field in (self.payee_person, self.spend_kind, self.event_on, self.due_on):
            field.changed.connect(self.touched)
        self.papers.changed.connect(self.touched)
        self.enclosed.changed.connect(self.touched)
        self.card.changed.connect(self.touched)
        self.no_invoice.textChanged.connect(self.touched)
        self.support.kind.changed.connect(self._fit_support)
        self.invoices.wanted.connect(self._take_over)
        self._fit_support()

    def _fit_support(self) -> None:
        """Only a private person's receipt asks for the person's card, and why there is no invoice."""
        private = self.support.support() is Support.PERSON_RECEIPT
        for widget in (self.card, self.card_label, self.no_invoice, self.reason_label):
            widget.setVisible(private)

    def _take_over(self, document: Document) -> None:
        """Show what an invoice has filled; it counts as typed."""
        self._show(document)
        self.touched()

    def begin(self, _checked: bool = False, *, keep: bool = True) -> None:
        super().begin(keep=keep)
        self.findings.clear()  # what was said of the last invoice's file

    def preview(self) -> None:
        super().preview()
        if any(slot.kind is SlotKind.MEETING for slot in self.slots):
            self.more.setChecked(True)  # a meeting has to have decided: ask which
        self._fit_papers(spending_words.wanted_papers(self.spending), self.spending.enclosed)
        self.invoices.show_differences(invoice_fill.differences(self.document))

    def _fit_papers(self, wanted: tuple[Enclosed, ...], there: frozenset[Enclosed]) -> None:
        """Only papers that this payment needs are asked for."""
        any_shown = self.enclosed.show_wanted(wanted, there)
        self.enclosed.setVisible(any_shown)
        self.enclosed_label.setVisible(any_shown)

    def _spread(self, words: str) -> None:
        full = self.spread_summary(words)
        if full != words:
            self.summary.setText(full)

    def first_field(self) -> QWidget | None:
        return self.party

    def fresh(self) -> Document:
        """Day, place and handler stay as they were in the last one."""
        return replace(super().fresh(), place=self.document.place, handler=self.document.handler)

    def _party_chosen(self, link: Link | None) -> None:
        self.items.set_party(link)

    def lists(self) -> None:
        self._offer(self.document)
        self.party.set_names(roster.party_names(self.book))
        self.items.set_demands(demands.demands(self.book))
        self.items.set_chart(self.chart)
        self.items.set_targets(links.choices(self.book))
        self.resolution.set_choices(resolutions.choices(self.book))
        self.place.set_places([p for p in books.places(self.book).all() if p.kind in PAYING])
        persons = tuple(books.staff(self.book).persons.values())
        self.handler.set_persons(persons)
        self.payee_person.set_persons(persons)

    def collect(self) -> Document:
        day = self.day_or(self.day.day(), self.document.booked_on)
        decided = self.resolution.cited()
        document = replace(
            self.document,
            booked_on=day,
            party=self.party.text().strip(),
            summary=self.summary.text().strip(),
            items=self.items.items(),
            place=self.place.value(),
            support=self.support.support(),
            support_no=self.support.number.text().strip(),
            handler=self.handler.value(),
            paper_count=self.papers.value(),
            enclosed=self.enclosed.ticked(),
            attachments=self.attachments.attachments(),
            payee_account=self.payee_account.text().strip(),
            payee_person=self.payee_person.value(),
            resolution=decided.number,
            resolution_item=decided.item,
            permit=self.permit.text().strip(),
            spend_kind=SpendKind(self.spend_kind.value()),
            event_on=self.event_on.day(),
            due_on=self.due_on.day(),
            invoices=self.invoices.papers(),
            pay_list=self.pay_list.value(),
            trip=self.trip.value(),
            id_tail=self.card.tail() if self.support.support() is Support.PERSON_RECEIPT else "",
            no_invoice=self.no_invoice.text().strip()
            if self.support.support() is Support.PERSON_RECEIPT
            else "",
        )
        self.items.show_total(document.total_fen)
        self.resolution.show_taken(document.total_fen)
        return document

    def fill(self, document: Document) -> None:
        self.day.set_day(document.booked_on)
        self.party.show_party(document.party)
        self.summary.setText(document.summary)
        self.items.set_items(document.items)
        self.items.follow(self.party.link())
        self.place.set_value(document.place)
        self.support.show_support(document.support, document.support_no)
        self.handler.set_value(document.handler)
        self.papers.set_value(document.paper_count)
        self.attachments.set_attachments(document.attachments)
        self.enclosed.set_ticked(document.enclosed)
        self.payee_account.setText(document.payee_account)
        self.payee_person.set_value(document.payee_person)
        self.resolution.set_cited(Cited.of(document.resolution, document.resolution_item))
        self.permit.setText(document.permit)
        self.spend_kind.set_value(document.spend_kind.value)
        self._offer(document)
        self.event_on.set_day(document.event_on)
        self.due_on.set_day(document.due_on)
        self.invoices.set_papers(document.invoices)
        self.card.set_tail(document.id_tail)
        self.no_invoice.setText(document.no_invoice)
        self._fit_support()
        rare = (
            document.pay_list
            or document.trip
            or document.payee_account
            or document.payee_person
            or document.resolution
            or document.event_on
        )
        if rare or document.permit or document.spend_kind is not SpendKind.ORDINARY:
            self.more.setChecked(True)

    def _offer(self, document: Document) -> None:
        """Lists nobody pays yet and approved journeys; what the document names stands there whatever became of it."""
        lists = {one.code: f"{one.code} {one.title}" for one in list_standings.choices(self.book)}
        journeys = {one.code: f"{one.code} {one.destination}" for one in trips.choices(self.book)}
        for field, offered, named in (
            (self.pay_list, lists, document.pay_list),
            (self.trip, journeys, document.trip),
        ):
            known = {**({named: named} if named else {}), **offered}
            field.set_options([("", "–"), *known.items()])
            field.set_value(named)
