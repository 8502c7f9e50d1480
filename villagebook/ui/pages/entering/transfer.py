"""Between places: bank what was taken in, appropriate to the expenditure line, issue or return the imprest."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from villagebook.domain.document import Document, Support
from villagebook.domain.money import yuan_text
from villagebook.domain.place import Place, Places, Purpose, movement
from villagebook.domain.voucher import DocKind
from villagebook.i18n import N_, _
from villagebook.services import names
from villagebook.services.book_file import books
from villagebook.services.vouchers import receipts
from villagebook.ui.pages.entering.entry import EntryPage
from villagebook.ui.pages.entering.papers import SupportField, attachments_for
from villagebook.ui.theme import em
from villagebook.ui.widgets.count_edit import CountEdit
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.forms import Form, text
from villagebook.ui.widgets.money_edit import MoneyEdit
from villagebook.ui.widgets.pickers import PersonPicker, PlacePicker

SUPPORTS = (Support.BANK_ADVICE, Support.INTERNAL, Support.MINUTES)


class TransferPage(EntryPage):
    """The door between the village's own money places; only allowed movements are offered."""

    kind = DocKind.TRANSFER

    def title(self) -> str:
        return N_("Between places")

    def explain(self) -> str:
        return _(
            "Money moves only along the allowed ways: receipts to the bank, income line to expenditure line with an "
            "approved appropriation, expenditure line to the imprest and back. To bank cash, tick the receipts that "
            "the deposit slip covers; the sums must agree to the cent."
        )

    def fields(self, form: Form) -> None:
        self._places = Places(())
        self.day = DateEdit(needed=True)
        self.source, self.target = PlacePicker(), PlacePicker()
        self.purpose = text("", "quiet")
        self.receipts = QListWidget()
        self.receipts.setMinimumHeight(em(4.6))
        self.receipts.setMaximumHeight(em(6.4))
        self.amount = MoneyEdit()
        self.summary = QLineEdit()
        self.support = SupportField(SUPPORTS)
        self.handler = PersonPicker()
        self.papers = CountEdit()
        self.attachments = attachments_for(self)
        form.row(_("&Date"), self.day)
        form.row(_("&From"), self.source)
        form.row(_("&To"), self.target, self.purpose)
        self._receipts_label = form.row(_("&Receipts banked"), self.receipts)
        form.row(_("Am&ount"), self.amount)
        form.row(_("&What for"), self.summary)
        form.row(_("Pa&per"), self.support)
        form.row(_("&Handler"), self.handler)
        form.row(_("Papers (co&unt)"), self.papers)
        form.row(_("Scans"), self.attachments)
        self._listen()

    def _listen(self) -> None:
        self.source.changed.connect(self._source_chosen)
        self.target.changed.connect(self._way_chosen)
        self.receipts.itemChanged.connect(self._ticked)
        for line in (self.summary, self.support.number):
            line.textChanged.connect(self.touched)
        for field in (self.day, self.amount, self.support.kind, self.handler, self.attachments):
            field.changed.connect(self.touched)
        self.papers.changed.connect(self.touched)

    def first_field(self) -> QWidget | None:
        return self.source

    def open_target(self, kind: str, ident: str) -> None:
        """`deposit` offers every receipt that lies in the till, `receipt:<id>` ticks that one."""
        if kind not in ("deposit", "receipt"):
            super().open_target(kind, ident)
            return
        self.begin()
        lying = receipts.undeposited(self.book, self.session.today)
        fitting = [u for u in lying if u.document_id == ident] or list(lying[:1])
        if fitting:
            self.source.set_value(fitting[0].place)
        for number in range(self.receipts.count()):
            item = self.receipts.item(number)
            if kind == "deposit" or item.data(Qt.ItemDataRole.UserRole) == ident:
                item.setCheckState(Qt.CheckState.Checked)

    def lists(self) -> None:
        self._places = books.places(self.book)
        sources = [p for p in self._places.all() if self._targets(p)]
        self.source.set_places(sources)
        self._list_targets()
        self.handler.set_persons(books.staff(self.book).persons.values())

    def _targets(self, source: Place) -> list[Place]:
        return [p for p in self._places.all() if movement(source, p) is not None]

    def _way(self) -> Purpose | None:
        source, target = self._places.get(self.source.value()), self._places.get(self.target.value())
        return movement(source, target) if source and target else None

    def _source_chosen(self) -> None:
        self._list_targets()
        self.touched()

    def _list_targets(self) -> None:
        source = self._places.get(self.source.value())
        self.target.set_places(self._targets(source) if source else [])
        self._show_way()

    def _way_chosen(self) -> None:
        self._show_way()
        self.touched()

    def _show_way(self) -> None:
        way = self._way()
        self.purpose.setText(names.purpose_title(way) if way else "")
        deposit = way is Purpose.DEPOSIT
        self.receipts.setVisible(deposit)
        self._receipts_label.setVisible(deposit)
        if deposit:
            self._list_receipts()

    def _list_receipts(self) -> None:
        self.receipts.blockSignals(True)
        self.receipts.clear()
        for lying in receipts.undeposited(self.book, self.session.today):
            if lying.place != self.source.value():
                continue
            words = (
                f"{lying.receipt_no}  {lying.received_on:%m-%d}  {lying.party}  {yuan_text(lying.amount_fen)}"
            )
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, lying.document_id)
            item.setData(Qt.ItemDataRole.UserRole + 1, lying.amount_fen)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = lying.document_id in self.document.receipts
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.receipts.addItem(item)
        self.receipts.blockSignals(False)

    def _chosen(self) -> list[QListWidgetItem]:
        if self._way() is not Purpose.DEPOSIT:
            return []
        items = (self.receipts.item(n) for n in range(self.receipts.count()))
        return [item for item in items if item.checkState() == Qt.CheckState.Checked]

    def _ticked(self) -> None:
        """Offer the amount that the slip should show; E2L-11 compares what is typed with the receipts."""
        amounts: list[int] = [item.data(Qt.ItemDataRole.UserRole + 1) for item in self._chosen()]
        self.amount.set_fen(sum(amounts) or None)
        self.touched()

    def fresh(self) -> Document:
        return replace(super().fresh(), support=Support.BANK_ADVICE, handler=self.document.handler)

    def collect(self) -> Document:
        way = self._way()
        summary = self.summary.text().strip() or (
            names.purpose_title(way) if way and self.amount.fen() else ""
        )
        return replace(
            self.document,
            booked_on=self.day_or(self.day.day(), self.document.booked_on),
            place=self.source.value(),
            to_place=self.target.value(),
            amount_fen=self.amount.fen() or 0,
            receipts=tuple(item.data(Qt.ItemDataRole.UserRole) for item in self._chosen()),
            summary=summary,
            support=self.support.support(),
            support_no=self.support.number.text().strip(),
            handler=self.handler.value(),
            paper_count=self.papers.value(),
            attachments=self.attachments.attachments(),
        )

    def fill(self, document: Document) -> None:
        self.day.set_day(document.booked_on)
        self.source.set_value(document.place)
        self._list_targets()
        self.target.set_value(document.to_place)
        self._show_way()
        self.amount.set_fen(document.amount_fen or None)
        self.summary.setText(document.summary)
        self.support.show_support(
            document.support if document.support in SUPPORTS else Support.BANK_ADVICE, document.support_no
        )
        self.handler.set_value(document.handler)
        self.papers.set_value(document.paper_count)
        self.attachments.set_attachments(document.attachments)
