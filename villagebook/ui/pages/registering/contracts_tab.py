"""Contracts: what was agreed, what is due, what is late, and the money asked for with one button."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from villagebook.domain.contract import Amendment, Direction, Ended
from villagebook.domain.document import Document
from villagebook.domain.finding import Finding
from villagebook.domain.link import LinkKind
from villagebook.domain.table import Table
from villagebook.i18n import _
from villagebook.services import links
from villagebook.services.book_file import books
from villagebook.services.registers import assets, contract_tables, contracts, register_cards
from villagebook.services.registers import register_words as words
from villagebook.ui.pages.entering.papers import show_object
from villagebook.ui.pages.registering.contract_form import ContractForm
from villagebook.ui.pages.registering.holding_tab import HoldingTab
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import button
from villagebook.ui.widgets.pickers import Choice

FIRST = "H-0001"
_THINGS = frozenset({LinkKind.ASSET, LinkKind.RESOURCE})
_PEOPLE = frozenset({LinkKind.HOUSEHOLD, LinkKind.OUTSIDER})


class ContractsTab(HoldingTab):
    """The register of contracts."""

    report = "contracts"
    layout_name = "contracts"
    gives_way = ("code", "state")

    def make_panels(self) -> None:
        self.ask = button("", self._propose, main=True)
        self.scan = button(_("Look at the scan"), self._scan)
        self.card_flow.addWidget(self.ask)
        self.card_flow.addWidget(self.scan)
        self.add_panel("new", _("New contract"), self._new_panel())
        self.add_panel("amend", _("Amend"), self._amend_panel())
        self.add_panel("end", _("End"), self._end_panel())

    def _new_panel(self) -> QWidget:
        box = FormBox(_("A new contract"))
        self.new_form = ContractForm(self.page, books.chart(self.book))
        box.add(self.new_form)
        box.act(_("Enter this contract"), self._register, main=True)
        return box

    def _amend_panel(self) -> QWidget:
        box = FormBox(
            _("Amend the chosen contract"),
            _("Less money for the village needs a resolution and the township's permission (E2L-33)."),
        )
        self.what = Choice([(a.value, _(t)) for a, t in words.AMENDMENTS.items()])
        self.amended_on = DateEdit(self.page.session.today)
        self.why, self.decided, self.permit = QLineEdit(), QLineEdit(), QLineEdit()
        box.row(_("What is it"), self.what)
        box.row(_("From which day"), self.amended_on)
        box.row(_("Reason"), self.why)
        box.row(_("Resolution no."), self.decided)
        box.row(_("Permission no. of the township"), self.permit)
        self.amend_form = ContractForm(self.page, books.chart(self.book))
        box.add(self.amend_form)
        box.act(_("Record the amendment"), self._amend, main=True)
        return box

    def _end_panel(self) -> QWidget:
        box = FormBox(
            _("The chosen contract ends"),
            _("Instalments due after that day fall away; those due before it stay to be collected."),
        )
        self.ended_on = DateEdit(self.page.session.today)
        self.end_why, self.end_by, self.end_permit = QLineEdit(), QLineEdit(), QLineEdit()
        box.row(_("Day it ends"), self.ended_on)
        box.row(_("Reason"), self.end_why)
        box.row(_("Resolution no."), self.end_by)
        box.row(_("Permission no. of the township"), self.end_permit)
        box.act(_("End this contract"), self._end, main=True)
        return box

    # ---- showing ----

    def lists(self) -> None:
        self._states = {s.contract.code: s for s in contracts.states(self.book, self.page.session.today)}
        offered = links.choices(self.book)
        things = tuple(t for t in offered if t.kind in _THINGS)
        people = tuple(t for t in offered if t.kind in _PEOPLE)
        for form in (self.new_form, self.amend_form):
            form.set_targets(things, people)
        if not self.new_form.name.text():
            self.new_form.code.setText(assets.next_code(self._states, FIRST))

    def list_table(self) -> Table:
        return contract_tables.contract_list(self.book, self.page.session.today, self._states.values())

    def shown(self, code: str) -> register_cards.Shown | None:
        return register_cards.contract(self.book, code, self.page.session.today)

    def chosen(self, code: str) -> None:
        found = self._states.get(code)
        coming = found.next_open() if found else None
        self.ask.setVisible(coming is not None)
        self.scan.setVisible(bool(found and found.contract.scans))
        if found is None:
            return
        if coming is not None:
            income = found.contract.direction is Direction.INCOME
            self.ask.setText(
                (_("Receipt for instalment {no}") if income else _("Pay instalment {no}")).format(
                    no=coming.no
                )
            )
        self.amend_form.show_contract(found.contract)
        for line in (self.why, self.decided, self.permit, self.end_why, self.end_by, self.end_permit):
            line.clear()

    # ---- doing ----

    def _propose(self) -> None:
        by = self.page.session.by()

        def then(draft: Document) -> None:
            self.page.session.go(f"draft:{draft.id}")

        self.page.attempt(lambda: contracts.propose(self.book, self._code, by), then)

    def _scan(self) -> None:
        for scan in self._states[self._code].contract.scans:
            show_object(self.page, scan.sha256)

    def _readable(self, form: ContractForm) -> bool:
        if not self.page.reads(form.signed):
            return False
        wrong = form.problems()
        if wrong:
            self.page.say_problem(" ".join(wrong))
        return not wrong

    def _register(self) -> None:
        if not self._readable(self.new_form):
            return
        made, by = self.new_form.read(), self.page.session.by()

        def then(found: tuple[Finding, ...]) -> None:
            self.new_form.show_contract(None)
            self.lists()
            self.done(_("{name} is in the register.").format(name=made.name), made.code)(found)

        self.page.attempt(lambda: contracts.register(self.book, made, by), then)

    def _amend(self) -> None:
        if not self._readable(self.amend_form) or not self.needs_entry():
            return
        amended = contracts.Amended(
            self.amend_form.read(),
            Amendment(self.what.value()),
            self.amended_on.given(),
            self.why.text(),
            self.decided.text(),
            self.permit.text(),
        )
        by = self.page.session.by()
        self.page.attempt(
            lambda: contracts.amend(self.book, amended, by),
            self.done(_("The amendment is recorded."), amended.contract.code),
        )

    def _end(self) -> None:
        if not self.page.reads(self.ended_on):
            return
        code = self.needs_entry()
        if not code:
            return
        ended = Ended(
            code,
            self.ended_on.given(),
            self.end_why.text(),
            self.end_by.text(),
            self.end_permit.text(),
        )
        by = self.page.session.by()
        self.page.attempt(
            lambda: contracts.end(self.book, ended, by), self.done(_("The contract has ended."), code)
        )
