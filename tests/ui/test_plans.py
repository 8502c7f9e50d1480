"""The pages of budget, projects, special funds, imprest and bills, driven as a person would."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from villagebook.domain.budget import BudgetLine, spread
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.project import Project, ProjectKind, Source
from villagebook.services.registers import budget_files, budgets, fund_register, funds, projects
from villagebook.services.two_lines import imprest
from villagebook.ui.main_window import MainWindow
from villagebook.ui.models.budget_model import FIRST_MONTH, YEAR
from villagebook.ui.pages.entering.payment import PaymentPage
from villagebook.ui.pages.offices.people import PeoplePage
from villagebook.ui.pages.registering.budget_tab import PLAN, REQUESTS, STANDS, BudgetTab
from villagebook.ui.pages.registering.funds_tab import FundsTab
from villagebook.ui.pages.registering.projects_tab import ProjectsTab
from villagebook.ui.pages.registering.registers import RegistersPage
from villagebook.ui.session import Session


def tab(window: MainWindow, target: str) -> Any:
    window.go(target)
    return window.findChildren(RegistersPage)[0].tab()


def planned(session: Session, year: int) -> dict[str, int]:
    stands = budgets.standing(session.book, year)
    return {s.line.account: s.planned_fen for s in stands.lines} if stands else {}


def adopted(session: Session, *lines: BudgetLine) -> None:
    today = session.today
    budgets.adopt(session.book, budgets.Draft(today.year, lines, "代表会1号", today), session.by())


def test_a_budget_is_typed_adopted_adjusted_and_both_versions_stay(window: MainWindow, session: Session):
    budget: BudgetTab = tab(window, "register:budget")
    year = session.today.year
    budget.view.set_value(PLAN)
    cells = budget.plan.grid.cells
    cells.setData(cells.index(0, 0), "513")
    cells.setData(cells.index(0, YEAR), "1200")
    cells.setData(cells.index(0, FIRST_MONTH), "200.50")
    cells.setData(cells.index(1, 0), "经营收入")
    cells.setData(cells.index(1, YEAR), "3,000")
    assert cells.rowCount() == 3  # a blank one waits
    budget.plan.adopt.click()
    assert "BUD-03" in {f.id for f in window.page().findings.findings()}
    budget.plan.resolution.setText("代表会1号")
    budget.plan.adopt.click()
    assert planned(session, year) == {"501": 300_000, "513": 130_050}
    assert budget.view.value() == STANDS
    budget.view.set_value(PLAN)
    cells.setData(cells.index(0, YEAR), "5000")
    budget.plan.resolution.setText("代表会2号")
    budget.plan.reason.setText("县里追加补助")
    budget.plan.adopt.click()
    assert [b.version for b in budgets.versions(session.book, year)] == [1, 2]
    assert budget.version.count() == 3


def test_cells_of_a_spreadsheet_are_pasted_and_what_cannot_be_read_is_said(window: MainWindow, qtbot: QtBot):
    budget: BudgetTab = tab(window, "register:budget")
    budget.view.set_value(PLAN)
    QApplication.clipboard().setText("513\t1200\n501\t3000")
    budget.plan.grid.setFocus()
    qtbot.keyClick(budget.plan.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert {line.account: line.total_fen for line in budget.plan.grid.cells.lines()} == {
        "513": 120_000,
        "501": 300_000,
    }
    QApplication.clipboard().setText("999\t1200")
    qtbot.keyClick(budget.plan.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [f.id for f in window.page().findings.findings()] == ["BUD-12"]
    assert len(budget.plan.grid.cells.lines()) == 2


def test_a_cell_that_cannot_be_read_stays_and_stops_the_budget(window: MainWindow, session: Session):
    budget: BudgetTab = tab(window, "register:budget")
    budget.view.set_value(PLAN)
    cells = budget.plan.grid.cells
    cells.setData(cells.index(0, 0), "513")
    cells.setData(cells.index(0, YEAR), "viel")
    assert cells.index(0, YEAR).data() == "viel"
    budget.plan.resolution.setText("1")
    budget.plan.adopt.click()
    assert planned(session, session.today.year) == {}
    assert "viel" in window.page().findings.findings()[0].text


def test_the_keyboard_alone_fills_a_line(window: MainWindow, qtbot: QtBot):
    budget: BudgetTab = tab(window, "register:budget")
    budget.view.set_value(PLAN)
    grid = budget.plan.grid
    grid.setFocus()
    grid.setCurrentIndex(grid.cells.index(0, 0))
    qtbot.keyClicks(grid, "5")
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.clear()
    qtbot.keyClicks(editor, "513")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert grid.cells.lines()[0].account == "513"
    qtbot.keyClick(grid, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert grid.cells.lines() == ()


def test_a_request_of_the_month_is_entered(window: MainWindow, session: Session):
    budget: BudgetTab = tab(window, "register:budget")
    budget.view.set_value(REQUESTS)
    budget.requests.asked.set_fen(100_000)
    budget.requests._ask()
    assert [f.id for f in window.page().findings.findings()] == ["BUD-09"]
    budget.requests.what.setText("一月办公")
    budget.requests._ask()
    months = budgets.months(session.book, session.today.year)
    assert [m.request.amount_fen for m in months if m.request] == [100_000]


def test_a_project_is_entered_changed_and_moved_on(window: MainWindow, session: Session):
    page: ProjectsTab = tab(window, "register:projects")
    page.name.setText("修村东路")
    page.resolution.setText("代表会2号")
    page.planned.set_fen(900_000)
    page.heads.set_value(400)
    page.per_head.set_fen(1_500)
    page.sources[Source.AWARD].set_fen(300_000)
    assert page.sources[Source.CONTRIBUTIONS].fen() == 600_000
    page.enter.click()
    assert [f.id for f in page.page.findings.findings()] == ["AP-29"]  # on which receipts the levy is taken
    page.receipts_used.setText("一事一议专用收据 0001-0400")
    page.enter.click()
    assert not any(f.severity.stops for f in page.page.findings.findings())
    (stands,) = projects.standings(session.book, session.today)
    assert (stands.project.name, stands.project.planned_fen) == ("修村东路", 900_000)
    window.go(f"register:projects/{stands.project.code}")
    assert page.name.text() == "修村东路"
    page.name.setText("修村东路和桥")
    page.enter.click()
    page.open_entry(stands.project.code)
    page._move_on()
    (stands,) = projects.standings(session.book, session.today)
    assert (stands.project.name, stands.project.stage.value) == ("修村东路和桥", "begun")


def test_a_fund_in_a_common_account_is_entered(window: MainWindow, session: Session):
    page: FundsTab = tab(window, "register:funds")
    page.code.setText("F1")
    page.name.setText("改厕专款")
    page.purpose.setText("改厕补助")
    page.resolution.setText("县财农3号")
    page.accounts.picker.set_code("514")
    assert page.accounts.accounts() == ("514",)
    page.deadline.set_day(session.today + timedelta(days=90))
    page._enter()
    (stands,) = fund_register.standings(session.book, session.today)
    assert (stands.fund.key, stands.fund.accounts) == ("F1", ("514",))
    page.open_entry("F1")
    assert page.purpose.text() == "改厕补助"
    assert page.code.isReadOnly()


def test_bills_imprest_and_other_ledgers_have_their_forms(window: MainWindow, session: Session):
    window.go("place:bills")
    forms = window.findChildren(PeoplePage)[0].lines
    forms.payee.setText("县农机公司")
    forms.what.setText("水泵维修")
    forms.amount.set_fen(50_000)
    forms._register()
    assert len(funds.bill_register(session.book, session.today).rows) == 1
    window.go("place:imprest")
    forms.person.setCurrentIndex(1)
    forms._name()
    assert imprest.standings(session.book, session.today)[0].named
    forms.sister.setText("白杨村第二小组")
    forms._add_ledger()
    assert funds.sisters(session.book) == ("白杨村第二小组",)
    assert forms.table.values().cells(0) == ("白杨村第二小组",)


def test_what_is_left_is_told_while_a_payment_is_typed(window: MainWindow, session: Session):
    road = Project("P1", "修路", ProjectKind.OTHER, "1", session.today, 90_000, ((Source.OWN, 90_000),))
    projects.register(session.book, road, session.by())
    adopted(session, BudgetLine("513", spread(100_000)))
    window.go("page:payment")
    page = window.page()
    assert isinstance(page, PaymentPage)
    row = page.items.first()
    row.account.set_code("513")
    row.amount.set_fen(130_000)
    row.links.add(Link(LinkKind.PROJECT, "P1"))
    page.preview()
    told = [label for label in page.beside._plans if label.isVisibleTo(page.beside)]
    assert len(told) == 2
    assert "-300.00" in told[0].text()
    assert told[0].property("role") == "red"
    assert "-400.00" in told[1].text()
    assert page.items.items()[0].project == "修路"  # the text stands on the line as it always did
    row.links.drop(Link(LinkKind.PROJECT, "P1"))
    assert page.items.items()[0].project == ""


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_plan_is_taken_in_again_from_its_own_file(
    window: MainWindow, session: Session, tmp_path: Path, form: str
):
    budget: BudgetTab = tab(window, "register:budget")
    budget.view.set_value(PLAN)
    file = tmp_path / f"plan.{form}"
    lines = (BudgetLine("513", spread(120_000)),)
    file.write_bytes(budget_files.export(session.book, session.today.year, lines, form))
    budget.plan.grid.cells.put(budget_files.read_file(session.book, file))
    assert budget.plan.grid.cells.lines() == lines
