"""How somebody would cheat the board, and what the book says to it: each hole was one, and stays mended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from tests.board import BOARD, HAMLET, ask, february, post, review, signed_notice, take_down, views
from tests.builders import START, Village, at, close_month, ids_of, move, pay, receive
from villagebook.domain.board import BoardPlace, Content
from villagebook.domain.errors import Refused
from villagebook.domain.period import Period, Span
from villagebook.services import board, board_lives, corrections, notices, objections
from villagebook.services.checking import check_book
from villagebook.services.home import home

FEBRUARY = Period(2025, 2)


@pytest.fixture
def hung(village: Village) -> tuple[Village, str]:
    return village, signed_notice(village)


def refused(act: object) -> list[str]:
    with pytest.raises(Refused) as caught:
        act()  # type: ignore[operator]
    return ids_of(caught.value.findings)


def life(village: Village, subject: str):
    with village.book.reading() as connection:
        return board_lives.life_of(connection, subject).life


# ---- posted late, written down with an old day ----


def test_a_posting_that_is_entered_weeks_later_wants_a_reason(hung: tuple[Village, str]):
    village, notice = hung
    made = partial(post, village, notice, february(8))
    late = at(february(25), 12)
    with pytest.raises(Refused) as caught:
        board.post(village.book, _posting(village, notice), late)
    assert ids_of(caught.value.findings) == ["DIS-46"]
    assert made()  # on its day nobody asks


def test_its_days_count_from_the_day_on_which_it_was_entered(hung: tuple[Village, str]):
    village, notice = hung
    hung_id = board.post(
        village.book, _posting(village, notice, excuse="停电一周没有登记"), at(february(25), 12)
    )
    assert life(village, notice).days_at(BOARD, february(27)) == 2
    assert life(village, notice).late_days(february(27)) == 15  # not in time, whatever day was typed
    take_down(village, hung_id, february(27))
    assert refused(partial(board.archive, village.book, notice, at(february(27)))) == ["DIS-11"]
    assert check_book(village.book) == ()


def _posting(village: Village, notice: str, **changes: object):
    from tests.board import posting

    return posting(village, notice, february(8), **changes)


def test_an_answer_is_not_dated_back_into_its_clock(hung: tuple[Village, str]):
    village, notice = hung
    asked = ask(village, notice, february(9))
    late = partial(
        objections.answer, village.book, asked.id, "孙丽", "票据已经当面核对", Content.YES, february(11)
    )
    assert refused(partial(late, at(february(28)))) == ["DIS-46"]
    late(at(february(12)))


# ---- one photo for two boards ----


def test_one_photo_does_not_prove_two_boards(village: Village):
    board.set_place(village.book, BoardPlace(HAMLET, "祠堂外墙"), "", at(date(2025, 1, 2)))
    notice = signed_notice(village)
    same = views(village)
    up = post(village, notice, february(8), photos=same)
    assert refused(partial(post, village, notice, february(8), HAMLET, photos=same)) == ["DIS-45"]
    post(village, notice, february(8), HAMLET)
    take_down(village, up, february(20))
    assert refused(partial(post, village, notice, february(21), photos=same)) == [
        "DIS-45"
    ]  # nor the next time


def test_nor_does_a_photo_that_comes_after_the_posting(village: Village):
    board.set_place(village.book, BoardPlace(HAMLET, "祠堂外墙"), "", at(date(2025, 1, 2)))
    notice = signed_notice(village)
    same = views(village)
    post(village, notice, february(8), photos=same)
    other = post(village, notice, february(8), HAMLET, photos=(), excuse="手机没电")
    assert refused(partial(board.add_photos, village.book, other, same, at(february(9)))) == ["DIS-45"]


# ---- left lying ----


def test_a_notice_that_supervision_never_signs_is_late_as_well(hung: tuple[Village, str]):
    village, _notice = hung
    close_month(village, FEBRUARY)
    draft = notices.submit_notice(village.book, Span.of(FEBRUARY), at(date(2025, 3, 1)))
    assert life(village, draft).late_days(date(2025, 3, 10)) == 0
    assert life(village, draft).late_days(date(2025, 3, 25)) == 15


def test_many_months_on_one_notice_are_late_with_the_first_of_them(village: Village):
    receive(village, 70_000, date(2025, 1, 9))
    close_month(village, START)
    for month in (2, 3):
        close_month(village, Period(2025, month))
    made = notices.submit_notice(village.book, Span(START, Period(2025, 3)), at(date(2025, 4, 1)))
    assert life(village, made).due_on == date(2025, 2, 10)


def test_what_was_upheld_and_never_corrected_is_said_every_day(hung: tuple[Village, str]):
    village, notice = hung
    post(village, notice, february(8))
    asked = ask(village, notice, february(9), 2)
    objections.answer(
        village.book, asked.id, "孙丽", "查明属实,确实多记", Content.YES, february(11), at(february(11))
    )
    objections.uphold(village.book, asked.id, "监督委员会", "予以更正", february(12), at(february(12)))

    def said(day: date) -> list[str]:
        return [f.id for f in home(village.book, day).todos if f.where == asked.number]

    assert "DIS-47" not in said(february(13))
    assert "DIS-47" in said(february(28))


def test_a_correction_of_another_line_does_not_answer_the_question(hung: tuple[Village, str]):
    village, notice = hung
    asked = ask(village, notice, february(9), 1)
    line = corrections.suggest(village.book, notice, 2)
    line = replace(line, new=replace(line.new, summary="购买灌溉水泵一台"))
    send = partial(corrections.submit, village.book, notice, (line,), "摘要写得不清楚", at(february(12)))
    with pytest.raises(Refused) as caught:
        send(asked.id)
    assert asked.number in caught.value.findings[0].text
    assert send("")
