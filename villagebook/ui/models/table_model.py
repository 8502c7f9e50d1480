"""A read-only model over a domain Table, with sorting and filtering on the values rather than on what is shown."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from villagebook.domain.money import yuan_text
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.ui.pinyin import initials
from villagebook.ui.theme import RED

Index = QModelIndex | QPersistentModelIndex
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
NUMBERS = (Shape.MONEY, Shape.COUNT)
EMPTY = Table("", "", "", (), ())
SOUNDED = 3000
"""Rows up to which a table is searched by pinyin initials too."""


def shown(cell: Cell, column: Column) -> str:
    """A cell as people read it; zero money stays empty, as in every printed ledger."""
    if cell is None or cell == "":
        return ""
    if column.shape is Shape.MONEY and isinstance(cell, int):
        return yuan_text(cell) if cell else ""
    return str(column.told(cell) if column.words else cell)


def row_text(cells: Sequence[Cell], columns: Sequence[Column]) -> str:
    """A row as it is searched: everything that is shown of it, in small letters."""
    return "\t".join(shown(cell, column) for cell, column in zip(cells, columns, strict=True)).lower()


def has(whole: str, word: str) -> bool:
    """True when a word stands in a searched row, figures with or without their commas."""
    return word in whole or word in whole.replace(",", "")


def fits(cells: Sequence[Cell], columns: Sequence[Column], words: str) -> bool:
    """True when every word occurs somewhere in a row."""
    whole = row_text(cells, columns)
    return all(has(whole, word) for word in words.lower().split())


class TableModel(QAbstractTableModel):
    """Rows of one Table in a chosen order; totals stay at the end whatever the order."""

    def __init__(self, table: Table = EMPTY, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._red = QColor(RED)
        self._bold = QFont()
        self._bold.setBold(True)
        self._take(table)

    def _take(self, table: Table) -> None:
        self.table = table
        self._rows: Sequence[tuple[Cell, ...]] = table.rows
        self._targets: Sequence[str] = table.targets
        self._strong: Set[int] = table.strong
        self._body = len(table.rows) - table.totals
        self._order = list(range(len(table.rows)))
        self._sorted: tuple[int, Qt.SortOrder] | None = None
        self._wanted = ""

    def set_table(self, table: Table) -> None:
        """Show another table."""
        self.beginResetModel()
        self._take(table)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self.table.columns)

    def column(self, number: int) -> Column:
        return self.table.columns[number]

    def cells(self, row: int) -> tuple[Cell, ...]:
        """The raw values of a shown row."""
        return self._rows[self._order[row]]

    def target(self, row: int) -> str:
        """What the row opens, "" when nothing."""
        place = self._order[row]
        return self._targets[place] if place < len(self._targets) else ""

    def is_total(self, row: int) -> bool:
        place = self._order[row]
        return place >= self._body or place in self._strong

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.table.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(self.cells(index.row())[index.column()], column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column.shape in NUMBERS else LEFT
        if role == Qt.ItemDataRole.ForegroundRole and column.shape is Shape.MONEY:
            cell = self.cells(index.row())[index.column()]
            return self._red if isinstance(cell, int) and cell < 0 else None
        if role == Qt.ItemDataRole.FontRole and self.is_total(index.row()):
            return self._bold
        if role == Qt.ItemDataRole.ToolTipRole and column.shape is Shape.TEXT:
            return shown(self.cells(index.row())[index.column()], column) or None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            if orientation == Qt.Orientation.Vertical:
                return str(section + 1)
            if 0 <= section < len(self.table.columns):
                return self.table.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            if 0 <= section < len(self.table.columns) and self.table.columns[section].shape in NUMBERS:
                return RIGHT
            return LEFT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By value; column -1 brings back the order of the book."""
        self._sorted = (column, order) if column >= 0 else None
        self._rearrange()

    def set_filter(self, words: str) -> None:
        """Only rows in which every word occurs somewhere; totals are hidden, for they are not of these rows."""
        if words.strip().lower() != self._wanted:
            self._wanted = words.strip().lower()
            self._rearrange()

    def _rearrange(self) -> None:
        rows = [r for r in range(self._body) if self._fits(r)]
        if self._sorted is not None:
            column, order = self._sorted
            rows.sort(
                key=lambda r: _sort_key(self._rows[r][column]),
                reverse=order == Qt.SortOrder.DescendingOrder,
            )
        if not self._wanted:
            rows += range(self._body, len(self._rows))
        self.beginResetModel()
        self._order = rows
        self.endResetModel()

    def _fits(self, row: int) -> bool:
        if not self._wanted:
            return True
        whole = row_text(self._rows[row], self.table.columns)
        return all(has(whole, word) or self._sounds(row, word) for word in self._wanted.split())

    def _sounds(self, row: int, word: str) -> bool:
        """Pinyin initials of a text cell; in tables that are read as a whole, for long ones it would take too long."""
        if len(self._rows) > SOUNDED or not (word.isascii() and word.isalpha()):
            return False
        cells = zip(self._rows[row], self.table.columns, strict=True)
        return any(c.shape is Shape.TEXT and word in initials(str(cell or "")) for cell, c in cells)


def _sort_key(cell: Cell) -> tuple[int, int, str]:
    """Numbers before texts before nothing; never compares an int with a str."""
    if cell is None or cell == "":
        return (2, 0, "")
    return (0, cell, "") if isinstance(cell, int) else (1, 0, cell)


class Rows(Protocol):
    """A model whose rows can be copied."""

    def column(self, number: int) -> Column: ...

    def cells(self, row: int) -> tuple[Cell, ...]: ...


def as_tsv(model: Rows, rows: list[int], columns: list[int]) -> str:
    """Cells for a spreadsheet: headings first, money as plain digits, no tab or line break inside a cell."""
    lines = [[model.column(c).title for c in columns]]
    for row in rows:
        cells = model.cells(row)
        lines.append([_plain(cells[c], model.column(c)) for c in columns])
    return "\n".join("\t".join(line) for line in lines) + "\n"


def _plain(cell: Cell, column: Column) -> str:
    return " ".join(shown(cell, column).replace(",", "" if column.shape is Shape.MONEY else ",").split())
