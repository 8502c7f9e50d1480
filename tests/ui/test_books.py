"""The page of the books: first rows at once, everything else when it is asked for, down to the voucher and back."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.builders import START, at, make_book
from villagebook.domain.flowing import Flowing, FlowRow
from villagebook.domain.table import Column, RowKind, Shape, Table
from villagebook.services.book_file.books import Book
from villagebook.services.vouchers import imports
from villagebook.ui.main_window import MainWindow
from villagebook.ui.models.flowing_model import FIRST, FlowingModel
from villagebook.ui.models.table_model import TableModel
from villagebook.ui.pages.reading import book_view
from villagebook.ui.pages.reading.book_choices import BOOKS
from villagebook.ui.pages.reading.books import BooksPage
from villagebook.ui.preferences import Preferences
from villagebook.ui.session import Session
from villagebook.ui.tasks import Lane

COLUMNS = (Column("date", "Date", Shape.DAY), Column("what", "What"), Column("amount", "Amount", Shape.MONEY))
VOUCHERS = 900


def rows(count: int) -> Iterator[FlowRow]:
    for n in range(count):
        kind = RowKind.SUM if n % 10 == 9 else RowKind.ENTRY
        yield (f"2025-01-{n % 28 + 1:02d}", f"entry {n}", n), f"voucher:{n}", kind


def flowing(count: int) -> Flowing:
    return Flowing(Table("t", "T", "", COLUMNS, ()), rows(count))


def test_a_growing_model_satisfies_qt_and_reads_on_only_when_asked(qtbot: QtBot, qtmodeltester: ModelTester):
    model = FlowingModel(flowing(5000))
    assert model.rowCount() == FIRST
    qtmodeltester.check(model)
    before = model.rowCount()
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    assert before < model.rowCount() == 5000
    assert model.cells(4321) == ("2025-01-10", "entry 4321", 4321)
    assert model.is_total(19)
    assert not model.is_total(20)


def test_a_short_list_is_whole_at_once_with_its_totals(qtbot: QtBot):
    found = [*rows(5), (("", "Total", 10), "", RowKind.TOTAL)]
    model = FlowingModel(Flowing(Table("t", "T", "", COLUMNS, ()), iter(found)))
    assert model.is_whole
    assert model.as_table().totals == 1


def test_order_and_filter_ask_for_the_whole_list(qtbot: QtBot):
    model = FlowingModel(flowing(1000))
    with qtbot.waitSignal(model.wanted_whole) as asked:
        model.sort(2, Qt.SortOrder.DescendingOrder)
    assert asked.args == [2, Qt.SortOrder.DescendingOrder, ""]
    with qtbot.waitSignal(model.wanted_whole) as asked:
        model.set_filter("entry 7")
    assert asked.args is not None
    assert asked.args[2] == "entry 7"
    model.sort(-1)
    model.set_filter(" ")
    assert model.rowCount() == FIRST


# ---- the page


@pytest.fixture
def long_book(tmp_path: Path) -> Iterator[Book]:
    """Two years of small receipts on the bank account."""
    made = make_book(tmp_path, start=START, opening={"IN": 100_000})
    table = tmp_path / "history.csv"
    with table.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["日期", "凭证号", "摘要", "科目", "资金", "借方", "贷方", "往来"])
        for n in range(VOUCHERS):
            year, month, number = 2025 + n % 2, n // 2 % 12 + 1, n // 24 + 1
            for account, place, debit, credit in (("102", "IN", "1.00", ""), ("501", "", "", "1.00")):
                day = f"{year}-{month:02d}-15"
                writer.writerow(
                    [day, f"记-{number}", f"租金{n}", account, place, debit, credit, f"户{n % 7}"]
                )
    imports.import_file(made, table, by=at(date(2026, 12, 31)))
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, long_book: Book) -> Iterator[BooksPage]:
    session = Session(long_book, Preferences(language="en"), Lane())
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.go("page:books")
    found = window._pages["books"]
    assert isinstance(found, BooksPage)
    yield found
    session.lane.stop()


def show(page: BooksPage, which: str, period: str = "2025-01..2026-12", account: str = "") -> None:
    page.choices.choose(replace(page.choices.chosen(), which=which, period=period, until="", account=account))


def test_a_long_list_shows_its_first_rows_and_grows_where_somebody_looks(page: BooksPage):
    show(page, "journal")
    model = page.table.model()
    assert isinstance(model, FlowingModel)
    assert model.rowCount() == FIRST
    for _turn in range(4):
        page.table.scrollToBottom()
        QApplication.processEvents()
    assert model.rowCount() == 2 * VOUCHERS


def test_sorting_and_searching_a_long_list_see_every_row(
    qtbot: QtBot, page: BooksPage, monkeypatch: pytest.MonkeyPatch
):
    for at_once in (book_view.AT_ONCE, 0):  # small lists at once, large ones in the background
        monkeypatch.setattr(book_view, "AT_ONCE", at_once)
        show(page, "journal")
        page.table.sortByColumn(4, Qt.SortOrder.DescendingOrder)
        qtbot.waitUntil(lambda: type(page.table.model()) is TableModel)
        assert page.table.values().rowCount() == 2 * VOUCHERS
        assert page.table.values().cells(0)[4] == "租金99"
        show(page, "detail-ledger")
        page.search.setText("租金899")
        qtbot.waitUntil(lambda: page.table.values().rowCount() == 2)
        assert {page.table.values().cells(r)[0] for r in range(2)} == {"102", "501"}
        page.search.clear()
        qtbot.waitUntil(lambda: page.table.values().rowCount() > 2)


def test_years_stand_side_by_side_at_once_and_the_month_comes_back(page: BooksPage):
    page.period.set_value("2025-03")
    page.which.set_value("years")
    assert [page.table.values().column(n).key for n in range(2, 4)] == ["y2025", "y2026"]
    page.which.set_value("journal")
    assert page.choices.chosen().period == "2025-03"


def test_the_list_of_vouchers_is_that_of_the_span_and_sorts_and_is_searched(page: BooksPage):
    show(page, "vouchers", "2025-01")
    model = page.table.values()
    whole = model.rowCount()
    assert 0 < whole < VOUCHERS
    page.table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    summaries = [str(model.cells(n)[2]) for n in range(whole)]
    assert summaries == sorted(summaries, reverse=True)
    page.search.setText(summaries[0].partition(" ")[0])
    page.view.narrow()
    assert 0 < page.table.values().rowCount() < whole


def test_from_a_figure_to_the_ledger_to_the_voucher_and_back(qtbot: QtBot, page: BooksPage):
    show(page, "trial-balance", "2025")
    page.table.setCurrentIndex(page.table.values().index(2, 0))
    target = page.table.target()
    page.table.opened.emit(target)
    assert page.which.value() == "detail-ledger"
    assert f"account:{page.account.code()}" == target
    row = next(r for r in range(1, 20) if page.table.values().target(r).startswith("voucher:"))
    page.table.setCurrentIndex(page.table.values().index(row, 0))
    page.table.opened.emit(page.table.target())
    assert page.voucher.isVisible()
    assert page.voucher.voucher_id()
    page.go_back()
    assert page.which.value() == "trial-balance"
    assert page.table.currentIndex().row() == 2
    assert not page.voucher.isVisible()
    assert not page.back.isEnabled()
    page.go_back()  # nothing is left to go back to
    assert page.which.value() == "trial-balance"


def test_back_finds_the_row_in_a_list_that_had_grown(page: BooksPage):
    show(page, "detail-ledger", account="102")
    model = page.table.values()
    assert isinstance(model, FlowingModel)
    model.reach(800)
    page.table.setCurrentIndex(model.index(800, 0))
    page.table.opened.emit("account:501")
    assert page.account.code() == "501"
    page.go_back()
    assert (page.account.code(), page.table.currentIndex().row()) == ("102", 800)


def test_a_page_that_was_left_lets_a_long_list_go_and_reads_it_again(
    page: BooksPage, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(book_view, "KEPT_ROWS", 100)
    show(page, "journal")
    window = page.window()
    assert isinstance(window, MainWindow)
    window.go("page:home")
    assert page.table.values().rowCount() == 0
    window.go("page:books")
    assert page.table.values().rowCount() == FIRST


def test_every_book_of_the_list_shows_something_or_says_why(page: BooksPage):
    for which, _words in BOOKS:
        show(page, which, "2025")
        assert page.view.caption.text()


def test_all_rows_are_copied_though_only_the_first_were_read(page: BooksPage):
    show(page, "journal")
    page.table.clearSelection()
    page.table.copy()
    assert len(QApplication.clipboard().text().splitlines()) == 1 + 2 * VOUCHERS


def test_an_auxiliary_ledger_of_nobody_asks_whose_and_shows_nothing_of_another_book(page: BooksPage):
    show(page, "detail-ledger", account="501")
    page.which.set_value("aux-ledger")
    page.which.changed.emit()
    assert page.table.model().rowCount() == 0
    assert page.findings.findings() == ()
    assert page.view.caption.text().startswith("Whose ledger?")
