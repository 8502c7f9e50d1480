"""Parts of a distribution beside the members' own: to whom, on which account, how much; one line each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from villagebook.domain.account import Chart
from villagebook.domain.year_end import Share, ShareKind
from villagebook.i18n import N_, _
from villagebook.ui.theme import em
from villagebook.ui.widgets.account_picker import AccountPicker
from villagebook.ui.widgets.forms import button
from villagebook.ui.widgets.money_edit import MoneyLine
from villagebook.ui.widgets.pickers import Choice, SuggestLine

KINDS = {
    ShareKind.MEMBERS: N_("member"),
    ShareKind.INVESTORS: N_("investor"),
    ShareKind.OTHER: N_("other"),
}


class PartLine(QWidget):
    """One part."""

    changed = Signal()
    gone = Signal()

    def __init__(self, chart: Chart, suggest: Callable[[str], Sequence[str]]) -> None:
        super().__init__()
        self.kind = Choice([(k.value, _(words)) for k, words in KINDS.items()])
        self.kind.setMaximumWidth(em(9))
        self.party = SuggestLine(suggest)
        self.party.setPlaceholderText(_("To whom"))
        self.account = AccountPicker(chart, {})
        self.amount = MoneyLine()
        self.amount.setMaximumWidth(em(9))
        away = button("×")
        away.setAccessibleName(_("Take this part away"))
        away.setToolTip(_("Take this part away"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget, words, stretch in (
            (self.kind, _("Kind"), 0),
            (self.party, _("To whom"), 2),
            (self.account, _("Account"), 1),
            (self.amount, _("Amount"), 0),
        ):
            widget.setAccessibleName(words)
            row.addWidget(widget, stretch)
        row.addWidget(away)
        away.clicked.connect(self.gone)
        self.party.textChanged.connect(lambda _words: self.changed.emit())
        for field in (self.kind, self.account, self.amount):
            field.changed.connect(self.changed)
        self.kind.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        """Members and investors have their usual account."""
        self.account.setVisible(self.kind.value() == ShareKind.OTHER.value)

    def share(self) -> Share | None:
        """None while there is no amount."""
        fen = self.amount.fen()
        if not fen:
            return None
        kind = ShareKind(self.kind.value())
        account = self.account.code() if kind is ShareKind.OTHER else ""
        return Share(kind, fen, self.party.text().strip(), account)


class PartsEditor(QWidget):
    """As many lines as are wanted."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[PartLine] = []
        self._chart = Chart(())
        self._parties: tuple[str, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.more = button(_("Add a &part"))
        self.more.setMaximumWidth(em(12))
        self.more.clicked.connect(self.add)
        self._column.addWidget(self.more)

    def offer(self, chart: Chart, parties: Sequence[str]) -> None:
        """What accounts and parties new lines offer."""
        self._chart = chart
        self._parties = tuple(parties)

    def add(self) -> PartLine:
        """A new empty line."""
        made = PartLine(self._chart, self._fitting)
        made.changed.connect(self.changed)
        made.gone.connect(lambda: self._drop(made))
        self.lines.append(made)
        self._column.insertWidget(len(self.lines) - 1, made)
        made.party.setFocus()
        return made

    def _fitting(self, words: str) -> Sequence[str]:
        return [name for name in self._parties if words in name][:12]

    def _drop(self, line: PartLine) -> None:
        self.lines.remove(line)
        self._column.removeWidget(line)
        line.deleteLater()
        self.changed.emit()

    def clear(self) -> None:
        for line in tuple(self.lines):
            self._drop(line)

    def shares(self) -> tuple[Share, ...]:
        """Every part with an amount."""
        return tuple(s for line in self.lines if (s := line.share()))
