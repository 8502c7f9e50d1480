"""The two windows of coming from elsewhere: columns and accounts confirmed by hand, the worksheet filled in, nothing cut."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.builders import at, make_book
from tests.services.test_bring_in import HEAD, ROWS
from tests.services.test_conversion import DECIDED, OLD
from tests.ui.conftest import dress
from tests.ui.cut import cut_texts
from villagebook.domain.foreign import Detail
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.period import Period
from villagebook.domain.roster import Household, Member, Outsider, OutsiderKind
from villagebook.services.book_file.books import Book
from villagebook.services.bringing_in import conversion, foreign_mappings
from villagebook.services.registers import roster
from villagebook.storage import ledger, links, registry
from villagebook.ui.pages.setting_up.bring_in_window import ACCOUNTS, COLUMNS, NAMES, PROOF, BringInWindow
from villagebook.ui.pages.setting_up.conversion_window import ConversionWindow
from villagebook.ui.pages.setting_up.settings import SettingsPage
from villagebook.ui.preferences import Preferences
from villagebook.ui.session import Session
from villagebook.ui.start_window import StartWindow
from villagebook.ui.tasks import Lane


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    dress("en")
    made = Session(make_book(tmp_path, start=Period(2024, 1)), Preferences(language="en"), Lane())
    yield made
    made.lane.stop()
    made.book.close()


def shown(qtbot: QtBot, made: BringInWindow | ConversionWindow) -> None:
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    made.show()


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> BringInWindow:
    made = BringInWindow(session)
    shown(qtbot, made)
    return made


@pytest.fixture
def worksheet(qtbot: QtBot, session: Session) -> ConversionWindow:
    made = ConversionWindow(session)
    shown(qtbot, made)
    return made


def export(folder: Path, text: str = HEAD + ROWS) -> Path:
    path = folder / "旧账.csv"
    path.write_bytes(text.encode("gb18030"))
    return path


def read(qtbot: QtBot, window: BringInWindow, path: Path) -> None:
    window.file.line.setText(str(path))
    qtbot.waitUntil(lambda: window.seen is not None and not window.session.lane.busy)


def settle(qtbot: QtBot, window: BringInWindow | ConversionWindow) -> None:
    qtbot.waitUntil(lambda: not window.session.lane.busy)


def count(book: Book) -> int:
    with book.reading() as connection:
        return ledger.control_totals(connection)[2]


def test_a_file_comes_in_by_keyboard_account_by_account(window: BringInWindow, qtbot: QtBot, tmp_path: Path):
    read(qtbot, window, export(tmp_path))
    assert window.tabs.currentIndex() == ACCOUNTS
    assert not window.take.isEnabled()
    window.accounts.rows.setFocus()
    for left in (1, 0):
        window.accounts.rows.setCurrentIndex(window.accounts.rows.values().index(0, 0))
        QTest.keyClick(window.accounts.rows, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda left=left: window.seen is not None and len(window.seen.open_accounts) == left)  # type: ignore[misc]  # a default of a lambda has no type
    assert window.take.isEnabled()
    window.try_it.click()
    settle(qtbot, window)
    assert count(window.book) == 0
    assert "nothing was written" in window.says.text()
    window.take.click()
    settle(qtbot, window)
    assert count(window.book) == 2
    assert not window.take.isEnabled()


def test_an_account_goes_where_the_fields_say(window: BringInWindow, qtbot: QtBot, tmp_path: Path):
    read(qtbot, window, export(tmp_path))
    window.accounts.rows.setCurrentIndex(window.accounts.rows.values().index(0, 0))
    window.accounts.account.set_code("515")
    window.accounts.detail.set_value(Detail.NONE.value)
    window.accounts.assign()
    settle(qtbot, window)
    assert window.seen is not None
    (target,) = [line.target for line in window.seen.accounts if line.account.code == "51301"]
    assert target is not None
    assert target.account == "515"


def test_names_are_confirmed_in_their_own_tab(
    window: BringInWindow, qtbot: QtBot, session: Session, tmp_path: Path
):
    for entry in (
        Outsider("W001", "县供电所", OutsiderKind.SUPPLIER),
        Household("01-001", 1, "张三", (Member("张三", "户主", 1960),)),
        Household("02-001", 2, "张三", (Member("张三", "户主", 1970),)),
    ):
        roster.save(session.book, entry, at(date(2025, 1, 10)), new=True)
    rows = (
        "日期,凭证号,摘要,科目编码,科目名称,借方,贷方,供应商,客户\n"
        "2025-01-05,付-1,电费,513,管理费用,5,,县供电所,\n,,,101,库存现金,,5,,\n"
        "2025-01-06,收-1,租金,101,库存现金,7,,,\n,,,501,经营收入,,7,,张三\n"
        "2025-01-07,付-2,种子,513,管理费用,9,,某店,\n,,,101,库存现金,,9,,\n"
    )
    read(qtbot, window, export(tmp_path, rows))
    names = window.names
    assert window.tabs.currentIndex() == NAMES
    assert not window.take.isEnabled()
    for words, left in (("Confirm all e&qual names", 2), ("All &others stay words", 1)):
        button = next(b for b in names.findChildren(QPushButton) if b.text() == words)
        button.click()
        qtbot.waitUntil(lambda left=left: window.seen is not None and len(window.seen.open_names) == left)  # type: ignore[misc]  # a default of a lambda has no type
    names.rows.setCurrentIndex(names.rows.values().index(0, 0))
    QTest.keyClick(
        names.rows, Qt.Key.Key_Return
    )  # two of that name: nothing is taken, somebody has to choose
    assert window.seen is not None
    assert len(window.seen.open_names) == 1
    names.entry.set_links((Link(LinkKind.HOUSEHOLD, "02-001"),))
    names.assign()
    qtbot.waitUntil(lambda: window.seen is not None and not window.seen.open_names)
    window.take.click()
    settle(qtbot, window)
    assert count(window.book) == 3
    with window.book.reading() as connection:
        tied = links.linked_rows(connection, Link(LinkKind.HOUSEHOLD, "02-001"), date(2025, 12, 31))
    assert [row[5] for row in tied] == ["501"]


def test_a_column_means_what_one_says_and_belongs_to_one_role(
    window: BringInWindow, qtbot: QtBot, tmp_path: Path
):
    read(qtbot, window, export(tmp_path, HEAD.replace("借方金额", "甲").replace("贷方金额", "乙") + ROWS))
    assert window.tabs.currentIndex() == COLUMNS
    assert [f.id for f in window.findings.findings()] == ["IMP-01"]
    choices = dict(window.columns._choices)
    choices["甲"].set_value("debit")
    settle(qtbot, window)
    dict(window.columns._choices)["乙"].set_value("credit")
    settle(qtbot, window)
    assert window.findings.findings() == () or not any(f.severity.stops for f in window.findings.findings())
    assert window.seen is not None
    assert window.seen.proof is not None
    window.tabs.setCurrentIndex(PROOF)
    dict(window.columns._choices)["摘要"].set_value("debit")
    settle(qtbot, window)
    assert dict(window.columns._choices)["甲"].value() == ""


def test_the_layout_is_saved_with_its_name(window: BringInWindow, qtbot: QtBot, tmp_path: Path):
    read(qtbot, window, export(tmp_path))
    window.name.setText("某某云")
    window.keep.click()
    (saved,) = foreign_mappings.saved(window.book)
    assert saved.name == "某某云"


def test_the_name_of_one_layout_is_not_that_of_another_file(
    window: BringInWindow, qtbot: QtBot, tmp_path: Path
):
    read(qtbot, window, export(tmp_path))
    window.name.setText("金蝶KIS凭证")
    window.keep.click()
    other = tmp_path / "余额.csv"
    other.write_text("科目代码,科目名称,期末借方,期末贷方\n101,库存现金,5,\n301,资本,,5\n", encoding="utf-8")
    before = window.seen
    window.file.line.setText(str(other))
    qtbot.waitUntil(lambda: window.seen is not before and not window.session.lane.busy)
    assert window.name.text() == ""


def test_the_worksheet_asks_divides_and_opens_the_book(
    worksheet: ConversionWindow, qtbot: QtBot, tmp_path: Path
):
    path = tmp_path / "2023年末.csv"
    path.write_bytes(OLD.encode("gb18030"))
    worksheet.file.line.setText(str(path))
    assert not worksheet.confirm.isEnabled()
    values = worksheet.rows.values()
    row = next(n for n in range(values.rowCount()) if values.target(n) == "131|")
    worksheet.rows.setCurrentIndex(values.index(row, 0))
    assert [r.account.code() for r in worksheet.shares.rows[:2]] == ["131", "132"]
    worksheet.shares.rows[0].amount.setText("5000")
    worksheet.shares.decide.click()
    assert worksheet.rows.target() == "131|", "3,000 are still to be divided"
    assert [r.account.code() for r in worksheet.shares.rows[:2]] == ["131", "132"]
    worksheet.shares.rows[1].amount.setText("3000")
    assert "0.00" in worksheet.shares.missing.text()
    worksheet.shares.decide.click()
    assert worksheet.worksheet.shares["131|"] == tuple(DECIDED["131|"])
    assert worksheet.rows.target() == "132|"
    held = conversion.draft(worksheet.book)
    assert held is not None
    assert held[1] == worksheet.worksheet
    for key, shares in DECIDED.items():
        worksheet._divided(key, tuple(shares))
    worksheet.gross["132"].setText("2000")
    worksheet.gross["132"].editingFinished.emit()
    worksheet.gross["161"].setText("0")
    worksheet.gross["161"].editingFinished.emit()
    assert worksheet.confirm.isEnabled()
    worksheet.confirm.click()
    settle(qtbot, worksheet)
    with worksheet.book.reading() as connection:
        assert len(registry.read_opening(connection)) > 10
    assert not worksheet.confirm.isEnabled()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("size", ["normal", "very-large"])
def test_nothing_is_cut_in_either_window(
    language: str, size: str, qtbot: QtBot, session: Session, tmp_path: Path
):
    dress(language, size)
    try:
        bring, sheet = BringInWindow(session), ConversionWindow(session)
        for made in (bring, sheet):
            shown(qtbot, made)
        read(qtbot, bring, export(tmp_path))
        path = tmp_path / "old.csv"
        path.write_bytes(OLD.encode("gb18030"))
        sheet.read(path)
        for made in (bring, sheet):
            made.resize(1340, 720)
            for tab in range(made.tabs.count()):
                made.tabs.setCurrentIndex(tab)
                QApplication.processEvents()
                assert cut_texts(made) == []
            assert made.minimumSizeHint().height() <= 740
            assert made.minimumSizeHint().width() <= 1366
    finally:
        dress("en")


def test_the_start_window_leads_to_where_history_comes_in(qtbot: QtBot):
    dress("en")
    start = StartWindow(Preferences(language="en"), Lane())
    qtbot.addWidget(start)
    start.fill_button.click()
    assert start._is_filling
    start.new_button.click()
    assert not start._is_filling


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_two_things_in_a_window_share_a_mnemonic(language: str, qtbot: QtBot, session: Session):
    dress(language)
    try:
        for made in (BringInWindow(session), ConversionWindow(session)):
            shown(qtbot, made)
            words = [b.text() for b in made.findChildren(QPushButton)]
            words += [label.text() for label in made.findChildren(QLabel) if label.buddy()]  # type: ignore[truthy-bool]  # the stub says that a label always has one
            words += [made.tabs.tabText(n) for n in range(made.tabs.count())]
            letters = [w[w.index("&") + 1].lower() for w in words if "&" in w]
            assert sorted(set(letters)) == sorted(letters), sorted(words)
    finally:
        dress("en")


def test_a_window_closed_while_it_reads_is_told_nothing(qtbot: QtBot, session: Session, tmp_path: Path):
    made = BringInWindow(session)
    made.show()
    made.read(export(tmp_path))
    made.close()
    qtbot.waitUntil(lambda: not isValid(made))
    qtbot.waitUntil(lambda: not session.lane.busy)


def test_what_is_said_makes_the_window_no_larger_than_the_smallest_screen(
    window: BringInWindow, qtbot: QtBot, tmp_path: Path
):
    before = window.height()
    path = export(tmp_path, HEAD + ROWS.replace("2024-", "2024-99-") * 4)
    window.file.line.setText(str(path))
    qtbot.waitUntil(lambda: bool(window.findings.findings()) and not window.session.lane.busy)
    QApplication.processEvents()
    assert window.findings.isVisible()
    assert window.height() == before <= 720


def test_what_was_wrong_with_one_table_does_not_stay_beside_the_next(
    qtbot: QtBot, session: Session, tmp_path: Path
):
    page = SettingsPage(session)
    qtbot.addWidget(page)
    page.refresh()
    head, row = "日期,收支,单据号,事由,金额,资金,科目\n", "2024-01-06,收入,{no},收水费,200,IN,{account}\n"
    for name, account in (("坏.csv", "999"), ("好.csv", "504")):
        (tmp_path / name).write_text(head + row.format(no="0001", account=account), encoding="utf-8")
    page.file.line.setText(str(tmp_path / "坏.csv"))
    page._import(dry_run=True)
    qtbot.waitUntil(lambda: bool(page.findings.findings()) and not session.lane.busy)
    assert [f.id for f in page.findings.findings()] == ["IMP-10"]
    page.file.line.setText(str(tmp_path / "好.csv"))
    page._import(dry_run=True)
    qtbot.waitUntil(lambda: not session.lane.busy)
    assert page.findings.findings() == ()
