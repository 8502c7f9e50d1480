"""The second person's check in the window: from the home page to the list, one voucher, several at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel
from pytestqt.qtbot import QtBot

from tests import builders as b
from villagebook.domain.voucher_query import Fate
from villagebook.services import home
from villagebook.services.vouchers import voucher_checks, voucher_sheets
from villagebook.ui.main_window import MainWindow
from villagebook.ui.pages.voucher_list.vouchers import VouchersPage
from villagebook.ui.preferences import Preferences
from villagebook.ui.session import Session
from villagebook.ui.tasks import Lane

ROW = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


@pytest.fixture
def village(tmp_path: Path) -> Iterator[b.Village]:
    """Four receipts the clerk entered, all of them to be checked."""
    made = b.make_village(tmp_path, policy={"checked_kinds": ["receipt"]})
    for fen in (9_000, 9_100, 9_200, 9_300):
        b.receive(made, fen)
    yield made
    made.book.close()


@pytest.fixture
def page(qtbot: QtBot, village: b.Village) -> VouchersPage:
    """Where the sentence of the home page leads."""
    window = MainWindow(Session(village.book, Preferences(language="en"), Lane()))
    qtbot.addWidget(window)
    window.show()
    (told,) = [t for t in home.home(village.book, b.DAY).todos if t.id == "VCH-23"]
    window.go(told.target)
    found = window.page()
    assert isinstance(found, VouchersPage)
    return found


def test_the_list_shows_what_waits_and_the_one_in_front_is_checked(
    village: b.Village, page: VouchersPage
) -> None:
    assert page.filters.query().fate is Fate.UNCHECKED
    assert page.caption.text() == "Found: 4"
    form, first = page.voucher.check, page.voucher.voucher_id()
    assert form.isVisible()
    names = [form.person.itemText(n) for n in range(form.person.count())]
    assert "周敏" in names
    assert not {"孙丽", "吴强"} & set(names)  # who entered them, and the cashier
    form.one.click()
    assert [f.text for f in page.findings.findings()] == ["Choose who has checked."]
    form.person.set_value(village.ids["accountant"])
    form.one.click()
    assert page.caption.text() == "Found: 3"
    assert page.voucher.voucher_id() != first  # the next one is in front, by the same person
    assert form.person.value() == village.ids["accountant"]
    page.filters.clear()
    page.open_target("voucher", first)
    assert not form.isVisible()
    shown = voucher_sheets.sheet(village.book, first)
    assert shown is not None
    assert ("Checked", "周敏") in shown.footer


def test_marked_vouchers_are_checked_at_once(village: b.Village, page: VouchersPage) -> None:
    form, table = page.voucher.check, page.table
    assert not form.many.isVisible()
    for row in range(3):
        table.selectionModel().select(table.values().index(row, 0), ROW)
    assert form.many.text() == "The 3 mar&ked ones agree with their papers"
    left = table.values().target(3).partition(":")[2]
    form.person.set_value(village.ids["director"])
    form.many.click()
    assert page.caption.text() == "Found: 1"
    assert page.voucher.voucher_id() == left
    assert voucher_checks.waits(village.book, left)
