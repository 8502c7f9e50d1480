"""Naming the other party: by pinyin from the registers, and still anything else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.builders import at
from villagebook.domain.demand import Demand
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.roster import Household, Member, Outsider
from villagebook.services.book_file import books
from villagebook.services.by import today
from villagebook.services.disclosure import demands
from villagebook.services.registers import roster
from villagebook.ui.main_window import MainWindow
from villagebook.ui.pages.entering.receipt import ReceiptPage
from villagebook.ui.widgets.party_line import PartyLine

HE = Link(LinkKind.HOUSEHOLD, "01-001")
SHOP = Link(LinkKind.OUTSIDER, "W001")


@pytest.fixture
def page(window: MainWindow, book: books.Book) -> ReceiptPage:
    head = Member("何老四", "户主", 1960, votes=True)
    roster.save(book, Household("01-001", 1, "何老四", (head,)), at(today()), new=True)
    roster.save(book, Outsider("W001", "县农机公司"), at(today()), new=True)
    demands.set_demand(book, "113", Demand((LinkKind.HOUSEHOLD,)), at(today()))
    window.go("page:receipt")
    found = window.page()
    assert isinstance(found, ReceiptPage)
    return found


def choose(qtbot: QtBot, page: ReceiptPage, letters: str) -> None:
    page.party.setFocus()
    page.party.selectAll()
    qtbot.keyClicks(page.party, letters)
    qtbot.keyClick(page.party, Qt.Key.Key_Return)


def test_initials_choose_a_household_and_link_the_lines(qtbot: QtBot, page: ReceiptPage) -> None:
    choose(qtbot, page, "hls")
    assert page.party.text() == "何老四"
    assert page.items.first().links.links() == (HE,)
    page.items.first().account.set_code("501")
    page.items.first().amount.set_fen(500)
    assert page.collect().items[0].links == (HE,)
    page.items._another()
    assert page.items._rows[1].links.links() == (HE,)


def test_another_party_takes_the_place_of_the_first(qtbot: QtBot, page: ReceiptPage) -> None:
    choose(qtbot, page, "hls")
    choose(qtbot, page, "xnj")
    assert page.party.text() == "县农机公司"
    assert page.items.first().links.links() == (SHOP,)


def test_who_takes_the_link_out_keeps_it_out(qtbot: QtBot, page: ReceiptPage) -> None:
    choose(qtbot, page, "hls")
    page.items.first().links.drop(HE)
    qtbot.keyClicks(page.summary, "rent")
    assert page.items.first().links.links() == ()


def test_a_name_the_registers_do_not_know_is_taken_as_typed(qtbot: QtBot, page: ReceiptPage) -> None:
    choose(qtbot, page, "Some Ltd")
    assert page.party.text() == "Some Ltd"
    assert page.items.first().links.links() == ()


def test_a_changed_name_loses_the_link(qtbot: QtBot, page: ReceiptPage) -> None:
    choose(qtbot, page, "hls")
    qtbot.keyClicks(page.party, "x")
    page.party._popup.hide()
    assert page.party.text() == "何老四x"
    assert page.items.first().links.links() == ()


def test_two_of_one_name_are_never_guessed(qtbot: QtBot) -> None:
    line = PartyLine(lambda _words: ("何老四",))
    qtbot.addWidget(line)
    line.set_names([(HE, "何老四"), (Link(LinkKind.HOUSEHOLD, "01-002"), "何老四")])
    line.show_party("何老四")
    assert line.link() is None
    assert [value for value, _label in line.offers("何")] == ["0", "1"]


def test_an_account_names_what_it_asks_for(page: ReceiptPage) -> None:
    row = page.items.first()
    row.account.set_code("113")
    assert "Household" in row.links.placeholderText()
    row.account.set_code("501")
    assert "needed" not in row.links.placeholderText()


def test_a_draft_shown_again_keeps_its_links(qtbot: QtBot, page: ReceiptPage) -> None:
    choose(qtbot, page, "hls")
    page.items.first().account.set_code("501")
    page.items.first().amount.set_fen(500)
    kept = page.collect()
    page.begin()
    assert page.items.first().links.links() == ()
    page._show(kept)
    assert page.items.first().links.links() == (HE,)
    choose(qtbot, page, "xnj")
    assert page.items.first().links.links() == (SHOP,)
