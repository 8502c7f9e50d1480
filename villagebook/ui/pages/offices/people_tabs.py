"""The tabs of the page about people and places."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from villagebook.domain.people import PostKind
from villagebook.domain.place import Place, PlaceKind
from villagebook.domain.table import Column, Shape, Table
from villagebook.i18n import _
from villagebook.services import names
from villagebook.services.book_file import books
from villagebook.services.offices import people, people_reminders
from villagebook.ui.table_tab import TableTab
from villagebook.ui.theme import em
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import button, text
from villagebook.ui.widgets.pickers import Choice, PersonPicker


class PeopleTab(TableTab):
    """Persons and their posts."""

    GIVES_WAY = ("from",)

    def forms(self) -> None:
        box = FormBox(_("A new person"))
        self.name = QLineEdit()
        box.row(_("&Name"), self.name)
        box.act(_("&Add"), self._add, main=True)
        self.column.addWidget(box)
        box = FormBox(_("Give a post"))
        self.person = PersonPicker()
        self.kind = Choice([(k.value, names.post_title(k)) for k in PostKind])
        self.from_on = DateEdit(self.page.session.today)
        box.row(_("P&erson"), self.person)
        box.row(_("P&ost"), self.kind)
        self.decision = QLineEdit()
        self.decision.setPlaceholderText(_("the township's, without a handover"))
        box.row(_("&Since"), self.from_on)
        box.row(_("Decision no."), self.decision)
        box.act(_("&Give this post"), self._give)
        self.column.addWidget(box)
        box = FormBox(_("End the post chosen in the table"))
        self.to_on = DateEdit(self.page.session.today)
        box.row(_("&Last day"), self.to_on)
        box.acts(
            button(
                _("&Hand over…"), lambda: self.hand_over(self.table.target().partition(":")[2]), main=True
            ),
            button(_("En&d this post"), self._end),
        )
        self.column.addWidget(box)

    def left(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em(0.3))
        self.vacant = text("", "quiet")
        column.addWidget(self.vacant)
        column.addWidget(self.table, 1)
        return holder

    def hand_over(self, post_id: str) -> None:
        """The window in which a post is handed over; says so when it is none of those."""
        from villagebook.ui.pages.offices.office_window import OfficeWindow

        if post_id not in {p.id for p in books.staff(self.page.book).posts}:
            self.page.say_problem(_("Choose the post in the table first."))
            return
        opened = [w for w in self.page.findChildren(OfficeWindow) if w.post.id == post_id]
        window = opened[0] if opened else OfficeWindow(self.page, post_id)
        window.look()
        window.show()
        window.activateWindow()

    def refresh(self) -> None:
        staff = books.staff(self.page.book)
        empty = people_reminders.vacancies(self.page.book, self.page.session.today)
        words = _("Nobody holds: {posts}.").format(posts=_(", ").join(empty)) if empty else ""
        self.vacant.setText(words)
        self.vacant.setVisible(bool(words))
        columns = (
            Column("name", _("Person"), Shape.TEXT, 12),
            Column("post", _("Post"), Shape.TEXT, 16),
            Column("from", _("Since"), Shape.DAY, 10),
            Column("to", _("Until"), Shape.DAY, 10),
            Column("state", _("Handover"), Shape.TEXT, 11),
        )
        rows: list[tuple[str, ...]] = []
        targets = []
        wanted = people_reminders.handed_kinds(self.page.book, self.page.session.today)
        for post in sorted(staff.posts, key=lambda p: (p.to_on is not None, list(PostKind).index(p.kind))):
            rows.append(
                (
                    staff.name(post.person_id),
                    names.post_title(post.kind),
                    post.from_on.isoformat(),
                    post.to_on.isoformat() if post.to_on else "",
                    people_reminders.handover_state(post, staff, wanted),
                )
            )
            targets.append(f"post:{post.id}")
        holders = {post.person_id for post in staff.posts}
        for person in staff.persons.values():
            if person.id not in holders:
                rows.append((person.name, "", "", "", ""))
                targets.append("")
        self.table.show_table(Table("people", "", "", columns, tuple(rows), 0, tuple(targets)))
        self.person.set_persons(staff.persons.values())

    def _add(self) -> None:
        name = self.name.text()

        def done(ident: str) -> None:
            self.name.clear()
            self.name.setFocus()
            self.person.set_value(ident)
            self.page.session.say(_("{name} is in the list.").format(name=name))

        self.page.attempt(lambda: people.add_person(self.page.book, name, self.page.session.by()), done)

    def _give(self) -> None:
        if not self.page.reads(self.from_on):
            return
        page, day = self.page, self.from_on.given()
        kind = PostKind(self.kind.value())
        said = _("{name}: {post}.").format(name=self.person.currentText(), post=names.post_title(kind))

        def given(_ident: str) -> None:
            self.decision.clear()
            page.session.say(said)

        page.attempt(
            lambda: people.give_post(
                page.book, self.person.value(), kind, day, page.session.by(), decision=self.decision.text()
            ),
            given,
        )

    def _end(self) -> None:
        if not self.page.reads(self.to_on):
            return
        page, ident = self.page, self.table.target().partition(":")[2]
        day = self.to_on.given()
        if not ident:
            page.say_problem(_("Choose the post in the table first."))
            return
        page.attempt(
            lambda: people.end_post(page.book, ident, day, page.session.by(), decision=self.decision.text()),
            lambda _none: page.session.say(_("The post has ended.")),
        )


class PlacesTab(TableTab):
    """Money places; a special fund can be added."""

    def forms(self) -> None:
        box = FormBox(_("A new money place"))
        self.kind = Choice([(PlaceKind.SP.value, _("Special fund")), (PlaceKind.IM.value, _("Imprest"))])
        self.code, self.name, self.holder, self.filed = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.account = Choice([("102", _("In a bank account")), ("101", _("Cash"))])
        self.code.setPlaceholderText("SP:road")
        box.row(_("K&ind"), self.kind)
        box.row(_("C&ode"), self.code)
        box.row(_("Its &name"), self.name)
        box.row(_("Bank or cash"), self.account)
        box.row(_("Account &holder"), self.holder)
        box.row(_("&Filing no."), self.filed)
        box.act(_("&Add"), self._add, main=True)
        self.column.addWidget(box)

    def refresh(self) -> None:
        page = self.page
        balances = books.place_balances(page.book, page.session.today)
        columns = (
            Column("code", _("Code"), Shape.TEXT, 7),
            Column("name", _("Name"), Shape.TEXT, 15),
            Column("line", _("Which line"), Shape.TEXT, 11),
            Column("holder", _("Holder"), Shape.TEXT, 14),
            Column("balance", _("Balance today"), Shape.MONEY, 12),
        )
        rows = tuple(
            (p.code, p.name, names.line_title(p.line), p.holder, balances.get(p.code, 0))
            for p in books.places(page.book).all()
        )
        self.table.show_table(Table("places", "", "", columns, rows))

    def _add(self) -> None:
        place = Place(
            self.code.text().strip(),
            PlaceKind(self.kind.value()),
            self.name.text().strip(),
            self.account.value(),
            self.holder.text().strip(),
            filed=self.filed.text().strip(),
        )
        page = self.page

        def done(_none: None) -> None:
            for line in (self.code, self.name, self.holder, self.filed):
                line.clear()
            page.session.say(_("{name} is a money place now.").format(name=place.name))

        page.attempt(lambda: people.add_place(page.book, place, page.session.by()), done)
