"""The test vectors of the two lines, through the real services, in every line mode.

The numbers are those of the field's list: money is received, banked, appropriated and spent, each by its own door.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import (
    NAME,
    START,
    Village,
    at,
    bank,
    close_month,
    count_all,
    ids_of,
    make_village,
    move,
    pay,
    payment,
    pieces,
    receipt,
    receive,
    sign_everything,
    submit,
    transfer,
)
from villagebook.domain.document import Document, Item, Support
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Severity
from villagebook.domain.place import LineMode, Place, PlaceKind
from villagebook.services.banking import counting
from villagebook.services.book_file.books import place_balances
from villagebook.services.offices import people
from villagebook.services.period_end import closing
from villagebook.services.period_end.checking import check_book
from villagebook.services.vouchers import documents, reversing

JAN = START
D3, D4, D5 = date(2025, 1, 3), date(2025, 1, 4), date(2025, 1, 5)


@pytest.fixture(params=list(LineMode), ids=lambda m: m.value)
def any_village(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Village]:
    made = make_village(tmp_path, mode=request.param)
    yield made
    made.book.close()


def refused(village: Village, document: Document) -> list[str]:
    """Error ids of a submission that must be refused, and that leaves no trace."""
    before = village.book.head()
    with pytest.raises(Refused) as caught:
        submit(village, document)
    assert village.book.head() == before
    return ids_of(caught.value.findings)


def test_1_a_receipt_banked_the_next_day_is_accepted(any_village: Village):
    receive(any_village, 50_000, D3, place="RC")
    bank(any_village, D4)
    assert place_balances(any_village.book, D4) == {"RC": 0, "IN": 10_050_000, "EX": 0, "IM": 0}
    assert check_book(any_village.book) == ()


def test_2_a_payment_out_of_takings_is_refused_with_e2l_10(any_village: Village):
    receive(any_village, 50_000, D3, place="RC")
    assert refused(any_village, payment(any_village, 10_000, D3, place="RC")) == ["E2L-10"]


def test_3_a_deposit_short_of_its_receipts_is_refused_with_e2l_11_and_says_what_is_missing(
    any_village: Village,
):
    slips = [receive(any_village, fen, D3, place="RC") for fen in (30_000, 20_000)]
    short = transfer(any_village, "RC", "IN", 48_000, D3, receipts=tuple(s.id for s in slips))
    assert refused(any_village, short) == ["E2L-11"]
    with pytest.raises(Refused, match=r"-20\.00"):
        submit(any_village, short)
    assert submit(any_village, replace(short, amount_fen=50_000)).label


@pytest.mark.parametrize("mode", list(LineMode))
def test_4_takings_of_the_last_day_stop_the_close_with_e2l_13_until_banked_with_a_reason(
    tmp_path: Path, mode: LineMode
):
    village = make_village(tmp_path, mode=mode, policy={"deposit_days": 3})
    taken = receive(village, 50_000, JAN.last_day, place="RC")
    count_all(village, JAN.last_day)
    with pytest.raises(Refused) as caught:
        closing.close(village.book, JAN, at(date(2025, 2, 1)))
    assert ids_of(caught.value.findings) == ["E2L-13"]
    late = transfer(village, "RC", "IN", 50_000, date(2025, 2, 2), receipts=(taken.id,))
    assert refused(village, late) == ["E2L-12"]
    assert submit(village, replace(late, excuse="银行周末不办理存款")).label
    closing.close(village.book, JAN, at(date(2025, 2, 2)))
    village.book.close()


def test_4_with_three_days_allowed_and_no_month_between_a_deposit_after_three_days_is_in_time(tmp_path: Path):
    village = make_village(tmp_path, policy={"deposit_days": 3})
    taken = receive(village, 50_000, D3, place="RC")
    deposit = transfer(village, "RC", "IN", 50_000, date(2025, 1, 7), receipts=(taken.id,))
    assert refused(village, deposit) == ["E2L-12"]
    assert submit(village, replace(deposit, booked_on=date(2025, 1, 6))).label
    village.book.close()


def test_5_a_skipped_receipt_number_is_held_with_e2l_05_until_a_reason_is_recorded(any_village: Village):
    for fen in (10_000, 20_000):
        receive(any_village, fen, D3, place="RC")
    skipping = receipt(any_village, 30_000, D3, place="RC", receipt_no="0004")
    assert refused(any_village, skipping) == ["E2L-05"]
    assert submit(any_village, replace(skipping, excuse="0003号写坏作废")).label


TWICE = "两处水泵先后损坏"
"""Why it was not one payment (AP-12)."""


def test_7_parts_of_a_cash_payment_to_one_shop_on_one_day_are_summed_to_e2l_25(any_village: Village):
    fill_imprest(any_village, 200_000)
    pay(any_village, 60_000, D5, place="IM")
    second = payment(any_village, 60_000, D5, place="IM", excuse=TWICE)
    assert refused(any_village, second) == ["E2L-25"]
    assert submit(any_village, replace(second, party="镇五金店")).waiting_for
    by_transfer = payment(any_village, 60_000, D5, place="EX", summary="购买灌溉水管十米", excuse=TWICE)
    assert submit(any_village, by_transfer).waiting_for


def test_7_parts_submitted_on_two_days_but_paid_on_one_are_summed_too(any_village: Village):
    fill_imprest(any_village, 200_000)
    first, second = (payment(any_village, 60_000, day, place="IM", excuse=TWICE) for day in (D4, D5))
    for document in (first, second):
        submit(any_village, document)
    paid_on = date(2025, 1, 6)
    assert sign_everything(any_village, first.id, paid_on).label
    with pytest.raises(Refused) as caught:
        sign_everything(any_village, second.id, paid_on)
    assert ids_of(caught.value.findings) == ["E2L-25"]


def test_7_two_cash_payments_that_wait_do_not_block_each_other_but_name_each_other(any_village: Village):
    fill_imprest(any_village, 200_000)
    first, second = (
        payment(any_village, 60_000, D5, place="IM", summary=words, excuse=TWICE)
        for words in ("购买灌溉水管十米", "购买灌溉水泵")
    )
    assert submit(any_village, first).waiting_for
    said = documents.preview(any_village.book, second, D5).findings
    (warned,) = [f for f in said if f.id == "E2L-70"]
    assert warned.severity is Severity.WARNING
    assert "购买灌溉水管十米" in warned.text
    assert warned.target == f"document:{first.id}"
    assert submit(any_village, second).waiting_for
    assert sign_everything(any_village, first.id, D5).label
    with pytest.raises(Refused) as caught:
        sign_everything(any_village, second.id, D5)
    assert ids_of(caught.value.findings) == ["E2L-25"]
    assert sign_everything(any_village, second.id, date(2025, 1, 6)).label


def test_7_a_cash_payment_that_was_reversed_no_longer_counts(any_village: Village):
    fill_imprest(any_village, 200_000)
    wrong = pay(any_village, 60_000, D5, place="IM")
    reversing.reverse(any_village.book, wrong.id, "付款对象写错", D5, at(D5, 17))
    assert submit(any_village, payment(any_village, 70_000, D5, place="IM")).waiting_for


def test_8_an_iou_in_the_till_is_short_cash_and_stops_the_close_with_e2l_27(any_village: Village):
    fill_imprest(any_village, 182_000)
    day = JAN.last_day
    count_all(any_village, day)
    people_here = (any_village.ids["cashier"], any_village.ids["supervisor"])
    count = counting.CashCount("IM", day, pieces(132_000), 50_000, "张三借条", *people_here)
    assert counting.record_count(any_village.book, count, at(day, 19)) == -50_000
    with pytest.raises(Refused) as caught:
        closing.close(any_village.book, JAN, at(day, 20))
    assert ids_of(caught.value.findings) == ["E2L-27"]
    assert "-500.00" in caught.value.findings[0].text
    count_all(any_village, day)
    closing.close(any_village.book, JAN, at(day, 21))


def test_9_a_payment_above_what_the_imprest_holds_is_refused_with_e2l_28(tmp_path: Path):
    village = make_village(tmp_path, policy={"cash_txn_limit_fen": 100_000})
    fill_imprest(village, 50_000)
    assert refused(village, payment(village, 50_001, D5, place="IM")) == ["E2L-28"]
    assert submit(village, payment(village, 50_000, D5, place="IM")).waiting_for
    village.book.close()


def test_9_money_that_comes_in_later_does_not_cover_a_payment_of_today(any_village: Village):
    fill_imprest(any_village, 50_000, D3)
    pay(any_village, 40_000, D4, place="IM", party="镇文具店")
    move(any_village, "EX", "IM", 40_000, date(2025, 1, 8))
    assert refused(any_village, payment(any_village, 50_000, D5, place="IM")) == ["E2L-28"]


def test_9_a_payment_dated_back_may_not_make_a_later_day_short(any_village: Village):
    fill_imprest(any_village, 50_000, D3)
    pay(any_village, 40_000, date(2025, 1, 8), place="IM")
    early = payment(any_village, 20_000, D5, place="IM", party="镇五金店")
    with pytest.raises(Refused) as caught:
        submit(any_village, early, date(2025, 1, 9))
    assert ids_of(caught.value.findings) == ["E2L-28"]


def test_10_an_account_in_a_persons_name_is_refused_with_e2l_15(any_village: Village):
    personal = Place("IN2", PlaceKind.IN, "张三的账户", "102", "张三", holder_is_person=True, filed="1")
    with pytest.raises(Refused) as caught:
        people.add_place(any_village.book, personal, at(D3))
    assert ids_of(caught.value.findings) == ["E2L-15"]


def test_12_rent_less_repairs_is_refused_with_e2l_14_and_accepted_gross(any_village: Village):
    net = receipt(
        any_village, 0, D3, items=(Item("501", 1_000_000, "门面租金"), Item("511", -80_000, "承租人修缮款"))
    )
    assert "E2L-14" in refused(any_village, net)
    receive(any_village, 1_000_000, D3)
    move(any_village, "IN", "EX", 80_000, D3)
    pay(any_village, 80_000, D4, summary="门面修缮工料费", party="何老四")
    assert place_balances(any_village.book, D4)["IN"] == 10_000_000 + 1_000_000 - 80_000
    assert check_book(any_village.book) == ()


def test_14_after_the_close_nothing_enters_with_e2l_40_and_a_red_voucher_in_the_open_month_does(
    any_village: Village,
):
    wrong = receive(any_village, 50_000, D3)
    close_month(any_village, JAN)
    february = date(2025, 2, 3)
    with pytest.raises(Refused) as caught:
        submit(any_village, receipt(any_village, 60_000, D5), february)
    assert ids_of(caught.value.findings) == ["E2L-40"]
    with pytest.raises(Refused) as caught:
        reversing.reverse(any_village.book, wrong.id, "重复入账", D5, at(february))
    assert ids_of(caught.value.findings) == ["VCH-07"]
    red = reversing.reverse(any_village.book, wrong.id, "重复入账", february, at(february))
    assert red.label.endswith("-0001")
    assert place_balances(any_village.book, february)["IN"] == 10_000_000
    assert check_book(any_village.book) == ()


def test_15_interest_of_the_bank_enters_the_income_line_with_its_advice(any_village: Village):
    interest = receipt(
        any_village, 321, D3, summary="一季度活期利息", party="农商行", items=(Item("504", 321, "活期利息"),)
    )
    assert refused(any_village, replace(interest, support_no="")) == ["E2L-02"]
    assert submit(any_village, interest).label


def test_15_a_fee_the_bank_has_taken_needs_its_advice_and_no_signature(any_village: Village):
    fee = payment(any_village, 500, D3, place="IN", summary="账户管理费", party="农商行", support_no="FY1")
    assert refused(any_village, fee) == ["E2L-20"]
    assert submit(any_village, replace(fee, support=Support.BANK_ADVICE)).label
    assert check_book(any_village.book) == ()


def test_a_large_payment_is_no_bank_fee_whatever_its_paper_says(any_village: Village):
    large = payment(
        any_village, 10_001, D3, place="IN", party="农商行", support=Support.BANK_ADVICE, support_no="FY2"
    )
    assert refused(any_village, large) == ["E2L-20"]


@pytest.mark.parametrize("kind", list(PlaceKind))
def test_the_income_line_reaches_the_outside_only_by_an_appropriation(any_village: Village, kind: PlaceKind):
    """R8, whatever the mode: nothing but EX, IM, SP and AG pays."""
    day = D3
    for code, of in (("SP:road", PlaceKind.SP), ("AG", PlaceKind.AG)):
        people.add_place(any_village.book, Place(code, of, code, "102", NAME, filed="7"), at(day))
    code = {"SP": "SP:road"}.get(kind.value, kind.value)
    found = [
        f.id
        for f in documents.preview(any_village.book, payment(any_village, 100, day, place=code), day).findings
        if f.severity is Severity.ERROR and f.id in ("E2L-10", "E2L-20", "E2L-00")
    ]
    assert found == {"RC": ["E2L-10"], "IN": ["E2L-20"]}.get(kind.value, [])


def fill_imprest(village: Village, fen: int, day: date = D3) -> None:
    """Appropriate twice the sum and issue half of it as imprest, as a village does."""
    appropriation = transfer(village, "IN", "EX", 2 * fen, day)
    assert submit(village, appropriation).waiting_for
    sign_everything(village, appropriation.id, day)
    move(village, "EX", "IM", fen, day)
