"""The two lines of the month: what came in and was banked, what was appropriated and paid, and that nothing crossed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QWidget

from villagebook.domain.period import Span
from villagebook.domain.proof import Proof
from villagebook.i18n import N_, _
from villagebook.services.period_end import closing
from villagebook.services.two_lines import proof
from villagebook.ui.export import export_table
from villagebook.ui.page import Page
from villagebook.ui.theme import em
from villagebook.ui.widgets.forms import button, card, text
from villagebook.ui.widgets.list_bar import save_buttons
from villagebook.ui.widgets.pickers import PeriodPicker
from villagebook.ui.widgets.table_view import TableView


class TwoLinesPage(Page):
    """One sentence, two columns of sums, and every step as a row."""

    topics = frozenset({"vouchers", "places", "periods"})
    scrolls = False

    def title(self) -> str:
        return N_("Two lines")

    def explain(self) -> str:
        return _(
            "Money that comes in goes to the bank; money that goes out was appropriated first. This page follows every "
            "sum of the month: each receipt to its deposit slip, each payment to the appropriation that paid it, first "
            "in, first out. Where a payment came out of the income line it is said at the top and at the end of the "
            "table. Enter opens the voucher of a row."
        )

    def keys(self) -> tuple[tuple[str, str], ...]:
        return (
            (_("Enter"), _("open the voucher of this row")),
            ("Ctrl+P", _("look at it and print")),
        )

    def build(self) -> None:
        self.period = PeriodPicker()
        self.period.setAccessibleName(_("Period"))
        self.period.setMaximumWidth(em(14))
        self.period.changed.connect(self.show_proof)
        prints = button(_("&Print…"), lambda: self._export("pdf"), main=True, key="Ctrl+P")
        for widget in (self.period, *save_buttons(self._export, ("xlsx",)), prints):
            self.add_action(widget)
        self.verdict, inside = card(role="hint")
        self.words = text("", "heading")
        inside.addWidget(self.words)
        self.body.addWidget(self.verdict)
        row = QHBoxLayout()
        self.income = _Sums(_("Income line"))
        self.expense = _Sums(_("Expense line"))
        row.addWidget(self.income, 1)
        row.addWidget(self.expense, 1)
        self.body.addLayout(row)
        self.table = TableView()
        self.table.opened.connect(self.session.go)
        self.body.addWidget(self.table, 1)

    def refresh(self) -> None:
        months = [period for period, _state in closing.period_states(self.book)]
        fresh = not self.period.count()
        self.period.set_months(months, longer=True)
        if fresh:
            self.period.set_value(str(closing.current_period(self.book)))
        self.show_proof()

    def open_target(self, kind: str, ident: str) -> None:
        """`two-lines:<months>`."""
        if kind == "two-lines":
            self.period.set_value(ident)
            self.show_proof()

    def first_field(self) -> QWidget | None:
        return self.table

    def show_proof(self) -> None:
        """Follow the money of the chosen time."""
        span = Span.parse(self.period.value())
        self.attempt(lambda: proof.proof_of(self.book, span), self._show)

    def _show(self, found: Proof) -> None:
        self.words.setText(proof.sentence(found))
        self.verdict.setProperty("role", "hint" if found.holds else "stop" if found.crossings else "hold")
        self.verdict.style().polish(self.verdict)
        income, expense = proof.sums(found)
        self.income.show_sums(income)
        self.expense.show_sums(expense)
        self._made = proof.table_of(found)
        self.table.show_table(self._made)

    def _export(self, form: str) -> None:
        export_table(self, self._made, form, self.period.value())


class _Sums(QFrame):
    """One line of money: its name and a few sums below each other, figures flush right."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(em(0.8), em(0.5), em(0.8), em(0.5))
        self._grid.setVerticalSpacing(em(0.15))
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(text(title, "heading"), 0, 0, 1, 2)
        self._rows: list[tuple[QLabel, QLabel]] = []

    def show_sums(self, sums: tuple[tuple[str, str], ...]) -> None:
        """(words, amount) from top to bottom."""
        while len(self._rows) < len(sums):
            pair = (text("", "quiet"), text("", wrap=False))
            pair[1].setAlignment(Qt.AlignmentFlag.AlignRight)
            for column, label in enumerate(pair):
                self._grid.addWidget(label, len(self._rows) + 1, column)
            self._rows.append(pair)
        for (words, amount), (left, right) in zip(sums, self._rows, strict=False):
            left.setText(words)
            right.setText(amount)
