"""The worksheet of a conversion from the 2004 accounts: every old balance, what becomes of it, and what is still open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSplitter, QTabWidget, QVBoxLayout, QWidget

from villagebook.domain.conversion import GROSS_UPS, Share, Worksheet
from villagebook.domain.finding import stopping
from villagebook.i18n import _, ngettext
from villagebook.services.book_file import books
from villagebook.services.book_file.opening import Imported
from villagebook.services.bringing_in import conversion, conversion_papers
from villagebook.ui import problems
from villagebook.ui.pages.month_end.bank_drop import FileDrop
from villagebook.ui.pages.setting_up.conversion_entries import EntriesTab
from villagebook.ui.pages.setting_up.conversion_shares import SharesEditor
from villagebook.ui.saving import write_file
from villagebook.ui.session import Session
from villagebook.ui.side_window import LaneWindow
from villagebook.ui.theme import em
from villagebook.ui.widgets.file_field import FileField, any_table
from villagebook.ui.widgets.findings_panel import FindingsPanel
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import Form, Scroll, button, labelled, text
from villagebook.ui.widgets.money_edit import MoneyLine
from villagebook.ui.widgets.table_view import TableView


class ConversionWindow(LaneWindow):
    """Every decision is kept as a draft at once, so an interruption loses nothing."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Convert a book of the 2004 accounts"), parent)
        self._chart, self._places = books.chart(session.book), books.places(session.book)
        self.old: conversion.OldBook | None = None
        self.worksheet = Worksheet(())
        self._build()
        FileDrop(self, self.read)
        self.resize(min(em(90), 1340), min(em(47), 730))
        held = conversion.draft(self.book)
        if held:
            self.old, self.worksheet = held
            self.file.line.setPlaceholderText(_("Going on with {name}").format(name=self.old.name))
        self._show()

    # ---- building ----

    def _build(self) -> None:
        self.rows = TableView()
        self.rows.setAccessibleName(_("Worksheet"))
        self.rows.pointed.connect(lambda _row: self._show_current())
        self.rows.opened.connect(lambda _key: self._to_shares())
        self.shares = SharesEditor(self._chart, self._places)
        self.shares.divided.connect(self._divided)
        self.entries = EntriesTab(self._chart, self._places)
        self.entries.changed.connect(self._adjusted)
        self.tabs = QTabWidget()
        self.tabs.addTab(self._balances_tab(), _("&1 Balances"))
        self.tabs.addTab(self._gross_tab(), _("&2 Written down before"))
        self.tabs.addTab(Scroll(self.entries), _("&3 Adjustments"))
        self.open_points = FindingsPanel(tall=True)
        self.points_tab = self.tabs.addTab(self._points_tab(), _("&4 Open points"))
        self.says = text("", "heading")
        self.hold(self._top(), self.tabs, self.says, self._bottom())

    def _top(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 0, 0, 0)
        self.file = FileField(_("C&hoose…"), pattern=any_table())
        self.file.line.setPlaceholderText(_("Choose the trial balance of the old book, or drop it here"))
        self.file.chosen.connect(self.read)
        row.addWidget(labelled(_("&Old trial balance"), self.file))
        row.addWidget(self.file, 1)
        return bar

    def _balances_tab(self) -> QWidget:
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.rows)
        split.addWidget(self.shares)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 0)
        split.setSizes([em(14), em(16)])
        split.setChildrenCollapsible(False)
        return split

    def _points_tab(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        self.no_points = text(_("Nothing is open."), "quiet")
        column.addWidget(self.no_points)
        column.addWidget(self.open_points, 1)
        column.addStretch(1)
        return holder

    def _gross_tab(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        words = _(
            "The 2004 rule wrote these assets down directly; the 2023 rule keeps cost and what was written down apart. Say "
            "how much of the cost was written down in the old book; 0 when nothing was."
        )
        column.addWidget(text(words, "quiet"))
        form = Form()
        self.gross: dict[str, MoneyLine] = {}
        for account in GROSS_UPS:
            line = MoneyLine()
            line.setFixedWidth(em(12))
            line.editingFinished.connect(lambda account=account: self._gross_up(account))
            form.row(conversion_papers.gross_up_title(account), line)
            self.gross[account] = line
        column.addLayout(form)
        column.addStretch(1)
        return holder

    def _bottom(self) -> QWidget:
        bar = QWidget()
        flow = Flow(bar, right=True)
        self.to_file, self.from_file = (
            button(_("Wor&ksheet to a file…")),
            button(_("Worksheet &from a file…")),
        )
        self.paper = button(_("&Papers…"))
        self.begin_anew = button(_("&Begin anew"))
        self.try_it, self.confirm = button(_("T&ry it")), button(_("Make it the openin&g"), main=True)
        for made, act in (
            (self.begin_anew, self._begin_anew),
            (self.to_file, self._to_file),
            (self.from_file, self._from_file),
            (self.paper, self.show_papers),
            (self.try_it, lambda: self._confirm(dry_run=True)),
            (self.confirm, lambda: self._confirm(dry_run=False)),
        ):
            made.setAutoDefault(False)
            made.clicked.connect(act)
            flow.addWidget(made)
        return bar

    def _to_shares(self) -> None:
        self.shares.rows[0].amount.setFocus()

    # ---- reading ----

    def read(self, path: Path) -> None:
        """Begin with an old trial balance; a worksheet of the same balances goes on."""
        if not path.is_file():
            return
        try:
            old = conversion.read_old(path)
        except problems.EXPECTED as error:
            self.findings.show_error(error)
            return
        self.file.show_path(path)
        if self.old is None or self.worksheet.old != old.old:
            self.worksheet = conversion.propose(old.old)
        self.old = old
        self._keep()
        self.rows.setFocus()

    def _keep(self) -> None:
        """Every decision is in the draft before anything else happens."""
        if self.old is not None:
            conversion.save_draft(self.book, self.old, self.worksheet, self.session.by())
        self._show()

    def _show(self) -> None:
        table = conversion_papers.screen_table(self.worksheet, self._chart)
        if self.worksheet.old:
            self.rows.show_table(table)
            if not self.rows.currentIndex().isValid():
                self.rows.setCurrentIndex(self.rows.values().index(0, 0))
        for account, line in self.gross.items():
            line.setEnabled(account in self.worksheet.asked())
            line.set_fen(self.worksheet.gross_ups.get(account))
        self.entries.show_entries(self.worksheet.adjustments)
        self._show_current()
        self._tell()

    def _show_current(self) -> None:
        key = self.rows.target()
        old = next((b for b in self.worksheet.old if b.key == key), None)
        self.shares.show_old(old, self.worksheet.shares.get(key, ()))

    def _tell(self) -> None:
        found = conversion.check_in(self.book, self.worksheet)
        self.findings.show_findings(self.old.findings if self.old else ())
        self.open_points.show_findings(found)
        self.no_points.setVisible(not found)
        self.tabs.setTabText(self.points_tab, _("&4 Open points ({n})").format(n=len(found)))
        is_open = len(stopping(found))
        if self.old is None:
            words = _(
                "Old balances move only where the table leads to the same account; everything else asks you."
            )
        elif is_open:
            words = ngettext("{n} point is open.", "{n} points are open.", is_open).format(n=is_open)
        else:
            words = _("Nothing is open: debit and credit are equal, old and new.")
        self.says.setText(words)
        for made in (self.begin_anew, self.to_file, self.from_file, self.paper):
            made.setEnabled(self.old is not None)
        for made in (self.try_it, self.confirm):
            made.setEnabled(self.old is not None and not is_open)

    # ---- deciding ----

    def _divided(self, key: str, shares: tuple[Share, ...]) -> None:
        self.worksheet = self.worksheet.with_shares(key, shares)
        self._keep()
        self._go_on(key)

    def _go_on(self, key: str) -> None:
        """To the next balance that is open, if this one is done."""
        old = {b.key: b for b in self.worksheet.old}
        if self.worksheet.missing_fen(old[key]) != 0:
            return
        waiting = next((b.key for b in self.worksheet.old if self.worksheet.missing_fen(b) != 0), "")
        self.rows.choose(waiting)

    def _gross_up(self, account: str) -> None:
        fen = self.gross[account].fen()
        if fen != self.worksheet.gross_ups.get(account):
            self.worksheet = self.worksheet.with_gross_up(account, fen)
            self._keep()

    def _adjusted(self) -> None:
        self.worksheet = replace(self.worksheet, adjustments=self.entries.adjustments())
        self._keep()

    def _begin_anew(self) -> None:
        """The table's own proposal again."""
        if self.old is not None:
            self.worksheet = conversion.propose(self.old.old)
            self._keep()

    # ---- files and papers ----

    def _attempt(self, act: Callable[[], Any]) -> Any:
        try:
            return act()
        except problems.EXPECTED as error:
            self.findings.show_error(error)
        return None

    def _to_file(self) -> None:
        name, _filter = QFileDialog.getSaveFileName(
            self, _("Worksheet to a file"), _("worksheet") + ".csv", "CSV (*.csv)"
        )
        if name:
            self._attempt(
                lambda: write_file(Path(name), conversion.worksheet_bytes(self.worksheet, self._chart))
            )

    def _from_file(self) -> None:
        pattern = _("Tables (*.csv *.xlsx);;All files (*)")
        name, _filter = QFileDialog.getOpenFileName(self, _("Worksheet from a file"), "", pattern)
        if name:
            self.take_worksheet(Path(name))

    def take_worksheet(self, path: Path) -> None:
        """A worksheet somebody filled in elsewhere."""
        old = self.old
        made = self._attempt(lambda: conversion.read_filled(old, path)) if old else None
        if made is not None:
            self.worksheet = made
            self._keep()

    def show_papers(self) -> None:
        """The worksheet as paper, to look at and to print."""
        from villagebook.services.render import render
        from villagebook.ui.viewer import PDF, Viewer

        info = self.book.info
        table = conversion_papers.worksheet_table(self.worksheet, self._chart, info.start)
        Viewer(table.title, render(table, "pdf", info.village), PDF, self).show()

    def _confirm(self, *, dry_run: bool) -> None:
        old, worksheet, by = self.old, self.worksheet, self.session.by()
        if old is None:
            return

        def work(_progress: Callable[[int, int], None]) -> Imported:
            return conversion.confirm(self.book, old, worksheet, dry_run=dry_run, by=by)

        self.run(_("Converting…"), work, lambda made: self._done(made, dry_run=dry_run), exclusive=True)

    def _done(self, made: Imported, *, dry_run: bool) -> None:
        self.findings.show_findings(made.findings)
        if dry_run:
            words = _("The opening would have {n} lines; nothing was written.").format(n=made.vouchers)
        else:
            words = _(
                "The book is opened with {n} lines; worksheet and trial balances are kept in it."
            ).format(n=made.vouchers)
            self.tabs.setEnabled(False)
            for button_ in (self.try_it, self.confirm, self.begin_anew, self.from_file):
                button_.setEnabled(False)
        self.says.setText(words)
        self.session.say(words)
