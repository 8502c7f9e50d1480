"""How soon the first rows of a list stand on the screen: the vouchers searched and sorted, and every page and register."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from tests.bench.clock import Figure, seconds, told_by
from tests.bench.setting import Setting

_DRAWN = """
import json, sys, time
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
app = QApplication([])
from villagebook import i18n
i18n.set_language(i18n.CHINESE)
from villagebook.ui.app import Desktop
desktop = Desktop(app)
desktop.open(Path(sys.argv[1]))
window = desktop.window
made = {}

def pump():
    for _ in range(6):
        app.processEvents()
        time.sleep(0.01)
    while window.session.lane.busy:
        app.processEvents()
        time.sleep(0.01)

def drawn(name, act, before=lambda: None):
    times = []
    for _ in range(5):
        before()
        pump()
        started = time.perf_counter()
        act()
        window.repaint()
        times.append(time.perf_counter() - started)
    made[name] = min(times)
"""

_VOUCHERS = f"""{_DRAWN}
window.go("page:vouchers")
pump()
page = window.page()

def typed(words):
    page.filters.text.setText(words)
    page.filters._wait.stop()

drawn("vouchers, all", page.filters.changed.emit, lambda: typed(""))
for words in ("费", "付款", "茶叶", "办公 费", "银行", "300", "无此字"):
    def before():
        typed("")
        page.filters.changed.emit()
        typed(words)
    drawn("vouchers with " + words, page.filters.changed.emit, before)
typed("")
page.filters.changed.emit()
for column, name in enumerate(("day", "number", "summary", "amount")):
    drawn(
        "vouchers by " + name,
        lambda: page.table.sortByColumn(column, Qt.SortOrder.AscendingOrder),
        lambda: page.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder),
    )
print(json.dumps(made))
"""

_PAGES = f"""{_DRAWN}
from villagebook.ui.navigation import ENTRIES
from villagebook.ui.pages.registering.registers import TABS
for entry in ENTRIES:
    if entry.code != "notice":  # a paper, not a list
        window.go("page:" + entry.code)
        drawn(entry.code, window.page().refresh)
for code, *_rest in TABS:
    window.go("register:" + code)
    drawn("register " + code, window.page().refresh)
print(json.dumps(made))
"""


def first_rows(setting: Setting) -> Iterator[Figure]:
    """Best of five; the floor is one look of bare SQLite at every summary."""
    raw = sqlite3.connect(setting.book)
    sql = "SELECT seq FROM voucher WHERE instr(summary, '费') ORDER BY booked_on DESC, seq DESC"
    floor = min(seconds(lambda: raw.execute(sql).fetchall()) for _ in range(5))
    raw.close()
    for code in (_VOUCHERS, _PAGES):
        found: dict[str, float] = told_by(code, str(setting.book), QT_QPA_PLATFORM="offscreen")
        for name, took in found.items():
            yield Figure(f"{name}: first rows drawn", took, 5, floor, "under 0.1 s", took < 0.1)
