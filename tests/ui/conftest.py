"""A sample book and a window on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from tests.ui.samples import make_book, take_money
from villagebook import i18n
from villagebook.services.book_file import books
from villagebook.services.by import today
from villagebook.ui import theme
from villagebook.ui.app import Desktop
from villagebook.ui.main_window import MainWindow
from villagebook.ui.preferences import Preferences
from villagebook.ui.session import Session
from villagebook.ui.tasks import Lane


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says what it cannot do; that is no fault of ours."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody's own settings are read or written; the next test speaks English again, and finds no window of this one."""
    monkeypatch.setenv("VILLAGEBOOK_HOME", str(tmp_path / "home"))
    yield
    i18n.set_language(i18n.ENGLISH)
    # A closed window lives until an event loop runs; till then every change of the look would dress it again.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once; tests that write take a copy."""
    path = tmp_path_factory.mktemp("village") / "village.vbook"
    book = make_book(path)
    take_money(book, today())
    book.close()
    return path


@pytest.fixture
def book(sample_file: Path, tmp_path: Path) -> Iterator[books.Book]:
    """A fresh copy of the sample book."""
    path = tmp_path / "village.vbook"
    path.write_bytes(sample_file.read_bytes())
    opened = books.open_book(path)
    yield opened
    opened.close()


@pytest.fixture
def session(qtbot: QtBot, book: books.Book) -> Iterator[Session]:
    """The open book as pages see it."""
    made = Session(book, Preferences(language="en"), Lane())
    yield made
    made.lane.stop()


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> MainWindow:
    """The whole window, as large as the smallest screen we promise to fit."""
    made = MainWindow(session)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def dress(language: str, size: str = "normal") -> None:
    """Speak and look like this from now on."""
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    i18n.set_language(language)
    theme.apply(app, size)


__all__ = ["Desktop", "dress"]
