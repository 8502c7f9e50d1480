"""The fields of a resolution: who met, how they voted, what they decided; whether it counts is said while it is typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QLineEdit, QPlainTextEdit, QWidget

from villagebook.domain.document import Attachment
from villagebook.domain.meeting import GROUP_BODIES, Body, Matter
from villagebook.domain.resolution import STEPS, OpenStep, Resolution, ResolutionItem
from villagebook.i18n import _, ngettext
from villagebook.rules.resolution_words import BODIES, STEP_WORDS
from villagebook.services.approvals import resolutions, vetoes
from villagebook.services.approvals.vetoes import Fate
from villagebook.services.book_file import books
from villagebook.ui.page import Page
from villagebook.ui.pages.entering.papers import attachments_for
from villagebook.ui.theme import em
from villagebook.ui.widgets.count_edit import CountEdit
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.decided_editor import DecidedEditor
from villagebook.ui.widgets.forms import Form, button, text
from villagebook.ui.widgets.pickers import Choice, PersonPicker

JUDGE_AFTER = 250
"""Milliseconds after the last key until the vote is judged."""


class ResolutionForm(QWidget):
    """`read` gives the record as typed, `show_resolution` shows one to be set right."""

    changed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        today = page.session.today
        self.body = Choice([(b.value, _(BODIES[b])) for b in Body])
        self.body.set_value(Body.DELEGATES.value)
        self.number, self.place = QLineEdit(), QLineEdit()
        self.group = CountEdit(99)
        self.called_on, self.held_on = DateEdit(), DateEdit(today)
        self.entitled, self.present = CountEdit(99_999), CountEdit(99_999)
        self.yes, self.against, self.abstained = CountEdit(99_999), CountEdit(99_999), CountEdit(99_999)
        self.from_register = button(_("From the register"), link=True)
        self.keeper = PersonPicker()
        self.items = DecidedEditor()
        self.roll = QPlainTextEdit()
        self.roll.setPlaceholderText(_("Names of those present, one a line; or attach the signed roll below"))
        self.roll.setTabChangesFocus(True)
        self.roll.setFixedHeight(em(4.5))
        self.roll_file, self.papers = attachments_for(page), attachments_for(page)
        self.earlier = QCheckBox(_("&Decided before this book began (short form)"))
        self.by_steps = QCheckBox(_("By four discussions, two openness"))
        self.steps = {step: DateEdit() for step in STEPS if step is not OpenStep.RESOLVED}
        self.verdict = text("")
        self.needed = text("", "quiet")
        self._full: list[QWidget] = []
        self._base: Resolution | None = None
        self._own_number = ""
        self._lay_out()
        self._timer = QTimer(self, singleShot=True, interval=JUDGE_AFTER)
        self._timer.timeout.connect(self.judge)
        self._listen()
        self._fit()

    # ---- building ----

    def _lay_out(self) -> None:
        form = Form(self)

        def full(label: str, field: QWidget) -> None:
            self._full += [form.row(label, field), field]

        form.row(_("Who met"), self.body)
        self._group_label = form.row(_("Group no."), self.group)
        form.row(_("Number of the minutes"), self.number)
        form.row(_("Held on"), self.held_on)
        form.wide(self.earlier)
        full(_("Notice given on"), self.called_on)
        full(_("Place"), self.place)
        full(_("Belong to the body"), self._beside(self.entitled, self.from_register))
        full(_("Were there"), self.present)
        full(_("For, against, abstained"), self._beside(self.yes, self.against, self.abstained))
        form.wide(self.verdict)
        form.wide(self.needed)
        form.wide(text(_("Items decided"), "heading"))
        form.wide(self.items)
        form.wide(self.by_steps)
        self._steps_holder = QWidget()
        inner = Form(self._steps_holder)
        for step, field in self.steps.items():
            inner.row(_(STEP_WORDS[step]), field)
        form.wide(self._steps_holder)
        full(_("Minutes kept by"), self.keeper)
        full(_("Roll"), self.roll)
        full(_("Signed roll"), self.roll_file)
        form.row(_("Signed minutes"), self.papers)
        self.entitled.setAccessibleName(_("Belong to the body"))
        for count, name in (
            (self.yes, _("For")),
            (self.against, _("Against")),
            (self.abstained, _("Abstained")),
        ):
            count.setAccessibleName(name)
            count.setToolTip(name)
            count.setPlaceholderText(name)

    @staticmethod
    def _beside(*fields: QWidget) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(em(0.3))
        for column, field in enumerate(fields):
            grid.addWidget(field, 0, column)
        grid.setColumnStretch(len(fields), 1)
        holder.setFocusProxy(fields[0])
        return holder

    def _listen(self) -> None:
        for line in (self.number, self.place):
            line.textChanged.connect(self._touched)
        for field in (
            self.body,
            self.called_on,
            self.held_on,
            self.items,
            self.keeper,
            self.papers,
            self.roll_file,
        ):
            field.changed.connect(self._touched)
        for count in (self.entitled, self.present, self.yes, self.against, self.abstained, self.group):
            count.changed.connect(self._touched)
        for step in self.steps.values():
            step.changed.connect(self._touched)
        self.roll.textChanged.connect(self._touched)
        for box in (self.earlier, self.by_steps):
            box.toggled.connect(self._touched)
        self.body.changed.connect(self._another_body)
        self.held_on.changed.connect(self._another_body)
        self.from_register.clicked.connect(self.count)

    def _touched(self, *_args: object) -> None:
        self._fit()
        self._timer.start()

    def _fit(self) -> None:
        """Show the fields this kind of record has."""
        group = Body(self.body.value()) in GROUP_BODIES
        self.group.setVisible(group)
        self._group_label.setVisible(group)
        for widget in self._full:
            widget.setVisible(not self.earlier.isChecked())
        self.items.set_earlier(self.earlier.isChecked())
        self._steps_holder.setVisible(self.by_steps.isChecked())

    # ---- filling ----

    def lists(self) -> None:
        """Persons and rejected documents anew; a fresh form gets the next number."""
        book = self._page.book
        self.keeper.set_persons(books.staff(book).persons.values())
        standing = [v for v in vetoes.listing(book) if v.fate is Fate.STANDS]
        self.items.set_vetoes([(v.document.id, f"{v.document.summary} {v.reason}") for v in standing])
        self._another_body()
        self.judge()

    def ask_to_lift(self, document_id: str) -> None:
        """Put the question of a rejected document on the agenda; what else is typed stays."""
        items = self.items.items()
        if all(i.document != document_id for i in items):
            words = next(
                (v.document.summary for v in vetoes.listing(self._page.book) if v.document.id == document_id),
                "",
            )
            asked = _("Pay all the same: {summary}").format(summary=words)
            item = ResolutionItem(len(items) + 1, asked, Matter.VETO, document=document_id)
            self.items.set_items((*items, item))

    def _another_body(self) -> None:
        """The next number of this body's minutes, unless another was typed."""
        if self._base is None and self.number.text() in ("", self._own_number):
            self._own_number = resolutions.next_number(
                self._page.book, Body(self.body.value()), self.held_on.day() or self._page.session.today
            )
            self.number.setText(self._own_number)

    def count(self) -> None:
        """How many belong to the body, by the register of households."""
        if not self._page.reads(self.held_on):
            return
        body, day = Body(self.body.value()), self.held_on.given()
        found = resolutions.members_of(self._page.book, body, day, self.group.value())
        if found is None:
            self._page.say_problem(_("The register of households does not say how many belong to this body."))
            return
        self.entitled.set_value(found)

    def show_resolution(self, found: Resolution | None) -> None:
        """Fill the form with a record that is to be set right, or blank it."""
        self._base = found
        today = self._page.session.today
        self.number.setReadOnly(found is not None)
        self.body.set_value((found.body if found else Body.DELEGATES).value)
        self.number.setText(found.number if found else "")
        self.place.setText(found.place if found else "")
        self.group.set_value(found.group if found else 0)
        self.held_on.set_day(found.held_on if found else today)
        self.called_on.set_day(found.called_on if found else None)
        for count, value in (
            (self.entitled, found.entitled if found else 0),
            (self.present, found.present if found else 0),
            (self.yes, found.yes if found else 0),
            (self.against, found.no if found else 0),
            (self.abstained, found.abstained if found else 0),
        ):
            count.set_value(value)
        self.items.set_items(found.items if found else ())
        self.keeper.set_value(found.keeper if found else "")
        self.roll.setPlainText("\n".join(found.roll) if found else "")
        self.roll_file.set_attachments((found.roll_file,) if found and found.roll_file else ())
        self.papers.set_attachments(found.papers if found else ())
        self.earlier.setChecked(bool(found and found.earlier))
        self.by_steps.setChecked(bool(found and found.steps))
        days = dict(found.steps) if found else {}
        for step, field in self.steps.items():
            field.set_day(days.get(step))
        self._another_body()
        self._fit()
        self.judge()

    # ---- reading ----

    def read(self) -> Resolution:
        """The record as typed."""
        held_on = self.held_on.given()
        earlier = self.earlier.isChecked()
        files = self.roll_file.attachments()
        roll = tuple(n for n in (name.strip() for name in self.roll.toPlainText().splitlines()) if n)
        made = Resolution(
            "",
            self.number.text().strip(),
            Body(self.body.value()),
            held_on,
            self.items.items(),
            group=self.group.value() if Body(self.body.value()) in GROUP_BODIES else 0,
            papers=self.papers.attachments(),
            earlier=earlier,
            steps=self._steps(held_on),
        )
        return made if earlier else self._with_vote(made, roll, files)

    def _with_vote(
        self, made: Resolution, roll: tuple[str, ...], files: tuple[Attachment, ...]
    ) -> Resolution:
        return replace(
            made,
            called_on=self.called_on.day(),
            place=self.place.text().strip(),
            entitled=self.entitled.value(),
            present=self.present.value(),
            yes=self.yes.value(),
            no=self.against.value(),
            abstained=self.abstained.value(),
            roll=roll,
            roll_file=files[0] if files else None,
            keeper=self.keeper.value(),
        )

    def _steps(self, held_on: date) -> tuple[tuple[OpenStep, date], ...]:
        """Days of the six steps that are known, in their order; the vote is on the day of the meeting."""
        if not self.by_steps.isChecked():
            return ()
        days: dict[OpenStep, date | None] = {step: field.day() for step, field in self.steps.items()}
        days[OpenStep.RESOLVED] = held_on
        return tuple((step, day) for step in STEPS if (day := days[step]) is not None)

    # ---- judging ----

    def judge(self) -> None:
        """Say whether the vote counts, and what it would need."""
        self._timer.stop()
        if self.held_on.day() is None:
            return
        made = self.read()
        seen = resolutions.judge(self._page.book, made, self._page.session.today)
        typed = bool(made.entitled and made.present)
        mark = "✓" if seen.passes else "✗"
        self._say(self.verdict, f"{mark} {seen.words}" if typed else "", "" if seen.passes else "red")
        needed = ngettext(
            "Needed: {present} present, {yes} in favour, notice {days} day before.",
            "Needed: {present} present, {yes} in favour, notice {days} days before.",
            seen.quorum.notice_days,
        ).format(present=seen.least_present or "–", yes=seen.least_yes, days=seen.quorum.notice_days)
        counted = _("The register counts {n}.").format(n=seen.counted) if seen.counted else ""
        show = not made.earlier and made.entitled
        self._say(self.needed, f"{needed} {counted}".strip() if show else counted, "quiet")
        self.changed.emit()

    @staticmethod
    def _say(label: QLabel, words: str, role: str) -> None:
        label.setText(words)
        label.setVisible(bool(words))
        label.setProperty("role", role)
        label.style().polish(label)
