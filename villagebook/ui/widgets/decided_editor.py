"""The items of a resolution: what was decided, about which matter, for how much."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from villagebook.domain.meeting import Matter
from villagebook.domain.resolution import ResolutionItem
from villagebook.i18n import _
from villagebook.rules.resolution_words import MATTERS
from villagebook.ui.theme import em
from villagebook.ui.widgets.count_edit import CountEdit
from villagebook.ui.widgets.forms import button
from villagebook.ui.widgets.money_edit import MoneyLine
from villagebook.ui.widgets.pickers import Choice


class _Row(QWidget):
    """One item; fields that only one matter needs are shown with it."""

    changed = Signal()

    def __init__(self, vetoes: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.words = QLineEdit()
        self.matter = Choice([(m.value, _(MATTERS[m])) for m in Matter])
        self.amount, self.before, self.per_head = MoneyLine(), MoneyLine(), MoneyLine()
        self.days = CountEdit(366)
        self.document = Choice(vetoes)
        self.out = button("×")
        for field, name in (
            (self.words, _("What was decided")),
            (self.matter, _("Matter")),
            (self.amount, _("Amount, yuan")),
            (self.before, _("Drawn before the book")),
            (self.per_head, _("A head, yuan")),
            (self.days, _("Workdays each")),
            (self.document, _("Rejected document")),
            (self.out, _("Take this line out")),
        ):
            field.setAccessibleName(name)
            field.setToolTip(name)
        for line, name in (
            (self.words, _("What was decided")),
            (self.amount, _("Amount")),
            (self.before, _("Drawn before")),
            (self.per_head, _("A head")),
            (self.days, _("Days")),
        ):
            line.setPlaceholderText(name)
        self.amount.setMinimumWidth(em(6))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, em(0.3))
        grid.setSpacing(em(0.3))
        grid.addWidget(self.words, 0, 0, 1, 3)
        grid.addWidget(self.out, 0, 3)
        grid.addWidget(self.matter, 1, 0, 1, 2)
        grid.addWidget(self.amount, 1, 2, 1, 2)
        grid.addWidget(self.per_head, 2, 0)
        grid.addWidget(self.days, 2, 1)
        grid.addWidget(self.document, 2, 0, 1, 4)
        grid.addWidget(self.before, 2, 2, 1, 2)
        for column in (0, 1, 2):
            grid.setColumnStretch(column, 1)
        for signal in (self.words.textChanged, self.matter.changed, self.amount.changed, self.before.changed):
            signal.connect(self._touched)
        for signal in (self.per_head.changed, self.days.changed, self.document.changed):
            signal.connect(self._touched)
        self._earlier = False
        self._touched()

    def set_earlier(self, earlier: bool) -> None:
        self._earlier = earlier
        self._fit()

    def _touched(self) -> None:
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        """Show the fields this matter has; nothing was typed, so nobody is told."""
        matter = Matter(self.matter.value())
        for field in (self.per_head, self.days):
            field.setVisible(matter is Matter.LEVY)
        self.document.setVisible(matter is Matter.VETO)
        self.before.setVisible(self._earlier and matter is not Matter.VETO)

    def item(self, no: int) -> ResolutionItem:
        matter = Matter(self.matter.value())
        levy = matter is Matter.LEVY
        return ResolutionItem(
            no,
            self.words.text().strip(),
            matter,
            self.amount.fen(),
            (self.before.fen() or 0) if self._earlier else 0,
            self.document.value() if matter is Matter.VETO else "",
            (self.per_head.fen() or 0) if levy else 0,
            self.days.value() if levy else 0,
        )

    def show_item(self, item: ResolutionItem) -> None:
        self.words.setText(item.text)
        self.matter.set_value(item.matter.value)
        self.amount.set_fen(item.amount_fen)
        self.before.set_fen(item.drawn_before_fen or None)
        self.per_head.set_fen(item.per_head_fen or None)
        self.days.set_value(item.labour_days)
        self.document.set_value(item.document)

    def is_blank(self) -> bool:
        return not self.words.text().strip() and not self.amount.text().strip()


class DecidedEditor(QWidget):
    """`items()` are the lines that say something, numbered from 1."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[_Row] = []
        self._vetoes: tuple[tuple[str, str], ...] = ()
        self._earlier = False
        self._holder = QVBoxLayout()
        self._holder.setSpacing(em(0.2))
        another = button(_("Another &item"), lambda: self._add(None).words.setFocus(), link=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._holder)
        whole.addWidget(another)
        self.set_items(())

    def items(self) -> tuple[ResolutionItem, ...]:
        said = [row for row in self._rows if not row.is_blank()]
        return tuple(row.item(no) for no, row in enumerate(said, 1))

    def set_items(self, items: Sequence[ResolutionItem]) -> None:
        """Show these; one blank line when there are none."""
        while self._rows:
            self._drop(self._rows[-1])
        for item in items:
            self._add(item)
        if not items:
            self._add(None)

    def set_vetoes(self, vetoes: Sequence[tuple[str, str]]) -> None:
        """(document id, words) of rejected documents an item may let through."""
        self._vetoes = (("", _("(choose)")), *vetoes)
        for row in self._rows:
            row.document.set_options(self._vetoes)

    def set_earlier(self, earlier: bool) -> None:
        """What was decided before the book may have been drawn on before it."""
        self._earlier = earlier
        for row in self._rows:
            row.set_earlier(earlier)

    def _add(self, item: ResolutionItem | None) -> _Row:
        row = _Row(self._vetoes)
        row.set_earlier(self._earlier)
        if item is not None:
            row.show_item(item)
        row.changed.connect(self.changed)
        row.out.clicked.connect(lambda: self._take_out(row))
        self._rows.append(row)
        self._holder.addWidget(row)
        self.changed.emit()
        return row

    def _take_out(self, row: _Row) -> None:
        self._drop(row)
        if not self._rows:
            self._add(None)
        self.changed.emit()

    def _drop(self, row: _Row) -> None:
        self._rows.remove(row)
        row.hide()
        row.deleteLater()
