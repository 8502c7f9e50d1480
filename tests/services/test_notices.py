"""What hangs on the board: compiled by rule, reviewed by two, the same for ever."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.builders import (
    START,
    Village,
    at,
    bank,
    close_month,
    ids_of,
    move,
    pay,
    payment,
    photo,
    receive,
    submit,
)
from tests.lived import lived
from villagebook.domain.document import Item, Support
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Severity
from villagebook.domain.notice import Notice
from villagebook.domain.period import Period, Span
from villagebook.services.approvals import signing
from villagebook.services.approvals.signing import InkMark
from villagebook.services.book_file.books import place_balances
from villagebook.services.disclosure import notices
from villagebook.services.disclosure.compiling import voucher_key
from villagebook.services.period_end import closing
from villagebook.services.period_end.checking import check_book
from villagebook.services.vouchers import documents, reversing
from villagebook.storage import posted_vouchers

END = START.last_day
JAN = Span.of(START)


@pytest.fixture
def closed(village: Village) -> Village:
    """January with every kind of voucher, closed."""
    receive(village, 50_000, date(2025, 1, 8), place="RC")
    bank(village, date(2025, 1, 9))
    wrong = receive(village, 70_000, date(2025, 1, 9))
    reversing.reverse(village.book, wrong.id, "重复入账", date(2025, 1, 9), at(date(2025, 1, 9)))
    move(village, "IN", "EX", 500_000, date(2025, 1, 10))
    pay(village, 120_000, date(2025, 1, 12))
    vetoed = payment(village, 30_000, date(2025, 1, 13), party="镇五金店", summary="购买铁锹")
    submit(village, vetoed)
    signing.reject(village.book, vetoed.id, village.ids["head"], "无采购计划", at(date(2025, 1, 13)))
    close_month(village, START)
    return village


def review(village: Village, notice_id: str, *who: str) -> documents.Outcome:
    given = tuple(InkMark("S", village.ids[k], END) for k in who)
    return signing.sign_ink(village.book, notice_id, given, photo(village), at(END, 22))


def totals(notice: Notice) -> tuple[int, int, int, int]:
    return notice.opening_fen, notice.income_fen, notice.spending_fen, notice.closing_fen


def test_the_totals_are_those_of_the_ledger(closed: Village):
    notice = notices.compile_notice(closed.book, JAN, END)
    assert totals(notice) == (10_000_000, 50_000, 120_000, 9_930_000)
    assert notice.closing_fen == sum(place_balances(closed.book, END).values())
    assert sum(b.closing_fen for b in notice.balances) == notice.closing_fen
    assert (notice.rejected_count, notice.rejected_fen) == (1, 30_000)
    assert len(notice.classes) == 8


def test_every_voucher_stands_on_the_notice_exactly_once(closed: Village):
    notice = notices.compile_notice(closed.book, JAN, END)
    with closed.book.reading() as connection:
        posted = [v.label for v in posted_vouchers.vouchers(connection, JAN)]
    shown = Counter(line.voucher for line in (*notice.lines, *notice.transfers))
    assert shown == Counter(posted)
    assert voucher_key("2025-01-09", "收-0001") == "2025-01 收-0001"
    found = notices.notice_findings(closed.book, notice, END)
    assert ids_of(found) == ["DIS-06"]
    assert notices.drafted(closed.book, JAN, END) == (notice, found), "the page compiles once for both"


def test_an_open_month_is_not_handed_to_review(village: Village):
    receive(village, 100)
    with pytest.raises(Refused) as caught:
        notices.submit_notice(village.book, JAN, at(END))
    assert ids_of(caught.value.findings) == ["DIS-06"]


def test_two_of_supervision_make_it_final_and_the_month_disclosed(closed: Village):
    notice_id = notices.submit_notice(closed.book, JAN, at(END, 21))
    assert review(closed, notice_id, "head").label == ""
    assert notices.notices(closed.book)[0].state == "review"
    assert review(closed, notice_id, "supervisor").label
    row = notices.notices(closed.book)[0]
    assert (row.state, row.signed, row.needed) == ("final", 2, 2)
    assert dict(closing.period_states(closed.book))[START] == "disclosed"
    assert check_book(closed.book) == ()


@pytest.mark.parametrize(
    ("who", "id"), [(("director",), "AP-02"), (("head", "head"), "AP-09"), (("villager",), "AP-02")]
)
def test_only_supervision_reviews_and_nobody_twice(closed: Village, who: tuple[str, ...], id: str):
    notice_id = notices.submit_notice(closed.book, JAN, at(END, 21))
    with pytest.raises(Refused) as caught:
        review(closed, notice_id, *who)
    assert ids_of(caught.value.findings) == [id]
    assert notices.notices(closed.book)[0].signed == 0


def test_a_month_has_one_notice(closed: Village):
    notices.submit_notice(closed.book, JAN, at(END, 21))
    with pytest.raises(Refused) as caught:
        notices.submit_notice(closed.book, JAN, at(END, 21))
    assert ids_of(caught.value.findings) == ["DIS-03"]


def test_a_notice_that_supervision_sent_back_is_void_and_another_may_be_made(closed: Village):
    first = notices.submit_notice(closed.book, JAN, at(END, 21))
    signing.reject(closed.book, first, closed.ids["head"], "摘要看不明白", at(END, 21))
    with pytest.raises(Refused):
        review(closed, first, "head", "supervisor")
    second = notices.submit_notice(closed.book, JAN, at(END, 22))
    assert review(closed, second, "head", "supervisor").label
    assert check_book(closed.book) == ()


def test_a_month_under_review_does_not_open_again_behind_the_reviewers_back(closed: Village):
    notice_id = notices.submit_notice(closed.book, JAN, at(END, 21))
    with pytest.raises(Refused) as caught:
        closing.reopen(closed.book, START, "漏记一笔收入", at(END, 22))
    assert ids_of(caught.value.findings) == ["CLO-05"]
    signing.reject(closed.book, notice_id, closed.ids["head"], "漏记一笔收入", at(END, 22))
    closing.reopen(closed.book, START, "漏记一笔收入", at(END, 22))


def test_the_final_notice_is_the_same_bytes_each_time_and_the_draft_is_another(closed: Village):
    notice_id = notices.submit_notice(closed.book, JAN, at(END, 21))
    draft = notices.final_pdf(closed.book, notice_id, "A4")
    review(closed, notice_id, "head", "supervisor")
    final = notices.final_pdf(closed.book, notice_id, "A4")
    receive(closed, 900, date(2025, 2, 3))
    assert notices.final_pdf(closed.book, notice_id, "A4") == final
    assert draft != final
    frozen = notices.frozen_notice(closed.book, notice_id)
    assert notices.notice_pdf(frozen, paper="A4", draft=True) == draft
    assert notices.notice_pdf(frozen, paper="A4", draft=False) == final


def test_a_notice_over_several_months_ties_them_together(closed: Village):
    receive(closed, 900, date(2025, 2, 3))
    close_month(closed, Period(2025, 2))
    both = Span(START, Period(2025, 2))
    notice = notices.compile_notice(closed.book, both, date(2025, 2, 28))
    assert totals(notice) == (10_000_000, 50_900, 120_000, 9_930_900)
    february = notices.compile_notice(closed.book, Span.of(Period(2025, 2)), date(2025, 2, 28))
    assert february.opening_fen == 9_930_000
    assert (february.year_income_fen, february.year_spending_fen) == (50_900, 120_000)


def test_a_number_of_a_person_hangs_masked_and_is_said(village: Village):
    receive(village, 100, items=(Item("501", 100, "租金 联系13812345678"),))
    close_month(village, START)
    notice = notices.compile_notice(village.book, JAN, END)
    assert [line.summary for line in notice.lines] == ["租金 联系*********78"]
    (found,) = [f for f in notices.notice_findings(village.book, notice, END) if f.id == "DIS-07"]
    assert found.severity is Severity.WARNING
    assert notices.submit_notice(village.book, JAN, at(END, 21))


def test_a_word_of_illness_hangs_starred_and_is_said(village: Village):
    receive(village, 100, items=(Item("501", 100, "癌症救助款退回"),))
    close_month(village, START)
    notice = notices.compile_notice(village.book, JAN, END)
    (found,) = [f for f in notices.notice_findings(village.book, notice, END) if f.id == "DIS-07"]
    assert found.severity is Severity.WARNING
    assert notices.submit_notice(village.book, JAN, at(END, 21))


def test_a_private_seller_stands_with_the_surname_only_and_a_firm_with_its_name(village: Village):
    move(village, "IN", "EX", 200_000)
    pay(village, 40_000, party="何老四", support=Support.PERSON_RECEIPT, id_tail="07")
    pay(village, 50_000, party="县农机公司")
    notice = notices.compile_notice(village.book, JAN, END)
    assert [line.party for line in notice.lines] == ["何某·07", "县农机公司"]


def test_a_character_without_a_shape_keeps_the_notice_off_the_board(village: Village):
    receive(village, 100, party="𛂦𛂧")
    close_month(village, START)
    with pytest.raises(Refused) as caught:
        notices.submit_notice(village.book, JAN, at(END, 21))
    assert ids_of(caught.value.findings) == ["DIS-08"]


def test_there_is_no_other_notice(tmp_path: Path):
    village = lived(tmp_path)
    with pytest.raises(Refused):
        notices.frozen_notice(village.book, "nothing")
    assert [r.state for r in notices.notices(village.book)] == ["final"]
    village.book.close()
