"""Entering the signatures of a sheet that is no slip: the request of a journey, the review of a roster."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagebook.domain.signature import next_slot
from villagebook.i18n import _
from villagebook.services.approvals import requests, signing
from villagebook.services.book_file import books
from villagebook.services.names import slot_title
from villagebook.services.vouchers.documents import Outcome
from villagebook.ui.page import Page
from villagebook.ui.pages.entering.papers import attachments_for
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.forms import Form, button, text
from villagebook.ui.widgets.pickers import PersonPicker


class SignBox(QWidget):
    """One signature after the other, in the order of the slots, each with the photo of the signed sheet."""

    def __init__(self, page: Page, done: Callable[[], object]) -> None:
        super().__init__()
        self.page, self._done, self._subject = page, done, ""
        self.turn = text("", "quiet")
        self.person, self.on = PersonPicker(), DateEdit(page.session.today)
        self.photo = attachments_for(page)
        self.give = button(_("&Enter this signature"), self._sign)
        form = Form()
        form.row(_("Who signed"), self.person)
        form.row(_("On"), self.on)
        form.row(_("Photo of the sheet"), self.photo)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.turn)
        column.addLayout(form)
        column.addWidget(self.give)

    def show_subject(self, subject: str) -> None:
        """Say whose turn it is; hidden when nothing is to be signed. "" shows nothing."""
        if subject != self._subject:
            self.photo.set_attachments(())
        self._subject = subject
        today = self.page.session.today
        states = requests.states(self.page.book, subject, today) if subject else ()
        turn = next_slot(states)
        self.setVisible(turn is not None)
        if turn is None:
            return
        staff = books.staff(self.page.book)
        given = {g.person_id for s in states for g in s.signatures}
        may = staff.holders(turn.posts, today) if turn.posts else tuple(staff.persons.values())
        left = [p for p in may if p.id not in given]
        self.person.set_persons(left)
        if turn.posts and len(left) == 1:
            self.person.set_value(left[0].id)
        done = _(", ").join(staff.name(i) for s in states for i in (g.person_id for g in s.signatures))
        words = _("Now: {slot}.").format(slot=slot_title(turn.code))
        told = _("Signed: {done}.").format(done=done) if done else ""
        nobody = (
            "" if left else _("Nobody who has not signed yet holds the post for it: see People and places.")
        )
        self.turn.setText(" ".join(filter(None, (words, told, nobody))))
        self._slot = turn.code

    def _sign(self) -> None:
        if not self.page.reads(self.on):
            return
        page, papers = self.page, self.photo.attachments()
        if not papers or not self.person.value():
            page.say_problem(_("Choose who signed, and attach the photo of the signed sheet."))
            return
        mark = signing.InkMark(self._slot, self.person.value(), self.on.given())

        def done(outcome: Outcome) -> None:
            words = _("Complete: {code}.").format(code=outcome.label)
            waiting = _("Entered. Next: {slot}.").format(slot=outcome.waiting_for)
            page.session.say(words if outcome.label else waiting)
            self._done()

        page.attempt(
            lambda: signing.sign_ink(page.book, self._subject, (mark,), papers[0], page.session.by()), done
        )
