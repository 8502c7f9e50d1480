"""When no book is open: open one, begin a new one, look at the demo village. Nothing of a book is imported here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from villagebook.domain.dates import DateError, parse_month
from villagebook.domain.place import LineMode
from villagebook.i18n import _, language
from villagebook.services.book_file.new_book import NewBook, create_book
from villagebook.ui.preferences import Preferences
from villagebook.ui.problems import EXPECTED, as_findings
from villagebook.ui.status_line import StatusLine
from villagebook.ui.tasks import Lane
from villagebook.ui.theme import em
from villagebook.ui.widgets.file_field import FileField
from villagebook.ui.widgets.findings_panel import FindingsPanel
from villagebook.ui.widgets.forms import Form, Scroll, button, card, enter_moves, text
from villagebook.ui.widgets.pickers import Choice

BOOK_SUFFIX = ".vbook"


class StartWindow(QMainWindow):
    """`chosen` and `chosen_to_read` carry the path of the book to open; `chosen_to_fill` that of one made to be filled."""

    chosen = Signal(object)
    chosen_to_read = Signal(object)
    chosen_to_fill = Signal(object)
    look_changed = Signal()

    def __init__(self, preferences: Preferences, lane: Lane) -> None:
        super().__init__()
        self._preferences = preferences
        self._lane = lane
        self._refused = Path()
        self._is_filling = False
        self.setWindowTitle(_("villagebook"))
        self.findings = FindingsPanel()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._doors())
        self._form = NewBookForm(self._create, lambda: self._stack.setCurrentIndex(0))
        self._stack.addWidget(self._form)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        middle = QVBoxLayout()
        middle.setContentsMargins(em(5), em(1.5), em(5), em(0.5))
        middle.addWidget(self.findings)
        self.read_button = button(
            _("Open it for &reading only"), lambda: self.chosen_to_read.emit(self._refused)
        )
        middle.addWidget(self.read_button)
        self.read_button.setVisible(False)
        middle.addWidget(self._stack, 1)
        column.addLayout(middle, 1)
        column.addWidget(StatusLine(lane, ""))
        self.setCentralWidget(whole)
        self.setMinimumSize(900, 560)

    def _doors(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setSpacing(em(0.7))
        column.addStretch(1)
        title = text(_("The village's book"), "title")
        column.addWidget(title)
        column.addWidget(
            text(
                _(
                    "Every fen that comes in and goes out, with its paper and its signatures, for everybody to see."
                ),
                "quiet",
            )
        )
        column.addSpacing(em(0.8))
        self.open_button = button(_("&Open a book…"), main=True, key="Ctrl+O")
        self.new_button = button(_("&New book…"), key="Ctrl+N")
        self.fill_button = button(_("&Bring in an existing book…"))
        self.demo_button = button(_("Look at the &demo village"))
        row = QHBoxLayout()
        for made, act in (
            (self.open_button, self._open),
            (self.new_button, lambda: self._begin(fill=False)),
            (self.fill_button, lambda: self._begin(fill=True)),
            (self.demo_button, self._demo),
        ):
            made.clicked.connect(act)
            row.addWidget(made)
        row.addStretch(1)
        column.addLayout(row)
        self._recent(column)
        column.addStretch(2)
        column.addWidget(self._language(), 0, Qt.AlignmentFlag.AlignRight)
        return holder

    def _begin(self, *, fill: bool) -> None:
        """The form of a new book; with `fill` its history comes from another program as soon as it is made."""
        self._is_filling = fill
        self._stack.setCurrentIndex(1)

    def _recent(self, column: QVBoxLayout) -> None:
        there = [Path(r) for r in self._preferences.recent if Path(r).exists()]
        if there:
            column.addSpacing(em(0.8))
            column.addWidget(text(_("Opened before"), "heading"))
        for path in there:
            made = button(
                f"{path.stem}   ({path.parent})",
                lambda _checked=False, path=path: self.chosen.emit(path),
                link=True,
            )
            column.addWidget(made)

    def _language(self) -> QWidget:
        chooser = Choice([("zh_CN", "中文"), ("en", "English")])
        chooser.setAccessibleName(_("Language"))
        chooser.setMaximumWidth(em(10))
        chooser.set_value(language())
        chooser.changed.connect(lambda: self._speak(chooser.value()))
        return chooser

    def _speak(self, chosen: str) -> None:
        self._preferences.language = chosen
        self._preferences.save()
        self.look_changed.emit()

    def _open(self) -> None:
        name, _filter = QFileDialog.getOpenFileName(
            self, _("Open a book"), "", _("Village books (*.vbook);;All files (*)")
        )
        if name:
            self.chosen.emit(Path(name))

    def _demo(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("A folder for the demo village"))
        if folder:
            self.make_demo(Path(folder))

    def make_demo(self, folder: Path) -> None:
        """Build the demo in the background and open it."""

        def work(progress: Callable[[int, int], None]) -> Any:
            from villagebook.services.demo_village import demo

            return demo.build_demo(folder, progress)

        self._lane.run(
            _("Making the demo village…"), work, lambda made: self.chosen.emit(made.book), self._failed
        )

    def tell(self, error: Exception, path: Path) -> None:
        """Why a book could not be opened; reading may still be possible (another program holds it, a full disk)."""
        self._failed(error)
        self._refused = path
        self.read_button.setVisible(path.suffix == BOOK_SUFFIX and path.exists())

    def _failed(self, error: Exception) -> None:
        self.findings.show_findings(as_findings(error))

    def _create(self) -> None:
        from villagebook.services.by import now

        name, _filter = QFileDialog.getSaveFileName(
            self, _("Where shall the book lie?"), self._form.village.text() + BOOK_SUFFIX
        )
        if not name:
            return
        path = Path(name) if name.endswith(BOOK_SUFFIX) else Path(name + BOOK_SUFFIX)
        try:
            create_book(path, self._form.answers(), now("-")).close()
        except EXPECTED as error:
            self._failed(error)
            return
        (self.chosen_to_fill if self._is_filling else self.chosen).emit(path)


class NewBookForm(Scroll):
    """What a new book must be told."""

    def __init__(self, create: Callable[[], None], back: Callable[[], None]) -> None:
        super().__init__()
        frame, column = card()
        column.addWidget(text(_("A new book"), "title"))
        form = Form()
        self.village, self.code, self.holder = QLineEdit(), QLineEdit(), QLineEdit()
        self.start = QLineEdit(f"{date.today().year}-01")  # noqa: DTZ011  # a proposal, not a record
        self.start.setMaximumWidth(em(9))
        self.mode = Choice([(m.value, words) for m, words in mode_words().items()])
        self.opening, self.policy = FileField(_("Choose…")), FileField(_("Choose…"))
        self.fingerprint = QLineEdit()
        self.fingerprint.setPlaceholderText("0000-0000-0000-0000")
        self.fingerprint.setMinimumWidth(em(18))
        self.fingerprint.setMaximumWidth(em(18))
        form.row(_("&Village"), self.village, text(_("The full name as on the seal."), "quiet"))
        form.row(_("&Code"), self.code, text(_("The village's administrative code."), "quiet"))
        form.row(_("First &month"), self.start)
        form.row(
            _("Bank &accounts"),
            self.mode,
            text(_("As the township decided; it cannot be changed later."), "quiet"),
        )
        form.row(_("Account &holder"), self.holder, text(_("Empty: the village's name."), "quiet"))
        form.row(
            _("&Opening balances"),
            self.opening,
            text(_("A table (CSV or XLSX); or nothing, then they are typed on the page Settings."), "quiet"),
        )
        form.row(
            _("&Township's parameters"),
            self.policy,
            text(_("The file from the township, or nothing for the defaults."), "quiet"),
        )
        form.row(
            _("Key's &fingerprint"),
            self.fingerprint,
            text(_("As somebody of the township reads it aloud; only for a signed file."), "quiet"),
        )
        column.addLayout(form)
        row = QHBoxLayout()
        cancel = button(_("&Back"), back)
        make = button(_("&Make the book…"), create, main=True)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(make)
        column.addLayout(row)
        column.addStretch(1)
        self.hold(frame)

    def answers(self) -> Any:
        """A NewBook. Raises KnownError for a month that is none."""
        from villagebook.domain.errors import KnownError

        try:
            start = parse_month(self.start.text())
        except DateError:
            raise KnownError(
                _("“{text}” is no month.").format(text=self.start.text()), _("Type it like 2025-01.")
            ) from None
        return NewBook(
            village=self.village.text().strip(),
            code=self.code.text().strip(),
            start=start,
            mode=LineMode(self.mode.value()),
            holder=self.holder.text().strip(),
            opening=self.opening.path(),
            policy=self.policy.path(),
            fingerprint=self.fingerprint.text(),
        )

    def keyPressEvent(self, event: Any) -> None:
        """Enter goes on."""
        if not enter_moves(event):
            super().keyPressEvent(event)


def mode_words() -> dict[LineMode, str]:
    """How the three modes are told to people."""
    return {
        LineMode.AGENCY: _("Kept by the township's accounting centre"),
        LineMode.ONE_ACCOUNT: _("One account, two lines kept apart in the book"),
        LineMode.TWO_ACCOUNTS: _("Two accounts: income and expenditure"),
    }
