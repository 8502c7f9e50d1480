"""Labour days (筹劳): who owes them, signed sheets of days worked or paid off, sheets struck out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QLineEdit

from villagebook.domain.labour import Labourer, LabourSheet, LabourStanding, LabourWay
from villagebook.domain.link import LinkKind
from villagebook.domain.table import Table
from villagebook.i18n import _, ngettext
from villagebook.services import links
from villagebook.services.registers import labour
from villagebook.services.registers.labour_table import labour_table
from villagebook.ui.page import Page
from villagebook.ui.pages.entering.papers import attachments_for
from villagebook.ui.pages.registering.printed_tab import PrintedTab
from villagebook.ui.widgets.count_edit import CountEdit
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import button
from villagebook.ui.widgets.link_picker import LinkPicker
from villagebook.ui.widgets.money_edit import MoneyLine
from villagebook.ui.widgets.pickers import Choice


class LabourTab(PrintedTab):
    """The list of one project on the left; several of its rows are chosen at once, as days are worked together."""

    GIVES_WAY = ("money", "commuted", "worked")
    tab = "labour"

    def __init__(self, page: Page) -> None:
        self._found: tuple[LabourStanding, ...] = ()
        super().__init__(page)

    # ---- building ----

    def forms(self) -> None:
        self._list_box()
        self._sheet_box()
        self._strike_box()

    def _list_box(self) -> None:
        box = FormBox(_("Who owes days"))
        self.project = Choice()
        self.household, self.name, self.days = LinkPicker(), QLineEdit(), CountEdit(366)
        self.household.setPlaceholderText(_("Household (F7)"))
        box.row(_("&Project"), self.project)
        self.propose = button(_("Propose everybody of &age"), link=True)
        box.wide(self.propose)
        box.row(_("Household"), self.household)
        box.row(_("&Name"), self.name)
        box.row(_("Days owed"), self.days)
        put, drop = button(_("Put on the &list"), self._put), button(_("Take those chosen off"), self._drop)
        box.acts(put, drop)
        self.project.changed.connect(self.refresh)
        self.propose.clicked.connect(self._propose)
        self.column.addWidget(box)

    def _sheet_box(self) -> None:
        box = FormBox(_("A signed sheet for those chosen in the table"))
        self.way = Choice(
            [
                (LabourWay.WORKED.value, _("worked")),
                (LabourWay.COMMUTED.value, _("paid off in money, as asked in writing")),
            ]
        )
        self.on = DateEdit(self.page.session.today)
        self.each, self.rate, self.note = CountEdit(366), MoneyLine(), QLineEdit()
        self.each.set_value(1)
        self.papers = attachments_for(self.page)
        box.row(_("&How"), self.way)
        box.row(_("&Day"), self.on)
        box.row(_("Days &each"), self.each)
        self.rate_label = box.row(_("A day &costs"), self.rate)
        box.row(_("Remark"), self.note)
        box.row(_("Pictures of the sheet"), self.papers)
        box.act(_("Enter the &sheet"), self._record, main=True)
        self.way.changed.connect(self._fit_way)
        self._fit_way()
        self.column.addWidget(box)

    def _strike_box(self) -> None:
        self.strike_card = FormBox(_("Strike out a sheet entered by mistake"))
        self.entered, self.reason = Choice(), QLineEdit()
        self.strike_card.row(_("Sheet"), self.entered)
        self.strike_card.row(_("Why"), self.reason)
        self.strike_card.act(_("Strike it &out"), self._strike)
        self.column.addWidget(self.strike_card)

    # ---- showing ----

    def listed(self) -> Table:
        return labour_table(self.page.book, self.page.session.today, self.project.value() or "-")

    def refresh(self) -> None:
        book, today = self.page.book, self.page.session.today
        known = labour.asking(book)
        self.project.set_options([(p.code, f"{p.code} {p.name}") for p in known])
        code = self.project.value()
        self._found = labour.standings(book, code, today) if code else ()
        keys = ("household", "name", "open", "owed", "worked", "commuted", "money")
        self.table.show_table(self.listed().only(*keys))
        self.table.filter(self.search.text())
        self.caption.setText(self._caption(bool(known)))
        self.household.set_targets(t for t in links.choices(book) if t.kind is LinkKind.HOUSEHOLD)
        self.propose.setEnabled(bool(code))
        sheets = labour.sheets(book, code) if code else ()
        self.entered.set_options([(s.id, _sheet_words(s)) for s in reversed(sheets)])
        self.strike_card.setVisible(bool(sheets))
        if code and not self.days.value():
            self.days.set_value(next(p.labour_days for p in known if p.code == code))

    def _caption(self, asked: bool) -> str:
        if not asked:
            return _("No project of one matter, one discussion asks for days of work.")
        owed, left = sum(s.labourer.days for s in self._found), sum(s.open for s in self._found)
        people = len(self._found)
        words = ngettext(
            "{n} person owes {owed} days, {left} are open. Ctrl or Shift chooses several rows.",
            "{n} people owe {owed} days, {left} are open. Ctrl or Shift chooses several rows.",
            people,
        )
        return words.format(n=people, owed=owed, left=left)

    def open_entry(self, code: str) -> None:
        """Show the list of a project."""
        self.project.set_value(code)

    def chosen(self) -> list[Labourer]:
        """The labourers of the rows that are chosen in the table."""
        model, told = self.table.values(), [s.labourer for s in self._found]
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        numbers = (int(model.target(row).rpartition(":")[2]) for row in rows)
        return [told[number] for number in numbers]

    def _fit_way(self) -> None:
        """Only days that are paid off have a price."""
        paid = self.way.value() == LabourWay.COMMUTED.value
        self.rate.setVisible(paid)
        self.rate_label.setVisible(paid)

    # ---- doing ----

    def _enter_list(self, rows: list[Labourer], after: Callable[[], object] = lambda: None) -> None:
        page, code = self.page, self.project.value()

        def done(_said: object) -> None:
            after()
            page.session.say(_("The list of labour days is entered."))
            self.refresh()

        page.attempt(lambda: labour.enter_list(page.book, code, rows, page.session.by()), done)

    def _propose(self) -> None:
        """Those who are on the list stay as they are."""
        known = [s.labourer for s in self._found]
        keys = {one.key for one in known}
        proposed = labour.proposed(self.page.book, self.project.value())
        self._enter_list([*known, *(one for one in proposed if one.key not in keys)])

    def _put(self) -> None:
        """Add somebody, or say anew how many days somebody owes."""
        if not self.page.reads(self.household):
            return
        household = next((k.code for k in self.household.links()), "")
        made = Labourer(household, self.name.text().strip(), self.days.value())
        known = [s.labourer for s in self._found]
        rows = [made if one.key == made.key else one for one in known]
        self._enter_list(rows if made in rows else [*rows, made], self.name.clear)

    def _drop(self) -> None:
        chosen = {one.key for one in self.chosen()}
        if not chosen:
            self.page.say_problem(_("Choose people in the table first."))
            return
        self._enter_list([s.labourer for s in self._found if s.labourer.key not in chosen])

    def _record(self) -> None:
        page = self.page
        if not page.reads(self.on):
            return
        way = LabourWay(self.way.value())
        rows = tuple(replace(one, days=self.each.value()) for one in self.chosen())
        made = LabourSheet(
            "",
            self.project.value(),
            self.on.given(),
            way,
            rows,
            (self.rate.fen() or 0) if way is LabourWay.COMMUTED else 0,
            self.note.text(),
            self.papers.attachments(),
        )

        def done(_ident: str) -> None:
            self.note.clear()
            self.papers.set_attachments(())
            page.session.say(_("The sheet of labour days is entered."))
            self.refresh()
            self.entered.setCurrentIndex(0)

        page.attempt(lambda: labour.record(page.book, made, page.session.by()), done)

    def _strike(self) -> None:
        page, code, ident = self.page, self.project.value(), self.entered.value()

        def done(_none: None) -> None:
            self.reason.clear()
            page.session.say(_("The sheet is struck out."))
            self.refresh()

        page.attempt(
            lambda: labour.strike(page.book, code, ident, self.reason.text(), page.session.by()), done
        )


def _sheet_words(sheet: LabourSheet) -> str:
    """Day, how, how many days of how many people, and the note."""
    how = _("worked") if sheet.way is LabourWay.WORKED else _("paid off")
    text = _("{day} {how}: {days} days of {people} people").format(
        day=sheet.on.isoformat(), how=how, days=sheet.days, people=len(sheet.rows)
    )
    return f"{text} {sheet.note}".strip()
