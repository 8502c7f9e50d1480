"""The vouchers: all of them, found by any field, with the classic face of the one in front."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QVBoxLayout, QWidget

from villagebook.domain.period import Span
from villagebook.domain.voucher_query import Fate
from villagebook.i18n import N_, _
from villagebook.services.vouchers import voucher_search, voucher_sheets
from villagebook.services.vouchers.voucher_search import Found
from villagebook.ui.export import export_made
from villagebook.ui.models.endless_model import UNORDERED, EndlessModel, Fetch, Row
from villagebook.ui.page import Page
from villagebook.ui.pages.entering import peer_keys
from villagebook.ui.pages.voucher_list.voucher_filters import VoucherFilters
from villagebook.ui.pages.voucher_list.voucher_panel import VoucherPanel
from villagebook.ui.pages.voucher_list.voucher_print import MOST, PAPERS, print_sheets
from villagebook.ui.theme import em
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import button, text
from villagebook.ui.widgets.list_bar import ListBar, save_buttons
from villagebook.ui.widgets.pickers import Choice
from villagebook.ui.widgets.table_view import TableView

SHOW_AFTER = 40
"""Milliseconds after the last move in the list, so that a held key runs through it freely."""


class VouchersPage(Page):
    """Search above, the list on the left, the voucher on the right."""

    topics = frozenset({"vouchers", "places", "people", "registers"})
    scrolls = False

    def title(self) -> str:
        return N_("Vouchers")

    def explain(self) -> str:
        return _(
            "Every posted voucher, the newest first. Type what you remember of it: words of the summary, a party, an account, "
            "a number of a paper, an exact amount, 付-0007. All conditions hold together. Click a heading to sort, a third "
            "click brings back the newest first. The voucher in front can be printed, entered once more, set right or undone "
            "in red; nothing posted is ever changed. Where the township asks for a second person's check, More fields, State shows "
            "what waits for it."
        )

    def keys(self) -> tuple[tuple[str, str], ...]:
        return (
            ("Ctrl+F", _("search")),
            ("Alt+Home, Alt+End", _("first, last voucher of the result")),
            ("Alt+PgUp, Alt+PgDn", _("previous, next voucher of the result")),
            (_("Enter"), _("from the list to the voucher; Up and Down there choose a line")),
            ("Ctrl+D", _("the same once more, as a draft")),
            ("Ctrl+P", _("print")),
            ("Ctrl+C", _("copy rows for a spreadsheet")),
            *peer_keys.words(),
        )

    def build(self) -> None:
        self._found = Found()
        self._sorted = UNORDERED
        self.paper = Choice([(code, _(words)) for code, words in PAPERS])
        self.paper.setAccessibleName(_("Paper size"))
        self.paper.setMinimumWidth(em(8))
        self.add_action(self.paper)
        self.print_button = button(_("Print &all…"))
        self.print_button.setMenu(self._print_menu())
        self.add_action(self.print_button)
        self.filters = VoucherFilters(self.book)
        self.filters.changed.connect(self._on_typed)
        self.body.addWidget(self.filters)
        self.table = TableView()
        self.table.setAccessibleName(_("Vouchers"))
        self.voucher = VoucherPanel(self, closable=False)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self._left())
        split.addWidget(self._right())
        split.setStretchFactor(0, 53)
        split.setStretchFactor(1, 57)
        split.setSizes([em(53), em(57)])
        self.body.addWidget(split, 1)
        self._listen()

    def _print_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(_("The marked vouchers"), self.print_marked)
        menu.addAction(_("All that were found"), self.print_found)
        menu.addAction(_("The month of this voucher, with covers"), self.print_month)
        return menu

    def _left(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        self.caption = text("", "quiet", wrap=False)
        column.addWidget(ListBar(self.caption, *save_buttons(self._export)))
        column.addWidget(self.table, 1)
        return holder

    def _right(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        bar = QWidget()
        flow = Flow(bar)
        self.where = text("", "quiet", wrap=False)
        self.walk_buttons = []
        for words, key, act in (
            (_("First"), "Alt+Home", lambda: self.walk_to(0)),
            (_("Previous"), "Alt+PgUp", lambda: self.walk(-1)),
            (_("Next"), "Alt+PgDown", lambda: self.walk(1)),
            (_("Last"), "Alt+End", lambda: self.walk_to(len(self._found) - 1)),
        ):
            made = button(words)
            made.setToolTip(key)
            made.clicked.connect(act)
            self.shortcut(key, act)
            self.walk_buttons.append(made)
            flow.addWidget(made)
        row = QHBoxLayout()
        row.setContentsMargins(em(0.5), 0, 0, 0)
        row.addWidget(bar, 1)
        row.addWidget(self.where)
        column.addLayout(row)
        column.addWidget(self.voucher, 1)
        return holder

    def _listen(self) -> None:
        self._soon = QTimer(self, singleShot=True, interval=SHOW_AFTER)
        self._soon.timeout.connect(self._show_current)
        self.table.pointed.connect(lambda _row: self._soon.start())
        self.table.opened.connect(lambda _target: self.voucher.setFocus(Qt.FocusReason.OtherFocusReason))
        self.voucher.wanted.connect(self._mark)
        self.voucher.check.marked = self._marked
        self.shortcut("Ctrl+F", self.filters.text.setFocus)
        self.shortcut("Ctrl+P", self.print_one)
        self.shortcut("Ctrl+D", self.voucher.acts.duplicate)
        peer_keys.listen(self, self.voucher.acts.ask_reason)

    # ---- showing ----

    def refresh(self) -> None:
        self.filters.refresh()
        self.search()

    def first_field(self) -> QWidget | None:
        return self.table

    def open_target(self, kind: str, ident: str) -> None:
        """A finding or a link points at a voucher: it is shown even when the result does not hold it."""
        if kind == "voucher":
            self._mark(ident)
            self.voucher.show_voucher(ident)
            self._show_place()
            self._soon.stop()
        elif kind == "unchecked":
            self.filters.only(Fate.UNCHECKED)

    def search(self) -> None:
        """Find anew and stay at the voucher in front when it is still among them."""
        self._list()
        self._on_order()

    def _on_typed(self) -> None:
        """The list at once; the voucher in front a moment later, so that it does not hold up the list.

        It stays in front while it is among the first that were found: nobody who types is led far down a long list.
        """
        self._list()
        self._mark(self.voucher.voucher_id(), near=True)
        if len(self._found):
            self._soon.start()
        else:
            self._show_current()

    def _list(self) -> None:
        fetch = self._find(*self._sorted)
        model = EndlessModel(
            voucher_search.columns(),
            len(self._found),
            fetch,
            self.table,
            by_place=True,
            reorder=self._find,
            ordered=self._sorted,
        )
        self.table.show_model(model)
        model.modelReset.connect(self._on_heading)  # after the table, which forgets its current row then
        self.table.selectionModel().selectionChanged.connect(lambda *_rows: self.voucher.check.count_marked())
        self.caption.setText(_("Found: {n}").format(n=f"{len(self._found):,}"))

    def _find(self, column: int, order: Qt.SortOrder) -> Fetch:
        """Ask the book for what is wanted, by a column; -1 is the newest first."""
        self._sorted = (column, order)
        wanted = voucher_search.order_of(column, order == Qt.SortOrder.DescendingOrder)
        found = self._found = voucher_search.search(self.book, self.filters.query(), wanted)

        def fetch(after: Any, limit: int) -> Sequence[tuple[Any, Row]]:
            return voucher_search.page(self.book, found, after, limit)

        return fetch

    def _on_heading(self) -> None:
        """Sorted by a heading: what comes first then is what somebody wants to see; the voucher itself a moment later."""
        self.walk_to(0)
        self._soon.start()

    def _on_order(self) -> None:
        """The voucher in front stays in front, wherever it stands now."""
        self._mark(self.voucher.voucher_id())
        self._show_current()

    def _mark(self, voucher_id: str, *, near: bool = False) -> None:
        """Put the list on a voucher; on its first row when it is not there, or not `near` the beginning."""
        found = self._found.beginning() if near else self._found
        place = voucher_search.place_of(self.book, found, voucher_id) if voucher_id else None
        self.walk_to(place or 0)

    def _show_place(self) -> None:
        """How far into the result the list stands, and where one can go from there."""
        row, count = self.table.currentIndex().row(), len(self._found)
        self.where.setText(f"{row + 1:,} / {count:,}" if count and row >= 0 else "")
        for made, possible in zip(
            self.walk_buttons, (row > 0, row > 0, row + 1 < count, row + 1 < count), strict=True
        ):
            made.setEnabled(possible)

    def _show_current(self) -> None:
        self._soon.stop()
        row, count = self.table.currentIndex().row(), len(self._found)
        self.voucher.setVisible(count > 0)
        self._show_place()
        kind, _sep, ident = self.table.target().partition(":") if row >= 0 and count else ("", "", "")
        if kind == "voucher" and ident != self.voucher.voucher_id():
            self.voucher.show_voucher(ident)
        elif kind == "voucher":
            self.voucher.show_again()

    def walk(self, step: int) -> None:
        """To the voucher so many rows further."""
        self.walk_to(self.table.currentIndex().row() + step)

    def walk_to(self, row: int) -> None:
        """To a row of the result; beyond its ends nothing happens."""
        if 0 <= row < len(self._found):
            self.table.setCurrentIndex(self.table.values().index(row, 0))
            self.table.scrollTo(self.table.currentIndex())

    # ---- files ----

    def _export(self, form: str) -> None:
        """What was found, in the order it stands in."""
        found, words = self._found, self.filters.text.text().strip()
        export_made(
            self,
            lambda progress: voucher_search.table(self.book, found, words, lambda n: progress(n, len(found))),
            form,
        )

    # ---- printing ----

    def print_one(self) -> None:
        if self.voucher.voucher_id():
            self._print(voucher_sheets.sheets(self.book, [self.voucher.voucher_id()]))

    def print_marked(self) -> None:
        self._print_rows(self._marked_rows())

    def _marked_rows(self) -> list[int]:
        return sorted(index.row() for index in self.table.selectionModel().selectedRows())

    def _marked(self) -> tuple[str, ...]:
        """Ids of the vouchers that are marked in the list."""
        return voucher_search.ids(self.book, self._found, self._marked_rows())

    def print_found(self) -> None:
        self._print_rows(range(len(self._found)))

    def _print_rows(self, rows: Sequence[int]) -> None:
        """Oldest first, as they are bound."""
        if len(rows) > MOST:
            self.say_problem(
                _("{n} vouchers are too many for one file; narrow the search to {most} at most.").format(
                    n=f"{len(rows):,}", most=f"{MOST:,}"
                )
            )
            return
        ids = voucher_search.ids(self.book, self._found, list(rows))
        self._print(voucher_sheets.sheets(self.book, reversed(ids)))

    def print_month(self) -> None:
        """Everything of one month by word and number, a cover before each volume."""
        sheet = voucher_sheets.sheet(self.book, self.voucher.voucher_id())
        if sheet is not None:
            span = Span.of(sheet.voucher.period)
            self._print(voucher_sheets.sheets_of(self.book, span), with_covers=True)

    def _print(self, sheets: Sequence[Any], *, with_covers: bool = False) -> None:
        print_sheets(self, sheets, with_covers=with_covers, paper=self.paper.value())
