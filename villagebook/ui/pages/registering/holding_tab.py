"""What the registers of assets, resources and contracts share: a list on the left, one entry and what is done with it beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from villagebook.domain.document import Document
from villagebook.domain.finding import Finding
from villagebook.domain.period import Period, Span
from villagebook.domain.table import Table
from villagebook.i18n import _
from villagebook.services import reports
from villagebook.services.registers import holding_import, register_cards
from villagebook.ui.export import export_table
from villagebook.ui.page import Page
from villagebook.ui.theme import em
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import Side, button, text
from villagebook.ui.widgets.list_bar import ListBar, save_buttons, search_line
from villagebook.ui.widgets.pairs import Pairs
from villagebook.ui.widgets.pickers import Choice
from villagebook.ui.widgets.small_table import SmallTable
from villagebook.ui.widgets.table_view import TableView


class HoldingTab(QWidget):
    """Base of the three tabs.

    A tab names its `report` and `layout`, makes its panels in `make_panels`, lists its entries in `list_table` and shows one
    in `shown`. `gives_way`: columns its list does without when it is narrow.
    """

    report: ClassVar[str]
    layout_name: ClassVar[str]
    gives_way: ClassVar[tuple[str, ...]] = ()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.book = page.book
        self._panels: dict[str, QWidget] = {}
        self._buttons: dict[str, QPushButton] = {}
        self._code = ""
        self._group = QButtonGroup(self)
        self._acts = QWidget()
        self._flow = Flow(self._acts)
        self.column = QVBoxLayout()
        self._build()

    # ---- for the tabs ----

    def make_panels(self) -> None:
        """Add the panels on the right."""
        raise NotImplementedError

    def list_table(self) -> Table:
        """Every entry as a row, its target `register:TAB/code`; the state is the last column."""
        raise NotImplementedError

    def shown(self, code: str) -> register_cards.Shown | None:
        """One entry as people read it."""
        raise NotImplementedError

    def chosen(self, code: str) -> None:
        """Another entry was chosen: fill the forms that change it."""

    def lists(self) -> None:
        """Fill persons, accounts and other lists anew."""

    # ---- building ----

    def _build(self) -> None:
        self.search = search_line()
        self.state = Choice([("", _("All states"))])
        self.state.setAccessibleName(_("State"))
        self.state.setMinimumWidth(em(10))
        bring = button(_("Take in a table…"), self._bring)
        bar = ListBar(self.search, self.state, bring, *save_buttons(self.export))
        self.table = TableView()
        self.table.setAccessibleName(_("Entries"))
        self.table.gives_way = self.gives_way
        self.table.pointed.connect(lambda _row: self._point())
        self.table.opened.connect(lambda _target: self.open_panel("card"))
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(bar)
        column.addWidget(self.table, 1)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self._right())
        split.setStretchFactor(0, 11)
        split.setStretchFactor(1, 9)
        split.setSizes([1040, 960])
        whole = QVBoxLayout(self)
        whole.addWidget(split)
        self._wait = QTimer(self, singleShot=True, interval=200)
        self._wait.timeout.connect(self._narrow)
        self.search.textChanged.connect(lambda _words: self._wait.start())
        self.state.changed.connect(self._narrow)

    def _right(self) -> QWidget:
        inner = QWidget()
        inner.setLayout(self.column)
        self.column.setContentsMargins(em(0.4), 0, em(0.4), 0)
        self.column.addWidget(self._acts)
        self._card_panel()
        self.make_panels()
        self._keys_go_down()
        self.column.addStretch(1)
        area = Side(inner, em(25), em(30))
        self.open_panel("card")
        return area

    def _keys_go_down(self) -> None:
        """Tab goes from the list to the choices, and through the card as it is read; they were made in another order."""
        acts = self.card_acts.findChildren(QPushButton)
        for before, after in pairwise((*self._buttons.values(), *acts, self.parts, self.vouchers)):
            self.setTabOrder(before, after)

    def add_panel(self, code: str, title: str, panel: QWidget) -> None:
        """A panel with the button that brings it to the front."""
        made = QPushButton(title)
        made.setCheckable(True)
        made.setProperty("role", "choice")
        made.setObjectName(f"panel-{code}")
        made.clicked.connect(lambda _checked=False: self.open_panel(code))
        self._group.addButton(made)
        self._flow.addWidget(made)
        self._buttons[code] = made
        self._panels[code] = panel
        self.column.addWidget(panel)

    def _card_panel(self) -> None:
        panel = QWidget()
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 0, 0, 0)
        self.card_title = text("", "heading")
        self.pairs = Pairs()
        self.card_acts = QWidget()
        self.card_flow = Flow(self.card_acts)
        self.print_card = button(_("Print the card"), self._print)
        self.card_flow.addWidget(self.print_card)
        self.parts_title, self.parts = text(_("Instalments"), "heading"), SmallTable()
        self.history_title, self.history = text(_("History"), "heading"), Pairs()
        self.vouchers_title, self.vouchers = text(_("Vouchers"), "heading"), SmallTable()
        self.parts.setAccessibleName(self.parts_title.text())
        self.vouchers.setAccessibleName(self.vouchers_title.text())
        self.parts.gives_way = ("paid", "no")  # what is left of the amount, and the day it is due, tell them
        self.vouchers.gives_way = ("voucher",)  # the row leads to it
        self.vouchers.opened.connect(self.page.session.go)
        for widget in (
            self.card_title,
            self.pairs,
            self.card_acts,
            self.parts_title,
            self.parts,
            self.vouchers_title,
            self.vouchers,
            self.history_title,
            self.history,
        ):
            column.addWidget(widget)
        self.add_panel("card", _("Card"), panel)

    # ---- showing ----

    def refresh(self) -> None:
        """Read the list and the chosen entry anew."""
        self.lists()
        self._all = self.list_table()
        states = sorted({str(row[-1]) for row in self._body() if row[-1]})
        self.state.set_options([("", _("All states")), *((s, s) for s in states)])
        self._show_rows()
        if not self.code() and self._all.rows:
            self.table.setCurrentIndex(self.table.values().index(0, 0))
        self._show_card()

    def _body(self) -> tuple[tuple[object, ...], ...]:
        return self._all.rows[: len(self._all.rows) - self._all.totals]

    def _show_rows(self) -> None:
        wanted = self.state.value()
        keep = [n for n, row in enumerate(self._all.rows) if not wanted or row[-1] == wanted]
        table = self._all
        if wanted:
            targets = tuple(table.targets[n] for n in keep)
            table = replace(table, rows=tuple(table.rows[n] for n in keep), totals=0, targets=targets)
        self.table.show_table(table)
        self.table.filter(self.search.text())

    def _narrow(self) -> None:
        self._show_rows()

    def code(self) -> str:
        """The chosen entry, "" when none is."""
        return self.table.target().partition("/")[2]

    def _point(self) -> None:
        if self.code() != self._code:
            self._show_card()

    def _show_card(self) -> None:
        self._code = self.code()
        found = self.shown(self._code) if self._code else None
        self.card_title.setText(f"{found.code}  {found.pairs[0][1]}" if found else _("Nothing is chosen."))
        self.pairs.show_pairs(found.pairs[1:] if found else ())
        self.print_card.setVisible(found is not None)
        for title, view, table in (
            (self.parts_title, self.parts, found.parts if found else None),
            (self.vouchers_title, self.vouchers, narrowed(found.vouchers) if found else None),
        ):
            there = table is not None and bool(table.rows)
            title.setVisible(there)
            view.setVisible(there)
            if there and table is not None:
                view.show_table(table)
        self.history_title.setVisible(found is not None)
        self.history.show_pairs(_told(found.history) if found else ())
        self.chosen(self._code)

    def open_panel(self, code: str) -> None:
        """Bring a panel to the front."""
        for name, panel in self._panels.items():
            panel.setVisible(name == code)
            self._buttons[name].setChecked(name == code)

    def open_entry(self, entry: str) -> None:
        """`@panel` opens a panel, anything else the entry of that code."""
        if entry.startswith("@"):
            self.open_panel(entry[1:])
            return
        self.state.set_value("")
        self.search.clear()
        self._show_rows()
        model = self.table.values()
        for row in range(model.rowCount()):
            if model.target(row).partition("/")[2] == entry:
                self.table.setCurrentIndex(model.index(row, 0))
        self.open_panel("card")

    # ---- doing ----

    def done(self, words: str, code: str = "") -> Callable[[tuple[Finding, ...]], None]:
        """For `page.attempt`: show what was said, tell it below, and go to the entry."""

        def then(found: tuple[Finding, ...]) -> None:
            self.page.show_findings(found)
            self.page.session.say(words)
            if code:
                self.open_entry(code)

        return then

    def needs_entry(self) -> str:
        """The chosen code; says so when nothing is chosen."""
        if not self._code:
            self.page.say_problem(_("Choose the entry in the table first."))
        return self._code

    def open_drafts(self, drafts: tuple[Document, ...]) -> None:
        """Go to the first of the drafts that were made."""
        if drafts:
            self.page.session.go(f"draft:{drafts[0].id}")

    def _print(self) -> None:
        from villagebook.ui.viewer import Viewer

        found = self.shown(self._code)
        if found is None:
            return

        def show(data: bytes) -> None:
            Viewer(f"{found.title} {found.code}", data, "application/pdf", self).show()

        self.page.in_background(
            _("Making the file…"), lambda _progress: register_cards.card_pdf(self.book, found), show
        )

    def export(self, form: str, name: str = "") -> None:
        """The printed list of this register, or another of its reports."""
        today = self.page.session.today
        self.page.attempt(
            lambda: reports.make(self.book, name or self.report, Span.of(Period.of(today))),
            lambda made: self._made(made, form),
        )

    def _made(self, made: reports.Made, form: str) -> None:
        export_table(self.page, made.table, form)
        if made.findings:
            self.page.show_findings(made.findings)

    def _bring(self) -> None:
        name, _filter = QFileDialog.getOpenFileName(
            self, _("Take in a table…"), "", _("Tables (*.xlsx *.xls *.csv)")
        )
        if name:
            self.bring(Path(name))

    def bring(self, path: Path) -> None:
        """Take a table of entries in, all or none."""
        by = self.page.session.by()

        def told(made: holding_import.TakenIn) -> None:
            self.page.show_findings(made.findings)
            self.page.session.say(_("{n} entries taken in.").format(n=made.entries))

        self.page.attempt(lambda: holding_import.import_holdings(self.book, path, self.layout_name, by), told)


def _told(history: Table) -> tuple[tuple[str, str], ...]:
    """A history as dated sentences: what happened, why, who was at the desk."""
    return tuple((str(day), " · ".join(str(part) for part in rest if part)) for day, *rest in history.rows)


def narrowed(vouchers: Table) -> Table:
    """The vouchers of an entry without their accounts: the voucher itself is one step away."""
    return vouchers.only(*(column.key for column in vouchers.columns if column.key != "account"))
