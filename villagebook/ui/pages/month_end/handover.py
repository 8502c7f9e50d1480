"""Hand over to the township: one package on a stick, read back and verified before anything is called done."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from villagebook.domain import moment
from villagebook.domain.event import Head
from villagebook.domain.finding import Finding
from villagebook.domain.table import Column, Shape, Table
from villagebook.i18n import N_, _
from villagebook.services.handing_over import handover
from villagebook.services.period_end import checking
from villagebook.ui.page import Page
from villagebook.ui.pages.month_end.archive_box import ArchiveBox
from villagebook.ui.sticks import sticks
from villagebook.ui.theme import em
from villagebook.ui.widgets.file_field import FileField
from villagebook.ui.widgets.findings_panel import FindingsPanel
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import Form, button, card, text
from villagebook.ui.widgets.table_view import TableView


class HandoverPage(Page):
    """Write a package, look back at those written, verify one."""

    topics = frozenset({"vouchers", "periods", "notices", "exports"})

    def title(self) -> str:
        return N_("Hand over")

    def explain(self) -> str:
        return _(
            "Plug in the stick, choose its folder, press the button. The whole book is checked, written as one package, "
            "read back and verified with the township's own test; only then is it done. A stick pulled half way does "
            "no harm: begin again. Bring back the township's receipt slip."
        )

    def build(self) -> None:
        self.body.addWidget(self._write_box())
        self.body.addWidget(self._verify_box())
        self.body.addWidget(ArchiveBox(self))
        self.body.addWidget(text(_("Packages written so far"), "heading"))
        self.table = TableView()
        self.table.setAccessibleName(_("Packages written so far"))
        self.table.setMinimumHeight(em(9))
        self.body.addWidget(self.table, 1)

    def _write_box(self) -> QWidget:
        frame, column = card()
        column.addWidget(text(_("Write a package"), "heading"))
        self.about = text("", "quiet")
        form = Form()
        self.folder = FileField(_("&Choose…"), folder=True)
        form.row(_("&Stick or folder"), self.folder)
        self.write = button(_("&Hand over"), self._export, main=True)
        self.result = text("")
        self.result.setVisible(False)
        column.addWidget(self.about)
        column.addLayout(form)
        row = QHBoxLayout()
        row.addWidget(self.result, 1)
        row.addStretch(0)
        row.addWidget(self.write)
        column.addLayout(row)
        return frame

    def _verify_box(self) -> QWidget:
        frame = FormBox(_("Verify a package"))
        self.package = FileField(_("Ch&oose…"), pattern=_("Packages (*.zip);;All files (*)"))
        frame.row(_("&Package"), self.package)
        act = button(_("&Verify"), self._verify)
        self.verdict = text("")
        row = QHBoxLayout()
        row.addWidget(self.verdict, 1)
        row.addWidget(act)
        frame.add(row)
        self.verified = FindingsPanel()
        frame.add(self.verified)
        return frame

    def refresh(self) -> None:
        size = handover.handover_size(self.book)
        words = _("The package will hold the whole book with its papers, about {size} MB.").format(
            size=f"{max(size, 100_000) / 1e6:.1f}"
        )
        found = sticks()
        for stick in found:
            words += "\n" + _("Stick {name} at {path}: {free} MB free.").format(
                name=stick.name, path=stick.path, free=stick.free_bytes // 1_000_000
            )
        self.about.setText(words)
        if found and self.folder.path() is None:
            self.folder.line.setText(str(found[0].path))
        columns = (
            Column("at", _("Written"), Shape.TEXT, 16),
            Column("name", _("Package"), Shape.TEXT, 30),
            Column("head", _("Log entry"), Shape.COUNT, 8),
            Column("hash", _("Hash"), Shape.TEXT, 12),
        )
        rows = tuple(
            (moment.said(e.at), e.name, e.head_seq, Head(e.head_seq, e.sha256).short)
            for e in handover.exports(self.book)
        )
        self.table.show_table(Table("exports", "", "", columns, rows))

    def first_field(self) -> QWidget | None:
        return self.folder

    def _export(self) -> None:
        folder = self.folder.path()
        if folder is None or not folder.is_dir():
            self.say_problem(_("Choose the folder of the stick first."))
            return
        by = self.session.by()
        self.write.setEnabled(False)
        self.result.setVisible(False)

        def done(made: handover.Exported) -> None:
            self.write.setEnabled(True)
            words = _("Written, read back and verified: {name}\nLog {seq}, {hash}").format(
                name=made.path.name, seq=made.head.seq, hash=made.head.short
            )
            self.result.setText(words)
            self.result.setVisible(True)
            self.package.line.setText(str(made.path))
            self.session.say(_("Package {name} is on the stick.").format(name=made.path.name))

        job = self.in_background(
            _("Writing the package…"),
            lambda progress: handover.export(self.book, folder, by, progress),
            done,
            exclusive=True,
        )
        job.finished.connect(self._ready)

    def _ready(self) -> None:
        self.write.setEnabled(True)

    def _verify(self) -> None:
        path = self.package.path()
        if path is None or not path.is_file():
            self.say_problem(_("Choose a package first."))
            return
        self.verdict.setText("")
        self.in_background(
            _("Verifying…"),
            lambda progress: checking.verify(path, None, progress),
            lambda found: self._tell(path, found),
        )

    def _tell(self, path: Path, found: tuple[Finding, ...]) -> None:
        stops = any(f.severity.stops for f in found)
        if stops:
            words = _("{name} must not be trusted.").format(name=path.name)
        else:
            words = _("{name} is whole and true to itself.").format(name=path.name)
        self.verdict.setText(words)
        self.verdict.setProperty("role", "red" if stops else "")
        self.verdict.style().polish(self.verdict)
        self.verified.show_findings(found)
