"""The line below: what was just saved, and the long work that is running with a button to stop it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QSizePolicy
from shiboken6 import isValid

from villagebook.domain import moment
from villagebook.i18n import _
from villagebook.ui.tasks import Job, Lane
from villagebook.ui.theme import em
from villagebook.ui.widgets.forms import button


class StatusLine(QFrame):
    """Quiet: it never takes the focus and never needs an answer."""

    def __init__(self, lane: Lane, greeting: str) -> None:
        super().__init__()
        self.setObjectName("status")
        self._job: Job | None = None
        self._said = QLabel(greeting)
        self._said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._work = QLabel()
        self._bar = QProgressBar()
        self._bar.setFixedWidth(em(9))
        self._bar.setTextVisible(False)
        self._stop = button(_("Stop"), self._cancel, link=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(em(1), em(0.15), em(1), em(0.15))
        row.addWidget(self._said, 1)
        for widget in (self._work, self._bar, self._stop):
            row.addWidget(widget)
            widget.setVisible(False)
        self.setFixedHeight(em(2.6))
        lane.started.connect(self._begin)

    def say(self, words: str) -> None:
        """Show one sentence with the time."""
        self._said.setText(f"{datetime.now(moment.VILLAGE):%H:%M}  {words}")
        self._said.setToolTip(words)

    def text(self) -> str:
        return self._said.text()

    def _begin(self, job: Job) -> None:
        self._job = job
        self._work.setText(job.title)
        self._bar.setRange(0, 0)
        self._show(True)
        job.progressed.connect(self._step)
        # the line of a dialog may be gone by then
        job.finished.connect(lambda: self._end(job) if isValid(self) else None)

    def _step(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _end(self, job: Job) -> None:
        if self._job is job:
            self._job = None
            self._show(False)

    def _show(self, visible: bool) -> None:
        for widget in (self._work, self._bar, self._stop):
            widget.setVisible(visible)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
