"""The two tables of bringing a file in: what its columns mean, and which of our accounts its accounts are."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from villagebook.domain.account import Chart
from villagebook.domain.foreign import Detail, FileMapping, Likeness, Target
from villagebook.domain.place import Places
from villagebook.domain.table import Column, Shape, Table
from villagebook.exchange.foreign_table import ROLES
from villagebook.i18n import N_, _
from villagebook.services.bringing_in.foreign_files import ROLE_NAMES, AccountLine, Look, accept, target_text
from villagebook.ui.theme import em
from villagebook.ui.widgets.account_picker import AccountPicker
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import Scroll, button, text
from villagebook.ui.widgets.pickers import Choice
from villagebook.ui.widgets.table_view import TableView

WHY = {
    Likeness.SAME: N_("code and name agree"),
    Likeness.MAP: N_("by the table from 2004"),
    Likeness.NAME: N_("the name agrees"),
    Likeness.CODE: N_("only the code agrees"),
    Likeness.PARENT: N_("the account above agrees"),
    Likeness.SIMILAR: N_("a similar name"),
    Likeness.NONE: "",
}
DETAILS = {
    Detail.NONE: N_("into the account itself"),
    Detail.PARTY: N_("its name becomes the other party"),
    Detail.SUB: N_("its name becomes a sub-account"),
}


class ColumnsTab(Scroll):
    """One line for each column of the file: heading, some values, what it means. `changed` when somebody says otherwise."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._choices: list[tuple[str, Choice]] = []
        self._kind = ""

    def show_look(self, look: Look) -> None:
        """Show the columns of another file, or of the same one read anew."""
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setHorizontalSpacing(em(1))
        grid.setVerticalSpacing(em(0.3))
        for at, words in enumerate((_("Column of the file"), _("Some of its values"), _("Means"))):
            grid.addWidget(text(words, "heading", wrap=False), 0, at)
        roles = {at: role for role, at in look.table.index.items()}
        options = [("", _("(not used)")), *((r, _(ROLE_NAMES[r])) for r in ROLES[look.kind])]
        self._choices = []
        for at, heading in enumerate(look.table.header):
            samples = look.table.samples(at)
            if not heading.strip() and not samples:
                continue
            choice = Choice(options)
            choice.set_value(roles.get(at, ""))
            choice.setAccessibleName(_("Meaning of {column}").format(column=heading))
            choice.setFixedWidth(em(16))
            choice.changed.connect(lambda made=choice: self._on_choice(made))
            shown = " · ".join(samples)
            values = QLabel(shown if len(shown) <= _LONGEST else shown[:_LONGEST] + "…")
            values.setProperty("role", "quiet")
            line = grid.rowCount()
            grid.addWidget(text(look.table.heading(at), wrap=False), line, 0)
            grid.addWidget(values, line, 1)
            grid.addWidget(choice, line, 2)
            self._choices.append((look.table.heading(at), choice))
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        self.hold(inner)

    def columns(self) -> dict[str, str]:
        """Role -> heading as chosen; "" for every role that no column has."""
        told: dict[str, str] = {}
        for heading, choice in self._choices:
            if choice.value():
                told[choice.value()] = heading
        first = self._choices[0][1] if self._choices else None
        known = [first.itemData(n) for n in range(1, first.count())] if first else []
        return {role: told.get(role, "") for role in known}

    def _on_choice(self, made: Choice) -> None:
        """A meaning belongs to one column: the one that had it lets go."""
        for _heading, choice in self._choices:
            if choice is not made and choice.value() == made.value():
                choice.blockSignals(True)
                choice.set_value("")
                choice.blockSignals(False)
        self.changed.emit()


_LONGEST = 60


class AccountsTab(QWidget):
    """The file's accounts with their targets; Enter takes what is offered, the line below says it otherwise."""

    decided = Signal(object)

    def __init__(self, chart: Callable[[], Chart], places: Callable[[], Places]) -> None:
        super().__init__()
        self._places = places
        self._look: Look | None = None
        self.rows = TableView()
        self.rows.setAccessibleName(_("Accounts of the file"))
        self.rows.opened.connect(lambda _key: self.take_offer())
        self.rows.pointed.connect(lambda _row: self._show_current())
        self.account = AccountPicker(chart(), {})
        self.place, self.detail = Choice(), Choice([(d.value, _(words)) for d, words in DETAILS.items()])
        self.account.changed.connect(self._fill_places)
        column = QVBoxLayout(self)
        column.setSpacing(em(0.4))
        keys = _("Enter takes what is offered for the row. Nothing is taken over that you did not confirm.")
        column.addWidget(text(keys, "quiet"))
        column.addWidget(self.rows, 1)
        column.addWidget(self._editor())

    def _editor(self) -> QWidget:
        bar = QWidget()
        flow = Flow(bar)
        for words, field, width in (
            (_("&Goes to"), self.account, 16),
            (_("Mone&y place"), self.place, 11),
            (_("De&tail"), self.detail, 16),
        ):
            label = text(words, wrap=False)
            label.setBuddy(field)
            field.setAccessibleName(words.replace("&", ""))
            field.setFixedWidth(em(width))
            flow.addWidget(label)
            flow.addWidget(field)
        assign = button(_("&Assign"), self.assign)
        by_name = button(
            _("Confirm all with the same &name"), lambda: self._accept(Likeness.NAME, Likeness.MAP)
        )
        details = button(_("Confirm all detai&ls of known accounts"), lambda: self._accept(Likeness.PARENT))
        for made in (assign, by_name, details):
            made.setAutoDefault(False)
            flow.addWidget(made)
        return bar

    def show_look(self, look: Look) -> None:
        """Show the accounts of a file; what is open comes first."""
        self._look = look
        lines = sorted(look.accounts, key=lambda line: line.target is not None)
        rows = tuple(
            (
                "" if line.target else "?",
                line.account.code,
                line.account.name,
                target_text(line.target) if line.target else "",
                target_text(line.offered.target) if line.offered and not line.target else "",
                _(WHY[line.offered.likeness]) if line.offered and not line.target else "",
            )
            for line in lines
        )
        columns = (
            Column("open", " ", Shape.TEXT, 2),
            Column("code", _("Code"), Shape.TEXT, 8),
            Column("name", _("Account of the file"), Shape.TEXT, 22),
            Column("target", _("Goes to"), Shape.TEXT, 18),
            Column("offer", _("Offered"), Shape.TEXT, 18),
            Column("why", _("Because"), Shape.TEXT, 16),
        )
        keys = tuple(line.account.key for line in lines)
        self.rows.show_table(Table("accounts", "", "", columns, rows, targets=keys))
        if rows and not self.rows.currentIndex().isValid():
            self.rows.setCurrentIndex(self.rows.values().index(0, 0))
        self._show_current()

    def _current(self) -> AccountLine | None:
        key = self.rows.target()
        lines = self._look.accounts if self._look else ()
        return next((line for line in lines if line.account.key == key), None)

    def _show_current(self) -> None:
        line = self._current()
        target = line.target or (line.offered.target if line.offered else None) if line else None
        self.account.set_code(target.account if target else "")
        self._fill_places()
        self.place.set_value(target.place if target else "")
        self.detail.set_value(target.detail.value if target else "")

    def _fill_places(self) -> None:
        code = self.account.code()
        fitting = [
            p for p in self._places().all() if code[:3] in ("101", "102") and p.account[:3] == code[:3]
        ]
        self.place.set_options([("", _("(usual)") if fitting else "–"), *((p.code, p.name) for p in fitting)])
        self.place.setEnabled(bool(fitting))

    def take_offer(self) -> None:
        """Confirm what is offered for the current row."""
        line = self._current()
        if line and line.offered and line.target is None:
            self._decide({line.account.key: line.offered.target})

    def assign(self) -> None:
        """Send the current row where the fields below say."""
        line = self._current()
        if line and self.account.code():
            target = Target(self.account.code(), self.place.value(), Detail(self.detail.value()))
            self._decide({line.account.key: target})

    def _accept(self, *likenesses: Likeness) -> None:
        if self._look:
            self.decided.emit(accept(self._look, *likenesses))

    def _decide(self, more: Mapping[str, Target]) -> None:
        if self._look:
            mapping: FileMapping = self._look.mapping.with_accounts(more)
            self.decided.emit(mapping)
