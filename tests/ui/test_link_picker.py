"""Saying what a line belongs to, with the keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from villagebook.domain.account import Chart
from villagebook.domain.document import Item
from villagebook.domain.link import Link, LinkKind, LinkTarget
from villagebook.services.book_file import books
from villagebook.ui.widgets.items_editor import ItemsEditor
from villagebook.ui.widgets.link_picker import LinkPicker, rank_targets
from villagebook.ui.widgets.voucher_grid import VoucherGrid

HE = LinkTarget(LinkKind.HOUSEHOLD, "01-001", "何老四")
WANG = LinkTarget(LinkKind.HOUSEHOLD, "02-001", "王建国")
GONE = LinkTarget(LinkKind.HOUSEHOLD, "02-002", "何老五", in_use=False)
SHOP = LinkTarget(LinkKind.OUTSIDER, "W01", "县农机公司")
TARGETS = (HE, WANG, GONE, SHOP)


@pytest.fixture
def picker(qtbot: QtBot) -> LinkPicker:
    made = LinkPicker(TARGETS)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("words", "first"), [("hls", HE), ("01-0", HE), ("老四", HE), ("w01", SHOP), ("nj", SHOP), ("wjg", WANG)]
)
def test_entries_are_found_by_code_name_and_initials(words: str, first: LinkTarget) -> None:
    assert rank_targets(TARGETS, words)[0] == first


def test_what_is_out_of_use_is_not_offered() -> None:
    assert GONE not in rank_targets(TARGETS, "")
    assert rank_targets(TARGETS, "何老五") == []


def test_kinds_the_account_asks_for_come_first() -> None:
    assert rank_targets(TARGETS, "", first=(LinkKind.OUTSIDER,))[0] == SHOP


def test_typing_and_enter_choose_one_entry_of_each_kind(qtbot: QtBot, picker: LinkPicker) -> None:
    for words in ("hls", "nj"):
        qtbot.keyClicks(picker, words)
        qtbot.keyClick(picker, Qt.Key.Key_Return)
    assert picker.links() == (HE.link, SHOP.link)
    assert picker.text() == ""
    qtbot.keyClicks(picker, "wjg")
    qtbot.keyClick(picker, Qt.Key.Key_Return)
    assert picker.links() == (WANG.link, SHOP.link)
    assert "王建国" in picker.accessibleDescription()


@pytest.mark.parametrize("key", [Qt.Key.Key_F7, Qt.Key.Key_F2, Qt.Key.Key_Down])
def test_the_list_opens_without_a_letter(qtbot: QtBot, picker: LinkPicker, key: Qt.Key) -> None:
    qtbot.keyClick(picker, key)
    qtbot.keyClick(picker, Qt.Key.Key_Return)
    assert len(picker.links()) == 1


def test_delete_takes_out_the_last_chip_but_first_the_letters(qtbot: QtBot, picker: LinkPicker) -> None:
    picker.set_links((HE.link, SHOP.link))
    qtbot.keyClicks(picker, "w")
    qtbot.keyClick(picker, Qt.Key.Key_Backspace)
    assert picker.links() == (HE.link, SHOP.link)
    with qtbot.waitSignal(picker.changed):
        qtbot.keyClick(picker, Qt.Key.Key_Delete)
    assert picker.links() == (HE.link,)


def test_a_click_on_a_chip_takes_it_out(qtbot: QtBot, picker: LinkPicker) -> None:
    picker.resize(400, picker.height())
    picker.set_links((HE.link, SHOP.link))
    box, _words = picker._chips[0]
    qtbot.mouseClick(picker, Qt.MouseButton.LeftButton, pos=box.center())
    assert picker.links() == (SHOP.link,)


def test_letters_that_name_nothing_stay_and_are_told(qtbot: QtBot, picker: LinkPicker) -> None:
    qtbot.keyClicks(picker, "zzz")
    picker.clearFocus()
    assert picker.text() == "zzz"
    assert "zzz" in picker.problem


def test_an_old_line_keeps_what_is_gone_or_unknown(picker: LinkPicker) -> None:
    unknown = Link(LinkKind.ASSET, "A9")
    picker.set_links((GONE.link, unknown))
    assert set(picker.links()) == {GONE.link, unknown}
    assert "何老五" in picker.words()
    assert "A9" in picker.words()


def test_however_narrow_no_chip_leaves_the_field(picker: LinkPicker) -> None:
    picker.set_links((HE.link, SHOP.link))
    for width in (200, 260, 600):
        picker.resize(width, 30)
        assert picker._chips[-1][0].right() <= width


@pytest.fixture
def chart(book: books.Book) -> Chart:
    return books.chart(book)


def test_items_say_what_they_belong_to(qtbot: QtBot, chart: Chart) -> None:
    editor = ItemsEditor(chart, dict, lambda _account: True)
    qtbot.addWidget(editor)
    editor.show()
    item = Item("501", 500, "", links=(HE.link,))
    editor.set_targets(TARGETS)
    editor.set_items((item, Item("502", 100, "")))
    assert editor.items()[0] == item
    assert editor.items()[1].links == ()
    assert editor.first().links.isVisible()
    with qtbot.waitSignal(editor.changed):
        editor.first().links.drop(HE.link)


def test_while_the_registers_are_empty_nothing_is_asked(qtbot: QtBot, chart: Chart) -> None:
    editor = ItemsEditor(chart, dict, lambda _account: True)
    qtbot.addWidget(editor)
    editor.show()
    assert not editor.first().links.isVisible()


def test_a_line_that_belongs_to_somebody_is_with_them_and_the_others_with_the_party_of_the_document(
    qtbot: QtBot,
) -> None:
    grid = VoucherGrid(Chart(()), dict, lambda _account: True)
    qtbot.addWidget(grid)
    grid.set_targets(TARGETS)
    rows = grid.rows()
    for row, links in ((rows[0], (HE.link,)), (rows[1], (SHOP.link,)), (rows[2], ())):
        row.links.set_links(links)
        row.debit.set_fen(100)
    assert [line.party for line in grid.lines("电力公司")] == ["何老四", "县农机公司", "电力公司"]
