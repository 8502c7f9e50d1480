"""Work in the background lane tells a page what came of it, as long as there is one."""

from __future__ import annotations

import threading

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from villagebook.ui.main_window import MainWindow
from villagebook.ui.session import Session


@pytest.mark.parametrize("closed", [False, True])
def test_a_page_that_was_closed_meanwhile_is_told_nothing(
    qtbot: QtBot, session: Session, closed: bool
) -> None:
    """Neither what was made nor what went wrong: there is nothing left to show it in, and nothing may end in a crash."""
    window = MainWindow(session)
    page = window.page()
    told: list[object] = []
    go_on = threading.Event()

    def work(_progress: object) -> str:
        go_on.wait(10)
        return "made"

    def fail(_progress: object) -> None:
        raise OSError("the stick was pulled out")

    page.in_background("Making…", work, told.append)
    if closed:
        page.in_background("Failing…", fail, told.append)
        delete(window)
    else:
        qtbot.addWidget(window)
    go_on.set()
    qtbot.waitUntil(lambda: not session.lane.busy)
    assert told == ([] if closed else ["made"])
