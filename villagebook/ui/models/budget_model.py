"""The budget as cells that can be typed in: account, project, last year beside it, the year, twelve months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QColor

from villagebook.domain.account import Chart
from villagebook.domain.budget import MONTHS, BudgetLine, spread
from villagebook.domain.money import AmountError, parse_yuan, yuan_text
from villagebook.i18n import _, language
from villagebook.ui.models.table_model import LEFT, RIGHT, Index
from villagebook.ui.theme import RED

ACCOUNT, PROJECT, BEFORE, YEAR, FIRST_MONTH = 0, 1, 2, 3, 4
COLUMNS = FIRST_MONTH + MONTHS


@dataclass(slots=True)
class Row:
    """One line being typed; `wrong` holds cells that cannot be read, as typed."""

    account: str = ""
    project: str = ""
    months: list[int] = field(default_factory=lambda: [0] * MONTHS)
    wrong: dict[int, str] = field(default_factory=dict)

    def is_blank(self) -> bool:
        return not (self.account or self.project or any(self.months) or self.wrong)


class BudgetModel(QAbstractTableModel):
    """One blank row is always waiting at the end."""

    def __init__(self, chart: Chart, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chart = chart
        self._before: Mapping[str, Sequence[int]] = {}
        self._rows: list[Row] = [Row()]

    # ---- what it holds ----

    def lines(self) -> tuple[BudgetLine, ...]:
        return tuple(
            BudgetLine(r.account, tuple(r.months), r.project) for r in self._rows if not r.is_blank()
        )

    def set_lines(self, lines: Sequence[BudgetLine], before: Mapping[str, Sequence[int]]) -> None:
        """Show these lines; `before` is what was booked last year, by account."""
        self.beginResetModel()
        self._before = before
        self._rows = [Row(line.account, line.project, list(line.months)) for line in lines]
        self._rows.append(Row())
        self.endResetModel()

    def put(self, lines: Sequence[BudgetLine]) -> None:
        """Take lines in: one that is there already gets the new figures, the others come at the end."""
        held = {(r.account, r.project): r for r in self._rows if not r.is_blank()}
        for line in lines:
            held[line.key] = Row(line.account, line.project, list(line.months))
        self.beginResetModel()
        self._rows = [*held.values(), Row()]
        self.endResetModel()

    def set_chart(self, chart: Chart) -> None:
        self._chart = chart

    def drop(self, rows: Sequence[int]) -> None:
        """Take lines out."""
        self.beginResetModel()
        self._rows = [r for n, r in enumerate(self._rows) if n not in rows]
        if not self._rows or not self._rows[-1].is_blank():
            self._rows.append(Row())
        self.endResetModel()

    def problems(self) -> tuple[str, ...]:
        """Cells that cannot be read, and figures without an account."""
        made = [
            _("“{text}” is no amount.").format(text=text)
            for row in self._rows
            for column, text in row.wrong.items()
            if column != ACCOUNT
        ]
        made += [
            _("“{text}” is no account of this book.").format(text=row.wrong[ACCOUNT])
            for row in self._rows
            if ACCOUNT in row.wrong
        ]
        if any(not r.account and ACCOUNT not in r.wrong and not r.is_blank() for r in self._rows):
            made.append(_("Every line of the budget needs an account."))
        return tuple(made)

    def totals(self) -> tuple[int, int]:
        """(income, spending) planned in fen."""
        sums = [0, 0]
        for line in self.lines():
            account = self._chart.get(line.account)
            sums[0 if account is not None and account.is_income else 1] += line.total_fen
        return sums[0], sums[1]

    # ---- for Qt ----

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else COLUMNS

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            return RIGHT if section >= BEFORE else LEFT
        if role != Qt.ItemDataRole.DisplayRole or orientation == Qt.Orientation.Vertical:
            return None
        fixed = {ACCOUNT: _("Account"), PROJECT: _("Project"), BEFORE: _("Last year"), YEAR: _("Year")}
        return fixed.get(section, f"{section - FIRST_MONTH + 1:02d}")

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags if index.column() == BEFORE else flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return row.wrong.get(column) or self._shown(row, column)
        if role == Qt.ItemDataRole.EditRole:
            return row.wrong.get(column) or (row.account if column == ACCOUNT else self._shown(row, column))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column >= BEFORE else LEFT
        if role == Qt.ItemDataRole.ForegroundRole and column in row.wrong:
            return QColor(RED)
        if role == Qt.ItemDataRole.ForegroundRole and column == BEFORE:
            return QColor("#74807B")
        if role == Qt.ItemDataRole.ToolTipRole and column in (ACCOUNT, PROJECT):
            return self._shown(row, column) or None
        return None

    def _shown(self, row: Row, column: int) -> str:
        if column == ACCOUNT:
            account = self._chart.get(row.account)
            return f"{account.code} {account.title(language())}" if account else row.account
        if column == PROJECT:
            return row.project
        if column == BEFORE:
            known = bool(row.account) and not row.project
            fen = (
                sum(sum(m) for code, m in self._before.items() if code.startswith(row.account))
                if known
                else 0
            )
        else:
            fen = sum(row.months) if column == YEAR else row.months[column - FIRST_MONTH]
        return yuan_text(fen) if fen else ""

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Text of a cell; what cannot be read stays, in red."""
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        row, column, words = self._rows[index.row()], index.column(), str(value).strip()
        row.wrong.pop(column, None)
        if column == ACCOUNT:
            found = self._chart.find(words)
            row.account = found.code if found else ""
            if words and not found:
                row.wrong[column] = words
        elif column == PROJECT:
            row.project = words
        elif not self._set_figure(row, column, words):
            row.wrong[column] = words
        if not self._rows[-1].is_blank():
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows))
            self._rows.append(Row())
            self.endInsertRows()
        last = self.index(index.row(), COLUMNS - 1)
        self.dataChanged.emit(self.index(index.row(), 0), last)
        return True

    def _set_figure(self, row: Row, column: int, words: str) -> bool:
        """The year's figure is spread over the months; a month changes the year."""
        try:
            fen = parse_yuan(words) if words else 0
        except AmountError:
            return False
        if column != YEAR:
            row.months[column - FIRST_MONTH] = fen
        elif fen != sum(row.months):
            row.months = list(spread(fen))
        return True
