"""Bringing a file of another program in: its columns, its accounts, the proof, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLineEdit, QTabWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from villagebook.domain.errors import KnownError
from villagebook.domain.finding import stopping
from villagebook.domain.foreign import FileKind, FileMapping
from villagebook.i18n import _, ngettext, why
from villagebook.services import books, bring_in, foreign_files, foreign_mappings
from villagebook.services.opening import Imported
from villagebook.ui import problems
from villagebook.ui.pages.bank_drop import FileDrop
from villagebook.ui.pages.bring_in_tabs import AccountsTab, ColumnsTab
from villagebook.ui.session import Session
from villagebook.ui.status_line import StatusLine
from villagebook.ui.theme import em
from villagebook.ui.widgets.file_field import FileField
from villagebook.ui.widgets.findings_panel import FindingsPanel
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import button, text
from villagebook.ui.widgets.pickers import Choice
from villagebook.ui.widgets.table_view import TableView

COLUMNS, ACCOUNTS, PROOF = range(3)


class BringInWindow(QDialog):
    """One file. Not modal; reading and taking in run in the background lane and can be stopped."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Bring in a file of another program"))
        self.session, self.book = session, session.book
        self.seen: foreign_files.Look | None = None
        self._path = Path()
        self._build()
        FileDrop(self, self.read)
        session.lane.guarded.connect(self._guard)
        self._tell()
        self.resize(min(em(84), 1300), min(em(46), 720))

    # ---- building ----

    def _build(self) -> None:
        self.findings = FindingsPanel()
        self.findings.wanted.connect(self.session.go)
        self.columns = ColumnsTab()
        self.columns.changed.connect(self._remap)
        self.accounts = AccountsTab(lambda: books.chart(self.book), lambda: books.places(self.book))
        self.accounts.decided.connect(self._decided)
        self.proof = TableView()
        self.proof.setAccessibleName(_("What the file holds"))
        self.tabs = QTabWidget()
        self.tabs.addTab(self.columns, _("&1 Columns"))
        self.tabs.addTab(self.accounts, _("&2 Accounts"))
        self.tabs.addTab(self.proof, _("&3 What it holds"))
        self.says = text("", "heading")
        self._inside = QWidget()
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(em(0.9), em(0.7), em(0.9), em(0.3))
        inside.setSpacing(em(0.5))
        inside.addWidget(self._top())
        inside.addWidget(self.findings)
        inside.addWidget(self.tabs, 1)
        inside.addWidget(self.says)
        inside.addWidget(self._bottom())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._inside, 1)
        column.addWidget(StatusLine(self.session.lane, ""))

    def _top(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 0, 0, 0)
        pattern = _("Tables (*.xlsx *.xls *.csv *.txt *.htm *.html)")
        everything = _("All files (*)")
        self.file = FileField(_("C&hoose…"), pattern=f"{pattern};;{everything}")
        self.file.line.setPlaceholderText(_("Choose the export of the other program, or drop it here"))
        self.file.line.textChanged.connect(self._on_path)
        self.kind = Choice(
            [
                ("", _("as the file says")),
                (FileKind.VOUCHERS.value, _("vouchers")),
                (FileKind.BALANCES.value, _("balances of accounts")),
            ]
        )
        self.kind.setFixedWidth(em(13))
        self.kind.changed.connect(lambda: self.read(self._path))
        for words, field in ((_("&File"), self.file), (_("It hol&ds"), self.kind)):
            label = text(words, wrap=False)
            label.setBuddy(field)
            field.setAccessibleName(words.replace("&", ""))
            row.addWidget(label)
            row.addWidget(field, 1 if field is self.file else 0)
        return bar

    def _bottom(self) -> QWidget:
        bar = QWidget()
        flow = Flow(bar, right=True)
        self.name = QLineEdit()
        self.name.setPlaceholderText(_("name of this layout"))
        self.name.setAccessibleName(_("Name of the layout"))
        self.name.setFixedWidth(em(13))
        self.keep, self.export = button(_("&Save the layout")), button(_("&Export the layout…"))
        self.load = button(_("&Use a layout file…"))
        self.try_it, self.take = button(_("T&ry it")), button(_("Ta&ke in"), main=True)
        for made, act in (
            (self.load, self._load),
            (self.keep, self._keep),
            (self.export, self._export),
            (self.try_it, lambda: self._take_in(dry_run=True)),
            (self.take, lambda: self._take_in(dry_run=False)),
        ):
            made.setAutoDefault(False)
            made.clicked.connect(act)
        for widget in (self.name, self.load, self.keep, self.export, self.try_it, self.take):
            flow.addWidget(widget)
        return bar

    def _guard(self, busy: bool) -> None:
        """While long work holds the book, only its progress and the button to stop it are alive."""
        self._inside.setEnabled(not busy)

    # ---- reading ----

    def _on_path(self, words: str) -> None:
        path = Path(words.strip())
        if words.strip() and path.is_file():
            self.read(path)

    def read(self, path: Path, mapping: FileMapping | None = None) -> None:
        """Look at a file; with a mapping, by that one."""
        if not path.is_file():
            return
        self._path = path
        if self.file.line.text() != str(path):
            self.file.line.blockSignals(True)
            self.file.line.setText(str(path))
            self.file.line.blockSignals(False)
        kind = FileKind(self.kind.value()) if self.kind.value() else None

        def work(_progress: Callable[[int, int], None]) -> foreign_files.Look:
            return foreign_files.look(self.book, path, mapping, kind)

        self._run(_("Reading the file…"), work, self._show)

    def _run(
        self,
        title: str,
        work: Callable[[Callable[[int, int], None]], Any],
        then: Callable[[Any], object],
        *,
        exclusive: bool = False,
    ) -> None:
        """Work in the background lane; nobody is told any more once the window is closed."""

        def told(act: Callable[[Any], object]) -> Callable[[Any], None]:
            def if_open(result: Any) -> None:
                if isValid(self):
                    act(result)

            return if_open

        self.session.lane.run(title, work, told(then), told(self._failed), exclusive=exclusive)

    def _failed(self, error: Exception) -> None:
        self.findings.show_findings(problems.as_findings(error))

    def _show(self, seen: foreign_files.Look) -> None:
        first = self.seen is None or self.seen.data != seen.data
        self.seen = seen
        self.columns.show_look(seen)
        self.accounts.show_look(seen)
        if seen.proof is not None:
            self.proof.show_table(seen.proof)
        self.findings.show_findings(seen.findings)
        if seen.mapping.name and not self.name.text():
            self.name.setText(seen.mapping.name)
        if first:
            self.tabs.setCurrentIndex(
                COLUMNS if seen.proof is None else ACCOUNTS if seen.open_accounts else PROOF
            )
        self._tell()

    def _tell(self) -> None:
        """One sentence on how far it is."""
        seen = self.seen
        ready = seen is not None and not stopping(seen.findings)
        is_open = len(seen.open_accounts) if seen else 0
        if seen is None:
            words = _("Nothing is written until you press “Take in”; a file with a mistake is refused whole.")
        elif not ready:
            words = _("Correct what stands above: another meaning for a column, or the file itself.")
        elif is_open:
            words = ngettext(
                "{n} account of the file waits for you.", "{n} accounts of the file wait for you.", is_open
            ).format(n=is_open)
        else:
            words = _("Everything is decided. Try it, then take it in.")
        if seen is not None and seen.was_known:
            words += " " + _("The layout of this kind of file is known.")
        if seen is not None and seen.is_old:
            words += " " + _("The file speaks the chart of 2004.")
        self.says.setText(words)
        for made in (self.keep, self.export):
            made.setEnabled(seen is not None)
        for made in (self.try_it, self.take):
            made.setEnabled(ready and not is_open)

    # ---- deciding ----

    def _remap(self) -> None:
        if self.seen:
            self.read(self._path, replace(self.seen.mapping, columns=self.columns.columns()))

    def _decided(self, mapping: FileMapping) -> None:
        self.read(self._path, mapping)

    def mapping(self) -> FileMapping | None:
        """As it stands, with the name typed below."""
        return replace(self.seen.mapping, name=self.name.text().strip()) if self.seen else None

    def _keep(self) -> None:
        mapping = self.mapping()
        if mapping is None:
            return
        try:
            foreign_mappings.save(self.book, mapping, self.session.by())
        except problems.EXPECTED as error:
            self._failed(error)
            return
        self.session.say(_("The layout is saved in the book."))

    def _export(self) -> None:
        mapping = self.mapping()
        if mapping is None:
            return
        proposed = (mapping.name or self._path.stem) + foreign_mappings.SUFFIX
        name, _filter = QFileDialog.getSaveFileName(self, _("Export the layout"), proposed, "JSON (*.json)")
        if not name:
            return
        try:
            Path(name).write_bytes(foreign_mappings.layout_bytes(mapping))
        except OSError as error:
            self._failed(KnownError(_("{path} cannot be written: {why}.").format(path=name, why=why(error))))
            return
        self.session.say(_("Written: {path}").format(path=name))

    def _load(self) -> None:
        name, _filter = QFileDialog.getOpenFileName(self, _("Use a layout file"), "", "JSON (*.json)")
        if not name:
            return
        try:
            mapping = foreign_mappings.read_layout(Path(name))
        except problems.EXPECTED as error:
            self._failed(error)
            return
        self.name.setText(mapping.name)
        self.read(self._path, mapping)

    # ---- taking in ----

    def _take_in(self, *, dry_run: bool) -> None:
        mapping, path, by = self.mapping(), self._path, self.session.by()
        if mapping is None:
            return

        def work(progress: Callable[[int, int], None]) -> Imported:
            return bring_in.take_in(self.book, path, mapping, dry_run=dry_run, by=by, progress=progress)

        title = _("Trying the file…") if dry_run else _("Taking the file in…")
        self._run(title, work, lambda made: self._took(made, dry_run), exclusive=True)

    def _took(self, made: Any, dry_run: bool) -> None:
        self.findings.show_findings(made.findings)
        if dry_run:
            words = _("{n} entries could be taken in; nothing was written.").format(n=made.vouchers)
        else:
            words = _("{n} entries are taken in, with the file itself.").format(n=made.vouchers)
            self.take.setEnabled(False)
            self.try_it.setEnabled(False)
        self.says.setText(words)
        self.session.say(words)
