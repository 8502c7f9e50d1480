"""A line of the classic grid shows whatever amount stands in it."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.rules import facts as f
from villagebook.ui.widgets.grid_line import GridLine


@pytest.mark.parametrize("words", ["1.00", "99,999,999,999.99", "-999,999,999.99"])
def test_no_digit_of_an_amount_is_cut_off(qtbot: QtBot, words: str) -> None:
    line = GridLine(f.CHART, {}, lambda _account: True, lambda _words: (), ())
    for cell in line.cells():
        qtbot.addWidget(cell)
    narrow = line.debit.minimumWidth()
    line.debit.setText(words)
    line.debit.resize(line.debit.minimumWidth(), line.debit.height())
    assert line.debit.fontMetrics().horizontalAdvance(words) < line.debit.width()
    line.debit.clear()
    assert line.debit.minimumWidth() == narrow, "a column gives its room back"
