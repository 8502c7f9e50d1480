"""The background lane."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from villagebook.ui.tasks import Lane


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
