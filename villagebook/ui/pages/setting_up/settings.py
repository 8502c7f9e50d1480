"""What belongs to this computer: who sits here, language, text size; and the book's own checks."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from villagebook.domain.finding import Finding
from villagebook.i18n import N_, _
from villagebook.services import names
from villagebook.services.book_file import books
from villagebook.services.book_file.opening import Imported
from villagebook.services.bringing_in import opening_entry
from villagebook.services.period_end import checking
from villagebook.ui.page import Page
from villagebook.ui.pages.board.paper_forms_menu import show_test_page
from villagebook.ui.pages.setting_up.policy_box import PolicyBox
from villagebook.ui.theme import em
from villagebook.ui.widgets.file_field import FileField
from villagebook.ui.widgets.findings_panel import FindingsPanel
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import beside, button, text
from villagebook.ui.widgets.pickers import Choice

SIZES = (("normal", N_("normal")), ("large", N_("large")), ("very-large", N_("very large")))


class SettingsPage(Page):
    """Few choices; each takes effect at once."""

    topics = frozenset({"people", "policy", "vouchers"})

    def title(self) -> str:
        return N_("Settings")

    def explain(self) -> str:
        return _(
            "Language and text size are of this computer, not of the book. Say who sits here: the name stands beside "
            "every act in the log. The check reads the whole book again and tells everything that does not fit."
        )

    def build(self) -> None:
        preferences = self.session.preferences
        frame = FormBox(_("This computer"))
        self.person = Choice()
        self.language = Choice([("zh_CN", "中文"), ("en", "English")])
        self.text_size = Choice([(code, _(words)) for code, words in SIZES])
        self.language.set_value(preferences.language)
        self.text_size.set_value(preferences.text_size)
        for field in (self.person, self.language, self.text_size):
            field.setMaximumWidth(em(18))
        frame.row(_("&Who sits here"), self.person)
        frame.row(_("&Language"), self.language)
        frame.row(_("Te&xt size"), self.text_size)
        frame.add(self._printing_row())
        self.body.addWidget(frame)
        self.policy = PolicyBox(self)
        self.body.addWidget(self._book_box())
        self.body.addWidget(self.policy)
        self.body.addWidget(self._elsewhere_box())
        self.body.addWidget(self._import_box())
        self.body.addStretch(1)
        self.person.changed.connect(self._sit)
        self.language.changed.connect(self._dress)
        self.text_size.changed.connect(self._dress)

    def _printing_row(self) -> QWidget:
        """Test pages show whether the printer of this computer is fit for papers on a board."""
        row = QWidget()
        flow = Flow(row)
        for paper in ("A4", "A3"):
            made = button(
                _("Print test page {paper}…").format(paper=paper),
                lambda _checked=False, paper=paper: show_test_page(self, paper),
            )
            flow.addWidget(made)
        return row

    def _book_box(self) -> QWidget:
        info = self.book.info
        frame = FormBox(_("This book"))
        words = _("{village}, code {code}, from {start}, {mode}\n{path}").format(
            village=info.village,
            code=info.code,
            start=info.start,
            mode=names.mode_title(info.mode),
            path=self.book.path,
        )
        frame.add(text(words))
        acts = QWidget()
        flow = Flow(acts)
        check = button(_("&Check the whole book"), main=True)
        save = button(_("&Back up to a folder…"))
        leave = button(_("&Open another book"))
        check.clicked.connect(self._check)
        leave.clicked.connect(self.session.left)
        save.clicked.connect(self._back_up)
        self.opening = button(_("O&pening balances…"), self._enter_opening)
        flow.addWidget(check)
        flow.addWidget(self.opening)
        flow.addWidget(save)
        flow.addWidget(leave)
        frame.add(acts)
        self.verdict = text("")
        self.verdict.setVisible(False)
        self.checked = FindingsPanel()
        self.checked.wanted.connect(self.session.go)
        frame.add(self.verdict)
        frame.add(self.checked)
        return frame

    def _elsewhere_box(self) -> QWidget:
        frame = FormBox(
            _("Coming from another program"),
            _(
                "Vouchers and last year's balances out of another program's export, and books kept by the 2004 accounts. You see "
                "what every column and account means and confirm it; nothing is guessed."
            ),
        )
        acts = QWidget()
        flow = Flow(acts)
        bring, convert = (
            button(_("Brin&g in a file…"), lambda: self.open_target("bring-in", "")),
            button(_("Convert a &2004 book…"), lambda: self.open_target("bring-in", "2004")),
        )
        flow.addWidget(bring)
        flow.addWidget(convert)
        frame.add(acts)
        return frame

    def open_target(self, kind: str, ident: str) -> None:
        """`bring-in:` opens the window for files of other programs, `bring-in:2004` the worksheet of a conversion."""
        if kind == "opening":
            self._enter_opening()
        if kind != "bring-in":
            return
        if ident == "2004":
            from villagebook.ui.pages.setting_up.conversion_window import ConversionWindow

            ConversionWindow(self.session, self).show()
            return
        from villagebook.ui.pages.setting_up.bring_in_window import BringInWindow

        BringInWindow(self.session, self).show()

    def _import_box(self) -> QWidget:
        frame = FormBox(
            _("Take over older vouchers"),
            _("A CSV or XLSX file; try it first, then take it in. A file with a mistake is refused whole."),
        )
        self.file = FileField(_("C&hoose…"), pattern=_("Tables (*.csv *.xlsx);;All files (*)"))
        frame.row(_("&File"), self.file)
        dry, real = (
            button(_("&Try it"), lambda: self._import(dry_run=True)),
            button(_("Ta&ke in"), lambda: self._import(dry_run=False)),
        )
        frame.add(beside(dry, real))
        self.imported = FindingsPanel()
        frame.add(self.imported)
        return frame

    def refresh(self) -> None:
        self.policy.refresh()
        self.opening.setVisible(opening_entry.is_open(self.book) and not self.book.read_only)
        staff = books.staff(self.book)
        options = [(p.name, p.name) for p in staff.persons.values()]
        if not any(name == self.session.actor for name, _words in options):
            options.insert(0, (self.session.actor, self.session.actor or _("(choose)")))
        self.person.set_options(options)
        self.person.blockSignals(True)
        self.person.set_value(self.session.actor)
        self.person.blockSignals(False)

    def first_field(self) -> QWidget | None:
        return self.person

    def _sit(self) -> None:
        preferences = self.session.preferences
        preferences.remember_person(self.book.info.book_id, self.person.value())
        preferences.save()
        self.session.say(_("{name} sits here now.").format(name=self.person.value()))
        self.session.changed.emit(frozenset({"actor"}))

    def _dress(self) -> None:
        preferences = self.session.preferences
        preferences.language = self.language.value()
        preferences.text_size = self.text_size.value()
        preferences.save()
        self.session.look_changed.emit()

    def _check(self) -> None:
        def done(found: tuple[Finding, ...]) -> None:
            bad = any(f.severity.stops for f in found)
            words = (
                _("The book does not hold.") if bad else _("The book holds: every entry fits the one before.")
            )
            self.verdict.setText(words)
            self.verdict.setVisible(True)
            self.verdict.setProperty("role", "red" if bad else "")
            self.verdict.style().polish(self.verdict)
            self.checked.show_findings(found)
            self.session.say(words)

        self.in_background(
            _("Checking the book…"), lambda progress: checking.check_book(self.book, progress), done
        )

    def _enter_opening(self) -> None:
        """While there are none and nothing is posted."""
        from villagebook.ui.pages.setting_up.opening import OpeningDialog

        if opening_entry.is_open(self.book):
            OpeningDialog(self).show()

    def _back_up(self) -> None:
        from villagebook.services.book_file import backups

        folder = QFileDialog.getExistingDirectory(self, _("A folder on another disk or stick"))
        if not folder:
            return
        by = self.session.by()
        self.findings.clear()
        self.in_background(
            _("Backing up…"),
            lambda _progress: backups.back_up(self.book, Path(folder), by),
            lambda path: self.session.say(
                _("Backed up as {path}, opened again and checked.").format(path=path)
            ),
            exclusive=True,
        )

    def _import(self, *, dry_run: bool) -> None:
        from villagebook.services.vouchers import imports

        path, by = self.file.path(), self.session.by()
        if path is None or not path.is_file():
            self.say_problem(_("Choose a file first."))
            return
        for panel in (self.findings, self.imported):
            panel.clear()  # what was wrong with the file before is not wrong with this one

        def done(made: Imported) -> None:
            self.imported.show_findings(made.findings)
            if dry_run:
                words = _("{n} vouchers could be taken in.").format(n=made.vouchers)
            else:
                words = _("{n} vouchers are taken in.").format(n=made.vouchers)
            self.session.say(words)

        self.in_background(
            _("Reading the file…"),
            lambda progress: imports.import_file(self.book, path, dry_run=dry_run, by=by, progress=progress),
            done,
            exclusive=True,
        )
