"""The registers of people as somebody uses them at the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from villagebook.domain.carrying import Entry
from villagebook.domain.roster import HEAD
from villagebook.domain.voucher import VoucherLine
from villagebook.services import links
from villagebook.services.handing_over import sharing
from villagebook.services.registers import roster
from villagebook.services.vouchers.posting import post_entries
from villagebook.ui.main_window import MainWindow
from villagebook.ui.pages.entering.payment import PaymentPage
from villagebook.ui.pages.registering.households_tab import WHOLE, HouseholdsTab
from villagebook.ui.pages.registering.outsiders_tab import OutsidersTab
from villagebook.ui.pages.registering.registers import RegistersPage


@pytest.fixture
def page(window: MainWindow) -> RegistersPage:
    window.go("register:households/")
    found = window.page()
    assert isinstance(found, RegistersPage)
    return found


@pytest.fixture
def households(page: RegistersPage) -> HouseholdsTab:
    tab = page.tab()
    assert isinstance(tab, HouseholdsTab)
    return tab


def enter(qtbot: QtBot, tab: HouseholdsTab, group: str, head: str) -> None:
    tab.group.setText(group)
    tab.head.setFocus()
    tab.head.setText(head)
    qtbot.keyClick(tab.head, Qt.Key.Key_Tab)
    tab.save.click()


def test_a_household_is_entered_with_its_head_as_first_member(
    qtbot: QtBot, households: HouseholdsTab
) -> None:
    enter(qtbot, households, "3", "何老四")
    found = roster.households(households.page.book)
    assert [(h.code, h.head, h.members[0].relation) for h in found] == [("03-001", "何老四", HEAD)]
    assert households.table.values().rowCount() == 1
    assert households.code.text() == "03-002"


def test_what_is_wrong_stands_on_the_page_and_nothing_typed_is_lost(
    qtbot: QtBot, households: HouseholdsTab
) -> None:
    enter(qtbot, households, "", "何老四")
    assert households.page.findings.isVisible()
    assert households.head.text() == "何老四"
    assert roster.households(households.page.book) == ()


def test_a_member_and_then_the_household_leaves(qtbot: QtBot, households: HouseholdsTab) -> None:
    enter(qtbot, households, "3", "何老四")
    households.open_entry("03-001")
    households.leaver.set_value(WHOLE)
    households.why.setText("全家迁出")
    households.leave.click()
    assert not roster.households(households.page.book)[0].in_use
    assert households.table.values().rowCount() == 0
    households.ended.setChecked(True)
    assert households.table.values().rowCount() == 1
    assert not households.save.isEnabled()


def test_a_group_is_paid_what_the_ledger_owes_it_by_one_list(
    qtbot: QtBot, window: MainWindow, households: HouseholdsTab
) -> None:
    enter(qtbot, households, "3", "何老四")
    enter(qtbot, households, "3", "刘大海")
    households.paid_group.setText("3")
    households.pay.click()
    assert households.page.findings.isVisible(), "nothing is owed yet"
    book, by = households.page.book, households.page.session.by()
    shares = sharing.household_shares(book, by.day.year - 1, 10_000, sharing.Measure.HOUSEHOLD)
    owed = (VoucherLine("113", 0, s.amount_fen, "分配", "", s.party, "", s.links) for s in shares)
    with book.writing(by.actor, by.at) as writing:
        post_entries(writing, [Entry("分配", (VoucherLine("322", 10_000, 0, "分配"), *owed))], by.day)
    households.pay.click()
    payment = window.page()
    assert isinstance(payment, PaymentPage)
    items = payment.items.items()
    assert [(i.party, i.amount_fen) for i in items] == [("何老四", 5_000), ("刘大海", 5_000)]


def test_the_list_is_searched_by_pinyin_initials(qtbot: QtBot, households: HouseholdsTab) -> None:
    enter(qtbot, households, "3", "何老四")
    enter(qtbot, households, "3", "王建国")
    households.search.setText("wjg")
    assert households.table.values().rowCount() == 1


def test_a_roster_is_tried_and_taken_in(qtbot: QtBot, households: HouseholdsTab, tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("组,户主,姓名,关系\n1,何老四,何老四,户主\n", encoding="utf-8-sig")
    households.file.line.setText(str(path))
    households._import(dry_run=True)
    households._import(dry_run=False)
    qtbot.waitUntil(lambda: len(roster.households(households.page.book)) == 1, timeout=5000)


def test_an_outside_party_is_entered_changed_and_ended(qtbot: QtBot, page: RegistersPage) -> None:
    page.open_target("register", "outsiders/")
    tab = page.tab()
    assert isinstance(tab, OutsidersTab)
    tab.name.setText("县农机公司")
    tab.account_no.setText("6222021611001234567")
    tab.save.click()
    assert "4567" in str(tab.listed().rows[0])
    assert "6222" not in str(tab.listed().rows[0])
    tab.unmasked.setChecked(True)
    assert "6222" in str(tab.listed().rows[0])
    tab.open_entry("W001")
    tab.contact.setText("刘经理")
    tab.save.click()
    tab.why.setText("不再往来")
    tab.ends.click()
    assert [t.in_use for t in links.choices(page.book)] == [False]
    assert tab.code.text() == "W002"
