"""Who owes the village, since when, and what was done to collect it: a step is recorded beside the list."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLineEdit, QWidget

from villagebook.domain.pursuit import Pursuit, Way
from villagebook.domain.table import Table
from villagebook.i18n import _
from villagebook.services.book_file import books
from villagebook.services.disclosure import collecting
from villagebook.services.disclosure.pursuit_words import WAYS, way_words
from villagebook.ui.export import export_table
from villagebook.ui.table_tab import TableTab
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import card, text
from villagebook.ui.widgets.list_bar import ListBar, save_buttons, search_line, under_bar
from villagebook.ui.widgets.pickers import Choice, PersonPicker


class CollectingTab(TableTab):
    """The list of claims; beside it the steps of one of them and the form for the next."""

    def forms(self) -> None:
        self._found: tuple[collecting.Standing, ...] = ()
        box, column = card()
        self.heading = text("", "heading")
        self.steps = text("")
        column.addWidget(self.heading)
        column.addWidget(self.steps)
        self.column.addWidget(box)
        box = FormBox(_("Record a step"))
        self.party, self.result = QLineEdit(), QLineEdit()
        self.party.setReadOnly(True)
        self.day = DateEdit(self.page.session.today)
        self.way = Choice([(way.value, way_words(way)) for way in WAYS])
        self.person = PersonPicker()
        self.result.setPlaceholderText(_("What came of it; it is printed on the board"))
        for words, widget in (
            (_("Who o&wes"), self.party),
            (_("&Day"), self.day),
            (_("Wa&y"), self.way),
            (_("Asked &by"), self.person),
            (_("&Result"), self.result),
        ):
            box.row(words, widget)
        self.save = box.act(_("Rec&ord it"), self._save, main=True)
        self.column.addWidget(box)

    def left(self) -> QWidget:
        self.search = search_line()
        self.search.textChanged.connect(self.table.filter)
        saves = save_buttons(lambda form: export_table(self.page, self._table(), form))
        holder, self.caption = under_bar(ListBar(self.search, *saves), self.table)
        self.table.setAccessibleName(_("Collecting claims"))
        self.table.pointed.connect(lambda _row: self._point())
        return holder

    def refresh(self) -> None:
        kept = self._chosen()
        self._found = collecting.standings(self.page.book, self.page.session.today)
        made = self._table()
        self.table.show_table(made)
        self.caption.setText(made.subtitle)
        self.person.set_persons(list(books.staff(self.page.book).persons.values()))
        self.save.setEnabled(not self.page.book.read_only)
        if self._found:
            who = [(s.claim.party, s.claim.home) for s in self._found]
            wanted = (kept.claim.party, kept.claim.home) if kept else who[0]
            self.table.selectRow(who.index(wanted) if wanted in who else 0)
        self._point()

    def _table(self) -> Table:
        made = collecting.table(self.page.book, self.page.session.today, self._found)
        return replace(made, targets=tuple(str(n) for n in range(len(made.rows))))

    def _chosen(self) -> collecting.Standing | None:
        """The claim of the row that is pointed at."""
        at = self.table.target()
        return self._found[int(at)] if at and int(at) < len(self._found) else None

    def _point(self) -> None:
        """Show the steps of the row that is chosen."""
        found = self._chosen()
        self.heading.setText(found.claim.shown if found else _("Nobody owes the village anything."))
        self.party.setText(found.claim.shown if found else "")
        staff = books.staff(self.page.book)
        told = [
            f"{s.pursued_on.isoformat()} {way_words(s.way)} {staff.name(s.person_id)}：{s.result}"
            for s in (found.steps if found else ())
        ]
        self.steps.setText("\n".join(told) or (_("Nothing was recorded yet.") if found else ""))

    def _save(self) -> None:
        if not self.page.reads(self.day):
            return
        found = self._chosen()
        if found is None:
            self.page.say_problem(_("Choose who owes it."))
            return
        made = Pursuit(
            found.claim.party,
            self.day.given(),
            Way(self.way.value()),
            self.person.value(),
            self.result.text(),
            found.claim.home,
        )

        def done(_none: None) -> None:
            self.result.clear()
            self.page.session.say(_("The step is recorded."))

        self.page.attempt(lambda: collecting.record(self.page.book, made, self.page.session.by()), done)
