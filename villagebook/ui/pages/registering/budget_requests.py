"""What the expense line asks for each month, beside what was appropriated."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QSplitter, QVBoxLayout, QWidget

from villagebook.domain.period import Period
from villagebook.domain.table import Column, Shape, Table
from villagebook.i18n import _
from villagebook.services.registers import budgets
from villagebook.ui.page import Page
from villagebook.ui.theme import em
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import Scroll
from villagebook.ui.widgets.money_edit import MoneyLine
from villagebook.ui.widgets.pickers import Choice
from villagebook.ui.widgets.table_view import TableView


class BudgetRequests(QSplitter):
    """The months on the left, a request on the right."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._year = page.session.today.year
        self.setChildrenCollapsible(False)
        self.months = TableView()
        self.months.setAccessibleName(_("Months"))
        inner = QWidget()
        column = QVBoxLayout(inner)
        box = FormBox(
            _("What the expense line needs in a month"),
            _(
                "Appropriations of the month stay within this sum and within the budget of the year. A request that is entered "
                "again replaces the one before."
            ),
        )
        self.month, self.asked, self.what, self.asked_by = Choice(), MoneyLine(), QLineEdit(), QLineEdit()
        box.row(_("&Month"), self.month)
        box.row(_("Am&ount"), self.asked)
        box.row(_("What &for"), self.what)
        box.row(_("Resolution no."), self.asked_by)
        box.act(_("&Enter the request"), self._ask, main=True)
        column.addWidget(box)
        column.addStretch(1)
        area = Scroll(inner)
        area.setMinimumWidth(em(22))
        self.addWidget(self.months)
        self.addWidget(area)
        self.setStretchFactor(0, 6)
        self.setStretchFactor(1, 4)
        self.setSizes([em(46), em(26)])

    def show_year(self, year: int) -> None:
        """The months of a year with what is asked for and what was appropriated."""
        self._year = year
        self.month.set_options([(str(Period(year, n)), str(Period(year, n))) for n in range(1, 13)])
        self.months.show_table(self.table())

    def table(self) -> Table:
        """One row a month."""
        columns = (
            Column("month", _("Month"), Shape.TEXT, 7),
            Column("asked", _("Asked for"), Shape.MONEY, 10),
            Column("appropriated", _("Appropriated"), Shape.MONEY, 10),
            Column("left", _("Left"), Shape.MONEY, 10),
            Column("what", _("What for"), Shape.TEXT, 18),
            Column("resolution", _("Resolution"), Shape.TEXT, 10),
        )
        rows = tuple(
            (
                str(m.period),
                m.request.amount_fen if m.request else None,
                m.appropriated_fen,
                m.request.amount_fen - m.appropriated_fen if m.request else None,
                m.request.what if m.request else "",
                m.request.resolution if m.request else "",
            )
            for m in budgets.months(self._page.book, self._year)
        )
        title = _("Requests and appropriations")
        return Table("requests", title, str(self._year), columns, rows)

    def _ask(self) -> None:
        if not self._page.reads(self.asked):
            return
        page = self._page
        request = budgets.Request(
            Period.parse(self.month.value()),
            self.asked.fen() or 0,
            self.what.text(),
            self.asked_by.text(),
            page.session.today,
        )

        def done(_none: None) -> None:
            self.asked.set_fen(None)
            self.what.clear()
            page.session.say(_("The request of {period} is in the book.").format(period=request.period))

        page.attempt(lambda: budgets.ask(page.book, request, page.session.by()), done)
