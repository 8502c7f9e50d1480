"""What is masked on a paper under review, and why; somebody who did not compile it confirms the list."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagebook.domain.people import Person
from villagebook.domain.table import Column, Shape, Table
from villagebook.i18n import _, ngettext
from villagebook.services.book_file import books
from villagebook.services.disclosure import masking
from villagebook.ui.page import Page
from villagebook.ui.theme import em
from villagebook.ui.widgets.forms import Form, button, text
from villagebook.ui.widgets.pickers import PersonPicker
from villagebook.ui.widgets.table_view import TableView

ROWS = 7
"""Rows that are seen without scrolling."""


class MaskBox(QWidget):
    """Hidden where nothing is masked."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._subject = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.state = text("")
        self.table = TableView()
        self.table.setAccessibleName(_("Masked cells"))
        form = Form()
        self.person = PersonPicker()
        form.row(_("Looked at by"), self.person)
        self.enter = button(_("&These masks are right"), self.confirm)
        column.addWidget(self.state)
        column.addWidget(self.table)
        self.asks = QWidget()
        below = QVBoxLayout(self.asks)
        below.setContentsMargins(0, 0, 0, 0)
        below.addLayout(form)
        below.addWidget(self.enter)
        column.addWidget(self.asks)
        self.setVisible(False)

    def show_subject(self, subject: str) -> None:
        """The masks of this notice or sheet; "" hides the box."""
        self._subject = subject
        found = masking.state(self._page.book, subject) if subject else None
        self.setVisible(found is not None and bool(found.masks))
        if found is None or not found.masks:
            return
        n = len(found.masks)
        words = ngettext("{n} cell is masked.", "{n} cells are masked.", n).format(n=n)
        if found.confirmed_by:
            words += " " + _("{name} has looked at them.").format(name=found.confirmed_by)
        else:
            more = _(
                "Somebody who did not compile the paper looks at each and confirms it, before supervision signs."
            )
            words += " " + more
        self.state.setText(words)
        columns = (
            Column("where", _("Where"), Shape.TEXT, 9),
            Column("shown", _("What hangs"), Shape.TEXT, 9),
            Column("reason", _("Why"), Shape.TEXT, 12),
        )
        rows = tuple((m.where, m.shown, masking.reason_words(m.reason)) for m in found.masks)
        self.table.show_table(Table("masks", "", "", columns, rows))
        self.table.setFixedHeight(em(2.2) * (min(n, ROWS) + 1) + em(0.6))
        self.asks.setVisible(found.waits and not self._page.book.read_only)
        self.person.set_persons(self._others(found.compiled_by))

    def _others(self, compiled_by: str) -> list[Person]:
        """Everybody in office but the one who compiled it."""
        staff, day = books.staff(self._page.book), self._page.session.today
        held = dict.fromkeys(p.person_id for p in staff.posts if p.covers(day))
        return [staff.persons[i] for i in held if i in staff.persons and staff.name(i) != compiled_by]

    def confirm(self) -> None:
        """What the button does."""
        subject = self._subject

        def done(_none: None) -> None:
            self._page.session.say(_("The masks are confirmed; supervision can sign."))

        self._page.attempt(
            lambda: masking.confirm(self._page.book, subject, self.person.value(), self._page.session.by()),
            done,
        )
