"""The yearly papers: made, laid open before the assembly, copied by members; and the board of the year."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from villagebook.domain.document import Attachment
from villagebook.domain.laid_open import CopyTaken
from villagebook.i18n import N_, _
from villagebook.services.disclosure import laid_open, year_pack
from villagebook.services.disclosure.laid_open import Laying
from villagebook.services.disclosure.year_pack import Pack
from villagebook.ui.pages.entering.papers import show_object
from villagebook.ui.pages.registering.listed_tab import ListedTab
from villagebook.ui.viewer import PDF, Viewer
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import button, text
from villagebook.ui.widgets.pickers import Choice


class LaidOpenTab(ListedTab):
    """What lay open on the left; making it, and what is done with it, on the right."""

    SHORT = ("year", "from", "until", "who")
    EMPTY = N_("No papers of a year lie open yet. Make them on the right.")

    def forms(self) -> None:
        box = FormBox(_("The papers of a year"))
        self.about = _(
            "Annual sheet, annual report, every notice and special notice of the year in one file with a list of contents. "
            "They lie open for {days} days before the members decide."
        )
        self.told = text("", "quiet")
        box.add(self.told)
        self.year = Choice()
        self.place, self.keeper = QLineEdit(), QLineEdit()
        self.from_on = DateEdit(self.page.session.today)
        box.row(_("&Year"), self.year)
        box.row(_("&Where they lie"), self.place)
        box.row(_("Watched o&ver by"), self.keeper)
        box.row(_("&Open from"), self.from_on)
        box.acts(
            button(_("&Make them and lay them open"), self._lay, main=True),
            button(_("&Look at them"), self._look),
            button(_("&Board of the year"), self._board),
        )
        self.column.addWidget(box)
        self._chosen_box()

    def _chosen_box(self) -> None:
        box = FormBox(_("The papers chosen in the table"))
        self.name, self.what = QLineEdit(), QLineEdit()
        self.pages = QLineEdit()
        self.day = DateEdit(self.page.session.today)
        box.row(_("Copy &taken by"), self.name)
        box.row(_("W&hat was read or copied"), self.what)
        box.row(_("&Pages"), self.pages)
        box.row(_("On &day"), self.day)
        box.acts(
            button(_("&Enter the copy"), self._copy, main=True),
            button(_("Take them &in"), self._take_in),
            button(_("&Show the file"), self._show),
        )
        self.column.addWidget(box)

    def refresh(self) -> None:
        page = self.page
        year = self.year.value()
        self.show_list(laid_open.table(page.book))
        last = page.session.today.year
        years = range(last, page.book.info.start.year - 1, -1)
        self.year.set_options([(str(y), str(y)) for y in years])
        self.year.set_value(year or str(max(last - 1, page.book.info.start.year)))
        self.told.setText(self.about.format(days=laid_open.days_asked(page.book, page.session.today)))

    def open_entry(self, ident: str) -> None:
        """A pack, or a year."""
        if not self.point_at(f"register:laid-open/{ident}"):
            self.year.set_value(ident)

    def _laid_id(self) -> str:
        target = self.table.target()
        if not target:
            self.page.say_problem(_("Choose a line of the table."))
        return target.rpartition("/")[2]

    def _look(self) -> None:
        page, year = self.page, int(self.year.value())
        page.attempt(lambda: year_pack.pack(page.book, year, page.session.today), self._view)

    def _board(self) -> None:
        page, year = self.page, int(self.year.value())
        page.attempt(lambda: year_pack.board(page.book, year, page.session.today), self._view)

    def _view(self, made: Pack) -> None:
        Viewer(made.contents.title, made.pdf, PDF, self.page).show()

    def _lay(self) -> None:
        if not self.page.reads(self.from_on):
            return
        page, year = self.page, int(self.year.value())

        def act() -> Attachment:
            made = year_pack.pack(page.book, year, page.session.today)
            kept = year_pack.keep(page.book, made, year)
            day = self.from_on.given()
            told = Laying(year, self.place.text(), day, self.keeper.text(), kept.sha256, made.pages)
            laid_open.lay_open(page.book, told, page.session.by())
            return kept

        def after(kept: Attachment) -> None:
            page.session.say(_("The papers of {year} lie open. Print them now.").format(year=year))
            show_object(page, kept.sha256)

        page.attempt(act, after)

    def _show(self) -> None:
        ident = self._laid_id()
        found = next((o for o in laid_open.listing(self.page.book) if o.id == ident), None)
        if found is not None:
            show_object(self.page, found.pack_sha256)

    def _copy(self) -> None:
        if not self.page.reads(self.day):
            return
        page, ident = self.page, self._laid_id()
        if not ident:
            return
        pages = self.pages.text().strip()
        if pages and not pages.isdecimal():
            page.say_problem(_("“{text}” is no number of pages.").format(text=pages))
            return
        day = self.day.given()
        copy = CopyTaken(ident, self.name.text(), day, self.what.text(), int(pages or 0))

        def after(_none: None) -> None:
            self.name.clear()
            page.session.say(_("The copy is entered."))

        page.attempt(lambda: laid_open.note_copy(page.book, copy, page.session.by()), after)

    def _take_in(self) -> None:
        if not self.page.reads(self.day):
            return
        page, ident = self.page, self._laid_id()
        if not ident:
            return
        day = self.day.given()
        page.attempt(
            lambda: laid_open.take_in(page.book, ident, day, page.session.by()),
            lambda _none: page.session.say(_("The papers are taken in.")),
        )
