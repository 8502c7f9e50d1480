"""The background lane."""

from __future__ import annotations

from itertools import count
from time import sleep

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from villagebook.ui.main_window import MainWindow
from villagebook.ui.pages.month_end.handover import HandoverPage
from villagebook.ui.session import Session
from villagebook.ui.side_window import LaneWindow
from villagebook.ui.tasks import Lane, Progress


def test_who_closed_the_window_is_told_of_no_work_that_ended_meanwhile(qtbot: QtBot) -> None:
    lane, told = Lane(), list[object]()
    lane.run("counting", lambda _progress: 1, told.append, told.append)
    lane._pool.waitForDone()  # it has ended, but nobody was told yet
    assert lane.busy
    lane.stop()
    QCoreApplication.processEvents()
    assert told == []
    assert not lane.busy


def test_who_waits_is_told(qtbot: QtBot) -> None:
    lane, told = Lane(), list[object]()
    lane.run("counting", lambda _progress: 1, told.append, told.append)
    qtbot.waitUntil(lambda: not lane.busy)
    assert told == [1]
    lane.stop()


def test_after_long_work_the_cursor_is_where_it_was(window: MainWindow, qtbot: QtBot) -> None:
    """Everything rests meanwhile; keyboard alone, the next key is for the page and not for nobody."""
    window.go("page:handover")
    page = window.page()
    assert isinstance(page, HandoverPage)
    page.package.line.setFocus()
    page.in_background("counting", lambda _progress: 1, lambda _one: None, exclusive=True)
    assert not page.package.line.isEnabled()
    qtbot.waitUntil(lambda: not page.session.lane.busy)
    assert window.focusWidget() is page.package.line


def test_long_work_of_a_window_beside_a_page_is_stopped_there(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    """Its page rests meanwhile, and a window rests with what it belongs to: the button to stop must not."""
    beside = LaneWindow(session, "bring in", window.page())
    qtbot.addWidget(beside)
    line, told = QLineEdit(), list[object]()
    beside.hold(QWidget(), line)
    beside.show()
    line.setFocus()
    beside.run("counting", _for_ever, told.append, exclusive=True)
    stop = next(b for b in beside.findChildren(QPushButton) if b.text() == "Stop")
    assert not line.isEnabled()
    qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not session.lane.busy)
    assert told == []
    assert line.isEnabled()
    assert beside.focusWidget() is line


def _for_ever(progress: Progress) -> None:
    for step in count():
        progress(step, 0)
        sleep(0.005)
