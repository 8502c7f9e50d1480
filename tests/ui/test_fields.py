"""Amounts, dates and accounts as they are typed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.samples import wide
from villagebook.domain.money import AmountError
from villagebook.services.book_file import books
from villagebook.services.by import today
from villagebook.ui.pinyin import initials
from villagebook.ui.widgets import date_edit
from villagebook.ui.widgets.account_picker import AccountPicker, rank
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.formula import read_amount
from villagebook.ui.widgets.money_edit import MoneyEdit
from villagebook.ui.widgets.pickers import SuggestLine


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("1234.5", 123450),
        ("1,234.50", 123450),
        (wide("1234") + "。" + wide("5"), 123450),
        ("3*12.5+8", 4550),
        ("=3*12.5+8", 4550),
        ("(1+2)*3", 900),
        ("100/4-5", 2000),
        ("10×2.5", 2500),
        ("50-", -5000),
        ("-50", -5000),
        ("-(2+3)", -500),
    ],
)
def test_amounts_are_read_as_people_type_them(typed: str, fen: int) -> None:
    assert read_amount(typed) == fen


@pytest.mark.parametrize(
    "typed", ["", "abc", "1.234", "10/3", "1//2", "3*", "(1", "1/0", "1e5", "9" * 30, "((" * 300]
)
def test_what_is_no_amount_is_never_rounded_or_guessed(typed: str) -> None:
    with pytest.raises(AmountError):
        read_amount(typed)


def test_capitals_stand_beneath_the_amount(qtbot: QtBot) -> None:
    edit = MoneyEdit()
    qtbot.addWidget(edit)
    qtbot.keyClicks(edit.line, "1200.5")
    assert edit.fen() == 120050
    assert edit.words() == "壹仟贰佰元零伍角整"


def test_a_wrong_amount_says_what_is_wrong_beneath(qtbot: QtBot) -> None:
    edit = MoneyEdit()
    qtbot.addWidget(edit)
    qtbot.keyClicks(edit.line, "1.005")
    assert edit.fen() is None
    assert "two decimals" in edit.words()


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2024.3.5", date(2024, 3, 5)),
        ("20240305", date(2024, 3, 5)),
        ("3-5", date(2026, 3, 5)),
        ("5", date(2026, 8, 5)),
        (wide("3-5"), date(2026, 3, 5)),
        ("2-30", None),
        ("tomorrow", None),
    ],
)
def test_short_dates_are_near_the_day_that_stood_there(qtbot: QtBot, typed: str, day: date | None) -> None:
    edit = DateEdit(date(2026, 8, 20))
    qtbot.addWidget(edit)
    edit.setText(typed)
    assert edit.day() == day


def test_arrow_keys_step_days_and_page_keys_months(qtbot: QtBot) -> None:
    edit = DateEdit(date(2026, 1, 31))
    qtbot.addWidget(edit)
    qtbot.keyClick(edit, Qt.Key.Key_PageUp)
    assert edit.day() == date(2026, 2, 28)
    qtbot.keyClick(edit, Qt.Key.Key_Up)
    assert edit.day() == date(2026, 3, 1)


def test_initials_need_no_dictionary() -> None:
    assert initials("银行存款") == "yhck"
    assert initials("管理费用") == "glfy"


def test_accounts_are_found_by_code_name_and_initials(book: books.Book) -> None:
    chart = books.chart(book)
    for words in ("513", "glf", chart["513"].name[:2]):
        assert "513" in [a.code for a in rank(chart, words, {}, lambda _a: True)][:5], words


def test_accounts_in_use_come_first(book: books.Book) -> None:
    chart = books.chart(book)
    assert rank(chart, "", {"513": 9}, lambda _a: True)[0].code == "513"


def test_enter_takes_the_first_account_of_the_list(qtbot: QtBot, book: books.Book) -> None:
    picker = AccountPicker(books.chart(book), {})
    qtbot.addWidget(picker)
    picker.show()
    qtbot.keyClicks(picker, "513")
    qtbot.keyClick(picker, Qt.Key.Key_Return)
    assert picker.code() == "513"
    picker.setText("nothing")
    picker.textEdited.emit("nothing")
    assert picker.code() == ""


def test_a_long_summary_shows_its_head_again_once_the_cell_is_left(qtbot: QtBot) -> None:
    holder = QWidget()
    column = QVBoxLayout(holder)
    line, other = SuggestLine(lambda _words: ()), QLineEdit()
    column.addWidget(line)
    column.addWidget(other)
    qtbot.addWidget(holder)
    with qtbot.waitActive(holder):
        holder.show()
        holder.activateWindow()
    line.setFocus()
    qtbot.keyClicks(line, "Water pipe of the third group, the part below the school, with valves" * 2)
    assert line.cursorPosition() > 0
    other.setFocus()
    assert line.cursorPosition() == 0
    line.setText("filled in from a saved entry, " * 8)
    assert line.cursorPosition() == 0


def test_a_proposed_today_does_not_become_yesterday(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program stays open over night; a day that was typed is the user's and stays."""
    left, typed = DateEdit(today()), DateEdit(today())
    typed.set_day(today())
    for edit in (left, typed):
        qtbot.addWidget(edit)
    tomorrow = today() + timedelta(days=1)
    monkeypatch.setattr(date_edit, "today", lambda: tomorrow)
    for edit in (left, typed):
        edit.show()
    assert (left.day(), typed.day()) == (tomorrow, today())
    monkeypatch.setattr(date_edit, "today", lambda: tomorrow + timedelta(days=1))
    for edit in (
        left,
        typed,
    ):  # a page that stands open all night is not shown anew: somebody comes back to it
        QApplication.sendEvent(edit, QEvent(QEvent.Type.ActivationChange))
    assert (left.day(), typed.day()) == (tomorrow + timedelta(days=1), today())
