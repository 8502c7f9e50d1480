"""A list of payees in a window of its own: what it is for above, the people beneath, what is wrong beside the buttons."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from villagebook.domain.finding import Finding, Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.pay_list import TO_HOUSEHOLDS, ListKind, PayList, plain_name
from villagebook.domain.resolution import Cited
from villagebook.i18n import _, ngettext
from villagebook.services.approvals import list_standings, pay_lists, resolutions
from villagebook.services.approvals.list_words import kind_title
from villagebook.services.registers import roster
from villagebook.services.vouchers import list_import
from villagebook.ui import problems
from villagebook.ui.page import Page
from villagebook.ui.side_window import SideWindow
from villagebook.ui.theme import em
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import Form, button, card, text
from villagebook.ui.widgets.pay_rows import PayRows
from villagebook.ui.widgets.pickers import Choice
from villagebook.ui.widgets.resolution_line import ResolutionLine

LOOK_AFTER = 400
"""Milliseconds after the last key."""


class ListWindow(SideWindow):
    """A new list, or one that is changed while nobody pays it."""

    def __init__(self, page: Page, found: PayList | None, done: Callable[[str], object]) -> None:
        title = _("List {code}").format(code=found.code) if found else _("A new list of payees")
        super().__init__(page.session, title, page)
        self.page, self._found, self._done = page, found, done
        self._build()
        self._fill()
        self.resize(min(em(92), 1320), min(em(46), 690))

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setSpacing(em(0.5))
        whole.addWidget(self.findings)
        whole.addWidget(self._head())
        self.people = PayRows()
        self.people.changed.connect(self._soon)
        whole.addWidget(self.people, 1)
        self.sum = text("", "quiet")
        whole.addWidget(self.sum)
        flow = Flow()
        self.save = button(_("&Save the list"), self._save, main=True)
        take = button(_("&Take in a table…"), self._choose_file)
        out = button(_("Take this line out"), self.people.drop_line)
        for widget in (self.save, take, out):
            flow.addWidget(widget)
        whole.addLayout(flow)
        self._wait = QTimer(self, singleShot=True, interval=LOOK_AFTER)
        self._wait.timeout.connect(self.look)

    def _head(self) -> QFrame:
        box, column = card()
        sides = QHBoxLayout()
        sides.setSpacing(em(1.5))
        left, right = Form(), Form()
        self.kind = Choice([(k.value, kind_title(k)) for k in ListKind])
        self.code, self.title = QLineEdit(), QLineEdit()
        self.from_on, self.to_on = DateEdit(needed=True), DateEdit()
        self.to_on.setPlaceholderText(_("the same day"))
        self.resolution, self.document_no = ResolutionLine(), QLineEdit()
        left.row(_("&Kind"), self.kind)
        left.row(_("&What for"), self.title)
        left.row(_("List no."), self.code)
        right.row(_("F&rom"), self.from_on)
        right.row(_("T&o"), self.to_on)
        right.row(_("Resolution no."), self.resolution, self.resolution.note)
        self.paper_label = right.row(_("Paper from above"), self.document_no)
        for form in (left, right):
            side = QVBoxLayout()
            side.addLayout(form)
            side.addStretch(1)
            sides.addLayout(side, 1)
        column.addLayout(sides)
        self.kind.changed.connect(self._fit_kind)
        self.from_on.changed.connect(self._fit_days)
        for line in (self.title, self.code, self.resolution, self.document_no):
            line.textChanged.connect(self._soon)
        self.to_on.changed.connect(self._soon)
        return box

    # ---- filling ----

    def _fill(self) -> None:
        today, found = self.page.session.today, self._found
        self.resolution.set_choices(resolutions.choices(self.book))
        self.people.set_rates(pay_lists.rates(self.book))
        homes: dict[str, tuple[str, ...]] = {}
        for household in roster.households(self.book, ended=False):
            for member in household.present(today):
                key = plain_name(member.name)
                homes[key] = (*homes.get(key, ()), household.code)
        self.people.set_homes(homes)
        self.from_on.set_day(found.from_on if found else today.replace(day=1))
        self.to_on.set_day(found.to_on if found else today)
        self.code.setText(found.code if found else list_standings.next_code(self.book, today))
        self.code.setReadOnly(found is not None)
        self.title.setText(found.title if found else "")
        self.document_no.setText(found.document_no if found else "")
        if found:
            self.kind.set_value(found.kind.value)
            self.resolution.set_cited(Cited.read(found.resolution))
        self._fit_kind()
        if found:
            self.people.set_rows(found.rows)
        self.look()
        self._wait.stop()
        self.title.setFocus()

    def _fit_kind(self) -> None:
        kind = ListKind(self.kind.value())
        self.people.set_kind(kind)
        for widget in (self.document_no, self.paper_label):
            widget.setVisible(kind in TO_HOUSEHOLDS)

    def _fit_days(self) -> None:
        self.people.set_near(self.from_on.day() or self.page.session.today)
        self._soon()

    # ---- reading ----

    def typed(self) -> PayList:
        today = self.page.session.today
        first = self.from_on.day() or today
        return PayList(
            self.code.text().strip(),
            ListKind(self.kind.value()),
            self.title.text().strip(),
            first,
            self.to_on.day() or first,
            self.people.rows(),
            self.resolution.cited().text,
            self.document_no.text().strip() if self.document_no.isVisibleTo(self) else "",
            self._found.maker if self._found else "",
            self._found.note if self._found else "",
        )

    def _soon(self, *_args: object) -> None:
        self._wait.start()

    def look(self) -> None:
        """Say what is wrong, once there is anything to judge."""
        made = self.typed()
        n = len(made.rows)
        words = ngettext("{n} person, {amount} in all.", "{n} people, {amount} in all.", n)
        self.sum.setText(words.format(n=n, amount=yuan_text(made.total_fen)))
        if not n:
            self.findings.clear()
            return
        self.findings.show_findings(
            (*self._unread(), *pay_lists.check(self.book, made, self.page.session.today))
        )

    def _unread(self) -> tuple[Finding, ...]:
        return tuple(Finding("", Severity.ERROR, "", words) for words in self.people.problems)

    # ---- doing ----

    def _save(self) -> None:
        if not self.findings.reads(self.from_on):
            return
        made = self.typed()
        if self.people.problems:
            self.findings.show_findings(self._unread())
            return
        try:
            pay_lists.enter(self.book, made, self.page.session.by())
        except problems.EXPECTED as error:
            self.findings.show_error(error)
            return
        words = _("List {code} is in the register: {amount}.")
        self.page.session.say(words.format(code=made.code, amount=yuan_text(made.total_fen)))
        self._done(made.code)
        self.accept()

    def _choose_file(self) -> None:
        pattern = _("Tables (*.xlsx *.xls *.csv)")
        name, _filter = QFileDialog.getOpenFileName(self, _("Take in a table…"), "", pattern)
        if name:
            self.take_file(Path(name))

    def take_file(self, path: Path) -> None:
        """People of a file behind those that stand there; nothing of it when any row is bad."""
        near = self.from_on.day() or self.page.session.today
        try:
            rows, found = list_import.read_list(path, near)
        except problems.EXPECTED as error:
            self.findings.show_error(error)
            return
        self.people.set_rows((*self.people.rows(), *rows))
        self.look()
        if found:
            self.findings.show_findings(
                (*found, *pay_lists.check(self.book, self.typed(), self.page.session.today))
            )
