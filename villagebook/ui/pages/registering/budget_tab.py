"""The budget: how it stands, the grid it is planned in, its months, and what is asked for each month."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from villagebook.domain.budget import Budget, BudgetLine
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Period, Span
from villagebook.domain.project import ProjectStanding
from villagebook.domain.table import Column, Shape, Table
from villagebook.i18n import _
from villagebook.services.book_file import books
from villagebook.services.registers import budget_files, budgets, plan_reports, projects
from villagebook.ui.export import export_table
from villagebook.ui.page import Page
from villagebook.ui.theme import em
from villagebook.ui.widgets.budget_grid import BudgetGrid
from villagebook.ui.widgets.count_edit import CountEdit
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import Scroll, button, card, text
from villagebook.ui.widgets.money_edit import MoneyLine
from villagebook.ui.widgets.pickers import Choice
from villagebook.ui.widgets.table_view import TableView

STANDS, MONTHS, PLAN, REQUESTS = "stands", "months", "plan", "requests"


class BudgetTab(QWidget):
    """One year at a time; old versions stay to be looked at."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self._year = 0
        column = QVBoxLayout(self)
        column.addWidget(self._chooser())
        self.caption = text("", "quiet")
        column.addWidget(self.caption)
        self.table = TableView()
        self.table.opened.connect(page.session.go)
        self.stack = QStackedWidget()
        for part in (self.table, self._plan(), self._requests()):
            self.stack.addWidget(part)
        column.addWidget(self.stack, 1)

    # ---- building ----

    def _chooser(self) -> QWidget:
        holder = QWidget()
        flow = Flow(holder)
        self.view = Choice(
            [
                (STANDS, _("How it stands")),
                (MONTHS, _("By month")),
                (PLAN, _("Plan and adjust")),
                (REQUESTS, _("Requests of the month")),
            ]
        )
        self.year, self.version = Choice(), Choice()
        for widget, words, width in (
            (self.view, _("View"), 15),
            (self.year, _("Year"), 8),
            (self.version, _("Version"), 17),
        ):
            widget.setAccessibleName(words)
            widget.setMinimumWidth(em(width))
            flow.addWidget(widget)
        self._out = []
        for words, act in (
            (_("&Print…"), lambda: export_table(self.page, self._shown(), "pdf")),
            ("XLSX", lambda: export_table(self.page, self._shown(), "xlsx")),
            ("CSV", lambda: export_table(self.page, self._shown(), "csv")),
        ):
            made = button(words)
            made.clicked.connect(act)
            self._out.append(made)
            flow.addWidget(made)
        self.view.changed.connect(self.refresh)
        self.year.changed.connect(self._other_year)
        self.version.changed.connect(self.refresh)
        return holder

    def _plan(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        tools = QWidget()
        flow = Flow(tools)
        self.percent = CountEdit(999)
        self.percent.set_value(100)
        self.percent.setAccessibleName(_("Per cent of last year"))
        copy = button(_("&Copy last year, per cent:"))
        copy.clicked.connect(self._copy_year)
        take = button(_("Take in a &file…"))
        take.clicked.connect(self._take_file)
        out = button(_("Take in &what was copied"))
        out.setToolTip("Ctrl+V")
        out.clicked.connect(self._take_copied)
        drop = button(_("Take the &line out"))
        drop.setToolTip("Ctrl+Delete")
        for widget in (copy, self.percent, take, out, drop):
            flow.addWidget(widget)
        self.grid = BudgetGrid(books.chart(self.page.book))
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
        return holder

    def _decision(self) -> QWidget:
        box, column = card()
        holder = QWidget()
        flow = Flow(holder)
        self.resolution, self.reason = QLineEdit(), QLineEdit()
        self.decided_on = DateEdit(self.page.session.today)
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
        self.adopt = button(_("&Adopt"), main=True)
        self.adopt.clicked.connect(self._adopt)
        flow.addWidget(self.adopt)
        column.addWidget(holder)
        return box

    def _requests(self) -> QWidget:
        split = QSplitter()
        split.setChildrenCollapsible(False)
        self.months = TableView()
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
        split.addWidget(self.months)
        split.addWidget(area)
        split.setStretchFactor(0, 6)
        split.setStretchFactor(1, 4)
        split.setSizes([em(46), em(26)])
        return split

    # ---- showing ----

    def refresh(self) -> None:
        self._years()
        self._versions()
        shown = self.view.value()
        self.version.setVisible(shown == STANDS)
        self.caption.setVisible(shown != REQUESTS)
        self.stack.setCurrentIndex({STANDS: 0, MONTHS: 0, PLAN: 1, REQUESTS: 2}[shown])
        if shown == PLAN:
            self._show_plan()
        elif shown == REQUESTS:
            self._show_requests()
        else:
            self._show_table()

    def _years(self) -> None:
        first, today = self.page.book.info.start.year, self.page.session.today
        fresh = not self.year.count()
        self.year.blockSignals(True)
        self.year.set_options([(str(y), str(y)) for y in range(today.year + 1, first - 1, -1)])
        if fresh:
            self.year.set_value(str(today.year))
        self.year.blockSignals(False)

    def _versions(self) -> None:
        found = budgets.versions(self.page.book, self.chosen_year())
        self.version.set_options([("", _("newest version")), *((str(b.version), _title(b)) for b in found)])
        self._newest = found[-1] if found else None

    def chosen_year(self) -> int:
        return int(self.year.value())

    def _span(self) -> Span:
        """From January to today, or to December of a year that is over; the year itself before it has begun."""
        year, today = self.chosen_year(), Period.of(self.page.session.today)
        last = today if today.year == year else Period(year, 12)
        return Span(Period(year, 1), last)

    def _shown(self) -> Table:
        if self.view.value() == PLAN:
            return budget_files.table_of(self.page.book, self.chosen_year(), self.grid.cells.lines())
        if self.view.value() == REQUESTS:
            return self._request_table()
        if self.view.value() == MONTHS:
            return plan_reports.budget_months(self.page.book, self._span())
        version = self.version.value()
        return plan_reports.budget(self.page.book, self._span(), int(version) if version else None)

    def _show_table(self) -> None:
        table = self._shown()
        empty = _("No budget of {year} was adopted yet. Choose “Plan and adjust” above and type it in.")
        reason = self._reason_of_version()
        self.caption.setText(
            f"{table.subtitle}{reason}" if table.rows else empty.format(year=self.chosen_year())
        )
        self.table.show_table(table)

    def _reason_of_version(self) -> str:
        found = budgets.versions(self.page.book, self.chosen_year())
        wanted = self.version.value() or (str(found[-1].version) if found else "")
        reasons = [b.reason for b in found if str(b.version) == wanted and b.reason]
        return _("; adjusted because: {reason}").format(reason=reasons[0]) if reasons else ""

    def _show_plan(self) -> None:
        """What was typed stays until another year is chosen."""
        book, year = self.page.book, self.chosen_year()
        known = [(s.project.code, f"{s.project.code} {s.project.name}") for s in _in_use(self.page)]
        self.grid.set_choices(books.chart(book), known)
        if self._year != year:
            self._year = year
            held = self._newest.lines if self._newest else ()
            self.grid.cells.set_lines(held, budgets.actuals(book, year - 1))
        self.reason.setVisible(self._newest is not None)
        self.adopt.setText(_("&Adopt the adjustment") if self._newest else _("&Adopt the budget"))
        self.caption.setText(
            _(
                "Type an account and the figure of the year: it is spread over twelve months, which can be changed one by "
                "one. Cells of a spreadsheet can be pasted."
            )
        )
        self._tell_totals()

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

    def _show_requests(self) -> None:
        year = self.chosen_year()
        self.month.set_options([(str(Period(year, n)), str(Period(year, n))) for n in range(1, 13)])
        self.months.show_table(self._request_table())

    def _request_table(self) -> Table:
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
            for m in budgets.months(self.page.book, self.chosen_year())
        )
        title = _("Requests and appropriations")
        return Table("requests", title, str(self.chosen_year()), columns, rows)

    # ---- doing ----

    def _other_year(self) -> None:
        self.version.set_options([("", "")])
        self.refresh()

    def _copy_year(self) -> None:
        year, percent = self.chosen_year(), self.percent.value() or 100

        def done(lines: tuple[BudgetLine, ...]) -> None:
            if lines:
                self.grid.cells.put(lines)
            else:
                self.page.say_problem(_("Nothing was booked in {year}.").format(year=year - 1))

        self.page.attempt(lambda: budgets.from_last_year(self.page.book, year, percent), done)

    def _take_file(self) -> None:
        pattern = _("Tables (*.xlsx *.xls *.csv)")
        name, _filter = QFileDialog.getOpenFileName(self, _("Take in a budget"), "", pattern)
        if name:
            self.page.attempt(lambda: budget_files.read_file(self.page.book, Path(name)), self.grid.cells.put)

    def _take_copied(self) -> None:
        from PySide6.QtWidgets import QApplication

        self._take_text(QApplication.clipboard().text())

    def _take_text(self, words: str) -> None:
        self.page.attempt(lambda: budget_files.read_pasted(self.page.book, words), self.grid.cells.put)

    def _draft(self, day: date) -> budgets.Draft:
        return budgets.Draft(
            self.chosen_year(), self.grid.cells.lines(), self.resolution.text(), day, self.reason.text()
        )

    def _adopt(self) -> None:
        if not self.page.reads(self.decided_on):
            return
        page = self.page
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
            self.view.set_value(STANDS)

        page.attempt(lambda: budgets.adopt(page.book, self._draft(day), page.session.by()), done)

    def _ask(self) -> None:
        if not self.page.reads(self.asked):
            return
        page = self.page
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


def _title(budget: Budget) -> str:
    words = _("version {n} of {day}, {no}")
    return words.format(n=budget.version, day=budget.decided_on.isoformat(), no=budget.resolution)


def _in_use(page: Page) -> tuple[ProjectStanding, ...]:
    return tuple(s for s in projects.standings(page.book, page.session.today) if s.project.in_use)
