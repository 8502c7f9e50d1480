"""The fields of a contract, for a new one and for an amendment."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from villagebook.domain.account import Chart
from villagebook.domain.contract import Contract, ContractKind, Direction
from villagebook.domain.link import LinkTarget
from villagebook.i18n import _
from villagebook.services.registers import register_words as words
from villagebook.services.vouchers import receipts
from villagebook.ui.page import Page
from villagebook.ui.pages.entering.entry import not_money
from villagebook.ui.pages.entering.papers import attachments_for
from villagebook.ui.theme import em
from villagebook.ui.widgets.account_picker import AccountPicker
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.forms import Form
from villagebook.ui.widgets.instalments_editor import InstalmentsEditor
from villagebook.ui.widgets.link_picker import LinkPicker
from villagebook.ui.widgets.money_edit import MoneyLine
from villagebook.ui.widgets.pickers import Choice, SuggestLine
from villagebook.ui.widgets.typed import Unread, lead_to

_INCOME, _EXPENSE = "501", "511"


class ContractForm(QWidget):
    """`read` gives the contract as typed, `show_contract` shows one."""

    def __init__(self, page: Page, chart: Chart) -> None:
        super().__init__()
        self._today = page.session.today
        self._base: Contract | None = None
        self._chart = chart
        self.code, self.name = QLineEdit(), QLineEdit()
        self.kind = Choice([(k.value, _(t)) for k, t in words.CONTRACT_KINDS.items()])
        self.direction = Choice([(d.value, _(t)) for d, t in words.DIRECTIONS.items()])
        self.party = SuggestLine(lambda typed: receipts.recent_parties(page.book, typed))
        self.party_link, self.objects = LinkPicker(), LinkPicker()
        self.subject = QLineEdit()
        self.signed, self.first, self.last = (
            DateEdit(self._today),
            DateEdit(needed=True),
            DateEdit(needed=True),
        )
        self.price, self.deposit, self.paid = MoneyLine(), MoneyLine(), MoneyLine()
        self.retention, self.retention_due = MoneyLine(), DateEdit()
        self.instalments = InstalmentsEditor(self._today)
        self.account = AccountPicker(chart, {}, not_money)
        self.resolution, self.bidding, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self.written = QCheckBox(_("It is in writing"))
        self.scans = attachments_for(page)
        self._lay_out()
        self.instalments.make.clicked.connect(self._make)
        self.direction.changed.connect(self._direction_chosen)
        self.kind.changed.connect(self._fit_kind)
        self._fit_kind()
        self.written.setChecked(True)
        self._direction_chosen()

    def _lay_out(self) -> None:
        for line in (self.price, self.deposit, self.paid, self.retention):
            line.setMaximumWidth(em(11))
        form = Form(self)
        form.row(_("Entry code"), self.code)
        form.row(_("Name"), self.name)
        form.row(_("Kind"), self.kind)
        form.row(_("Money in or out"), self.direction)
        form.row(_("Other party"), self.party)
        form.row(_("In the register of people"), self.party_link)
        form.row(_("About (asset, resource)"), self.objects)
        form.row(_("About, in words"), self.subject)
        form.row(_("Day of signing"), self.signed)
        form.row(_("First day"), self.first)
        form.row(_("Last day"), self.last)
        form.row(_("Price in all"), self.price)
        form.wide(self.instalments)
        form.row(_("Settled before the book"), self.paid)
        form.row(_("Security"), self.deposit)
        self._works = (
            (form.row(_("Retention"), self.retention), self.retention),
            (form.row(_("Retention until"), self.retention_due), self.retention_due),
        )
        form.row(_("Account of the money"), self.account)
        form.row(_("Resolution no."), self.resolution)
        form.row(_("How it was tendered"), self.bidding)
        form.wide(self.written)
        form.row(_("Scans"), self.scans)
        form.row(_("Remark"), self.note)

    def set_targets(self, objects: tuple[LinkTarget, ...], people: tuple[LinkTarget, ...]) -> None:
        self.objects.set_targets(objects)
        self.party_link.set_targets(people)

    def _direction_chosen(self) -> None:
        income = self.direction.value() == Direction.INCOME.value
        wanted, other = (_INCOME, _EXPENSE) if income else (_EXPENSE, _INCOME)
        if self.account.code() in ("", other) and self._chart.is_leaf(wanted):
            self.account.set_code(wanted)

    def _fit_kind(self) -> None:
        """Only works keep something back."""
        works = self._keeps()
        for label, field in self._works:
            label.setVisible(works)
            field.setVisible(works)

    def _make(self) -> None:
        unread = next(
            (f for f in (self.last, self.instalments.first, self.instalments.each) if f.unread()), None
        )
        if unread is not None or self.instalments.first.day() is None:
            field = unread or self.instalments.first
            lead_to([Unread(field, field.unread())])
            return
        if self.instalments.cycle.value() == "0" and not self.instalments.each.fen():
            self.instalments.each.set_fen(self.price.fen())
        self.instalments.generate(self.last.given())
        self.price.set_fen(self.instalments.total_fen() or None)

    def problems(self) -> tuple[str, ...]:
        """Fields that cannot be read."""
        return self.instalments.problems()

    def read(self) -> Contract:
        """The contract as typed; without instalments the price is due on the first day."""
        first = self.first.given()
        base = self._base or Contract("", "", ContractKind.OTHER, Direction.INCOME, "", first, first, first)
        return replace(
            base,
            code=self.code.text().strip(),
            name=self.name.text().strip(),
            kind=ContractKind(self.kind.value()),
            direction=Direction(self.direction.value()),
            party=self.party.text().strip(),
            signed_on=self.signed.given(),
            from_on=first,
            to_on=self.last.given(),
            amount_fen=self.price.fen() or 0,
            instalments=self.instalments.instalments(),
            account=self.account.code(),
            subject=self.subject.text().strip(),
            objects=self.objects.links(),
            party_link=self.party_link.links(),
            deposit_fen=self.deposit.fen() or 0,
            retention_fen=self.retention.fen() or 0 if self._keeps() else 0,
            retention_due_on=self.retention_due.day() if self._keeps() else None,
            paid_before_fen=self.paid.fen() or 0,
            resolution=self.resolution.text().strip(),
            bidding=self.bidding.text().strip(),
            written=self.written.isChecked(),
            scans=self.scans.attachments(),
            note=self.note.text().strip(),
        )

    def _keeps(self) -> bool:
        return self.kind.value() == ContractKind.WORKS.value

    def show_contract(self, found: Contract | None) -> None:
        """Show a contract to be amended, or blank fields for a new one."""
        self._base = found
        blank = found is None
        for field, value in (
            (self.code, "" if found is None else found.code),
            (self.name, "" if found is None else found.name),
            (self.party, "" if found is None else found.party),
            (self.subject, "" if found is None else found.subject),
            (self.resolution, "" if found is None else found.resolution),
            (self.bidding, "" if found is None else found.bidding),
            (self.note, "" if found is None else found.note),
        ):
            field.setText(value)
        self.code.setReadOnly(not blank)
        self.written.setChecked(found is None or found.written)
        self.scans.set_attachments(() if found is None else found.scans)
        self.objects.set_links(() if found is None else found.objects)
        self.party_link.set_links(() if found is None else found.party_link)
        self.instalments.set_instalments(() if found is None else found.instalments)
        for money, fen in (
            (self.price, found.amount_fen if found else 0),
            (self.deposit, found.deposit_fen if found else 0),
            (self.paid, found.paid_before_fen if found else 0),
            (self.retention, found.retention_fen if found else 0),
        ):
            money.set_fen(fen or None)
        if found is not None:
            self.kind.set_value(found.kind.value)
            self.direction.set_value(found.direction.value)
            self.account.set_code(found.account)
            self.signed.set_day(found.signed_on)
        self.first.set_day(found.from_on if found else None)
        self.last.set_day(found.to_on if found else None)
        self.retention_due.set_day(found.retention_due_on if found else None)
        if found is None:
            self.signed.set_day(self._today)
