"""What the two lines need beside receipts and payments: who answers for the imprest, bills that wait, other ledgers."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from villagebook.domain.table import Column, Shape, Table
from villagebook.i18n import _
from villagebook.services.book_file import books
from villagebook.services.registers import funds
from villagebook.services.two_lines import imprest
from villagebook.ui.export import export_table
from villagebook.ui.page import Page
from villagebook.ui.table_tab import TableTab
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import button, text
from villagebook.ui.widgets.money_edit import MoneyLine
from villagebook.ui.widgets.pickers import Choice, PersonPicker

BILLS, IMPREST, LEDGERS = "bills", "imprest", "ledgers"


class TwoLineFormsTab(TableTab):
    """A table on the left, chosen above the forms; each form says what it is for."""

    GIVES_WAY = ("registered", "payee", "date")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.table.opened.connect(page.session.go)

    def forms(self) -> None:
        self.shows = Choice(
            [
                (BILLS, _("Bills that wait")),
                (IMPREST, _("Imprest and who answers for it")),
                (LEDGERS, _("Ledgers kept apart")),
            ]
        )
        self.shows.setAccessibleName(_("View"))
        self.shows.changed.connect(self._show)
        self.column.addWidget(self.shows)
        self._bill_box()
        self._imprest_box()
        self._ledger_box()
        self._fund_box()

    def _bill_box(self) -> None:
        box = FormBox(_("Register a bill that is not paid yet"))
        words = _(
            "Whatever is bought and not settled within its month is registered in that month. A bill that turns up later "
            "and was not registered waits for a recorded reason."
        )
        box.add(text(words, "quiet"))
        self.payee, self.what = QLineEdit(), QLineEdit()
        self.amount = MoneyLine()
        self.bill_on = DateEdit(self.page.session.today)
        box.row(_("Pa&yee"), self.payee)
        box.row(_("&What for"), self.what)
        box.row(_("Am&ount"), self.amount)
        box.row(_("Day of the &bill"), self.bill_on)
        box.acts(
            button(_("Re&gister"), self._register, main=True),
            button(_("Print the register"), lambda: export_table(self.page, self._bills(), "pdf")),
            button("XLSX", lambda: export_table(self.page, self._bills(), "xlsx")),
        )
        self.column.addWidget(box)

    def _imprest_box(self) -> None:
        box = FormBox(
            _("Who answers for the imprest"),
            _(
                "One person answers for the cash from a day on. Until somebody is named it is the cashier, else the clerk; with "
                "two of them the month cannot be closed."
            ),
        )
        self.place = Choice()
        self.person = PersonPicker()
        self.from_on = DateEdit(self.page.session.today)
        box.row(_("Imprest"), self.place)
        box.row(_("P&erson"), self.person)
        box.row(_("&Since"), self.from_on)
        box.act(_("&Name this person"), self._name)
        self.column.addWidget(box)

    def _ledger_box(self) -> None:
        box = FormBox(
            _("A ledger that is kept apart"),
            _(
                "Committee, cooperative and groups keep separate books. Once named here, money to or from one of them needs a "
                "transfer document and a resolution."
            ),
        )
        self.sister = QLineEdit()
        box.row(_("Name of the &ledger"), self.sister)
        box.act(_("&Add"), self._add_ledger)
        self.column.addWidget(box)

    def _fund_box(self) -> None:
        box = FormBox(
            _("What special funds are for"),
            _("Purposes, givers and last days stand in the register of special funds."),
        )
        box.act(_("Open the register of special &funds"), lambda: self.page.session.go("register:funds"))
        self.column.addWidget(box)

    # ---- showing ----

    def refresh(self) -> None:
        book = self.page.book
        self.place.set_options([(i.place, i.title) for i in imprest.standings(book, self.page.session.today)])
        self.person.set_persons(books.staff(book).persons.values())
        self._show()

    def show_part(self, part: str) -> None:
        """`place:bills`, `place:imprest` and `place:ledgers` lead here."""
        self.shows.set_value(part)

    def _show(self) -> None:
        made = {BILLS: self._bills, IMPREST: self._imprests, LEDGERS: self._ledgers}[self.shows.value()]
        self.table.show_table(made())

    def _bills(self) -> Table:
        return funds.bill_register(self.page.book, self.page.session.today)

    def _imprests(self) -> Table:
        columns = (
            Column("imprest", _("Imprest"), Shape.TEXT, 10),
            Column("holder", _("Who answers for it"), Shape.TEXT, 14),
            Column("balance", _("Balance today"), Shape.MONEY, 10),
            Column("spent", _("To replenish"), Shape.MONEY, 10),
        )
        rows = tuple(
            (
                i.title,
                " / ".join(i.holders)
                if i.named
                else _("{names} (by post)").format(names=" / ".join(i.holders) or "?"),
                i.balance_fen,
                i.to_replenish_fen,
            )
            for i in imprest.standings(self.page.book, self.page.session.today)
        )
        return Table("imprests", "", "", columns, rows)

    def _ledgers(self) -> Table:
        columns = (Column("name", _("Name of the ledger"), Shape.TEXT, 30),)
        return Table("ledgers", "", "", columns, tuple((name,) for name in funds.sisters(self.page.book)))

    # ---- doing ----

    def _register(self) -> None:
        if not self.page.reads(self.bill_on):
            return
        page, day = self.page, self.bill_on.given()
        payee = self.payee.text()

        def done(_ident: str) -> None:
            self.payee.clear()
            self.what.clear()
            self.amount.set_fen(None)
            self.shows.set_value(BILLS)
            self._show()
            page.session.say(_("The bill of {payee} is on the register.").format(payee=payee.strip()))

        page.attempt(
            lambda: funds.register_bill(
                page.book, payee, self.amount.fen() or 0, day, self.what.text(), page.session.by()
            ),
            done,
        )

    def _name(self) -> None:
        if not self.page.reads(self.from_on):
            return
        page, day = self.page, self.from_on.given()
        who = self.person.currentText()

        def done(_none: None) -> None:
            self.shows.set_value(IMPREST)
            page.session.say(_("{name} answers for the imprest.").format(name=who))

        page.attempt(
            lambda: imprest.name_holder(
                page.book, self.place.value(), self.person.value(), day, page.session.by()
            ),
            done,
        )

    def _add_ledger(self) -> None:
        page, name = self.page, self.sister.text()

        def done(_none: None) -> None:
            self.sister.clear()
            self.shows.set_value(LEDGERS)
            page.session.say(_("{name} is kept apart from now on.").format(name=name.strip()))

        page.attempt(lambda: funds.name_sister(page.book, name, page.session.by()), done)
