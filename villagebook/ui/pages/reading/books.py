"""The books: a table, what narrows it, the voucher of the chosen row beside it, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from villagebook.domain.flowing import TOLD_EVERY, Flowing
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.period import Span
from villagebook.domain.table import Table
from villagebook.domain.voucher_query import VoucherQuery
from villagebook.i18n import N_, _
from villagebook.services import reports
from villagebook.services.period_end import closing
from villagebook.services.vouchers import voucher_search
from villagebook.ui.export import export_made
from villagebook.ui.models.endless_model import UNORDERED, EndlessModel, Fetch, Row
from villagebook.ui.models.flowing_model import FlowingModel
from villagebook.ui.models.table_model import EMPTY, TableModel, fits
from villagebook.ui.page import Page
from villagebook.ui.pages.reading.book_choices import BOOKS, BookChoices, Chosen
from villagebook.ui.pages.voucher_list.voucher_panel import VoucherPanel
from villagebook.ui.tasks import Progress
from villagebook.ui.widgets.forms import button, text
from villagebook.ui.widgets.list_bar import save_buttons, search_line
from villagebook.ui.widgets.table_view import TableView

__all__ = ["BOOKS", "BooksPage"]

AT_ONCE = 5000
"""A list no longer than this is sorted and filtered without asking the background."""
KEPT_ROWS = 2000
"""A page that was left holds no more rows than this; a longer list is read anew."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where somebody was: what was chosen, searched, and which row and voucher were in front."""

    chosen: Chosen
    words: str
    row: int
    voucher: str


class BooksPage(Page):
    """Every book and report; from each figure down to the voucher and its papers, and back again."""

    topics = frozenset({"vouchers", "places", "periods", "accounts", "registers"})
    scrolls = False

    def title(self) -> str:
        return N_("Books")

    def explain(self) -> str:
        return _(
            "Choose a book and from when to when. Enter or a double click goes one step down: from a figure to the ledger, "
            "from an entry to its voucher beside the table, and from there to the papers. Alt+Left goes back. Click a "
            "heading to sort, a third click brings back the order of the book. Copied rows can be pasted into a "
            "spreadsheet."
        )

    def keys(self) -> tuple[tuple[str, str], ...]:
        return (
            (_("Enter"), _("open what is behind this row")),
            ("Alt+←", _("back to where you came from")),
            ("Ctrl+F", _("search in the table")),
            ("Ctrl+C", _("copy rows for a spreadsheet")),
            ("Ctrl+P", _("look at it as it is printed")),
            ("Esc", _("close the voucher")),
        )

    def build(self) -> None:
        self.choices = BookChoices(self.book)
        self.which, self.period, self.place = self.choices.which, self.choices.period, self.choices.place
        self.account = self.choices.account
        self.search = search_line()
        self.back = button(_("← Back"))
        self.back.setEnabled(False)
        self.back.clicked.connect(self.go_back)
        self.choices.flow.addWidget(self.search)
        self.choices.flow.addWidget(self.back)
        for made in save_buttons(self._export):
            self.choices.flow.addWidget(made)
        self.body.addWidget(self.choices)
        self._trail: list[Stand] = []
        self._shown: Chosen | None = None
        self._vouchers = voucher_search.Found()
        self._inner: Table | None = (
            None  # a list that stands in the place of the book: what a line adds up, hits
        )
        self.table = TableView()
        self.table.setAccessibleName(_("Book"))
        self.voucher = VoucherPanel(self)
        self.voucher.setVisible(False)
        self.voucher.closed.connect(self._close_voucher)
        self._split = QSplitter()
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._left())
        self._split.addWidget(self.voucher)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        self.body.addWidget(self._split, 1)
        self._listen()

    def _left(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        self.caption = text("", "quiet")
        column.addWidget(self.caption)
        column.addWidget(self.table, 1)
        return holder

    def _listen(self) -> None:
        self._wait = QTimer(self, singleShot=True, interval=200)
        self._wait.timeout.connect(self._narrow)
        self.search.textChanged.connect(lambda _words: self._wait.start())
        self.choices.changed.connect(self.show_book)
        self.table.opened.connect(self._open)
        self.shortcut("Ctrl+F", self.search.setFocus)
        self.shortcut("Ctrl+P", lambda: self._export("pdf"))
        self.shortcut("Alt+Left", self.go_back)
        self.shortcut("Esc", self._close_voucher)

    # ---- showing ----

    def refresh(self) -> None:
        months = [period for period, _state in closing.period_states(self.book)]
        self.choices.refresh(months, closing.current_period(self.book))
        self.show_book()

    def open_target(self, kind: str, ident: str) -> None:
        """A voucher, or `account:513/2025-03`: the ledger of an account in a month."""
        if kind == "voucher":
            self._open(f"voucher:{ident}")
        elif kind == "account":
            account, _sep, period = ident.partition("/")
            now = self.choices.chosen()
            self._go(
                replace(now, which="detail-ledger", account=account, period=period or now.period, until="")
            )

    def first_field(self) -> QWidget | None:
        return self.table if not self.voucher.isVisible() else self.voucher

    def span(self) -> Span:
        return self.choices.chosen().span

    def show_book(self) -> None:
        """Read the chosen book for the chosen time; of a long one the first rows."""
        self._shown, self._inner = self.choices.chosen(), None
        if self._shown.which == "vouchers":
            self._show_vouchers()
        elif self._shown.which == "aux-ledger" and self._shown.link is None:
            self._ask_entry()
        elif self._shown.which in reports.FLOWING:
            self.attempt(self._flow, self._show_flow)
        else:
            self.attempt(self._make, self._show_report)

    def _ask_entry(self) -> None:
        """Nothing is shown until somebody says whose ledger it is; what stood here before was of something else."""
        self.findings.clear()
        self.table.show_model(TableModel(EMPTY, self.table))
        self.caption.setText(_("Whose ledger? Choose an entry of a register above."))

    def _flow(self) -> Flowing:
        chosen = self.choices.chosen()
        found = reports.flowing(self.book, chosen.which, chosen.span, chosen.choice())
        if found is None:
            raise AssertionError(chosen.which)
        return found

    def _make(self) -> reports.Made:
        chosen = self.choices.chosen()
        return reports.make(self.book, chosen.which, chosen.span, chosen.choice())

    def _show_flow(self, flowing: Flowing) -> None:
        model = FlowingModel(flowing, self.table)
        self._tell(flowing.head)
        if model.is_whole:
            self.table.show_table(model.as_table())
            self.table.filter(self.search.text())
            return
        model.wanted_whole.connect(self._want_whole)
        self.table.show_model(model)
        self.table.filter(self.search.text())

    def _show_report(self, made: reports.Made) -> None:
        self._tell(made.table)
        self.table.show_table(made.table)
        self.table.filter(self.search.text())
        self.show_findings(made.findings)

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
        asked = self.choices.chosen()

        def work(progress: Progress) -> Table:
            found = reports.flowing(self.book, asked.which, asked.span, asked.choice())
            if found is None:
                raise AssertionError(asked.which)
            if not words:
                return found.whole(lambda n: progress(n, 0))
            return _hits(found, words, progress)

        def done(table: Table) -> None:
            if not self.isVisible():
                self._stale = True  # somebody left; the list is not kept for nobody
                return
            if self.choices.chosen() != asked or self.search.text().strip() != words.strip():
                return  # something else was asked for meanwhile
            if words:
                self._inner = table
                self.caption.setText(_("Found: {n}").format(n=f"{len(table.rows):,}"))
            self._show_whole(table, column, order, "")

        self.in_background(_("Reading the whole book…"), work, done)

    def _show_whole(self, table: Table, column: int, order: Qt.SortOrder, words: str) -> None:
        self.table.show_table(table)
        self.table.filter(words)
        if column >= 0:
            self.table.sortByColumn(column, order)

    def _show_vouchers(self) -> None:
        """The vouchers of the span, those that fit the search; any column sorts them, the book being asked anew."""
        span, words = self.span(), self.search.text().strip()
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
        found = self._vouchers = voucher_search.search(self.book, query, wanted)

        def fetch(after: Any, limit: int) -> Sequence[tuple[Any, Row]]:
            return voucher_search.page(self.book, found, after, limit)

        return fetch, len(found)

    def _narrow(self) -> None:
        """Filter what is shown; in the endless list the book itself is searched."""
        words = self.search.text().strip()
        which = self.choices.chosen().which
        if which == "vouchers":
            self._show_vouchers()
        elif which in reports.FLOWING and self._inner is not None:
            self.show_book()  # hits of other words stand there
        else:
            self.table.filter(words)

    # ---- down, and back ----

    def _open(self, target: str) -> None:
        kind, _sep, ident = target.partition(":")
        now = self.choices.chosen()
        if kind == "account":
            self._go(replace(now, which="detail-ledger", account=ident))
        elif kind == "link":
            register, _slash, code = ident.partition("/")
            self._go(replace(now, which="aux-ledger", account="", link=Link(LinkKind(register), code)))
        elif kind == "statement":
            self._remember()
            self._open_line(ident)
        elif kind == "voucher":
            self._show_voucher(ident)
        elif target:
            self.session.go(target)

    def _go(self, wanted: Chosen) -> None:
        self._remember()
        self._put_search("")
        self._close_panel()
        self.choices.choose(wanted)

    def _put_search(self, words: str) -> None:
        self.search.blockSignals(True)
        self.search.setText(words)
        self.search.blockSignals(False)

    def _stand(self) -> Stand:
        voucher = self.voucher.voucher_id() if self.voucher.isVisible() else ""
        return Stand(self.choices.chosen(), self.search.text(), self.table.currentIndex().row(), voucher)

    def _remember(self) -> None:
        self._trail.append(self._stand())
        self.back.setEnabled(True)

    def go_back(self) -> None:
        """To the book, the row and the voucher from which the last step down was made."""
        if not self._trail:
            return
        stand = self._trail.pop()
        self.back.setEnabled(bool(self._trail))
        self._put_search(stand.words)
        self.choices.choose(stand.chosen)
        self._point_at(stand.row)
        if stand.voucher:
            self._show_voucher(stand.voucher)
        else:
            self._close_panel()
            self.table.setFocus()

    def _point_at(self, row: int) -> None:
        model = self.table.values()
        if isinstance(model, FlowingModel):
            model.reach(row)
        if 0 <= row < model.rowCount():
            self.table.setCurrentIndex(model.index(row, 0))
            self.table.scrollTo(model.index(row, 0))

    def _show_voucher(self, ident: str) -> None:
        if not self.voucher.show_voucher(ident):
            return
        if not self.voucher.isVisible():
            self.voucher.setVisible(True)
            width = self._split.width()
            self._split.setSizes([width * 3 // 5, width * 2 // 5])
        self.voucher.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_line(self, ident: str) -> None:
        """The accounts a line of a statement adds up, in its place; Esc or Alt+Left brings the statement back."""
        from villagebook.services.reporting.statement_lines import accounts_of

        name, _sep, no = ident.rpartition(":")
        table = accounts_of(self.book, name, self.span(), int(no))
        self._inner = table
        self._tell(table)
        self.table.show_table(table)

    def _close_voucher(self) -> None:
        if self.voucher.isVisible():
            self._close_panel()
            self.table.setFocus()
        elif self._inner is not None and self._trail and not self.search.text():
            self.go_back()

    def _close_panel(self) -> None:
        self.voucher.setVisible(False)

    def hideEvent(self, event: QHideEvent) -> None:
        """A long list is let go; it is read again when somebody comes back."""
        super().hideEvent(event)
        shown = self.table.model()
        if not event.spontaneous() and self.table.is_filled() and shown.rowCount() > KEPT_ROWS:
            self.table.show_model(TableModel(EMPTY, self.table))
            self._stale = True

    # ---- files ----

    def _export(self, code: str) -> None:
        """The book as a file, read and made in the background; hits and inner lists as they stand."""
        asked, inner = self.choices.chosen(), self._inner
        vouchers, words = self._vouchers, self.search.text().strip()

        def make(progress: Progress) -> Table:
            if inner is not None:
                return inner
            if asked.which == "vouchers":
                when = f"{asked.span} {words}".strip()
                return voucher_search.table(self.book, vouchers, when, lambda n: progress(n, len(vouchers)))
            found = reports.flowing(self.book, asked.which, asked.span, asked.choice())
            if found is not None:
                return found.whole(lambda n: progress(n, 0))
            return reports.make(self.book, asked.which, asked.span, asked.choice()).table

        export_made(self, make, code)


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
