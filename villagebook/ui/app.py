"""Starting the window: application, look, language, crash hook, then the book or the start page."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMainWindow

from villagebook import i18n, paths
from villagebook.domain.errors import KnownError
from villagebook.ui import preferences as preferences_file
from villagebook.ui import theme
from villagebook.ui.problems import crash_hook
from villagebook.ui.tasks import Lane
from villagebook.ui.translator import GettextTranslator


class Desktop:
    """Which window is open: the start page, or a book."""

    def __init__(self, app: QApplication, language: str = "") -> None:
        self.app = app
        self.preferences = preferences_file.load()
        self.preferences.language = language or self.preferences.language
        self.lane = Lane()
        self.window: QMainWindow | None = None
        self._translator = GettextTranslator()
        app.installTranslator(self._translator)
        self.dress()

    def dress(self) -> None:
        """Language, text size and colours from the preferences."""
        i18n.set_language(self.preferences.language)
        QLocale.setDefault(QLocale(self.preferences.language if self.preferences.language != "xx" else "en"))
        theme.apply(self.app, self.preferences.text_size)

    def show_start(self, error: Exception | None = None, path: Path | None = None) -> None:
        """The page for when no book is open; `error` says why `path` could not be opened."""
        from villagebook.ui.start_window import StartWindow

        window = StartWindow(self.preferences, self.lane)
        window.chosen.connect(self.open)
        window.look_changed.connect(self._restart)
        window.chosen_to_read.connect(self.open_to_read)
        window.chosen_to_fill.connect(self.open_to_fill)
        if error is not None and path is not None:
            window.tell(error, path)
        self._replace(window)

    def _restart(self) -> None:
        self.dress()
        self.show_start()

    def open_to_read(self, path: Path) -> None:
        """Look at a book without writing in it."""
        self.open(path, read_only=True)

    def open_to_fill(self, path: Path) -> None:
        """Open a book that was made just now and go where its history comes in."""
        from villagebook.ui.main_window import MainWindow

        self.open(path)
        if isinstance(self.window, MainWindow):
            self.window.go("page:settings")

    def open(self, path: Path, *, read_only: bool = False) -> None:
        """Open a book in place of what is open; trouble with the file is told on the start page."""
        from villagebook.ui.session import open_session

        try:
            session = open_session(path, self.preferences, self.lane, read_only=read_only)
        except KnownError as error:
            self.show_start(error, path)
            return
        from villagebook.ui.main_window import MainWindow

        window = MainWindow(session)
        session.look_changed.connect(lambda: QTimer.singleShot(0, self._reopen))
        session.left.connect(lambda: QTimer.singleShot(0, self.leave))
        self._replace(window)

    def leave(self) -> None:
        """Close the book and show the start page."""
        self._replace(None)
        self.show_start()

    def _reopen(self) -> None:
        from villagebook.ui.main_window import MainWindow

        if isinstance(self.window, MainWindow):
            book, code = self.window.session.book, self.window.code()
            self._replace(None)
            self.dress()
            self.open(book.path, read_only=book.read_only)
            if isinstance(self.window, MainWindow):
                self.window.go(f"page:{code}")

    def _replace(self, window: QMainWindow | None) -> None:
        from villagebook.ui.main_window import MainWindow

        old, self.window = self.window, window
        if window is not None:
            show(window)
        if old is not None:
            old.close()
            if isinstance(old, MainWindow):
                old.session.close()
            old.deleteLater()

    def close(self) -> None:
        """The last thing: hand the file back."""
        self._replace(None)


def show(window: QMainWindow) -> None:
    """Maximised where the screen is small, otherwise in a comfortable size."""
    screen = window.screen().availableGeometry()
    if screen.width() <= 1440 or screen.height() <= 900:
        window.resize(screen.width(), screen.height())
        window.showMaximized()
    else:
        window.resize(1360, 860)
        window.show()


def run_app(path: Path | None, *, screenshot: Path | None = None, language: str = "") -> int:
    """Open the window on a book, or on the start page; with `screenshot` save its picture and end.

    `language` goes before the one remembered on this computer. Returns the exit status.
    """
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)  # noqa: S101  # a bare QCoreApplication has no windows
    app.setApplicationName("villagebook")
    app.setWindowIcon(QIcon(str(paths.resource("icons", "villagebook.png"))))
    app.setQuitOnLastWindowClosed(screenshot is None)
    sys.excepthook = crash_hook if screenshot is None else _fail
    desktop = Desktop(app, language)
    if path is None:
        desktop.show_start()
    else:
        desktop.open(path)
    gc.enable()
    if screenshot is not None:
        QTimer.singleShot(300, lambda: _photograph(desktop, screenshot))
    status = app.exec()
    desktop.close()
    return status


def _fail(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Nobody sits before a window that is only photographed: tell and end instead of waiting at a dialog."""
    sys.__excepthook__(kind, error, trace)
    QApplication.exit(1)


def _photograph(desktop: Desktop, target: Path) -> None:
    if desktop.window is not None:
        desktop.window.resize(1366, 768)
        desktop.app.processEvents()
        desktop.window.grab().save(str(target), "PNG")
    desktop.app.exit(0)
