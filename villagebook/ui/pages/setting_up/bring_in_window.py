"""Bringing a file of another program in: its columns, its accounts, the proof, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QTabWidget, QWidget

from villagebook.domain.errors import KnownError
from villagebook.domain.finding import stopping
from villagebook.domain.foreign import FileKind, FileMapping
from villagebook.i18n import _, ngettext
from villagebook.services import links
from villagebook.services.book_file import books
from villagebook.services.book_file.opening import Imported
from villagebook.services.bringing_in import bring_in, foreign_files, foreign_mappings
from villagebook.ui import problems
from villagebook.ui.pages.month_end.bank_drop import FileDrop
from villagebook.ui.pages.setting_up.bring_in_names import NamesTab
from villagebook.ui.pages.setting_up.bring_in_tabs import AccountsTab, ColumnsTab
from villagebook.ui.saving import write_file
from villagebook.ui.session import Session
from villagebook.ui.side_window import LaneWindow
from villagebook.ui.theme import em
from villagebook.ui.widgets.file_field import FileField, any_table
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import button, labelled, text
from villagebook.ui.widgets.pickers import Choice
from villagebook.ui.widgets.table_view import TableView

COLUMNS, ACCOUNTS, NAMES, PROOF = range(4)


class BringInWindow(LaneWindow):
    """One file; reading and taking in can be stopped."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Bring in a file of another program"), parent)
        self.seen: foreign_files.Look | None = None
        self._path = Path()
        self._build()
        FileDrop(self, self.read)
        self._tell()
        self.resize(min(em(84), 1300), min(em(46), 720))

    # ---- building ----

    def _build(self) -> None:
        self.columns = ColumnsTab()
        self.columns.changed.connect(self._remap)
        self.accounts = AccountsTab(lambda: books.chart(self.book), lambda: books.places(self.book))
        self.accounts.decided.connect(self._decided)
        self.names = NamesTab(lambda: links.choices(self.book))
        self.names.decided.connect(self._decided)
        self.proof = TableView()
        self.proof.setAccessibleName(_("What the file holds"))
        self.tabs = QTabWidget()
        self.tabs.addTab(self.columns, _("&1 Columns"))
        self.tabs.addTab(self.accounts, _("&2 Accounts"))
        self.tabs.addTab(self.names, _("&3 Names"))
        self.tabs.addTab(self.proof, _("&4 What it holds"))
        self.says = text("", "heading")
        self.hold(self._top(), self.tabs, self.says, self._bottom())

    def _top(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 0, 0, 0)
        self.file = FileField(_("C&hoose…"), pattern=any_table())
        self.file.line.setPlaceholderText(_("Choose the export of the other program, or drop it here"))
        self.file.chosen.connect(self.read)
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
            row.addWidget(labelled(words, field))
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

    # ---- reading ----

    def read(self, path: Path, mapping: FileMapping | None = None) -> None:
        """Look at a file; with a mapping, by that one."""
        if not path.is_file():
            return
        self._path = path
        self.file.show_path(path)
        kind = FileKind(self.kind.value()) if self.kind.value() else None

        def work(_progress: Callable[[int, int], None]) -> foreign_files.Look:
            return foreign_files.look(self.book, path, mapping, kind)

        self.run(_("Reading the file…"), work, self._show)

    def _show(self, seen: foreign_files.Look) -> None:
        first = self.seen is None or self.seen.data != seen.data
        self.seen = seen
        self.columns.show_look(seen)
        self.accounts.show_look(seen)
        self.names.show_look(seen)
        self.tabs.setTabEnabled(NAMES, bool(seen.names))
        if seen.proof is not None:
            self.proof.show_table(seen.proof)
        self.findings.show_findings(seen.findings)
        if first:
            self.name.setText(seen.mapping.name)  # the name of the file before is not this one's
            self.tabs.setCurrentIndex(_first_tab(seen))
        self._tell()

    def _tell(self) -> None:
        """One sentence on how far it is."""
        seen = self.seen
        ready = seen is not None and not stopping(seen.findings)
        is_open = len(seen.open_accounts) if seen else 0
        names = len(seen.open_names) if seen else 0
        if seen is None:
            words = _("Nothing is written until you press “Take in”; a file with a mistake is refused whole.")
        elif not ready:
            words = _("Correct what stands above: another meaning for a column, or the file itself.")
        elif is_open:
            words = ngettext(
                "{n} account of the file waits for you.", "{n} accounts of the file wait for you.", is_open
            ).format(n=is_open)
        elif names:
            words = ngettext(
                "{n} name in the auxiliary columns waits for you.",
                "{n} names in the auxiliary columns wait for you.",
                names,
            ).format(n=names)
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
            made.setEnabled(ready and not is_open and not names)

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
            self.findings.show_error(error)
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
            write_file(Path(name), foreign_mappings.layout_bytes(mapping))
        except KnownError as error:
            self.findings.show_error(error)
            return
        self.session.say(_("Written: {path}").format(path=name))

    def _load(self) -> None:
        name, _filter = QFileDialog.getOpenFileName(self, _("Use a layout file"), "", "JSON (*.json)")
        if not name:
            return
        try:
            mapping = foreign_mappings.read_layout(Path(name))
        except problems.EXPECTED as error:
            self.findings.show_error(error)
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
        self.run(title, work, lambda made: self._took(made, dry_run), exclusive=True)

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


def _first_tab(seen: foreign_files.Look) -> int:
    """Where somebody is waited for."""
    if seen.proof is None:
        return COLUMNS
    return ACCOUNTS if seen.open_accounts else NAMES if seen.open_names else PROOF
