"""A read-only model that fetches rows page by page: a hundred thousand vouchers scroll as fast as a hundred."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QColor

from villagebook.domain.table import Cell, Column, Shape
from villagebook.ui.models.table_model import LEFT, NUMBERS, RIGHT, Index, shown
from villagebook.ui.theme import RED

UNORDERED = (-1, Qt.SortOrder.AscendingOrder)
PAGE = 200
KEPT = 12
"""Rows fetched together, and how many such pages stay in memory."""

Row = tuple[tuple[Cell, ...], str]
Fetch = Callable[[Any, int], Sequence[tuple[Any, Row]]]
"""fetch(after, limit) -> [(key, (cells, target))] in key order; `after` None means from the beginning."""
Reorder = Callable[[int, Qt.SortOrder], Fetch]
"""The same rows by another column, -1 for the order of the book."""


class EndlessModel(QAbstractTableModel):
    """Knows how many rows there are and keeps only the pages around what is shown.

    The key of each page's last row is remembered, so that going forward costs one indexed read; a jump far ahead
    walks the keys once, a page at a time. With `by_place` the keys are the numbers of the rows, and every page is one read away.
    With `reorder` the list can be sorted by its headings: the book is asked anew, nothing is sorted here; `ordered` is the
    column and order the rows come in already.
    """

    def __init__(
        self,
        columns: tuple[Column, ...],
        count: int,
        fetch: Fetch,
        parent: QObject | None = None,
        *,
        by_place: bool = False,
        reorder: Reorder | None = None,
        ordered: tuple[int, Qt.SortOrder] = UNORDERED,
    ) -> None:
        super().__init__(parent)
        self._columns = columns
        self._count = count
        self._fetch = fetch
        self._reorder = reorder
        self.ordered = ordered
        self._ends: list[Any] = [None]  # _ends[n]: the key after which page n begins
        if by_place:
            self._ends += range(PAGE - 1, count, PAGE)
        self._pages: OrderedDict[int, tuple[Row, ...]] = OrderedDict()
        self._red = QColor(RED)

    @property
    def is_sortable(self) -> bool:
        return self._reorder is not None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Show the rows by another column; who shows the list hears `modelReset`."""
        wanted = (column, order) if column >= 0 else UNORDERED
        if self._reorder is None or wanted == self.ordered:
            return
        self.beginResetModel()
        self.ordered = wanted
        self._fetch = self._reorder(column, order)
        self._pages.clear()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._columns)

    def column(self, number: int) -> Column:
        return self._columns[number]

    def cells(self, row: int) -> tuple[Cell, ...]:
        """Raw values of a row; empty when the book shrank under us."""
        found = self._row(row)
        return found[0] if found else (None,) * len(self._columns)

    def target(self, row: int) -> str:
        found = self._row(row)
        return found[1] if found else ""

    def _row(self, row: int) -> Row | None:
        page = self._page(row // PAGE)
        return page[row % PAGE] if row % PAGE < len(page) else None

    def _page(self, number: int) -> tuple[Row, ...]:
        if number in self._pages:
            self._pages.move_to_end(number)
            return self._pages[number]
        while len(self._ends) <= number:
            if not self._load(len(self._ends) - 1):
                return ()
        return self._load(number)

    def _load(self, number: int) -> tuple[Row, ...]:
        found = self._fetch(self._ends[number], PAGE)
        rows = tuple(row for _key, row in found)
        if found and len(self._ends) == number + 1:
            self._ends.append(found[-1][0])
        self._pages[number] = rows
        self._pages.move_to_end(number)
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)
        return rows

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(self.cells(index.row())[index.column()], column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column.shape in NUMBERS else LEFT
        if role == Qt.ItemDataRole.ForegroundRole and column.shape is Shape.MONEY:
            cell = self.cells(index.row())[index.column()]
            return self._red if isinstance(cell, int) and cell < 0 else None
        if role == Qt.ItemDataRole.ToolTipRole and column.shape is Shape.TEXT:
            return shown(self.cells(index.row())[index.column()], column) or None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        if not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if self._columns[section].shape in NUMBERS else LEFT
        return None
