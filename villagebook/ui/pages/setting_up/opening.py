"""Opening balances by hand: kept while half done, checked while typed, set once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from villagebook.domain.finding import Finding, Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.voucher import VoucherLine
from villagebook.i18n import _
from villagebook.services import links
from villagebook.services.book_file import books
from villagebook.services.bringing_in import opening_entry
from villagebook.services.bringing_in.opening_entry import OpeningRow
from villagebook.services.disclosure import demands
from villagebook.ui.page import Page
from villagebook.ui.problems import EXPECTED, as_findings
from villagebook.ui.theme import em, open_at
from villagebook.ui.widgets.findings_panel import FindingsPanel
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import Scroll, button, enter_moves, text
from villagebook.ui.widgets.opening_grid import OpeningGrid
from villagebook.ui.widgets.table_view import TableView

KEEP_AFTER = 1200
LOOK_AFTER = 300
"""Milliseconds after the last key: what is typed is kept, what is to be said is shown."""


class OpeningDialog(QDialog):
    """Not modal: registers and chart stay at hand behind it."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.page, self.book = page, page.book
        self.setWindowTitle(_("Opening balances"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.chart = books.chart(self.book)
        self.grid = OpeningGrid(self.chart, books.places(self.book).all())
        self.grid.offer(links.choices(self.book), demands.demands(self.book))
        self.findings = FindingsPanel()
        column = QVBoxLayout(self)
        column.addWidget(
            text(
                _(
                    "What every account stood at when {start} began, debit or credit. “+” divides an account by party. What is "
                    "typed is kept by itself; the balances are set once, when debit and credit are equal."
                ).format(start=self.book.info.start),
                "quiet",
            )
        )
        column.addWidget(self._bar())
        column.addWidget(self.findings)
        self.area = Scroll(self.grid)
        self.head = self._head()
        column.addWidget(self.head)
        column.addWidget(self.area, 1)
        self.preview = TableView()
        self.preview.setVisible(False)
        column.addWidget(self.preview, 1)
        column.addWidget(self._foot())
        self._keep_timer = QTimer(self, singleShot=True, interval=KEEP_AFTER)
        self._keep_timer.timeout.connect(self.keep)
        self._look_timer = QTimer(self, singleShot=True, interval=LOOK_AFTER)
        self._look_timer.timeout.connect(self._look_when_left)
        self._waiting = False
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)
        self.grid.show_rows(opening_entry.kept(self.book))
        self.grid.changed.connect(self._touched)
        self.look_over()
        open_at(self, 62, 42)
        self.search.setFocus()

    def _bar(self) -> QWidget:
        bar = QWidget()
        flow = Flow(bar)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search: code, name or pinyin initials"))
        self.search.setAccessibleName(_("Search"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(em(15))
        self.search.textChanged.connect(self.grid.filter)
        self.file = button(_("Take from a &file…"))
        self.file.setToolTip(_("A table with account, place, other party, debit and credit (CSV or XLSX)"))
        self.file.clicked.connect(self._choose)
        self.looks = button(_("&Trial balance"))
        self.looks.setCheckable(True)
        self.looks.toggled.connect(self._show_preview)
        for widget in (self.search, self.file, self.looks):
            flow.addWidget(widget)
        return bar

    def _head(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(em(0.2), 0, em(0.2), 0)
        row.setSpacing(em(0.3))
        row.addWidget(text(_("Account"), "quiet"), 1)
        for words in (_("Debit"), _("Credit")):
            label = text(words, "quiet", wrap=False)
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            label.setFixedWidth(em(9))
            row.addWidget(label)
        row.addSpacing(em(3.4))
        return holder

    def _foot(self) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        self.sums = text("", "heading", wrap=False)
        self.gap = text("", "red", wrap=False)
        later = button(_("Go on &later"), self.close)
        self.set_button = button(_("&Set opening balances"), self._set, main=True)
        row.addWidget(self.sums)
        row.addWidget(self.gap)
        row.addStretch(1)
        row.addWidget(later)
        row.addWidget(self.set_button)
        return foot

    # ---- showing ----

    def _touched(self) -> None:
        self._keep_timer.start()
        self._look_timer.start()
        self._show_sums(self.grid.lines())

    def _show_sums(self, lines: tuple[VoucherLine, ...]) -> None:
        debit, credit = sum(x.debit_fen for x in lines), sum(x.credit_fen for x in lines)
        self.sums.setText(
            _("Debit {debit}   Credit {credit}").format(debit=yuan_text(debit), credit=yuan_text(credit))
        )
        words = _("Difference {amount}").format(amount=yuan_text(debit - credit)) if debit != credit else ""
        self.gap.setText(words)
        self.set_button.setEnabled(bool(lines) and debit == credit and not self.grid.problems())

    def _look_when_left(self) -> None:
        """What is half typed is no mistake: a line is looked over when the cursor has left it."""
        self._waiting = self.grid.line_around(self.focusWidget()) is not None
        if not self._waiting:
            self.look_over()

    def _on_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        """`now` is nobody while another window is in front."""
        is_pending = self._waiting or self._look_timer.isActive()
        if is_pending and now is not None and self.grid.line_around(before) is not self.grid.line_around(now):
            self.look_over()

    def look_over(self) -> None:
        """Sums, findings and, when it is looked at, the trial balance; the difference has its own place below."""
        self._look_timer.stop()
        self._waiting = False
        lines = self.grid.lines()
        self._show_sums(lines)
        readable = self.grid.lines(readable=True)
        said = tuple(
            f
            for f in opening_entry.look_over(self.book, readable, self.page.session.by())
            if f.id != "OPN-07"
        )
        wrong = tuple(Finding("", Severity.ERROR, "", words) for words in self.grid.problems())
        self.findings.show_findings((*wrong, *said) if lines or wrong else ())
        if self.looks.isChecked():
            self._fill_preview(lines)

    def _show_preview(self, wanted: bool) -> None:
        self.preview.setVisible(wanted)
        self.area.setVisible(not wanted)
        self.head.setVisible(not wanted)
        if wanted:
            self._fill_preview(self.grid.lines())

    def _fill_preview(self, lines: tuple[VoucherLine, ...]) -> None:
        self.preview.show_table(opening_entry.trial_balance(self.chart, lines, self.book.info.village))

    # ---- verbs ----

    def keep(self) -> None:
        """What is typed survives a power cut."""
        self._keep_timer.stop()
        if self.book.read_only or not opening_entry.is_open(self.book):
            return
        try:
            opening_entry.keep(self.book, self.grid.rows(), self.page.session.by())
        except EXPECTED as error:
            self.findings.show_findings(as_findings(error))

    def _choose(self) -> None:
        name, _filter = QFileDialog.getOpenFileName(
            self, self.file.text().replace("&", ""), "", _("Tables (*.csv *.xlsx);;All files (*)")
        )
        if name:
            self.take_file(Path(name))

    def take_file(self, path: Path) -> None:
        """Instead of what stands in the grid; a file with a mistake changes nothing."""
        try:
            lines = opening_entry.from_file(self.book, path)
        except EXPECTED as error:
            self.findings.show_findings(as_findings(error))
            return
        self.grid.show_rows(
            OpeningRow(
                x.account,
                x.place,
                x.party,
                yuan_text(x.debit_fen) if x.debit_fen else "",
                yuan_text(x.credit_fen) if x.credit_fen else "",
                tuple((link.kind.value, link.code) for link in x.links),
            )
            for x in lines
        )
        self.page.session.say(_("{n} balances are taken from the file; look them over.").format(n=len(lines)))

    def _set(self) -> None:
        try:
            opening_entry.set_lines(self.book, self.grid.lines(), self.page.session.by())
        except EXPECTED as error:
            self.findings.show_findings(as_findings(error))
            return
        self._keep_timer.stop()
        self.page.session.say(_("The opening balances are set."))
        self.close()

    def reject(self) -> None:
        """Every way out leads here (Escape, "later", the window's own cross); nothing typed is lost."""
        self.keep()
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next field."""
        if not enter_moves(event):
            super().keyPressEvent(event)
