"""Numbers used elsewhere in the window: a list is looked at, told whose it is, taken in; what is booked twice leads to its voucher."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests import invoices as paper
from tests import used_lists as lists
from tests.builders import DAY, make_village, move, sign_everything, submit
from tests.ui.conftest import dress
from tests.ui.cut import cut_texts
from villagebook.services.invoicing import invoice_elsewhere
from villagebook.ui.main_window import MainWindow
from villagebook.ui.pages.registering.invoices_tab import InvoicesTab
from villagebook.ui.pages.registering.registers import RegistersPage
from villagebook.ui.pages.registering.used_lists_box import UsedListDialog
from villagebook.ui.pages.voucher_list.vouchers import VouchersPage
from villagebook.ui.preferences import Preferences
from villagebook.ui.session import Session
from villagebook.ui.tasks import Lane

STRANGE = "9" * 20


def tab(window: MainWindow, target: str = "register:invoices") -> InvoicesTab:
    window.go(target)
    page = window.page()
    assert isinstance(page, RegistersPage)
    shown = page.tab()
    assert isinstance(shown, InvoicesTab)
    return shown


def look_at(qtbot: QtBot, shown: InvoicesTab, path: Path) -> UsedListDialog:
    shown.used.look_at(path)
    qtbot.waitUntil(lambda: bool(shown.page.findChildren(UsedListDialog)), timeout=10_000)
    return shown.page.findChildren(UsedListDialog)[-1]


@pytest.fixture
def booked(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """A village that has paid on an invoice, and its window."""
    village = make_village(tmp_path)
    move(village, "IN", "EX", 100_000)
    document = paper.paid_on(village, paper.xml())
    submit(village, document)
    sign_everything(village, document.id, DAY)
    made = MainWindow(Session(village.book, Preferences(language="en"), Lane()))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    village.book.close()


def test_a_signed_list_asks_for_the_fingerprint_and_its_hits_lead_to_the_voucher(
    qtbot: QtBot, booked: MainWindow, tmp_path: Path
) -> None:
    dress("en")
    shown = tab(booked)
    assert shown.used.table.isHidden()
    path = lists.signed(tmp_path, DAY, lists.entry(paper.NUMBER), lists.entry(STRANGE))
    dialog = look_at(qtbot, shown, path)
    assert cut_texts(dialog) == []
    dialog.main.click()
    assert "Telephone the township" in dialog.trouble.text()
    dialog.fingerprint.setText(lists.MARK)
    dialog.main.click()
    (found,) = shown.page.findings.findings()
    assert (found.id, found.target.startswith("voucher:")) == ("INV-33", True)
    (one,) = invoice_elsewhere.lists(shown.page.book)
    shown = tab(booked, f"register:invoices/list-{one.seq}")
    assert shown.used.table.target() == f"register:invoices/list-{one.seq}"
    assert shown.table.values().rowCount() == 1
    assert "邻村 2025-01-03 付-0007" in shown.fate.text()
    assert shown.caption.text().startswith("1 was used elsewhere")
    shown.voucher.click()
    assert isinstance(booked.page(), VouchersPage)


def test_a_table_is_taken_in_only_when_it_is_said_whose_it_is(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    dress("zh_CN")
    shown = tab(window)
    dialog = look_at(qtbot, shown, lists.table(tmp_path, lists.row(STRANGE)))
    dialog.main.click()
    assert dialog.trouble.text().count("名单不能取入") == 2
    assert cut_texts(dialog) == []
    dialog.issuer.setText(lists.TOWNSHIP)
    dialog.told_by.setText("周镇财")
    dialog.main.click()
    (one,) = invoice_elsewhere.lists(shown.page.book)
    assert (one.signed, one.told_by, one.entries) == (False, "周镇财", 1)
    assert not shown.used.table.isHidden()
    qtbot.wait(50)
    assert cut_texts(shown) == []


def test_a_bad_list_is_told_on_the_page_and_opens_nothing(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    dress("en")
    shown = tab(window)
    shown.used.look_at(lists.table(tmp_path, lists.row("12345678"), lists.row("")))
    qtbot.waitUntil(lambda: len(shown.page.findings.findings()) == 2, timeout=10_000)
    assert shown.page.findChildren(UsedListDialog) == []
