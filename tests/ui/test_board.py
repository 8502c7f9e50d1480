"""The life of a notice in the window: steps, the next act as a button, the register of objections."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.board import HAMLET, ask, february, post, review, signed_notice
from tests.builders import START, at, make_village
from villagebook import i18n
from villagebook.domain.board import Act, BoardPlace, View
from villagebook.domain.period import Span
from villagebook.domain.resource import Resource, ResourceKind
from villagebook.domain.sheet import SheetForm
from villagebook.services.disclosure import board_lives, board_places, objections, sheets
from villagebook.services.registers import resources
from villagebook.ui import theme
from villagebook.ui.pages.board.board_dialogs import PlacesDialog, PostDialog, TakeDownDialog
from villagebook.ui.pages.board.notice import LIFE, LIST, NoticePage
from villagebook.ui.pages.board.replace_dialog import ReplaceDialog
from villagebook.ui.pages.registering.objections_tab import ObjectionsTab
from villagebook.ui.pages.registering.registers import RegistersPage
from villagebook.ui.preferences import Preferences
from villagebook.ui.session import Session
from villagebook.ui.tasks import Lane


@pytest.fixture
def lived(tmp_path: Path, qtbot: QtBot):
    """A village whose January is signed, and a session on it."""
    village = make_village(tmp_path)
    board_places.set_place(village.book, BoardPlace(HAMLET, "东墙"), "", at(START.first_day))
    notice = signed_notice(village)
    session = Session(village.book, Preferences(language="en"), Lane())
    yield village, notice, session
    session.close()


def shown(page: NoticePage, notice: str) -> NoticePage:
    page.arrive(f"notice:{notice}")
    page._show_frozen()
    return page


def test_the_page_shows_the_steps_and_offers_the_posting(lived, qtbot: QtBot):
    village, notice, session = lived
    page = NoticePage(session)
    qtbot.addWidget(page)
    shown(page, notice)
    assert not page.life.isHidden()
    assert HAMLET in page.life.steps.text()
    assert page.life.main.text() == "&Record the posting…"
    post(village, notice, february(8))
    post(village, notice, february(8), HAMLET)
    page.refresh()
    shown(page, notice)
    assert page.life.main.text() == "Take it do&wn…"


def test_a_posting_is_recorded_and_a_refusal_stays_in_its_window(lived, qtbot: QtBot, tmp_path: Path):
    from PIL import Image

    village, _notice, session = lived
    page = NoticePage(session)
    qtbot.addWidget(page)
    life = board_lives.notice_lives(village.book)[0].life
    dialog = PostDialog(page, life)
    dialog.place.set_value(HAMLET)
    dialog.day.set_day(february(8))
    dialog._go()
    assert dialog.result() == 0
    assert "photo" in dialog.trouble.text()
    picture = tmp_path / "IMG_1.jpg"
    Image.new("RGB", (300, 200), "white").save(picture)
    for view in View:
        dialog.photos.take(view, [picture])
    assert "IMG_1.jpg" in dialog.photos.said.text()
    dialog._go()
    assert "days after its day" in dialog.trouble.text()  # the test's book is of another year than the clock
    dialog.excuse.setText("机器坏了,现在补登")
    dialog._go()
    assert dialog.result() == 1
    hang = board_lives.notice_lives(village.book)[0].life.hangs[0]
    assert (hang.posting.place, len(hang.posting.photos)) == (HAMLET, 2)


def test_sheets_come_down_where_they_are_ticked(lived, qtbot: QtBot):
    village, notice, session = lived
    post(village, notice, february(8))
    post(village, notice, february(8), HAMLET)
    page = NoticePage(session)
    qtbot.addWidget(page)
    dialog = TakeDownDialog(page, board_lives.notice_lives(village.book)[0].life)
    list(dialog.ticks.values())[1].setChecked(False)
    dialog._go()
    assert [h.posting.place for h in board_lives.notice_lives(village.book)[0].life.hanging()] == [HAMLET]


def test_a_hamlet_gets_its_board(lived, qtbot: QtBot):
    village, _notice, session = lived
    page = NoticePage(session)
    qtbot.addWidget(page)
    dialog = PlacesDialog(page)
    dialog.name.setCurrentText("北沟")
    dialog.spot.setText("井台旁")
    dialog._go()
    assert board_places.places(village.book)[-1] == BoardPlace("北沟", "井台旁")


def test_an_objection_is_entered_without_a_name_answered_and_closed(lived, qtbot: QtBot):
    village, notice, session = lived
    page = RegistersPage(session)
    qtbot.addWidget(page)
    page.arrive(f"register:objections/{notice}")
    tab = page.tab()
    assert isinstance(tab, ObjectionsTab)
    tab.question.setPlainText("水泵多少钱?")
    tab._enter()
    entered = objections.listing(village.book)[0][0]
    assert (entered.who, entered.subject) == ("", notice)
    tab.refresh()
    tab.open_entry(entered.id)
    tab.who.setCurrentText("周敏")
    tab.words.setPlainText("一千二百元,有发票")
    tab._answer()
    tab.words.setPlainText("没有其他意见")
    tab._step(objections.close, "")
    steps = [s.act for s in objections.listing(village.book)[0][0].steps]
    assert steps == [Act.ANSWERED, Act.CLOSED]


def test_what_cannot_be_closed_says_why(lived, qtbot: QtBot):
    village, notice, session = lived
    asked = ask(village, notice, february(9))
    page = RegistersPage(session)
    qtbot.addWidget(page)
    page.arrive(f"register:objections/{asked.id}")
    tab = page.tab()
    assert isinstance(tab, ObjectionsTab)
    tab.who.setCurrentText("周敏")
    tab.words.setPlainText("不再追问")
    tab._step(objections.close, "")
    assert objections.listing(village.book)[0][0].steps == ()


# ---- other papers of the board ----


@pytest.fixture
def page(lived, qtbot: QtBot) -> NoticePage:
    _village, _notice, session = lived
    made = NoticePage(session)
    qtbot.addWidget(made)
    made.arrive("")
    return made


def test_another_paper_is_chosen_compiled_and_sent_to_supervision(lived, page: NoticePage):
    village, _notice, _session = lived
    page.open_target("notice", "F3@2025-01")
    assert page.wanted.form.value() == "F3"
    assert page.submit.isEnabled()
    page.submit.click()
    (row,) = sheets.listing(village.book)
    assert (row.form, str(row.span), row.state) == (SheetForm.DEBTS, "2025-01", "review")
    page.refresh()
    page.open_target("notice", row.id)
    assert not page.review.isHidden()
    names = [page.frozen.values().index(n, 0).data() for n in range(page.frozen.values().rowCount())]
    assert sorted(n.partition(" ")[0] for n in names) == ["F1", "F3"]
    review(village, row.id, START.last_day)
    page.refresh()
    page.open_target("notice", row.id)
    assert not page.replacing.isHidden()
    assert page.life.main.text() == "&Record the posting…"


def test_a_matter_asks_what_it_is_about(page: NoticePage):
    page.open_target("notice", "F5@2025-01")
    assert not page.wanted.subject.isHidden()
    assert not page.submit.isEnabled()
    page.wanted.form.set_value("F3")
    assert page.wanted.subject.isHidden()


def test_a_row_of_a_sheet_can_be_doubted(lived, qtbot: QtBot):
    village, _notice, session = lived
    made = sheets.submit_sheet(village.book, SheetForm.ASSETS, Span.of(START), "", at(START.last_day, 21))
    review(village, made, START.last_day)
    registers = RegistersPage(session)
    qtbot.addWidget(registers)
    registers.arrive(f"register:objections/{made}")
    tab = registers.findChild(ObjectionsTab)
    assert isinstance(tab, ObjectionsTab)
    tab.notice.set_value(made)
    assert tab.line.count() > 1


def test_a_wrong_sheet_is_replaced_and_a_refusal_stays_in_its_window(lived, page: NoticePage):
    village, _notice, _session = lived
    made = sheets.submit_sheet(village.book, SheetForm.ASSETS, Span.of(START), "", at(START.last_day, 21))
    review(village, made, START.last_day)
    dialog = ReplaceDialog(page, made)
    dialog.reason.setText("漏了一口水塘")
    assert not dialog.attempt(dialog.act)
    assert "Nothing differs" in dialog.trouble.text()
    resources.register(village.book, Resource("R1", "南塘", ResourceKind.WATER, "8"), at(february(3)))
    assert dialog.attempt(dialog.act)
    assert sheets.frozen(village.book, dialog.made).number.endswith("F4-G1")


def test_in_very_large_letters_six_papers_are_seen_and_opening_one_leads_to_its_review(lived, qtbot: QtBot):
    _village, notice, session = lived
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "very-large")
    i18n.set_language("zh_CN")
    try:
        page = NoticePage(session)
        qtbot.addWidget(page)
        page.resize(1221, 662)  # what the window leaves of 1366 x 768
        page.show()
        shown(page, notice)
        page.parts.setCurrentIndex(LIST)
        assert page.frozen.viewport().height() >= 6 * page.frozen.rowHeight(0)
        page.frozen.choose(notice)
        page.frozen.setFocus()
        QTest.keyClick(page.frozen, Qt.Key.Key_Return)
        assert page.parts.currentIndex() == LIFE
        assert page.life.isVisible()
    finally:
        theme.apply(app, "normal")
        i18n.set_language("en")


def test_the_keyboard_goes_from_the_choice_of_registers_into_the_register(lived, qtbot: QtBot):
    """A hidden bar of tabs kept it: no list of the registers could be reached without a mouse."""
    *_village, session = lived
    page = RegistersPage(session)
    qtbot.addWidget(page)
    page.resize(1221, 662)
    page.show()
    page.arrive("register:objections")
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    first = page.first_field()
    assert first is not None
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    reached = QApplication.focusWidget()
    assert reached is not None
    assert page.tabs.isAncestorOf(reached)
