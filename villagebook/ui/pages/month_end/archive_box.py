"""Hand over, the archive: everything of a year that the law keeps, as one file to put away."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout

from villagebook.i18n import _
from villagebook.services import reports
from villagebook.services.handing_over import archive, audit_data
from villagebook.ui.page import Page
from villagebook.ui.theme import em
from villagebook.ui.widgets.file_field import FileField
from villagebook.ui.widgets.findings_panel import FindingsPanel
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import button, text
from villagebook.ui.widgets.pickers import Choice


class ArchiveBox(QFrame):
    """A year, a folder, with or without the scans."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        frame = FormBox(
            _("Archive of a year"),
            _(
                "Vouchers with covers, books, statements, bank reconciliations, notices and registers as PDF, the originals by "
                "voucher, and an index with the years each is to be kept. One ZIP file, read back before it is done."
            ),
        )
        start = page.book.info.start.year
        newest = reports.newest_month(page.book).year
        self.year = Choice([(str(y), str(y)) for y in range(newest, start - 1, -1)])
        self.folder = FileField(_("Choos&e…"), folder=True)
        self.scans = QCheckBox(_("with the scans and e-invoices"))
        self.scans.setChecked(True)
        self.year.setMaximumWidth(em(10))
        frame.row(_("&Year"), self.year)
        frame.row(_("&Folder"), self.folder)
        frame.row("", self.scans)
        self.act = button(_("Write the &archive"), self._write)
        self.audit = button(_("Write a&udit data (XML)"))
        self.audit.setToolTip(_("The year for auditors' programs, by the tables of GB/T 24589.1-2010"))
        self.audit.clicked.connect(self._write_audit)
        self.result = text("")
        row = QHBoxLayout()
        row.addWidget(self.result, 1)
        row.addWidget(self.audit)
        row.addWidget(self.act)
        frame.add(row)
        self.found = FindingsPanel()
        self.found.wanted.connect(page.session.go)
        frame.add(self.found)
        holder = QVBoxLayout(self)
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addWidget(frame)

    def _folder(self) -> Path | None:
        """None, and said, while none is chosen."""
        folder = self.folder.path()
        if folder is None or not folder.is_dir():
            self._page.say_problem(_("Choose the folder for the archive first."))
            return None
        return folder

    def _write_audit(self) -> None:
        folder, year = self._folder(), int(self.year.value())
        if folder is None:
            return
        self.result.setText("")
        self.audit.setEnabled(False)

        def done(made: audit_data.Written) -> None:
            words = _("Written and read back: {path} ({n} vouchers).")
            self.result.setText(words.format(path=made.path.name, n=made.vouchers))
            self.found.show_findings(())
            self._page.session.say(self.result.text())

        job = self._page.in_background(
            _("Writing the audit data…"),
            lambda _progress: audit_data.write(self._page.book, year, folder),
            done,
            exclusive=True,
        )
        job.finished.connect(lambda: self.audit.setEnabled(True))

    def _write(self) -> None:
        folder = self._folder()
        if folder is None:
            return
        year, scans = int(self.year.value()), self.scans.isChecked()
        self.result.setText("")
        self.act.setEnabled(False)

        def done(made: archive.Archived) -> None:
            words = _("Written and read back: {path} ({n} files).").format(path=made.path.name, n=made.files)
            self.result.setText(words)
            self.found.show_findings(made.findings)
            self._page.session.say(words)

        job = self._page.in_background(
            _("Writing the archive…"),
            lambda progress: archive.write(self._page.book, year, folder, scans=scans, progress=progress),
            done,
            exclusive=True,
        )
        job.finished.connect(lambda: self.act.setEnabled(True))
