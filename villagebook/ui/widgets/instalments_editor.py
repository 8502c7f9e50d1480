"""Instalments of a contract: made from a cycle, or typed day by day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from villagebook.domain.contract import Instalment, schedule
from villagebook.domain.money import yuan_text
from villagebook.i18n import _, ngettext
from villagebook.ui.theme import em
from villagebook.ui.widgets.count_edit import CountEdit
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import Form, button, text
from villagebook.ui.widgets.money_edit import MoneyLine
from villagebook.ui.widgets.pickers import Choice

MOST = 120


class _Row(QWidget):
    """One instalment."""

    changed = Signal()

    def __init__(self, near: date) -> None:
        super().__init__()
        self.due, self.amount = DateEdit(near, needed=False), MoneyLine()
        self.out = button("×")
        self.out.setToolTip(_("Take this line out"))
        self.out.setAccessibleName(_("Take this line out"))
        self.due.setAccessibleName(_("Due"))
        self.amount.setAccessibleName(_("Amount"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(em(0.3))
        for widget in (self.due, self.amount, self.out):
            line.addWidget(widget)
        self.due.changed.connect(self.changed)
        self.amount.changed.connect(self.changed)


class InstalmentsEditor(QWidget):
    """`instalments()` are the rows that hold a day and an amount."""

    changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._rows: list[_Row] = []
        self.cycle = Choice(
            [
                ("12", _("every year")),
                ("6", _("every half year")),
                ("3", _("every quarter")),
                ("1", _("every month")),
                ("0", _("all at once")),
            ]
        )
        self.first, self.each = DateEdit(today, needed=False), MoneyLine()
        self.step, self.step_every = CountEdit(100), CountEdit(50)
        form = Form()
        form.row(_("How often"), self.cycle)
        form.row(_("First due"), self.first)
        form.row(_("Each time"), self.each)
        more = QWidget()
        line = QHBoxLayout(more)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.step)
        line.addWidget(text(_("% more after every"), wrap=False))
        line.addWidget(self.step_every)
        line.addWidget(text(_("times"), wrap=False))
        line.addStretch(1)
        self.step.setAccessibleName(_("Rise in per cent"))
        self.step_every.setAccessibleName(_("After how many times"))
        form.wide(more)
        acts = QWidget()
        flow = Flow(acts)
        self.make = button(_("Make the instalments"))
        another = button(_("Another &line"), lambda: self._add(None), link=True)
        flow.addWidget(self.make)
        flow.addWidget(another)
        self._holder = QVBoxLayout()
        self._holder.setSpacing(em(0.25))
        self.sum = text("", "quiet")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(form)
        whole.addWidget(acts)
        whole.addLayout(self._holder)
        whole.addWidget(self.sum)
        self._tell()

    def generate(self, until: date) -> None:
        """Make the rows from cycle, first day and amount, up to the contract's last day."""
        first = self.first.given()
        every = self.step_every.value() or 1
        made = schedule(
            first, until, int(self.cycle.value()), self.each.fen() or 0, self.step.value() * 100, every
        )
        self.set_instalments(made[:MOST])

    def instalments(self) -> tuple[Instalment, ...]:
        return tuple(
            Instalment(day, row.amount.fen() or 0) for row in self._rows if (day := row.due.day()) is not None
        )

    def problems(self) -> tuple[str, ...]:
        """Rows that would be left out."""
        missing = [row for row in self._rows if not row.due.text().strip() and row.amount.fen()]
        words = _("An instalment of {amount} has no day; type when it is due, or take the line out.")
        return tuple(words.format(amount=yuan_text(row.amount.fen() or 0)) for row in missing)

    def total_fen(self) -> int:
        return sum(i.amount_fen for i in self.instalments())

    def set_instalments(self, made: tuple[Instalment, ...]) -> None:
        while self._rows:
            self._drop(self._rows[-1], tell=False)
        for one in made:
            self._add(one, tell=False)
        self._tell()

    def _add(self, one: Instalment | None, *, tell: bool = True) -> None:
        row = _Row(self._rows[-1].due.day() or self._today if self._rows else self._today)
        row.due.set_day(one.due_on if one else None)
        row.amount.set_fen(one.amount_fen if one else None)
        row.changed.connect(self._tell)
        row.out.clicked.connect(lambda: self._drop(row))
        self._rows.append(row)
        self._holder.addWidget(row)
        if tell:
            row.due.setFocus()
            self._tell()

    def _drop(self, row: _Row, *, tell: bool = True) -> None:
        self._rows.remove(row)
        row.hide()
        row.deleteLater()
        if tell:
            self._tell()

    def _tell(self) -> None:
        n = len(self.instalments())
        self.sum.setText(
            ngettext("{n} instalment, {amount} in all.", "{n} instalments, {amount} in all.", n).format(
                n=n, amount=yuan_text(self.total_fen())
            )
        )
        self.changed.emit()
