"""The page of vouchers, saved entries at the doors, and the keys of the grid."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.reports.reading import page_sizes_mm
from tests.ui.conftest import dress
from tests.ui.samples import blank_payment, by, take_money
from tests.ui.test_entry import focus, type_line
from villagebook.domain.demand import Demand
from villagebook.domain.link import Link, LinkKind, LinkTarget
from villagebook.domain.voucher_query import VoucherQuery
from villagebook.services import files
from villagebook.services.book_file import books
from villagebook.services.by import today
from villagebook.services.vouchers import documents, templates, voucher_search
from villagebook.ui.main_window import MainWindow
from villagebook.ui.page import Page
from villagebook.ui.pages.entering.adjustment import AdjustmentPage
from villagebook.ui.pages.entering.payment import PaymentPage
from villagebook.ui.pages.entering.receipt import ReceiptPage
from villagebook.ui.pages.reading.books import BooksPage
from villagebook.ui.pages.voucher_list.vouchers import VouchersPage
from villagebook.ui.viewer import Viewer
from villagebook.ui.widgets.calculator import Calculator

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, book: books.Book) -> VouchersPage:
    """Three receipts: 1,200.00, 80.00 and 90.00."""
    take_money(book, today(), 8_000, "0002")
    take_money(book, today(), 9_000, "0003")
    qtbot.keyClick(window, Qt.Key.Key_J, CTRL)
    found = window.page()
    assert isinstance(found, VouchersPage)
    return found


@pytest.fixture
def grid(window: MainWindow) -> AdjustmentPage:
    window.go("page:adjustment")
    found = window.page()
    assert isinstance(found, AdjustmentPage)
    return found


def in_front(page: VouchersPage) -> Page:
    """The page the window shows now."""
    window = page.window()
    assert isinstance(window, MainWindow)
    return window.page()


def shows(page: VouchersPage, wanted: str) -> bool:
    return label(page) == wanted


def label(page: VouchersPage) -> str:
    view = page.voucher._view
    return view.voucher.label if view else ""


# ---- the page ----


def test_the_newest_voucher_is_in_front_and_keys_walk_through_the_result(
    qtbot: QtBot, page: VouchersPage
) -> None:
    assert label(page) == "收-0003"
    for key, wanted in (
        (Qt.Key.Key_PageDown, "收-0002"),
        (Qt.Key.Key_End, "收-0001"),
        (Qt.Key.Key_PageDown, "收-0001"),
        (Qt.Key.Key_PageUp, "收-0002"),
        (Qt.Key.Key_Home, "收-0003"),
    ):
        qtbot.keyClick(focus(), key, ALT)
        qtbot.waitUntil(partial(shows, page, wanted))
    assert page.where.text() == "1 / 3"


def test_who_follows_a_link_to_a_voucher_stands_at_its_place_in_the_list(
    window: MainWindow, page: VouchersPage
) -> None:
    ident = page.table.values().target(1).partition(":")[2]
    window.go(f"voucher:{ident}")
    assert (label(page), page.where.text()) == ("收-0002", "2 / 3")
    assert all(button.isEnabled() for button in page.walk_buttons)


def test_typing_an_exact_amount_finds_its_voucher_and_show_all_brings_everything_back(
    qtbot: QtBot, page: VouchersPage
) -> None:
    qtbot.keyClick(focus(), Qt.Key.Key_F, CTRL)
    qtbot.keyClicks(focus(), "80.00")
    qtbot.waitUntil(lambda: page.table.values().rowCount() == 1)
    qtbot.waitUntil(lambda: label(page) == "收-0002")
    qtbot.keyClicks(page.filters.text, "7")
    qtbot.waitUntil(lambda: page.table.values().rowCount() == 0)
    assert not page.voucher.isVisible()
    page.filters.reset.click()
    assert page.table.values().rowCount() == 3
    assert page.filters.query() == type(page.filters.query())()


def test_vouchers_are_narrowed_to_who_entered_them(qtbot: QtBot, page: VouchersPage) -> None:
    page.filters.more.setChecked(True)
    names = {page.filters.maker.itemData(n) for n in range(page.filters.maker.count())}
    assert names == {"", "周敏"}
    page.filters.maker.set_value("周敏")
    assert page.filters.query().entered_by == "周敏"
    page.filters.reset.click()
    assert page.filters.query() == type(page.filters.query())()


def test_up_and_down_on_the_face_show_what_each_account_holds(qtbot: QtBot, page: VouchersPage) -> None:
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert focus() is page.voucher.face
    first = page.voucher.account.words.text()
    assert "101" in first
    assert "1,370.00" in first
    qtbot.keyClick(focus(), Qt.Key.Key_Down)
    assert "501" in page.voucher.account.words.text()
    page.voucher.account.go.click()
    shown = in_front(page)
    assert isinstance(shown, BooksPage)
    assert (shown.which.value(), shown.account.code()) == ("detail-ledger", "501")


def test_once_more_opens_a_draft_at_the_door_it_came_from(qtbot: QtBot, page: VouchersPage) -> None:
    qtbot.keyClick(focus(), Qt.Key.Key_D, CTRL)
    shown = in_front(page)
    assert isinstance(shown, ReceiptPage)
    assert shown.collect().total_fen == 9_000
    assert shown.collect().receipt_no == ""
    assert [d.total_fen for d in documents.drafts(page.book)] == [9_000]


def test_a_red_voucher_and_its_correction_lead_to_each_other(qtbot: QtBot, page: VouchersPage) -> None:
    wrong = page.voucher.voucher_id()
    qtbot.keyClick(focus(), Qt.Key.Key_H, CTRL)  # where others unpost
    assert focus() is page.voucher.reason
    page.voucher.reason.setText("收据金额写错")
    page.voucher.acts._reverse()
    assert page.findings.findings() == ()
    assert not page.voucher.reverse_box.isVisible()
    links = page.voucher._relations.findChildren(type(page.voucher.acts.print_button))
    links[0].click()
    assert label(page) == "收-0004"
    assert not page.voucher.acts.copy_button.isVisible()
    page.open_target("voucher", wrong)
    page.voucher.acts.correct_button.click()
    shown = in_front(page)
    assert isinstance(shown, ReceiptPage)
    assert shown.collect().corrects == wrong
    assert "收-0003" in shown.beside._correcting.text()


def test_print_shows_the_voucher_and_the_month_with_covers(qtbot: QtBot, page: VouchersPage) -> None:
    for act, pages in ((page.print_one, 1), (page.print_found, 3), (page.print_month, 4)):
        act()
        qtbot.waitUntil(lambda: not page.session.lane.busy and bool(page.findChildren(Viewer)))
        viewer = page.findChildren(Viewer)[-1]
        assert viewer.view._pages == pages
        viewer.close()
        viewer.deleteLater()
        QApplication.processEvents()
        qtbot.waitUntil(lambda: not page.findChildren(Viewer))


def test_a_voucher_that_the_search_does_not_hold_is_shown_all_the_same(page: VouchersPage) -> None:
    found = voucher_search.search(page.book, VoucherQuery())
    (_at, (_cells, target)) = voucher_search.page(page.book, found, None, 9)[-1]
    page.filters.text.setText("80.00")
    page.search()
    page.open_target("voucher", target.removeprefix("voucher:"))
    assert label(page) == "收-0001"


def shown(page: VouchersPage, column: int) -> list[str]:
    """A column of the list, top to bottom."""
    model = page.table.values()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def test_the_list_sorts_by_its_headings_and_shows_what_comes_first(qtbot: QtBot, page: VouchersPage) -> None:
    page.table.sortByColumn(3, Qt.SortOrder.AscendingOrder)
    assert [index.row() for index in page.table.selectionModel().selectedRows()] == [0]
    assert shown(page, 3) == ["80.00", "90.00", "1,200.00"]
    qtbot.waitUntil(lambda: (label(page), page.where.text()) == ("收-0002", "1 / 3"))
    page.search()  # another voucher was posted: the order stays
    assert shown(page, 3) == ["80.00", "90.00", "1,200.00"]
    page.table.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    assert shown(page, 3) == ["1,200.00", "90.00", "80.00"]
    page.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert [text.partition(" ")[0] for text in shown(page, 1)] == ["收-0003", "收-0002", "收-0001"]


def test_marked_rows_go_to_a_spreadsheet(qtbot: QtBot, page: VouchersPage) -> None:
    page.table.selectAll()
    qtbot.keyClick(page.table, Qt.Key.Key_C, CTRL)
    lines = QApplication.clipboard().text().splitlines()
    assert len(lines) == 4
    assert [line.split("\t")[3] for line in lines[1:]] == ["90.00", "80.00", "1200.00"]


def test_what_was_found_is_saved_as_a_file(
    qtbot: QtBot, page: VouchersPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved: list[bytes] = []
    monkeypatch.setattr("villagebook.ui.saving.save_bytes", lambda _page, data, _name: saved.append(data))
    page.filters.text.setText("80.00")
    page.search()
    page._export("csv")
    qtbot.waitUntil(lambda: bool(saved))
    rows = saved[0].decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert "80.00" in rows[1]


@pytest.mark.parametrize("paper", range(3))
def test_the_panel_prints_on_each_paper(qtbot: QtBot, page: VouchersPage, paper: int) -> None:
    menu = page.voucher.acts.print_button.menu()
    assert menu is not None
    menu.actions()[paper].trigger()
    qtbot.waitUntil(lambda: bool(page.findChildren(Viewer)))
    (viewer,) = page.findChildren(Viewer)
    ((width, height),) = page_sizes_mm(viewer._data)
    assert (round(width), round(height)) == ((210, 148), (210, 297), (210, 149))[paper]
    viewer.close()


# ---- saved entries ----


def test_a_saved_entry_is_kept_recalled_with_f4_renamed_and_removed(qtbot: QtBot, window: MainWindow) -> None:
    window.go("page:payment")
    page = window.page()
    assert isinstance(page, PaymentPage)
    page._show(blank_payment(page.book, today()))
    qtbot.keyClick(focus(), Qt.Key.Key_F4)
    box = page.template_box
    box.name.setText("办公用纸")
    box.amounts.setChecked(True)
    box.save_button.click()
    assert box.findings.findings() == ()
    box.name.setText("办公用纸")
    box.save_button.click()
    assert [f.id for f in box.findings.findings()] == ["VCH-22"]
    box.name.setText("打印纸")
    box.rename_button.click()
    box.close()
    page.begin(keep=False)
    qtbot.keyClick(focus(), Qt.Key.Key_F4)
    assert page.template_box.list.count() == 1
    qtbot.keyClick(page.template_box.list, Qt.Key.Key_Return)
    assert (page.collect().summary, page.collect().total_fen, page.collect().support_no) == (
        "付办公用纸款",
        4680,
        "",
    )
    page.show_templates()
    page.template_box.remove_button.click()
    assert len(templates.templates(page.book)) == 1
    page.template_box.remove_button.click()
    assert templates.templates(page.book) == ()


def test_saved_entries_of_another_door_are_not_offered(window: MainWindow, book: books.Book) -> None:
    templates.save(book, blank_payment(book, today()), "办公用纸", by())
    window.go("page:receipt")
    page = window.page()
    assert isinstance(page, ReceiptPage)
    page.show_templates()
    assert page.template_box.list.count() == 0


# ---- the grid ----


def test_enter_runs_through_the_cells_and_a_line_is_always_waiting(
    qtbot: QtBot, grid: AdjustmentPage
) -> None:
    rows = grid.grid.rows()
    rows[0].summary.setFocus()
    for words in ("计提折旧", "513", "300", ""):
        type_line(qtbot, words)
    assert focus() is rows[1].summary
    rows[2].summary.setFocus()
    for words in ("第三行", "513", "", "5"):
        type_line(qtbot, words)
    assert len(grid.grid.rows()) == 4
    assert focus() is grid.grid.rows()[3].summary


def test_insert_puts_a_line_in_and_nothing_typed_is_lost(qtbot: QtBot, grid: AdjustmentPage) -> None:
    rows = grid.grid.rows()
    rows[0].account.set_code("513")
    rows[0].debit.setText("30x")  # cannot be read, stays all the same
    rows[1].account.set_code("152")
    rows[1].credit.setText("300")
    rows[0].debit.setFocus()
    qtbot.keyClick(focus(), Qt.Key.Key_Insert)
    now = grid.grid.rows()
    assert [r.account.code() for r in now[:3]] == ["", "513", "152"]
    assert (now[1].debit.text(), now[2].credit.fen()) == ("30x", 30_000)
    assert focus() is now[0].summary
    qtbot.keyClick(focus(), Qt.Key.Key_Delete, CTRL)
    assert [r.account.code() for r in grid.grid.rows()[:2]] == ["513", "152"]


def test_keys_of_both_houses_balance_and_the_total_stands_in_capitals(
    qtbot: QtBot, grid: AdjustmentPage
) -> None:
    first, second = grid.grid.rows()[:2]
    first.account.set_code("513")
    first.debit.setText("300")
    assert grid.grid.total.capitals.text().strip() == ""
    second.account.set_code("152")
    second.credit.setFocus()
    qtbot.keyClick(second.credit, Qt.Key.Key_F7, CTRL)
    assert second.credit.fen() == 30_000
    assert "叁佰元整" in grid.grid.total.capitals.text()
    assert [w.text() for w in grid.grid.total.sums] == ["300.00", "300.00"]
    qtbot.keyClick(second.credit, Qt.Key.Key_Delete)
    second.credit.clear()
    qtbot.keyClicks(second.credit, "12-")
    assert second.credit.fen() == -1200


def test_a_red_amount_is_red_while_it_is_typed_and_keeps_its_sign_in_the_total(grid: AdjustmentPage) -> None:
    first = grid.grid.rows()[0]
    first.account.set_code("513")
    first.debit.setText("300-")
    assert first.debit.property("minus") is True
    assert grid.grid.total.sums[0].text() == "-300.00"
    first.debit.setText("300")
    assert first.debit.property("minus") is False


@pytest.mark.parametrize("key", [Qt.Key.Key_F9, Qt.Key.Key_F11])
def test_the_calculator_writes_back_into_the_cell(
    qtbot: QtBot, grid: AdjustmentPage, window: MainWindow, key: Qt.Key
) -> None:
    cell = grid.grid.rows()[0].debit
    cell.setFocus()
    qtbot.keyClick(cell, key)
    assert not window.isFullScreen()
    (box,) = cell.findChildren(Calculator)
    box.sum.setText("12*35+8")
    assert "428.00" in box.result.text()
    qtbot.keyClick(box.sum, Qt.Key.Key_Return)
    assert cell.fen() == 42_800
    qtbot.keyClick(cell, key)
    other = next(b for b in cell.findChildren(Calculator) if b.isVisible())
    other.sum.setText("12*")
    qtbot.keyClick(other.sum, Qt.Key.Key_Return)  # no amount yet: it stays open
    assert other.isVisible()
    qtbot.keyClick(other, Qt.Key.Key_Escape)
    assert cell.fen() == 42_800


def test_f7_looks_up_summaries_that_were_used_before(qtbot: QtBot, grid: AdjustmentPage) -> None:
    cell = grid.grid.rows()[0].summary
    cell.setFocus()
    qtbot.keyClick(cell, Qt.Key.Key_F7)
    completer = cell.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    assert popup.isVisible()
    assert completer.completionModel().index(0, 0).data() == "收鱼塘承包款"


def test_lines_say_what_they_belong_to_when_there_is_something_to_choose(grid: AdjustmentPage) -> None:
    first = grid.grid.rows()[0]
    assert not first.links.isVisible()
    grid.grid.set_targets((LinkTarget(LinkKind.PROJECT, "P01", "水渠维修"),))
    assert first.links.isVisible()
    first.account.set_code("513")
    first.debit.setText("300")
    first.links.add(Link(LinkKind.PROJECT, "P01"))
    assert grid.collect().lines[0].links == (Link(LinkKind.PROJECT, "P01"),)


def test_the_grid_names_what_an_account_asks_its_lines_to_belong_to(grid: AdjustmentPage) -> None:
    first = grid.grid.rows()[0]
    grid.grid.set_demands({"112": Demand((LinkKind.OUTSIDER,))})
    first.account.set_code("513")
    assert not first.links.isVisible()
    first.account.set_code("112")
    assert first.links.isVisible(), "also while the register is empty: the rule would refuse"
    assert "Outside party" in first.links.placeholderText()
    first.account.set_code("513")
    assert not first.links.isVisible()


def test_flipping_loses_nothing_that_cannot_be_read_yet(qtbot: QtBot, grid: AdjustmentPage) -> None:
    first = grid.grid.rows()[0]
    first.debit.setFocus()
    qtbot.keyClicks(first.debit, "12*")
    qtbot.keyClick(first.debit, Qt.Key.Key_Space)
    assert (first.debit.text(), first.credit.text()) == ("", "12*")


def test_keys_for_review_and_unposting_lead_to_the_traced_way(
    qtbot: QtBot, grid: AdjustmentPage, window: MainWindow
) -> None:
    said: list[str] = []
    window.session.said.connect(said.append)
    grid.summary.setFocus()
    qtbot.keyClick(grid.summary, Qt.Key.Key_H, CTRL)
    assert window.code() == "vouchers"
    assert "Nothing is unposted" in said[-1]
    qtbot.keyClick(focus(), Qt.Key.Key_F3)
    assert window.code() == "sign"
    window.go("page:vouchers")
    qtbot.keyClick(focus(), Qt.Key.Key_F12, CTRL)
    assert window.code() == "close"


def test_the_live_voucher_counts_the_scans_as_papers(window: MainWindow, book: books.Book) -> None:
    window.go("page:payment")
    page = window.page()
    assert isinstance(page, PaymentPage)
    scan = files.store_file(book, b"%PDF-1.4 an invoice", "a.pdf")
    page._show(replace(blank_payment(book, today()), paper_count=0, attachments=(scan,)))
    assert page.beside.face._face.paper_count == 1
    assert page.beside.face._face.total_fen == 4680


def test_the_face_speaks_chinese_and_draws_digit_columns(
    qtbot: QtBot, page: VouchersPage, tmp_path: Path
) -> None:
    dress("zh_CN")
    page.voucher.show_again()
    assert "收字第 0003 号" in page.voucher.face.spoken()
    assert page.voucher.face._columns(page.voucher.face.width())[3]
    assert page.voucher.face.grab().save(str(tmp_path / "face.png"))


def test_a_verb_that_hides_its_own_button_leaves_the_cursor_on_the_page(
    qtbot: QtBot, page: VouchersPage
) -> None:
    act = next(b for b in page.voucher.reverse_box.findChildren(QPushButton) if b.isVisible())
    page.voucher.reason.setText("收据金额写错")
    act.setFocus()
    qtbot.keyClick(act, Qt.Key.Key_Space)
    assert not act.isVisible()
    qtbot.waitUntil(lambda: page.isAncestorOf(focus()), timeout=1000)
