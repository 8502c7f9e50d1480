"""Findings as people need them: what, where, why, and a button that goes to the place of repair."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from villagebook.domain.certainty import readable
from villagebook.domain.finding import Finding, Severity
from villagebook.i18n import N_, _
from villagebook.ui import problems
from villagebook.ui.theme import em
from villagebook.ui.widgets.forms import Scroll, button, text
from villagebook.ui.widgets.typed import form_around, lead_to, unread_findings, unread_in

T = TypeVar("T")

MOST = 40
"""Cards shown at once; more are counted in one line, for nobody reads them all."""

SEVERITY_NAMES = {
    Severity.ERROR: N_("Stops"),
    Severity.HOLD: N_("On hold"),
    Severity.WARNING: N_("Note"),
    Severity.HINT: N_("Hint"),
}
_ROLES = {Severity.ERROR: "stop", Severity.HOLD: "hold", Severity.WARNING: "hold", Severity.HINT: "hint"}
_ORDER = list(Severity)


class FindingCard(QFrame):
    """One finding."""

    wanted = Signal(str)

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self.finding = finding
        self.setProperty("role", _ROLES[finding.severity])
        row = QHBoxLayout(self)
        row.setContentsMargins(em(0.7), em(0.4), em(0.7), em(0.4))
        words = QVBoxLayout()
        words.setSpacing(em(0.15))
        main = text(finding.text)
        main.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.addWidget(main)
        # a reminder has no rule behind it that anybody could look up
        rule = "" if finding.id.startswith("HOME-") else finding.id
        below = " · ".join(part for part in (finding.where, rule) if part)
        if source := readable(finding.source):
            below += "   " + _("Source: {source}").format(source=source)
        words.addLayout(self._second_line(below))
        row.addLayout(words, 1)
        if finding.target:
            repair = button(_("Go there"))
            repair.setAccessibleName(_("Go there: {text}").format(text=finding.text))
            repair.clicked.connect(lambda: self.wanted.emit(finding.target))
            row.addWidget(repair, 0, Qt.AlignmentFlag.AlignVCenter)

    def _second_line(self, words: str) -> QHBoxLayout:
        """How much it stops, in its colour; then where, id and source."""
        row = QHBoxLayout()
        row.setSpacing(em(0.6))
        level = text(
            _(SEVERITY_NAMES[self.finding.severity]), _ROLES[self.finding.severity] + "-word", wrap=False
        )
        row.addWidget(level, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(text(words, "quiet"), 1)
        return row


class FindingsPanel(Scroll):
    """All findings at once, the worst first; hidden when there are none."""

    wanted = Signal(str)
    told = Signal()
    """What is shown has changed."""

    def __init__(self, *, tall: bool = False) -> None:
        super().__init__()
        self._tall = tall
        self._shown: tuple[Finding, ...] = ()
        self.setObjectName("findings")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        vertical = QSizePolicy.Policy.Expanding if tall else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, vertical)
        self.setVisible(False)

    def findings(self) -> tuple[Finding, ...]:
        """What is shown now."""
        return self._shown

    def clear(self) -> None:
        self.show_findings(())

    def attempt(self, act: Callable[[], T], then: Callable[[T], object] | None = None) -> None:
        """Do a verb; a refusal or trouble with the world is shown here, success empties the panel and goes on."""
        try:
            result = act()
        except problems.EXPECTED as error:
            self.show_error(error)
            return
        self.clear()
        if then is not None:
            then(result)

    def reads(self, widget: QWidget) -> bool:
        """Whether every field of the form around a field can be read; else all that cannot are told, the first has the focus."""
        unread = unread_in(form_around(widget))
        if unread:
            self.show_findings(unread_findings(unread))
            lead_to(unread)
        return not unread

    def show_error(self, error: Exception) -> None:
        """Why something was refused or failed; what is our own bug is raised again."""
        self.show_findings(problems.as_findings(error))

    def say(self, words: str) -> None:
        """One sentence of our own, about something typed that cannot be read."""
        self.show_findings((Finding("", Severity.ERROR, "", words),))

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Replace what is shown; nothing happens when it is the same."""
        ordered = tuple(sorted(findings, key=lambda f: _ORDER.index(f.severity)))
        if ordered == self._shown:
            return
        self._shown = ordered
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, em(0.3), 0)
        column.setSpacing(em(0.35))
        for finding in ordered[:MOST]:
            shown = FindingCard(finding)
            shown.wanted.connect(self.wanted)
            column.addWidget(shown)
        more = len(ordered) - MOST
        if more > 0:
            column.addWidget(QLabel(_("and {n} more").format(n=more)))
        column.addStretch(1)
        self.hold(inner)
        self._fit()  # first: a panel shown in its natural height makes a small window larger for good
        self.setVisible(bool(ordered))
        self.told.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as its cards, at most a third of the window."""
        inner = self.widget()
        if self._tall or inner is None:
            return
        wanted = inner.heightForWidth(self.viewport().width()) if inner.hasHeightForWidth() else 0
        height = max(wanted, inner.minimumSizeHint().height())
        self.setFixedHeight(min(height + 2, max(em(8), self.window().height() // 3)))
