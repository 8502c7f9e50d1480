"""The four sides of a document that waits: what it says, signatures on paper, with a key, and the no."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from villagebook.domain.document import Attachment
from villagebook.domain.meeting import ACCEPTED_BY_SLOT
from villagebook.domain.money import yuan_text
from villagebook.domain.numerals import capital_amount
from villagebook.domain.people import Person, PostKind, Staff
from villagebook.domain.resolution import Cited
from villagebook.domain.signature import SlotKind, SlotState
from villagebook.i18n import _
from villagebook.rules.seal_words import seal_title
from villagebook.services import names
from villagebook.services.approvals import resolutions, signing
from villagebook.services.approvals.signing import QueueRow
from villagebook.services.book_file import books
from villagebook.services.offices import seals
from villagebook.services.vouchers.documents import DocumentView, withdraw
from villagebook.ui.pages.approving.key_form import KeyForm
from villagebook.ui.pages.approving.second_look_box import SecondLookBox
from villagebook.ui.pages.approving.sign_host import SignHost
from villagebook.ui.pages.entering.papers import show_object
from villagebook.ui.theme import em
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import Form, Scroll, button, card, text
from villagebook.ui.widgets.pickers import Choice, PersonPicker
from villagebook.ui.widgets.resolution_line import ResolutionLine
from villagebook.ui.widgets.table_view import TableView

HANDLER = "H"
"""The slot of whom the document names as handler."""


class _Tab(Scroll):
    """Base: scrolls when the window is low."""

    def __init__(self, page: SignHost) -> None:
        super().__init__()
        self.page = page
        self.row: QueueRow | None = None
        self.view: DocumentView | None = None
        inner = QWidget()
        self.column = QVBoxLayout(inner)
        self.build()
        self.column.addStretch(1)
        self.hold(inner)

    def build(self) -> None:
        """Make the widgets."""
        raise NotImplementedError

    def show_document(self, row: QueueRow | None, view: DocumentView | None) -> None:
        """Show another document, or none."""
        self.row, self.view = row, view
        if row is not None and view is not None:
            self.fill(row, view)

    def fill(self, row: QueueRow, view: DocumentView) -> None:
        raise NotImplementedError


class DocumentTab(_Tab):
    """What is to be signed, in words, with who has signed and who has not."""

    def build(self) -> None:
        self._head = text("", "heading")
        self._amount = text("")
        self._words = text("")
        self._slots = text("")
        self._papers = button(_("L&ook at the papers"))
        self._papers.clicked.connect(self._look)
        self._reason = QLineEdit()
        self._reason.setPlaceholderText(_("Why is it taken back?"))
        self._reason.setAccessibleName(_("Reason"))
        back = button(_("Take &back to the drafts"))
        back.clicked.connect(self._withdraw)
        for widget in (
            self._head,
            self._amount,
            self._words,
            self._papers,
            text(_("Who has signed"), "heading"),
        ):
            self.column.addWidget(widget)
        self.column.addWidget(self._slots)
        box, inner = card()
        inner.addWidget(self._reason)
        inner.addWidget(back)
        self.column.addWidget(box)

    def fill(self, row: QueueRow, view: DocumentView) -> None:
        document = view.document
        places = books.places(self.page.book)
        staff = books.staff(self.page.book)
        chart = books.chart(self.page.book)
        self._head.setText(document.summary)
        self._amount.setText(f"{yuan_text(document.total_fen)}   {capital_amount(document.total_fen)}")
        place, target = places.get(document.place), places.get(document.to_place)
        lines = [
            (_("Kind"), row.kind_title),
            (_("With"), document.party),
            (_("Money from"), place.name if place else ""),
            (_("Money to"), target.name if target else ""),
            (_("Handler"), staff.name(document.handler) if document.handler else ""),
            (
                _("Supporting document"),
                f"{names.support_title(document.support)} {document.support_no}".strip(),
            ),
            (_("Resolution"), Cited.of(document.resolution, document.resolution_item).text),
            (_("Reason recorded"), document.excuse),
            (_("Veto"), view.lifting),
        ]
        for item in document.items:
            account = chart.get(item.account)
            name = account.name if account else item.account
            lines.append(
                (name, f"{item.summary} {item.quantity}{item.unit} {yuan_text(item.amount_fen)}".strip())
            )
        self._words.setText("\n".join(f"{name}: {words}" for name, words in lines if words))
        stamps = seals.names(self.page.book)
        self._slots.setText("\n".join(_slot_line(s, staff.name, stamps) for s in view.slot_states))
        self._papers.setVisible(bool(document.attachments))

    def _look(self) -> None:
        for paper in self.view.document.attachments if self.view else ():
            show_object(self.page, paper.sha256)

    def _withdraw(self) -> None:
        if self.row is None:
            return
        document = self.row.document

        def done(_none: None) -> None:
            self._reason.clear()
            self.page.session.say(_("{summary} is a draft again.").format(summary=document.summary))

        self.page.attempt(
            lambda: withdraw(self.page.book, document.id, self._reason.text(), self.page.session.by()), done
        )


def _who_may(staff: Staff, posts: tuple[PostKind, ...], day: date) -> tuple[Person, ...]:
    return staff.holders(posts, day) if posts else tuple(staff.persons.values())


def _slot_line(state: SlotState, name_of: Callable[[str], str], seal_names: Mapping[str, str]) -> str:
    """One slot with its signatures, or how many are missing."""
    title = names.slot_title(state.slot.code)
    given = ", ".join(f"{name_of(s.person_id) or s.reference} {s.signed_on:%m-%d}" for s in state.signatures)
    stamped = [seal_names[s.seal] for s in state.signatures if s.seal in seal_names]
    seal = _("seal: {name}").format(name=", ".join(stamped)) if stamped else ""
    missing = _("{n} missing").format(n=state.open_count) if state.open_count else ""
    sign = "✓" if not state.open_count else "○"
    return f"{sign} {title}   " + "; ".join(part for part in (given, seal, missing) if part)


class _InkLine:
    """One open signature to be ticked from the photo; `may` are those who could give it on a day."""

    def __init__(self, state: SlotState, may: Callable[[date], tuple[Person, ...]], day: date) -> None:
        self.slot, self._may = state.slot, may
        self.tick = QCheckBox(names.slot_title(state.slot.code))
        self.person = PersonPicker()
        persons = may(day)
        self.person.set_persons(persons)
        self.reference = ResolutionLine()
        self.reference.setAccessibleName(_("Number of the minutes"))
        self.day = DateEdit(day)
        if state.slot.posts and len(persons) == 1:
            self.suggest(persons[0].id)
        for chosen in (self.person.changed, self.person.activated):
            chosen.connect(lambda *_index: self.tick.setChecked(bool(self.person.value())))
        self.day.changed.connect(self._offer_holders)
        self.seal = Choice()
        self._kept: Callable[[date], tuple[seals.Holding, ...]] = lambda _day: ()

    def _offer_holders(self) -> None:
        """Who held the post on the day that is typed: a slip signed before a handover comes in after it."""
        day = self.day.day()
        if day is not None:
            self.person.set_persons(self._may(day))
            self._offer_seals(day)

    def bears(self, kind: seals.SealKind, kept: Callable[[date], tuple[seals.Holding, ...]]) -> None:
        """The slip bears a seal beside this signature: which of those kept that day is the clerk's word."""
        self._kept = kept
        self.seal.setAccessibleName(seal_title(kind))
        self._offer_seals(self.day.given())

    def _offer_seals(self, day: date) -> None:
        """The only one stands there already; of several one is chosen."""
        kept = self._kept(day)
        one = [] if len(kept) == 1 else [("", _("(choose)"))]
        self.seal.set_options([*one, *((h.item, h.name) for h in kept)])

    def suggest(self, person_id: str) -> None:
        """Who alone can have signed stands there already; the tick, that the picture shows it, is the clerk's."""
        before = self.person.blockSignals(True)
        self.person.set_value(person_id)
        self.person.blockSignals(before)

    def offer(self, choices: tuple[resolutions.Choice, ...], named: Cited) -> None:
        """Resolutions this slot can stand on; the one the document names is filled in when it is among them."""
        fitting = tuple(c for c in choices if c.body in ACCEPTED_BY_SLOT.get(self.slot.code, frozenset()))
        self.reference.set_choices(fitting)
        if any(
            c.cited.number == named.number and c.cited.item == (named.item or c.cited.item) for c in fitting
        ):
            self.reference.set_cited(named)
        self.reference.textChanged.connect(lambda words: self.tick.setChecked(bool(words.strip())))

    def who(self) -> QWidget:
        return self.reference if self.slot.kind is SlotKind.MEETING else self.person

    def mark(self) -> signing.InkMark:
        return signing.InkMark(
            self.slot.code,
            self.person.value(),
            self.day.given(),
            self.reference.cited().text,
            self.seal.value(),
        )


class InkTab(_Tab):
    """Tick what the photo shows."""

    def build(self) -> None:
        self._photos: dict[str, Attachment] = {}
        self._unread: list[Attachment] = []
        self._lines: list[_InkLine] = []
        self._state = text("")
        self._look = button(_("Look at the p&hoto"))
        self._look.clicked.connect(self._show_photo)
        self.assign = button(_("It sho&ws this slip"))
        self.assign.clicked.connect(self._assign)
        self._holder = QWidget()
        self._holder_column = QVBoxLayout(self._holder)
        self._holder_column.setContentsMargins(0, 0, 0, 0)
        self.save = button(_("&Enter the ticked signatures"), main=True)
        self.save.clicked.connect(self._sign)
        self.by_minutes = button(_("Enter the meeting by its &recorded resolution"))
        self.by_minutes.clicked.connect(self._sign_meeting)
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
        self.again.fill(row, "\n".join(_slot_line(s, name_of, stamps) for s in view.slot_states))
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
                line = _InkLine(state, partial(_who_may, staff, state.slot.posts), day)
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
                self._lines.append(line)
        item = self._holder_column.takeAt(0)
        old = item.widget() if item else None
        if old is not None:
            old.hide()
            old.deleteLater()
        self._holder_column.addWidget(fresh)

    def _add_seal(self, state: SlotState, line: _InkLine, grid: QGridLayout, row: int) -> None:
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


class KeyTab(_Tab):
    """An official signs with the own stick and PIN."""

    def build(self) -> None:
        self.slot = Choice()
        self.form = KeyForm(self.page, self._sign, self.slot)
        self.column.addWidget(self.form)
        self.content = TableView()
        self.content.setAccessibleName(_("What the key signs, word for word"))
        self.content.setMinimumHeight(em(16))
        self.column.addWidget(self.content)

    def fill(self, row: QueueRow, view: DocumentView) -> None:
        open_slots = [
            s.slot for s in view.slot_states if s.open_count and s.slot.kind is not SlotKind.MEETING
        ]
        self.slot.set_options([(s.code, names.slot_title(s.code)) for s in open_slots])
        self.slot.set_value(row.waiting_slot)
        self.form.set_persons(row.may_sign or tuple(books.staff(self.page.book).persons.values()))
        shown = self.form.set_subject(row.document.id)
        if shown is not None:
            self.content.show_table(shown.table)

    def _sign(self) -> None:
        if self.row is None:
            return
        document = self.row.document
        self.form.sign(
            document.id,
            self.slot.value(),
            lambda outcome: self.page.tell(outcome, document.summary, document.total_fen),
        )


class RejectTab(_Tab):
    """Supervision or the township says no, or finance staff send back."""

    def build(self) -> None:
        self.column.addWidget(
            text(
                _(
                    "A no stays in the log with its reason. That of supervision is lifted only by a resolution of the "
                    "representatives or the township; that of accountant, cashier or clerk sends the document back to "
                    "be mended."
                ),
                "quiet",
            )
        )
        form = Form()
        self.person = PersonPicker()
        self.reason = QLineEdit()
        form.row(_("W&ho says no"), self.person)
        form.row(_("&Reason"), self.reason)
        self.column.addLayout(form)
        act = button(_("Re&ject"))
        act.clicked.connect(self._reject)
        self.column.addWidget(act)
        every = button(_("All rejected documents"), link=True)
        every.clicked.connect(lambda: self.page.session.go("register:vetoes"))
        self.column.addWidget(every)

    def fill(self, row: QueueRow, view: DocumentView) -> None:
        self.person.set_persons(books.staff(self.page.book).persons.values())

    def _reject(self) -> None:
        if self.row is None:
            return
        document = self.row.document
        if not self.person.value() or not self.reason.text().strip():
            self.page.say_problem(_("Choose who says no, and write the reason: both stay in the log."))
            return

        def done(_none: None) -> None:
            self.reason.clear()
            self.page.session.say(_("Rejected: {summary}.").format(summary=document.summary))

        self.page.attempt(
            lambda: signing.reject(
                self.page.book, document.id, self.person.value(), self.reason.text(), self.page.session.by()
            ),
            done,
        )
