"""The bank's file beside the book: dropped, matched, joined and taken apart by keyboard, signed, never cut."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.builders import Village, make_village, receive
from tests.ui.conftest import dress
from tests.ui.cut import cut_texts
from villagebook.services.banking import bank_matching
from villagebook.ui.pages.month_end.bank_drop import FileDrop
from villagebook.ui.pages.month_end.bank_window import BankWindow
from villagebook.ui.pages.month_end.counting import CountingPage
from villagebook.ui.preferences import Preferences
from villagebook.ui.session import Session
from villagebook.ui.tasks import Lane
from villagebook.ui.viewer import Viewer

PLACES = ("IN", "EX")
FILE = """日期,收入,支出,余额,对方户名,摘要,流水号
2025-01-10,500.00,,100500.00,何老四,承包费,HD50000
2025-01-15,200.00,,100700.00,赵六,水费,
2025-01-20,,15.00,100685.00,,账户管理费,
2025-01-22,90.00,,100775.00,,代收,
"""


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    made = make_village(tmp_path)
    receive(made, 50_000, date(2025, 1, 10))
    receive(made, 20_000, date(2025, 1, 14), party="张三丰")
    receive(made, 4_000, date(2025, 1, 2))
    receive(made, 5_000, date(2025, 1, 27))
    (tmp_path / "bank.csv").write_text(FILE, encoding="gb18030")
    yield made
    made.book.close()


@pytest.fixture
def window(qtbot: QtBot, village: Village) -> Iterator[BankWindow]:
    dress("en")
    session = Session(village.book, Preferences(language="en"), Lane())
    made = BankWindow(session, PLACES, "Basic account", lambda: ())
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    made.show()
    yield made
    session.lane.stop()


def marks(window: BankWindow) -> list[str]:
    values = window.bank_rows.values()
    return [str(values.index(n, 0).data()) for n in range(values.rowCount())]


def go_to(window: BankWindow, row: int) -> None:
    window.bank_rows.setFocus()
    window.bank_rows.setCurrentIndex(window.bank_rows.values().index(row, 0))


def press(window: BankWindow, key: Qt.Key) -> None:
    QTest.keyClick(window.bank_rows, key)
    QApplication.processEvents()


def test_a_file_is_taken_in_and_every_row_says_why(window: BankWindow, village: Village) -> None:
    assert "drop" in window.says.text()
    window.take_in(village.folder / "bank.csv")
    assert marks(window) == ["✓", "?", "!", "!"]
    assert window.day.day() == date(2025, 1, 31)
    go_to(window, 2)
    assert "enter a voucher" in window.because.text()


def test_enter_accepts_and_delete_takes_apart(window: BankWindow, village: Village) -> None:
    window.take_in(village.folder / "bank.csv")
    go_to(window, 1)
    press(window, Qt.Key.Key_Return)
    assert marks(window) == ["✓", "✓", "!", "!"]
    assert window.bank_rows.currentIndex().row() == 1
    press(window, Qt.Key.Key_Delete)
    assert marks(window)[1] == "?"
    go_to(window, 2)
    press(window, Qt.Key.Key_Return)
    assert marks(window)[2] == "!"


def test_what_is_selected_is_joined_only_when_it_adds_up(window: BankWindow, village: Village) -> None:
    window.take_in(village.folder / "bank.csv")
    go_to(window, 3)
    window.book_rows.selectRow(0)
    window.join_selected()
    assert [f.id for f in window.findings.findings()] == ["BNK-30"]
    assert marks(window)[3] == "!"
    window.book_rows.clearSelection()
    for row in range(window.book_rows.values().rowCount()):
        if str(window.book_rows.values().index(row, 2).data()) == "50.00":
            window.book_rows.selectRow(row)
    window.join_selected()
    assert marks(window)[3] == "!"


def test_the_sheet_is_shown_and_signed_by_somebody_else_than_the_cashier(
    qtbot: QtBot, window: BankWindow, village: Village
) -> None:
    window.take_in(village.folder / "bank.csv")
    window.show_sheet()
    assert window.findChild(Viewer) is not None
    window.checked_by.set_value(village.ids["cashier"])
    window.sign_sheet()
    assert "E2L-29" in [f.id for f in window.findings.findings()]


def test_a_bad_file_says_everything_at_once_and_changes_nothing(window: BankWindow, village: Village) -> None:
    path = village.folder / "bad.csv"
    path.write_text("日期,金额,余额\n2025-01-40,1,1\n2025-01-03,x,2\n", encoding="utf-8")
    window.take_in(path)
    assert [f.id for f in window.findings.findings()] == ["BNK-04", "BNK-05"]
    assert bank_matching.sides(village.book, PLACES) is None


def test_a_file_dropped_on_the_page_opens_the_window(qtbot: QtBot, village: Village) -> None:
    session = Session(village.book, Preferences(language="en"), Lane())
    page = CountingPage(session)
    qtbot.addWidget(page)
    page.arrive()
    page.show()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(village.folder / "bank.csv"))])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    frame = page.account.parentWidget()
    assert frame is not None
    assert frame.acceptDrops()
    taker = frame.findChild(FileDrop)
    assert taker is not None
    assert taker.eventFilter(frame, drop)  # Qt itself delivers a drop only to where a mouse has dragged
    window = page.findChild(BankWindow)
    assert window is not None
    assert len(marks(window)) == 4
    window.close()
    session.lane.stop()


@pytest.mark.parametrize("language", ["zh_CN", "en", "xx"])
@pytest.mark.parametrize("size", ["normal", "large", "very-large"])
def test_nothing_is_cut_on_a_small_screen(qtbot: QtBot, village: Village, language: str, size: str) -> None:
    dress(language, size)
    session = Session(village.book, Preferences(language="en"), Lane())
    window = BankWindow(session, PLACES, "Basic account", lambda: ())
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(window)
    window.show()
    window.take_in(village.folder / "bank.csv")
    QApplication.processEvents()
    assert window.width() <= 1366
    assert window.height() <= 768
    assert cut_texts(window) == []
    session.lane.stop()
