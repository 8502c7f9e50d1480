"""Correction notices: what a notice said wrongly is set right on the board, with figures the book bears out."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from tests.board import ask, february, post, review, signed_notice, take_down
from tests.builders import START, Village, at, payment, sign_everything, submit
from tests.refusing import refused
from villagebook.domain.board import Content
from villagebook.domain.correction import Total, Wording
from villagebook.domain.period import Span
from villagebook.services.disclosure import (
    board_archive,
    board_papers,
    board_photos,
    correction_lines,
    corrections,
    notices,
    objections,
)
from villagebook.services.period_end.checking import check_book
from villagebook.services.vouchers import reversing
from villagebook.storage import posted_vouchers

LINE = 2
REASON = "发票金额看错,多记100元"


@pytest.fixture
def hung(village: Village) -> tuple[Village, str]:
    return village, signed_notice(village)


def set_right(village: Village, fen: int = 110_000, day: int = 12) -> None:
    """The payment of January is undone in red and written again in blue."""
    with village.book.reading() as connection:
        found = posted_vouchers.vouchers(connection, Span.of(START))
        wrong = next(v for v in found if v.party == "县农机公司")
    reversing.reverse(village.book, wrong.id, "金额错记", february(day), at(february(day)))
    blue = payment(village, fen, february(day), corrects=wrong.id, summary="购买灌溉水泵一台")
    submit(village, blue)
    assert sign_everything(village, blue.id, february(day)).label


def send(village: Village, notice: str, objection: str = "", day: int = 12, **changes: Any) -> str:
    line = correction_lines.suggest(village.book, notice, LINE)
    line = replace(line, new=replace(line.new, **changes))
    return corrections.submit(village.book, notice, (line,), REASON, at(february(day)), objection)


def test_the_new_figure_comes_from_the_vouchers_that_set_the_book_right(hung: tuple[Village, str]):
    village, notice = hung
    set_right(village)
    line = correction_lines.suggest(village.book, notice, LINE)
    assert (line.old.spending_fen, line.new.spending_fen) == (120_000, 110_000)
    assert line.vouchers.count(", ") == 1
    assert refused(partial(send, village, notice, spending_fen=100_000)) == ["DIS-14"]
    made = corrections.frozen(village.book, send(village, notice))
    assert (made.number, made.lines[0].new.spending_fen) == ("371523104210-202501-G1", 110_000)


def test_the_head_of_the_notice_is_set_right_with_the_line(hung: tuple[Village, str]):
    village, notice = hung
    printed = notices.frozen_notice(village.book, notice)
    set_right(village)
    first = send(village, notice)
    totals = {t.total: (t.old_fen, t.new_fen) for t in corrections.frozen(village.book, first).totals}
    assert totals == {
        Total.SPENDING: (120_000, 110_000),
        Total.CLOSING: (printed.closing_fen, printed.closing_fen + 10_000),
        Total.YEAR_SPENDING: (120_000, 110_000),
    }
    review(village, first, february(12))
    second = corrections.frozen(
        village.book, send(village, notice, day=13, summary="购买灌溉水泵一台(二号井)")
    )
    assert {t.total: (t.old_fen, t.new_fen) for t in second.totals} == totals  # each quotes the notice itself
    assert corrections.pdf(village.book, first).startswith(b"%PDF")


def test_a_figure_does_not_change_while_the_book_stands(hung: tuple[Village, str]):
    village, notice = hung
    assert refused(partial(send, village, notice, spending_fen=110_000)) == ["DIS-14"]
    assert refused(partial(send, village, notice)) == ["DIS-14"]  # nothing is corrected
    made = corrections.frozen(village.book, send(village, notice, party="县农机公司城关店"))
    assert made.lines[0].new.party == "县农机公司城关店"


def test_what_was_paid_to_nobody_is_struck_out(hung: tuple[Village, str]):
    village, notice = hung
    with village.book.reading() as connection:
        wrong = next(
            v for v in posted_vouchers.vouchers(connection, Span.of(START)) if v.party == "县农机公司"
        )
    reversing.reverse(village.book, wrong.id, "重复付款", february(12), at(february(12)))
    line = correction_lines.suggest(village.book, notice, LINE)
    assert line.new == Wording()
    corrections.submit(village.book, notice, (line,), REASON, at(february(12)))


def test_no_personal_number_and_no_illness_hangs_beside_the_notice(hung: tuple[Village, str]):
    village, notice = hung
    assert refused(partial(send, village, notice, summary="电话13812345678")) == ["DIS-07"]
    assert refused(partial(send, village, notice, party="患癌农户")) == ["DIS-07"]


def test_two_supervisors_review_it_and_only_then_it_hangs(hung: tuple[Village, str]):
    village, notice = hung
    made = send(village, notice, party="县农机公司城关店")
    assert refused(partial(post, village, made, february(13))) == ["DIS-06"]
    assert refused(partial(send, village, notice, party="另一个店")) == ["DIS-14"]  # one waits already
    review(village, made, february(12), "head")
    assert corrections.listing(village.book)[0].state == "review"
    review(village, made, february(12), "supervisor")
    assert corrections.listing(village.book)[0].state == "final"
    post(village, made, february(13))
    assert corrections.pdf(village.book, made) == corrections.pdf(village.book, made)
    assert check_book(village.book) == ()


def test_the_photo_of_a_correction_is_read_back(hung: tuple[Village, str]):
    from tests.services.test_board import snapped
    from villagebook.domain.correction import correction_code

    village, notice = hung
    made = send(village, notice, party="县农机公司城关店")
    code = correction_code(corrections.frozen(village.book, made))
    seen = board_photos.take_in(village.book, snapped(village, notice, code), "IMG_2.jpg", made)
    assert (seen.shows.value, seen.subject) == ("matches", made)
    other = board_photos.take_in(village.book, snapped(village, notice, code), "IMG_2.jpg", notice)
    assert other.shows.value == "other"


def test_a_notice_is_questioned_corrected_and_archived(hung: tuple[Village, str]):
    """The whole story: posted, doubted without a name, upheld, set right in the book and on the board, put away."""
    village, notice = hung
    book = village.book
    up = post(village, notice, february(8))
    asked = ask(village, notice, february(9), line=LINE, text="水泵店里只卖1100元,电话13812345678可查")
    objections.answer(
        book, asked.id, "周敏", "经查确实多记100元", Content.YES, february(11), at(february(11))
    )
    objections.uphold(book, asked.id, "张海涛", "异议成立", february(11), at(february(11)))
    set_right(village)
    made = send(village, notice, asked.id)
    review(village, made, february(12))
    close = partial(
        objections.close, book, asked.id, "张海涛", "已更正并张贴", february(14), at(february(14))
    )
    assert refused(close) == ["DIS-14"]
    beside = post(village, made, february(13))
    close()
    take_down(village, up, february(19))
    found = refused(partial(board_archive.archive, book, notice, at(february(19))))
    assert found == ["DIS-11", "DIS-15"]  # the correction still hangs, and not long enough
    take_down(village, beside, february(23))
    board_archive.archive(book, notice, at(february(23)))
    assert check_book(book) == ()
    sheet = board_papers.answers(book, notice, february(23))
    assert sheet.rows[0].who not in ("何老四", "")
    assert "13812345678" not in sheet.rows[0].question
    assert sheet.rows[0].outcome.endswith("G1")
    assert board_papers.answers_pdf(book, notice, february(23)).startswith(b"%PDF")
    assert [row.is_correction for row in notices.papers(book)] == [False, True]
