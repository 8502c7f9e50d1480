"""Windows beside the pages: not modal, gone when closed; what refuses a verb is told in their own panel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from villagebook.i18n import _
from villagebook.ui.resting import Resting
from villagebook.ui.session import Session
from villagebook.ui.status_line import StatusLine
from villagebook.ui.tasks import Progress, while_open
from villagebook.ui.theme import em
from villagebook.ui.widgets.findings_panel import FindingsPanel


class SideWindow(QDialog):
    """A window of a page. `findings` belongs above what the window is about; a finding leads to its page."""

    def __init__(self, session: Session, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.session, self.book = session, session.book
        self.findings = FindingsPanel()
        self.findings.wanted.connect(self.leave_for)
        self._aside = False
        if parent is not None:
            parent.installEventFilter(self)

    def leave_for(self, target: str) -> None:
        """Go where a finding leads; this window would cover it, so it steps aside until its own page is back."""
        page = self.parentWidget()
        self.session.go(target)
        if page is not None and not page.isVisible():
            self._aside = True
            self.hide()
            words = _("“{title}” steps aside and comes back with the page it belongs to.")
            self.session.say(words.format(title=self.windowTitle()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The page came back to the front: so does this window."""
        if self._aside and event.type() is QEvent.Type.Show and watched is self.parentWidget():
            self._aside = False
            self.show()
        return super().eventFilter(watched, event)


class LaneWindow(SideWindow):
    """A window whose long work runs in the background lane; its progress and the button to stop it stand at the foot."""

    def hold(self, top: QWidget, body: QWidget, *below: QWidget) -> None:
        """Everything the window is about, from top to bottom; the body takes what room there is."""
        self._inside = QWidget()
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(em(0.9), em(0.7), em(0.9), em(0.3))
        inside.setSpacing(em(0.5))
        inside.addWidget(top)
        inside.addWidget(self.findings)
        inside.addWidget(body, 1)
        for widget in below:
            inside.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._inside, 1)
        column.addWidget(StatusLine(self.session.lane, ""))
        self._resting = Resting(self, self._inside)
        self.session.lane.guarded.connect(self._guard)

    def _guard(self, busy: bool) -> None:
        """The page below rests, and every window of it with it; in this one progress is seen, and the work stopped."""
        self.setEnabled(True)
        self._resting.rest(busy)

    def run(
        self,
        title: str,
        work: Callable[[Progress], Any],
        then: Callable[[Any], object],
        *,
        exclusive: bool = False,
    ) -> None:
        """Work in the background lane; nobody is told any more once the window is closed."""
        then, failed = while_open(self, then), while_open(self, self.findings.show_error)
        self._resting.remember()
        self.session.lane.run(title, work, then, failed, exclusive=exclusive)
