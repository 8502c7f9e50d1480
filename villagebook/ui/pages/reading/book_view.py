"""A book or report as it is shown: at once, row by row, or only its hits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from villagebook.domain.flowing import TOLD_EVERY, Flowing
from villagebook.domain.table import Table
from villagebook.domain.voucher_query import VoucherQuery
from villagebook.i18n import _
from villagebook.services import reports
from villagebook.services.vouchers import voucher_search
from villagebook.ui.models.endless_model import UNORDERED, EndlessModel, Fetch, Row
from villagebook.ui.models.flowing_model import FlowingModel
from villagebook.ui.models.table_model import EMPTY, TableModel, fits
from villagebook.ui.page import Page
from villagebook.ui.pages.reading.book_choices import BookChoices, Chosen
from villagebook.ui.tasks import Progress
from villagebook.ui.widgets.forms import text
from villagebook.ui.widgets.table_view import TableView

AT_ONCE = 5000
"""A list no longer than this is sorted and filtered without asking the background."""
KEPT_ROWS = 2000
"""A page that was left holds no more rows than this; a longer list is read anew."""


class BookView(QWidget):
    """A caption and the table below it; a long list comes row by row, and whole when somebody sorts or searches it."""

    outdated = Signal()
    """What stands here is not all that was asked for: it is to be read anew when somebody comes back."""

    def __init__(self, page: Page, choices: BookChoices, search: QLineEdit) -> None:
        super().__init__()
        self._page, self._choices, self._search = page, choices, search
        self._book = page.book
        self._vouchers = voucher_search.Found()
        self.inner: Table | None = None
        """A list that stands in the place of the book: what a line adds up, hits."""
        self.caption = text("", "quiet")
        self.table = TableView()
        self.table.setAccessibleName(_("Book"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.caption)
        column.addWidget(self.table, 1)

    # ---- what is asked for ----

    def show_chosen(self) -> None:
        """Read the chosen book for the chosen time; of a long one the first rows."""
        asked = self._choices.chosen()
        self.inner = None
        if asked.which == "vouchers":
            self._show_vouchers()
        elif asked.which == "aux-ledger" and asked.link is None:
            self._ask_entry()
        elif asked.which in reports.FLOWING:
            self._page.attempt(lambda: self._flow(asked), self._show_flow)
        else:
            self._page.attempt(lambda: self._report(asked), self._show_report)

    def show_inner(self, table: Table) -> None:
        """A list in the place of the book."""
        self.inner = table
        self._tell(table)
        self.table.show_table(table)

    def narrow(self) -> None:
        """Filter what is shown; in the endless list the book itself is searched."""
        which = self._choices.chosen().which
        if which == "vouchers":
            self._show_vouchers()
        elif which in reports.FLOWING and self.inner is not None:
            self.show_chosen()  # hits of other words stand there
        else:
            self.table.filter(self._words())

    def point_at(self, row: int) -> None:
        """Choose a row, also one that a long list has not read yet."""
        model = self.table.values()
        if isinstance(model, FlowingModel):
            model.reach(row)
        if 0 <= row < model.rowCount():
            self.table.setCurrentIndex(model.index(row, 0))
            self.table.scrollTo(model.index(row, 0))

    def let_go(self) -> None:
        """Nobody looks: a long list is not kept."""
        if self.table.is_filled() and self.table.model().rowCount() > KEPT_ROWS:
            self.table.show_model(TableModel(EMPTY, self.table))
            self.outdated.emit()

    def reader(self) -> Callable[[Progress], Table]:
        """How the book is read whole as it is asked for now, in the background; hits and inner lists as they stand."""
        asked, inner, vouchers, words = self._choices.chosen(), self.inner, self._vouchers, self._words()

        def read(progress: Progress) -> Table:
            if inner is not None:
                return inner
            if asked.which == "vouchers":
                when = f"{asked.span} {words}".strip()
                return voucher_search.table(self._book, vouchers, when, lambda n: progress(n, len(vouchers)))
            if asked.which in reports.FLOWING:
                return self._flow(asked).whole(lambda n: progress(n, 0))
            return self._report(asked).table

        return read

    def _words(self) -> str:
        return self._search.text().strip()

    def _flow(self, asked: Chosen) -> Flowing:
        found = reports.flowing(self._book, asked.which, asked.span, asked.choice())
        if found is None:
            raise AssertionError(asked.which)
        return found

    def _report(self, asked: Chosen) -> reports.Made:
        return reports.make(self._book, asked.which, asked.span, asked.choice())

    # ---- showing ----

    def _ask_entry(self) -> None:
        """Nothing is shown until somebody says whose ledger it is; what stood here before was of something else."""
        self._page.findings.clear()
        self.table.show_model(TableModel(EMPTY, self.table))
        self.caption.setText(_("Whose ledger? Choose an entry of a register above."))

    def _show_flow(self, flowing: Flowing) -> None:
        model = FlowingModel(flowing, self.table)
        self._tell(flowing.head)
        if model.is_whole:
            self.table.show_table(model.as_table())
            self.table.filter(self._words())
            return
        model.wanted_whole.connect(self._want_whole)
        self.table.show_model(model)
        self.table.filter(self._words())

    def _show_report(self, made: reports.Made) -> None:
        self._tell(made.table)
        self.table.show_table(made.table)
        self.table.filter(self._words())
        self._page.show_findings(made.findings)

    def _tell(self, table: Table) -> None:
        self.caption.setText(f"{table.title}  {table.subtitle}")

    def _want_whole(self, column: int, order: Qt.SortOrder, words: str) -> None:
        """A long list by another order, or only its hits: read in the background, shown when it is there."""
        model = self.table.model()
        if isinstance(model, FlowingModel):
            model.reach(AT_ONCE)
            if model.is_whole:
                self._show_whole(model.as_table(), column, order, words)
                return
        asked = self._choices.chosen()

        def work(progress: Progress) -> Table:
            found = self._flow(asked)
            return _hits(found, words, progress) if words else found.whole(lambda n: progress(n, 0))

        def done(table: Table) -> None:
            if not self.isVisible():
                self.outdated.emit()  # somebody left; the list is not kept for nobody
                return
            if self._choices.chosen() != asked or self._words() != words.strip():
                return  # something else was asked for meanwhile
            if words:
                self.inner = table
                self.caption.setText(_("Found: {n}").format(n=f"{len(table.rows):,}"))
            self._show_whole(table, column, order, "")

        self._page.in_background(_("Reading the whole book…"), work, done)

    def _show_whole(self, table: Table, column: int, order: Qt.SortOrder, words: str) -> None:
        self.table.show_table(table)
        self.table.filter(words)
        if column >= 0:
            self.table.sortByColumn(column, order)

    def _show_vouchers(self) -> None:
        """The vouchers of the span, those that fit the search; any column sorts them, the book being asked anew."""
        span, words = self._choices.chosen().span, self._words()
        query = VoucherQuery(words, span.first.first_day, span.last.last_day)
        fetch, count = self._found(query, *UNORDERED)
        told = _("Found: {n}") if words else _("All vouchers: {n}")
        self.caption.setText(told.format(n=f"{count:,}"))
        self.table.show_model(
            EndlessModel(
                voucher_search.columns(),
                count,
                fetch,
                self.table,
                by_place=True,
                reorder=lambda column, order: self._found(query, column, order)[0],
            )
        )

    def _found(self, query: VoucherQuery, column: int, order: Qt.SortOrder) -> tuple[Fetch, int]:
        """How the vouchers that fit are read in an order, and how many they are."""
        wanted = voucher_search.order_of(column, order == Qt.SortOrder.DescendingOrder)
        found = self._vouchers = voucher_search.search(self._book, query, wanted)

        def fetch(after: Any, limit: int) -> Sequence[tuple[Any, Row]]:
            return voucher_search.page(self._book, found, after, limit)

        return fetch, len(found)


def _hits(found: Flowing, words: str, progress: Progress) -> Table:
    """The rows of a list in which every word occurs; sums are not of these rows."""
    rows, targets = [], []
    for number, (cells, target, kind) in enumerate(found.rows):
        if not number % TOLD_EVERY:
            progress(number, 0)
        if not kind and fits(cells, found.head.columns, words):
            rows.append(cells)
            targets.append(target)
    return replace(found.head, rows=tuple(rows), targets=tuple(targets), carried=None)
