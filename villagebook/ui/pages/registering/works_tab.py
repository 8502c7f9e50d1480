"""Works: what may be paid on each contract, and the record of those who accepted them."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit

from villagebook.domain.finding import Finding
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Period, Span
from villagebook.domain.table import Table
from villagebook.domain.works import Acceptance, Accepter
from villagebook.i18n import _
from villagebook.services.approvals import list_tables, works
from villagebook.ui.page import Page
from villagebook.ui.pages.entering.papers import attachments_for, show_object
from villagebook.ui.pages.registering.printed_tab import PrintedTab
from villagebook.ui.theme import em
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import button, card, text
from villagebook.ui.widgets.money_edit import MoneyLine
from villagebook.ui.widgets.pairs import Pairs


class WorksTab(PrintedTab):
    """Contracts of works on the left; their acceptance on the right."""

    GIVES_WAY = ("contract", "settled")
    tab = "works"

    def __init__(self, page: Page) -> None:
        self._found: dict[str, works.WorksStanding] = {}
        super().__init__(page)
        self.table.pointed.connect(lambda _row: self._show())
        self.table.opened.connect(lambda _target: self._contract())

    # ---- building ----

    def forms(self) -> None:
        box, column = card()
        self.heading, self.pairs = text("", "heading"), Pairs()
        column.addWidget(self.heading)
        column.addWidget(self.pairs)
        flow = Flow()
        self.go, self.look = (
            button(_("To the &contract"), self._contract),
            button(_("Look at the photos"), self._look),
        )
        flow.addWidget(self.go)
        flow.addWidget(self.look)
        column.addLayout(flow)
        self.column.addWidget(box)
        self._accept_box()

    def _accept_box(self) -> None:
        self.accept_card = FormBox(_("Accept the works"))
        self.on = DateEdit(self.page.session.today)
        self.people = QPlainTextEdit()
        self.people.setPlaceholderText(_("One person a line: name, then in what capacity"))
        self.people.setFixedHeight(em(8))
        self.people.setTabChangesFocus(True)
        self.found, self.audit = QLineEdit(), QLineEdit()
        self.settled = MoneyLine()
        self.passed = QCheckBox(_("The works are taken over"))
        self.passed.setChecked(True)
        self.papers = attachments_for(self.page)
        self.accept_card.row(_("&Day"), self.on)
        self.accept_card.row(_("&Who accepted"), self.people)
        self.accept_card.row(_("What was &found"), self.found)
        self.accept_card.wide(self.passed)
        self.accept_card.row(_("Settled at"), self.settled)
        self.accept_card.row(_("Audit report no."), self.audit)
        self.accept_card.row(_("Photos, signed record"), self.papers)
        self.accept_card.act(_("&Enter the acceptance"), self._accept, main=True)
        self.column.addWidget(self.accept_card)

    # ---- showing ----

    def listed(self) -> Table:
        today = Period.of(self.page.session.today)
        return list_tables.make(self.page.book, "works", Span.of(today))

    def refresh(self) -> None:
        today = self.page.session.today
        chosen = self.chosen_code()
        found = works.standings(self.page.book, today)
        self._found = {s.state.contract.code: s for s in found}
        keys = ("contract", "name", "price", "settled", "paid", "payable")
        self.table.show_table(list_tables.works_table(found, today, "").only(*keys))
        self.table.filter(self.search.text())
        self.caption.setText(
            _("Contracts of the kind “works” that cost money; retention is entered with the contract.")
        )
        if found:
            self.open_entry(chosen or found[0].state.contract.code)
        self._show()

    def _show(self) -> None:
        found = self._found.get(self.chosen_code())
        self.accept_card.setVisible(found is not None)
        self.go.setVisible(found is not None)
        self.look.setVisible(bool(found and found.acceptance and found.acceptance.papers))
        if found is None:
            self.heading.setText(_("There is no contract of works."))
            self.pairs.show_pairs(())
            return
        contract, accepted, today = found.state.contract, found.acceptance, self.page.session.today
        self.heading.setText(f"{contract.code}  {contract.name}")
        told = [
            (_("Other party"), contract.party),
            (_("Contract price"), yuan_text(contract.amount_fen)),
            (_("Paid so far"), yuan_text(found.state.paid_fen)),
            (_("May be paid now"), yuan_text(found.payable_fen(today))),
        ]
        if contract.retention_fen:
            until = contract.retention_due_on.isoformat() if contract.retention_due_on else "…"
            told.append((_("Retention"), f"{yuan_text(contract.retention_fen)}  {until}"))
        if accepted:
            names = _(", ").join(p.name for p in accepted.people)
            told += [
                (
                    _("Accepted on") if accepted.passed else _("Not accepted on"),
                    accepted.accepted_on.isoformat(),
                ),
                (_("Accepted by"), names),
                (_("What was found"), accepted.found),
                (_("Settled sum"), yuan_text(accepted.settled_fen)),
                (_("Audit report no."), accepted.audit_no),
            ]
        self.pairs.show_pairs(tuple(pair for pair in told if pair[1]))
        if self.settled.fen() is None:
            self.settled.set_fen(contract.amount_fen)

    # ---- doing ----

    def typed(self) -> Acceptance:
        lines = [line.replace("\t", " ").split(maxsplit=1) for line in self.people.toPlainText().splitlines()]
        people = tuple(Accepter(words[0], words[1] if len(words) > 1 else "") for words in lines if words)
        return Acceptance(
            self.chosen_code(),
            self.on.given(),
            people,
            self.settled.fen() or 0,
            self.found.text().strip(),
            self.passed.isChecked(),
            self.audit.text().strip(),
            self.papers.attachments(),
        )

    def _accept(self) -> None:
        if not self.page.reads(self.on):
            return
        page, made = self.page, self.typed()

        def done(said: tuple[Finding, ...]) -> None:
            for line in (self.found, self.audit):
                line.clear()
            self.people.clear()
            self.settled.set_fen(None)
            self.papers.set_attachments(())
            page.session.say(_("The acceptance is entered."))
            self.refresh()
            page.show_findings(said)

        page.attempt(lambda: works.accept(page.book, made, page.session.by()), done)

    def _contract(self) -> None:
        if self.chosen_code():
            self.page.session.go(f"register:contracts/{self.chosen_code()}")

    def _look(self) -> None:
        found = self._found.get(self.chosen_code())
        for paper in found.acceptance.papers if found and found.acceptance else ():
            show_object(self.page, paper.sha256)
