"""Lists of payees, journeys and works, driven as a person would."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.builders import Village, minutes
from tests.ui.samples import person
from villagebook.domain.contract import Contract, ContractKind, Direction, Instalment
from villagebook.domain.meeting import Matter
from villagebook.domain.pay_list import ListKind, PayRate
from villagebook.domain.pay_list_proof import ListState
from villagebook.domain.resolution import ResolutionItem
from villagebook.domain.roster import Household, Member
from villagebook.services import files
from villagebook.services.approvals import list_standings, pay_lists, resolutions, trips, works
from villagebook.services.book_file import books
from villagebook.services.registers import contracts, roster
from villagebook.ui.main_window import MainWindow
from villagebook.ui.pages.entering.payment import PaymentPage
from villagebook.ui.pages.registering.list_window import ListWindow
from villagebook.ui.pages.registering.lists_tab import ListsTab
from villagebook.ui.pages.registering.registers import RegistersPage
from villagebook.ui.pages.registering.trips_tab import TripsTab
from villagebook.ui.pages.registering.works_tab import WorksTab
from villagebook.ui.session import Session
from villagebook.ui.widgets.pay_rows import PayRows


def tab(window: MainWindow, target: str) -> Any:
    window.go(target)
    return window.findChildren(RegistersPage)[0].tab()


def prepared(session: Session) -> None:
    """A household and a rate."""
    member = (Member("何老四", born=1970),)
    roster.save(session.book, Household("07-001", 7, "何老四", member), session.by(), new=True)
    village = Village(session.book, {"clerk": person(session.book, "孙丽")}, session.book.path.parent)
    item = ResolutionItem(1, "误工补贴标准每天80元", Matter.LOST_WORK, 500_000)
    held_on = session.today - timedelta(days=2)
    resolutions.record(session.book, minutes(village, "代表会1号", held_on, item), session.by())
    rate = PayRate(ListKind.LOST_WORK, "", 8_000, session.today, "代表会1号#1")
    pay_lists.set_rate(session.book, rate, session.by())


def write(people: PayRows, row: int, column: int, words: str) -> None:
    cell = people.item(row, column)
    assert cell is not None
    cell.setText(words)


def test_a_list_is_typed_in_a_sheet_and_goes_to_the_door_for_money_out(
    window: MainWindow, session: Session, qtbot: QtBot
):
    prepared(session)
    lists: ListsTab = tab(window, "register:lists")
    lists._open(None)
    sheet: ListWindow = lists.window_open
    sheet.from_on.set_day(session.today)
    sheet.to_on.set_day(session.today)
    sheet.title.setText("清理水渠误工补贴")
    day = f"{session.today.month}.{session.today.day}"
    for column, words in ((0, "何老四"), (2, "清理水渠"), (4, day)):
        write(sheet.people, 0, column, words)
    assert sheet.people.rowCount() == 2  # a blank line waits
    (row,) = sheet.people.rows()
    assert (row.household, row.rate_fen, row.amount_fen) == ("07-001", 8_000, 8_000)
    sheet.save.click()
    (made,) = list_standings.standings(session.book)
    assert (made.state, made.content.total_fen) == (ListState.ENTERED, 8_000)
    lists.pay.click()
    page = window.page()
    assert isinstance(page, PaymentPage)
    assert (page.pay_list.value(), page.typed().total_fen) == (made.content.code, 8_000)


def test_what_cannot_be_read_is_said_and_nothing_is_saved(window: MainWindow, session: Session):
    prepared(session)
    lists: ListsTab = tab(window, "register:lists")
    lists._open(None)
    sheet: ListWindow = lists.window_open
    write(sheet.people, 0, 0, "何老四")
    write(sheet.people, 0, 4, "2.30")
    write(sheet.people, 0, 7, "八十")
    sheet.save.click()
    assert len(sheet.findings.findings()) == 2
    assert list_standings.standings(session.book) == ()
    sheet.close()


def test_rows_are_pasted_and_taken_out(window: MainWindow, session: Session, qtbot: QtBot):
    people = PayRows()
    qtbot.addWidget(people)
    people.set_kind(ListKind.CONDOLENCE)
    people.setCurrentCell(0, 0)
    people._paste("何老四\t\t春节慰问\t200\n钱进\t\t春节慰问\t300\n")
    assert [(r.name, r.amount_fen) for r in people.rows()] == [("何老四", 20_000), ("钱进", 30_000)]
    people.setCurrentCell(0, 0)
    people.drop_line()
    assert [r.name for r in people.rows()] == ["钱进"]
    people.setCurrentCell(0, 0)
    qtbot.keyClick(people, Qt.Key.Key_Return)
    assert people.currentColumn() == 1


def test_a_journey_is_asked_for_and_given_up(window: MainWindow, session: Session):
    journeys: TripsTab = tab(window, "register:trips")
    assert journeys.caption.text() == "No journey was asked for yet."
    person = next(iter(books.staff(session.book).persons))
    journeys.travellers.set_ids((person,))
    journeys.destination.setText("聊城")
    journeys.purpose.setText("参加防汛会议")
    journeys.from_on.set_day(session.today)
    journeys.to_on.set_day(session.today + timedelta(days=1))
    journeys.estimate.set_fen(60_000)
    journeys.save.click()
    assert {f.id for f in window.page().findings.findings()} == {"AP-20"}
    journeys.from_on.set_day(session.today + timedelta(days=1))
    journeys.save.click()
    (made,) = trips.standings(session.book)
    assert journeys.caption.text() == "1 journey waits for its signatures."
    assert (made.trip.travellers, made.trip.asked_by) == ((person,), person)
    assert journeys.sign.isVisibleTo(journeys)
    journeys.why.setText("会议取消")
    journeys._drop()
    assert trips.standings(session.book)[0].dropped == "会议取消"
    assert journeys.caption.text() == "Every journey is settled."


def test_works_are_accepted_on_their_page(window: MainWindow, session: Session, tmp_path: Path):
    today = session.today
    contract = Contract(
        "H-0009",
        "修村东路",
        ContractKind.WORKS,
        Direction.EXPENSE,
        "县路桥公司",
        today,
        today,
        today + timedelta(days=90),
        500_000,
        (Instalment(today, 500_000),),
        "153",
        retention_fen=25_000,
        retention_due_on=today + timedelta(days=365),
    )
    contracts.register(session.book, contract, session.by())
    page: WorksTab = tab(window, "register:works/H-0009")
    assert page.settled.fen() == 500_000
    page.people.setPlainText("何老四 村民代表\n王建国 主任")
    page.found.setText("路面宽度合格")
    page._accept()
    assert {f.id for f in window.page().findings.findings()} == {"WRK-01"}  # without a photo
    page.papers.set_attachments((files.store_file(session.book, b"%PDF-1.4 photo", "photo.pdf"),))
    page._accept()
    (made,) = works.acceptances(session.book)
    assert [(p.name, p.role) for p in made.people] == [("何老四", "村民代表"), ("王建国", "主任")]
    assert works.standings(session.book, today)[0].payable_fen(today) == 475_000
