"""Dialogs about one key: the stick is lost, a new PIN, what it signed, and a file of the township."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from villagebook.domain.document import Attachment
from villagebook.domain.errors import KnownError
from villagebook.domain.keys import KeyAnswer, KeyList, KeyStop, Standing, StopReason
from villagebook.domain.table import Column, Shape, Table
from villagebook.i18n import _
from villagebook.services import files
from villagebook.services.book_file import books
from villagebook.services.offices import key_words, keys, township_word
from villagebook.ui import problems
from villagebook.ui.session import Session
from villagebook.ui.theme import em, open_at
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.file_field import FileField
from villagebook.ui.widgets.findings_panel import FindingsPanel
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import Form, button, card, text
from villagebook.ui.widgets.pickers import Choice, PersonPicker
from villagebook.ui.widgets.table_view import TableView


class _Dialog(QDialog):
    """Findings above, two buttons below."""

    def __init__(self, session: Session, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.session = session
        self.column = QVBoxLayout(self)
        self.column.setSpacing(em(0.6))
        self.findings = FindingsPanel()
        self.column.addWidget(self.findings)

    def finish(self, act: str, leave: str) -> None:
        """The row of buttons; `act` "" for a dialog that only shows."""
        flow = Flow(right=True)
        away = button(leave, self.reject)
        away.setAutoDefault(False)
        flow.addWidget(away)
        if act:
            do = button(act, self.act, main=True)
            do.setAutoDefault(False)
            flow.addWidget(do)
        self.column.addLayout(flow)

    def act(self) -> None:
        """Do it; a refusal is said in the dialog."""
        if not self.findings.reads(self):
            return
        try:
            words = self.do()
        except problems.EXPECTED as error:
            self.findings.show_findings(problems.as_findings(error))
            return
        self.session.say(words)
        self.accept()

    def do(self) -> str:
        """The verb; returns the sentence for the status line."""
        raise NotImplementedError


def _whose(session: Session, standing: Standing) -> str:
    name = books.staff(session.book).name(standing.key.person_id)
    return _("{name}, key {mark}").format(name=name, mark=standing.key.key_id)


class LostDialog(_Dialog):
    """One act: from now on this key signs nothing."""

    def __init__(self, session: Session, standing: Standing, parent: QWidget | None = None) -> None:
        super().__init__(session, _("This stick is lost"), parent)
        self._standing = standing
        self.column.addWidget(text(_whose(session, standing), "heading"))
        self.column.addWidget(
            text(
                _(
                    "The key stops at once and for ever; the township hears of it with the next package. What it signed stays, and "
                    "is listed below for a look. A new key is made on another stick."
                )
            )
        )
        form = Form()
        self.what = Choice([(s.value, _(words)) for s, words in key_words.STOPS.items()])
        self.lost_on = DateEdit(session.today)
        self.by = PersonPicker()
        self.by.set_persons(books.staff(session.book).persons.values())
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("where it was last seen, who was told"))
        self.paper = FileField(
            _("Photo…"), pattern=_("Pictures and PDF (*.jpg *.jpeg *.png *.pdf);;All files (*)")
        )
        form.row(_("Why"), self.what)
        form.row(_("Since when"), self.lost_on)
        form.row(_("Who reports it"), self.by)
        form.row(_("&What happened"), self.reason)
        form.row(_("Written report"), self.paper)
        self.column.addLayout(form)
        self.table = TableView()
        self.table.setAccessibleName(_("What it signed"))
        self.table.show_table(key_words.signed_table(session.book, standing.key.key_id))
        self.column.addWidget(self.table, 1)
        self.finish(_("&Stop the key now"), _("Not now"))
        open_at(self, 52, 38)

    def do(self) -> str:
        session, standing = self.session, self._standing
        told = KeyStop(
            standing.key.key_id,
            StopReason(self.what.value()),
            self.lost_on.given(),
            self.by.value(),
            self.reason.text(),
            "",
            session.today,
        )
        paper = self.paper.path()
        kept: Attachment | None = files.store_file(session.book, paper, paper.name) if paper else None
        keys.stop(session.book, told, kept, session.by())
        return _("The key is stopped. Hand a package over, so that the township hears of it.")


class PinDialog(_Dialog):
    """The old PIN, the new one twice; the sealed half on this computer is sealed anew."""

    def __init__(self, session: Session, standing: Standing, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Change the PIN"), parent)
        self._standing = standing
        self.column.addWidget(text(_whose(session, standing), "heading"))
        form = Form()
        self.stick = FileField(_("Stick…"), folder=True)
        self.old, self.new, self.again = QLineEdit(), QLineEdit(), QLineEdit()
        for line in (self.old, self.new, self.again):
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.setMaximumWidth(em(12))
        form.row(_("Stick"), self.stick)
        form.row(_("&Old PIN"), self.old)
        form.row(_("&New PIN (6 or more)"), self.new)
        form.row(_("New PIN a&gain"), self.again)
        self.column.addLayout(form)
        words = _(
            "After three wrong PINs the program waits, longer each time. Whoever copied both halves before can still use the old "
            "PIN: if you fear that, report the stick as lost."
        )
        self.column.addWidget(text(words, "quiet"))
        self.finish(_("&Change it"), _("Not now"))
        open_at(self, 40, 20)

    def do(self) -> str:
        old, new, again, stick = self.old.text(), self.new.text(), self.again.text(), self.stick.path()
        for line in (self.old, self.new, self.again):
            line.clear()
        if new != again:
            raise KnownError(_("The two PINs differ. Type them again."))
        if stick is None:
            raise KnownError(_("Choose the folder of the stick first."))
        by = self.session.by()
        keys.change_pin(self.session.book, self._standing.key.key_id, stick, old, new, by.at)
        return _("The PIN is changed.")


class SignedDialog(_Dialog):
    """Everything a key signed."""

    def __init__(self, session: Session, standing: Standing, parent: QWidget | None = None) -> None:
        super().__init__(session, _("What it signed"), parent)
        self.column.addWidget(text(_whose(session, standing), "heading"))
        self.table = TableView()
        self.table.setAccessibleName(_("What it signed"))
        self.table.show_table(key_words.signed_table(session.book, standing.key.key_id))
        self.table.opened.connect(session.go)
        self.column.addWidget(self.table, 1)
        self.finish("", _("Shut this window"))
        open_at(self, 52, 30)


class WordDialog(_Dialog):
    """An answer or a list, and the field for the fingerprint read aloud when its key is new here."""

    def __init__(
        self, session: Session, path: Path, offer: township_word.Offer, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, _("The township's file about keys"), parent)
        self._path = path
        self.column.addWidget(text(_about(offer), "heading"))
        words = _("Signed by {name} on {day}.").format(name=offer.township, day=offer.signed_on.isoformat())
        self.column.addWidget(text(words))
        if isinstance(offer.content, KeyList):
            self.table = TableView()
            self.table.setAccessibleName(_("Keys of officials"))
            self.table.show_table(_listed(offer.content))
            self.column.addWidget(self.table, 1)
        self.fingerprint = QLineEdit()
        if not offer.trusted:
            self.column.addWidget(self._asking())
        self.finish(_("&Take it in"), _("Not now"))
        open_at(self, 52, 30 if isinstance(offer.content, KeyList) else 20)

    def _asking(self) -> QWidget:
        box, column = card(role="hold")
        words = _(
            "This book does not know the key yet. Telephone the township under a number you know, have the "
            "fingerprint of its key read aloud, and type what you hear. It is not shown here, so that nobody "
            "copies it from the screen."
        )
        column.addWidget(text(words))
        form = Form()
        self.fingerprint.setPlaceholderText("0000-0000-0000-0000")
        self.fingerprint.setMinimumWidth(em(18))
        self.fingerprint.setMaximumWidth(em(18))
        form.row(_("&Fingerprint"), self.fingerprint)
        column.addLayout(form)
        return box

    def do(self) -> str:
        made = township_word.take_in(
            self.session.book, self._path, self.session.by(), self.fingerprint.text()
        )
        return _about(made)


def _about(offer: township_word.Offer) -> str:
    told = offer.content
    if isinstance(told, KeyAnswer):
        text_ = _("The key of {name} is certified from {first} to {last}.")
        return text_.format(
            name=told.request.person, first=told.from_on.isoformat(), last=told.until_on.isoformat()
        )
    words = _("List of keys, version {version}, valid until {day}.")
    return words.format(version=told.version, day=told.until_on.isoformat())


def _listed(told: KeyList) -> Table:
    columns = (
        Column("person", _("Person"), Shape.TEXT, 10),
        Column("state", _("State"), Shape.TEXT, 10),
        Column("until", _("Until"), Shape.DAY, 10),
        Column("reason", _("Reason"), Shape.TEXT, 16),
    )
    rows = tuple(
        (
            k.person,
            _(key_words.STATES[k.state_on(told.from_on)]),
            (k.revoked_on or k.until_on).isoformat(),
            k.reason,
        )
        for k in told.keys
    )
    return Table("key-list", "", "", columns, rows)
