"""The window of an open book: navigation only. Pages are built when they are first shown."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from villagebook.domain.voucher import DocKind
from villagebook.i18n import _
from villagebook.ui.help_panel import HelpPanel, read
from villagebook.ui.navigation import ENTRIES, page_for
from villagebook.ui.page import Page
from villagebook.ui.resting import Resting
from villagebook.ui.session import Session
from villagebook.ui.status_line import StatusLine
from villagebook.ui.theme import em
from villagebook.ui.widgets.forms import Scroll


class MainWindow(QMainWindow):
    """Rail on the left, header above, page in the middle, what was just done below."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._pages: dict[str, Page] = {}
        self._buttons: dict[str, QPushButton] = {}
        self._stack = QStackedWidget()
        self._help = HelpPanel()
        self._help.setVisible(False)
        greeting = _("F1 explains this page. Ctrl+1 to Ctrl+9 go to the pages.")
        self._status = StatusLine(session.lane, greeting)
        self._head = QLabel()
        self._assemble()
        self._keys()
        session.changed.connect(self._tell_head)
        session.said.connect(self._status.say)
        session.wanted.connect(self.go)
        # while long work holds the book, only its progress and the button to stop it are alive
        self._resting = Resting(self, self._stack, self._rail_area)
        session.lane.guarded.connect(self._resting.rest)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)
        self._tell_head()
        self.go("page:home")

    # ---- building ----

    def _assemble(self) -> None:
        info = self.session.book.info
        self.setWindowTitle(
            _("{village} – {file} – villagebook").format(
                village=info.village, file=self.session.book.path.name
            )
        )
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        self._rail_area = self._rail()
        middle.addWidget(self._rail_area)
        middle.addWidget(self._stack, 1)
        middle.addWidget(self._help)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        column.addLayout(middle, 1)
        column.addWidget(self._status)
        self.setCentralWidget(whole)
        self.setMinimumSize(QSize(960, 600))

    def _header(self) -> QFrame:
        header = QFrame()
        header.setObjectName("header")
        row = QHBoxLayout(header)
        row.setContentsMargins(em(1), em(0.4), em(1), em(0.4))
        village = QLabel(self.session.book.info.village)
        village.setProperty("role", "heading")
        row.addWidget(village)
        row.addStretch(1)
        self._head.setProperty("role", "quiet")
        self._head.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        row.addWidget(self._head)
        return header

    def _rail(self) -> Scroll:
        rail = QFrame()
        rail.setObjectName("rail")
        column = QVBoxLayout(rail)
        column.setContentsMargins(em(0.35), em(0.4), em(0.35), em(0.4))
        column.setSpacing(0)
        group = QButtonGroup(self)
        for entry in ENTRIES:
            if entry.gap:
                column.addSpacing(em(0.3))
            made = QPushButton(_(entry.title))
            made.setCheckable(True)
            made.setToolTip(entry.key)
            made.setObjectName(f"go-{entry.code}")
            made.clicked.connect(lambda _checked=False, code=entry.code: self.go(f"page:{code}"))
            made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
            made.setMaximumHeight(em(2.05))  # as low as the letters where the screen is, so that all are seen
            group.addButton(made)
            column.addWidget(made, 1)
            self._buttons[entry.code] = made
        column.addStretch()
        area = Scroll(rail)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedWidth(rail.sizeHint().width() + 4)
        return area

    def _keys(self) -> None:
        for (
            entry
        ) in ENTRIES:  # not the buttons' own shortcuts: those wait for the picture of a pressed button
            QShortcut(QKeySequence(entry.key), self, partial(self.go, f"page:{entry.code}"))
        for key, act in (
            ("F1", self.toggle_help),
            ("Shift+F1", lambda: read(self, "ManualWindow")),
            ("Ctrl+PgDown", lambda: self._step(1)),
            ("Ctrl+PgUp", lambda: self._step(-1)),
            ("Ctrl+Q", self.close),
            ("F11", lambda: self.showNormal() if self.isFullScreen() else self.showFullScreen()),
        ):
            QShortcut(QKeySequence(key), self, act)

    # ---- going places ----

    def page(self) -> Page:
        """The page in front."""
        widget = self._stack.currentWidget()
        assert isinstance(widget, Page)  # noqa: S101  # the stack holds nothing else
        return widget

    def code(self) -> str:
        """The code of the page in front."""
        return next(code for code, page in self._pages.items() if page is self.page())

    def go(self, target: str) -> None:
        """Show the page of a target and let it open the thing."""
        code = self._draft_page(target) if target.startswith("draft:") else page_for(target)
        entry = next((e for e in ENTRIES if e.code == code), None)
        if entry is None or not self._stack.isEnabled():
            return
        if code not in self._pages:
            self._pages[code] = entry.build(self.session)
            self._stack.addWidget(self._pages[code])
        self._stack.setCurrentWidget(self._pages[code])
        self._buttons[code].setChecked(True)
        self._pages[code].arrive(target)
        self._help.show_page(self._pages[code])

    def _draft_page(self, target: str) -> str:
        """The door that a draft was begun at."""
        from villagebook.services.vouchers import documents

        wanted = target.partition(":")[2]
        drafts = documents.drafts(self.session.book)
        chosen = [d for d in drafts if d.id == wanted] or drafts
        return (chosen[0].kind if chosen else DocKind.PAYMENT).value

    def _step(self, by: int) -> None:
        codes = [e.code for e in ENTRIES]
        self.go(f"page:{codes[(codes.index(self.code()) + by) % len(codes)]}")

    def toggle_help(self) -> None:
        """F1: the explanation of this page and its keys, beside it."""
        self._help.setVisible(not self._help.isVisible())

    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        """A verb that hides or rests its own button leaves the cursor on its page; Qt would carry it to the rail, or nowhere."""
        if old is not None and self._strayed(new) and self._stack.isAncestorOf(old):
            QTimer.singleShot(0, old, partial(self._bring_back, old))

    def _bring_back(self, old: QWidget) -> None:
        field = self.page().first_field()
        gone = not old.isVisible() or not old.isEnabled()
        if field is not None and gone and self._strayed(self.focusWidget()):
            field.setFocus()

    def _strayed(self, focused: QWidget | None) -> bool:
        return focused is None or focused in self._buttons.values()

    # ---- Qt ----

    def _tell_head(self, _topics: object = None) -> None:
        head = self.session.book.head()
        parts = [
            self.session.today.isoformat(),
            self.session.book.path.name,
            _("At the desk: {name}").format(name=self.session.actor or "–"),
            _("Log {seq} · {hash}").format(seq=head.seq, hash=head.short[:9]),
        ]
        self._head.setText("   ".join(parts))
        self._head.setToolTip(head.hash)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """`?` outside a text field explains; Escape closes the explanation."""
        if (
            event.key() == Qt.Key.Key_Question
            or event.text() == "？"
            or (event.key() == Qt.Key.Key_Escape and self._help.isVisible())
        ):
            self.toggle_help()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Everything half typed becomes a draft first; a page may still have a question."""
        if self._stack.isEnabled() and all(page.may_leave() for page in self._pages.values()):
            event.accept()
        else:
            event.ignore()
