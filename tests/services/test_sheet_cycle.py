"""Which sheets a month, a quarter, a half-year and a year ask for, and who is told that one is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.board import review
from tests.builders import START, Village, at, close_month, make_village, policy_data, receive
from villagebook.domain.finding import Severity
from villagebook.domain.period import Period, Span
from villagebook.domain.sheet import SheetForm
from villagebook.services.disclosure import sheet_cycle, sheets
from villagebook.services.home import home

APRIL = date(2025, 4, 2)
QUARTER = Span.parse("2025-Q1")


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    """The first quarter, closed."""
    made = make_village(tmp_path)
    receive(made, 50_000, date(2025, 1, 8))
    for month in range(3):
        close_month(made, START.shifted(month))
    yield made
    made.book.close()


def owed(village: Village, day: date) -> dict[str, tuple[str, str, bool]]:
    return {
        o.entry.form.value: (str(o.span), o.due_on.isoformat(), o.ready)
        for o in sheet_cycle.in_book(village.book, day)
    }


def test_a_month_and_a_quarter_ask_for_their_sheets_by_their_days(village: Village):
    assert owed(village, APRIL) == {
        "F2": ("2025-03", "2025-04-10", True),
        **dict.fromkeys(("F3", "F7", "F8"), ("2025-01..2025-03", "2025-04-15", True)),
    }


@pytest.mark.parametrize(
    ("day", "span"),
    [
        (date(2025, 7, 1), "2025-01..2025-06"),
        (date(2025, 12, 31), "2025-01..2025-06"),
        (date(2026, 1, 1), "2025-07..2025-12"),
    ],
)
def test_a_half_year_is_over_when_it_is_over(day: date, span: str):
    assert str(sheet_cycle.newest_span(day, 6)) == span


def test_nothing_is_asked_for_of_months_before_the_book(village: Village):
    assert owed(village, date(2025, 1, 20)) == {}


def test_months_that_are_open_are_not_asked_for_yet(village: Village):
    assert owed(village, date(2025, 5, 2))["F2"] == ("2025-04", "2025-05-10", False)
    with village.book.reading() as connection:
        missing = sheet_cycle.missing(connection, village.book.info, date(2025, 5, 2))
    assert {f.where for f in missing} == {*(f"{form} {QUARTER}" for form in ("F3", "F7", "F8")), "2025-01"}
    assert "F2 2025-01" in next(
        f.text for f in missing if f.where == "2025-01"
    )  # the months before it are late


def told(village: Village, day: date) -> dict[str, Severity]:
    shown = home(village.book, day).todos
    return {f.target: f.severity for f in shown if f.target.startswith("notice:F")}


def test_home_asks_for_each_sheet_until_there_is_one_and_says_when_it_is_late(village: Village):
    target = f"notice:F3@{QUARTER}"
    assert told(village, APRIL)[target] is Severity.HINT
    assert told(village, date(2025, 4, 16))[target] is Severity.WARNING
    before = next(s.left for s in home(village.book, APRIL).steps if s.code == "disclose")
    made = sheets.submit_sheet(village.book, SheetForm.DEBTS, QUARTER, "", at(APRIL))
    assert target not in told(village, APRIL)
    after = next(s.left for s in home(village.book, APRIL).steps if s.code == "disclose")
    assert after == before - 1
    review(village, made, APRIL)
    again = [f.text for f in home(village.book, APRIL).todos if f.target == f"notice:{made}"]
    assert any("2025-04-15" in text for text in again)  # now it wants to be posted, by the day of a quarter


def test_the_township_says_which_sheets(tmp_path: Path):
    words = policy_data()["words"]
    words["quarter_sheets"] = {**words["quarter_sheets"], "value": ["F4"]}
    village = make_village(tmp_path, policy={"words": words})
    close_month(village, START)
    close_month(village, Period(2025, 2))
    close_month(village, Period(2025, 3))
    assert set(owed(village, APRIL)) == {"F2", "F4"}
    village.book.close()
