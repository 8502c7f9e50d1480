"""How somebody would cheat the board, and what the book says to it: each hole was one, and stays mended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest

from tests.board import BOARD, HAMLET, ask, february, post, posting, review, signed_notice, take_down, views
from tests.builders import (
    START,
    Village,
    at,
    close_month,
    ids_of,
    move,
    pay,
    payment,
    receive,
    sign_everything,
    submit,
)
from tests.refusing import refused
from villagebook.domain.board import BoardPlace, Content
from villagebook.domain.document import Item, Support
from villagebook.domain.errors import Refused
from villagebook.domain.mask import MaskReason
from villagebook.domain.notice import NoticeLine, PlaceBalance
from villagebook.domain.period import Period, Span
from villagebook.domain.sheet import SheetForm
from villagebook.services.disclosure import (
    board,
    board_archive,
    board_lives,
    board_places,
    correction_lines,
    corrections,
    masking,
    notices,
    objections,
    sheets,
)
from villagebook.services.home import home
from villagebook.services.period_end.checking import check_book
from villagebook.services.vouchers import reversing
from villagebook.storage import posted_vouchers

FEBRUARY = Period(2025, 2)


@pytest.fixture
def hung(village: Village) -> tuple[Village, str]:
    return village, signed_notice(village)


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
    assert refused(partial(board_archive.archive, village.book, notice, at(february(27)))) == ["DIS-11"]
    assert check_book(village.book) == ()


def _posting(village: Village, notice: str, **changes: Any):
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
    board_places.set_place(village.book, BoardPlace(HAMLET, "祠堂外墙"), "", at(date(2025, 1, 2)))
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
    board_places.set_place(village.book, BoardPlace(HAMLET, "祠堂外墙"), "", at(date(2025, 1, 2)))
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
    line = correction_lines.suggest(village.book, notice, 2)
    line = replace(line, new=replace(line.new, summary="购买灌溉水泵一台"))
    send = partial(corrections.submit, village.book, notice, (line,), "摘要写得不清楚", at(february(12)))
    with pytest.raises(Refused) as caught:
        send(asked.id)
    assert asked.number in caught.value.findings[0].text
    assert send("")


# ---- names and numbers that find another door ----

SELLER: dict[str, Any] = {"support": Support.PERSON_RECEIPT, "id_tail": "07"}
JANUARY = Span.of(START)
END = START.last_day


def lines_of_january(village: Village) -> list[NoticeLine]:
    return list(notices.compile_notice(village.book, JANUARY, END).lines)


def test_a_seller_is_called_the_same_on_every_paper_and_not_named_in_other_words(village: Village):
    move(village, "IN", "EX", 200_000)
    pay(village, 40_000, party="何老四", items=(Item("511", 40_000, "付何老四砂石款"),), **SELLER)
    (line,) = lines_of_january(village)
    assert (line.party, line.summary) == ("何某·07", "付何某·07砂石款")
    close_month(village, START)
    made = notices.submit_notice(village.book, JANUARY, at(END, 21))
    told = masking.state(village.book, made)
    assert told is not None
    assert [(m.shown, m.reason) for m in told.masks] == [("何某·07", MaskReason.SELLER)]


@pytest.mark.parametrize("name", ["吴强", "何氏建材公司"])
def test_an_officer_or_a_firm_does_not_hide_behind_a_private_receipt(village: Village, name: str):
    move(village, "IN", "EX", 200_000)
    pay(village, 40_000, party=name, **SELLER)
    assert [line.party for line in lines_of_january(village)] == [name]


def test_a_correction_names_nobody_whom_the_notice_did_not_name(village: Village):
    receive(village, 70_000, date(2025, 1, 9))
    move(village, "IN", "EX", 500_000, date(2025, 1, 10))
    wrong = pay(village, 40_000, date(2025, 1, 12), party="何老四", **SELLER)
    close_month(village, START)
    notice = notices.submit_notice(village.book, JANUARY, at(END, 21))
    masking.confirm(village.book, notice, village.ids["head"], at(END, 21))
    review(village, notice, END)
    with village.book.reading() as connection:
        voucher = next(v for v in posted_vouchers.vouchers(connection, JANUARY) if v.document_id == wrong.id)
    reversing.reverse(village.book, voucher.id, "金额错记", february(12), at(february(12)))
    blue = payment(
        village, 30_000, february(12), party="何老四", corrects=voucher.id, summary="砂石", **SELLER
    )
    submit(village, blue)
    assert sign_everything(village, blue.id, february(12)).label
    line = correction_lines.suggest(village.book, notice, 2)
    assert (line.new.party, line.new.spending_fen) == ("何某·07", 30_000)
    typed = replace(line, new=replace(line.new, party="何老四", summary="付何老四砂石"))
    made = corrections.submit(village.book, notice, (typed,), "金额看错,多记100元", at(february(13)))
    assert "何老四" not in str(corrections.frozen(village.book, made).to_data())


@pytest.mark.parametrize(
    "number",
    [
        "138 1234 5678",
        "138-1234-5678",
        "\uff11\uff13\uff18\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18",
        "330106 19800101 1234",
        "6228 4804 0256 4890 018",
        "62284804025648901",
    ],
)
def test_a_number_written_in_groups_is_a_number(village: Village, number: str):
    receive(village, 100, items=(Item("501", 100, f"租金 {number}"),))
    (line,) = lines_of_january(village)
    assert number not in line.summary
    assert "*" * 9 in line.summary


@pytest.mark.parametrize(
    "text",
    ["2025-01-12 2025-01-13", "付-0007 1,234.56元", "24000000123456789012", "合同 2024-001-0003 第2期"],
)
def test_days_amounts_and_invoices_stay(village: Village, text: str):
    receive(village, 100, items=(Item("501", 100, text),))
    assert [line.summary for line in lines_of_january(village)] == [text]


def test_a_month_with_a_word_of_illness_is_not_kept_off_the_board_for_ever(village: Village):
    receive(village, 100, items=(Item("501", 100, "癌症救助款退回"),))
    close_month(village, START)
    made = notices.submit_notice(village.book, JANUARY, at(END, 21))
    assert [line.summary for line in notices.frozen_notice(village.book, made).lines] == ["**救助款退回"]
    told = masking.state(village.book, made)
    assert told is not None
    assert [m.reason for m in told.masks] == [MaskReason.HEALTH]
    assert refused(partial(review, village, made, END)) == ["DIS-43"]  # not before a second person has looked


def test_a_place_of_money_does_not_carry_an_account_number_to_the_board(village: Village):
    notice = notices.compile_notice(village.book, JANUARY, END)
    named = replace(notice, balances=(PlaceBalance("专户6228480402564890018", 0, 0),))
    assert [f.id for f in notices.notice_findings(village.book, named, END) if "6228" in f.text] == ["DIS-07"]
    left_out = replace(notice, excluded=("N3 转-0001 张三残疾补助: 不动钱",))
    assert [f.id for f in notices.notice_findings(village.book, left_out, END) if "残疾" in f.text] == [
        "DIS-07"
    ]


def test_a_sheet_nobody_compiled_does_not_become_undue_with_the_next_month(village: Village):
    receive(village, 70_000, date(2025, 1, 9))
    for month in (1, 2, 3, 4):
        close_month(village, Period(2025, month))
    said = [f.text for f in home(village.book, date(2025, 5, 2)).todos if f.id == "DIS-05"]
    assert any("F2 2025-01" in text and "F2 2025-02" in text for text in said)
    for month in (1, 2, 3):
        sheets.submit_sheet(
            village.book, SheetForm.SUMMARY, Span.of(Period(2025, month)), "", at(date(2025, 5, 2))
        )
    said = [f.text for f in home(village.book, date(2025, 5, 2)).todos if f.id == "DIS-05"]
    assert not any("F2 2025-0" in text for text in said)
