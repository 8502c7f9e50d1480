"""What the registers of journeys and of works share: a short table on the left, the whole list as paper and file."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from villagebook.domain.table import Table
from villagebook.i18n import _
from villagebook.ui.export import export_table
from villagebook.ui.table_tab import TableTab
from villagebook.ui.widgets.forms import button
from villagebook.ui.widgets.list_bar import ListBar, search_line, under_bar


class PrintedTab(TableTab):
    """Rows of the table lead to `register:TAB/code`, where TAB is the tab's own name."""

    tab: ClassVar[str]

    def left(self) -> QWidget:
        self.search = search_line()
        self.search.textChanged.connect(lambda words: self.table.filter(words))
        printed, saved = (
            button(_("&Print the list"), lambda: export_table(self.page, self.listed(), "pdf")),
            button("XLSX", lambda: export_table(self.page, self.listed(), "xlsx")),
        )
        holder, self.caption = under_bar(ListBar(self.search, printed, saved), self.table)
        return holder

    def listed(self) -> Table:
        """The whole list, with more columns than fit on the screen."""
        raise NotImplementedError

    def open_entry(self, code: str) -> None:
        """Choose an entry in the table."""
        self.table.choose(f"register:{self.tab}/{code}")

    def chosen_code(self) -> str:
        """The chosen entry, "" when none is."""
        return self.table.target().rpartition("/")[2]
