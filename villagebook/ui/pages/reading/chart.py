"""The chart of accounts: a tree with balances, sub-accounts added and put out of use, what accounts ask of their lines."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHeaderView,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from villagebook.domain.account import Category
from villagebook.domain.money import yuan_text
from villagebook.i18n import N_, _, language
from villagebook.services.vouchers import chart_view
from villagebook.services.vouchers.chart_view import ChartRow, demand_words
from villagebook.ui.export import export_table
from villagebook.ui.page import Page
from villagebook.ui.pages.reading.chart_forms import ChartForms
from villagebook.ui.theme import QUIET, em
from villagebook.ui.widgets.forms import Scroll, button
from villagebook.ui.widgets.list_bar import ListBar, save_buttons, search_line
from villagebook.ui.widgets.list_line import score

CODE = int(Qt.ItemDataRole.UserRole)
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
NAME, BALANCE, ASKS, OTHER = range(4)

CLASSES = {
    Category.ASSET: N_("Asset accounts"),
    Category.LIABILITY: N_("Liability accounts"),
    Category.EQUITY: N_("Equity accounts"),
    Category.COST: N_("Cost accounts"),
    Category.RESULT: N_("Income and expense accounts"),
}


class _Tree(QTreeWidget):
    """Enter does not start editing or expand; it is the page's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        super().keyPressEvent(event)


class ChartPage(Page):
    """Everything there is to know about an account stands in its row; everything to do with it on the right."""

    topics = frozenset({"accounts", "vouchers", "documents"})
    scrolls = False

    def title(self) -> str:
        return N_("Chart of accounts")

    def explain(self) -> str:
        return _(
            "The accounts of the 2023 rule and what the village has put under them. A sub-account is added under any account "
            "but cash, bank and the result of the year, up to four levels; nothing is ever deleted or renamed, an account is "
            "put out of use when it is empty, and taken into use again. An account may ask its lines whom or what they belong to."
        )

    def keys(self) -> tuple[tuple[str, str], ...]:
        return (
            ("Ctrl+F", _("search in the chart")),
            (_("Enter"), _("open the ledger of this account")),
        )

    def build(self) -> None:
        self._rows: dict[str, ChartRow] = {}
        self._items: dict[str, QTreeWidgetItem] = {}
        self.search = search_line(_("Search: code, name or pinyin initials"), 16)
        self.disabled = QCheckBox(_("with those out of use"))
        self.disabled.setChecked(True)
        self.ledger = button(_("Open the &ledger"), self._open_ledger)
        bar = ListBar(self.search, self.disabled, *save_buttons(self._save, ("xlsx", "pdf")), self.ledger)
        self._make_tree()
        self.forms = ChartForms(self)
        area = Scroll(self.forms)
        area.setMinimumWidth(em(23))
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self.tree)
        split.addWidget(area)
        split.setStretchFactor(0, 6)
        split.setStretchFactor(1, 4)
        self.body.addWidget(bar)
        self.body.addWidget(split, 1)
        self._listen()

    def _make_tree(self) -> None:
        self.tree = _Tree()
        self.tree.setAccessibleName(_("Chart of accounts"))
        other = _("Chinese name") if language() == "en" else _("English name")
        self.tree.setHeaderLabels([_("Account"), _("Balance today"), _("Asks for"), other])
        self.tree.setUniformRowHeights(True)
        self.tree.setAlternatingRowColors(True)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.headerItem().setTextAlignment(BALANCE, RIGHT)
        header = self.tree.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Interactive)

    def _listen(self) -> None:
        self._wait = QTimer(self, singleShot=True, interval=150)
        self._wait.timeout.connect(self._narrow)
        self.search.textChanged.connect(lambda _words: self._wait.start())
        self.disabled.toggled.connect(lambda _on: self._narrow())
        self.tree.currentItemChanged.connect(lambda _now, _before: self._point())
        self.tree.itemDoubleClicked.connect(lambda _item, _column: self._open_ledger())
        self.shortcut("Ctrl+F", self.search.setFocus)

    # ---- showing ----

    def refresh(self) -> None:
        self._rows = {r.account.code: r for r in chart_view.rows(self.book, self.session.today)}
        chosen = self.code()
        folded = {c for c, item in self._items.items() if item.childCount() and not item.isExpanded()}
        self.tree.blockSignals(True)
        self.tree.clear()
        self._items = {}
        self._fill()
        for code, item in self._items.items():
            item.setExpanded(code not in folded)
        self.tree.blockSignals(False)
        self._narrow()
        self.choose(chosen or next(iter(self._rows)))
        self._widths()

    def _fill(self) -> None:
        """Five classes, and under them the accounts."""
        bold = self.font()
        bold.setBold(True)
        classes: dict[Category, QTreeWidgetItem] = {}
        for code, row in self._rows.items():
            category = row.account.category
            if category not in classes:
                head = QTreeWidgetItem(self.tree, [_(CLASSES[category])])
                head.setFont(NAME, bold)
                head.setFirstColumnSpanned(True)
                head.setExpanded(True)
                classes[category] = head
            above = self._items.get(row.account.parent, classes[category])
            self._items[code] = self._item(above, row)

    def _item(self, above: QTreeWidgetItem, row: ChartRow) -> QTreeWidgetItem:
        account, tongue = row.account, language()
        first = account.title(tongue)
        second = account.name if first != account.name else account.name_en
        state = _(" (out of use)") if account.disabled else ""
        item = QTreeWidgetItem(
            above,
            [
                f"{account.code}  {first}{state}",
                side_text(row.balance_fen),
                demand_words(row.demand),
                second if second != first else "",
            ],
        )
        item.setData(NAME, CODE, account.code)
        item.setTextAlignment(BALANCE, RIGHT)
        item.setToolTip(NAME, _("{name}: months with bookings {n}").format(name=first, n=row.use))
        item.setToolTip(OTHER, second)
        if account.disabled:
            for column in range(4):
                item.setForeground(column, QColor(QUIET))
        return item

    def _widths(self) -> None:
        """What the figures need, and the rest to the names."""
        header = self.tree.header()
        self.tree.resizeColumnToContents(BALANCE)
        room = self.tree.viewport().width() - header.sectionSize(BALANCE)
        header.resizeSection(NAME, max(em(12), room * 45 // 100))
        header.resizeSection(ASKS, max(em(6), room * 20 // 100))

    def _narrow(self) -> None:
        """Only accounts that fit the words, with what stands above them."""
        wanted = self.search.text().strip().lower()
        shown: set[str] = set()
        for code, row in self._rows.items():
            account = row.account
            if account.disabled and not self.disabled.isChecked():
                continue
            if not wanted or score(wanted, code, account.name, account.name_en) is not None:
                while code:
                    shown.add(code)
                    code = self._rows[code].account.parent
        for code, item in self._items.items():
            item.setHidden(code not in shown)
        for number in range(self.tree.topLevelItemCount()):
            head = self.tree.topLevelItem(number)
            if head is not None:
                below = [head.child(n) for n in range(head.childCount())]
                head.setHidden(all(item is None or item.isHidden() for item in below))
        if wanted and self.code() not in shown and shown:
            best = min(shown, key=lambda c: (s if (s := self._score(wanted, c)) is not None else 99, c))
            self.choose(best)

    def _score(self, wanted: str, code: str) -> int | None:
        account = self._rows[code].account
        return score(wanted, code, account.name, account.name_en)

    def code(self) -> str:
        """The chosen account, "" on the heading of a class."""
        item = self.tree.currentItem()
        return str(item.data(NAME, CODE) or "") if item is not None else ""

    def choose(self, code: str) -> None:
        """Point at an account."""
        if code in self._items:
            self.tree.setCurrentItem(self._items[code])
            self.tree.scrollToItem(self._items[code])
            self._point()

    def _point(self) -> None:
        row = self._rows.get(self.code())
        self.ledger.setEnabled(row is not None)
        self.forms.show_row(row)

    def open_target(self, kind: str, ident: str) -> None:
        if kind == "chart":
            self.choose(ident)

    def first_field(self) -> QWidget | None:
        return self.search

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the tree opens the ledger, Enter in the search goes to the tree."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.tree.hasFocus():
                self._open_ledger()
                return
            if self.search.hasFocus():
                self._narrow()
                self.tree.setFocus()
                return
        super().keyPressEvent(event)

    def _save(self, form: str) -> None:
        export_table(self, chart_view.table(self.book, self.session.today), form)

    def _open_ledger(self) -> None:
        if self.code():
            self.session.go(f"account:{self.code()}")


def side_text(fen: int) -> str:
    """A balance with its side, 借 or 贷; nothing for zero."""
    if not fen:
        return ""
    side = _("Dr") if fen > 0 else _("Cr")
    return f"{side} {yuan_text(abs(fen))}"
