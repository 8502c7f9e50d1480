"""Signatures on paper: what the photo of the slip shows is ticked."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from villagebook.domain.document import Attachment
from villagebook.domain.people import Person, PostKind, Staff
from villagebook.domain.resolution import Cited
from villagebook.domain.signature import SlotKind, SlotState
from villagebook.i18n import _
from villagebook.rules.seal_words import seal_title
from villagebook.services.approvals import resolutions, signing
from villagebook.services.approvals.sign_queue import QueueRow
from villagebook.services.book_file import books
from villagebook.services.offices import seals
from villagebook.services.vouchers.documents import DocumentView
from villagebook.ui.pages.approving.ink_line import InkLine
from villagebook.ui.pages.approving.second_look_box import SecondLookBox
from villagebook.ui.pages.approving.sign_tab import SignTab
from villagebook.ui.pages.approving.slot_words import slot_line
from villagebook.ui.pages.entering.papers import show_object
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import button, text

HANDLER = "H"
"""The slot of whom the document names as handler."""


class InkTab(SignTab):
    """Tick what the photo shows."""

    def build(self) -> None:
        self._photos: dict[str, Attachment] = {}
        self._unread: list[Attachment] = []
        self._lines: list[InkLine] = []
        self._state = text("")
        self._look = button(_("Look at the p&hoto"), self._show_photo)
        self.assign = button(_("It sho&ws this slip"), self._assign)
        self._holder = QWidget()
        self._holder_column = QVBoxLayout(self._holder)
        self._holder_column.setContentsMargins(0, 0, 0, 0)
        self.save = button(_("&Enter the ticked signatures"), self._sign, main=True)
        self.by_minutes = button(_("Enter the meeting by its &recorded resolution"), self._sign_meeting)
        self.again = SecondLookBox(self.page)
        looks = Flow()
        looks.addWidget(self._look)
        looks.addWidget(self.assign)
        self.column.addWidget(self._state)
        self.column.addLayout(looks)
        for widget in (self._holder, self.save, self.by_minutes, self.again):
            self.column.addWidget(widget)

    def remember(self, photo: Attachment, documents: tuple[str, ...]) -> None:
        """A photo was taken in that shows these documents."""
        for ident in documents:
            self._photos[ident] = photo

    def remember_unread(self, photo: Attachment) -> None:
        """A photo without a readable code was taken in: which slip it shows is asked."""
        if photo not in self._unread:
            self._unread.append(photo)

    def _assign(self) -> None:
        """The photo without a readable code shows the chosen document: that is the clerk's word."""
        if self.row is not None and self.view is not None and self._unread:
            self._photos[self.row.document.id] = self._unread.pop()
            self.fill(self.row, self.view)

    def fill(self, row: QueueRow, view: DocumentView) -> None:
        photo = self._photos.get(row.document.id)
        unread = self._unread[-1] if photo is None and self._unread else None
        if photo is not None:
            words = _("Photo: {name}. Tick who has signed on it.").format(name=photo.name)
        elif unread is not None:
            words = _("No code was read in {name}. Look at it: does it show this slip?").format(
                name=unread.name
            )
        else:
            words = _("There is no photo of the signed slip yet. Drop one on the left.")
        self._state.setText(words)
        self._look.setVisible(photo is not None or unread is not None)
        self.assign.setVisible(unread is not None)
        self.save.setEnabled(photo is not None)
        turn = next((s.slot for s in view.slot_states if s.open_count), None)
        name_of = books.staff(self.page.book).name
        stamps = seals.names(self.page.book)
        self.again.fill(row, "\n".join(slot_line(s, name_of, stamps) for s in view.slot_states))
        if turn is None:
            self._state.setText(_("Every slot is signed."))
            self._look.hide()
            self.assign.hide()
        self.save.setVisible(turn is not None)
        self.by_minutes.setVisible(turn is not None and turn.kind is SlotKind.MEETING)
        self._fill_lines(view)

    def _fill_lines(self, view: DocumentView) -> None:
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        self._lines = []
        staff = books.staff(self.page.book)
        day = self.page.session.today
        document = view.document
        named = Cited.of(document.resolution, document.resolution_item)
        meets = any(s.slot.kind is SlotKind.MEETING for s in view.slot_states)
        choices = resolutions.choices(self.page.book, document.kind.value, document.id) if meets else ()
        for state in view.slot_states:
            for _missing in range(state.open_count):
                line = InkLine(state, partial(_who_may, staff, state.slot.posts), day)
                if state.slot.code == HANDLER:
                    line.suggest(document.handler)
                place = 2 * len(self._lines)
                grid.addWidget(line.tick, place, 0)
                grid.addWidget(line.who(), place, 1)
                grid.addWidget(line.day, place, 2)
                if state.slot.kind is SlotKind.MEETING:
                    line.offer(choices, named)
                    line.reference.show_taken(document.total_fen)
                    grid.addWidget(line.reference.note, place + 1, 1, 1, 2)
                self._add_seal(state, line, grid, place + 1)
                line.keep_in(fresh)
                self._lines.append(line)
        item = self._holder_column.takeAt(0)
        old = item.widget() if item else None
        if old is not None:
            old.hide()
            old.deleteLater()
        self._holder_column.addWidget(fresh)

    def _add_seal(self, state: SlotState, line: InkLine, grid: QGridLayout, row: int) -> None:
        """One print stands for all who sign a slot: it is asked beside the first of them, until one is told."""
        kind = state.slot.seal
        first = not any(other.slot.code == state.slot.code for other in self._lines)
        if kind is None or not first or any(s.seal for s in state.signatures):
            return
        line.bears(kind, partial(seals.to_choose, self.page.book, kind))
        grid.addWidget(text(_("Bears the {seal}").format(seal=seal_title(kind)), "quiet"), row, 0)
        grid.addWidget(line.seal, row, 1, 1, 2)

    def _show_photo(self) -> None:
        photo = self._photos.get(self.row.document.id) if self.row else None
        photo = photo or (self._unread[-1] if self._unread else None)
        if photo is not None:
            show_object(self.page, photo.sha256)

    def _sign_meeting(self) -> None:
        """The slot of a meeting whose turn it is, by its recorded minutes alone."""
        line = next((one for one in self._lines if one.slot.kind is SlotKind.MEETING), None)
        if self.row is None or line is None or not self.page.reads(self):
            return
        document, mark = self.row.document, line.mark()
        self.page.attempt(
            lambda: signing.sign_meeting(self.page.book, document.id, mark, self.page.session.by()),
            lambda outcome: self.page.tell(outcome, document.summary, document.total_fen),
        )

    def _sign(self) -> None:
        photo = self._photos.get(self.row.document.id) if self.row else None
        if self.row is None or photo is None or not self.page.reads(self):
            return
        document = self.row.document
        marks = tuple(line.mark() for line in self._lines if line.tick.isChecked())
        if not marks:
            self.page.say_problem(_("Tick at least one signature that the photo shows."))
            return
        self.page.attempt(
            lambda: signing.sign_ink(self.page.book, document.id, marks, photo, self.page.session.by()),
            lambda outcome: self.page.tell(outcome, document.summary, document.total_fen),
        )


def _who_may(staff: Staff, posts: tuple[PostKind, ...], day: date) -> tuple[Person, ...]:
    return staff.holders(posts, day) if posts else tuple(staff.persons.values())
