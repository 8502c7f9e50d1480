"""A proposal for the township's parameters: tiers, special kinds, caps and words, with today's effect beside them."""

from __future__ import annotations

import copy
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QSplitter, QTabWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from villagebook.domain.document import SpendKind
from villagebook.domain.table import Table
from villagebook.i18n import _, ngettext
from villagebook.services import names
from villagebook.services.book_file import books
from villagebook.services.township import policy_draft
from villagebook.ui import problems
from villagebook.ui.page import Page
from villagebook.ui.pages.entering.entry import not_money
from villagebook.ui.pages.setting_up.policy_parts import CapForm, KindForm, PartForm, TierForm, WordForm
from villagebook.ui.theme import em
from villagebook.ui.widgets.account_picker import AccountPicker
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.findings_panel import FindingsPanel
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import Scroll, button, text
from villagebook.ui.widgets.money_edit import MoneyLine
from villagebook.ui.widgets.pickers import Choice
from villagebook.ui.widgets.table_view import TableView

WAIT_MS = 500


class PolicyEditor(QDialog):
    """Nothing here is in force: it is written as a file, the township signs it, and the signed file is taken in."""

    def __init__(self, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Tiers, special kinds and caps: a proposal"))
        self._page = page
        day = page.session.today
        self.body = policy_draft.begin(page.book, day)
        self._before = copy.deepcopy(self.body)
        column = QVBoxLayout(self)
        column.setSpacing(em(0.5))
        self.findings = FindingsPanel()
        column.addWidget(self.findings)
        says = _(
            "A proposal changes nothing by itself. Write it as a file, have the township sign it, and take the signed file in: "
            "only then is it in force. To the right you see what it would change."
        )
        column.addWidget(text(says, "quiet"))
        split = QSplitter()
        split.addWidget(self._parts())
        split.addWidget(
            Scroll(self._effects())
        )  # very large letters want more height than a small screen has
        split.setSizes([em(46), em(42)])
        split.setChildrenCollapsible(False)
        column.addWidget(split, 1)
        column.addWidget(self._foot())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self.show_effect)
        self.resize(min(em(92), 1320), min(em(46), 690))
        self._try()
        self.show_effect()

    def _parts(self) -> QWidget:
        self.tabs = QTabWidget()
        self.forms: dict[str, PartForm] = {
            "tiers": TierForm(self.body),
            "kinds": KindForm(self.body),
            "caps": CapForm(self.body),
            "words": WordForm(self.body),
        }
        titles = {
            "tiers": _("Tiers"),
            "kinds": _("Special kinds"),
            "caps": _("Yearly caps"),
            "words": _("Words and figures"),
        }
        for code, form in self.forms.items():
            self.tabs.addTab(form, titles[code])
            form.changed.connect(self._changed)
        return self.tabs

    def _effects(self) -> QWidget:
        room = QWidget()
        column = QVBoxLayout(room)
        column.setContentsMargins(em(0.5), 0, 0, 0)
        frame = FormBox(_("Try a payment"))
        self.amount = MoneyLine()
        self.amount.set_fen(100_000)
        chart = books.chart(self._page.book)
        self.account = AccountPicker(chart, {}, not_money)
        self.summary = QLineEdit()
        self.kind = Choice([(k.value, names.spend_title(k)) for k in SpendKind])
        frame.row(_("A&mount"), self.amount)
        frame.row(_("A&ccount"), self.account)
        frame.row(_("What &for"), self.summary)
        frame.row(_("&Kind of spending"), self.kind)
        self.answer = text("")
        self.answer.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        frame.add(self.answer)
        column.addWidget(frame)
        self.tells = text("")
        column.addWidget(self.tells)
        self.table = TableView()
        self.table.setAccessibleName(_("What would have been otherwise this year"))
        self.table.setMinimumHeight(em(9))
        column.addWidget(self.table, 1)
        for field in (self.amount, self.account, self.kind):
            field.changed.connect(self._try)
        self.summary.textChanged.connect(lambda _words: self._try())
        return room

    def _foot(self) -> QWidget:
        acts = QWidget()
        flow = Flow(acts, right=True)
        self.version = QLineEdit(self.body["version"])
        self.version.setAccessibleName(_("Version"))
        self.version.setMinimumWidth(em(18))
        self.day = DateEdit(self._page.session.today)
        self.day.setAccessibleName(_("in force from"))
        flow.addWidget(text(_("Version"), wrap=False))
        flow.addWidget(self.version)
        flow.addWidget(text(_("in force from"), wrap=False))
        flow.addWidget(self.day)
        leave, save = (
            button(_("Shut this window"), self.reject),
            button(_("&Write the proposal…"), self._choose, main=True),
        )
        for made in (leave, save):
            made.setAutoDefault(False)
            flow.addWidget(made)
        return acts

    def _changed(self) -> None:
        self.findings.show_findings(policy_draft.problems(self.body))
        self._try()
        self._timer.start()

    def _try(self) -> None:
        """The imagined payment by what is in force and by the proposal."""
        told = policy_draft.imagined(
            self.amount.fen() or 0,
            self.account.code(),
            self.summary.text(),
            SpendKind(self.kind.value()),
            self._page.session.today,
        )
        now = policy_draft.explain(self._before, told)
        then = now if policy_draft.problems(self.body) else policy_draft.explain(self.body, told)
        words = now if now == then else _("Now: {now}\nThen: {then}").format(now=now, then=then)
        self.answer.setText(words)

    def show_effect(self) -> None:
        """Payments of this year that would have been otherwise; read beside the window."""
        if policy_draft.problems(self.body):
            return
        body, book, today = copy.deepcopy(self.body), self._page.book, self._page.session.today

        def done(table: Table) -> None:
            if not isValid(self.tells):
                return  # closed while it was being looked at
            n = len(table.rows)
            words = ngettext(
                "{n} payment of this year would have needed something else.",
                "{n} payments of this year would have needed something else.",
                n,
            )
            self.tells.setText(
                words.format(n=n) if n else _("No payment of this year would have been otherwise.")
            )
            self.table.show_table(table)

        self._page.in_background(
            _("Looking at this year's payments…"),
            lambda _progress: policy_draft.effect(book, body, today),
            done,
        )

    def _choose(self) -> None:
        name, _filter = QFileDialog.getSaveFileName(
            self, _("The proposal"), f"{self.version.text().strip()}.json", _("Parameter files (*.json)")
        )
        if name:
            self.write(Path(name))

    def write(self, path: Path) -> None:
        """Write the file; a refusal is said in the dialog."""
        if not self.findings.reads(self):
            return
        self.body["version"] = self.version.text().strip()
        self.body["in_force_on"] = self.day.given().isoformat()
        try:
            policy_draft.write(self.body, path)
        except problems.EXPECTED as error:
            self.findings.show_findings(problems.as_findings(error))
            return
        self._page.session.say(
            _(
                "The proposal lies in {path}. It is in force when the township has signed it and you have taken it in."
            ).format(path=path)
        )
        self.accept()
