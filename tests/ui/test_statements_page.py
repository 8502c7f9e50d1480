"""The page of the statements: columns, months, down to the voucher and back, notes, layouts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import dress
from tests.ui.cut import cut_texts
from villagebook import paths
from villagebook.domain.statement_columns import View
from villagebook.services.by import today
from villagebook.services.reporting import notes, statement_layouts
from villagebook.services.reporting.notes import State
from villagebook.services.reporting.statements import BALANCE_SHEET, INCOME, MONEY, OWN
from villagebook.ui.main_window import MainWindow
from villagebook.ui.models.table_model import TableModel
from villagebook.ui.pages.reading.statements import NOTES, OTHER, StatementsPage
from villagebook.ui.session import Session


def page_of(window: MainWindow) -> StatementsPage:
    window.go("page:statements")
    page = window.page()
    assert isinstance(page, StatementsPage)
    return page


def column(page: StatementsPage, number: int = 1) -> list[str]:
    model = page.table.values()
    assert isinstance(model, TableModel)
    return [str(model.cells(row)[number]).strip("　") for row in range(model.rowCount())]


def row_of(page: StatementsPage, item: str) -> int:
    return column(page).index(item)


def test_a_line_leads_down_to_its_voucher_and_esc_leads_back(qtbot: QtBot, window: MainWindow) -> None:
    page = page_of(window)
    page.which.set_value(INCOME)
    row = row_of(page, "1. Operating income")
    page.table.setCurrentIndex(page.table.values().index(row, 2))
    page._open(page.table.target())
    assert column(page, 0) == ["501"]
    page._open("account:501")
    assert column(page, 2) == ["收鱼塘承包款"]
    page._open(page.table.values().target(0))
    assert page.voucher.isVisible()
    page._close()
    assert not page.voucher.isVisible()
    page._close()
    assert column(page, 0) == ["501"]
    page._close()
    assert "1. Operating income" in column(page)


def test_the_column_under_the_cursor_is_the_one_that_opens(window: MainWindow) -> None:
    page = page_of(window)
    page.which.set_value(INCOME)
    row = row_of(page, "1. Operating income")
    page.table.setCurrentIndex(page.table.values().index(row, 3))
    page._open(page.table.target())
    assert column(page, 0) == [], "nothing was earned in the same month a year ago"


def test_columns_are_ticked_and_belong_to_the_statement(window: MainWindow) -> None:
    page = page_of(window)
    model = page.table.values
    assert [model().column(n).key for n in range(2, 4)] == ["amount", "opening_or_prior"]
    page.which.set_value(MONEY)
    acts = {a.data(): a for a in page.columns.menu().actions()}
    acts[View.YEAR_TO_DATE.value].setChecked(True)
    assert page.views() == (View.AMOUNT, View.YEAR_TO_DATE, View.YEAR_BEFORE)
    assert [model().column(n).key for n in range(2, 5)] == ["amount", "year_to_date", "year_before"]
    page.which.set_value(BALANCE_SHEET)
    assert View.BUDGET.value not in {a.data() for a in page.columns.menu().actions()}


def test_any_months_may_be_chosen_in_either_order(window: MainWindow) -> None:
    page = page_of(window)
    assert not page.first.isVisible()
    page.period.set_value(OTHER)
    assert page.first.isVisible()
    assert page.span().length == 1


def test_what_must_tie_is_listed_and_opens_what_makes_it(window: MainWindow) -> None:
    page = page_of(window)
    page.tabs.setCurrentIndex(1)
    model = page.ties.values()
    verdicts = {str(model.index(r, 5).data()) for r in range(model.rowCount())}
    assert verdicts == {"ties"}
    page.ties.opened.emit("check:balance-sheet:BS-3")
    assert page.tabs.currentIndex() == 0
    assert set(column(page, 0)) == {"One side", "Other side"}
    page._close()
    assert "Current assets" in column(page)


def test_a_note_is_written_and_another_said_to_be_nothing(window: MainWindow) -> None:
    page = page_of(window)
    page.tabs.setCurrentIndex(NOTES)
    tab, year = page.notes, today().year
    tab.open_section("compliance")
    tab.suggest.click()
    tab.keep.click()
    tab.open_section("tax")
    tab.nothing.setChecked(True)
    tab.keep.click()
    assert page.findings.findings() == ()
    found = {p.section.code: p for p in notes.parts(page.book, year)}
    assert "财会〔2023〕14号" in found["compliance"].text
    assert found["tax"].state is State.NOTHING
    tab.open_section("events")
    tab.keep.click()
    assert [f.id for f in page.findings.findings()] == ["STM-22"]


def test_what_is_typed_survives_a_refresh(window: MainWindow) -> None:
    page = page_of(window)
    page.tabs.setCurrentIndex(NOTES)
    page.notes.open_section("events")
    page.notes.words.setPlainText("half a sentence")
    page.refresh()
    assert page.notes.words.toPlainText() == "half a sentence"


def test_a_finding_about_a_note_leads_to_its_section(window: MainWindow) -> None:
    window.go("note:events")
    page = window.page()
    assert isinstance(page, StatementsPage)
    assert page.notes.heading.text().endswith("Other important matters")


def test_a_layout_is_loaded_and_chosen(window: MainWindow, tmp_path: Path) -> None:
    page = page_of(window)
    page.tabs.setCurrentIndex(3)
    page.layouts.load.click()
    assert len(page.findings.findings()) == 1
    data = json.loads(paths.resource("statements", "income.json").read_text(encoding="utf-8"))
    data |= {"title": "水费表", "title_en": "Water", "for": ""}
    path = tmp_path / "water.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    page.layouts.file.line.setText(str(path))
    page.layouts.load.click()
    assert page.findings.findings() == ()
    (kept,) = statement_layouts.kept(page.book)
    page.tabs.setCurrentIndex(0)
    page.which.set_value(OWN)
    assert page.layout_key() == kept.key
    assert page.caption.text().startswith("Water")


def test_a_bad_layout_shows_every_fault(window: MainWindow, tmp_path: Path) -> None:
    page = page_of(window)
    page.tabs.setCurrentIndex(3)
    text = paths.resource("statements", "income.json").read_text(encoding="utf-8")
    path = tmp_path / "bad.json"
    path.write_text(text.replace("M(503)", "M(999)").replace("M(504)", "M(504)/0"), encoding="utf-8")
    page.layouts.file.line.setText(str(path))
    page.layouts.load.click()
    assert sorted(f.id for f in page.findings.findings()) == ["STM-03", "STM-06"]
    assert page.layouts.file.line.text() == str(path), "what was typed is still there"


@pytest.mark.parametrize(
    ("language", "size"), [("zh_CN", "normal"), ("zh_CN", "very-large"), ("en", "very-large")]
)
def test_no_tab_cuts_its_texts(qtbot: QtBot, session: Session, language: str, size: str) -> None:
    dress(language, size)
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    page = page_of(window)
    for tab in range(page.tabs.count()):
        page.tabs.setCurrentIndex(tab)
        qtbot.wait(1)
        assert cut_texts(window) == []
    assert window.width() == 1366
