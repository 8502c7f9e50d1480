"""Keys of officials: the list with their states, a new one, the files between village and township, a lost stick."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from villagebook.i18n import _
from villagebook.services.book_file import books
from villagebook.services.offices import key_words, keys, township_word
from villagebook.ui.pages.offices.key_dialogs import LostDialog, PinDialog, SignedDialog, WordDialog
from villagebook.ui.table_tab import TableTab
from villagebook.ui.theme import em
from villagebook.ui.widgets.file_field import FileField
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import button, text
from villagebook.ui.widgets.pickers import PersonPicker


class KeysTab(TableTab):
    """The list on the left with where the township's trust stands; acts on the right."""

    GIVES_WAY = ("signed",)

    def left(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em(0.3))
        self.trust = text("", "quiet")
        column.addWidget(self.trust)
        self.table.setAccessibleName(_("Keys of officials"))
        column.addWidget(self.table, 1)
        self.whole = text("", "quiet")
        self.whole.setMinimumHeight(em(2.4))
        column.addWidget(self.whole)
        self.table.pointed.connect(self._show_whole)
        return holder

    def forms(self) -> None:
        self.column.addWidget(self._chosen_box())
        self.column.addWidget(self._new_box())
        self.column.addWidget(self._township_box())

    def _chosen_box(self) -> QWidget:
        box = FormBox(_("The key chosen in the table"))
        self.lost = button(_("This stick is &lost…"), self._lost)
        self.sheet = button(_("&Fingerprint sheet"), self._sheet, main=True)
        self.ask = button(_("Request fil&e…"), self._ask)
        self.change = button(_("Change the PI&N…"), self._change_pin)
        self.signed = button(_("W&hat it signed…"), self._show_signed)
        box.acts(self.lost, self.sheet, self.ask, self.change, self.signed)
        return box

    def _new_box(self) -> QWidget:
        box = FormBox(
            _("A key for an official"),
            _(
                "The official types the PIN. The key file goes on the official's own stick, the sealed half stays on this "
                "computer: neither is worth anything alone. Nobody can make a copy of a lost PIN."
            ),
        )
        self.person = PersonPicker()
        self.folder = FileField(_("&Choose…"), folder=True)
        self.pin, self.again = QLineEdit(), QLineEdit()
        for line in (self.pin, self.again):
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.setMaximumWidth(em(12))
        box.row(_("&Official"), self.person)
        box.row(_("&Stick"), self.folder)
        box.row(_("P&IN (6 or more)"), self.pin)
        box.row(_("PIN a&gain"), self.again)
        box.act(_("Make the ke&y"), self.make, main=True)
        return box

    def _township_box(self) -> QWidget:
        box = FormBox(
            _("The township's word"),
            _(
                "Carry the request file and the signed sheet to the township; take in here what it sends back: an answer about "
                "a key, or its list of keys."
            ),
        )
        box.act(_("Take in the to&wnship's file…"), self._choose_word)
        return box

    # ---- what it shows

    def refresh(self) -> None:
        page = self.page
        chosen = self.key_id()
        self.table.show_table(key_words.keys_table(page.book, page.session.today, short=True))
        words, urgent = key_words.trust_words(page.book, page.session.today)
        self.trust.setText(words)
        self.trust.setProperty("role", "red" if urgent else "quiet")
        self.trust.style().polish(self.trust)
        self.person.set_persons(books.staff(page.book).persons.values())
        self.choose(chosen)

    def choose(self, key_id: str) -> None:
        """Stand on a key of the list; on the first one when it is not there."""
        found = [r.standing.key.key_id for r in key_words.rows(self.page.book, self.page.session.today)]
        if found:
            row = found.index(key_id) if key_id in found else 0
            self.table.setCurrentIndex(self.table.values().index(row, 0))
        for one in (self.lost, self.sheet, self.ask, self.change, self.signed):
            one.setEnabled(bool(found))
        self._show_whole()

    def key_id(self) -> str:
        return self.table.target().partition(":")[2]

    def _show_whole(self, _row: int = 0) -> None:
        told = {r.standing.key.key_id: r for r in key_words.rows(self.page.book, self.page.session.today)}
        row = told.get(self.key_id())
        if row is None:
            self.whole.setText("")
            return
        here = _("Its sealed half is on this computer.") if row.here else _("Its sealed half is not here.")
        words = _("{name}, key {mark}: {says}. {here}")
        self.whole.setText(
            words.format(name=row.name, mark=row.standing.key.key_id, says=row.says, here=here)
        )

    # ---- acts

    def make(self) -> None:
        page, folder, pin = self.page, self.folder.path(), self.pin.text()
        if pin != self.again.text():
            page.say_problem(_("The two PINs differ. Type them again."))
            return
        if folder is None:
            page.say_problem(_("Choose the folder of the stick first."))
            return
        self.pin.clear()
        self.again.clear()
        name = self.person.currentText()

        def done(made: keys.Made) -> None:
            words = _("{name} has a key: {file} is on the stick. Print the sheet.").format(
                name=name, file=made.key_file.name
            )
            if made.same_disk:
                words += " " + _("That folder is on this computer's own disk: use a stick of its own.")
            self.choose(made.key_id)
            page.session.say(words)

        page.attempt(lambda: keys.make(page.book, self.person.value(), pin, folder, page.session.by()), done)

    def _sheet(self) -> None:
        from villagebook.ui.viewer import Viewer

        key_id = self.key_id()
        if not key_id:
            return
        title = _("Fingerprint sheet {mark}").format(mark=key_id)
        self.page.attempt(
            lambda: key_words.sheet(self.page.book, key_id),
            lambda data: Viewer(title, data, "application/pdf", self).show(),
        )

    def _ask(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("Where the request file goes"))
        if folder:
            self.write_request(Path(folder))

    def write_request(self, folder: Path) -> None:
        """The request once more; the one made with the key lies on its stick."""
        page, key_id = self.page, self.key_id()
        page.attempt(
            lambda: keys.write_request(page.book, key_id, folder, page.session.by()),
            lambda path: page.session.say(_("Written: {path}").format(path=path)),
        )

    def _choose_word(self) -> None:
        name, _filter = QFileDialog.getOpenFileName(
            self, _("The township's file"), "", _("Files about keys (*.json);;All files (*)")
        )
        if name:
            self.open_word(Path(name))

    def open_word(self, path: Path) -> None:
        """Show what a file of the township says; one that can never be taken in is said on the page."""
        page = self.page
        page.attempt(
            lambda: township_word.offer(page.book, path, page.session.today),
            lambda offer: WordDialog(page.session, path, offer, self).show(),
        )

    def _lost(self) -> None:
        if self.key_id():
            LostDialog(self.page.session, keys.standing(self.page.book, self.key_id()), self).show()

    def _change_pin(self) -> None:
        if self.key_id():
            PinDialog(self.page.session, keys.standing(self.page.book, self.key_id()), self).show()

    def _show_signed(self) -> None:
        if self.key_id():
            SignedDialog(self.page.session, keys.standing(self.page.book, self.key_id()), self).show()
