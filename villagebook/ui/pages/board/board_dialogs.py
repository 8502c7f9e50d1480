"""Short windows for what is done at the board: post a notice, add photos, take it down, name a board."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTime
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from villagebook.domain.board import BoardPhoto, BoardPlace, Hang, Life, Posting, View
from villagebook.domain.errors import KnownError, Refused
from villagebook.i18n import _
from villagebook.services.book_file import books
from villagebook.services.disclosure import board, board_photos, board_places
from villagebook.ui.page import Page
from villagebook.ui.theme import em
from villagebook.ui.widgets.attachment_list import DropBox
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.forms import Form, text
from villagebook.ui.widgets.pickers import Choice, PersonPicker
from villagebook.ui.widgets.typed import lead_to, unread_in

PATTERN = "(*.jpg *.jpeg *.png *.bmp *.tif *.tiff *.webp *.pdf);;(*)"


class ActDialog(QDialog):
    """A form with one verb; what refuses it is said inside and the window stays."""

    def __init__(self, page: Page, title: str, verb: str) -> None:
        super().__init__(page)
        self.page = page
        self.setWindowTitle(title)
        self.setMinimumWidth(em(36))
        self.column = QVBoxLayout(self)
        self.form = Form()
        self.column.addLayout(self.form)
        self.trouble = text("", "red")
        self.trouble.setVisible(False)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        cancel = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setText(_("Cancel"))
        cancel.setIcon(QIcon())
        self.main = self.buttons.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
        self.main.setProperty("role", "main")
        self.main.setDefault(True)
        self.buttons.accepted.connect(self._go)
        self.buttons.rejected.connect(self.reject)

    def finish(self) -> None:
        """Put the foot below everything that was added."""
        self.column.addWidget(self.trouble)
        self.column.addWidget(self.buttons)

    def act(self) -> None:
        """The verb itself. Raises Refused or KnownError."""
        raise NotImplementedError

    def _go(self) -> None:
        unread = unread_in(self)
        if unread:
            self.say("\n".join(one.words for one in unread))
            lead_to(unread)
        elif self.attempt(self.act):
            self.accept()

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do it; False with the reasons shown when it was refused."""
        try:
            act()
        except Refused as refused:
            self.say("\n".join(f.text for f in refused.findings))
            return False
        except KnownError as error:
            self.say(str(error))
            return False
        return True

    def say(self, words: str) -> None:
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))


class PhotosField(QWidget):
    """Photos of a posted paper: each is compared with the log when it comes in, and the result said in one sentence."""

    def __init__(self, dialog: ActDialog, subject: str) -> None:
        super().__init__()
        self._dialog, self._subject = dialog, subject
        self.photos: list[BoardPhoto] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.boxes: dict[View, DropBox] = {}
        for view, words, choose in (
            (View.WIDE, _("The board with its surroundings"), _("&Wide photo…")),
            (View.READABLE, _("The sheet, close enough to be read"), _("R&eadable photo…")),
        ):
            box = DropBox(words, choose, PATTERN)
            box.dropped.connect(lambda paths, view=view: self.take(view, paths))
            self.boxes[view] = box
            column.addWidget(box)
        self.said = text("", "quiet")
        self.said.setVisible(False)
        column.addWidget(self.said)
        self.setFocusProxy(self.boxes[View.WIDE].choose_button)

    def take(self, view: View, paths: list[Path]) -> None:
        """Read each file, keep the picture, say what it shows."""
        for path in paths:
            self._dialog.attempt(partial(self._take, view, path))

    def _take(self, view: View, path: Path) -> None:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise KnownError(str(error)) from None
        seen = board_photos.take_in(self._dialog.page.book, data, path.name, self._subject)
        self.photos.append(BoardPhoto(view, seen.photo.sha256, seen.shows))
        told = seen.sentence if path.name in seen.sentence else f"{path.name}: {seen.sentence}"
        lines = [*self.said.text().split("\n"), told]
        self.said.setText("\n".join(dict.fromkeys(line for line in lines if line)))
        self.said.setVisible(True)
        self.said.setMinimumHeight(self.said.heightForWidth(max(self.width(), em(20))))
        self._dialog.adjustSize()


class PostDialog(ActDialog):
    """Where it hangs, since when, by whom, with which photos."""

    def __init__(self, page: Page, life: Life) -> None:
        super().__init__(page, _("Post {number}").format(number=life.number), _("&Record the posting"))
        self.life = life
        hung = {h.posting.place for h in life.hanging()}
        required = dict.fromkeys((*life.places, *board_places.places_to_post(page.book, page.session.today)))
        self.place = Choice([(p, p) for p in required if p not in hung])
        self.person = PersonPicker(may_be_nobody=False)
        self.person.set_persons(books.staff(page.book).persons.values())
        self.day = DateEdit(page.session.today)
        now = page.session.by().at
        self.time = QTimeEdit(QTime(now.hour, now.minute))
        self.time.setDisplayFormat("HH:mm")
        self.photos = PhotosField(self, life.subject)
        self.excuse = QLineEdit()
        self.form.row(_("&Board"), self.place)
        self.form.row(_("&Posted by"), self.person)
        self.form.row(_("&Day"), self.day)
        self.form.row(_("&Time"), self.time)
        self.form.row(_("Photos"), self.photos)
        self.form.row(_("Why a photo is missing or it is entered late"), self.excuse)
        self.finish()

    def act(self) -> None:
        day, time = self.day.day(), self.time.time()
        posting = Posting(
            "",
            self.life.subject,
            "",
            self.place.value(),
            self.person.value(),
            datetime(day.year, day.month, day.day, time.hour(), time.minute()) if day else None,  # noqa: DTZ001  # the wall clock
            tuple(self.photos.photos),
            self.excuse.text(),
        )
        board.post(self.page.book, posting, self.page.session.by())


class AddPhotosDialog(ActDialog):
    """Photos that came after the posting."""

    def __init__(self, page: Page, life: Life, hangs: tuple[Hang, ...]) -> None:
        super().__init__(page, _("Photos of {number}").format(number=life.number), _("&Add the photos"))
        self.where = Choice([(h.posting.id, h.posting.place) for h in hangs])
        self.photos = PhotosField(self, life.subject)
        self.form.row(_("&Board"), self.where)
        self.form.row(_("Photos"), self.photos)
        self.finish()

    def act(self) -> None:
        board.add_photos(
            self.page.book, self.where.value(), tuple(self.photos.photos), self.page.session.by()
        )


class TakeDownDialog(ActDialog):
    """Sheets that come down: the places are ticked, all on one day."""

    def __init__(self, page: Page, life: Life) -> None:
        super().__init__(page, _("Take down {number}").format(number=life.number), _("&Record the removal"))
        self.ticks: dict[str, QCheckBox] = {}
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        for hang in life.hanging():
            days = hang.days(page.session.today)
            tick = QCheckBox(
                _("{place}, {days} of {least} days").format(
                    place=hang.posting.place, days=days, least=life.min_days
                )
            )
            tick.setChecked(days >= life.min_days)
            self.ticks[hang.posting.id] = tick
            column.addWidget(tick)
        self.person = PersonPicker(may_be_nobody=False)
        self.person.set_persons(books.staff(page.book).persons.values())
        self.day = DateEdit(page.session.today)
        self.why = QComboBox()
        self.why.setEditable(True)
        self.why.addItems([_(reason) for reason in board.REASONS])
        self.form.row(_("Boards"), holder)
        self.form.row(_("&Taken down by"), self.person)
        self.form.row(_("&Day"), self.day)
        self.form.row(_("&Why"), self.why)
        self.finish()

    def act(self) -> None:
        day = self.day.given()
        for ident, tick in self.ticks.items():
            if tick.isChecked() and tick.isEnabled():
                board.take_down(
                    self.page.book,
                    ident,
                    day,
                    self.person.value(),
                    self.why.currentText(),
                    self.page.session.by(),
                )
                tick.setEnabled(False)


class PlacesDialog(ActDialog):
    """The boards of the village: the township's list is always there, hamlets are added by name."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, _("Boards of the village"), _("&Save"))
        known = board_places.places(page.book)
        required = board_places.places_to_post(page.book, page.session.today)
        self.column.insertWidget(
            0, text(_("Notices hang at: {places}").format(places="、".join(required) or "–"), "quiet")
        )
        self.name = QComboBox()
        self.name.setEditable(True)
        self.name.addItems([p.name for p in known])
        self.name.setCurrentText("")
        self._known = {p.name: p for p in known}
        self.spot, self.reason = QLineEdit(), QLineEdit()
        self.out = QCheckBox(_("Out of use from now on"))
        self.form.row(_("&Natural village or hamlet"), self.name)
        self.form.row(_("&Where the board stands"), self.spot)
        self.form.wide(self.out)
        self.form.row(_("Wh&y it is out of use"), self.reason)
        self.reason.setEnabled(False)
        self.out.toggled.connect(self.reason.setEnabled)
        self.name.currentTextChanged.connect(self._show)
        self.finish()

    def _show(self, name: str) -> None:
        if name in self._known:
            self.spot.setText(self._known[name].spot)

    def act(self) -> None:
        place = BoardPlace(self.name.currentText(), self.spot.text(), not self.out.isChecked())
        board_places.set_place(self.page.book, place, self.reason.text(), self.page.session.by())
