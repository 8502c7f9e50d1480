"""The program lives longer than some thousand signals, also on Python 3.11."""

from __future__ import annotations

import subprocess
import sys

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from villagebook.ui.main_window import MainWindow
from villagebook.ui.navigation import ENTRIES
from villagebook.ui.pages.registering.registers import TABS, RegistersPage
from villagebook.ui.session import Session

MANY = """
import villagebook.ui
from PySide6.QtCore import QObject, Signal
class Thing(QObject):
    changed = Signal()
    def __init__(self):
        super().__init__()
        self.count = 0
        self.changed.connect(self.add)
    def add(self):
        self.count += 1
thing = Thing()
for _ in range(20000):
    thing.changed.emit()
    thing.property("nothing")
    thing.setObjectName("a")
print(thing.count)
"""


def test_twenty_thousand_signals_do_not_end_the_program() -> None:
    done = subprocess.run([sys.executable, "-c", MANY], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "20000", done.stderr[-500:]


def test_every_page_and_register_opens_and_to_look_again_makes_nothing_new(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    """They are named in tables and imported when first shown; what a page drew before is gone when it draws anew."""
    places = [f"page:{entry.code}" for entry in ENTRIES] + [f"register:{code}" for code, *_rest in TABS]

    def widgets_after_a_round() -> int:
        for target in places:
            window.go(target)
            qtbot.waitUntil(lambda: not session.lane.busy, timeout=10_000)
        session.changed.emit(frozenset({"registers", "documents", "vouchers", "people"}))
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return len(QApplication.allWidgets())

    widgets_after_a_round()
    before = widgets_after_a_round()
    assert widgets_after_a_round() == before
    page = window.page()
    assert isinstance(page, RegistersPage)
    assert len(page._made) == len(TABS)
