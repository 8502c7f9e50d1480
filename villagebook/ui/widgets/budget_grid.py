"""The grid a budget is typed into: Enter goes on, Ctrl+V takes cells of a spreadsheet, Ctrl+Delete takes a line out."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from villagebook.domain.account import Account, Chart
from villagebook.ui.models.budget_model import (
    ACCOUNT,
    BEFORE,
    COLUMNS,
    FIRST_MONTH,
    PROJECT,
    YEAR,
    BudgetModel,
)
from villagebook.ui.theme import em
from villagebook.ui.widgets.account_picker import AccountPicker
from villagebook.ui.widgets.money_edit import MoneyLine
from villagebook.ui.widgets.pickers import Choice

Index = QModelIndex | QPersistentModelIndex


def may_be_planned(account: Account) -> bool:
    """Cash and bank are what is left over, never a plan."""
    return not account.is_money


class _Cells(QStyledItemDelegate):
    """An account is chosen by code, name or pinyin initials, a project from the register, figures are typed."""

    def __init__(self, grid: BudgetGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        if index.column() == ACCOUNT:
            return AccountPicker(self._grid.chart, {}, may_be_planned, parent, leaves_only=False)
        if index.column() == PROJECT:
            return Choice([("", ""), *self._grid.projects], parent)
        return MoneyLine(parent)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        words = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, AccountPicker):
            editor.set_code(words)
        elif isinstance(editor, Choice):
            editor.set_value(words)
        elif isinstance(editor, MoneyLine):
            editor.setText(words)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, AccountPicker):
            model.setData(index, editor.code() or editor.text())
        elif isinstance(editor, Choice):
            model.setData(index, editor.value())
        elif isinstance(editor, MoneyLine):
            model.setData(index, editor.text())


class BudgetGrid(QTableView):
    """`pasted` carries text from the clipboard, to be read by whoever knows how."""

    changed = Signal()
    pasted = Signal(str)

    def __init__(self, chart: Chart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart = chart
        self.projects: list[tuple[str, str]] = []
        self.cells = BudgetModel(chart, self)
        self.setModel(self.cells)
        self.setItemDelegate(_Cells(self))
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(True)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setDefaultSectionSize(em(2.1))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setHighlightSections(False)
        self.setMinimumHeight(em(12))
        for signal in (self.cells.dataChanged, self.cells.modelReset, self.cells.rowsInserted):
            signal.connect(lambda *_args: self.changed.emit())

    def set_choices(self, chart: Chart, projects: Iterable[tuple[str, str]]) -> None:
        """Accounts and (code, words) of projects to choose from."""
        self.chart, self.projects = chart, list(projects)
        self.cells.set_chart(chart)
        self.setColumnHidden(PROJECT, not self.projects)
        self._widths()

    def commit(self) -> None:
        """Close the cell that is being typed in, keeping what stands there."""
        self.setCurrentIndex(self.currentIndex().siblingAtColumn(BEFORE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QApplication.clipboard().text())
        elif event.key() == Qt.Key.Key_Delete and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.cells.drop(sorted({i.row() for i in self.selectedIndexes()} or {current.row()}))
        elif event.key() == Qt.Key.Key_Delete and current.isValid():
            for index in self.selectedIndexes():
                if index.column() != BEFORE:
                    self.cells.setData(index, "")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current.isValid():
            self._next(current)
        else:
            super().keyPressEvent(event)

    def _next(self, current: QModelIndex) -> None:
        """Account, year, next line: the way a list of yearly figures is typed."""
        row, column = current.row(), current.column()
        step: Callable[[int], int] = lambda c: YEAR if c in (ACCOUNT, PROJECT, BEFORE) else c + 1  # noqa: E731  # one of two steps
        column = step(column) if column != YEAR else COLUMNS
        if column >= COLUMNS:
            row, column = min(row + 1, self.cells.rowCount() - 1), ACCOUNT
        self.setCurrentIndex(self.cells.index(row, column))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widths()

    def _widths(self) -> None:
        """Figures get what a hundred thousand needs; the account takes what is left."""
        metric = self.fontMetrics()
        month = metric.horizontalAdvance("12,345.00") + em(1)
        year = metric.horizontalAdvance("1,234,567.00") + em(1)
        project = em(7) if self.projects else 0
        for column in range(FIRST_MONTH, COLUMNS):
            self.setColumnWidth(column, month)
        for column in (BEFORE, YEAR):
            self.setColumnWidth(column, year)
        self.setColumnWidth(PROJECT, project)
        left = self.viewport().width() - 12 * month - 2 * year - project
        self.setColumnWidth(ACCOUNT, max(em(13), left))
