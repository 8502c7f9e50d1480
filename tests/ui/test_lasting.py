"""The program lives longer than some thousand signals, also on Python 3.11."""

from __future__ import annotations

import subprocess
import sys

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
