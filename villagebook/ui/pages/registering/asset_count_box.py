"""The count of the assets: the list to go round with, and what was found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTableWidget, QTableWidgetItem

from villagebook.domain.asset import Counted
from villagebook.domain.finding import Finding
from villagebook.i18n import _
from villagebook.services.book_file import books
from villagebook.services.registers import asset_tables, assets
from villagebook.ui.export import export_table
from villagebook.ui.page import Page
from villagebook.ui.theme import em
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import text
from villagebook.ui.widgets.pickers import PersonPicker


class AssetCountBox(FormBox):
    """Who counted what and when; whatever was not found loses its tick."""

    def __init__(self, page: Page, done: Callable[[str], Callable[[tuple[Finding, ...]], None]]) -> None:
        """`done` makes of a sentence what is called with the findings of a count that was recorded."""
        super().__init__(_("Count of the assets"))
        self._page, self._book, self._done = page, page.book, done
        self._words = text("", "quiet")
        self.add(self._words)
        self.act(_("Print the list to go round with"), self._sheet)
        self.counted_on = DateEdit(self._page.session.today)
        self.counted_on.changed.connect(self._show)
        self.counter, self.witness, self.note = PersonPicker(), PersonPicker(), QLineEdit()
        self.row(_("Counted on"), self.counted_on)
        self.row(_("Counted by"), self.counter)
        self.row(_("Watched by"), self.witness)
        self.row(_("Remark"), self.note)
        self.add(text(_("Take the tick away from whatever was not found."), "quiet"))
        self.found = QTableWidget(0, 3)
        self.found.setAccessibleName(_("What was found"))
        self.found.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.found.verticalHeader().setVisible(False)
        self.found.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.found.setShowGrid(False)
        self.found.setMinimumHeight(em(14))
        self.add(self.found)
        self.act(_("Record the count"), self._count, main=True)

    def refresh(self) -> None:
        """Read persons and the list to be counted anew."""
        staff = tuple(books.staff(self._book).persons.values())
        self.counter.set_persons(staff)
        self.witness.set_persons(staff)
        self._show()

    def _show(self) -> None:
        """What there is to be counted on the day that is typed; ticks that were taken away stay away."""
        day = self.counted_on.day()
        if day is None:
            return
        missed = self._ticked(Qt.CheckState.Unchecked)
        known = assets.states(self._book, date.max)
        wanted = set(assets.to_count(known, day))
        shown = [s.asset for s in known if s.asset.code in wanted]
        self.found.setHorizontalHeaderLabels([_("Entry code"), _("Name"), _("Where it is")])
        self.found.setRowCount(len(shown))
        for row, asset in enumerate(shown):
            for column, told in enumerate((asset.code, asset.name, asset.location)):
                item = QTableWidgetItem(told)
                if column == 0:
                    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                    missing = asset.code in missed
                    item.setCheckState(Qt.CheckState.Unchecked if missing else Qt.CheckState.Checked)
                self.found.setItem(row, column, item)
        last = assets.counts(self._book)[:1]
        self._words.setText(
            _("Last counted on {day}: {found} found, {missing} missing.").format(
                day=last[0].counted_on.isoformat(), found=len(last[0].found), missing=len(last[0].missing)
            )
            if last
            else _("The assets have not been counted yet.")
        )

    def _ticked(self, state: Qt.CheckState) -> tuple[str, ...]:
        """Codes of the list that are ticked, or that are not."""
        items = (self.found.item(row, 0) for row in range(self.found.rowCount()))
        return tuple(item.text() for item in items if item is not None and item.checkState() is state)

    def _sheet(self) -> None:
        if not self._page.reads(self.counted_on):
            return
        day = self.counted_on.given()
        export_table(self._page, asset_tables.count_sheet(self._book, day), "pdf")

    def _count(self) -> None:
        if not self._page.reads(self.counted_on):
            return
        found, missing = self._ticked(Qt.CheckState.Checked), self._ticked(Qt.CheckState.Unchecked)
        counted = Counted(
            self.counted_on.given(),
            self.counter.value(),
            self.witness.value(),
            found,
            missing,
            self.note.text(),
        )
        by = self._page.session.by()
        said = _("The count is recorded: {found} found, {missing} missing.").format(
            found=len(found), missing=len(missing)
        )
        self._page.attempt(lambda: assets.record_count(self._book, counted, by), self._done(said))
