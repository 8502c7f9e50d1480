"""Relatives, told freely: who may not sign for whom."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLineEdit

from villagebook.domain.finding import Finding
from villagebook.domain.kinship import Kin, Relation
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.people import Staff
from villagebook.domain.table import Column, Shape, Table
from villagebook.i18n import _
from villagebook.rules.post_words import relation_title
from villagebook.services.book_file import books
from villagebook.services.offices import kin
from villagebook.services.registers import roster
from villagebook.ui.table_tab import TableTab
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.pickers import Choice, PersonPicker


class KinTab(TableTab):
    """Ties on the left, the form on the right."""

    def forms(self) -> None:
        box = FormBox(
            _("Tell of a relative"),
            _(
                "Told freely, printed on no notice. Whoever is a near relative of the payee does not handle, witness, "
                "review or approve the payment: another person or the township does."
            ),
        )
        self.person, self.other = PersonPicker(), PersonPicker()
        self.relation = Choice([(r.value, relation_title(r)) for r in Relation])
        self.name = QLineEdit()
        self.name.setPlaceholderText(_("somebody who is not in the list"))
        self.entry = Choice()
        box.row(_("Wh&o"), self.person)
        box.row(_("The other is his or her"), self.relation)
        box.row(_("The other, in the &list"), self.other)
        box.row(_("or by &name"), self.name)
        box.row(_("or behind a re&gister's entry"), self.entry)
        box.act(_("Re&cord"), self._add, main=True)
        self.column.addWidget(box)
        box = FormBox(_("The tie chosen in the table is no more"))
        self.ended_on = DateEdit(self.page.session.today)
        box.row(_("&From the day"), self.ended_on)
        box.act(_("En&d it"), self._end)
        self.column.addWidget(box)

    def refresh(self) -> None:
        book = self.page.book
        staff = books.staff(book)
        self.person.set_persons(staff.persons.values())
        self.other.set_persons(staff.persons.values())
        known = dict(roster.party_names(book))
        wanted = (LinkKind.HOUSEHOLD, LinkKind.OUTSIDER)
        options = [(f"{k.kind.value} {k.code}", name) for k, name in known.items() if k.kind in wanted]
        self.entry.set_options([("", _("(none)")), *options])
        columns = (
            Column("person", _("Person"), Shape.TEXT, 10),
            Column("relation", _("The other is"), Shape.TEXT, 12),
            Column("other", _("The other"), Shape.TEXT, 14),
            Column("ended", _("Ended on"), Shape.DAY, 9),
        )
        ties = kin.ties(book)
        rows = tuple(
            (
                staff.name(k.person_id),
                relation_title(k.relation),
                _other(k, staff, known),
                k.ended_on.isoformat() if k.ended_on else "",
            )
            for k in ties
        )
        targets = tuple(f"kin:{k.id}" for k in ties)
        self.table.show_table(Table("kin", "", "", columns, rows, 0, targets))

    def _add(self) -> None:
        kind, _sep, code = self.entry.value().partition(" ")
        link = Link(LinkKind(kind), code) if code else None
        tie = Kin(
            "",
            self.person.value(),
            Relation(self.relation.value()),
            self.other.value(),
            self.name.text(),
            link,
        )

        def done(found: tuple[Finding, ...]) -> None:
            self.name.clear()
            self.other.set_value("")
            self.entry.set_value("")
            self.page.session.say(_("Recorded."))
            self.page.show_findings(found)

        self.page.attempt(lambda: kin.state(self.page.book, tie, self.page.session.by()), done)

    def _end(self) -> None:
        if not self.page.reads(self.ended_on):
            return
        page, ident = self.page, self.table.target().partition(":")[2]
        tie = next((k for k in kin.ties(page.book) if k.id == ident), None)
        if tie is None:
            page.say_problem(_("Choose the tie in the table first."))
            return
        ended = replace(tie, ended_on=self.ended_on.given())
        page.attempt(
            lambda: kin.state(page.book, ended, page.session.by()),
            lambda _found: page.session.say(_("Recorded.")),
        )


def _other(tie: Kin, staff: Staff, known: dict[Link, str]) -> str:
    if tie.other_id:
        return staff.name(tie.other_id)
    return known.get(tie.link, tie.link.code) if tie.link else tie.other_name
