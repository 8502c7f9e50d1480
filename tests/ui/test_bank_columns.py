"""A file the program does not read by itself: columns chosen beside its rows, proven, taken in, known the next month."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.builders import Village
from tests.exchange.biff import OldSheet, xls
from tests.ui.conftest import dress
from tests.ui.cut import cut_texts
from villagebook.services.banking import bank_matching
from villagebook.ui.pages.month_end.bank_columns import BankColumns
from villagebook.ui.pages.month_end.bank_window import BankWindow
from villagebook.ui.preferences import Preferences
from villagebook.ui.session import Session
from villagebook.ui.tasks import Lane

PLACES = ("IN", "EX")
ROWS = [
    ["甲", "乙", "丙", "丁", "戊"],
    ["2025-01-10", "500.00", "转来", "100500.00", "何老四"],
    ["2025-01-20", "15.00", "扣费", "100485.00", ""],
]


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


def opened(window: BankWindow, path: Path) -> BankColumns:
    """A file is refused, and the columns are chosen for it."""
    window.take_in(path)
    assert [f.id for f in window.findings.findings()][:1] == ["BNK-01"]
    window.choose_columns()
    (dialog,) = window.findChildren(BankColumns)
    return dialog


def file(village: Village, name: str = "a.xls") -> Path:
    path = village.folder / name
    path.write_bytes(xls(OldSheet("封面", [["白杨村"]]), OldSheet("明细", ROWS, hidden=True)))
    return path


def test_sheet_mode_and_columns_are_chosen_and_the_balance_proves_them(
    window: BankWindow, village: Village
) -> None:
    dialog = opened(window, file(village))
    assert not dialog.take.isEnabled()
    dialog.sheet.set_value("明细")
    assert dialog.rows.values().rowCount() == 3
    dialog.mode.set_value("words")
    for role, letter in {"date": "A", "amount": "B", "direction": "C", "balance": "D", "party": "E"}.items():
        dialog.columns[role].set_value(letter)
    assert dialog.in_words.placeholderText() == "转来、扣费"
    assert not dialog.take.isEnabled()
    dialog.in_words.setText("转来")
    dialog.in_words.editingFinished.emit()
    assert "2 rows from 2025-01-10 to 2025-01-20" in dialog.verdict.text()
    assert dialog.take.isEnabled()
    dialog._accept()
    found = bank_matching.sides(village.book, PLACES)
    assert found is not None
    assert [(line.amount_fen, line.party) for line in found.lines] == [(50_000, "何老四"), (-1_500, "")]


def test_only_the_fields_of_the_mode_are_shown(window: BankWindow, village: Village) -> None:
    dialog = opened(window, file(village))
    shown = {
        mode: [r for r in ("in", "out", "amount", "direction") if _after(dialog, mode).columns[r].isVisible()]
        for mode in ("columns", "signed", "direction", "words")
    }
    assert shown == {
        "columns": ["in", "out"],
        "signed": ["amount"],
        "direction": ["amount", "direction"],
        "words": ["amount", "direction"],
    }
    assert dialog.in_words.isVisible()


def _after(dialog: BankColumns, mode: str) -> BankColumns:
    dialog.mode.set_value(mode)
    return dialog


def test_a_row_of_headings_can_be_chosen(window: BankWindow, village: Village) -> None:
    path = village.folder / "b.csv"
    path.write_text("说明\n" * 35 + "\n".join(",".join(row) for row in ROWS), encoding="gb18030")
    dialog = opened(window, path)
    dialog.header_row.set_value(36)
    dialog.header_row.editingFinished.emit()
    assert [dialog.columns["date"].itemText(n) for n in (0, 1)] == ["(none)", "A 甲"]


# Whatever fits in the longest words and the largest letters fits in English and in between.
@pytest.mark.parametrize(
    ("language", "size"), [("zh_CN", "normal"), ("zh_CN", "very-large"), ("xx", "very-large")]
)
def test_nothing_is_cut_on_a_small_screen(qtbot: QtBot, village: Village, language: str, size: str) -> None:
    dress(language, size)
    session = Session(village.book, Preferences(language="en"), Lane())
    window = BankWindow(session, PLACES, "Basic account", lambda: ())
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(window)
    window.show()
    dialog = opened(window, file(village))
    dialog.sheet.set_value("明细")
    dialog.mode.set_value("words")
    QApplication.processEvents()
    assert dialog.width() <= 1366
    assert dialog.height() <= 768
    assert cut_texts(dialog) == []
    assert cut_texts(window) == []
    session.lane.stop()
