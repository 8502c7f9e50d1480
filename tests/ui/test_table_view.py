"""Lists in little room: headings break, columns told elsewhere give way, and nothing is lost by it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QStyleOptionHeaderV2, QToolTip
from pytestqt.qtbot import QtBot

from tests.ui.conftest import dress
from villagebook.domain.table import Column, Shape, Table
from villagebook.ui.theme import em
from villagebook.ui.widgets.table_view import TableView

WAITING = Table(
    "waiting",
    "Documents",
    "",
    (
        Column("summary", "What for", Shape.TEXT, 20),
        Column("voided", "Struck out on", Shape.DAY, 10),
        Column("amount", "Amount that is asked for", Shape.MONEY, 12),
        Column("days", "Days", Shape.COUNT, 6),
        Column("party", "With", Shape.TEXT, 12),
    ),
    (("老人座谈会茶点六十份", None, 90000, 3, "青石食品店"), ("公共绿地除草", "", 64500, 1, "青石农资站")),
)


@pytest.fixture
def view(qtbot: QtBot) -> TableView:
    dress("en", "normal")
    made = TableView()
    made.gives_way = ("party", "days")
    qtbot.addWidget(made)
    made.show_table(WAITING)
    made.show()
    return made


def _shown_at(view: TableView, heights: float) -> list[str]:
    view.resize(em(heights), em(12))
    QApplication.processEvents()
    columns = view.values()
    return [columns.column(n).key for n in range(columns.columnCount()) if not view.isColumnHidden(n)]


def test_a_wide_list_shows_every_column_and_headings_in_one_line(view: TableView) -> None:
    assert _shown_at(view, 60) == ["summary", "voided", "amount", "days", "party"]
    assert "\n" not in _heading(view, 2)


def test_empty_columns_go_first_then_those_that_give_way_in_their_order(view: TableView) -> None:
    steps = [_shown_at(view, heights) for heights in range(60, 13, -1)]
    seen = [keys for n, keys in enumerate(steps) if n == 0 or keys != steps[n - 1]]
    assert seen == [
        ["summary", "voided", "amount", "days", "party"],
        ["summary", "amount", "days", "party"],
        ["summary", "amount", "days"],
        ["summary", "amount"],
    ]
    assert _shown_at(view, 60) == ["summary", "voided", "amount", "days", "party"], "they come back"


def test_a_narrow_list_does_not_scroll_sideways_and_cuts_no_heading(view: TableView) -> None:
    for heights in range(60, 13, -1):
        _shown_at(view, heights)
        header = view.horizontalHeader()
        assert not view.horizontalScrollBar().maximum(), heights
        assert all(header.sectionSizeHint(n) <= header.sectionSize(n) for n in range(header.count())), heights


def test_long_headings_break_only_where_there_is_no_room_for_one_line(view: TableView) -> None:
    _shown_at(view, 60)
    one_line = view.horizontalHeader().sizeHint().height()
    _shown_at(view, 14)
    assert _heading(view, 2) == "Amount that\nis asked for"
    assert view.horizontalHeader().sizeHint().height() > one_line
    _shown_at(view, 60)
    assert view.horizontalHeader().sizeHint().height() == one_line


def test_what_has_no_room_is_told_by_the_tip_of_its_row_and_copied(view: TableView) -> None:
    _shown_at(view, 14)
    place = view.visualRect(view.values().index(0, 0)).center()
    tip = QHelpEvent(QEvent.Type.ToolTip, place, view.viewport().mapToGlobal(place))
    QApplication.sendEvent(view.viewport(), tip)
    assert QToolTip.text().split("\n") == ["老人座谈会茶点六十份", "Days: 3", "With: 青石食品店"]
    QToolTip.hideText()
    view.copy()
    assert "青石农资站" in QApplication.clipboard().text()


def test_the_heading_sorted_by_has_room_for_its_arrow(view: TableView) -> None:
    _shown_at(view, 60)
    header = view.horizontalHeader()
    before = header.sectionSizeHint(3)
    view.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    assert header.sectionSizeHint(3) > before + em(0.5)
    assert header.sectionSize(3) >= header.sectionSizeHint(3)
    assert view.indexAt(QPoint(5, 5)).data() == "老人座谈会茶点六十份"


def _heading(view: TableView, section: int) -> str:
    """As it is painted."""
    option = QStyleOptionHeaderV2()
    view.horizontalHeader().initStyleOptionForIndex(option, section)
    return str(option.text)
