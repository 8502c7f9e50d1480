"""The chart of accounts as somebody uses it at the screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from villagebook.domain.link import LinkKind
from villagebook.services.book_file import books
from villagebook.services.disclosure import demands
from villagebook.ui.main_window import MainWindow
from villagebook.ui.pages.entering.payment import PaymentPage
from villagebook.ui.pages.reading.books import BooksPage
from villagebook.ui.pages.reading.chart import ChartPage, side_text


@pytest.fixture
def page(window: MainWindow) -> ChartPage:
    window.go("page:chart")
    found = window.page()
    assert isinstance(found, ChartPage)
    return found


def shown(page: ChartPage) -> list[str]:
    return [code for code, item in page._items.items() if not item.isHidden()]


def test_all_42_accounts_of_the_rule_stand_in_the_tree(page: ChartPage) -> None:
    assert len(shown(page)) == 42
    assert page.tree.topLevelItemCount() == 5


@pytest.mark.parametrize("words", ["113", "内部往来", "nbwl", "Current accounts"])
def test_an_account_is_found_by_code_names_and_initials(page: ChartPage, words: str) -> None:
    page.search.setText(words)
    page._narrow()
    assert shown(page)[0] == "113" or "113" in shown(page)
    assert len(shown(page)) < 10
    assert page.code() == "113"


def test_a_sub_account_gets_the_next_free_code_and_can_be_booked_at_once(
    qtbot: QtBot, page: ChartPage, window: MainWindow
) -> None:
    page.choose("513")
    assert page.forms.code.text() == "51301"
    page.forms.name.setText("差旅费")
    page.forms.add.click()
    assert books.chart(page.book).is_leaf("51301")
    assert "51301" in shown(page)
    assert page.forms.code.text() == "51302"
    window.go("page:payment")
    door = window.page()
    assert isinstance(door, PaymentPage)
    picker = door.items.first().account
    qtbot.keyClicks(picker, "51301")
    assert picker.code() == "51301"


def test_what_stands_on_the_account_is_shown_before_it_moves(page: ChartPage) -> None:
    page.choose("501")
    forms = page.forms
    assert not forms.take_over.isHidden()
    forms.take_over.setChecked(True)
    assert "50101" in forms.moves.text()
    forms.name.setText("承包收入")
    forms.add.click()
    assert not page.findings.isVisible()
    assert "50101" in books.chart(page.book)


def test_an_account_in_need_says_why_it_stays_and_an_empty_one_goes_out_of_use(page: ChartPage) -> None:
    page.choose("501")
    assert not page.forms.disable.isEnabled()
    assert page.forms.why_not.text()
    page.choose("515")
    page.forms.disable.click()
    assert books.chart(page.book)["515"].disabled
    page.disabled.setChecked(False)
    assert "515" not in shown(page)
    page.disabled.setChecked(True)
    page.choose("515")
    assert page.forms.disable.isHidden()
    page.forms.enable.click()
    assert not books.chart(page.book)["515"].disabled
    assert page.forms.enable.isHidden()


def test_an_account_asks_its_lines_for_an_outside_party(page: ChartPage) -> None:
    page.choose("211")
    page.forms.kinds[LinkKind.OUTSIDER].setChecked(True)
    page.forms.strict.setChecked(True)
    page.forms.ask.click()
    demand = demands.demands(page.book)["211"]
    assert demand.kinds == (LinkKind.OUTSIDER,)
    assert demand.strict
    page.choose("113")
    assert not page.forms.kinds[LinkKind.OUTSIDER].isChecked()


def test_enter_opens_the_ledger_of_the_account(qtbot: QtBot, page: ChartPage, window: MainWindow) -> None:
    page.choose("501")
    page.tree.setFocus()
    qtbot.keyClick(page.tree, Qt.Key.Key_Return)
    found = window.page()
    assert isinstance(found, BooksPage)
    assert found.account.code() == "501"


def test_a_balance_says_its_side() -> None:
    assert side_text(150) == "Dr 1.50"
    assert side_text(-150) == "Cr 1.50"
    assert side_text(0) == ""
