"""The first page tells of a special fund nobody uses, whether it came in this book or before it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from tests.builders import START, at, make_village
from villagebook.domain.fund import Fund
from villagebook.services import home
from villagebook.services.registers import fund_register


def test_a_fund_that_has_lain_since_before_the_book_began_is_told_of(tmp_path: Path):
    village = make_village(tmp_path)
    grant = Fund("", ("514",), "改厕补助", "县财农2025-3", "F1", "改厕专款", brought_fen=5_000)
    fund_register.define(village.book, grant, at(date(2025, 1, 3)))
    last_quiet = START.first_day + timedelta(days=89)
    told = {
        day: [
            (f.id, "50.00 has not moved for" in f.text)
            for f in home.home(village.book, day).todos
            if f.where == "F1"
        ]
        for day in (last_quiet, last_quiet + timedelta(days=1))
    }
    village.book.close()
    assert list(told.values()) == [[], [("HOME-45", True)]]
