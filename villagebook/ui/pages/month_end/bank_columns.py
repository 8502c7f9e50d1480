"""Which column of a bank's table means what: chosen beside the first rows of the file, proven before anything is taken in."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from villagebook.i18n import _
from villagebook.services.banking import bank_wizard
from villagebook.services.banking.bank_wizard import (
    AMOUNT_ROLES,
    MODE_TITLES,
    ROLE_TITLES,
    AmountMode,
    BankMapping,
    BankPreview,
    letter,
    roles_of,
    told_mapping,
)
from villagebook.ui import problems
from villagebook.ui.session import Session
from villagebook.ui.side_window import SideWindow
from villagebook.ui.theme import em
from villagebook.ui.widgets.count_edit import CountEdit
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import Scroll, button, card, labelled, text
from villagebook.ui.widgets.pickers import Choice
from villagebook.ui.widgets.table_view import TableView


class BankColumns(SideWindow):
    """`taken` gets the reading that was proven; the dialog itself writes nothing."""

    def __init__(
        self,
        session: Session,
        places: tuple[str, ...],
        path: Path,
        first: BankPreview,
        taken: Callable[[Path, BankMapping], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(session, _("Columns of {file}").format(file=path.name), parent)
        self._places, self._path, self._taken = places, path, taken
        self._seen = first
        self._build()
        self._show(first)
        self.resize(min(em(86), 1340), min(em(46), 720))

    # ---- building ----

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(em(0.5))
        self.sheet = Choice()
        self.header_row = CountEdit(1_000_000)
        self.mode = Choice([(m.value, _(words)) for m, words in MODE_TITLES.items()])
        self.mode.setMinimumWidth(em(26))
        top = QWidget()
        flow = Flow(top)
        for words, field in (
            (_("S&heet"), self.sheet),
            (_("&Row of the headings"), self.header_row),
            (_("&Amounts stand in"), self.mode),
        ):
            flow.addWidget(labelled(words, field))
            flow.addWidget(field)
        column.addWidget(top)
        middle = QHBoxLayout()
        middle.addWidget(self._roles())
        self.rows = TableView()
        self.rows.setAccessibleName(_("The first rows of the file"))
        middle.addWidget(self.rows, 1)
        column.addLayout(middle, 1)
        self.verdict = text("", "heading")
        column.addWidget(self.findings)
        column.addWidget(self.verdict)
        column.addWidget(self._bottom())
        self.sheet.changed.connect(self._another_sheet)
        self.header_row.editingFinished.connect(self._changed)
        self.mode.changed.connect(self._changed)
        self.in_words.editingFinished.connect(self._changed)

    def _roles(self) -> QWidget:
        box, column = card()
        grid = QGridLayout()
        grid.setHorizontalSpacing(em(0.6))
        grid.setVerticalSpacing(em(0.3))
        self.columns: dict[str, Choice] = {}
        self.in_words = QLineEdit()
        self.in_words.setMinimumWidth(em(9))
        self._labels: dict[str, QWidget] = {}
        for at, (role, words) in enumerate(ROLE_TITLES.items()):
            choice = Choice()
            choice.changed.connect(self._changed)
            label = labelled(_(words), choice)
            grid.addWidget(label, 2 * at, 0)
            grid.addWidget(choice, 2 * at, 1)
            self.columns[role], self._labels[role] = choice, label
        at = 2 * list(ROLE_TITLES).index("direction") + 1
        self._words_label = labelled(_("Words for in"), self.in_words)
        grid.addWidget(self._words_label, at, 0)
        grid.addWidget(self.in_words, at, 1)
        column.addLayout(grid)
        column.addStretch(1)
        area = Scroll(box)
        area.setFixedWidth(em(24))
        return area

    def _bottom(self) -> QWidget:
        bar = QWidget()
        flow = Flow(bar, right=True)
        leave = button(_("Do not take it in"), self.reject)
        self.take = button(_("&Take in like this"), self._accept, main=True)
        for made in (leave, self.take):
            made.setAutoDefault(False)
            flow.addWidget(made)
        return bar

    # ---- showing ----

    def _show(self, seen: BankPreview) -> None:
        """Fill every field from a reading; nothing is emitted."""
        self._seen = seen
        hidden = _("hidden")
        self.sheet.set_options(
            [(s.name, s.name if s.visible else f"{s.name} ({hidden})") for s in seen.sheets if s.name]
            or [("", _("the only one"))]
        )
        self._quietly(self.sheet, seen.sheet)
        self.header_row.set_value(seen.header_row)
        self._quietly(self.mode, seen.mode.value)
        self.in_words.setText("、".join(seen.in_words))
        self.in_words.setPlaceholderText("、".join(seen.words_said()))
        options = [("", _("(none)")), *seen.options()]
        for role, choice in self.columns.items():
            choice.set_options(options)
            at = seen.columns.get(role)
            self._quietly(choice, letter(at) if at is not None else "")
        self._show_reading(seen)

    def _show_reading(self, seen: BankPreview) -> None:
        self.rows.show_table(seen.table())
        self.findings.show_findings(seen.findings)
        self.verdict.setText(seen.verdict())
        self.verdict.setProperty("role", "heading" if seen.statement else "red")
        self.verdict.style().polish(self.verdict)
        self.take.setEnabled(seen.statement is not None)
        mode = AmountMode(self.mode.value())
        wanted = roles_of(mode)
        for role in AMOUNT_ROLES:
            for widget in (self.columns[role], self._labels[role]):
                widget.setVisible(role in wanted)
        for widget in (self.in_words, self._words_label):
            widget.setVisible(mode is AmountMode.WORDS)

    @staticmethod
    def _quietly(choice: Choice, value: str) -> None:
        choice.blockSignals(True)
        choice.set_value(value)
        choice.blockSignals(False)

    # ---- choosing ----

    def mapping(self) -> BankMapping:
        """What is chosen now."""
        letters = {role: choice.value() for role, choice in self.columns.items()}
        words = tuple(filter(None, map(str.strip, re.split("[,，;；、]", self.in_words.text()))))
        sheet = self.sheet.value() if len(self._seen.sheets) > 1 else ""
        return told_mapping(
            sheet,
            self.header_row.value(),
            AmountMode(self.mode.value()),
            letters,
            words,
            flipped=self._seen.flipped,
        )

    def _changed(self) -> None:
        before = self._seen.header_row
        seen = self._read(self.mapping())
        if seen is None:
            return
        self._seen = seen
        if seen.header_row != before:
            options = [("", _("(none)")), *seen.options()]
            for choice in self.columns.values():
                choice.set_options(options)
        self.in_words.setPlaceholderText("、".join(seen.words_said()))
        self._show_reading(seen)

    def _another_sheet(self) -> None:
        """Begin anew on another sheet, as the program itself would read it."""
        seen = self._read(BankMapping(sheet=self.sheet.value()))
        if seen is not None:
            self._show(seen)

    def _read(self, told: BankMapping) -> BankPreview | None:
        session = self.session
        try:
            return bank_wizard.preview(session.book, self._places, self._path, session.today, told)
        except problems.EXPECTED as error:
            self.findings.show_error(error)
            return None

    def _accept(self) -> None:
        told = self.mapping()
        self.accept()
        self._taken(self._path, told)
