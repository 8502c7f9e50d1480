"""The budget of a year: how it stands, its months and versions, and the ways to plan it and to ask for money."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from villagebook.domain.budget import Budget
from villagebook.domain.period import Period, Span
from villagebook.domain.table import Table
from villagebook.i18n import _
from villagebook.services.registers import budgets, plan_reports
from villagebook.ui.export import export_table
from villagebook.ui.page import Page
from villagebook.ui.pages.registering.budget_plan import BudgetPlan
from villagebook.ui.pages.registering.budget_requests import BudgetRequests
from villagebook.ui.theme import em
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import button, text
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
        self.plan = BudgetPlan(page, lambda: self.view.set_value(STANDS))
        self.requests = BudgetRequests(page)
        for part in (self.table, self.plan, self.requests):
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
            made = button(words, act)
            self._out.append(made)
            flow.addWidget(made)
        self.view.changed.connect(self.refresh)
        self.year.changed.connect(self._other_year)
        self.version.changed.connect(self.refresh)
        return holder

    # ---- showing ----

    def refresh(self) -> None:
        self._years()
        self._versions()
        shown = self.view.value()
        self.version.setVisible(shown == STANDS)
        self.caption.setVisible(shown != REQUESTS)
        self.stack.setCurrentIndex({STANDS: 0, MONTHS: 0, PLAN: 1, REQUESTS: 2}[shown])
        if shown == PLAN:
            self.caption.setText(
                _(
                    "Type an account and the figure of the year: it is spread over twelve months, which can be changed one "
                    "by one. Cells of a spreadsheet can be pasted."
                )
            )
            self.plan.show_year(self.chosen_year(), self._newest)
        elif shown == REQUESTS:
            self.requests.show_year(self.chosen_year())
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
            return self.plan.table()
        if self.view.value() == REQUESTS:
            return self.requests.table()
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

    # ---- doing ----

    def _other_year(self) -> None:
        self.version.set_options([("", "")])
        self.refresh()


def _title(budget: Budget) -> str:
    words = _("version {n} of {day}, {no}")
    return words.format(n=budget.version, day=budget.decided_on.isoformat(), no=budget.resolution)
