"""The two table models: correct by Qt's own tester, sorted by value, endless without reading everything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from villagebook.domain.table import Column, Shape, Table
from villagebook.ui.models.endless_model import PAGE, EndlessModel, Row
from villagebook.ui.models.table_model import TableModel, as_tsv
from villagebook.ui.widgets.table_view import TableView

COLUMNS = (Column("date", "Date", Shape.DAY), Column("what", "What"), Column("amount", "Amount", Shape.MONEY))
TABLE = Table(
    "t",
    "Title",
    "",
    COLUMNS,
    (
        ("2025-01-03", "twine", 100000),
        ("2025-01-01", "paper\tand pens", -2050),
        ("2025-01-02", "", 900),
        ("", "Total", 98850),
    ),
    1,
    ("voucher:a", "voucher:b", "voucher:c", ""),
)


def column_texts(model: TableModel, column: int) -> list[str]:
    return [str(model.index(r, column).data()) for r in range(model.rowCount())]


def test_the_table_model_satisfies_qt(qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(TableModel(TABLE))


def test_money_sorts_by_value_and_the_total_stays_last(qtbot: QtBot) -> None:
    model = TableModel(TABLE)
    model.sort(2, Qt.SortOrder.AscendingOrder)
    assert column_texts(model, 2) == ["-20.50", "9.00", "1,000.00", "988.50"]
    model.sort(2, Qt.SortOrder.DescendingOrder)
    assert column_texts(model, 2) == ["1,000.00", "9.00", "-20.50", "988.50"]
    assert model.target(0) == "voucher:a"
    model.sort(-1)
    assert column_texts(model, 0) == ["2025-01-03", "2025-01-01", "2025-01-02", ""]


def test_a_filter_hides_the_total_because_it_is_not_of_these_rows(qtbot: QtBot) -> None:
    model = TableModel(TABLE)
    model.set_filter("1000")
    assert column_texts(model, 1) == ["twine"]
    model.set_filter("")
    assert model.rowCount() == 4


def test_red_figures_are_red_and_nothing_else(qtbot: QtBot) -> None:
    model = TableModel(TABLE)
    red = model.data(model.index(1, 2), Qt.ItemDataRole.ForegroundRole)
    assert red is not None
    assert model.data(model.index(0, 2), Qt.ItemDataRole.ForegroundRole) is None


def test_copied_rows_paste_into_a_spreadsheet(qtbot: QtBot) -> None:
    model = TableModel(TABLE)
    assert as_tsv(model, [0, 1], [1, 2]) == "What\tAmount\ntwine\t1000.00\npaper and pens\t-20.50\n"


def test_ctrl_c_copies_the_selected_rows(qtbot: QtBot) -> None:
    view = TableView()
    qtbot.addWidget(view)
    view.show_table(TABLE)
    view.show()
    view.selectRow(0)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "Date\tWhat\tAmount\n2025-01-03\ttwine\t1000.00\n"


def test_enter_opens_the_row(qtbot: QtBot) -> None:
    view = TableView()
    qtbot.addWidget(view)
    view.show_table(TABLE)
    view.selectRow(2)
    with qtbot.waitSignal(view.opened) as caught:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert caught.args == ["voucher:c"]


class Shelf:
    """A hundred thousand rows by key, counting how often it is asked."""

    count = 100_000

    def __init__(self) -> None:
        self.asked = 0

    def fetch(self, after: Any, limit: int) -> Sequence[tuple[Any, Row]]:
        self.asked += 1
        first = 0 if after is None else after + 1
        return [
            (n, (("2025-01-01", f"row {n}", n * 100), f"voucher:{n}"))
            for n in range(first, min(first + limit, self.count))
        ]


def test_the_endless_model_satisfies_qt(qtmodeltester: ModelTester) -> None:
    shelf = Shelf()
    shelf.count = 3 * PAGE + 7
    qtmodeltester.check(EndlessModel(COLUMNS, shelf.count, shelf.fetch))


def test_the_endless_model_reads_only_what_is_shown(qtbot: QtBot) -> None:
    shelf = Shelf()
    model = EndlessModel(COLUMNS, shelf.count, shelf.fetch)
    assert model.rowCount() == 100_000
    assert shelf.asked == 0
    assert model.index(10, 1).data() == "row 10"
    assert model.index(PAGE - 1, 1).data() == f"row {PAGE - 1}"
    assert shelf.asked == 1


def test_the_endless_model_finds_the_last_row_and_comes_back(qtbot: QtBot) -> None:
    shelf = Shelf()
    model = EndlessModel(COLUMNS, shelf.count, shelf.fetch)
    assert model.index(99_999, 1).data() == "row 99999"
    asked = shelf.asked
    assert model.index(0, 1).data() == "row 0"
    assert model.target(99_999) == "voucher:99999"
    assert shelf.asked == asked + 1


@pytest.mark.parametrize("row", [0, 199, 200, 4711])
def test_every_row_is_where_it_belongs(qtbot: QtBot, row: int) -> None:
    shelf = Shelf()
    assert EndlessModel(COLUMNS, shelf.count, shelf.fetch).cells(row)[1] == f"row {row}"
