"""The books: cash, bank, journal, trial balance, receipts and payments, and every voucher in one endless list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QSplitter, QVBoxLayout, QWidget

from villagebook.domain.account import BANK, CASH
from villagebook.domain.period import Span
from villagebook.domain.place import Place
from villagebook.domain.table import Column, Shape
from villagebook.domain.voucher import voucher_label
from villagebook.i18n import N_, _
from villagebook.services import books, closing, ledgers, reports
from villagebook.ui.models.endless_model import EndlessModel, Row
from villagebook.ui.models.table_model import TableModel
from villagebook.ui.page import Page
from villagebook.ui.pages.voucher_panel import VoucherPanel
from villagebook.ui.theme import em
from villagebook.ui.widgets.account_picker import AccountPicker
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import button, text
from villagebook.ui.widgets.pickers import Choice, PeriodPicker, PlacePicker
from villagebook.ui.widgets.table_view import TableView

BOOKS = (
    ("cash-book", N_("Cash book")),
    ("bank-book", N_("Bank book")),
    ("journal", N_("Journal")),
    ("trial-balance", N_("Trial balance")),
    ("general-ledger", N_("General ledger")),
    ("detail-ledger", N_("Detail ledger")),
    ("parties", N_("Receivables and payables by party")),
    ("receipts-payments", N_("Receipts and payments")),
    ("balance-sheet", N_("Balance sheet")),
    ("income", N_("Income and distribution")),
    ("signatures", N_("Signatures and rejections")),
    ("log", N_("Log")),
    ("vouchers", N_("All vouchers")),
)
FORMATS = (("pdf", "PDF"), ("xlsx", "XLSX"), ("csv", "CSV"))


class BooksPage(Page):
    """A table, what narrows it, and the voucher of the chosen row beside it."""

    topics = frozenset({"vouchers", "places", "periods", "accounts"})
    scrolls = False

    def title(self) -> str:
        return N_("Books")

    def explain(self) -> str:
        return _(
            "Choose a book and a month. Enter or a double click opens the voucher of a row beside the table. Click a "
            "heading to sort, a third click brings back the order of the book. Copied rows can be pasted into a "
            "spreadsheet."
        )

    def keys(self) -> tuple[tuple[str, str], ...]:
        return (
            (_("Enter"), _("open the voucher of this row")),
            ("Ctrl+F", _("search in the table")),
            ("Ctrl+C", _("copy rows for a spreadsheet")),
            ("Esc", _("close the voucher")),
        )

    def build(self) -> None:
        chooser = QWidget()
        flow = Flow(chooser)
        self.which = Choice([(code, _(words)) for code, words in BOOKS])
        self.period = PeriodPicker()
        self.place = PlacePicker()
        self.account = AccountPicker(books.chart(self.book), {}, leaves_only=False)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search…"))
        self.search.setClearButtonEnabled(True)
        for widget, words, width in (
            (self.which, _("Book"), 12),
            (self.period, _("Period"), 12),
            (self.place, _("Money place"), 11),
            (self.account, _("Account"), 11),
            (self.search, _("Search"), 11),
        ):
            widget.setAccessibleName(words)
            widget.setMinimumWidth(em(width))
            flow.addWidget(widget)
        for code, words in FORMATS:
            made = button(words)
            made.setToolTip(_("Save this table as {format}").format(format=words))
            made.clicked.connect(lambda _checked=False, code=code: self._export(code))
            flow.addWidget(made)
        self.body.addWidget(chooser)
        self.table = TableView()
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
        for chooser in (self.which, self.period, self.place):
            chooser.changed.connect(self.show_book)
        self.account.changed.connect(self.show_book)
        self.table.opened.connect(self._open)
        self.shortcut("Ctrl+F", self.search.setFocus)
        self.shortcut("Esc", self._close_voucher)

    # ---- showing ----

    def refresh(self) -> None:
        months = [period for period, _state in closing.period_states(self.book)]
        self.account.set_chart(books.chart(self.book), {})
        fresh = not self.period.count()
        self.period.set_months(months, longer=True)
        if fresh:
            self.period.set_value(str(closing.current_period(self.book)))
        self.show_book()

    def open_target(self, kind: str, ident: str) -> None:
        """A voucher, or `account:513/2025-03`: the ledger of an account in a month."""
        if kind == "voucher":
            self._open(f"voucher:{ident}")
        elif kind == "account":
            account, _sep, period = ident.partition("/")
            self.period.set_value(period)
            self._open(f"account:{account}")

    def first_field(self) -> QWidget | None:
        return self.table if not self.voucher.isVisible() else self.voucher

    def span(self) -> Span:
        return Span.parse(self.period.value())

    def _places(self) -> None:
        which = self.which.value()
        self.account.setVisible(which in reports.OF_ACCOUNTS)
        account = {"cash-book": CASH, "bank-book": BANK}.get(which, "")
        self.place.setVisible(bool(account))
        if account:
            fitting = [p for p in books.places(self.book).all() if p.account.startswith(account)]
            self.place.set_options([("", _("All places"))] + [(p.code, _name(p)) for p in fitting])

    def show_book(self) -> None:
        """Read the chosen book for the chosen time."""
        self._places()
        if self.which.value() == "vouchers":
            self._show_vouchers()
            return
        self.attempt(self._read, self._show_report)

    def _show_report(self, made: reports.Made) -> None:
        self.caption.setText(f"{made.table.title}  {made.table.subtitle}")
        self.table.show_table(made.table)
        self.table.filter(self.search.text())
        self.show_findings(made.findings)

    def _read(self) -> reports.Made:
        which = self.which.value()
        name = which if which != "vouchers" else "journal"
        choice = reports.Choice(
            account=self.account.code() if which in reports.OF_ACCOUNTS else "",
            place=self.place.value() if which in reports.OF_PLACES else "",
        )
        return reports.make(self.book, name, self.span(), choice)

    def _show_vouchers(self) -> None:
        span = self.span()
        count = ledgers.vouchers_count(self.book, span)
        self.caption.setText(_("All vouchers: {n}").format(n=f"{count:,}"))

        def fetch(after: Any, limit: int) -> Sequence[tuple[Any, Row]]:
            return [_voucher_row(r) for r in ledgers.voucher_rows(self.book, span, after, limit)]

        self.table.show_model(EndlessModel(_voucher_columns(), count, fetch, self.table))

    def _narrow(self) -> None:
        """Filter what is shown; in the endless list the book itself is searched."""
        words = self.search.text().strip()
        if self.which.value() != "vouchers":
            self.table.filter(words)
        elif words:
            found = ledgers.search(self.book, words)
            self.table.show_model(TableModel(found, self.table))
            self.caption.setText(_("Found: {n}").format(n=len(found.rows)))
        else:
            self._show_vouchers()

    def _open(self, target: str) -> None:
        kind, _sep, ident = target.partition(":")
        if kind == "account":
            self.account.set_code(ident)
            self.which.set_value("detail-ledger")
            return
        if kind == "statement":
            self._open_line(ident)
            return
        if kind != "voucher" or not self.voucher.show_voucher(ident):
            return
        if not self.voucher.isVisible():
            self.voucher.setVisible(True)
            width = self._split.width()
            self._split.setSizes([width * 3 // 5, width * 2 // 5])
        self.voucher.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_line(self, ident: str) -> None:
        """The accounts a line of a statement adds up, in its place; Esc brings the statement back."""
        from villagebook.services.statement_lines import accounts_of

        name, _sep, no = ident.rpartition(":")
        table = accounts_of(self.book, name, self.span(), int(no))
        self.caption.setText(f"{table.title}  {table.subtitle}")
        self.table.show_table(table)

    def _close_voucher(self) -> None:
        if not self.voucher.isVisible() and self.which.value() in reports.STATEMENTS:
            self.show_book()
        self.voucher.setVisible(False)
        self.table.setFocus()

    def _export(self, code: str) -> None:
        from villagebook.services import render
        from villagebook.ui.viewer import Viewer, save_bytes

        table = self._read().table
        village = self.book.info.village

        def made(data: bytes) -> None:
            name = f"{village} {table.title} {table.subtitle}"
            if code == "pdf":
                Viewer(name, data, "application/pdf", self).show()
            else:
                self.attempt(lambda: save_bytes(self, data, f"{name}.{code}"), self._tell_saved)

        self.in_background(_("Making the file…"), lambda _progress: render.render(table, code, village), made)

    def _tell_saved(self, path: object) -> None:
        if path is not None:
            self.session.say(_("Saved as {path}.").format(path=path))


def _name(place: Place) -> str:
    return f"{place.code} {place.name}"


def _voucher_columns() -> tuple[Column, ...]:
    return (
        Column("date", _("Date"), Shape.DAY, 9),
        Column("voucher", _("Voucher"), Shape.TEXT, 8),
        Column("summary", _("Summary"), Shape.TEXT, 28),
        Column("party", _("Other party"), Shape.TEXT, 16),
        Column("amount", _("Amount"), Shape.MONEY, 12),
    )


def _voucher_row(found: tuple[Any, ...]) -> tuple[Any, Row]:
    """A row of ledgers.voucher_rows as key, cells and target."""
    booked_on, seq, voucher_id, word, number, summary, party, total_fen, _origin = found
    day = booked_on.isoformat() if isinstance(booked_on, date) else str(booked_on)
    cells = (day, voucher_label(word, number), summary, party, total_fen)
    return (booked_on, seq), (cells, f"voucher:{voucher_id}")
