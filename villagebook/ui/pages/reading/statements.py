"""Statements: any months, any columns, any layout; down to the vouchers; what must tie; the notes; the layouts kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSplitter, QTabWidget, QToolButton, QVBoxLayout, QWidget

from villagebook.domain.period import Period, Span
from villagebook.domain.statement import Prior
from villagebook.domain.statement_columns import OF_A_TIME, ON_A_DAY, PLANNED, View
from villagebook.domain.table import Table
from villagebook.i18n import N_, _
from villagebook.services.period_end import closing
from villagebook.services.reporting import statement_layouts
from villagebook.services.reporting.statement_lines import accounts_of, check_parts, vouchers_of
from villagebook.services.reporting.statement_table import view_title
from villagebook.services.reporting.statements import BALANCE_SHEET, OWN, Statement, all_ties, statement
from villagebook.ui.export import export_table
from villagebook.ui.page import Page
from villagebook.ui.pages.reading.layouts_tab import STATEMENTS, LayoutsTab
from villagebook.ui.pages.reading.notes_tab import NotesTab
from villagebook.ui.pages.voucher_list.voucher_panel import VoucherPanel
from villagebook.ui.theme import em
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import text
from villagebook.ui.widgets.list_bar import save_buttons
from villagebook.ui.widgets.pickers import Choice, PeriodPicker
from villagebook.ui.widgets.table_view import TableView

NAMES = tuple(STATEMENTS.items())
OTHER = "other"
NOTES = 2
"""Which tab the notes are."""

FIRST_FIGURE = 2
"""Columns that stand before the figures: the row's number and the item."""

Show = Callable[[], None]
Line = tuple[str, int, View, str | None]
"""Statement, line, column, key of the layout."""


class StatementsPage(Page):
    """Tabs: the statement, what must tie, the notes and the yearly report, the layouts."""

    topics = frozenset({"vouchers", "periods", "statements", "registers"})
    scrolls = False

    def title(self) -> str:
        return N_("Statements")

    def explain(self) -> str:
        return _(
            "Choose a statement, the months and the columns. Enter on a line shows the accounts it is made of, once more "
            "the vouchers, and then the voucher itself; Esc goes back. Under “What must tie” every statement is held "
            "against the others and against the books. Notes are written year by year; the yearly report is complete when "
            "none is missing. A layout of the township is loaded under “Layouts” and needs no new program. The last column says how well a line is founded: V official text, S secondary "
            "source, A by analogy, R to be confirmed."
        )

    def keys(self) -> tuple[tuple[str, str], ...]:
        return (
            (_("Enter"), _("what a line is made of, then its vouchers")),
            ("Esc", _("back")),
            ("Ctrl+C", _("copy rows for a spreadsheet")),
        )

    def build(self) -> None:
        self._back: list[Show] = []
        self._shown: Statement | None = None
        self._line: Line = (BALANCE_SHEET, 0, View.AMOUNT, None)
        self.tabs = QTabWidget()
        self.ties = TableView()
        self.notes = NotesTab(self)
        self.layouts = LayoutsTab(self)
        self.table = TableView()
        self.voucher = VoucherPanel(self)
        self.voucher.setVisible(False)
        for widget, words in (
            (self._statement_tab(), _("Statement")),
            (self.ties, _("What must tie")),
            (self.notes, _("Notes and yearly report")),
            (self.layouts, _("Layouts")),
        ):
            self.tabs.addTab(_padded(widget), words)
        self.body.addWidget(self._chooser())
        self.body.addWidget(self.tabs, 1)
        self._listen()

    def _chooser(self) -> QWidget:
        holder = QWidget()
        flow = Flow(holder)
        self.which = Choice([(code, _(words)) for code, words in NAMES])
        self.period, self.first, self.last = PeriodPicker(), PeriodPicker(), PeriodPicker()
        self.columns = QToolButton()
        self.columns.setText(_("Columns"))
        self.columns.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.columns.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.columns.setMenu(QMenu(self.columns))
        self.layout_choice = Choice()
        for widget, words, width in (
            (self.which, _("Statement"), 14),
            (self.period, _("Period"), 11),
            (self.first, _("From"), 8),
            (self.last, _("To"), 8),
            (self.layout_choice, _("Layout"), 11),
        ):
            widget.setAccessibleName(words)
            widget.setMinimumWidth(em(width))
            flow.addWidget(widget)
        flow.addWidget(self.columns)
        for made in save_buttons(self._export):
            flow.addWidget(made)
        return holder

    def _statement_tab(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        self.caption = text("", "quiet")
        column.addWidget(self.caption)
        column.addWidget(self.table, 1)
        self._split = QSplitter()
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(left)
        self._split.addWidget(self.voucher)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        return self._split

    def _listen(self) -> None:
        self.which.changed.connect(self._other_statement)
        for chooser in (self.period, self.first, self.last, self.layout_choice):
            chooser.changed.connect(self.show_statement)
        self.tabs.currentChanged.connect(lambda _index: self.show_statement())
        self.table.opened.connect(self._open)
        self.ties.opened.connect(self._open_check)
        self.voucher.closed.connect(self._close)
        self.shortcut("Esc", self._close)

    # ---- what is chosen

    def refresh(self) -> None:
        months = [period for period, _state in closing.period_states(self.book)]
        fresh = not self.period.count()
        self.period.set_months(months, longer=True)
        self.period.addItem(_("other months…"), OTHER)
        for picker in (self.first, self.last):
            picker.set_months(months)
        if fresh:
            now = str(closing.current_period(self.book))
            for picker in (self.period, self.first, self.last):
                picker.blockSignals(True)
                picker.set_value(now)
                picker.blockSignals(False)
        self._fill_menu()
        self._fill_layouts()
        self.show_statement()

    def span(self) -> Span:
        """The months chosen; turned round when they were chosen the wrong way round."""
        if self.period.value() != OTHER:
            return Span.parse(self.period.value())
        ends = sorted(Period.parse(p.value()) for p in (self.first, self.last))
        return Span(*ends)

    def views(self) -> tuple[View, ...]:
        """The columns ticked; () for the two usual ones."""
        ticked = tuple(View(str(a.data())) for a in self.columns.menu().actions() if a.isChecked())
        return ticked if ticked != self._usual() else ()

    def _usual(self) -> tuple[View, ...]:
        return (View.AMOUNT, View.YEAR_START if self.which.value() == BALANCE_SHEET else View.YEAR_BEFORE)

    def layout_key(self) -> str | None:
        return self.layout_choice.value() or None

    def _fill_menu(self) -> None:
        menu = self.columns.menu()
        is_of_a_day = self.which.value() == BALANCE_SHEET
        prior = Prior.YEAR_START if is_of_a_day else Prior.YEAR_BEFORE
        offered = ON_A_DAY if is_of_a_day else OF_A_TIME
        if [a.data() for a in menu.actions()] == [v.value for v in offered]:
            return
        menu.clear()
        for view in offered:
            act = QAction(view_title(view, prior), menu)
            act.setData(view.value)
            act.setCheckable(True)
            act.setChecked(view in self._usual())
            act.setEnabled(view is not View.AMOUNT)
            act.toggled.connect(lambda _on: self.show_statement())
            menu.addAction(act)

    def _fill_layouts(self) -> None:
        found = statement_layouts.choices(self.book, self.which.value())
        self.layout_choice.set_options(found or [("", _("none is kept yet"))])

    def _other_statement(self) -> None:
        self._fill_menu()
        self._fill_layouts()
        self.show_statement()

    def _tab(self) -> QWidget:
        """What stands in the tab in front."""
        return (self._split, self.ties, self.notes, self.layouts)[self.tabs.currentIndex()]

    # ---- showing

    def show_statement(self) -> None:
        """Read what the chosen tab shows."""
        self._back.clear()
        self.voucher.setVisible(False)
        is_other = self.period.value() == OTHER
        self.first.setVisible(is_other)
        self.last.setVisible(is_other)
        shown = self._tab()
        for widget in (self.which, self.columns, self.layout_choice):
            widget.setVisible(shown is self._split)
        self.findings.clear()
        if shown is self.ties:
            self.attempt(lambda: all_ties(self.book, self.span()), lambda made: self.ties.show_table(made[0]))
        elif shown is self.notes:
            self.notes.show_year(self.span().last.year)
        elif shown is self.layouts:
            self.layouts.refresh()
        elif self.which.value() == OWN and not self.layout_key():
            self._show(Table("", "", "", (), ()))
            self.caption.setText(_("No statement of your own is kept yet: load one under “Layouts”."))
        else:
            self.attempt(self._read, self._show_made)

    def _read(self) -> Statement:
        return statement(self.book, self.which.value(), self.span(), self.layout_key(), self.views())

    def _show_made(self, made: Statement) -> None:
        self._shown = made
        self._show(made.table)
        self.show_findings(made.findings)

    def _show(self, table: Table) -> None:
        self.caption.setText(f"{table.title}  {table.subtitle}")
        self.table.show_table(table)

    # ---- down and back

    def _open(self, target: str) -> None:
        kind, _sep, ident = target.partition(":")
        if kind == "voucher":
            if self.voucher.show_voucher(ident):
                self.voucher.setVisible(True)
                width = self._split.width()
                self._split.setSizes([width * 3 // 5, width * 2 // 5])
                self.voucher.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self._back:
            self._open_line()
        elif kind == "account":
            self._go_down(partial(self._show_vouchers, self._line, ident))
        elif kind == "statement":
            name, _sep, no = ident.rpartition(":")
            self._line = (name, int(no), View.AMOUNT, None)
            self._go_down(partial(self._show_accounts, self._line))

    def _open_line(self) -> None:
        """The line of the current row, in the column the cursor stands in."""
        index = self.table.currentIndex()
        no = self.table.values().cells(index.row())[0] if index.isValid() else None
        if not isinstance(no, int):
            return
        columns = self.views() or self._usual()
        at = min(max(index.column() - FIRST_FIGURE, 0), len(columns) - 1)
        view = columns[at] if columns[at] not in PLANNED else View.AMOUNT
        self._line = (self.which.value(), no, view, self.layout_key())
        self._go_down(partial(self._show_accounts, self._line))

    def _show_accounts(self, line: Line) -> None:
        name, no, view, layout = line
        self._show(accounts_of(self.book, name, self.span(), no, layout, view))

    def _show_vouchers(self, line: Line, account: str) -> None:
        name, no, view, layout = line
        self._show(vouchers_of(self.book, name, self.span(), no, layout, view, account=account))

    def _go_down(self, show: Show) -> None:
        self._back.append(show)
        self.attempt(show)
        self.table.setFocus()

    def _open_check(self, target: str) -> None:
        _kind, name, check_id = target.split(":", 2)
        self._line = (name, 0, View.AMOUNT, None)
        self.which.set_value(name)
        self.tabs.setCurrentIndex(0)
        self._go_down(
            lambda: self._show(check_parts(self.book, name, self.span(), check_id, self.layout_key()))
        )

    def _close(self) -> None:
        """One step back: the voucher, then one level up, then the statement."""
        if self.voucher.isVisible():
            self.voucher.setVisible(False)
        elif self._back:
            self._back.pop()
            if self._back:
                self._back[-1]()
            elif self._shown is not None:
                self._show(self._shown.table)
        self.table.setFocus()

    def open_target(self, kind: str, ident: str) -> None:
        if kind == "check":
            self._open_check(f"check:{ident}")
        elif kind == "note":
            self.tabs.setCurrentIndex(NOTES)
            self.notes.open_section(ident)

    def first_field(self) -> QWidget | None:
        return self.which

    # ---- paper

    def _export(self, code: str) -> None:
        def ready(table: Table) -> None:
            export_table(self, table, code)

        self.attempt(self._table_of_tab, ready)

    def _table_of_tab(self) -> Table:
        shown = self._tab()
        if shown is self.ties:
            return all_ties(self.book, self.span())[0]
        if shown is self.notes:
            return self.notes.table("notes")
        return self._read().table


def _padded(widget: QWidget) -> QWidget:
    """Some air between a tab's frame and what stands in it."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(em(0.4), em(0.4), em(0.4), em(0.4))
    column.addWidget(widget)
    return holder
