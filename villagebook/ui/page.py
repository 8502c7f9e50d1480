"""What every page is: a title line with actions, a panel for findings, a body, and an explanation under F1."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from villagebook.domain.finding import Finding
from villagebook.i18n import _
from villagebook.ui.session import Session
from villagebook.ui.tasks import Job, Progress, while_open
from villagebook.ui.theme import em
from villagebook.ui.widgets.findings_panel import FindingsPanel
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import Scroll, enter_moves

T = TypeVar("T")


class Page(QWidget):
    """Base of the pages.

    A page reads through services in `refresh`, which runs when it is shown and stale; it holds no rule and no sum.
    `topics` are the changes that make it stale; `scrolls` says whether the body may be higher than the window.
    """

    topics: ClassVar[frozenset[str]] = frozenset(
        {"documents", "vouchers", "periods", "notices", "people", "places", "counts"}
    )
    scrolls: ClassVar[bool] = True

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.book = session.book
        self._stale = True
        self._target = ""
        self._title = QLabel(_(self.title()))
        self._title.setProperty("role", "title")
        self._title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.bar = QWidget()
        self._actions = Flow(self.bar, right=True)
        self.findings = FindingsPanel()
        self.findings.wanted.connect(session.go)
        self.body = QVBoxLayout()
        self.body.setSpacing(em(0.6))
        self._assemble()
        self.build()
        session.changed.connect(self._on_changed)

    def _assemble(self) -> None:
        head = QWidget()
        top = Flow(head)
        top.addWidget(self._title)
        top.addWidget(self.bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em(1.1), em(0.7), em(1.1), em(0.6))
        layout.setSpacing(em(0.5))
        layout.addWidget(head)
        layout.addWidget(self.findings)
        holder = QWidget()
        holder.setLayout(self.body)
        self.body.setContentsMargins(0, 0, 0, 0)
        if not self.scrolls:
            layout.addWidget(holder, 1)
            return
        layout.addWidget(Scroll(holder), 1)

    # ---- for the pages ----

    def title(self) -> str:
        """The page's name as a msgid."""
        raise NotImplementedError

    def explain(self) -> str:
        """What the page is for, in a few plain sentences, already translated (F1)."""
        raise NotImplementedError

    def keys(self) -> tuple[tuple[str, str], ...]:
        """The page's own keys with what they do, translated."""
        return ()

    def build(self) -> None:
        """Make the widgets, once."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Read anew what is shown."""

    def open_target(self, kind: str, ident: str) -> None:
        """Show the thing a finding pointed at; called after `refresh`."""

    def first_field(self) -> QWidget | None:
        """Where the focus goes when the page is shown."""
        return None

    def may_leave(self) -> bool:
        """Called before the book is closed; pages that hold typing keep it as a draft here."""
        return True

    def attempt(self, act: Callable[[], T], then: Callable[[T], object] | None = None) -> None:
        """Do a verb; a refusal or trouble with the world fills the findings panel, success empties it."""
        self.findings.attempt(act, then)

    def reads(self, widget: QWidget) -> bool:
        """For verbs, first of all: whether the form around this field can be read; else what cannot is told and led to."""
        return self.findings.reads(widget)

    def in_background(
        self,
        title: str,
        work: Callable[[Progress], Any],
        then: Callable[[Any], object],
        *,
        exclusive: bool = False,
    ) -> Job:
        """As `attempt`, in the background lane; work that uses the book itself is `exclusive`."""
        then, failed = while_open(self, then), while_open(self, self.findings.show_error)
        return self.session.lane.run(title, work, then, failed, exclusive=exclusive)

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Replace what the panel says; nothing hides it."""
        self.findings.show_findings(findings)

    def say_problem(self, words: str) -> None:
        """Something typed that cannot be read, as a finding of the page itself."""
        self.findings.say(words)

    def add_action(self, widget: QWidget) -> None:
        """A button in the title line."""
        self._actions.addWidget(widget)

    def shortcut(self, key: str, act: Callable[[], object]) -> None:
        """A key of this page; it works while the page is in front."""
        QShortcut(QKeySequence(key), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # ---- for the window ----

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter that a field did not need goes to the next field."""
        if not enter_moves(event):
            super().keyPressEvent(event)

    def arrive(self, target: str = "") -> None:
        """The page comes to the front."""
        if self._stale:
            self._stale = False
            self.refresh()
        kind, _sep, ident = target.partition(":")
        if target and kind != "page":
            self.open_target(kind, ident)
        field = self.first_field()
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_changed(self, topics: frozenset[str]) -> None:
        if not self.topics & topics:
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True
