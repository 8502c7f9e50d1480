"""Signing with an official's own key: person, stick, PIN, and the very content that is signed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from villagebook.domain.errors import KnownError
from villagebook.domain.people import Person
from villagebook.i18n import _
from villagebook.services import pin_guard
from villagebook.services.approvals import shown, signing
from villagebook.services.book_file.books import Book
from villagebook.services.offices import key_store, key_words, keys
from villagebook.services.offices.keys import Halves
from villagebook.services.vouchers.documents import Outcome
from villagebook.ui.session import Session
from villagebook.ui.theme import em, open_at
from villagebook.ui.widgets.file_field import FileField
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import Form, button, text
from villagebook.ui.widgets.pickers import Choice, PersonPicker
from villagebook.ui.widgets.table_view import TableView

T = TypeVar("T")


class Host(Protocol):
    """A page, or a window with findings of its own."""

    @property
    def book(self) -> Book: ...

    @property
    def session(self) -> Session: ...

    def attempt(self, act: Callable[[], T], then: Callable[[T], object] | None = None) -> None:
        """Do a verb; a refusal is said where the form stands."""

    def say_problem(self, words: str) -> None:
        """Something typed that cannot be read."""


class KeyForm(QWidget):
    """`act` is called by the button; the page then calls `sign` or `use`. The PIN is forgotten at once.

    `role` stands before the person: as what is signed.
    """

    def __init__(self, page: Host, act: Callable[[], None], role: Choice | None = None) -> None:
        super().__init__()
        self._page = page
        self.content: shown.Shown | None = None
        self.person = PersonPicker()
        self.stick = FileField(_("Stick…"), folder=True)
        self.sealed = FileField(_("File…"), pattern=_("Sealed halves of keys (*.vbkey);;All files (*)"))
        self.sealed.line.setPlaceholderText(_("on this computer"))
        self.pin = QLineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.returnPressed.connect(act)
        self.give = button(_("Si&gn"), act, main=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._lines(role))
        self.wait = text("", "red")
        self.wait.setVisible(False)
        column.addWidget(self.wait)
        self.state = text("", "quiet")
        column.addWidget(self.state)
        flow = Flow()
        self.look = button(_("Word for word…"), self._show_content)
        self.apart = button(_("Set the halves apart"), self._set_apart)
        for one in (self.look, self.apart):
            flow.addWidget(one)
        column.addLayout(flow)
        self.person.changed.connect(self._tell)
        self.stick.line.textChanged.connect(self._tell)
        self._until: datetime | None = None
        self._ticks = QTimer(self, interval=1000)
        self._ticks.timeout.connect(self._tell_wait)
        self._back = QTimer(self, singleShot=True, interval=0)
        self._back.timeout.connect(self.pin.setFocus)
        self._tell()

    def _lines(self, role: Choice | None) -> QVBoxLayout:
        """Who, stick, sealed half, and the PIN with the button beside it."""
        who, form = Form(), Form()
        who.row(_("&Who"), self.person)
        first = QHBoxLayout()
        first.setSpacing(em(0.7))
        if role is not None:
            what = Form()
            what.row(_("As"), role)
            first.addLayout(what, 1)
        first.addLayout(who, 1)
        form.row(_("Stick"), self.stick)
        self._sealed_name = form.row(_("Sealed half"), self.sealed)
        pin = QWidget()
        pin.setFocusProxy(self.pin)
        last = QHBoxLayout(pin)
        last.setContentsMargins(0, 0, 0, 0)
        last.addWidget(self.pin, 1)
        last.addWidget(self.give)
        form.row(_("P&IN"), pin).setBuddy(self.pin)
        self.pin.setAccessibleName(pin.accessibleName())
        lines = QVBoxLayout()
        lines.setSpacing(form.verticalSpacing())
        lines.addLayout(first)
        lines.addLayout(form)
        return lines

    def set_persons(self, persons: Iterable[Person]) -> None:
        self.person.set_persons(persons)
        self.pin.clear()
        self._tell()

    def set_subject(self, subject: str) -> shown.Shown | None:
        """What is to be signed; the form keeps the bytes that are shown, and only these are signed."""
        self.content = shown.content_shown(self._page.book, subject)
        self._tell()
        return self.content

    def sign(self, subject: str, slot: str, then: Callable[[Outcome], object]) -> None:
        """Sign exactly the content that is shown, in a slot of a document or notice."""
        book, by = self._page.book, self._page.session.by()
        if self.content is None:
            self.set_subject(subject)
        data = self.content.data if self.content else None
        person_id = self.person.value()

        def act(halves: Halves, pin: str) -> Outcome:
            return signing.sign_key(
                book, subject, slot, person_id, halves.sealed, halves.key_file, pin, by, data
            )

        self.use(act, then)

    def use(self, act: Callable[[Halves, str], T], then: Callable[[T], object]) -> None:
        """Find the halves of the chosen person's key and do something with them and the PIN."""
        stick, sealed = self.stick.path(), self.sealed.path()
        pin, person_id = self.pin.text(), self.person.value()
        self.pin.clear()
        if stick is None or not person_id:
            self._page.say_problem(_("Choose who signs, and the folder of the stick."))
            return
        self._page.attempt(lambda: act(keys.halves_of(self._page.book, person_id, stick, sealed), pin), then)
        self._look_for_wait()
        self._back.start()  # after Enter has moved on

    def _look_for_wait(self) -> None:
        """How long this key waits after wrong PINs."""
        stick, person_id = self.stick.path(), self.person.value()
        now, left = self._page.session.by().at, timedelta()
        if person_id and stick is not None and stick.is_dir():
            with suppress(KnownError):  # no key, or a half that is not here: said when it is used
                halves = keys.halves_of(self._page.book, person_id, stick, self.sealed.path())
                left = pin_guard.waits(halves.sealed, now)
        self._until = now + left if left else None
        self._tell_wait()

    def _tell_wait(self) -> None:
        """Every second: how long is left. Until then nothing is typed, so that no try is lost."""
        left = self._until - self._page.session.by().at if self._until else timedelta()
        waits, waited = left > timedelta(), not self.pin.isEnabled()
        self.wait.setText(pin_guard.wait_words(left) if waits else "")
        self.wait.setVisible(waits)
        self.pin.setEnabled(not waits)
        self.give.setEnabled(not waits)
        if waits:
            self._ticks.start()
            return
        self._ticks.stop()
        if waited and self.isVisible():
            self.pin.setFocus()

    def _tell(self) -> None:
        """How the chosen person's key stands, and what is signed."""
        person_id, stick = self.person.value(), self.stick.path()
        said, elsewhere = [], bool(self.sealed.line.text())
        if person_id:
            known = key_words.rows(self._page.book, self._page.session.today)
            own = [r for r in known if r.standing.key.person_id == person_id and r.standing.stop is None]
            words = _("Key {mark}: {says}")
            said += [words.format(mark=r.standing.key.key_id, says=r.says) for r in own[:2]]
            elsewhere = elsewhere or any(not r.here for r in own[:2])
            if not own:
                said.append(_("This person has no key in use in this book."))
        words, urgent = key_words.trust_words(self._page.book, self._page.session.today)
        said += [words] if urgent else []
        if self.content is not None:
            said.append(_("You sign the content {mark}.").format(mark=self.content.mark))
        self.state.setText("\n".join(said))
        self._sealed_name.setVisible(elsewhere)  # asked for where it does not lie on this computer
        self.sealed.setVisible(elsewhere)
        self.look.setVisible(self.content is not None)
        self.apart.setVisible(_lies_together(stick))
        self._look_for_wait()

    def _set_apart(self) -> None:
        page, stick = self._page, self.stick.path()
        if stick is None:
            return

        def moved(marks: tuple[str, ...]) -> None:
            self._tell()
            page.session.say(
                _(
                    "The sealed half is on this computer now; the stick holds the key file alone ({n})."
                ).format(n=len(marks))
            )

        page.attempt(lambda: keys.set_apart(page.book, stick), moved)

    def _show_content(self) -> None:
        if self.content is not None:
            ContentDialog(self.content, self).show()


def _lies_together(stick: Path | None) -> bool:
    return bool(stick and stick.is_dir() and key_store.together(stick))


class ContentDialog(QDialog):
    """Every field that is signed, and below the bytes themselves with their hash."""

    def __init__(self, content: shown.Shown, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("What the key signs, word for word"))
        column = QVBoxLayout(self)
        column.setSpacing(em(0.5))
        self.table = TableView()
        self.table.setAccessibleName(self.windowTitle())
        self.table.show_table(content.table)
        column.addWidget(self.table, 3)
        words = _("These bytes are hashed, and the hash is signed; the list above is made out of them.")
        label: QLabel = text(words, "quiet")
        column.addWidget(label)
        self.raw = QPlainTextEdit(content.data.decode())
        self.raw.setReadOnly(True)
        self.raw.setAccessibleName(words)
        column.addWidget(self.raw, 1)
        column.addWidget(text(f"SHA-256  {content.sha256}", "quiet"))
        leave = button(_("Shut this window"), self.accept)
        flow = Flow(right=True)
        flow.addWidget(leave)
        column.addLayout(flow)
        open_at(self, 54, 38)
