"""Resolutions: recorded with their votes, drawn on until used up, printed before and after the meeting."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QSplitter, QVBoxLayout, QWidget

from villagebook.domain.finding import Finding
from villagebook.domain.period import Period, Span
from villagebook.domain.resolution import STEPS, OpenStep
from villagebook.domain.table import Table
from villagebook.i18n import _
from villagebook.rules.resolution_words import STEP_WORDS
from villagebook.services.approvals import resolution_papers, resolutions
from villagebook.services.disclosure import resolution_table
from villagebook.ui.export import export_table
from villagebook.ui.page import Page
from villagebook.ui.pages.entering.papers import show_object
from villagebook.ui.pages.registering.resolution_form import ResolutionForm
from villagebook.ui.theme import em
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import Side, button, card, text
from villagebook.ui.widgets.pairs import Pairs
from villagebook.ui.widgets.pickers import Choice
from villagebook.ui.widgets.small_table import SmallTable
from villagebook.ui.widgets.table_view import TableView

SHOWN = ("number", "text", "amount", "left", "result")


class ResolutionsTab(QWidget):
    """The list on the left; on the right the record that is chosen, or the form for a new one."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.book = page.book
        self._number = ""
        self._panels: dict[str, QWidget] = {}
        self._group = QButtonGroup(self)
        self.table = TableView()
        self.table.setAccessibleName(_("Resolutions"))
        self.table.gives_way = ("result", "amount")
        self.table.pointed.connect(lambda _row: self._point())
        self.table.opened.connect(lambda _target: self.open_panel("card"))
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._out_bar())
        column.addWidget(self.table, 1)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self._right())
        split.setStretchFactor(0, 11)
        split.setStretchFactor(1, 9)
        split.setSizes([em(55), em(45)])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)
        self.open_panel("card")

    # ---- building ----

    def _out_bar(self) -> QWidget:
        bar = QWidget()
        flow = Flow(bar)
        for words, act in (
            (_("&Print the list"), lambda: export_table(self.page, self._list(), "pdf")),
            ("XLSX", lambda: export_table(self.page, self._list(), "xlsx")),
            ("CSV", lambda: export_table(self.page, self._list(), "csv")),
        ):
            made = button(words, act)
            flow.addWidget(made)
        return bar

    def _right(self) -> QWidget:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        bar = QWidget()
        flow = Flow(bar)
        column.addWidget(bar)
        self._stack = QWidget()
        stack = QVBoxLayout(self._stack)
        stack.setContentsMargins(0, 0, 0, 0)
        for code, words, panel in (
            ("card", _("The chosen one"), self._card_panel()),
            ("new", _("Record a vote"), self._new_panel()),
            ("wrong", _("Step, annul"), self._wrong_panel()),
        ):
            chooser = button(words)
            chooser.setProperty("role", "choice")
            chooser.setCheckable(True)
            self._group.addButton(chooser)
            chooser.toggled.connect(lambda on, code=code: self._show_panel(code) if on else None)
            flow.addWidget(chooser)
            self._panels[code] = panel
            stack.addWidget(panel)
        stack.addStretch(1)
        self._scroll = Side(self._stack, em(24), em(30))
        column.addWidget(self._scroll, 1)
        return right

    def _card_panel(self) -> QWidget:
        box, column = card()
        self.heading = text(_("Choose a resolution in the list."), "heading")
        self.pairs = Pairs()
        self.items, self.draws, self.history = SmallTable(), SmallTable(), SmallTable()
        for table, words in (
            (self.items, _("Matters decided")),
            (self.draws, _("What draws on it")),
            (self.history, _("History")),
        ):
            table.setAccessibleName(words)
        self.draws.opened.connect(self.page.session.go)
        self._draws_title = text(_("What draws on it"), "heading")
        acts = QWidget()
        flow = Flow(acts)
        self.prints = button(_("Print the record"), self._print_record, main=True)
        self.look = button(_("Look at the minutes"), self._look)
        flow.addWidget(self.prints)
        flow.addWidget(self.look)
        for widget in (
            self.heading,
            self.pairs,
            self.items,
            self._draws_title,
            self.draws,
            self.history,
            acts,
        ):
            column.addWidget(widget)
        return box

    def _new_panel(self) -> QWidget:
        box = FormBox(_("A vote of a meeting"))
        self.form = ResolutionForm(self.page)
        box.add(self.form)
        acts = QWidget()
        flow = Flow(acts)
        self.record = button(_("&Record this vote"), self._record, main=True)
        before = button(_("Print the sheet for the meeting"), self._print_sheet)
        blank = button(_("New form"), lambda: self.form.show_resolution(None))
        for made in (self.record, before, blank):
            flow.addWidget(made)
        box.add(acts)
        return box

    def _wrong_panel(self) -> QWidget:
        holder = QWidget()
        whole = QVBoxLayout(holder)
        whole.setContentsMargins(0, 0, 0, 0)
        box = FormBox(_("A later step of four discussions, two openness"))
        self.step = Choice([(s.value, _(STEP_WORDS[s])) for s in STEPS if s is not OpenStep.RESOLVED])
        self.step.set_value(OpenStep.DECISION_SHOWN.value)
        self.step_on = DateEdit(self.page.session.today)
        box.row(_("Step"), self.step)
        box.row(_("Day"), self.step_on)
        box.act(_("Enter this step"), self._step)
        whole.addWidget(box)
        box = FormBox(
            _("The chosen record is wrong"),
            _(
                "It stays in the list with the reason. While documents draw on it, the right one has to take its place "
                "under the same number: set it right in the form below, then annul."
            ),
        )
        self.why = QLineEdit()
        box.row(_("Reason"), self.why)
        acts = QWidget()
        flow = Flow(acts)
        annul = button(_("Annul it"), lambda: self._annul(right=False))
        replaces = button(
            _("Annul it, and record this in its place"), lambda: self._annul(right=True), main=True
        )
        flow.addWidget(annul)
        flow.addWidget(replaces)
        box.add(acts)
        self.right_form = ResolutionForm(self.page)
        box.add(self.right_form)
        whole.addWidget(box)
        return holder

    # ---- showing ----

    def _list(self) -> Table:
        return resolution_table.report(self.book, Span.of(Period.of(self.page.session.today)))

    def refresh(self) -> None:
        self.table.show_table(self._list().only(*SHOWN))
        if not self._number and self.table.values().rowCount():
            self.table.setCurrentIndex(self.table.values().index(0, 0))
        self.form.lists()
        self.right_form.lists()
        self._show_chosen()

    def open_entry(self, code: str) -> None:
        """Choose a record in the list; "new" is the form for a vote, "new:DOCUMENT" for one that lifts a veto."""
        form, _colon, document = code.partition(":")
        if form == "new":
            self.open_panel("new")
            if document:
                self.form.ask_to_lift(document)
            return
        if self.table.choose(f"register:resolutions/{code}"):
            self.open_panel("card")
            return
        self.open_blank()
        if code != "-":
            self.form.number.setText(code)
            words = _("Resolution {number} is not recorded yet: record its vote here.")
            self.page.session.say(words.format(number=code))

    def open_blank(self) -> None:
        """A finding about a vote that is not recorded leads to the form that records it."""
        self.open_panel("new")
        self.form.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_panel(self, code: str) -> None:
        """Bring a side to the front."""
        for number, known in enumerate(self._panels):
            if known == code:
                self._group.buttons()[number].setChecked(True)
        self._show_panel(code)

    def _show_panel(self, code: str) -> None:
        for known, panel in self._panels.items():
            panel.setVisible(known == code)
        self._scroll.verticalScrollBar().setValue(0)

    def _point(self) -> None:
        self._number = self.table.target().partition("/")[2]
        self._show_chosen()

    def _show_chosen(self) -> None:
        shown = resolution_table.card(self.book, self._number) if self._number else None
        found = resolution_table.record(self.book, self._number) if self._number else None
        for widget in (self.items, self.draws, self._draws_title, self.history, self.prints):
            widget.setVisible(shown is not None)
        self.look.setVisible(bool(found and (found.papers or found.roll_file)))
        if shown is None or shown.parts is None or found is None:
            self.pairs.show_pairs(())
            return
        self.heading.setText(f"{shown.code}  {shown.title}")
        self.pairs.show_pairs(shown.pairs)
        self.items.show_table(shown.parts.only("no", "text", "amount", "left"))
        self.draws.show_table(shown.vouchers.only("day", "item", "summary", "amount", "state"))
        self.history.show_table(shown.history)
        self.draws.setVisible(bool(shown.vouchers.rows))
        self._draws_title.setVisible(bool(shown.vouchers.rows))
        self.right_form.show_resolution(found)

    # ---- doing ----

    def _readable(self, form: ResolutionForm) -> bool:
        return self.page.reads(form)

    def _record(self) -> None:
        if not self._readable(self.form):
            return
        made, by = self.form.read(), self.page.session.by()

        def done(said: tuple[Finding, ...]) -> None:
            self.page.session.say(_("Resolution {number} is in the register.").format(number=made.number))
            self.form.show_resolution(None)
            self.refresh()
            self.open_entry(made.number)
            self.table.setFocus()  # the form is gone, and the keyboard would leave the page
            self.page.show_findings(said)

        self.page.attempt(lambda: resolutions.record(self.book, made, by), done)

    def _needs_chosen(self) -> bool:
        if not self._number:
            self.page.say_problem(_("Choose a resolution in the list first."))
        return bool(self._number)

    def _step(self) -> None:
        if not self.page.reads(self.step_on):
            return
        if not self._needs_chosen():
            return
        step, day = OpenStep(self.step.value()), self.step_on.given()
        number, by = self._number, self.page.session.by()

        def done(_none: None) -> None:
            self.page.session.say(_("{number}: the step is entered.").format(number=number))
            self.refresh()

        self.page.attempt(lambda: resolutions.add_step(self.book, number, step, day, by), done)

    def _annul(self, *, right: bool) -> None:
        if (right and not self._readable(self.right_form)) or not self._needs_chosen():
            return
        number, why, by = self._number, self.why.text(), self.page.session.by()
        made = self.right_form.read() if right else None

        def done(_none: None) -> None:
            self.why.clear()
            self.page.session.say(_("{number} is annulled; the record stays visible.").format(number=number))
            self.refresh()

        self.page.attempt(lambda: resolutions.annul(self.book, number, why, by, made), done)

    def _print_sheet(self) -> None:
        from villagebook.ui.viewer import Viewer

        if not self._readable(self.form):
            return
        made = self.form.read()
        self.page.attempt(
            lambda: resolution_papers.sheet_pdf(self.book, made),
            lambda pdf: Viewer(_("Minutes of a meeting"), pdf, "application/pdf", self.page).show(),
        )

    def _print_record(self) -> None:
        from villagebook.ui.viewer import Viewer

        number = self._number

        def show(pdf: bytes | None) -> None:
            if pdf is not None:
                Viewer(number, pdf, "application/pdf", self.page).show()

        self.page.attempt(lambda: resolution_papers.record_pdf(self.book, number), show)

    def _look(self) -> None:
        found = resolution_table.record(self.book, self._number)
        papers = [*found.papers, *([found.roll_file] if found.roll_file else [])] if found else []
        for sha256 in dict.fromkeys(p.sha256 for p in papers):
            show_object(self.page, sha256)
