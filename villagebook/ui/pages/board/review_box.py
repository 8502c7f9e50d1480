"""Supervision's signatures under a notice: ticked from a photo, or given with a key."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout

from villagebook.domain.document import Attachment
from villagebook.domain.people import SUPERVISION
from villagebook.i18n import _
from villagebook.services import files
from villagebook.services.approvals import signing
from villagebook.services.book_file import books
from villagebook.services.disclosure.notices import NoticeRow
from villagebook.services.disclosure.paper_review import REVIEW_SLOT
from villagebook.services.vouchers.documents import Outcome
from villagebook.ui.page import Page
from villagebook.ui.pages.approving.key_form import KeyForm
from villagebook.ui.pages.board.mask_box import MaskBox
from villagebook.ui.theme import em
from villagebook.ui.widgets.attachment_list import DropBox
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.forms import Form, button, text
from villagebook.ui.widgets.pickers import PersonPicker


class ReviewBox(QFrame):
    """Shown while a notice is in review."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._page = page
        self._row: NoticeRow | None = None
        self._photo: Attachment | None = None
        self.setProperty("form", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(em(0.6), em(0.5), em(0.6), em(0.5))
        self._state = text("")
        self._drop = DropBox(
            _("Photo of the signed draft"),
            _("Take in the p&hoto…"),
            _("Photos and scans (*.jpg *.jpeg *.png *.bmp *.tif *.tiff *.webp);;All files (*)"),
        )
        self._drop.dropped.connect(self._take)
        form = Form()
        self.first, self.second = PersonPicker(), PersonPicker()
        self.day = DateEdit(page.session.today)
        form.row(_("Signed by"), self.first)
        form.row(_("and by"), self.second)
        form.row(_("Signed on"), self.day)
        self._enter = button(_("&Enter these signatures"), self._sign, main=True)
        self.masks = MaskBox(page)
        column.addWidget(self.masks)
        column.addWidget(self._state)
        column.addWidget(self._drop)
        column.addLayout(form)
        column.addWidget(self._enter)
        self._with_key = QCheckBox(_("With &key instead"))
        self.key = KeyForm(page, self._sign_with_key)
        self._with_key.toggled.connect(self.key.setVisible)
        column.addWidget(self._with_key)
        column.addWidget(self.key)
        self.key.setVisible(False)
        self.setVisible(False)

    def show_notice(self, row: NoticeRow | None) -> None:
        """Hidden unless this notice is in review."""
        self._row = row if row is not None and row.state == "review" else None
        self._photo = None
        self.setVisible(self._row is not None)
        if self._row is not None:
            staff = books.staff(self._page.book)
            holders = staff.holders(SUPERVISION, self._page.session.today)
            for picker in (self.first, self.second):
                picker.set_persons(holders)
            self.key.set_persons(holders)
            self.key.set_subject(self._row.id)
            self.masks.show_subject(self._row.id)
            self._tell()

    def _tell(self) -> None:
        if self._row is None:
            return
        words = _("Supervision: {signed} of {needed} have signed.").format(
            signed=self._row.signed, needed=self._row.needed
        )
        if self._photo is not None:
            words += "\n" + _("Photo: {name}").format(name=self._photo.name)
        self._state.setText(words)
        self._enter.setEnabled(self._photo is not None)

    def _take(self, paths: list[Path]) -> None:
        path = paths[0]

        def taken(photo: Attachment) -> None:
            self._photo = photo
            self._tell()

        self._page.attempt(partial(files.store_file, self._page.book, path, path.name), taken)

    def _sign(self) -> None:
        if not self._page.reads(self.day):
            return
        row, photo = self._row, self._photo
        day = self.day.given()
        marks = tuple(
            signing.InkMark(REVIEW_SLOT, picker.value(), day)
            for picker in (self.first, self.second)
            if picker.value()
        )
        if row is None or photo is None:
            return
        if not marks:
            self._page.say_problem(_("Choose who has signed."))
            return
        self._page.attempt(
            lambda: signing.sign_ink(self._page.book, row.id, marks, photo, self._page.session.by()),
            self._signed,
        )

    def _sign_with_key(self) -> None:
        if self._row is not None:
            self.key.sign(self._row.id, REVIEW_SLOT, self._signed)

    def _signed(self, outcome: Outcome) -> None:
        if outcome.label:
            words = _("Notice {number} is final and can be posted.").format(number=outcome.label)
        else:
            words = _("Entered. More signatures of supervision are missing.")
        self._page.session.say(words)
