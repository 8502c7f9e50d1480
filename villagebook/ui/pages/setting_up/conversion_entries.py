"""Adjustments written by hand while converting: a summary and lines that balance, one below the other."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from villagebook.domain.account import Chart
from villagebook.domain.conversion import Adjustment, AdjustmentLine
from villagebook.domain.money import yuan_text
from villagebook.domain.place import Places
from villagebook.domain.table import Column, Shape, Table
from villagebook.i18n import _
from villagebook.ui.theme import em
from villagebook.ui.widgets.account_picker import AccountPicker
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import Form, button, text
from villagebook.ui.widgets.money_edit import MoneyLine
from villagebook.ui.widgets.table_view import TableView
from villagebook.ui.widgets.typed import lead_to, unread_in

LINES = 4


class EntriesTab(QWidget):
    """`changed` when one was added or taken away."""

    changed = Signal()

    def __init__(self, chart: Chart, places: Places) -> None:
        super().__init__()
        self._chart, self._places = chart, places
        self._entries: tuple[Adjustment, ...] = ()
        self.rows = TableView()
        self.rows.setAccessibleName(_("Adjustments"))
        self.summary = QLineEdit()
        self.lines = [
            (AccountPicker(chart, {}), QLineEdit(), MoneyLine(), MoneyLine()) for _n in range(LINES)
        ]
        self.missing = text("", wrap=False)
        column = QVBoxLayout(self)
        column.setSpacing(em(0.4))
        words = _(
            "What the old book did not hold, and what must be said anew: each adjustment is a voucher of its own. Without "
            "any, leave this empty."
        )
        column.addWidget(text(words, "quiet"))
        column.addWidget(self.rows, 1)
        form = Form()
        form.row(_("S&ummary"), self.summary)
        column.addLayout(form)
        column.addLayout(self._grid())
        bar = QWidget()
        flow = Flow(bar)
        self.add, self.drop = (
            button(_("&Add the adjustment"), self._add),
            button(_("&Take the selected one away"), self._drop),
        )
        for widget in (self.missing, self.add, self.drop):
            flow.addWidget(widget)
        for made in (self.add, self.drop):
            made.setAutoDefault(False)
        column.addWidget(bar)
        self._tell()

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(em(0.5))
        grid.setVerticalSpacing(em(0.25))
        for at, words in enumerate((_("Account"), _("Other party"), _("Debit"), _("Credit"))):
            grid.addWidget(text(words, "quiet", wrap=False), 0, at)
            for line, fields in enumerate(self.lines, 1):
                fields[at].setAccessibleName(words)
                grid.addWidget(fields[at], line, at)
        for fields in self.lines:
            for amount in fields[2:]:
                amount.changed.connect(self._tell)
        for at, weight in enumerate((4, 3, 2, 2)):
            grid.setColumnStretch(at, weight)
        return grid

    def show_entries(self, entries: tuple[Adjustment, ...]) -> None:
        self._entries = entries
        rows = tuple(
            (
                entry.summary if at == 0 else "",
                line.account,
                line.party,
                line.debit_fen or None,
                line.credit_fen or None,
            )
            for entry in entries
            for at, line in enumerate(entry.lines)
        )
        targets = tuple(str(n) for n, entry in enumerate(entries) for _line in entry.lines)
        columns = (
            Column("summary", _("Summary"), Shape.TEXT, 24),
            Column("account", _("Account"), Shape.TEXT, 10),
            Column("party", _("Other party"), Shape.TEXT, 12),
            Column("debit", _("Debit"), Shape.MONEY, 12),
            Column("credit", _("Credit"), Shape.MONEY, 12),
        )
        self.rows.show_table(Table("adjustments", "", "", columns, rows, targets=targets))
        self.drop.setEnabled(bool(entries))

    def adjustments(self) -> tuple[Adjustment, ...]:
        return self._entries

    def _typed(self) -> tuple[AdjustmentLine, ...]:
        made = []
        for account, party, debit, credit in self.lines:
            if account.code() or debit.fen() or credit.fen():
                made.append(
                    AdjustmentLine(
                        account.code(), debit.fen() or 0, credit.fen() or 0, "", party.text().strip()
                    )
                )
        return tuple(made)

    def _tell(self) -> None:
        lines = self._typed()
        rest = sum(line.debit_fen - line.credit_fen for line in lines)
        self.missing.setText(_("Difference: {amount}").format(amount=yuan_text(rest)))
        self.add.setEnabled(bool(lines) and rest == 0)

    def _add(self) -> None:
        unread = unread_in(self)
        if unread:
            self.missing.setText("\n".join(one.words for one in unread))
            lead_to(unread)
            return
        entry = Adjustment(len(self._entries) + 1, self.summary.text().strip(), self._typed())
        self._entries = (*self._entries, entry)
        self.summary.clear()
        for account, party, debit, credit in self.lines:
            account.set_code("")
            party.clear()
            debit.set_fen(None)
            credit.set_fen(None)
        self.changed.emit()

    def _drop(self) -> None:
        at = self.rows.target()
        if at:
            kept = [entry for n, entry in enumerate(self._entries) if n != int(at)]
            self._entries = tuple(
                Adjustment(n, entry.summary, entry.lines) for n, entry in enumerate(kept, 1)
            )
            self.changed.emit()
