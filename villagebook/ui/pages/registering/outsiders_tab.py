"""Outside parties: who they are, and where money for them goes."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QLineEdit

from villagebook.domain.finding import Finding
from villagebook.domain.link import LinkKind
from villagebook.domain.roster import Outsider, OutsiderKind, next_outsider
from villagebook.domain.table import Table
from villagebook.i18n import _
from villagebook.services import names
from villagebook.services.registers import roster
from villagebook.ui.pages.registering.roster_tabs import RosterTab
from villagebook.ui.theme import em
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import beside, button
from villagebook.ui.widgets.pickers import Choice


class OutsidersTab(RosterTab):
    """Firms, offices and persons the collective deals with."""

    GIVES_WAY = ("contact", "holder", "bank")

    def forms(self) -> None:
        self._held: dict[str, Outsider] = {}
        self._shown: Outsider | None = None
        self._entry_box()
        self._end_box()

    def bar_more(self, flow: Flow) -> None:
        self.unmasked = QCheckBox(_("account numbers in full"))
        self.unmasked.toggled.connect(lambda _on: self.refresh())
        flow.addWidget(self.unmasked)

    def _entry_box(self) -> None:
        box = FormBox(_("A new outside party"))
        self.heading = box.heading
        self.code, self.name = QLineEdit(), QLineEdit()
        self.code.setMaximumWidth(em(9))
        self.kind = Choice([(k.value, names.outsider_title(k)) for k in OutsiderKind])
        self.holder, self.bank, self.account_no = QLineEdit(), QLineEdit(), QLineEdit()
        self.contact = QLineEdit()
        box.row(_("&Code"), self.code)
        box.row(_("&Name"), self.name)
        box.row(_("&Kind"), self.kind)
        box.row(_("Account name"), self.holder)
        box.row(_("&Bank"), self.bank)
        box.row(_("Account number"), self.account_no)
        box.row(_("C&ontact"), self.contact)
        self.save = button(_("&Save"), self._save, main=True)
        fresh = button(_("Ne&w party"), lambda: self._show(None))
        box.add(beside(self.save, fresh))
        self.column.addWidget(box)

    def _end_box(self) -> None:
        box = FormBox(_("Nothing more is dealt with the party shown above"))
        self.left_on = DateEdit(self.page.session.today)
        self.why = QLineEdit()
        box.row(_("Since"), self.left_on)
        box.row(_("Because of"), self.why)
        self.ends = box.act(_("&End it"), self._end)
        self.column.addWidget(box)

    def listed(self) -> Table:
        return roster.outsider_table(
            self.page.book, ended=self.ended.isChecked(), masked=not self.unmasked.isChecked()
        )

    def refresh(self) -> None:
        self._held = {o.code: o for o in roster.outsiders(self.page.book)}
        living = sum(o.in_use for o in self._held.values())
        self.caption.setText(_("Outside parties in use: {n}").format(n=living))
        self.show_listed()
        if self._shown is None and not self.name.text().strip():
            self._show(None, focus=False)

    def open_entry(self, code: str) -> None:
        if code in self._held:
            self._show(self._held[code])

    def _show(self, outsider: Outsider | None, *, focus: bool = True) -> None:
        """In the form; None is a blank one with the next free code."""
        self._shown = outsider
        shown = outsider or Outsider(next_outsider(self._held), "")
        self.heading.setText(
            _("Outside party {code}").format(code=shown.code) if outsider else _("A new outside party")
        )
        self.code.setEnabled(outsider is None)
        self.code.setText(shown.code)
        self.name.setText(shown.name)
        self.kind.set_value(shown.kind.value)
        self.holder.setText(shown.holder)
        self.bank.setText(shown.bank)
        self.account_no.setText(shown.account_no)
        self.contact.setText(shown.contact)
        self.save.setEnabled(shown.in_use)
        self.ends.setEnabled(outsider is not None and shown.in_use)
        if focus:
            self.name.setFocus()

    def _save(self) -> None:
        page, is_new = self.page, self._shown is None
        entry = replace(
            self._shown or Outsider("", ""),
            code=self.code.text().strip(),
            name=self.name.text().strip(),
            kind=OutsiderKind(self.kind.value()),
            holder=self.holder.text().strip(),
            bank=self.bank.text().strip(),
            account_no=self.account_no.text().strip(),
            contact=self.contact.text().strip(),
        )

        def done(said: tuple[Finding, ...]) -> None:
            page.session.say(_("{who} is saved.").format(who=f"{entry.code} {entry.name}"))
            self._show(None if is_new else entry)
            page.show_findings(said)

        page.attempt(lambda: roster.save(page.book, entry, page.session.by(), new=is_new), done)

    def _end(self) -> None:
        if not self.page.reads(self.left_on):
            return
        page, shown, day = self.page, self._shown, self.left_on.given()
        if shown is None:
            return

        def done(said: tuple[Finding, ...]) -> None:
            page.session.say(_("{who} ended on {day}.").format(who=shown.name, day=day))
            self.why.clear()
            self._show(None)
            page.show_findings(said)

        page.attempt(
            lambda: roster.end(
                page.book, LinkKind.OUTSIDER, shown.code, day, self.why.text(), page.session.by()
            ),
            done,
        )
