"""From the start of the program to a window that answers, against the barest Qt window there can be."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

from tests.bench.clock import ROOT, Figure
from tests.bench.setting import Setting

_READY = """
def ready():
    for _ in range(5):
        app.processEvents()
    try:
        kilobytes = next(int(l.split()[1]) for l in open("/proc/self/status") if l.startswith("VmRSS"))
    except OSError:
        kilobytes = 0
    print(kilobytes, flush=True)
    import os
    os._exit(0)
"""

_BARE = f"""
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
from PySide6.QtGui import QStandardItemModel
app = QApplication([])
{_READY}
window, view = QMainWindow(), QTableView()
view.setModel(QStandardItemModel(200, 8))
window.setCentralWidget(view)
window.resize(1360, 768)
window.show()
ready()
"""

_OURS = f"""
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
app = QApplication([])
{_READY}
from villagebook import i18n
i18n.set_language(i18n.CHINESE)
from villagebook.ui.app import Desktop
desktop = Desktop(app)
desktop.open(Path(sys.argv[1]))
from villagebook.ui.main_window import MainWindow
assert isinstance(desktop.window, MainWindow)
ready()
"""


def _start(home: str, code: str, *arguments: str) -> tuple[float, float]:
    """(seconds until the window answers, resident MB)."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "VILLAGEBOOK_HOME": home}
    env["QT_QPA_PLATFORM"] = "offscreen"
    started = time.perf_counter()
    child = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return time.perf_counter() - started, int(child.stdout.split()[-1]) / 1024


def starting(setting: Setting) -> Iterator[Figure]:
    """The large book, the empty book and the bare window, in turn."""
    n = 9
    home = str(setting.fresh("home"))
    large, empty, bare = [], [], []
    for _ in range(n):
        bare.append(_start(home, _BARE))
        empty.append(_start(home, _OURS, str(setting.empty)))
        large.append(_start(home, _OURS, str(setting.book)))
    took, took_empty, floor = (statistics.median(t for t, _mb in runs) for runs in (large, empty, bare))
    size, size_bare = (statistics.median(mb for _t, mb in runs) for runs in (large, bare))
    target = "floor + 0.45 s"
    name = f"window with {setting.vouchers:,} vouchers"
    yield Figure(name, took, n, floor, target, took <= floor + 0.45, note="floor: a bare Qt window")
    met = took <= took_empty + 0.05
    yield Figure("the same against an empty book", took, n, took_empty, "no slower (50 ms)", met)
    yield Figure("resident memory", size, n, size_bare, "under 130 MB", size < 130, "MB")
