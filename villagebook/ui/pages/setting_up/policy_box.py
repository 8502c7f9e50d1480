"""The township's parameters in the window: what is in force, who signed it, and a new file with its effect."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QLineEdit, QVBoxLayout, QWidget

from villagebook.domain.table import Table
from villagebook.i18n import _
from villagebook.services.township import policies, policy_tables, township_keys
from villagebook.ui import problems
from villagebook.ui.page import Page
from villagebook.ui.session import Session
from villagebook.ui.theme import em, open_at
from villagebook.ui.widgets.findings_panel import FindingsPanel
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import Form, button, card, text
from villagebook.ui.widgets.table_view import TableView


class PolicyBox(QFrame):
    """A card: the version in force in one sentence, and two buttons."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        frame, column = card()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        column.addWidget(text(_("Parameters of the township"), "heading"))
        self.says = text("")
        column.addWidget(self.says)
        acts = QWidget()
        flow = Flow(acts)
        take = button(_("Take &in a township's file…"))
        show = button(_("Show &all parameters"))
        take.clicked.connect(self._choose)
        show.clicked.connect(self._show)
        edit = button(_("Tiers, kin&ds and caps…"), self.open_editor)
        keys = button(_("Ke&ys of the township…"), self.open_keys)
        flow.addWidget(take)
        flow.addWidget(show)
        flow.addWidget(edit)
        flow.addWidget(keys)
        column.addWidget(acts)

    def refresh(self) -> None:
        """Read anew."""
        version, words = policy_tables.state_of(self._page.book, self._page.session.today)
        self.says.setText(words)
        self.says.setProperty("role", "" if version.trusted else "red")
        self.says.style().polish(self.says)

    def _choose(self) -> None:
        name, _filter = QFileDialog.getOpenFileName(
            self, _("The township's file"), "", _("Parameter files (*.json);;All files (*)")
        )
        if name:
            self.open_file(Path(name))

    def open_file(self, path: Path) -> None:
        """Show what a file would change; a file that can never be taken in is said on the page."""
        page = self._page

        def shown(offer: policies.Offer) -> None:
            PolicyDialog(page.session, path, offer, self).show()

        page.attempt(lambda: policies.offer(page.book, path, page.session.today, from_today=True), shown)

    def open_editor(self) -> None:
        """A proposal for the township, with what it would change."""
        from villagebook.ui.pages.setting_up.policy_editor import PolicyEditor

        PolicyEditor(self._page, self).show()

    def open_keys(self) -> None:
        """The keys the book trusts, and the end of trust in one."""
        KeysDialog(self._page.session, self).show()

    def _show(self) -> None:
        page = self._page
        day = page.session.today
        ParametersDialog(
            policy_tables.parameters_table(page.book, day), policy_tables.versions_table(page.book), self
        ).show()


class KeysDialog(QDialog):
    """Keys of a township; trust in one is ended with a reason, and never comes back."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Keys of the township"))
        self._session = session
        column = QVBoxLayout(self)
        column.setSpacing(em(0.6))
        self.findings = FindingsPanel()
        column.addWidget(self.findings)
        self.none = text(
            _("This book trusts no key of a township yet. The first file that is taken in brings one.")
        )
        column.addWidget(self.none)
        self.table = TableView()
        self.table.setAccessibleName(_("Keys of the township"))
        column.addWidget(self.table, 1)
        why = _(
            "A key that was lost or is in the wrong hands is trusted no longer: no file it signs is taken in any more, "
            "for ever. What it signed before stays in force."
        )
        column.addWidget(text(why, "quiet"))
        form = Form()
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("for example: the stick was lost, the township has told it"))
        form.row(_("&Reason"), self.reason)
        column.addLayout(form)
        acts = QWidget()
        flow = Flow(acts, right=True)
        leave, self.end = (
            button(_("Shut this window"), self.reject),
            button(_("&End the trust…"), self._asked),
        )
        for made in (leave, self.end):
            made.setAutoDefault(False)
            flow.addWidget(made)
        column.addWidget(acts)
        open_at(self, 52, 26)
        self._fill()

    def _fill(self) -> None:
        told = policy_tables.keys_table(self._session.book)
        self.table.show_table(told)
        self.none.setVisible(not told.rows)
        self.table.setVisible(bool(told.rows))
        self.reason.setEnabled(bool(told.rows))
        self.end.setEnabled(bool(told.rows))
        if told.rows:
            self.table.setCurrentIndex(self.table.values().index(0, 0))

    def _cell(self, column: int) -> str:
        return str(self.table.values().index(self.table.currentIndex().row(), column).data() or "")

    def _asked(self) -> None:
        words = _("Trust the key of {name} ({mark}) no longer? This cannot be taken back.").format(
            name=self._cell(0), mark=self._cell(1)
        )
        if problems.ask(self, words, _("End the trust"), _("Leave it")):
            self.end_trust()

    def end_trust(self) -> None:
        """End the trust in the chosen key; a refusal is said in the dialog."""
        session = self._session
        try:
            key = township_keys.key_of(session.book, self._cell(1))
            township_keys.end_trust(session.book, key.public, self.reason.text(), session.by())
        except problems.EXPECTED as error:
            self.findings.show_findings(problems.as_findings(error))
            self.reason.setFocus()
            return
        self.findings.show_findings(())
        self.reason.clear()
        self._fill()
        session.say(_("The key of {name} is trusted no longer.").format(name=key.name))


class PolicyDialog(QDialog):
    """What a township's file would change, and the field for the fingerprint read aloud."""

    def __init__(
        self, session: Session, path: Path, offer: policies.Offer, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("A file of the township"))
        self._session, self._path, self._offer = session, path, offer
        column = QVBoxLayout(self)
        column.setSpacing(em(0.6))
        self.findings = FindingsPanel()
        column.addWidget(self.findings)
        column.addWidget(text(offer.version, "heading"))
        column.addWidget(text(self._who_and_when()))
        table = policy_tables.effect_table(offer)
        if table.rows:
            self.table = TableView()
            self.table.setAccessibleName(table.title)
            self.table.show_table(table)
            column.addWidget(self.table, 1)
            whole = text("", "quiet")
            whole.setMinimumHeight(em(3))
            column.addWidget(whole)
            self.table.pointed.connect(lambda row: whole.setText(_whole(self.table, row)))
            self.table.setCurrentIndex(self.table.values().index(0, 0))
        else:
            column.addWidget(text(_("No parameter changes.")), 1)
        self.fingerprint = QLineEdit()
        if not offer.trusted:
            column.addWidget(self._asking())
        acts = QWidget()
        flow = Flow(acts, right=True)
        leave, take = button(_("Leave it"), self.reject), button(_("&Put in force"), self.take_in, main=True)
        for made in (leave, take):
            made.setAutoDefault(False)
            flow.addWidget(made)
        column.addWidget(acts)
        open_at(self, 62, 36)

    def _who_and_when(self) -> str:
        offer, seal = self._offer, self._offer.file.seal
        assert seal is not None  # noqa: S101  # an offer without one was refused
        words = _("Signed by {name} on {day}. In force from {start}.").format(
            name=seal.township, day=seal.signed_on.isoformat(), start=offer.in_force_on.isoformat()
        )
        said_on = offer.file.body["in_force_on"]
        if said_on != offer.in_force_on.isoformat():
            late = _("Its own day, {day}, has passed; nothing is dated back.").format(day=said_on)
            words = f"{words} {late}"
        return words

    def _asking(self) -> QWidget:
        box, column = card(role="hold")
        column.addWidget(
            text(
                _(
                    "This book does not know the key yet. Telephone the township under a number you know, have the "
                    "fingerprint of its key read aloud, and type what you hear. It is not shown here, so that nobody "
                    "copies it from the screen."
                )
            )
        )
        form = Form()
        self.fingerprint.setPlaceholderText("0000-0000-0000-0000")
        self.fingerprint.setMinimumWidth(em(18))
        self.fingerprint.setMaximumWidth(em(18))
        form.row(_("&Fingerprint"), self.fingerprint)
        column.addLayout(form)
        return box

    def take_in(self) -> None:
        """Put it in force; a refusal is said in the dialog."""
        session = self._session
        try:
            made = policies.take_in(
                session.book, self._path, session.by(), fingerprint=self.fingerprint.text(), from_today=True
            )
        except problems.EXPECTED as error:
            self.findings.show_findings(problems.as_findings(error))
            self.fingerprint.setFocus()
            return
        session.say(
            _("{version} is in force from {day}.").format(
                version=made.version, day=made.in_force_on.isoformat()
            )
        )
        self.accept()


def _whole(table: TableView, row: int) -> str:
    """A change in full; in the table it may be cut."""
    cells = [str(table.values().index(row, column).data() or "") for column in range(3)]
    return f"{cells[0]}\n{cells[1]}  ⇒  {cells[2]}"


class ParametersDialog(QDialog):
    """Every parameter with its bounds and source, and every version the book had."""

    def __init__(self, parameters: Table, versions: Table, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(parameters.title)
        column = QVBoxLayout(self)
        column.setSpacing(em(0.5))
        for table, share in ((parameters, 3), (versions, 1)):
            view = TableView()
            view.setAccessibleName(table.title)
            view.show_table(table)
            if table is versions:
                column.addWidget(text(table.title, "heading"))
            column.addWidget(view, share)
        leave = button(_("Shut this window"), self.accept)
        column.addWidget(leave, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(min(em(86), 1300), min(em(44), 700))
