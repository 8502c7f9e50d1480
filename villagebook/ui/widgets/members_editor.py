"""The members of a household, one line each."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from villagebook.domain.roster import Member
from villagebook.i18n import _
from villagebook.ui.theme import em
from villagebook.ui.widgets.forms import button


class _Row(QWidget):
    """One member. What the line does not show (days, reasons) stays as it was."""

    def __init__(self, member: Member) -> None:
        super().__init__()
        self._member = member
        self.name, self.relation, self.born = QLineEdit(), QLineEdit(), QLineEdit()
        self.votes, self.delegate = QCheckBox(_("votes")), QCheckBox(_("delegate"))
        self.minor = QCheckBox(_("minor"))
        self.out = button("×")
        for field, words, width in (
            (self.name, _("Name"), 5),
            (self.relation, _("Relation"), 3.6),
            (self.born, _("Born"), 3.4),
        ):
            field.setPlaceholderText(words)
            field.setAccessibleName(words)
            field.setMinimumWidth(em(width))
        self.out.setAccessibleName(_("Take this line out"))
        self.out.setToolTip(self.out.accessibleName())
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, em(0.2))
        grid.setSpacing(em(0.3))
        for column, field in enumerate((self.name, self.relation, self.born)):
            grid.addWidget(field, 0, column)
        grid.addWidget(self.out, 0, 3)
        for column, box in enumerate((self.votes, self.delegate, self.minor)):
            grid.addWidget(box, 1, column)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 2)
        self.born.textChanged.connect(self._age)
        self._show()

    def _show(self) -> None:
        member = self._member
        self.name.setText(member.name)
        self.relation.setText(member.relation)
        self.born.setText(str(member.born or ""))
        self.votes.setChecked(member.votes)
        self.delegate.setChecked(member.delegate)
        self.minor.setChecked(member.minor)
        self.out.setVisible(not member.name)  # who is registered leaves on a day, with a reason
        gone = member.left_on is not None
        self.setEnabled(not gone)
        self.setToolTip(
            _("left on {day}: {why}").format(day=member.left_on, why=member.left_why) if gone else ""
        )

    def _age(self, words: str) -> None:
        """The year says it where it is known."""
        self.minor.setVisible(not words.strip())

    def problem(self) -> str:
        words = self.born.text().strip()
        if words and not (words.isascii() and words.isdigit()):
            return _("“{text}” is no year of birth. Write four digits, such as 1968.").format(text=words)
        return ""

    def member(self) -> Member:
        words = self.born.text().strip()
        born = int(words) if words.isascii() and words.isdigit() else None
        return replace(
            self._member,
            name=self.name.text().strip(),
            relation=self.relation.text().strip(),
            born=born,
            minor=self.minor.isChecked() and born is None,
            votes=self.votes.isChecked(),
            delegate=self.delegate.isChecked(),
        )

    def is_blank(self) -> bool:
        return not (self.name.text().strip() or self.relation.text().strip() or self.born.text().strip())


class MembersEditor(QWidget):
    """Registered members stay in the list, those who left greyed; new ones are added below."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(em(0.2))
        self._add = button(
            _("Another &member"), lambda: self._another(Member(""), self._rows[-1]).name.setFocus(), link=True
        )
        self.set_members(())
        self._column.addWidget(self._add)  # after the first line, so that Tab comes to it last

    def members(self) -> tuple[Member, ...]:
        return tuple(row.member() for row in self._rows if not row.is_blank())

    def problems(self) -> tuple[str, ...]:
        return tuple(row.problem() for row in self._rows if row.problem())

    def set_members(self, members: tuple[Member, ...]) -> None:
        """Show these; one blank line when there are none."""
        old, self._rows = self._rows, []
        after = old[-1] if old else None
        for member in members or (Member("", votes=True),):
            after = self._another(member, after)
        for row in old:
            row.hide()
            row.deleteLater()

    def _another(self, member: Member, after: _Row | None) -> _Row:
        """One more line, to which Tab goes from the line `after`."""
        row = _Row(member)
        row.out.clicked.connect(lambda: self._drop(row))
        self._column.insertWidget(len(self._rows), row)
        self._rows.append(row)
        if after is not None:
            stops = (
                after.minor,
                row.name,
                row.relation,
                row.born,
                row.out,
                row.votes,
                row.delegate,
                row.minor,
            )
            for one, other in pairwise((*stops, self._add)):
                self.setTabOrder(one, other)
        self.setFocusProxy(self._rows[0].name)
        self.changed.emit()
        return row

    def _drop(self, row: _Row) -> None:
        self._rows.remove(row)
        row.hide()
        row.deleteLater()
        if not self._rows:
            self._another(Member(""), row)
        self.changed.emit()
