"""The results box of the closing page: by month, at the year's end, taken back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.builders import policy_data
from tests.ui.conftest import dress
from tests.ui.cut import cut_texts
from tests.ui.samples import by
from villagebook.domain.link import Link
from villagebook.domain.period import Period, Span
from villagebook.domain.roster import Household, Member
from villagebook.services import reports
from villagebook.services.book_file import books
from villagebook.services.book_file.new_book import NewBook, create_book
from villagebook.services.by import today
from villagebook.services.period_end.year_end import year_state
from villagebook.services.registers import roster
from villagebook.storage.engine import Connection, fetch
from villagebook.ui.main_window import MainWindow
from villagebook.ui.page import Page
from villagebook.ui.pages.month_end.closing import ClosingPage
from villagebook.ui.pages.month_end.result_box import ResultBox
from villagebook.ui.preferences import Preferences
from villagebook.ui.session import Session
from villagebook.ui.tasks import Lane

OPENING = """account,place,party,debit,credit
102,IN,,1950,
301,,,,1000
322,,,,450
501,,,,900
513,,,400,
"""
Open = Callable[..., MainWindow]


@pytest.fixture
def open_book(qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    """A window on a book that begins in this month, with results of before in its opening."""
    made: list[Session] = []

    def make(start: Period, **policy: object) -> MainWindow:
        opening, told, path = (tmp_path / n for n in ("opening.csv", "policy.json", "village.vbook"))
        opening.write_text(OPENING, encoding="utf-8")
        told.write_text(json.dumps(policy_data(policy)), encoding="utf-8")
        new = NewBook("白杨村", "1", start, opening=opening, policy=told)
        create_book(path, new, by()).close()
        made.append(Session(books.open_book(path), Preferences(language="en"), Lane()))
        window = MainWindow(made[-1])
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        window.go("page:close")
        return window

    yield make
    for session in made:
        session.lane.stop()
        session.book.close()


def known_links(connection: Connection) -> list[Link]:
    """Whatever lines point at."""
    return [Link(r[0], r[1]) for r in fetch(connection, "SELECT kind, code FROM line_link")]


def box_of(window: MainWindow) -> ResultBox:
    page = window.page()
    assert isinstance(page, ClosingPage)
    return page.results


def stops(page: Page) -> list[str]:
    """What stands in the way; a resolution that no register holds is only said."""
    return [f.id for f in page.findings.findings() if f.severity.stops]


def cells(box: ResultBox) -> list[tuple[str, ...]]:
    """Summary, account, debit and credit of every row."""
    model = box._entries.values()
    return [tuple(model.index(r, c).data() or "" for c in range(1, 5)) for r in range(model.rowCount())]


LAST_DECEMBER = Period(today().year - 1, 12)


def test_by_month_the_results_are_shown_and_carried(open_book: Open) -> None:
    start = Period(today().year - 1, 11)
    window = open_book(start, carry_monthly=True)
    box = box_of(window)
    assert cells(box)[0] == ("结转本期损益", "501 Operating income", "900.00", "")
    box.carry.click()
    assert window.page().findings.findings() == ()
    assert box.isHidden()


def test_by_year_a_month_before_december_shows_nothing(open_book: Open) -> None:
    assert box_of(open_book(Period(today().year - 1, 11))).isHidden()


def test_the_end_of_the_year_is_shown_posted_and_taken_back(open_book: Open) -> None:
    window = open_book(LAST_DECEMBER)
    box, page = box_of(window), window.page()
    assert (box.rate.text(), box.base.value()) == ("10.00", "income")
    box.members.set_fen(20_000)
    box.look.click()
    assert [f.id for f in page.findings.findings()] == ["YE-24"]
    box.resolution.setText("成员大会2025-4")
    box.look.click()
    assert stops(page) == []
    assert "500.00" in box._figures.text()
    rows = cells(box)
    assert rows[0] == ("原余额转入明细科目", "322 Distribution of result", "450.00", "")
    assert ("提取公积公益金", "311 Public reserve and welfare fund", "", "50.00") in rows
    box.year.click()
    assert stops(page) == []
    assert year_state(page.book, LAST_DECEMBER.year) == "done"
    assert not box.back.isHidden()
    box.reason.setText("分配方案有误")
    box.back.click()
    assert stops(page) == []
    assert year_state(page.book, LAST_DECEMBER.year) == "open"


def test_rate_and_base_are_the_townships_until_others_are_typed(open_book: Open) -> None:
    window = open_book(LAST_DECEMBER, reserve_rate_bp=1500, reserve_on_distributable=True)
    box = box_of(window)
    assert (box.rate.text(), box.base.value()) == ("15.00", "distributable")
    box.look.click()
    assert any(row[3] == "142.50" for row in cells(box))
    box.rate.setText("12.5")
    box.base.set_value("income")
    box.look.click()
    assert [f.id for f in window.page().findings.findings()] == ["YE-25"]
    assert any(row[3] == "62.50" for row in cells(box))


def test_nothing_is_posted_that_was_not_shown(open_book: Open) -> None:
    box = box_of(open_book(LAST_DECEMBER))
    assert not box.year.isEnabled(), "before anybody looked"
    box.look.click()
    assert box.year.isEnabled()
    box.members.set_fen(20_000)
    assert not box.year.isEnabled(), "the plan is another one now"
    box.look.click()
    assert not box.year.isEnabled(), "no resolution: what stops is shown, and cannot be posted"
    box.resolution.setText("成员大会2025-4")
    box.look.click()
    assert box.year.isEnabled()


def test_the_members_part_is_divided_among_the_households_and_others_get_theirs(open_book: Open) -> None:
    window = open_book(LAST_DECEMBER)
    box, page = box_of(window), window.page()
    box.members.set_fen(10_001)
    box.among.set_value("household")
    box.look.click()
    assert "register" in page.findings.findings()[0].text, "there is none to divide among"
    for number, head in ((1, "何老四"), (2, "刘大海")):
        household = Household(f"01-{number:03d}", 1, head, (Member(head, "户主"),), shares=f"{number}.5")
        roster.save(page.book, household, by(), new=True)
    line = box.parts.add()
    line.kind.set_value("investors")
    line.party.setText("县农业公司")
    line.amount.set_fen(3_000)
    box.resolution.setText("成员大会2025-4")
    box.look.click()
    assert stops(page) == []
    model = box._entries.values()
    shown = {
        (model.index(r, 2).data(), model.index(r, 4).data(), model.index(r, 5).data())
        for r in range(model.rowCount())
    }
    assert shown >= {
        ("113 Current accounts with members and own units", "50.01", "何老四"),
        ("113 Current accounts with members and own units", "50.00", "刘大海"),
        ("211 Payables", "30.00", "县农业公司"),
    }
    box.among.set_value("shares")
    box.look.click()
    assert any(model.index(r, 4).data() == "62.51" for r in range(model.rowCount()))
    box.year.click()
    assert stops(page) == []
    with page.book.reading() as connection:
        links = {target.code for target in known_links(connection)}
    assert links == {"01-001", "01-002"}


def test_a_month_opened_again_stays_in_sight(open_book: Open) -> None:
    start = Period(today().year - 1, 10)
    window = open_book(start)
    page = window.page()
    assert isinstance(page, ClosingPage)
    assert page.reopened_box.isHidden()
    with page.book.writing("周敏", by().at) as writing:
        for number, state in enumerate(("closed", "open")):
            body = {
                "period": start.number,
                "state": state,
                "reason": "凭证漏记一张" if state == "open" else "",
            }
            writing.log("period.stepped", body, f"step{number}", "periods")
    page.refresh()
    assert not page.reopened_box.isHidden()
    model = page.reopened.values()
    assert (model.index(0, 0).data(), model.index(0, 3).data()) == (str(start), "凭证漏记一张")
    table = reports.make(page.book, "log", Span(start, Period.of(today()))).table
    assert any(r[5] == f"{start.number} open 凭证漏记一张" for r in table.rows)


def test_what_was_refused_for_one_month_does_not_stay_beside_another(open_book: Open) -> None:
    start = Period(today().year - 1, 10)
    page = open_book(start).page()
    assert isinstance(page, ClosingPage)
    page.month.set_months([start, start.shifted(1)])
    page.month.set_value(str(start.shifted(1)))
    page.close_button.click()
    assert "CLO-01" in [f.id for f in page.todo.findings()]
    page.month.set_value(str(start))
    assert "CLO-01" not in [f.id for f in page.todo.findings()]
    assert page.findings.findings() == ()


@pytest.mark.parametrize(
    ("language", "size"), [("zh_CN", "normal"), ("zh_CN", "very-large"), ("en", "very-large")]
)
def test_nothing_of_it_is_cut(qtbot: QtBot, open_book: Open, language: str, size: str) -> None:
    dress(language, size)
    window = open_book(LAST_DECEMBER)
    box_of(window).parts.add().kind.set_value("other")
    box_of(window).look.click()
    qtbot.wait(1)
    assert cut_texts(window) == []
    assert window.width() == 1366


def test_a_month_that_hangs_on_the_board_says_how_it_is_corrected(open_book: Open) -> None:
    start = Period(today().year - 1, 10)
    window = open_book(start)
    page = window.page()
    assert isinstance(page, ClosingPage)
    with page.book.writing("周敏", by().at) as writing:
        for number, state in enumerate(("closed", "disclosed")):
            body = {"period": start.number, "state": state, "reason": ""}
            writing.log("period.stepped", body, f"step{number}", "periods")
    page.month.set_value(str(start))
    page.refresh()
    assert page.reopen_box.isHidden()
    assert "red voucher" in page.heading.text()
