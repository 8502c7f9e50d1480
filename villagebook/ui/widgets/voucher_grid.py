"""The classic grid: 摘要, 科目, 借方, 贷方, with the keys that bookkeepers know.

Enter next cell; `=` balances; Space flips the side; `..` and `//` copy summaries; Insert puts a line in; one blank line is
always waiting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from villagebook.domain.account import Account, Chart
from villagebook.domain.demand import NONE, Demand
from villagebook.domain.link import LinkTarget
from villagebook.domain.voucher import VoucherLine, imbalance_fen
from villagebook.ui.theme import em
from villagebook.ui.widgets.forms import text
from villagebook.ui.widgets.grid_line import LINKS, GridLine, Suggest, Typed, headings
from villagebook.ui.widgets.grid_total import GridTotal
from villagebook.ui.widgets.money_edit import MoneyLine

BELOW = 1000
"""The row of the total, below any number of lines."""


class VoucherGrid(QWidget):
    """Lines of an adjustment. `pointed` tells the account of the line the cursor is in, "" while it names none."""

    changed = Signal()
    pointed = Signal(str)

    def __init__(
        self,
        chart: Chart,
        use: Callable[[], Mapping[str, int]],
        accepts: Callable[[Account], bool],
        suggest: Suggest = lambda _words: (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._chart, self._use, self._accepts, self._suggest = chart, use, accepts, suggest
        self._targets: tuple[LinkTarget, ...] = ()
        self._demands: Mapping[str, Demand] = {}
        self._lines: list[GridLine] = []
        self._busy = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(em(0.2))
        self._heads: list[QLabel] = []
        for column, (words, stretch) in enumerate(zip(headings(), (5, 6, 4, 3, 3), strict=True)):
            self._grid.setColumnStretch(column, stretch)
            head = text(words, "quiet")
            head.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._grid.addWidget(head, 0, column)
            self._heads.append(head)
        self.total = GridTotal(self._grid, BELOW)
        self.set_targets(())
        self.set_lines(())
        for keys, act in ((("Insert", "Ctrl+I"), self.insert_line), (("Ctrl+Delete",), self.delete_line)):
            for key in keys:
                QShortcut(QKeySequence(key), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def set_chart(self, chart: Chart) -> None:
        """Choose from another chart from now on: sub-accounts come while the book is open."""
        self._chart = chart
        for line in self._lines:
            line.account.set_chart(chart, self._use())

    def set_targets(self, targets: Iterable[LinkTarget]) -> None:
        """What lines can belong to; the column is hidden while there is nothing to choose."""
        self._targets = tuple(targets)
        for row in self._lines:
            row.links.set_targets(self._targets)
        self._show_links()

    def set_demands(self, demands: Mapping[str, Demand]) -> None:
        """What accounts ask their lines to belong to: named in the cell while it is missing, and offered first."""
        self._demands = demands
        for row in self._lines:
            self._ask(row)
        self._show_links()

    def _ask(self, row: GridLine) -> None:
        row.links.set_wanted(self._asked(row).kinds)

    def _asked(self, row: GridLine) -> Demand:
        return self._demands.get(row.account.code(), NONE)

    def _on_account(self, row: GridLine) -> None:
        """Another account may ask for something else."""
        if row.account.hasFocus():
            self.pointed.emit(row.account.code())
        self._ask(row)
        self._show_links()
        self._edited()

    def _show_links(self) -> None:
        """The column is there when there is something to choose, when something is chosen, and when an account asks."""
        wanted = any(t.in_use for t in self._targets) or any(
            row.links.links() or self._asked(row).kinds for row in self._lines
        )
        self._heads[LINKS].setVisible(wanted)
        self._grid.setColumnStretch(LINKS, 4 if wanted else 0)
        for row in self._lines:
            row.links.setVisible(wanted)

    def rows(self) -> list[GridLine]:
        return list(self._lines)

    def lines(self, party: str = "") -> tuple[VoucherLine, ...]:
        """Every line that holds an account or an amount."""
        return tuple(row.line(party) for row in self._lines if not row.is_blank())

    def set_lines(self, lines: tuple[VoucherLine, ...]) -> None:
        """Show these and blank lines below, three at least."""
        self._busy = True
        wanted = max(3, len(lines) + 1)
        while len(self._lines) < wanted:
            self._append()
        while len(self._lines) > wanted:
            for cell in self._lines.pop().cells():
                cell.hide()
                cell.deleteLater()
        for number, row in enumerate(self._lines):
            row.show_line(lines[number] if number < len(lines) else None)
        self._busy = False
        self._show_links()
        self._tell()

    def insert_line(self) -> None:
        """A blank line above the one the cursor is in; the others move down."""
        place = self._current()
        if place is not None:
            kept = [row.typed() for row in self._lines]
            self._rewrite([*kept[:place], None, *kept[place:]], place)

    def delete_line(self) -> None:
        """Takes the line the cursor is in out; the others move up."""
        place = self._current()
        if place is not None:
            kept = [row.typed() for row in self._lines]
            self._rewrite([*kept[:place], *kept[place + 1 :]], place)

    def _current(self) -> int | None:
        """The line the cursor is in."""
        for number, row in enumerate(self._lines):
            if any(cell.hasFocus() for cell in row.cells()):
                return number
        return None

    def _rewrite(self, lines: list[Typed | None], place: int) -> None:
        """Show these lines, the cursor in the summary of one of them; blank ones at the end are as many as are needed."""
        while lines and lines[-1] is None and len(lines) > place + 1:
            lines.pop()
        self._busy = True
        while len(self._lines) < max(3, len(lines) + 1):
            self._append()
        for number, row in enumerate(self._lines):
            row.show_typed(lines[number] if number < len(lines) else None)
        self._busy = False
        self._show_links()
        self._lines[min(place, len(self._lines) - 1)].summary.setFocus(Qt.FocusReason.OtherFocusReason)
        self._edited()

    def _append(self) -> GridLine:
        row = GridLine(self._chart, self._use(), self._accepts, self._suggest, self._targets)
        shown = dict.fromkeys(row.cells(), True) | {row.links: self._heads[LINKS].isVisibleTo(self)}
        number = len(self._lines)
        for column, cell in enumerate(row.cells()):
            self._grid.addWidget(cell, number + 1, column)
            cell.setVisible(
                shown[cell]
            )  # now: the layout would do it later, and Enter could not get here before
            cell.textChanged.connect(self._edited)
            cell.installEventFilter(self)
        if self._lines:
            QWidget.setTabOrder(self._lines[-1].credit, row.summary)
        for before, after in zip(row.cells(), row.cells()[1:], strict=False):
            QWidget.setTabOrder(before, after)
        self._lines.append(row)
        row.summary.textEdited.connect(lambda words: self._copy_summary(row, words))
        row.summary.entered.connect(lambda: self._carry_summary(row))
        row.account.changed.connect(lambda: self._on_account(row))
        row.links.changed.connect(self._edited)
        for cell, other in ((row.debit, row.credit), (row.credit, row.debit)):
            cell.balance.connect(lambda cell=cell, row=row: self._balance(row, cell))
            cell.flip.connect(lambda cell=cell, other=other: self._flip(cell, other))
            cell.textEdited.connect(lambda _words, other=other: other.clear())
        return row

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The cursor came into a cell."""
        if event.type() == QEvent.Type.FocusIn:
            row = next((row for row in self._lines if watched in row.cells()), None)
            self.pointed.emit(row.account.code() if row else "")
        return super().eventFilter(watched, event)

    def _edited(self) -> None:
        if self._busy:
            return
        if not self._lines[-1].is_blank():
            self._append()
        self._tell()
        self.changed.emit()

    def _copy_summary(self, row: GridLine, words: str) -> None:
        place = self._lines.index(row)
        if words in ("..", "。。") and place:
            row.summary.setText(self._lines[place - 1].summary.text())
        elif words == "//":
            row.summary.setText(self._lines[0].summary.text())

    def _carry_summary(self, row: GridLine) -> None:
        place = self._lines.index(row)
        if place and not row.summary.text() and not self._lines[place - 1].is_blank() and self.difference():
            row.summary.setText(self._lines[place - 1].summary.text())

    def _balance(self, row: GridLine, cell: MoneyLine) -> None:
        """`=`: this cell takes what the voucher lacks."""
        self._busy = True
        row.debit.clear()
        row.credit.clear()
        self._busy = False
        missing = imbalance_fen(self.lines())
        cell.set_fen((missing if cell is row.credit else -missing) or None)

    def _flip(self, cell: MoneyLine, other: MoneyLine) -> None:
        """Space: the amount goes to the other side."""
        here, there = cell.text(), other.text()  # texts: what cannot be read yet is not lost
        cell.setText(there)
        other.setText(here)
        other.setFocus()

    def difference(self) -> int:
        """Debits minus credits, in fen."""
        return imbalance_fen(self.lines())

    def _tell(self) -> None:
        self.total.show_total(
            (row.debit.fen() or 0 for row in self._lines),
            (row.credit.fen() or 0 for row in self._lines),
            empty=not self.lines(),
        )
