"""The registers of assets, resources and contracts in the window: entered, shown, asked for, in every size."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import dress
from tests.ui.cut import cut_texts
from villagebook.domain.asset import Asset, Method
from villagebook.domain.contract import Contract, ContractKind, Direction, Instalment
from villagebook.domain.period import Period
from villagebook.domain.resource import Resource, ResourceKind
from villagebook.services.by import now, today
from villagebook.services.registers import asset_work, assets, contracts, resources
from villagebook.services.vouchers import documents
from villagebook.ui.main_window import MainWindow
from villagebook.ui.pages.entering.receipt import ReceiptPage
from villagebook.ui.pages.registering.assets_tab import AssetsTab
from villagebook.ui.pages.registering.contracts_tab import ContractsTab
from villagebook.ui.pages.registering.registers import RegistersPage
from villagebook.ui.pages.registering.resources_tab import ResourcesTab
from villagebook.ui.session import Session

BY = now("孙丽")


def fill(session: Session) -> None:
    """One card, one pond, one lease that is overdue."""
    day = today() - timedelta(days=40)
    assets.register(
        session.book,
        Asset("G-0001", "灌溉泵站(含变压器一台、水泵三台)", day, 9_500_000, life_months=120, taken_over=True),
        BY,
    )
    resources.register(session.book, Resource("Z-0001", "东塘", ResourceKind.WATER, "32.5"), BY)
    contracts.register(
        session.book,
        Contract(
            "H-0001", "东塘养殖承包合同", ContractKind.LAND_LEASE, Direction.INCOME, "何老四", day, day,
            day + timedelta(days=720), 200_000,
            (Instalment(day + timedelta(days=10), 100_000), Instalment(day + timedelta(days=375), 100_000)),
            "501", resolution="代表会1号", bidding="公开招标",
        ),
        BY,
    )  # fmt: skip


def tab(window: MainWindow, code: str) -> QWidget | None:
    window.go(f"register:{code}")
    page = window.page()
    assert isinstance(page, RegistersPage)
    return page.tab()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("size", ["very-large"])
def test_nothing_is_cut_on_any_panel(qtbot: QtBot, session: Session, language: str, size: str) -> None:
    dress(language, size)
    fill(session)
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    problems = []
    for code in ("assets", "resources", "contracts"):
        shown = tab(window, code)
        assert isinstance(shown, AssetsTab | ResourcesTab | ContractsTab)
        for panel in shown._panels:
            shown.open_panel(panel)
            qtbot.waitUntil(shown._panels[panel].isVisible)  # a new tab is shown by the event loop
            qtbot.wait(50)
            problems += [f"{code} {panel}: {line}" for line in cut_texts(shown)]
    assert not problems, "\n".join(problems)


def test_a_card_is_entered_and_shown(window: MainWindow, session: Session) -> None:
    shown = tab(window, "assets")
    assert isinstance(shown, AssetsTab)
    shown.open_panel("new")
    form = shown.new_form
    assert form.code.text() == "G-0001"
    form.name.setText("办公电脑")
    form.original.setText("6000")
    form.taken_over.setChecked(True)
    form.life.set_value(60)
    form.residual.setText("5")
    shown._register()
    assert not window.page().findings.isVisible() or not [
        f for f in window.page().findings.findings() if f.severity.stops
    ]
    assert shown.code() == "G-0001"
    assert shown.card_title.text() == "G-0001  办公电脑"
    (state,) = assets.states(session.book, today())
    assert (state.asset.original_fen, state.asset.residual_bp, state.asset.account) == (600_000, 500, "")
    assert form.code.text() == "G-0002"
    assert form.name.text() == ""


def test_a_refused_card_says_why_and_keeps_what_was_typed(window: MainWindow, session: Session) -> None:
    shown = tab(window, "assets")
    assert isinstance(shown, AssetsTab)
    shown.new_form.name.setText("泵")
    shown._register()
    assert assets.states(session.book, today()) == ()
    assert shown.new_form.name.text() == "泵"
    assert window.page().findings.isVisible()


def test_a_changed_card_shows_its_history(window: MainWindow, session: Session) -> None:
    fill(session)
    shown = tab(window, "assets")
    assert isinstance(shown, AssetsTab)
    shown.open_entry("G-0001")
    shown.change_form.life.set_value(96)
    shown.why.setText("磨损快于预计")
    shown._change()
    view = assets.card(session.book, "G-0001", today())
    assert view is not None
    assert view.changes[0].changes == {"life_months": [120, 96]}


def test_depreciation_is_looked_at_and_posted(window: MainWindow, session: Session) -> None:
    fill(session)
    shown = tab(window, "assets")
    assert isinstance(shown, AssetsTab)
    shown.open_entry("@depreciation")
    shown.depreciation.month.set_value(f"{today():%Y-%m}")
    shown.depreciation.refresh()
    assert shown.depreciation.run_button.isEnabled(), "what came forty days ago came before this month"
    shown.depreciation._run()
    assert sum(s.lost_fen for s in assets.states(session.book, today())) > 0


def test_work_is_told_beside_the_depreciation_and_charged_by_it(window: MainWindow, session: Session) -> None:
    fill(session)
    shown = tab(window, "assets")
    assert isinstance(shown, AssetsTab)
    form = shown.new_form
    form.method.set_value(Method.WORK.value)
    assert form.life.isHidden()
    assert not form.work_total.isHidden()
    came = today() - timedelta(days=40)
    tractor = Asset(
        "G-0009", "拖拉机", came, 1_000_000, method=Method.WORK, work_total=1_000, work_unit="小时"
    )
    form.show_asset(replace(tractor, taken_over=True), new=True)
    shown._register()
    assert window.page().findings.findings() == ()
    shown.open_entry("@depreciation")
    box = shown.depreciation
    box.month.set_value(f"{today():%Y-%m}")
    box.refresh()
    box._run()
    assert "AST-20" in {f.id for f in window.page().findings.findings()}
    box.work.fields["G-0009"].setText("十二")
    box.work.keep.click()
    assert "G-0009" in window.page().findings.findings()[0].text
    box.work.fields["G-0009"].setText("\uff11\uff12")
    box.work.keep.click()
    assert [one.work for one in asset_work.asked(session.book, Period.of(today()))] == [12]


def test_a_receipt_is_made_from_an_instalment_with_one_button(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    fill(session)
    shown = tab(window, "contracts")
    assert isinstance(shown, ContractsTab)
    shown.open_entry("H-0001")
    qtbot.waitUntil(shown.ask.isVisible)
    assert shown.ask.text() == "Receipt for instalment 1"
    shown.ask.click()
    assert window.code() == "receipt"
    door = window.page()
    assert isinstance(door, ReceiptPage)
    typed = door.collect()
    assert (typed.party, typed.total_fen) == ("何老四", 100_000)
    assert [link.code for link in typed.items[0].links] == ["H-0001"]
    assert len([d for d in documents.drafts(session.book) if d.party == "何老四"]) == 1


def test_a_contract_is_entered_with_its_instalments(window: MainWindow, session: Session) -> None:
    shown = tab(window, "contracts")
    assert isinstance(shown, ContractsTab)
    form = shown.new_form
    form.name.setText("果园承包合同")
    form.party.setText("赵老五")
    form.first.set_day(today())
    form.last.set_day(today().replace(day=1) + timedelta(days=800))
    form.instalments.first.set_day(today())
    form.instalments.each.setText("1000")
    form.instalments.make.click()
    assert form.price.fen() == form.instalments.total_fen() > 0
    shown._register()
    (state,) = contracts.states(session.book, today())
    assert state.contract.amount_fen == sum(i.amount_fen for i in state.contract.instalments)
    assert window.page().findings.isVisible()  # no resolution, no tender: said, not refused


def test_a_resource_is_entered_and_filtered_by_use(window: MainWindow, session: Session) -> None:
    shown = tab(window, "resources")
    assert isinstance(shown, ResourcesTab)
    shown.new_form.name.setText("南洼机动地")
    shown.new_form.area.setText("86亩")
    shown._register()
    assert [r.area for r in resources.resources(session.book)] == ["86"]
    shown.state.set_value("used by the village")
    shown._narrow()
    assert shown.table.values().rowCount() == 1


def test_a_count_without_a_day_is_asked_for_it_and_its_list_follows_the_day(
    qtbot: QtBot, session: Session
) -> None:
    """Neither a change elsewhere nor the list to go round with may fall over a day that cannot be read."""
    fill(session)
    window = MainWindow(session)
    qtbot.addWidget(window)
    shown = tab(window, "assets")
    assert isinstance(shown, AssetsTab)
    first = shown.count.found.item(0, 0)
    assert first is not None
    first.setCheckState(Qt.CheckState.Unchecked)
    shown.count.counted_on.setText("99")
    shown.refresh()
    assert shown.count.found.rowCount() == 1
    sheet = next(b for b in shown.findChildren(QPushButton) if "go round" in b.text())
    sheet.click()
    assert "99" in " ".join(f.text for f in shown.page.findings.findings())
    shown.count.counted_on.set_day(today())
    again = shown.count.found.item(0, 0)
    assert again is not None
    assert again.checkState() is Qt.CheckState.Unchecked
    shown.count.counted_on.set_day(today() - timedelta(days=41))
    assert shown.count.found.rowCount() == 0
