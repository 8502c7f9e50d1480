"""Signing with an official's own key: person, the two files on the stick, PIN."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from villagebook.domain.errors import KnownError
from villagebook.domain.people import Person
from villagebook.i18n import _
from villagebook.services import signing
from villagebook.services.documents import Outcome
from villagebook.ui.page import Page
from villagebook.ui.widgets.file_field import FileField
from villagebook.ui.widgets.forms import Form, button
from villagebook.ui.widgets.pickers import PersonPicker


class KeyForm(QWidget):
    """`sign` does the verb for a subject (a document or a notice) and a slot; the PIN is forgotten at once."""

    def __init__(self, page: Page, act: Callable[[], None]) -> None:
        super().__init__()
        self._page = page
        self.person = PersonPicker()
        self.sealed, self.key_file = FileField(_("Key…")), FileField(_("Key file…"))
        self.pin = QLineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        form = Form()
        form.row(_("&Who"), self.person)
        form.row(_("Sealed key"), self.sealed)
        form.row(_("Key file"), self.key_file)
        form.row(_("P&IN"), self.pin)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        made = button(_("Si&gn"), main=True)
        made.clicked.connect(act)
        column.addWidget(made)

    def set_persons(self, persons: Iterable[Person]) -> None:
        self.person.set_persons(persons)
        self.pin.clear()

    def sign(self, subject: str, slot: str, then: Callable[[Outcome], object]) -> None:
        """Sign exactly the content that is shown."""
        sealed, key_file = self.sealed.path(), self.key_file.path()
        if sealed is None or key_file is None:
            self._page.say_problem(_("Choose both files on the stick."))
            return
        pin, person_id = self.pin.text(), self.person.value()
        self.pin.clear()
        self._page.attempt(
            lambda: signing.sign_key(
                self._page.book,
                subject,
                slot,
                person_id,
                _read(sealed),
                _read(key_file),
                pin,
                self._page.session.by(),
            ),
            then,
        )


def _read(path: Path) -> bytes:
    """Raises KnownError when the stick is gone."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise KnownError(
            _("{path} cannot be read: {why}.").format(path=path, why=error.strerror),
            _("Is the stick plugged in?"),
        ) from None
