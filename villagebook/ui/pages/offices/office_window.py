"""Handing an office over, step by step: the list, the sheets, the three signatures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from villagebook.domain.document import Attachment
from villagebook.domain.errors import KnownError
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.office_handover import Hand, HandoverList, Listed, PartCode, Terms
from villagebook.domain.people import Post
from villagebook.i18n import _, why
from villagebook.services import names
from villagebook.services.book_file import books
from villagebook.services.offices import office_handover
from villagebook.services.offices.handover_words import hand_title, overview, part_table, part_title
from villagebook.services.offices.keys import Halves
from villagebook.ui import problems
from villagebook.ui.page import Page
from villagebook.ui.pages.approving.key_form import KeyForm
from villagebook.ui.side_window import SideWindow
from villagebook.ui.theme import em
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import Form, Side, button, card, text
from villagebook.ui.widgets.pickers import Choice, PersonPicker
from villagebook.ui.widgets.table_view import TableView

T = TypeVar("T")


class OfficeWindow(SideWindow):
    """One post. What is missing is done on the pages behind."""

    def __init__(self, page: Page, post_id: str) -> None:
        staff = books.staff(page.book)
        post: Post = next(p for p in staff.posts if p.id == post_id)
        words = _("Handover: {name}, {post}")
        title = words.format(name=staff.name(post.person_id), post=names.post_title(post.kind))
        super().__init__(page.session, title, page)
        self.page, self.staff, self.post = page, staff, post
        self.draft: HandoverList | None = None
        self.listed: Listed | None = None
        self._build()
        self.session.changed.connect(self._on_changed)
        self.resize(min(em(88), 1320), min(em(44), 690))
        self._resume()

    def _build(self) -> None:
        self.which = Choice([("", _("What is handed over")), *((c.value, part_title(c)) for c in PartCode)])
        self.which.setAccessibleName(_("Part"))
        self.which.changed.connect(self._show_part)
        self.table = TableView()
        self.table.setAccessibleName(_("What is handed over"))
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.which)
        column.addWidget(self.table, 1)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self._steps())
        split.setStretchFactor(0, 6)
        split.setStretchFactor(1, 4)
        split.setSizes([em(56), em(32)])
        whole = QVBoxLayout(self)
        whole.setSpacing(em(0.5))
        whole.addWidget(self.findings)
        whole.addWidget(split, 1)

    def _steps(self) -> QWidget:
        box, column = card()
        column.addWidget(text(_("1. Who, before whom, when"), "heading"))
        form = Form()
        self.taker, self.overseer = PersonPicker(), PersonPicker()
        for picker in (self.taker, self.overseer):
            picker.set_persons(p for p in self.staff.persons.values() if p.id != self.post.person_id)
            picker.changed.connect(self.look)
        self.on = DateEdit(self.session.today)
        self.on.changed.connect(self.look)
        self.remark = QLineEdit()
        form.row(hand_title(Hand.TAKER), self.taker)
        form.row(hand_title(Hand.OVERSEER), self.overseer)
        form.row(_("Day of the handover"), self.on)
        form.row(_("Remark"), self.remark)
        column.addLayout(form)
        column.addWidget(text(_("2. Make the list and print it, two copies"), "heading"))
        column.addWidget(
            text(_("Cash is counted that day, the bank compared; seals have gone into other hands."), "quiet")
        )
        self.begin, self.paper = (
            button(_("&Make the list"), self.freeze, main=True),
            button(_("&Print"), self.show_kit),
        )
        column.addLayout(_in_row(self.begin, self.paper))
        column.addWidget(text(_("3. All three sign every page"), "heading"))
        self.scan = text("", "quiet")
        self.take, self.complete = (
            button(_("&Take in the signed sheets…"), self._choose_scan),
            button(_("All three ha&ve signed"), self.finish, main=True),
        )
        column.addLayout(_in_row(self.take, self.complete))
        column.addWidget(self.scan)
        column.addWidget(text(_("or each signs with the own key"), "heading"))
        self.signed = text("", "quiet")
        column.addWidget(self.signed)
        self.hand = Choice([(h.value, hand_title(h)) for h in Hand])
        self.key = KeyForm(self, self.sign_with_key, self.hand)
        self.hand.changed.connect(self._show_hand)
        column.addWidget(self.key)
        column.addStretch(1)
        self.sheet: Attachment | None = None
        return Side(box, em(24), em(36))

    def leave_for(self, target: str) -> None:
        """Seals and money places are handed on beside the posts, on the page this window covers."""
        super().leave_for(target)
        if self.isVisible():
            self.hide()
            words = _("“{title}” steps aside; press Hand over again to go on with it.")
            self.session.say(words.format(title=self.windowTitle()))

    # ---- what it shows ----

    def terms(self) -> Terms:
        on = self.on.day() or self.session.today
        return Terms(self.post.id, self.taker.value(), self.overseer.value(), on, self.remark.text().strip())

    def _resume(self) -> None:
        """A list that was made already is gone on with."""
        own = [n for n in office_handover.lists(self.book) if n.content.terms.post_id == self.post.id]
        if own:
            self.listed = own[0]
            terms = own[0].content.terms
            self.taker.set_value(terms.taker)
            self.overseer.set_value(terms.overseer)
            self.on.set_day(terms.on)
            self.remark.setText(terms.remark)
        self.look()

    def look(self) -> None:
        """Compile anew and say what stands in the way."""
        try:
            draft = office_handover.preview(self.book, self.terms(), self.session.today)
        except problems.EXPECTED as error:
            self.findings.show_error(error)
            return
        self.draft = draft.content
        if self.listed is not None and self.listed.done_on is not None:
            self.draft = self.listed.content
            self.findings.clear()
        elif self.taker.value() and self.overseer.value():
            self.findings.show_findings(draft.findings)
        else:
            self.findings.show_findings(tuple(f for f in draft.findings if f.id != "AP-47"))
        self._show_part()
        waits = self.listed is not None and self.listed.done_on is None
        over = self.listed is not None and self.listed.done_on is not None
        for one in (self.begin, self.taker, self.overseer, self.on, self.remark):
            one.setEnabled(not over)
        self.paper.setEnabled(self.listed is not None)
        self.take.setEnabled(waits)
        self.complete.setEnabled(waits and self.sheet is not None)
        self.hand.setEnabled(waits)
        self.key.setEnabled(waits)
        self._show_hand()
        if over:
            self.scan.setText(
                _("Handed over. {name} can be given the post now.").format(name=self.taker.currentText())
            )

    def _show_part(self) -> None:
        if self.draft is None:
            return
        code = self.which.value()
        self.table.show_table(part_table(self.draft.part(PartCode(code))) if code else overview(self.draft))

    def _show_hand(self) -> None:
        """Who has signed with a key, and whose key is asked for next."""
        if self.listed is None:
            self.signed.setText(_("First make the list."))
            return
        done = _(", ").join(hand_title(h) for h in self.listed.signed)
        left = [h for h in Hand if h not in self.listed.signed]
        self.signed.setText(
            _("Signed: {done}.").format(done=done) if done else _("Nobody has signed with a key yet.")
        )
        if left and Hand(self.hand.value()) not in left:
            self.hand.set_value(left[0].value)
        person = self.staff.persons.get(self.listed.content.person(Hand(self.hand.value())))
        self.key.set_persons([person] if person else [])
        if person:
            self.key.person.set_value(person.id)
        self.key.set_subject(self.listed.content.id)

    def sign_with_key(self) -> None:
        """One of the three signs; with the third the office has passed."""
        if self.listed is None:
            return
        ident, hand, content = self.listed.content.id, Hand(self.hand.value()), self.key.content
        by = self.session.by()

        def act(halves: Halves, pin: str) -> Listed:
            data = content.data if content else None
            return office_handover.sign_key(
                self.book, ident, hand, halves.sealed, halves.key_file, pin, by, data
            )

        def done(listed: Listed) -> None:
            self.listed = listed
            self.look()
            over = listed.done_on is not None
            self.session.say(
                _("The office is handed over.")
                if over
                else _("{name} has signed with the own key.").format(name=hand_title(hand))
            )

        self.key.use(act, done)

    # ---- what the form of a key asks of its page

    def attempt(self, act: Callable[[], T], then: Callable[[T], object] | None = None) -> None:
        """Do a verb; a refusal is said in this window."""
        self._attempt(act, then or (lambda _made: None))

    def say_problem(self, words: str) -> None:
        self.findings.show_findings((Finding("", Severity.ERROR, "", words),))

    def _on_changed(self, _topics: object) -> None:
        self.look()

    # ---- the steps ----

    def freeze(self) -> None:
        if not self.findings.reads(self.on):
            return

        def made(listed: Listed) -> None:
            self.listed, self.sheet = listed, None
            self.scan.setText(_("The list is made. Print it and have it signed."))
            self.look()

        self._attempt(lambda: office_handover.freeze(self.book, self.terms(), self.session.by()), made)

    def show_kit(self) -> None:
        from villagebook.ui.viewer import Viewer

        if self.listed is None:
            return
        ident, title = self.listed.content.id, self.windowTitle()
        self._attempt(
            lambda: office_handover.kit_pdf(self.book, ident),
            lambda data: Viewer(title, data, "application/pdf", self).show(),
        )

    def _choose_scan(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(
            self, _("The signed sheets"), "", _("Pictures and PDF (*.jpg *.jpeg *.png *.pdf)")
        )
        if chosen:
            self.take_in(Path(chosen))

    def take_in(self, path: Path) -> None:
        """Keep the scan; its codes say whether it is this list."""
        if self.listed is None:
            return
        ident = self.listed.content.id

        def read() -> tuple[Attachment, tuple[Finding, ...]]:
            try:
                data = path.read_bytes()
            except OSError as error:
                raise KnownError(
                    _("{path} cannot be read: {why}.").format(path=path, why=why(error))
                ) from None
            return office_handover.take_in(self.book, data, path.name, ident)

        def took(found: tuple[Attachment, tuple[Finding, ...]]) -> None:
            photo, said = found
            stops = any(f.severity.stops for f in said)
            self.sheet = None if stops else photo
            self.look()
            self.scan.setText(photo.name if not stops else "")
            if said:
                self.findings.show_findings(said)

        self._attempt(read, took)

    def finish(self) -> None:
        if not self.findings.reads(self.on):
            return
        if self.listed is None or self.sheet is None:
            return
        ident, sheet, on = self.listed.content.id, self.sheet, self.on.given()

        def done(listed: Listed) -> None:
            self.listed = listed
            self.look()
            self.session.say(_("The office is handed over."))

        self._attempt(lambda: office_handover.sign_ink(self.book, ident, sheet, on, self.session.by()), done)

    def _attempt(self, act: Callable[[], T], then: Callable[[T], object]) -> None:
        try:
            result = act()
        except problems.EXPECTED as error:
            self.findings.show_error(error)
            return
        then(result)


def _in_row(*widgets: QWidget) -> QHBoxLayout:
    flow = Flow()
    for widget in widgets:
        flow.addWidget(widget)
    row = QHBoxLayout()
    row.addLayout(flow)
    return row
