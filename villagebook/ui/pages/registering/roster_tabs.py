"""What the registers of people share: a table with search and files on the left, forms on the right."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from villagebook.domain.table import Table
from villagebook.i18n import _
from villagebook.ui.table_tab import TableTab
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.list_bar import ListBar, save_buttons, search_line, under_bar


class RosterTab(TableTab):
    """A tab says what it lists (`listed`), what it saves as a file (`exported`), and opens an entry in its form."""

    def left(self) -> QWidget:
        self.search = search_line(_("Search: name, code or pinyin initials"), 15)
        self.search.textChanged.connect(self.table.filter)
        self.ended = QCheckBox(_("with those that ended"))
        self.ended.toggled.connect(lambda _on: self.refresh())
        bar = ListBar(self.search, self.ended, *save_buttons(self._export, ("xlsx", "pdf")))
        self.bar_more(bar.flow)
        holder, self.caption = under_bar(bar, self.table)
        self.table.opened.connect(lambda target: self.open_entry(target.rpartition("/")[2]))
        return holder

    def bar_more(self, flow: Flow) -> None:
        """More in the bar above the table."""

    def listed(self) -> Table:
        """What the table shows."""
        raise NotImplementedError

    def exported(self) -> Table:
        """What a file holds; the table unless a tab has more to tell."""
        return self.listed()

    def open_entry(self, code: str) -> None:
        """Show an entry in the form."""
        raise NotImplementedError

    def show_listed(self) -> None:
        self.table.show_table(self.listed())
        self.table.filter(self.search.text())

    def _export(self, code: str) -> None:
        from villagebook.ui.export import export_table

        export_table(self.page, self.exported(), code)
