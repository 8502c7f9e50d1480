"""A tab whose list is searched and saved: the columns one looks for on the screen, all of them in the file."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from villagebook.domain.table import Table
from villagebook.i18n import _, ngettext
from villagebook.ui.export import export_table
from villagebook.ui.table_tab import TableTab
from villagebook.ui.widgets.list_bar import ListBar, save_buttons, search_line, under_bar


class ListedTab(TableTab):
    """`SHORT` are the keys of the columns that the place beside the forms has room for; `EMPTY` says what to do without rows."""

    SHORT: tuple[str, ...] = ()
    EMPTY = ""

    def left(self) -> QWidget:
        self.search = search_line()
        self.search.textChanged.connect(self.table.filter)
        bar = ListBar(self.search, *save_buttons(lambda form: export_table(self.page, self.whole, form)))
        holder, self.caption = under_bar(bar, self.table)
        return holder

    def show_list(self, whole: Table) -> None:
        """Show it, on the row it was on."""
        kept = self.table.target()
        self.whole = whole
        count = len(whole.rows)
        self.table.show_table(whole.only(*self.SHORT))
        self.caption.setText(
            ngettext("{n} line", "{n} lines", count).format(n=count) if count else _(self.EMPTY)
        )
        self.table.choose(kept)

    def point_at(self, target: str) -> bool:
        """Choose the row with this target, also one that the search hides; False when there is none."""
        if target not in self.whole.targets:
            return False
        if not self.table.choose(target):
            self.search.clear()
            self.table.choose(target)
        return True
