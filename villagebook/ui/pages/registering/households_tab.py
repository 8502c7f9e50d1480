"""Households and their members: entered, changed, counted; somebody leaves; a roster is taken in."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLineEdit

from villagebook.domain.document import Document
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.link import LinkKind
from villagebook.domain.roster import Household, next_code
from villagebook.domain.table import Table
from villagebook.i18n import _
from villagebook.services.handing_over import sharing
from villagebook.services.registers import roster
from villagebook.services.registers.roster_import import TakenIn, import_roster
from villagebook.ui.export import export_table
from villagebook.ui.pages.registering.roster_tabs import RosterTab
from villagebook.ui.theme import em
from villagebook.ui.widgets.count_edit import CountEdit
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.file_field import FileField
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import beside, button, text
from villagebook.ui.widgets.members_editor import MembersEditor
from villagebook.ui.widgets.pickers import Choice

WHOLE = "*"
"""In the list of who leaves: the whole household."""


class HouseholdsTab(RosterTab):
    """The register of members, household by household."""

    GIVES_WAY = ("names", "group", "shares", "voters")

    def forms(self) -> None:
        self._held: dict[str, Household] = {}
        self._shown: Household | None = None
        self._entry_box()
        self._leave_box()
        self._payout_box()
        self._import_box()

    def bar_more(self, flow: Flow) -> None:
        members = button(_("Roster of members"))
        members.setToolTip(_("Everybody by household, in the layout a roster is taken in from (XLSX)"))
        members.clicked.connect(
            lambda: export_table(
                self.page, roster.member_table(self.page.book, self.page.session.today), "xlsx"
            )
        )
        flow.addWidget(members)

    def _entry_box(self) -> None:
        box = FormBox(_("A new household"))
        self.heading = box.heading
        self.group, self.code = CountEdit(99), QLineEdit()
        self.code.setMaximumWidth(em(9))
        self.code.setPlaceholderText("03-012")
        self.head, self.shares = QLineEdit(), QLineEdit()
        self.joined = DateEdit()
        self.joined_why = QLineEdit()
        self.members = MembersEditor()
        box.row(_("&Group"), self.group)
        box.row(_("Household &no."), self.code)
        box.row(_("Hea&d of household"), self.head)
        box.row(_("Sh&ares"), self.shares)
        box.row(_("Belongs since"), self.joined)
        box.row(_("Because of"), self.joined_why)
        box.wide(text(_("Members")))
        box.wide(self.members)
        box.add(
            text(
                _("Numbers of identity cards are not kept: name, household and year of birth are enough."),
                "quiet",
            )
        )
        self.save = button(_("&Save"), self._save, main=True)
        fresh = button(_("Ne&w household"), lambda: self._show(None))
        box.add(beside(self.save, fresh))
        self.column.addWidget(box)
        self.group.changed.connect(self._propose)
        self.head.editingFinished.connect(self._head_first)

    def _leave_box(self) -> None:
        box = FormBox(_("Somebody leaves the household shown above"))
        self.leaver = Choice()
        self.left_on = DateEdit(self.page.session.today)
        self.why = QLineEdit()
        box.row(_("Who &leaves"), self.leaver)
        box.row(_("On"), self.left_on)
        box.row(_("Because of"), self.why)
        self.leave = box.act(_("L&eaves"), self._leave)
        self.column.addWidget(box)

    def _payout_box(self) -> None:
        box = FormBox(
            _("Pay a group what it is owed"),
            _(
                "After a distribution: one payment with a line for every household of the group, as the ledger owes it. "
                "It is prepared as a draft; complete it, print the list for signing, send it in."
            ),
        )
        self.paid_group = CountEdit(99)
        self.paid_group.setAccessibleName(_("Group"))
        self.pay = button(_("&Prepare the payment"), self._pay_out)
        box.add(beside(text(_("Group")), self.paid_group, self.pay))
        self.column.addWidget(box)

    def _pay_out(self) -> None:
        session, group = self.page.session, self.paid_group.value()

        def then(draft: Document) -> None:
            session.go(f"draft:{draft.id}")

        self.page.attempt(lambda: sharing.payout(self.page.book, session.today, group, session.by()), then)

    def _import_box(self) -> None:
        box = FormBox(
            _("Take in a roster"),
            _(
                "A CSV or XLSX file with one row per member: household no., group, head, name, relation, year of birth, "
                "right to vote, shares. Joined cells are understood; a file with a mistake is refused whole."
            ),
        )
        self.file = FileField(_("C&hoose…"), pattern=_("Tables (*.csv *.xlsx);;All files (*)"))
        self.file.line.setAccessibleName(_("File with a roster"))
        box.add(self.file)
        dry, real = (
            button(_("&Try it"), lambda: self._import(dry_run=True)),
            button(_("Ta&ke in"), lambda: self._import(dry_run=False)),
        )
        box.add(beside(dry, real))
        self.column.addWidget(box)

    # ---- showing ----

    def listed(self) -> Table:
        return roster.household_table(self.page.book, self.page.session.today, ended=self.ended.isChecked())

    def refresh(self) -> None:
        self._held = {h.code: h for h in roster.households(self.page.book)}
        told = roster.counts(self.page.book, self.page.session.today)
        words = _(
            "Households {households}, members {members}, grown up {adults}, with a vote {voters}, delegates {delegates}"
        )
        self.caption.setText(
            words.format(
                households=told.households,
                members=told.members,
                adults=told.adults,
                voters=told.voters,
                delegates=told.delegates,
            )
        )
        self.show_listed()
        self._leavers()

    def open_entry(self, code: str) -> None:
        if code in self._held:
            self._show(self._held[code])

    def _show(self, household: Household | None) -> None:
        """In the form; None is a blank one in the same group."""
        self._shown = household
        shown = household or Household("", self.group.value(), "")
        self.heading.setText(
            _("Household {code}").format(code=shown.code) if household else _("A new household")
        )
        self.group.setEnabled(household is None)
        self.code.setEnabled(household is None)
        self.group.set_value(shown.group)
        self.code.setText(shown.code)
        self.head.setText(shown.head)
        self.shares.setText(shown.shares)
        self.joined.set_day(shown.joined_on)
        self.joined_why.setText(shown.joined_why)
        self.members.set_members(shown.members)
        self.save.setEnabled(shown.in_use)
        self._propose()
        self._leavers()
        (self.head if household else self.group).setFocus()

    def _leavers(self) -> None:
        shown = self._shown
        present = [m.name for m in shown.members if m.left_on is None] if shown and shown.in_use else []
        options = [(WHOLE, _("the whole household")), *((name, name) for name in present)] if present else []
        self.leaver.set_options(options)
        self.leave.setEnabled(bool(options))

    def _propose(self) -> None:
        if self._shown is None and self.group.value():
            self.code.setText(next_code(self._held, self.group.value()))

    def _head_first(self) -> None:
        """The head of a new household is its first member."""
        rows = self.members.members()
        if self._shown is None and self.head.text().strip() and not rows:
            from villagebook.domain.roster import HEAD, Member

            self.members.set_members((Member(self.head.text().strip(), HEAD, votes=True),))

    # ---- verbs ----

    def _save(self) -> None:
        if not self.page.reads(self.joined):
            return
        page = self.page
        wrong = list(self.members.problems())
        if wrong:
            page.show_findings(tuple(Finding("", Severity.ERROR, "", words) for words in wrong))
            return
        entry = replace(
            self._shown or Household("", 0, ""),
            code=self.code.text().strip(),
            group=self.group.value(),
            head=self.head.text().strip(),
            shares=self.shares.text().strip(),
            joined_on=self.joined.day(),
            joined_why=self.joined_why.text().strip(),
            members=self.members.members(),
        )
        is_new = self._shown is None

        def done(said: tuple[Finding, ...]) -> None:
            page.session.say(_("{who} is saved.").format(who=f"{entry.code} {entry.title}"))
            self._show(None if is_new else entry)
            page.show_findings(said)

        page.attempt(lambda: roster.save(page.book, entry, page.session.by(), new=is_new), done)

    def _leave(self) -> None:
        if not self.page.reads(self.left_on):
            return
        page, shown, who = self.page, self._shown, self.leaver.value()
        day, why = self.left_on.given(), self.why.text().strip()
        if shown is None or not who:
            return
        gone = tuple(
            replace(m, left_on=day, left_why=why) if m.name == who and m.left_on is None else m
            for m in shown.members
        )

        def act() -> tuple[Finding, ...]:
            if who == WHOLE:
                return roster.end(page.book, LinkKind.HOUSEHOLD, shown.code, day, why, page.session.by())
            return roster.save(page.book, replace(shown, members=gone), page.session.by(), new=False)

        def done(said: tuple[Finding, ...]) -> None:
            name = shown.title if who == WHOLE else who
            page.session.say(_("{who} left on {day}.").format(who=name, day=day))
            self.why.clear()
            self._show(self._held.get(shown.code))
            page.show_findings(said)

        page.attempt(act, done)

    def _import(self, *, dry_run: bool) -> None:
        page, path = self.page, self.file.path()
        if path is None or not path.is_file():
            page.say_problem(_("Choose a file first."))
            return
        by = page.session.by()

        def done(made: TakenIn) -> None:
            words = (
                _("{households} households with {members} members could be taken in.")
                if dry_run
                else _("{households} households with {members} members are taken in.")
            )
            page.session.say(words.format(households=made.households, members=made.members))
            page.show_findings(made.findings)

        page.in_background(
            _("Reading the file…"),
            lambda _progress: import_roster(page.book, path, by, dry_run=dry_run),
            done,
            exclusive=True,
        )
