"""Special notices, requests, audits and the yearly papers in the window, by what is typed and clicked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.builders import START, Village, at, make_village, photo, receive
from tests.rules.holding_examples import LEASE
from villagebook.services.disclosure import audits, duties, laid_open, notice_requests, sheets
from villagebook.services.registers import contracts
from villagebook.ui.pages.registering.audits_tab import AuditsTab
from villagebook.ui.pages.registering.duties_tab import DutiesTab
from villagebook.ui.pages.registering.laid_open_tab import LaidOpenTab
from villagebook.ui.pages.registering.registers import RegistersPage
from villagebook.ui.pages.registering.requests_tab import RequestsTab
from villagebook.ui.preferences import Preferences
from villagebook.ui.session import Session
from villagebook.ui.tasks import Lane

D6 = date(2025, 1, 6)


@pytest.fixture
def signed(tmp_path: Path, qtbot: QtBot) -> Iterator[tuple[Village, RegistersPage]]:
    """A village with a new contract, and its registers."""
    village = make_village(tmp_path)
    contract = replace(LEASE, code="H-09", name="鱼塘承包合同", signed_on=D6, from_on=D6, objects=())
    contracts.register(village.book, contract, at(D6))
    receive(village, 70_000, date(2025, 1, 9))
    session = Session(village.book, Preferences(language="en"), Lane())
    page = RegistersPage(session)
    qtbot.addWidget(page)
    yield village, page
    session.close()


def test_what_is_owed_is_compiled_with_one_button(
    signed: tuple[Village, RegistersPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    village, page = signed
    (duty,) = duties.all_duties(village.book, START.last_day)
    gone: list[str] = []
    monkeypatch.setattr(page.session, "go", gone.append)
    page.arrive(f"register:duties/{duty.happened.key}")
    tab = page.tab()
    assert isinstance(tab, DutiesTab)
    assert "鱼塘承包合同" in tab.told.text()
    assert tab.make.isEnabled()
    tab.make.click()
    (made,) = sheets.listing(village.book)
    assert (made.subject, gone) == ("contract:H-09", [f"notice:{made.id}"])
    tab.refresh()
    tab.open_entry(duty.happened.key)
    assert not tab.make.isEnabled()
    assert tab.follow.isEnabled()


def test_a_request_is_entered_and_told_whether_it_is_enough(signed: tuple[Village, RegistersPage]) -> None:
    village, page = signed
    page.arrive("register:requests")
    tab = page.tab()
    assert isinstance(tab, RequestsTab)
    tab.asked_by.setText("3")
    tab.entitled.setText("200")
    tab._least()
    assert "20" in tab.needed.text()
    tab.words.setPlainText("承包费收了多少")
    tab.word.setText("承包费")
    tab._enter()
    assert page.findings.findings()[0].id == "DIS-20"
    tab.scan.set_attachments((photo(village),))
    tab._enter()
    (made,) = notice_requests.listing(village.book)
    assert (made.asked_by, made.least, made.is_valid) == (3, 20, False)
    assert tab.words.toPlainText() == ""


def test_an_audit_is_put_on_file_and_its_point_mended(signed: tuple[Village, RegistersPage]) -> None:
    village, page = signed
    page.arrive("register:audits")
    tab = page.tab()
    assert isinstance(tab, AuditsTab)
    tab.auditor.setText("镇农经站")
    tab.about.setText("2024年度收支")
    tab.result.setPlainText("基本合规")
    tab.points.setPlainText("白条入账 | 200\n合同未编号 | 元")
    tab._record()
    assert "“元”" in page.findings.findings()[0].text
    tab.points.setPlainText("白条入账 | 200\n合同未编号")
    tab._record()
    (made,) = audits.listing(village.book)
    assert [(p.text, p.amount_fen) for p in made.points] == [("白条入账", 20_000), ("合同未编号", 0)]
    tab.refresh()
    tab.open_entry(f"{made.number}/1")
    tab.done_words.setPlainText("已补开发票")
    tab.who.setText("孙丽")
    tab.mend.click()
    assert audits.listing(village.book)[0].is_mended(1)


def test_the_papers_of_a_year_are_laid_open_and_a_copy_is_noted(
    signed: tuple[Village, RegistersPage],
) -> None:
    village, page = signed
    page.arrive("register:laid-open")
    tab = page.tab()
    assert isinstance(tab, LaidOpenTab)
    tab.year.set_value("2025")
    tab.place.setText("村委会")
    tab.keeper.setText("孙丽")
    tab._lay()
    (laid,) = laid_open.listing(village.book)
    assert (laid.year, laid.pages > 2) == (2025, True)
    tab.refresh()
    tab.open_entry(laid.id)
    tab.name.setText("何老四")
    tab.what.setText("收支明细")
    tab.pages.setText("x")
    tab._copy()
    assert page.findings.findings()
    tab.pages.setText("4")
    tab._copy()
    assert [c.name for c in laid_open.listing(village.book)[0].copies] == ["何老四"]


def test_the_lists_of_the_board_say_what_to_do_while_they_are_empty_and_show_what_a_search_hides(
    signed: tuple[Village, RegistersPage],
) -> None:
    village, page = signed
    page.arrive("register:audits")
    audits_tab = page.tab()
    assert isinstance(audits_tab, AuditsTab)
    assert "Enter its report" in audits_tab.caption.text()
    (duty,) = duties.all_duties(village.book, START.last_day)
    page.arrive("register:duties")
    tab = page.tab()
    assert isinstance(tab, DutiesTab)
    tab.search.setText("什么也没有")
    assert tab.table.values().rowCount() == 0
    tab.open_entry(duty.happened.key)
    assert "鱼塘承包合同" in tab.told.text()
    assert len(tab.whole.columns) > tab.table.values().columnCount()
