"""What machines did in a month: a line for each that wears by its work, kept together."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from villagebook.domain.period import Period
from villagebook.i18n import _
from villagebook.services.registers import asset_work
from villagebook.ui.page import Page
from villagebook.ui.theme import em
from villagebook.ui.widgets.forms import button, text
from villagebook.ui.widgets.typed import mark_wrong


class WorkEdit(QLineEdit):
    """A whole number from 0; empty means that nobody has told yet."""

    def __init__(self, told: int | None) -> None:
        super().__init__("" if told is None else str(told))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setMaximumWidth(em(8))
        self.setPlaceholderText(_("not told"))
        self.textEdited.connect(lambda: mark_wrong(self, wrong=False))

    def work(self) -> int | None:
        """None while the field is empty, or cannot be read."""
        words = unicodedata.normalize("NFKC", self.text()).replace(",", "").strip()
        return int(words) if words.isascii() and words.isdigit() else None

    def unread(self) -> str:
        if not self.text().strip() or self.work() is not None:
            return ""
        return _("“{text}” is no whole number. Type what it did, 0 when it stood still.").format(
            text=self.text()
        )


class AssetWorkRows(QWidget):
    """Hidden where nothing wears by work in the month."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._period: Period | None = None
        self.fields: dict[str, WorkEdit] = {}
        self._told: dict[str, int | None] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(text(_("What did these do in the month? They are depreciated by it."), "quiet"))
        self._rows = QWidget()
        column.addWidget(self._rows)
        self._column = column
        self.keep = button(_("Keep the work"))
        self.keep.clicked.connect(self._keep)
        column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def is_asked(self) -> bool:
        """Whether the work of any asset is still to be told."""
        return None in self._told.values()

    def show_month(self, period: Period) -> None:
        """The lines of a month, as they were told so far."""
        self._period = period
        asked = asset_work.asked(self._page.book, period)
        self._told = {one.code: one.work for one in asked}
        self.fields = {}
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        for row, one in enumerate(asked):
            field = WorkEdit(one.work)
            field.setAccessibleName(f"{one.code} {one.name}")
            so_far = _("{done} of {total} {unit} so far").format(
                done=one.done, total=one.total, unit=one.unit
            )
            grid.addWidget(text(f"{one.code} {one.name}"), row, 0)
            grid.addWidget(text(so_far, "quiet"), row, 1)
            grid.addWidget(field, row, 2)
            grid.addWidget(text(one.unit), row, 3)
            self.fields[one.code] = field
        self._column.replaceWidget(self._rows, fresh)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = fresh
        self.setVisible(bool(asked))

    def _keep(self) -> None:
        period, by = self._period, self._page.session.by()
        if period is None or not self._page.reads(self):
            return
        told = {code: work for code, field in self.fields.items() if (work := field.work()) is not None}
        fresh = {code: work for code, work in told.items() if self._told[code] != work}

        self._page.attempt(
            lambda: asset_work.tell(self._page.book, period, fresh, by),
            lambda _none: self._page.session.say(_("The work is kept.")),
        )
