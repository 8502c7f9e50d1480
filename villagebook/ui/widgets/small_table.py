"""A table among other things."""

from __future__ import annotations

from villagebook.domain.table import Table
from villagebook.ui.theme import em
from villagebook.ui.widgets.table_view import TableView

_MOST_ROWS = 7


class SmallTable(TableView):
    """As high as its rows, up to a few; the page scrolls, the table hardly ever."""

    def show_table(self, table: Table) -> None:
        super().show_table(table)
        rows = min(max(1, len(table.rows)), _MOST_ROWS)
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + rows * self.verticalHeader().defaultSectionSize() + em(0.4))
