"""The table every page shows: sorts by its headings, copies to a spreadsheet, opens a row with Enter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionHeader,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
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
"""Rows looked at to find how wide the columns are: from either end, of an endless list the first ones."""


class _Cell(QStyledItemDelegate):
    """Figures end a little before their column does, under their heading: the text to their right begins at its very edge."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        if option.displayAlignment & Qt.AlignmentFlag.AlignRight and option.text:
            option.text += AIR


class _Headings(QHeaderView):
    """Only the heading sorted by keeps room for an arrow: Qt keeps it in all, a third of a narrow column.

    While `is_broken`, headings of several words stand in two lines.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.is_broken = False
        self.setSectionsClickable(True)

    def break_headings(self, yes: bool) -> None:
        """Two lines, or one again."""
        if yes is not self.is_broken:
            self.is_broken = yes
            self.headerDataChanged(
                Qt.Orientation.Horizontal, 0, self.count() - 1
            )  # it is as high as its lines

    def least(self, section: int) -> int:
        """Pixels a heading needs, also that of a hidden column."""
        return self.sectionSizeFromContents(section).width()

    def sectionSizeFromContents(self, section: int) -> QSize:
        size = super().sectionSizeFromContents(section)
        if self.isSortIndicatorShown() and section != self.sortIndicatorSection():
            arrow = self.style().pixelMetric(QStyle.PixelMetric.PM_HeaderMarkSize, None, self)
            size.setWidth(size.width() - 2 * arrow)
        words = str(self.model().headerData(section, Qt.Orientation.Horizontal))
        if self.is_broken and " " in words:
            font = QFont(self.font())
            font.setWeight(QFont.Weight.DemiBold)
            metrics = QFontMetrics(font)
            lines = _two_lines(words).split("\n")
            saved = metrics.horizontalAdvance(words) - max(metrics.horizontalAdvance(line) for line in lines)
            size += QSize(-saved, metrics.lineSpacing())
        return size

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, section: int) -> None:
        super().initStyleOptionForIndex(option, section)
        if self.is_broken:
            option.text = _two_lines(option.text)


def _two_lines(words: str) -> str:
    """A heading broken where its two lines come out most alike; as it is without a space."""
    blanks = [n for n, letter in enumerate(words) if letter == " "]
    if not blanks:
        return words
    middle = min(blanks, key=lambda n: max(n, len(words) - n - 1))
    return f"{words[:middle]}\n{words[middle + 1 :]}"


class TableView(QTableView):
    """A read-only table. `opened` carries the target of the row that was opened.

    `gives_way` are keys of columns that are hidden, the first one first, while the others have no room beside them; a column
    without a single value goes before them. What is hidden is told by the tip of its row, and copied all the same.
    """

    opened = Signal(str)
    pointed = Signal(int)
    gives_way: tuple[str, ...] = ()

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
        self._headings = _Headings(self)
        self.setHorizontalHeader(self._headings)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setMinimumSectionSize(em(2))
        self.setMinimumHeight(em(8))
        self.setItemDelegate(_Cell(self))
        self.doubleClicked.connect(self._open)
        self.horizontalHeader().sortIndicatorChanged.connect(lambda *_order: self._widths())

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

    def viewportEvent(self, event: QEvent) -> bool:
        """The tip of a row tells what columns without room would."""
        hidden = [n for n in range(self.horizontalHeader().count()) if self.isColumnHidden(n)]
        if event.type() is not QEvent.Type.ToolTip or not isinstance(event, QHelpEvent) or not hidden:
            return super().viewportEvent(event)
        index, model = self.indexAt(event.pos()), self.model()
        if not index.isValid():
            return super().viewportEvent(event)
        told = [
            (model.headerData(n, Qt.Orientation.Horizontal), index.siblingAtColumn(n).data()) for n in hidden
        ]
        lines = [index.data(), *(f"{title}: {value}" for title, value in told if value)]
        QToolTip.showText(event.globalPos(), "\n".join(filter(None, lines)), self)
        return True

    def _open(self, index: QModelIndex) -> None:
        target = self.values().target(index.row()) if index.isValid() else ""
        if target:
            self.opened.emit(target)

    def _widths(self) -> None:
        """Figures and days get what they need; then texts get what they lack, and what is left by their weights."""
        model = self.model()
        if not isinstance(model, TableModel | EndlessModel) or not model.columnCount():
            return
        numbers = range(model.columnCount())
        texts = [model.column(n).shape is Shape.TEXT for n in numbers]
        wishes = [self._wish(model, n) for n in numbers]
        cells = [min(wish, em(5)) if text else wish for wish, text in zip(wishes, texts, strict=True)]
        least = self._least(numbers, cells)
        comfort = [em(model.column(n).weight / 2) for n in numbers]
        shown = self._shown(model, [max(least[n], min(wishes[n], comfort[n])) for n in numbers])
        least = self._least(shown, cells)
        widths = [least[n] for n in shown]
        lacks = [max(0, wishes[n] - least[n]) for n in shown]
        weights = [model.column(n).weight if texts[n] else 0 for n in shown]
        given = _given(lacks, self.viewport().width() - sum(widths))
        widths = [have + more for have, more in zip(widths, given, strict=True)]
        room = self.viewport().width() - sum(widths)
        if room > 0 and any(weights):
            whole = sum(weights)
            widths = [have + room * share // whole for have, share in zip(widths, weights, strict=True)]
        for number, width in zip(shown, widths, strict=True):
            self._headings.resizeSection(number, width)

    def _least(self, shown: Sequence[int], cells: list[int]) -> list[int]:
        """Pixels every column needs at least beside its heading; headings are broken when those shown have no room else."""
        least: list[int] = []
        for is_broken in (False, True):
            self._headings.break_headings(is_broken)
            least = [max(self._headings.least(n), cell) for n, cell in enumerate(cells)]
            if sum(least[n] for n in shown) <= self.viewport().width():
                break
        return least

    def _shown(self, model: TableModel | EndlessModel, good: list[int]) -> list[int]:
        """The columns there is room for in a `good` width; hides those that give way to them and shows the others."""
        shown = list(range(model.columnCount()))
        keys = [model.column(n).key for n in shown]
        empty = [n for n in reversed(shown) if isinstance(model, TableModel) and _is_empty(model, n)]
        for number in [*empty, *(keys.index(key) for key in self.gives_way if key in keys)]:
            if sum(good[n] for n in shown) <= self.viewport().width():
                break
            if number in shown and len(shown) > 1:
                shown.remove(number)
        for number in range(model.columnCount()):
            if self.isColumnHidden(number) is (number in shown):
                self.setColumnHidden(number, number not in shown)
        return shown

    def _wish(self, model: TableModel | EndlessModel, number: int) -> int:
        """Pixels that would show a column in full, as far as the sampled rows tell; texts at most 24 heights."""
        column = model.column(number)
        words = {
            Shape.DAY: ["2026-12-30"],
            Shape.MONEY: ["12,345.00" if isinstance(model, TableModel) else "1,234,567.00"],
            Shape.COUNT: ["000"],
            Shape.TEXT: [""],
        }[column.shape]
        last = model.rowCount()
        rows = set(range(min(SAMPLED, last)))
        if isinstance(model, TableModel):
            rows.update(range(max(0, last - SAMPLED), last))
        words += {shown(model.cells(row)[number], column) for row in rows}  # each text once
        widest = max(self.fontMetrics().horizontalAdvance(w) for w in words) + em(1)
        return min(widest, em(24)) if column.shape is Shape.TEXT else widest


def _is_empty(model: TableModel, number: int) -> bool:
    """True when rows are there, and none tells anything in this column."""
    cells = [row[number] for row in model.table.rows]
    return bool(cells) and all(cell is None or cell == "" for cell in cells)


def _given(lacks: list[int], room: int) -> list[int]:
    """Who lacks least is helped first: a number is whole beside a long sentence, which is cut in any case."""
    given = [0] * len(lacks)
    order = sorted((lack, number) for number, lack in enumerate(lacks) if lack)
    for place, (lack, number) in enumerate(order):
        given[number] = max(0, min(lack, room // (len(order) - place)))
        room -= given[number]
    return given
