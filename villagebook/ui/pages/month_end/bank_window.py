"""The bank's file beside the book: rows with their vouchers and why, joined and taken apart by keyboard; the sheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QSplitter, QVBoxLayout, QWidget

from villagebook.domain.money import yuan_text
from villagebook.domain.period import Period
from villagebook.i18n import _
from villagebook.services.banking import bank, bank_matching, bank_sheet, bank_view
from villagebook.services.banking.bank_wizard import BankMapping, BankPreview, preview
from villagebook.services.book_file import books
from villagebook.ui import problems
from villagebook.ui.pages.month_end.bank_columns import BankColumns
from villagebook.ui.pages.month_end.bank_drop import FileDrop
from villagebook.ui.session import Session
from villagebook.ui.side_window import SideWindow
from villagebook.ui.theme import em
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import button, labelled, text
from villagebook.ui.widgets.pickers import PersonPicker
from villagebook.ui.widgets.table_view import TableView


class BankWindow(SideWindow):
    """One bank account; `typed` are open items written by hand on the page, read when the sheet is made."""

    def __init__(
        self,
        session: Session,
        places: tuple[str, ...],
        title: str,
        typed: Callable[[], bank_sheet.Typed],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(session, _("Bank and book: {account}").format(account=title), parent)
        self._places, self._typed = places, typed
        self._view: bank_view.BankView | None = None
        self._refused: Path | None = None
        self._build()
        FileDrop(self, self.take_in)
        session.changed.connect(self._on_changed)
        self._start()
        self.resize(min(em(86), 1340), min(em(46), 720))

    # ---- building ----

    def _build(self) -> None:
        self.bank_rows, self.book_rows = TableView(), TableView()
        for table in (self.bank_rows, self.book_rows):
            table.setSelectionMode(TableView.SelectionMode.ExtendedSelection)
        self.because = text("", "quiet", wrap=False)
        self.bank_rows.pointed.connect(lambda _row: self._tell_why())
        self.bank_rows.setAccessibleName(_("Rows of the bank"))
        self.book_rows.setAccessibleName(_("Vouchers the bank does not know"))
        self.bank_rows.opened.connect(lambda _key: self.accept_offered())
        self.book_rows.opened.connect(lambda voucher: self.session.go(f"voucher:{voucher}"))
        QShortcut(
            QKeySequence(Qt.Key.Key_Delete),
            self.bank_rows,
            self.take_apart,
            context=Qt.ShortcutContext.WidgetShortcut,
        )
        column = QVBoxLayout(self)
        column.setSpacing(em(0.5))
        column.addWidget(self._top())
        column.addWidget(self.findings)
        column.addWidget(self._tables(), 1)
        self.says = text("", "heading")
        column.addWidget(self.says)
        column.addWidget(self._bottom())

    def _top(self) -> QWidget:
        bar = QWidget()
        flow = Flow(bar)
        choose = button(_("Take in a bank &file…"), self._choose, main=True)
        columns = button(_("Choose the &columns…"))
        columns.setToolTip(_("For a file that is not read by itself, or wrongly"))
        columns.clicked.connect(self.choose_columns)
        self.day = DateEdit(self.session.today)
        label = labelled(_("Sheet &of"), self.day)
        self.day.setAccessibleName(_("Day of the sheet"))
        self.day.changed.connect(self.refresh)
        keys = text(
            _(
                "Enter accepts what is offered, Delete takes apart, Ctrl+J joins what is selected above and below."
            ),
            "quiet",
            wrap=False,
        )
        for widget in (choose, columns, label, self.day, keys):
            flow.addWidget(widget)
        return bar

    def _tables(self) -> QSplitter:
        split = QSplitter(Qt.Orientation.Vertical)
        for words, table in (
            (_("Rows of the bank"), self.bank_rows),
            (_("Vouchers the bank does not know"), self.book_rows),
        ):
            holder = QWidget()
            inside = QVBoxLayout(holder)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.setSpacing(em(0.2))
            inside.addWidget(text(words, "heading"))
            inside.addWidget(table, 1)
            if table is self.bank_rows:
                inside.addWidget(self.because)
            split.addWidget(holder)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        return split

    def _bottom(self) -> QWidget:
        bar = QWidget()
        row = Flow(bar)
        for words, act, key in (
            (_("&Accept"), self.accept_offered, ""),
            (_("&Take apart"), self.take_apart, ""),
            (_("&Join selected"), self.join_selected, "Ctrl+J"),
        ):
            made = button(words, key=key)
            made.setAutoDefault(False)
            made.clicked.connect(act)
            row.addWidget(made)
        self.checked_by = PersonPicker()
        self.checked_by.setFixedWidth(em(9))
        sheet = button(_("S&how the sheet"))
        sheet.setAutoDefault(False)
        sheet.clicked.connect(self.show_sheet)
        sign = button(_("&Sign the sheet"), main=True)
        sign.setAutoDefault(False)
        sign.clicked.connect(self.sign_sheet)
        for widget in (labelled(_("Chec&ked by"), self.checked_by), self.checked_by, sheet, sign):
            row.addWidget(widget)
        return bar

    # ---- showing ----

    def _start(self) -> None:
        """The sheet of the month the statements end in."""
        self.checked_by.set_persons(books.staff(self.book).persons.values())
        found = bank_matching.sides(self.book, self._places)
        if found:
            self.day.set_day(min(Period.of(found.until).last_day, self.session.today))
        self.refresh()
        self.bank_rows.setFocus()

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & {"counts", "vouchers"}:
            self.refresh()

    def _day(self) -> date:
        return self.day.day() or self.session.today

    def refresh(self) -> None:
        """Read anew."""
        self._view = bank_view.look(self.book, self._places, self._day())
        if self._view is None:
            self.says.setText(_("No file of this account was taken in yet. Choose one, or drop it here."))
            return
        self.bank_rows.show_table(self._view.bank_table())
        self.book_rows.show_table(self._view.book_table())
        if not self.bank_rows.currentIndex().isValid() and self._view.rows:
            self.bank_rows.setCurrentIndex(self.bank_rows.values().index(0, 0))
        self._tell_why()
        self._tell()

    def _tell_why(self) -> None:
        """The whole reason for the current row; in the table it may be cut."""
        row = self._row()
        self.because.setText(f"{row.mark} {row.why}" if row else "")

    def _tell(self) -> None:
        try:
            sheet = bank_sheet.compile_sheet(self.book, self._places, self._day(), self._typed())
        except problems.EXPECTED as error:
            self.says.setText(" ".join(f.text for f in problems.as_findings(error)))
            return
        content = sheet.content
        words = _("Book {book}, bank {bank}; both adjusted: {adjusted}.").format(
            book=yuan_text(content.book_fen),
            bank=yuan_text(content.bank_fen),
            adjusted=yuan_text(content.adjusted_book_fen),
        )
        if content.unexplained_fen:
            words = _("Book {book}, bank {bank}; {amount} is not explained.").format(
                book=yuan_text(content.book_fen),
                bank=yuan_text(content.bank_fen),
                amount=yuan_text(content.unexplained_fen),
            )
        if sheet.checked_by:
            words += " " + _("Signed; checked by {name}.").format(name=sheet.checked_by)
        self.says.setText(words)
        self.says.setProperty("role", "red" if content.unexplained_fen else "heading")
        self.says.style().polish(self.says)

    # ---- doing ----

    def _choose(self) -> None:
        path = self._ask_for_file()
        if path is not None:
            self.take_in(path)

    def _ask_for_file(self) -> Path | None:
        pattern = _("Bank files (*.xlsx *.xls *.csv *.txt *.htm *.html)")
        name, _filter = QFileDialog.getOpenFileName(self, _("Take in a bank file"), "", pattern)
        return Path(name) if name else None

    def choose_columns(self) -> None:
        """Say which column means what: of the file that was refused last, else of one that is asked for."""
        path = self._refused or self._ask_for_file()
        if path is None:
            return

        def shown(seen: BankPreview) -> None:
            BankColumns(self.session, self._places, path, seen, self.take_in, self).show()

        self.findings.attempt(lambda: preview(self.book, self._places, path, self.session.today), shown)

    def take_in(self, path: Path, mapping: BankMapping | None = None) -> None:
        """Take a file in, read as told or as the program knows, and match what is sure."""
        by = self.session.by()
        self._refused = path

        def both() -> tuple[bank.TakenIn, int]:
            made = bank.import_statement(self.book, self._places, path, mapping, by=by)
            matched, _left = bank_matching.match(self.book, self._places, by)
            return made, matched

        def told(result: tuple[bank.TakenIn, int]) -> None:
            made, matched = result
            self._refused = None
            self.findings.show_findings(made.findings)
            self.day.set_day(min(Period.of(made.last_on).last_day, self.session.today))
            self.refresh()
            self.session.say(
                _("{n} rows of the bank taken in, {m} matched with their vouchers.").format(
                    n=made.new, m=matched
                )
            )

        self.findings.attempt(both, told)

    def _row(self) -> bank_view.BankRow | None:
        return self._view.row(self.bank_rows.target()) if self._view else None

    def accept_offered(self) -> None:
        """Accept what is proposed for the current row."""
        row = self._row()
        if row is None or row.proposal is None:
            return
        offered = row.proposal
        keys, ids = [b.key for b in offered.bank], [m.id for m in offered.book]
        by = self.session.by()
        self.findings.attempt(
            lambda: bank_matching.accept(self.book, self._places, keys, ids, by, offered.tier)
        )

    def take_apart(self) -> None:
        """Undo the match of the current row."""
        row = self._row()
        if row is not None and row.match is not None:
            match, by = row.match, self.session.by()
            self.findings.attempt(lambda: bank_matching.undo(self.book, self._places, match.id, by))

    def join_selected(self) -> None:
        """Say that the selected rows and vouchers are the same."""
        keys, ids = _selected(self.bank_rows), _selected(self.book_rows)
        by = self.session.by()
        self.findings.attempt(lambda: bank_matching.accept(self.book, self._places, keys, ids, by))

    def show_sheet(self) -> None:
        """The sheet as paper, to look at and to print."""
        if not self.findings.reads(self.day):
            return
        from villagebook.services.render import render
        from villagebook.ui.viewer import PDF, Viewer

        def made() -> bytes:
            sheet = bank_sheet.compile_sheet(self.book, self._places, self._day(), self._typed())
            return render(bank_sheet.sheet_table(sheet), "pdf", self.book.info.village)

        self.findings.attempt(made, lambda data: Viewer(_("Bank reconciliation"), data, PDF, self).show())

    def sign_sheet(self) -> None:
        """Record the sheet with the name of who checked it."""
        if not self.findings.reads(self.day):
            return
        person, by = self.checked_by.value(), self.session.by()
        day, typed = self._day(), self._typed()

        def signed(_content: object) -> None:
            self.session.say(_("Sheet of {day} signed.").format(day=day.isoformat()))

        self.findings.attempt(
            lambda: bank_sheet.reconcile(self.book, self._places, day, person, by, typed), signed
        )


def _selected(table: TableView) -> list[str]:
    if table.model() is None:
        return []
    values = table.values()
    return [values.target(index.row()) for index in table.selectionModel().selectedRows()]
