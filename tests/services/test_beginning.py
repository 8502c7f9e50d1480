"""A book in which nothing has happened yet: nothing is told as done, and no book of a place there is none of."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.builders import CODE, NAME, START, Village, at, receive
from villagebook.domain.errors import KnownError
from villagebook.domain.period import Span
from villagebook.services import home
from villagebook.services.account_books import money_books
from villagebook.services.book_file.new_book import NewBook, create_book

LATER = date(2025, 2, 5)


def test_no_step_of_a_month_is_done_before_anything_was_brought_in(tmp_path: Path):
    with create_book(tmp_path / "new.vbook", NewBook(NAME, CODE, START), at(START.first_day)) as book:
        seen = home.home(book, LATER)
    assert {s.state for s in seen.steps if s.code != "record"} == {"later"}
    assert "HOME-03" not in {t.id for t in seen.todos}  # to close it would shut out the opening balances
    assert "HOME-09" in {t.id for t in seen.todos}


def test_once_something_is_posted_the_month_has_its_steps(village: Village):
    receive(village, 50_000, date(2025, 1, 8), place="IN")
    seen = home.home(village.book, LATER)
    assert {s.code: s.state for s in seen.steps}["sign"] == "done"
    assert {s.code: s.state for s in seen.steps}["count"] in ("now", "late")


@pytest.mark.parametrize("flow", [money_books.cash_flow, money_books.bank_flow])
def test_a_place_that_is_none_of_the_book_has_no_book(village: Village, flow):
    with pytest.raises(KnownError) as told:
        flow(village.book, Span.of(START), "nowhere")
    assert "nowhere" in str(told.value)
    assert flow(village.book, Span.of(START)).whole().rows
