"""A tab of a page: what there is on the left, what can be done with it on the right."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from villagebook.ui.page import Page
from villagebook.ui.theme import em
from villagebook.ui.widgets.forms import Side
from villagebook.ui.widgets.table_view import TableView


class TableTab(QWidget):
    """A table on the left, forms on the right. `GIVES_WAY`: columns the table does without when it is narrow."""

    GIVES_WAY: tuple[str, ...] = ()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.table = TableView()
        self.table.gives_way = self.GIVES_WAY
        inner = QWidget()
        self.column = QVBoxLayout(inner)
        self.forms()
        self.column.addStretch(1)
        area = Side(inner, em(23), em(30))
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self.left())
        split.addWidget(area)
        split.setStretchFactor(0, 6)
        split.setStretchFactor(1, 4)
        split.setSizes([em(58), em(42)])
        row = QHBoxLayout(self)
        row.addWidget(split)

    def left(self) -> QWidget:
        """What stands on the left: the table, unless a tab puts something above it."""
        return self.table

    def forms(self) -> None:
        """Make the forms on the right."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Read anew."""
        raise NotImplementedError
