"""The registers beside the ledger: each is a tab of its own, made when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QTabWidget, QVBoxLayout, QWidget

from villagebook.i18n import N_, _
from villagebook.ui.page import Page
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import button

TABS: tuple[tuple[str, str, str, str], ...] = (
    ("households", N_("Households and members"), "households_tab", "HouseholdsTab"),
    ("outsiders", N_("Outside parties"), "outsiders_tab", "OutsidersTab"),
    ("budget", N_("Budget"), "budget_tab", "BudgetTab"),
    ("projects", N_("Projects"), "projects_tab", "ProjectsTab"),
    ("labour", N_("Labour days"), "labour_tab", "LabourTab"),
    ("funds", N_("Special funds"), "funds_tab", "FundsTab"),
    ("assets", N_("Assets"), "assets_tab", "AssetsTab"),
    ("resources", N_("Resources"), "resources_tab", "ResourcesTab"),
    ("contracts", N_("Contracts"), "contracts_tab", "ContractsTab"),
    ("works", N_("Works"), "works_tab", "WorksTab"),
    ("lists", N_("Lists of payees"), "lists_tab", "ListsTab"),
    ("trips", N_("Journeys"), "trips_tab", "TripsTab"),
    ("loans", N_("Loans and advances"), "loans_tab", "LoansTab"),
    ("collecting", N_("Collecting claims"), "collecting_tab", "CollectingTab"),
    ("resolutions", N_("Resolutions"), "resolutions_tab", "ResolutionsTab"),
    ("vetoes", N_("Rejected documents"), "vetoes_tab", "VetoesTab"),
    ("invoices", N_("Invoices"), "invoices_tab", "InvoicesTab"),
    ("objections", N_("Objections"), "objections_tab", "ObjectionsTab"),
    ("duties", N_("Special notices"), "duties_tab", "DutiesTab"),
    ("requests", N_("Requests"), "requests_tab", "RequestsTab"),
    ("audits", N_("Audits"), "audits_tab", "AuditsTab"),
    ("laid-open", N_("Yearly papers"), "laid_open_tab", "LaidOpenTab"),
    ("words", N_("Plain words"), "words_tab", "WordsTab"),
)
"""(code, title, module of `ui.pages.registering`, class). A tab is a QWidget made with the page; `refresh()` reads it anew."""

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("People"), ("households", "outsiders")),
    (N_("Plans and funds"), ("budget", "projects", "labour", "funds")),
    (N_("What we own"), ("assets", "resources")),
    (N_("Agreements"), ("contracts", "works", "loans", "collecting")),
    (N_("Paid out"), ("lists", "trips", "invoices")),
    (N_("Decisions"), ("resolutions", "vetoes")),
    (N_("The board"), ("duties", "objections", "requests", "audits", "laid-open", "words")),
)
"""Two short lines of choices instead of two dozen; every tab stands in one group."""


class RegistersPage(Page):
    """What a village owns, owes, plans and has agreed. Each entry can be pointed at by the lines of vouchers."""

    topics = frozenset({"registers", "documents", "vouchers", "periods", "notices"})
    scrolls = False

    def title(self) -> str:
        return N_("Registers")

    def explain(self) -> str:
        return _(
            "What the village plans, owns, lends, has agreed and decided: each entry is registered once and then chosen "
            "where money comes or goes, so that every figure can be followed to the thing it belongs to. Nothing is ever "
            "struck out: an entry is ended, sold or closed on a day, with a reason."
        )

    def build(self) -> None:
        self.tabs = QTabWidget()
        self.tabs.tabBar().hide()  # more registers than fit one line: buttons that break lines stand for it
        self.tabs.setFocusPolicy(
            Qt.FocusPolicy.NoFocus
        )  # it would hand Tab to its hidden bar, which keeps it for ever
        self._made: dict[int, QWidget] = {}
        for _code, title, _module, _factory in TABS:
            holder = QWidget()
            QVBoxLayout(holder).setContentsMargins(0, 0, 0, 0)
            self.tabs.addTab(holder, _(title))
        codes = [code for code, *_rest in TABS]
        self._members = [tuple(codes.index(code) for code in group) for _title, group in GROUPS]
        self._newest = [members[0] for members in self._members]
        self._groups = self._line([_(title) for title, _codes in GROUPS], self._choose_group)
        self._buttons = self._line([_(title) for _code, title, *_rest in TABS], self.tabs.setCurrentIndex)
        self._mark(0)
        self.tabs.currentChanged.connect(self._turned)
        self.body.addWidget(self.tabs, 1)

    def _line(self, titles: list[str], choose: Callable[[int], None]) -> list[QPushButton]:
        """One line of choices; the arrow keys go from one to the next."""
        bar = QWidget()
        flow = Flow(bar)
        made = []
        for index, title in enumerate(titles):
            chooser = button(title)
            chooser.setProperty("role", "choice")
            chooser.setCheckable(True)
            chooser.setAutoExclusive(True)
            chooser.toggled.connect(lambda on, index=index: choose(index) if on else None)
            made.append(chooser)
            flow.addWidget(chooser)
        self.body.addWidget(bar)
        return made

    def _choose_group(self, group: int) -> None:
        """The register of this group that was looked at last."""
        if self.tabs.currentIndex() not in self._members[group]:
            self.tabs.setCurrentIndex(self._newest[group])

    def _mark(self, index: int) -> None:
        """Show the choices of the group this register stands in."""
        group = next(n for n, members in enumerate(self._members) if index in members)
        self._newest[group] = index
        for at, chooser in enumerate(self._buttons):
            chooser.setVisible(at in self._members[group])
        self._groups[group].setChecked(True)
        self._buttons[index].setChecked(True)

    def _turned(self, index: int) -> None:
        """Another register is in front; what was said about the one before is no longer asked about."""
        self.findings.clear()
        self._mark(index)
        self.refresh()

    def tab(self) -> QWidget | None:
        """The tab that is shown, made when it was not looked at before; None when there is none."""
        index = self.tabs.currentIndex()
        if index < 0:
            return None
        if index not in self._made:
            _code, _title, module, factory = TABS[index]
            made: QWidget = getattr(import_module(f"villagebook.ui.pages.registering.{module}"), factory)(
                self
            )
            holder = self.tabs.widget(index)
            if holder is None or (layout := holder.layout()) is None:
                raise AssertionError("a tab without a layout")
            layout.addWidget(made)
            self._made[index] = made
        return self._made[index]

    def refresh(self) -> None:
        shown = self.tab()
        if shown is not None:
            shown.refresh()  # type: ignore[attr-defined]  # whatever stands in TABS has it

    def open_target(self, kind: str, ident: str) -> None:
        """`register:CODE/entry` opens a tab, and the entry in it when the tab knows how (`open_entry`, `open_blank` without one)."""
        code, _slash, entry = ident.partition("/")
        for index, (own, _title, _module, _factory) in enumerate(TABS):
            if own == code:
                self.tabs.setCurrentIndex(index)
                shown = self.tab()
                opener = getattr(shown, "open_entry" if entry else "open_blank", None)
                if opener:
                    opener(*filter(None, (entry,)))

    def first_field(self) -> QWidget | None:
        """The choice of registers, unless an entry that was asked for has led into its form already."""
        focused = QApplication.focusWidget()
        if focused is not None and self.tabs.isAncestorOf(focused):
            return None
        return self._buttons[self.tabs.currentIndex()] if self._buttons else None
