"""The register of objections: entered also without a name, answered, passed on, upheld, closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from villagebook.domain.board import Content, Objection, Received
from villagebook.domain.notice import Notice
from villagebook.domain.period import Span
from villagebook.i18n import N_, _
from villagebook.services import reports
from villagebook.services.book_file import books
from villagebook.services.book_file.books import Book
from villagebook.services.by import By
from villagebook.services.disclosure import board_contents, board_lives, board_tables, objections
from villagebook.ui.pages.board.correction_dialog import CorrectionDialog
from villagebook.ui.pages.board.replace_dialog import ReplaceDialog
from villagebook.ui.pages.entering.papers import attachments_for
from villagebook.ui.pages.registering.listed_tab import ListedTab
from villagebook.ui.theme import em
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import button, text
from villagebook.ui.widgets.pickers import Choice

Verb = Callable[[Book, str, str, str, date, By], None]
"""What is done with an objection: book, its id, who, the words, the day, who enters it."""


class ObjectionsTab(ListedTab):
    """The list on the left; what is done with the chosen one, and a new one, on the right."""

    SHORT = ("number", "text", "due", "outcome")
    EMPTY = N_("Nobody has objected yet. Enter what was said or put into the box on the right.")

    def forms(self) -> None:
        self._chosen_box()
        self._new_box()
        self.table.pointed.connect(lambda _row: self._tell())

    def _chosen_box(self) -> None:
        box = FormBox(_("The objection chosen in the table"))
        self.told = text("", "quiet")
        box.add(self.told)
        self.who = QComboBox()
        self.who.setEditable(True)
        self.words = lines_field()
        self.content = Choice([(c.value, _(board_tables.CONTENT[c])) for c in Content])
        self.content.set_value(Content.UNKNOWN.value)
        self.day = DateEdit(self.page.session.today)
        box.row(_("&Who answers or decides"), self.who)
        box.row(_("&Answer or decision"), self.words)
        box.row(_("&Satisfied?"), self.content)
        box.row(_("&On"), self.day)
        acts = QWidget()
        flow = Flow(acts)
        self.answer_button = button(_("&Enter this answer"), self._answer, main=True)
        flow.addWidget(self.answer_button)
        for words, verb, done in (
            (_("&Pass on…"), objections.escalate, _("The objection is passed on.")),
            (_("It is &right"), objections.uphold, _("Upheld: make the correction notice now.")),
            (_("&Close it"), objections.close, _("The objection is closed.")),
        ):
            made = button(words, partial(self._step, verb, done))
            flow.addWidget(made)
        self.correct = button(_("Correction &notice…"), self._correct)
        flow.addWidget(self.correct)
        box.add(acts)
        self.column.addWidget(box)

    def _new_box(self) -> None:
        box = FormBox(
            _("A new objection"), _("No name is needed: a paper from the box is entered as it came.")
        )
        self.notice = Choice()
        self._found: dict[str, Objection] = {}
        self.line = Choice()
        self.how = Choice([(h.value, _(objections.HOW[h])) for h in Received])
        self.asker = QLineEdit()
        self.asker.setPlaceholderText(_("without a name"))
        self.question = lines_field()
        self.received_on = DateEdit(self.page.session.today)
        self.scan = attachments_for(self.page)
        box.row(_("About n&otice"), self.notice)
        box.row(_("&Line"), self.line)
        box.row(_("&How it came"), self.how)
        box.row(_("Asked b&y"), self.asker)
        box.row(_("&What is doubted"), self.question)
        box.row(_("&Received on"), self.received_on)
        box.row(_("Picture of the paper"), self.scan)
        box.act(_("&Enter it"), self._enter, main=True)
        self.column.addWidget(box)
        self.notice.changed.connect(self._lines_of)

    # ---- showing ----

    def refresh(self) -> None:
        page = self.page
        span = Span(page.book.info.start, max(page.book.info.start, reports.newest_month(page.book)))
        told = board_lives.notice_lives(page.book)
        self._found = {f"register:objections/{o.id}": o for t in told for o in t.life.objections}
        self.show_list(board_tables.register(page.book, span))
        self.notice.set_options(
            [(t.life.subject, f"{t.life.number} ({t.span})") for t in told if t.life.final]
        )
        names = [p.name for p in books.staff(page.book).persons.values()]
        typed = self.who.currentText()
        self.who.clear()
        self.who.addItems(names)
        self.who.setCurrentText(typed)
        self._lines_of()
        self._tell()

    def open_entry(self, ident: str) -> None:
        """An objection, or a notice: the form for a new one about it."""
        if not self.point_at(f"register:objections/{ident}"):
            self.notice.set_value(ident)
            self.question.setFocus()

    def _lines_of(self) -> None:
        options = [("0", _("the notice as a whole"))]
        if self.notice.value():
            paper = board_contents.frozen(self.page.book, self.notice.value())
            options += [(str(no), f"{no}. {words}") for no, words in board_contents.lines_of(paper)]
        self.line.set_options(options)

    def _chosen(self) -> Objection | None:
        return self._found.get(self.table.target())

    def _tell(self) -> None:
        found = self._chosen()
        if found is None:
            self.told.setText(_("Choose a line of the table."))
        else:
            self.told.setText(f"{found.number}  {found.text}")
        self.correct.setEnabled(found is not None and found.upheld and not found.closed)

    # ---- verbs ----

    def _enter(self) -> None:
        if not self.page.reads(self.received_on):
            return
        page = self.page
        kept = self.scan.attachments()
        made = Objection(
            "",
            "",
            self.notice.value(),
            int(self.line.value() or 0),
            self.received_on.given(),
            Received(self.how.value()),
            self.asker.text(),
            self.question.toPlainText(),
            kept[0].sha256 if kept else "",
        )

        def done(entered: Objection) -> None:
            self.question.clear()
            self.asker.clear()
            self.scan.set_attachments(())
            page.session.say(_("Objection {number} is entered.").format(number=entered.number))

        page.attempt(lambda: objections.enter(page.book, made, page.session.by()), done)

    def _answer(self) -> None:
        content = Content(self.content.value())

        def answer(book: Book, ident: str, who: str, words: str, day: date, by: By) -> None:
            objections.answer(book, ident, who, words, content, day, by)

        self._step(answer, _("The answer is entered."))

    def _step(self, verb: Verb, done: str, _checked: bool = False) -> None:
        if not self.page.reads(self.day):
            return
        page, found = self.page, self._chosen()
        if found is None:
            page.say_problem(_("Choose a line of the table."))
            return
        day = self.day.given()

        def after(_none: None) -> None:
            self.words.clear()
            page.session.say(done)

        page.attempt(
            lambda: verb(
                page.book, found.id, self.who.currentText(), self.words.toPlainText(), day, page.session.by()
            ),
            after,
        )

    def _correct(self) -> None:
        found = self._chosen()
        if found is None:
            return
        paper = board_contents.frozen(self.page.book, found.subject)
        dialog: CorrectionDialog | ReplaceDialog
        if isinstance(paper, Notice):
            dialog = CorrectionDialog(self.page, found.subject, found.line, found.id)
        else:
            dialog = ReplaceDialog(self.page, found.subject, found.id)
        if dialog.exec():
            self.page.session.say(_("The correction waits for supervision on the page of notices."))
            self.page.session.go(f"notice:{dialog.made}")


def lines_field() -> QPlainTextEdit:
    """A field for some lines of text that Tab leaves."""
    made = QPlainTextEdit()
    made.setTabChangesFocus(True)
    made.setFixedHeight(em(4.5))
    return made
