"""Seals, tokens and cheque books: in whose hands they are, and were."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from villagebook.domain.seals import Holding, SealKind
from villagebook.domain.table import Column, Shape, Table
from villagebook.i18n import _
from villagebook.rules.seal_words import seal_title
from villagebook.services.book_file import books
from villagebook.services.offices import seals
from villagebook.ui.table_tab import TableTab
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import button
from villagebook.ui.widgets.pickers import Choice, PersonPicker

SEALS = "seals"


class SealsTab(TableTab):
    """Every hand an item was in; those that last come first."""

    GIVES_WAY = ("reason", "kind")

    def forms(self) -> None:
        box = FormBox(
            _("Hand over a seal or token"),
            _("Not all of them with one person: who holds every seal can draw money alone."),
        )
        self.item = Choice()
        self.kind = Choice([(k.value, seal_title(k)) for k in SealKind])
        self.name = QLineEdit()
        self.holder = PersonPicker()
        self.from_on = DateEdit(self.page.session.today)
        self.reason = QLineEdit()
        box.row(_("Wh&ich one"), self.item)
        box.row(_("Its kind"), self.kind)
        box.row(_("Its name, bank or number"), self.name)
        box.row(_("To &whom"), self.holder)
        box.row(_("On"), self.from_on)
        box.row(_("Remark"), self.reason)
        give = button(_("&Give it over"), lambda: self._hand_over(self.holder.value()), main=True)
        stop = button(_("Take &out of use"), lambda: self._hand_over(""))
        box.add(give)
        box.add(stop)
        self.column.addWidget(box)
        self.item.changed.connect(self._tell_which)

    def refresh(self) -> None:
        staff = books.staff(self.page.book)
        self.holder.set_persons(staff.persons.values())
        columns = (
            Column("kind", _("Kind"), Shape.TEXT, 12),
            Column("name", _("Name"), Shape.TEXT, 14),
            Column("holder", _("Keeper"), Shape.TEXT, 10),
            Column("from", _("Since"), Shape.DAY, 9),
            Column("to", _("Until"), Shape.DAY, 9),
            Column("reason", _("Remark"), Shape.TEXT, 14),
        )
        rows = tuple(
            (
                seal_title(k.holding.kind),
                k.holding.name,
                staff.name(k.holding.person_id) if k.holding.person_id else _("out of use"),
                k.holding.from_on.isoformat(),
                k.until_on.isoformat() if k.until_on else "",
                k.holding.reason,
            )
            for k in seals.kept(self.page.book)
        )
        self.table.show_table(Table("seals", "", "", columns, rows))
        known = [
            (h.item, f"{seal_title(h.kind)} {h.name} ({staff.name(h.person_id)})")
            for h in seals.in_hands(self.page.book)
        ]
        self.item.set_options([("", _("(a new one)")), *known])
        self._tell_which()

    def _tell_which(self) -> None:
        new = not self.item.value()
        self.kind.setEnabled(new)
        self.name.setEnabled(new)

    def _hand_over(self, person_id: str) -> None:
        if not self.page.reads(self.from_on):
            return
        page = self.page
        holding = Holding(
            self.item.value(),
            SealKind(self.kind.value()),
            self.name.text(),
            person_id,
            self.from_on.given(),
            self.reason.text(),
        )

        def done(_item: str) -> None:
            self.name.clear()
            self.reason.clear()
            self.item.set_value("")
            page.session.say(_("The register of seals is up to date."))

        page.attempt(lambda: seals.hand_over(page.book, holding, page.session.by()), done)
