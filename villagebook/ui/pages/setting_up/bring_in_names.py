"""Names in the auxiliary columns of a file: which entry of a register each is, or that it stays words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagebook.domain.foreign import FileMapping
from villagebook.domain.foreign_names import KINDS, Entry, NameRole
from villagebook.domain.link import LinkTarget
from villagebook.domain.table import Column, Shape, Table
from villagebook.i18n import N_, _
from villagebook.services.bringing_in.foreign_files import Look
from villagebook.services.bringing_in.foreign_links import NameLine, as_words, sure_entries
from villagebook.services.links import by_link, title
from villagebook.ui.theme import em
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import button, text
from villagebook.ui.widgets.link_picker import LinkPicker
from villagebook.ui.widgets.table_view import TableView

ROLES = {NameRole.PARTY: N_("other party"), NameRole.PROJECT: N_("project")}


class NamesTab(QWidget):
    """The file's names with their entries; Enter takes what is offered, the line below says it otherwise."""

    decided = Signal(object)

    def __init__(self, targets: Callable[[], tuple[LinkTarget, ...]]) -> None:
        super().__init__()
        self._targets = targets
        self._look: Look | None = None
        self.rows = TableView()
        self.rows.setAccessibleName(_("Names of the file"))
        self.rows.opened.connect(lambda _key: self.take_offer())
        self.rows.pointed.connect(lambda _row: self._show_current())
        self.entry = LinkPicker()
        self.entry.setAccessibleName(_("Entry of a register"))
        column = QVBoxLayout(self)
        column.setSpacing(em(0.4))
        words = _(
            "The same name is offered, never taken by itself. What you decide is remembered for the next file."
        )
        column.addWidget(text(words, "quiet"))
        column.addWidget(self.rows, 1)
        column.addWidget(self._editor())

    def _editor(self) -> QWidget:
        bar = QWidget()
        flow = Flow(bar)
        label = text(_("&Is"), wrap=False)
        label.setBuddy(self.entry)
        self.entry.setFixedWidth(em(22))
        flow.addWidget(label)
        flow.addWidget(self.entry)
        for words, act in (
            (_("&Choose it"), self.assign),
            (_("Stays &plain words"), self.leave),
            (_("Confirm all e&qual names"), self._take_sure),
            (_("All &others stay words"), self._leave_rest),
        ):
            made = button(words)
            made.setAutoDefault(False)
            made.clicked.connect(act)
            flow.addWidget(made)
        return bar

    def show_look(self, look: Look) -> None:
        """Show the names of a file; what is open comes first."""
        self._look = look
        known = by_link(self._targets())
        lines = sorted(look.names, key=lambda line: line.entry is not None)
        rows = tuple(
            (
                "" if line.entry else "?",
                line.found.text,
                _(ROLES[line.found.role]),
                line.found.count,
                _said(line.entry),
                "; ".join(title(t.link, known) for t in line.offered) if line.entry is None else "",
            )
            for line in lines
        )
        columns = (
            Column("open", " ", Shape.TEXT, 2),
            Column("name", _("Name in the file"), Shape.TEXT, 20),
            Column("role", _("As"), Shape.TEXT, 8),
            Column("count", _("Entries"), Shape.COUNT, 8),
            Column("entry", _("Is"), Shape.TEXT, 22),
            Column("offer", _("Same name in the registers"), Shape.TEXT, 26),
        )
        keys = tuple(line.found.key for line in lines)
        self.rows.show_table(Table("names", "", "", columns, rows, targets=keys))
        if rows and not self.rows.currentIndex().isValid():
            self.rows.setCurrentIndex(self.rows.values().index(0, 0))
        self._show_current()

    def _current(self) -> NameLine | None:
        key = self.rows.target()
        lines = self._look.names if self._look else ()
        return next((line for line in lines if line.found.key == key), None)

    def _show_current(self) -> None:
        """Choose among the registers such a name can stand in."""
        line = self._current()
        kinds = KINDS[line.found.role] if line else ()
        self.entry.set_targets(t for t in self._targets() if t.kind in kinds)
        held = line.entry.target if line and line.entry else None
        self.entry.set_links((held.link,) if held else ())

    def take_offer(self) -> None:
        """Confirm the one entry of the same name; with two, somebody has to choose below."""
        line = self._current()
        if line and line.entry is None and len(line.offered) == 1:
            self._decide({line.found.key: Entry(line.offered[0])})
        elif line:
            self.entry.setFocus()

    def assign(self) -> None:
        """The current name is the entry chosen below."""
        line, chosen = self._current(), self.entry.links()
        target = by_link(self._targets()).get(chosen[-1]) if chosen else None
        if line and target is not None:
            self._decide({line.found.key: Entry(target)})

    def leave(self) -> None:
        """The current name stays words."""
        line = self._current()
        if line:
            self._decide({line.found.key: Entry()})

    def _take_sure(self) -> None:
        self._decide(sure_entries(self._look.names) if self._look else {})

    def _leave_rest(self) -> None:
        self._decide(as_words(self._look.names) if self._look else {})

    def _decide(self, more: Mapping[str, Entry]) -> None:
        if self._look and more:
            mapping: FileMapping = self._look.mapping.with_entries(more)
            self.decided.emit(mapping)


def _said(entry: Entry | None) -> str:
    if entry is None:
        return ""
    target = entry.target
    return title(target.link, {target.link: target}) if target else _("words only")
