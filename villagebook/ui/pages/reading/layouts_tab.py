"""Layouts of statements that the book keeps: loaded from a file, from which month on they are in use."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagebook.domain.period import Period
from villagebook.domain.table import Column, Shape, Table
from villagebook.i18n import N_, _
from villagebook.services.period_end import closing
from villagebook.services.reporting import statement_layouts
from villagebook.ui.page import Page
from villagebook.ui.theme import em
from villagebook.ui.widgets.file_field import FileField
from villagebook.ui.widgets.forms import Form, button, text
from villagebook.ui.widgets.pickers import Choice, month_name
from villagebook.ui.widgets.table_view import TableView

STATEMENTS = {
    statement_layouts.BALANCE_SHEET: N_("Balance sheet"),
    statement_layouts.INCOME: N_("Income and distribution"),
    statement_layouts.MONEY: N_("Receipts and payments by category"),
    statement_layouts.OWN: N_("Statements of our own"),
}


class LayoutsTab(QWidget):
    """What is kept, and a form to load another file."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        words = _(
            "The layouts delivered with the program are provisional where the official form of 2023 was not at hand. Load "
            "the township's own here: it is checked, kept in the book and can always be printed with again."
        )
        column.addWidget(text(words, "quiet"))
        self.list = TableView()
        column.addWidget(self.list, 1)
        form = Form()
        self.file = FileField(_("C&hoose…"), pattern=_("Layouts (*.json);;All files (*)"))
        self.since = Choice()
        self.since.setFixedWidth(em(16))
        self.load = button(_("&Load this layout"), self._load, main=True)
        form.row(_("&File"), self.file)
        form.row(_("In &use"), self.since)
        column.addLayout(form)
        row = QWidget()
        holder = QVBoxLayout(row)
        holder.setContentsMargins(0, 0, 0, 0)
        self.load.setMaximumWidth(em(16))
        holder.addWidget(self.load)
        column.addWidget(row)

    def refresh(self) -> None:
        """Read what is kept."""
        months = [period for period, _state in closing.period_states(self._page.book)]
        years = sorted({m.year for m in months}, reverse=True)
        starts = [Period(y, 1) for y in years] + sorted(months, reverse=True)
        options = [("", _("only when it is chosen"))]
        options += [(str(m), _("from {month} on").format(month=month_name(m))) for m in dict.fromkeys(starts)]
        self.since.set_options(options)
        self.list.show_table(_kept(statement_layouts.kept(self._page.book)))
        self.load.setEnabled(not self._page.book.read_only)

    def _load(self) -> None:
        page, path = self._page, self.file.path()
        if path is None:
            page.say_problem(_("Choose a file first."))
            return
        since = Period.parse(self.since.value()) if self.since.value() else None

        def loaded(made: statement_layouts.KeptLayout) -> None:
            self.file.line.clear()
            page.session.say(_("{title} is kept as {key}.").format(title=made.title, key=made.key))

        page.attempt(lambda: statement_layouts.keep(page.book, path, since, page.session.by()), loaded)


def _kept(found: tuple[statement_layouts.KeptLayout, ...]) -> Table:
    columns = (
        Column("key", _("Key"), Shape.TEXT, 8),
        Column("title", _("Title"), Shape.TEXT, 20),
        Column("for", _("Stands for"), Shape.TEXT, 16),
        Column("since", _("In use"), Shape.TEXT, 12),
    )
    rows = tuple(
        (
            each.key,
            each.title,
            _(STATEMENTS[each.name]),
            _("from {month} on").format(month=month_name(each.since)) if each.since else _("when chosen"),
        )
        for each in reversed(found)
    )
    return Table("layouts", _("Layouts"), "", columns, rows)
