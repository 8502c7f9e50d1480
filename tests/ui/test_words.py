"""Plain words as somebody sets and reads them at the screen."""

from __future__ import annotations

import pytest

from tests.ui.samples import person
from villagebook.domain.carrying import Entry
from villagebook.domain.plain_words import Way
from villagebook.domain.voucher import VoucherLine
from villagebook.services.disclosure import plain_words
from villagebook.services.vouchers.posting import post_entries
from villagebook.ui.main_window import MainWindow
from villagebook.ui.pages.registering.registers import RegistersPage
from villagebook.ui.pages.registering.words_tab import WordsTab

PENS = "村里办公用的纸笔、电话"


@pytest.fixture
def tab(window: MainWindow) -> WordsTab:
    window.go("register:words/513")
    page = window.page()
    assert isinstance(page, RegistersPage)
    found = page.tab()
    assert isinstance(found, WordsTab)
    return found


def test_a_link_leads_to_the_account_and_shows_the_programs_words(tab: WordsTab) -> None:
    assert tab.heading.text().startswith("513")
    assert tab.words.text() == "Office and pay of officers"
    assert not tab.back.isEnabled()
    assert not tab.review.isVisible()
    assert not tab.empty.isVisible()


def test_own_words_are_kept_read_by_supervision_and_taken_back(tab: WordsTab) -> None:
    book = tab.page.book
    tab.words.setText(PENS)
    tab.save.click()
    assert tab.words.text() == PENS
    assert PENS in tab.unread.text()
    tab.reader.set_value(person(book, "张海涛"))
    tab.read.click()
    assert not tab.review.isVisible()
    assert "张海涛" in tab.state.text()
    tab.back.click()
    assert tab.words.text() == "Office and pay of officers"


def test_empty_words_are_refused_and_what_was_typed_stays(tab: WordsTab) -> None:
    tab.words.setText("其他")
    tab.save.click()
    assert tab.page.findings.isVisible()
    assert tab.words.text() == "其他"
    assert plain_words.unread(tab.page.book) == ()


def test_pointing_at_another_row_shows_its_words(tab: WordsTab) -> None:
    tab.open_entry("112:in")
    assert "112" in tab.heading.text()
    assert plain_words.way_title(Way.IN) in tab.heading.text()
    tab.search.setText("Support from the government")
    assert tab.table.values().rowCount() == 1
    tab.table.selectRow(0)
    assert tab.heading.text().startswith("503")


def test_an_entry_that_says_too_little_is_told_here(tab: WordsTab) -> None:
    book, by = tab.page.book, tab.page.session.by()
    entry = Entry(
        "其他支出",
        (VoucherLine("515", 1_000, 0, "其他支出"), VoucherLine("102", 0, 1_000, "其他支出", place="EX")),
    )
    with book.writing(by.actor, by.at) as writing:
        post_entries(writing, [entry], by.day)
    tab.refresh()
    assert tab.empty.isVisible()
    tab.told.setText("赔村民李大爷的菜地钱")
    tab.say.click()
    assert [s.said for s in plain_words.silent(book, by.day)] == ["赔村民李大爷的菜地钱"]
    assert tab.told.text() == "赔村民李大爷的菜地钱"
