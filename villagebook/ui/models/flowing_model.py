"""A read-only model over a list that is still being read: the first rows at once, more when somebody scrolls there."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from villagebook.domain.flowing import Flowing, FlowRow
from villagebook.domain.table import Cell, RowKind, Table
from villagebook.ui.models.table_model import Index, TableModel

FIRST = 200
MORE = 1000
"""Rows read at once, and each time the end is reached."""


class FlowingModel(TableModel):
    """As TableModel, growing. Sorting and filtering need every row: they ask for them with `wanted_whole` and wait.

    Nothing of the book is held open between two reads.
    """

    wanted_whole = Signal(int, object, str)
    """Column (-1: none), order and words that somebody wants to see the whole list by."""

    def __init__(self, flowing: Flowing, parent: QObject | None = None) -> None:
        super().__init__(flowing.head, parent)
        self._source = flowing.rows
        self._held: list[tuple[Cell, ...]] = []
        self._leads: list[str] = []
        self._bolds: set[int] = set()
        self._rows, self._targets, self._strong = self._held, self._leads, self._bolds
        self._totals = 0
        self.is_whole = self._is_taking = False
        self._take_more(FIRST)

    def canFetchMore(self, parent: Index) -> bool:
        """Qt asks when the end of what is known comes into view."""
        return not parent.isValid() and not self.is_whole

    def fetchMore(self, parent: Index) -> None:
        if not parent.isValid():
            self._take_more(MORE)

    def reach(self, row: int) -> None:
        """Read on until this row is there."""
        while row >= len(self._held) and not self.is_whole:
            self._take_more(MORE)

    def as_table(self) -> Table:
        """What was read, as a table of its own; for a list that turned out to be short."""
        return replace(
            self.table,
            rows=tuple(self._held),
            targets=tuple(self._leads),
            totals=self._totals,
            strong=frozenset(self._bolds),
        )

    def complete(self) -> None:
        """Read all that is left."""
        while not self.is_whole:
            self._take_more(MORE)

    def _take_more(self, count: int) -> None:
        if self._is_taking:  # whoever hears that rows come may ask for more at once
            return
        self._is_taking = True
        try:
            self._append(list(islice(self._source, count)), count)
        finally:
            self._is_taking = False

    def _append(self, found: list[FlowRow], count: int) -> None:
        self.is_whole = len(found) < count
        if not found:
            return
        start = len(self._held)
        self.beginInsertRows(QModelIndex(), start, start + len(found) - 1)
        for at, (cells, target, kind) in enumerate(found, start):
            self._held.append(cells)
            self._leads.append(target)
            if kind >= RowKind.SUM:
                self._bolds.add(at)
            self._totals += kind == RowKind.TOTAL
        self._body = len(self._held)
        self._order.extend(range(start, self._body))
        self.endInsertRows()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """In the order of the book nothing is to be done; any other order is that of the whole list."""
        if column >= 0:
            self.wanted_whole.emit(column, order, "")

    def set_filter(self, words: str) -> None:
        if words.strip():
            self.wanted_whole.emit(-1, Qt.SortOrder.AscendingOrder, words)
