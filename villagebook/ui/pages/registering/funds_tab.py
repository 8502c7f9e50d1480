"""Special funds: who gave them, what they may pay for, what is left and until when."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from villagebook.domain.fund import Fund
from villagebook.domain.period import Period, Span
from villagebook.domain.table import Table
from villagebook.i18n import _
from villagebook.services.book_file import books
from villagebook.services.registers import fund_register, plan_reports
from villagebook.ui.export import export_table
from villagebook.ui.page import Page
from villagebook.ui.table_tab import TableTab
from villagebook.ui.widgets.accounts_field import AccountsField
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import button
from villagebook.ui.widgets.list_bar import ListBar, search_line, under_bar
from villagebook.ui.widgets.money_edit import MoneyLine
from villagebook.ui.widgets.pickers import Choice


class FundsTab(TableTab):
    """A fund lies in a money place of its own, or in a common account where lines name it."""

    GIVES_WAY = ("under_way", "code", "received")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.table.pointed.connect(lambda _row: self._show(self._chosen()))

    def left(self) -> QWidget:
        self.search = search_line(_("Search: name, code or pinyin initials"), 15)
        self.search.textChanged.connect(self.table.filter)
        return under_bar(ListBar(self.search), self.table)[0]

    def forms(self) -> None:
        box = FormBox(
            _("A new special fund"),
            _(
                "A fund pays for its purpose only. Where it lies in a common account, give it a code and mark each "
                "receipt and payment with it (“Belongs to”)."
            ),
        )
        self.heading = box.heading
        self.place = Choice()
        self.code, self.name, self.grantor, self.document_no = (
            QLineEdit(),
            QLineEdit(),
            QLineEdit(),
            QLineEdit(),
        )
        self.purpose, self.resolution = QLineEdit(), QLineEdit()
        self.accounts = AccountsField(books.chart(self.page.book))
        self.amount, self.brought = MoneyLine(), MoneyLine()
        self.deadline = DateEdit()
        box.row(_("&Where it lies"), self.place)
        box.row(_("C&ode"), self.code)
        box.row(_("Na&me"), self.name)
        box.row(_("&Given by"), self.grantor)
        box.row(_("Grant letter"), self.document_no)
        box.row(_("Sum g&ranted"), self.amount)
        box.row(_("What it is for"), self.purpose)
        box.row(_("May pay on"), self.accounts)
        box.row(_("Resolution no."), self.resolution)
        box.row(_("Spend &by"), self.deadline)
        box.row(_("Left over from before"), self.brought)
        self.place.changed.connect(self._by_place)
        box.acts(
            button(_("&Enter"), self._enter, main=True),
            button(_("&New"), self._fresh),
            button(_("&Print the list"), lambda: export_table(self.page, self._list(), "pdf")),
            button("XLSX", lambda: export_table(self.page, self._list(), "xlsx")),
        )
        self.column.addWidget(box)

    # ---- showing ----

    def _list(self) -> Table:
        return plan_reports.fund_list(self.page.book, Span.of(Period.of(self.page.session.today)))

    def refresh(self) -> None:
        page = self.page
        self._known = {s.fund.key: s.fund for s in fund_register.standings(page.book, page.session.today)}
        places = [p for p in books.places(page.book).all() if p.kind.value == "SP"]
        self.place.set_options(
            [("", _("in a common account")), *((p.code, f"{p.code} {p.name}") for p in places)]
        )
        self._by_place()
        self.table.show_table(
            self._list().only("code", "name", "received", "spent", "under_way", "left", "deadline")
        )
        self.table.filter(self.search.text())

    def open_entry(self, code: str) -> None:
        """Choose a fund in the table; a place without a purpose is chosen in the form."""
        if not self.table.choose(f"register:funds/{code}"):
            self._fresh()
            self.place.set_value(code)

    def _chosen(self) -> Fund | None:
        return self._known.get(self.table.target().rpartition("/")[2])

    def _by_place(self) -> None:
        """A fund with a place is called like its place, and holds what the place holds."""
        own = bool(self.place.value())
        self.code.setEnabled(not own)
        self.brought.setEnabled(not own)
        if own:
            self.code.setText(self.place.value())
            self.brought.set_fen(None)

    def _show(self, fund: Fund | None) -> None:
        if fund is None:
            return
        self.heading.setText(_("Change {name}").format(name=fund.title))
        self.place.set_value(fund.place)
        self.code.setText(fund.key)
        self.code.setReadOnly(True)
        self.name.setText(fund.name)
        self.grantor.setText(fund.grantor)
        self.document_no.setText(fund.document_no)
        self.amount.set_fen(fund.amount_fen or None)
        self.purpose.setText(fund.purpose)
        self.accounts.set_accounts(fund.accounts)
        self.resolution.setText(fund.resolution)
        self.deadline.set_day(fund.deadline)
        self.brought.set_fen(fund.brought_fen or None)

    def _fresh(self) -> None:
        self.heading.setText(_("A new special fund"))
        self.place.set_value("")
        self.code.setReadOnly(False)
        for line in (self.code, self.name, self.grantor, self.document_no, self.purpose, self.resolution):
            line.clear()
        self.amount.set_fen(None)
        self.brought.set_fen(None)
        self.accounts.set_accounts(())
        self.deadline.set_day(None)
        self.table.clearSelection()

    # ---- doing ----

    def _enter(self) -> None:
        if not self.page.reads(self.deadline):
            return
        page, place = self.page, self.place.value()
        code = "" if place else self.code.text().strip()
        if code in self._known and not self.code.isReadOnly():
            page.say_problem(_("There is a fund {code} already. Choose another code.").format(code=code))
            return
        made = Fund(
            place,
            self.accounts.accounts(),
            self.purpose.text(),
            self.resolution.text(),
            code,
            self.name.text(),
            self.grantor.text(),
            self.document_no.text(),
            self.amount.fen() or 0,
            self.deadline.day(),
            0 if place else self.brought.fen() or 0,
        )

        def done(_none: None) -> None:
            page.session.say(_("Special fund {name} is in the register.").format(name=made.title))
            self._fresh()
            self.refresh()

        page.attempt(lambda: fund_register.define(page.book, made, page.session.by()), done)
