"""The grid in which the budget of a year is planned and adopted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from villagebook.domain.budget import Budget, BudgetLine
from villagebook.domain.money import yuan_text
from villagebook.domain.project import ProjectStanding
from villagebook.domain.table import Table
from villagebook.i18n import _
from villagebook.services.book_file import books
from villagebook.services.registers import budget_files, budgets, projects
from villagebook.ui.page import Page
from villagebook.ui.theme import em
from villagebook.ui.widgets.budget_grid import BudgetGrid
from villagebook.ui.widgets.count_edit import CountEdit
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import button, card, text


class BudgetPlan(QWidget):
    """Copied from last year, taken in or typed; adopted with the resolution behind it."""

    def __init__(self, page: Page, adopted: Callable[[], None]) -> None:
        """`adopted` is called when the plan is in the book."""
        super().__init__()
        self._page, self._adopted = page, adopted
        self._year = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        tools = QWidget()
        flow = Flow(tools)
        self.percent = CountEdit(999)
        self.percent.set_value(100)
        self.percent.setAccessibleName(_("Per cent of last year"))
        copy = button(_("&Copy last year, per cent:"), self._copy_year)
        take = button(_("Take in a &file…"), self._take_file)
        out = button(_("Take in &what was copied"))
        out.setToolTip("Ctrl+V")
        out.clicked.connect(self._take_copied)
        drop = button(_("Take the &line out"))
        drop.setToolTip("Ctrl+Delete")
        for widget in (copy, self.percent, take, out, drop):
            flow.addWidget(widget)
        self.grid = BudgetGrid(books.chart(self._page.book))
        self.grid.setAccessibleName(_("Budget"))
        drop.clicked.connect(
            lambda: self.grid.cells.drop([i.row() for i in self.grid.selectionModel().selectedIndexes()])
        )
        self.grid.changed.connect(self._tell_totals)
        self.grid.pasted.connect(self._take_text)
        self.totals = text("")
        column.addWidget(tools)
        column.addWidget(self.grid, 1)
        column.addWidget(self.totals)
        column.addWidget(self._decision())

    def _decision(self) -> QWidget:
        box, column = card()
        holder = QWidget()
        flow = Flow(holder)
        self.resolution, self.reason = QLineEdit(), QLineEdit()
        self.decided_on = DateEdit(self._page.session.today)
        self.resolution.setPlaceholderText(_("Resolution no."))
        self.reason.setPlaceholderText(_("Why is the budget adjusted?"))
        self.reason.setMinimumWidth(em(18))
        self.resolution.setMinimumWidth(em(12))
        for widget, words in (
            (self.resolution, _("Resolution no.")),
            (self.decided_on, _("Day of the meeting")),
            (self.reason, _("Reason")),
        ):
            widget.setAccessibleName(words)
            widget.setToolTip(words)
            flow.addWidget(widget)
        self.adopt = button(_("&Adopt"), self._adopt, main=True)
        flow.addWidget(self.adopt)
        column.addWidget(holder)
        return box

    def show_year(self, year: int, newest: Budget | None) -> None:
        """What was typed stays until another year is chosen; `newest` is the version in force, if there is one."""
        book = self._page.book
        known = [(s.project.code, f"{s.project.code} {s.project.name}") for s in _in_use(self._page)]
        self.grid.set_choices(books.chart(book), known)
        if self._year != year:
            self._year = year
            held = newest.lines if newest else ()
            self.grid.cells.set_lines(held, budgets.actuals(book, year - 1))
        self.reason.setVisible(newest is not None)
        self.adopt.setText(_("&Adopt the adjustment") if newest else _("&Adopt the budget"))
        self._tell_totals()

    def table(self) -> Table:
        """The plan as it is typed."""
        return budget_files.table_of(self._page.book, self._year, self.grid.cells.lines())

    def _tell_totals(self) -> None:
        income, spending = self.grid.cells.totals()
        words = _("Income planned {income}, spending planned {spending}, left over {rest}.")
        self.totals.setText(
            words.format(
                income=yuan_text(income), spending=yuan_text(spending), rest=yuan_text(income - spending)
            )
        )
        self.totals.setProperty("role", "red" if spending > income else "")
        self.totals.style().polish(self.totals)

    def _copy_year(self) -> None:
        year, percent = self._year, self.percent.value() or 100

        def done(lines: tuple[BudgetLine, ...]) -> None:
            if lines:
                self.grid.cells.put(lines)
            else:
                self._page.say_problem(_("Nothing was booked in {year}.").format(year=year - 1))

        self._page.attempt(lambda: budgets.from_last_year(self._page.book, year, percent), done)

    def _take_file(self) -> None:
        pattern = _("Tables (*.xlsx *.xls *.csv)")
        name, _filter = QFileDialog.getOpenFileName(self, _("Take in a budget"), "", pattern)
        if name:
            self._page.attempt(
                lambda: budget_files.read_file(self._page.book, Path(name)), self.grid.cells.put
            )

    def _take_copied(self) -> None:
        self._take_text(QApplication.clipboard().text())

    def _take_text(self, words: str) -> None:
        self._page.attempt(lambda: budget_files.read_pasted(self._page.book, words), self.grid.cells.put)

    def _draft(self, day: date) -> budgets.Draft:
        return budgets.Draft(
            self._year, self.grid.cells.lines(), self.resolution.text(), day, self.reason.text()
        )

    def _adopt(self) -> None:
        if not self._page.reads(self.decided_on):
            return
        page = self._page
        self.grid.commit()
        wrong = self.grid.cells.problems()
        if wrong:
            page.say_problem(" ".join(wrong))
            return
        day = self.decided_on.given()

        def done(made: Budget) -> None:
            self.resolution.clear()
            self.reason.clear()
            words = _("Budget of {year}, version {version}, is in the book.")
            page.session.say(words.format(year=made.year, version=made.version))
            self._year = 0
            self._adopted()

        page.attempt(lambda: budgets.adopt(page.book, self._draft(day), page.session.by()), done)


def _in_use(page: Page) -> tuple[ProjectStanding, ...]:
    return tuple(s for s in projects.standings(page.book, page.session.today) if s.project.in_use)
