"""The notes to a year's statements, section by section, and the yearly report that holds them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QSplitter, QVBoxLayout, QWidget

from villagebook.domain.finding import Finding
from villagebook.domain.table import Column, Shape, Table
from villagebook.i18n import _
from villagebook.services.reporting import annual, note_fills, notes
from villagebook.services.reporting.notes import Part, State
from villagebook.services.reporting.statement_ties import say
from villagebook.ui.export import export_table
from villagebook.ui.page import Page
from villagebook.ui.theme import em
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import Scroll, button, text
from villagebook.ui.widgets.table_view import TableView


class NotesTab(QWidget):
    """The sections with their state on the left, the chosen one on the right."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._year = 0
        self._parts: tuple[Part, ...] = ()
        self._at = -1
        self.list = TableView()
        self.list.pointed.connect(self._point)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        left = QWidget()
        beside = QVBoxLayout(left)
        beside.setContentsMargins(0, 0, 0, 0)
        self.year = text("", "heading")
        beside.addWidget(self.year)
        beside.addWidget(self.list, 1)
        left.setMinimumWidth(em(26))
        split.addWidget(left)
        split.addWidget(self._editor())
        split.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(split, 1)

    def _editor(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(em(0.6), 0, 0, 0)
        self.heading = text("", "heading")
        self.ask = text("", "quiet")
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName(_("Text of the note"))
        self.words.setMinimumHeight(em(6))
        self.nothing = QCheckBox(_("&Nothing to report"))
        self.nothing.toggled.connect(lambda on: self.words.setEnabled(not on))
        self.filled = text("")
        self.filled.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown = Scroll(self.filled)
        acts = QWidget()
        flow = Flow(acts)
        self.suggest = button(_("Use the &proposed text"))
        self.keep = button(_("&Keep this note"), main=True)
        self.print_notes = button(_("Print the n&otes"))
        self.print_report = button(_("Print the &yearly report"))
        for made, act in (
            (self.keep, self._keep),
            (self.suggest, self._use_suggestion),
            (self.print_notes, lambda: self._print("notes")),
            (self.print_report, lambda: self._print("annual-report")),
        ):
            made.clicked.connect(act)
            flow.addWidget(made)
        for widget in (self.heading, self.ask, self.words, self.nothing, acts):
            column.addWidget(widget)
        column.addWidget(shown, 1)
        return holder

    def show_year(self, year: int) -> None:
        """Read the sections of a year; the chosen one stays chosen, and what is typed in it."""
        same = year == self._year
        typed = self._typed() if same else None
        self._year = year
        self._parts = notes.parts(self._page.book, year)
        self.list.show_table(_list(self._parts, year))
        at = self._at if same and 0 <= self._at < len(self._parts) else 0
        self._at = -1
        self._point(at)
        if typed is not None:
            self.words.setPlainText(typed)
        self.year.setText(_("Year {year}").format(year=year))

    def _typed(self) -> str | None:
        """What stands in the field and is not kept yet."""
        if not 0 <= self._at < len(self._parts):
            return None
        words = self.words.toPlainText()
        return words if words != self._parts[self._at].text else None

    def _point(self, row: int) -> None:
        if row == self._at or not 0 <= row < len(self._parts):
            return
        self._at = row
        part = self._parts[row]
        self.heading.setText(f"{part.number}. {say(part.section.title)}")
        self.ask.setText(say(part.section.ask))
        self.ask.setVisible(bool(say(part.section.ask)))
        self.words.setPlainText(part.text)
        self.nothing.setChecked(part.state is State.NOTHING)
        self.suggest.setVisible(bool(say(part.section.suggest)))
        lines = list(part.filled.paragraphs)
        for each in part.filled.tables:
            lines += (note_fills.as_line(each, row) for row in each.rows)
        above = [_("From the book:")] if lines else []
        self.filled.setText("\n".join(above + lines))
        for widget in (self.keep, self.nothing, self.words):
            widget.setEnabled(not self._page.book.read_only)
        self.words.setEnabled(not self.nothing.isChecked() and not self._page.book.read_only)

    def open_section(self, code: str) -> None:
        """Go to a section by its code."""
        for row, part in enumerate(self._parts):
            if part.section.code == code:
                self.list.selectRow(row)
                self._point(row)
                self.words.setFocus()

    def _use_suggestion(self) -> None:
        self.nothing.setChecked(False)
        self.words.setPlainText(say(self._parts[self._at].section.suggest))

    def _keep(self) -> None:
        if not 0 <= self._at < len(self._parts):
            return
        page, code = self._page, self._parts[self._at].section.code
        nothing = self.nothing.isChecked()
        words = "" if nothing else self.words.toPlainText()

        def kept(_none: None) -> None:
            page.session.say(_("The note is kept."))

        self._parts = ()  # what is typed is what is kept: nothing to save from the refresh
        page.attempt(
            lambda: notes.write(page.book, self._year, code, words, page.session.by(), nothing=nothing), kept
        )
        if not self._parts:
            self._parts = notes.parts(page.book, self._year)

    def table(self, name: str) -> Table:
        """The notes, or the whole yearly report, as a table that carries its paper."""
        return annual.make(self._page.book, name, self._year)[0]

    def _print(self, name: str) -> None:
        """What is missing is said first; the report is printed as a draft then."""

        def made(found: tuple[Table, tuple[Finding, ...]]) -> None:
            self._page.show_findings(found[1])
            export_table(self._page, found[0], "pdf")

        self._page.attempt(lambda: annual.make(self._page.book, name, self._year), made)


def _list(parts: tuple[Part, ...], year: int) -> Table:
    columns = (
        Column("no", _("No."), Shape.COUNT, 3),
        Column("title", _("Section"), Shape.TEXT, 22),
        Column("state", _("State"), Shape.TEXT, 9),
    )
    rows = tuple((p.number, say(p.section.title), _(notes.STATES[p.state])) for p in parts)
    strong = frozenset(at for at, p in enumerate(parts) if p.state is State.MISSING)
    return Table("note-sections", notes.title(), str(year), columns, rows, strong=strong)
