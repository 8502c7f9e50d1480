"""The table every page shows: sorts by its headings, copies to a spreadsheet, opens a row with Enter."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
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

from villagebook.domain.table import Shape, Table
from villagebook.ui.models.endless_model import UNORDERED, EndlessModel
from villagebook.ui.models.flowing_model import FlowingModel
from villagebook.ui.models.table_model import TableModel, as_tsv, shown
from villagebook.ui.theme import em

AIR = "\u2009"
"""A thin space between a figure and the text of the next column."""
SAMPLED = 100
"""Rows looked at, from either end, to find how wide the figures are."""


class _Cell(QStyledItemDelegate):
    """Figures end a little before their column does, under their heading: the text to their right begins at its very edge."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        if option.displayAlignment & Qt.AlignmentFlag.AlignRight and option.text:
            option.text += AIR


class TableView(QTableView):
    """A read-only table. `opened` carries the target of the row that was opened."""

    opened = Signal(str)
    pointed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(em(1.9))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setMinimumSectionSize(em(2))
        self.setMinimumHeight(em(8))
        self.setItemDelegate(_Cell(self))
        self.doubleClicked.connect(self._open)

    def show_table(self, table: Table) -> None:
        """Show another table; keeps the place on the screen when the columns are the same."""
        if table.title and not self.accessibleName():
            self.setAccessibleName(table.title)
        model = self.model()
        if type(model) is not TableModel:
            self.show_model(TableModel(table, self))
            return
        same = model.table.columns == table.columns
        row, top = self.currentIndex().row(), self.verticalScrollBar().value()
        model.set_table(table)
        self._widths()
        if not same:
            self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        elif 0 <= row < model.rowCount():
            self.setCurrentIndex(model.index(row, 0))
            self.verticalScrollBar().setValue(top)

    def show_model(self, model: TableModel | EndlessModel) -> None:
        """Use this model from now on."""
        old = self.model()
        self.setModel(model)
        if old is not None:
            old.deleteLater()
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self.pointed.emit(now.row()))
        ordered = UNORDERED if isinstance(model, TableModel) else model.ordered
        self.setSortingEnabled(False)
        if isinstance(model, TableModel) or model.is_sortable:
            self.horizontalHeader().setSortIndicatorClearable(True)
            self.horizontalHeader().setSortIndicator(*ordered)
            self.setSortingEnabled(True)
        self._widths()

    def is_filled(self) -> bool:
        """False until something was shown."""
        return isinstance(self.model(), TableModel | EndlessModel)

    def values(self) -> TableModel | EndlessModel:
        """The model, which is always one of ours."""
        model = self.model()
        assert isinstance(model, TableModel | EndlessModel)  # noqa: S101  # nobody else sets one
        return model

    def target(self) -> str:
        """The target of the current row, "" when none is."""
        row = self.currentIndex().row()
        return self.values().target(row) if row >= 0 else ""

    def choose(self, target: str) -> bool:
        """Make the row with this target the current one; False when no row that is shown has it."""
        if not target or not self.is_filled():
            return False
        model = self.values()
        row = next((n for n in range(model.rowCount()) if model.target(n) == target), None)
        if row is not None:
            self.setCurrentIndex(model.index(row, 0))
        return row is not None

    def filter(self, words: str) -> None:
        model = self.model()
        if isinstance(model, TableModel):
            model.set_filter(words)

    def copy(self) -> None:
        """Selected rows, or all, to the clipboard as tab-separated text."""
        model = self.values()
        if isinstance(model, FlowingModel) and not self.selectionModel().hasSelection():
            model.complete()
        # by ranges: all rows of a long list are one range, and a hundred thousand indexes otherwise
        ranges = self.selectionModel().selection().toList()
        rows = sorted({row for part in ranges for row in range(part.top(), part.bottom() + 1)})
        columns = list(range(model.columnCount()))
        QApplication.clipboard().setText(as_tsv(model, rows or list(range(model.rowCount())), columns))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+C copies."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.target():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widths()

    def _open(self, index: QModelIndex) -> None:
        target = self.values().target(index.row()) if index.isValid() else ""
        if target:
            self.opened.emit(target)

    def _widths(self) -> None:
        """Figures and days get what they need; then texts get what they lack, and what is left by their weights."""
        model = self.model()
        if not isinstance(model, TableModel | EndlessModel) or not model.columnCount():
            return
        header = self.horizontalHeader()
        numbers = range(model.columnCount())
        texts = [model.column(n).shape is Shape.TEXT for n in numbers]
        wishes = [self._wish(model, n) for n in numbers]
        widths = [
            max(header.sectionSizeHint(n), min(wishes[n], em(5)) if texts[n] else wishes[n]) for n in numbers
        ]
        lacks = [max(0, wish - width) for wish, width in zip(wishes, widths, strict=True)]
        weights = [model.column(n).weight if texts[n] else 0 for n in numbers]
        given = _given(lacks, self.viewport().width() - sum(widths))
        widths = [have + more for have, more in zip(widths, given, strict=True)]
        room = self.viewport().width() - sum(widths)
        if room > 0 and any(weights):
            whole = sum(weights)
            widths = [have + room * share // whole for have, share in zip(widths, weights, strict=True)]
        for number, width in enumerate(widths):
            header.resizeSection(number, width)

    def _wish(self, model: TableModel | EndlessModel, number: int) -> int:
        """Pixels that would show a column in full, as far as the sampled rows tell; texts at most 24 heights."""
        column = model.column(number)
        words = {
            Shape.DAY: ["2026-12-30"],
            Shape.MONEY: ["12,345.00" if isinstance(model, TableModel) else "1,234,567.00"],
            Shape.COUNT: ["000"],
            Shape.TEXT: ["" if isinstance(model, TableModel) else "0" * column.weight],
        }[column.shape]
        if isinstance(model, TableModel):
            last = model.rowCount()
            rows = {*range(min(SAMPLED, last)), *range(max(0, last - SAMPLED), last)}
            words += {shown(model.cells(row)[number], column) for row in rows}  # each text once
        widest = max(self.fontMetrics().horizontalAdvance(w) for w in words) + em(1)
        return min(widest, em(24)) if column.shape is Shape.TEXT else widest


def _given(lacks: list[int], room: int) -> list[int]:
    """Who lacks least is helped first: a number is whole beside a long sentence, which is cut in any case."""
    given = [0] * len(lacks)
    order = sorted((lack, number) for number, lack in enumerate(lacks) if lack)
    for place, (lack, number) in enumerate(order):
        given[number] = max(0, min(lack, room // (len(order) - place)))
        room -= given[number]
    return given
