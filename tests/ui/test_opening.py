"""Opening balances as somebody types them: divided, kept half done, set when they balance."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.builders import at, fill_posts, make_book
from villagebook.domain.demand import Demand
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.roster import Household, Member
from villagebook.services.book_file import books
from villagebook.services.bringing_in import opening_entry
from villagebook.services.by import today
from villagebook.services.disclosure import demands
from villagebook.services.registers import roster
from villagebook.ui.main_window import MainWindow
from villagebook.ui.pages.setting_up.opening import OpeningDialog
from villagebook.ui.pages.setting_up.settings import SettingsPage
from villagebook.ui.preferences import Preferences
from villagebook.ui.session import Session
from villagebook.ui.tasks import Lane

HE = Household("01-001", 1, "何老四", (Member("何老四", "户主", 1960, votes=True),))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[books.Book]:
    """A village that has posted nothing and begun with nothing, but knows one household."""
    made = make_book(tmp_path)
    fill_posts(made)
    roster.save(made, HE, at(today()), new=True)
    demands.set_demand(made, "113", Demand((LinkKind.HOUSEHOLD,)), at(today()))
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot, book: books.Book) -> Iterator[MainWindow]:
    session = Session(book, Preferences(language="en"), Lane())
    made = MainWindow(session)
    qtbot.addWidget(made)
    made.show()
    yield made
    session.lane.stop()


def opened(window: MainWindow) -> OpeningDialog:
    window.go("opening")
    assert isinstance(window.page(), SettingsPage)
    found = [d for d in window.page().findChildren(OpeningDialog) if d.isVisible()]
    return found[-1]


def block(dialog: OpeningDialog, code: str):
    return dialog.grid._blocks[code]


def fill(dialog: OpeningDialog) -> None:
    """900 in the bank, 100 owed by a household, 1,000 of capital."""
    place = next(line for line in block(dialog, "102").places if line.place == "IN")
    place.debit.setText("900")
    part = block(dialog, "113").divide()
    part.links.add(Link(LinkKind.HOUSEHOLD, "01-001"))
    part.debit.setText("100")
    block(dialog, "301").whole.credit.setText("1000")


def test_home_says_that_the_opening_is_missing_and_leads_there(window: MainWindow) -> None:
    from villagebook.services.home import home

    assert "opening" in [f.target for f in home(window.page().book, today()).todos]
    assert opened(window).isVisible()


def test_balances_are_set_once_with_places_parties_and_links(window: MainWindow, book: books.Book) -> None:
    dialog = opened(window)
    assert not dialog.set_button.isEnabled()
    fill(dialog)
    assert dialog.set_button.isEnabled()
    assert block(dialog, "113").whole.debit.text() == "100.00"
    dialog.set_button.click()
    assert not opening_entry.is_open(book)
    assert books.place_balances(book, today())["IN"] == 90_000
    with book.reading() as connection:
        from villagebook.storage import links, registry

        lines = registry.read_opening(connection)
        assert [(x.account, x.party) for x in lines] == [("102", ""), ("113", "何老四（1组）"), ("301", "")]
        assert links.open_balances(connection, Link(LinkKind.HOUSEHOLD, "01-001")) == (("113", 10_000),)
    window.go("page:settings")
    page = window.page()
    assert isinstance(page, SettingsPage)
    assert page.opening.isHidden()


def test_a_difference_stands_in_red_and_nothing_can_be_set(window: MainWindow) -> None:
    dialog = opened(window)
    fill(dialog)
    block(dialog, "301").whole.credit.setText("999.99")
    assert "0.01" in dialog.gap.text()
    assert not dialog.set_button.isEnabled()


def test_half_done_work_is_there_again_even_half_a_number(window: MainWindow, book: books.Book) -> None:
    dialog = opened(window)
    fill(dialog)
    block(dialog, "211").whole.credit.setText("12.3.")
    before = dialog.grid.rows()
    dialog.keep()
    dialog.deleteLater()
    again = opened(window)
    assert again.grid.rows() == before
    assert "12.3." in [row.credit for row in again.grid.rows()]
    assert not again.set_button.isEnabled()
    assert opening_entry.is_open(book)


def test_a_file_fills_the_grid_and_names_are_linked(window: MainWindow, tmp_path: Path) -> None:
    dialog = opened(window)
    path = tmp_path / "last-year.csv"
    path.write_text(
        "科目,资金,往来,借方,贷方\n102,IN,,900,\n113,,何老四,100,\n301,,,,1000\n", encoding="utf-8-sig"
    )
    dialog.take_file(path)
    assert [x.links for x in dialog.grid.lines()] == [(), (Link(LinkKind.HOUSEHOLD, "01-001"),), ()]
    assert dialog.set_button.isEnabled()


def test_a_file_with_mistakes_says_all_of_them_and_changes_nothing(
    window: MainWindow, tmp_path: Path
) -> None:
    dialog = opened(window)
    fill(dialog)
    before = dialog.grid.rows()
    path = tmp_path / "last-year.csv"
    path.write_text("科目,资金,往来,借方,贷方\n102,XX,,900,\n999,,,1,\n301,,,,abc\n", encoding="utf-8-sig")
    dialog.take_file(path)
    assert dialog.grid.rows() == before
    assert dialog.findings.isVisible()


def test_the_trial_balance_can_be_looked_at_before(window: MainWindow) -> None:
    dialog = opened(window)
    fill(dialog)
    dialog.looks.setChecked(True)
    last = dialog.preview.values().cells(dialog.preview.values().rowCount() - 1)
    assert last[2:] == (100_000, 100_000)


def test_accounts_are_found_by_initials(window: MainWindow) -> None:
    dialog = opened(window)
    dialog.search.setText("nbwl")
    assert not block(dialog, "113").isHidden()
    assert block(dialog, "301").isHidden()


@pytest.mark.parametrize("way", ["later", "escape", "cross", "set"])
def test_every_way_out_closes_it_and_keeps_what_is_typed(
    qtbot: QtBot, window: MainWindow, book: books.Book, way: str
) -> None:
    dialog = opened(window)
    fill(dialog)
    leave = {
        "later": lambda: next(b for b in dialog.findChildren(QPushButton) if "later" in b.text()).click(),
        "escape": lambda: qtbot.keyClick(dialog, Qt.Key.Key_Escape),
        "cross": dialog.close,
        "set": dialog.set_button.click,
    }
    leave[way]()
    assert [d for d in window.page().findChildren(OpeningDialog) if d.isVisible()] == []
    assert len(opening_entry.kept(book)) == (0 if way == "set" else 3)


def test_an_amount_that_cannot_be_read_is_said_once_with_whose_it_is(window: MainWindow) -> None:
    dialog = opened(window)
    part = block(dialog, "112").divide()
    part.party.setText("县农机公司")
    part.debit.setText("1500,5x")
    dialog.look_over()
    said = [f.text for f in dialog.findings.findings()]
    assert len(said) == 1
    assert "县农机公司" in said[0]


def test_what_is_half_typed_is_no_mistake_until_the_cursor_leaves_its_line(
    qtbot: QtBot, window: MainWindow
) -> None:
    """The list of mistakes stands still while somebody types, whatever stands between two keys."""
    dialog = opened(window)
    seen: list[int] = []
    dialog.findings.told.connect(lambda: seen.append(len(dialog.findings.findings())))
    part = block(dialog, "113").divide()  # this account asks for a household
    part.debit.setFocus()
    qtbot.waitUntil(part.debit.hasFocus)
    for keys in ("1", "2", ".", "x"):
        qtbot.keyClicks(part.debit, keys)
        dialog._look_timer.timeout.emit()
    assert seen == []
    assert dialog.findings.findings() == ()
    part.credit.setFocus()  # still the same line
    qtbot.waitUntil(part.credit.hasFocus)
    assert seen == []
    block(dialog, "301").whole.credit.setFocus()
    qtbot.waitUntil(lambda: seen == [1])
    assert "12.x" in dialog.findings.findings()[0].text or "113" in dialog.findings.findings()[0].text
    part.debit.setFocus()
    qtbot.keyClick(part.debit, Qt.Key.Key_Backspace)
    dialog._look_timer.timeout.emit()
    assert seen == [1], "what was said stays until the line is left again"
