"""Imprest, funds, other people's money, loans, borrowing, late bills and the township's file, through the real services."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.builders import (
    NAME,
    START,
    Village,
    at,
    close_month,
    ids_of,
    make_village,
    move,
    pay,
    payment,
    receipt,
    receive,
    sign_everything,
    submit,
    transfer,
)
from tests.refusing import refused
from villagebook.domain.document import Item, SpendKind, Support
from villagebook.domain.people import PostKind
from villagebook.domain.period import Period, Span
from villagebook.domain.place import LineMode, Place, PlaceKind
from villagebook.services.book_file import books
from villagebook.services.disclosure import compiling
from villagebook.services.gathering import facts as gather
from villagebook.services.offices import people
from villagebook.services.period_end import closing
from villagebook.services.period_end.checking import check_book
from villagebook.services.registers import funds
from villagebook.services.two_lines import imprest

D3, D5, D9 = date(2025, 1, 3), date(2025, 1, 5), date(2025, 1, 9)
FEB = date(2025, 2, 10)


@pytest.fixture(params=list(LineMode), ids=lambda m: m.value)
def any_village(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Village]:
    made = make_village(tmp_path, mode=request.param)
    yield made
    made.book.close()


def said(village: Village, period: Period = START) -> list[str]:
    return ids_of(closing.review(village.book, period, period.last_day))


# ---- R10, R11


def test_6_a_replenishment_is_the_sum_of_the_accepted_vouchers(any_village: Village):
    village = any_village
    move(village, "IN", "EX", 1_000_000, D3)
    move(village, "EX", "IM", 200_000, D3)
    for fen, party, what in ((60_050, "镇五金店", "水龙头两只"), (66_000, "镇文具店", "打印纸三箱")):
        pay(village, fen, D5, place="IM", party=party, summary=what)
    assert imprest.to_replenish(village.book, "IM") == 126_050
    assert refused(lambda: submit(village, transfer(village, "EX", "IM", 100_000, D9))) == ["E2L-23"]
    move(village, "EX", "IM", 126_050, D9)
    assert imprest.to_replenish(village.book, "IM") == 0
    assert check_book(village.book) == ()


def test_what_is_spent_while_a_replenishment_waits_belongs_to_the_next_one(village: Village):
    move(village, "IN", "EX", 1_000_000, D3)
    move(village, "EX", "IM", 200_000, D3)
    pay(village, 60_000, D5, place="IM")
    waiting = transfer(village, "EX", "IM", 60_000, D5)
    submit(village, waiting)
    pay(village, 30_000, D5, place="IM", party="镇文具店")
    assert sign_everything(village, waiting.id, D5).label
    assert imprest.to_replenish(village.book, "IM") == 30_000
    move(village, "EX", "IM", 30_000, D9)


def test_the_float_is_changed_by_returning_it_and_drawing_it_anew(village: Village):
    move(village, "IN", "EX", 1_000_000, D3)
    move(village, "EX", "IM", 100_000, D3)
    assert refused(lambda: submit(village, transfer(village, "EX", "IM", 50_000, D5))) == ["E2L-23"]
    move(village, "IM", "EX", 100_000, D5)
    move(village, "EX", "IM", 150_000, D9)


def test_one_person_answers_for_the_imprest_at_the_months_end(village: Village):
    move(village, "IN", "EX", 500_000, D3)
    move(village, "EX", "IM", 100_000, D3)
    assert imprest.holders(village.book, "IM", D3) == ("吴强",)
    people.give_post(village.book, village.ids["witness"], PostKind.CASHIER, D5, at(D5))
    assert "E2L-24" in said(village)
    assert refused(lambda: imprest.name_holder(village.book, "EX", village.ids["cashier"], D5, at(D5))) == [
        "E2L-24"
    ]
    imprest.name_holder(village.book, "IM", village.ids["witness"], D5, at(D5))
    assert imprest.holders(village.book, "IM", D9) == ("陈桂花",)
    assert "E2L-24" not in said(village)
    close_month(village, START)


def test_where_the_township_wants_zero_the_imprest_is_returned_before_the_close(tmp_path: Path):
    village = make_village(tmp_path, policy={"imprest_month_end_zero": True})
    move(village, "IN", "EX", 500_000, D3)
    move(village, "EX", "IM", 100_000, D3)
    assert "E2L-24" in said(village)
    move(village, "IM", "EX", 100_000, D9)
    assert "E2L-24" not in said(village)
    village.book.close()


# ---- R17, R18, R25


def with_road(village: Village, *, named: bool = True) -> None:
    people.add_place(village.book, Place("SP:road", PlaceKind.SP, "修路专款", "102", NAME, filed="7"), at(D3))
    if named:
        funds.define_fund(village.book, "SP:road", ("153",), "修路", "代表会2025-4", at(D3))
    receive(village, 500_000, D3, place="SP:road", items=(Item("241", 500_000, "修路补助"),))


def test_13_the_road_fund_does_not_pay_an_office_chair(any_village: Village):
    with_road(any_village)
    chair = payment(
        any_village,
        40_000,
        D5,
        place="SP:road",
        items=(Item("513", 40_000, "办公椅一把"),),
        summary="购买办公椅",
    )
    assert refused(lambda: submit(any_village, chair)) == ["E2L-30"]
    stones = payment(
        any_village, 40_000, D5, place="SP:road", items=(Item("153", 40_000, "碎石十吨"),), summary="铺路碎石"
    )
    assert submit(any_village, stones).waiting_for
    assert sign_everything(any_village, stones.id, D5).label
    assert check_book(any_village.book) == ()


def test_a_fund_nobody_named_a_purpose_for_pays_nothing(village: Village):
    with_road(village, named=False)
    stones = payment(village, 40_000, D5, place="SP:road", items=(Item("153", 40_000, "碎石十吨"),))
    assert refused(lambda: submit(village, stones)) == ["E2L-30"]
    for place, account, purpose in (
        ("EX", "153", "修路"),
        ("SP:road", "999", "修路"),
        ("SP:road", "153", ""),
    ):
        define = partial(funds.define_fund, village.book, place, (account,), purpose, "1", at(D5))
        assert refused(define) == ["E2L-30"]


def test_a_line_borrows_from_a_fund_with_a_resolution_and_the_township_only(village: Village):
    with_road(village)
    bare = transfer(village, "SP:road", "IN", 100_000, D5, support=Support.INTERNAL, support_no="1")
    assert refused(lambda: submit(village, bare)) == ["E2L-64"]
    assert submit(village, replace(bare, resolution="代表会2025-9")).waiting_for


def test_other_peoples_money_is_no_income_and_is_passed_on_before_the_close(village: Village):
    people.add_place(village.book, Place("AG", PlaceKind.AG, "代收款", "102", NAME, filed="8"), at(D3))
    fee = receipt(village, 9_000, D5, place="AG", party="各户", summary="代收医保费")
    assert refused(lambda: submit(village, fee)) == ["E2L-31"]
    submit(village, replace(fee, items=(Item("211", 9_000, "代收医保费"),)))
    assert "E2L-31" in said(village)
    passed = (Item("211", 9_000, "上缴医保费"),)
    pay(
        village,
        9_000,
        date(2025, 1, 20),
        place="AG",
        items=passed,
        party="镇医保所",
        summary="上缴代收医保费",
    )
    assert "E2L-31" not in said(village)


def test_money_to_another_ledger_names_the_papers_of_both_sides(village: Village):
    funds.name_sister(village.book, "白杨村第二小组", at(D3))
    assert refused(lambda: funds.name_sister(village.book, "白杨村第二小组", at(D3))) == ["E2L-43"]
    move(village, "IN", "EX", 500_000, D3)
    paid = payment(village, 40_000, D5, party="白杨村第二小组", summary="拨给二组水渠款")
    assert refused(lambda: submit(village, paid)) == ["E2L-43"]
    assert submit(village, replace(paid, resolution="两委2025-3")).waiting_for


# ---- R20, R21


def lending(village: Village, **changes: Any) -> Any:
    made = payment(
        village,
        100_000,
        D5,
        summary="借款给何老四治病",
        party="何老四",
        items=(Item("112", 100_000, "借款"),),
        support=Support.CONTRACT,
        spend_kind=SpendKind.LOAN,
        resolution="代表会2025-6",
        due_on=date(2025, 1, 20),
    )
    return replace(made, **changes)


def test_11_a_loan_to_the_head_of_supervision_is_refused_even_with_a_resolution(any_village: Village):
    move(any_village, "IN", "EX", 500_000, D3)
    head = lending(any_village, party="张海涛", payee_account="张海涛", summary="借款给张海涛")
    assert refused(lambda: submit(any_village, head)) == ["E2L-34"]
    disguises: tuple[dict[str, Any], ...] = (
        {"spend_kind": SpendKind.ORDINARY, "summary": "往来款项结转"},
        {"party": "何老四", "payee_person": any_village.ids["head"]},
        {"party": "何老四", "payee_account": "张海涛"},
    )
    for disguise in disguises:
        found = refused(partial(submit, any_village, replace(head, **disguise)))
        assert "E2L-34" in found


def test_a_debt_of_the_village_to_an_officer_is_paid_back_without_being_a_loan(village: Village):
    move(village, "IN", "EX", 500_000, D3)
    receive(village, 30_000, D3, party="张海涛", summary="借入应急款", items=(Item("113", 30_000, "垫付"),))
    back = payment(
        village, 30_000, D5, party="张海涛", summary="归还垫付款", items=(Item("113", 30_000, "归还"),)
    )
    assert submit(village, back).waiting_for
    more = replace(back, id="more", items=(Item("113", 30_001, "归还"),))
    assert refused(lambda: submit(village, more)) == ["E2L-34"]


def test_a_loan_has_a_resolution_a_contract_and_a_due_day_and_is_asked_back(village: Village):
    move(village, "IN", "EX", 500_000, D3)
    parts: tuple[dict[str, Any], ...] = ({"resolution": ""}, {"support": Support.INVOICE}, {"due_on": None})
    for lacking in parts:
        assert refused(partial(submit, village, lending(village, **lacking))) == ["E2L-35"]
    made = lending(village)
    submit(village, made)
    assert sign_everything(village, made.id, D5).label
    assert "E2L-36" in said(village)
    receive(village, 100_000, D9, party="何老四", summary="归还借款", items=(Item("112", 100_000, "还款"),))
    assert "E2L-36" not in said(village)


def test_an_advance_to_an_officer_is_no_loan_but_has_its_days(village: Village):
    move(village, "IN", "EX", 500_000, D3)
    made = payment(
        village, 50_000, D5, party="吴强", summary="预支出差费用", items=(Item("112", 50_000, "预支"),),
        spend_kind=SpendKind.ADVANCE,
    )  # fmt: skip
    submit(village, made)
    assert sign_everything(village, made.id, D5).label
    assert "E2L-36" in said(village)


def test_the_village_guarantees_nobody_and_borrows_with_two_papers(village: Village):
    borrow = receipt(village, 500_000, D5, summary="向信用社借入", items=(Item("201", 500_000, "短期借款"),))
    assert refused(lambda: submit(village, borrow)) == ["E2L-37"]
    assert refused(lambda: submit(village, replace(borrow, resolution="代表会2025-6"))) == ["E2L-37"]
    assert submit(village, replace(borrow, resolution="代表会2025-6", permit="镇批2025-3")).label
    move(village, "IN", "EX", 500_000, D3)
    assert refused(lambda: submit(village, payment(village, 100, D5, summary="为合作社担保代付"))) == [
        "E2L-37"
    ]


# ---- R26


def test_a_bill_older_than_its_month_was_registered_in_time_or_is_held(village: Village):
    receive(village, 100, D3)
    funds.register_bill(village.book, "县农机公司", 50_000, D9, "灌溉水泵", at(date(2025, 1, 31)))
    with village.book.reading() as connection:
        info = village.book.info
        base = gather.ground(connection, info, START.last_day)
        compiled = compiling.compile_from(connection, info, base, Span.of(START), START.last_day)
    assert compiled.notice.unbooked_count == 1
    move(village, "IN", "EX", 500_000, FEB)
    paid = payment(village, 50_000, FEB, event_on=D9)
    assert refused(lambda: submit(village, replace(paid, party="镇五金店", payee_account="镇五金店"))) == [
        "E2L-44"
    ]
    assert refused(lambda: submit(village, replace(paid, items=(Item("511", 50_001, "水泵"),)))) == ["E2L-44"]
    submit(village, paid)
    assert sign_everything(village, paid.id, FEB).label
    assert funds.unsettled(village.book, Period(2025, 2)).rows == ()
    assert len(funds.unsettled(village.book, START).rows) == 1


def test_a_bill_registered_too_late_counts_as_unregistered(village: Village):
    funds.register_bill(village.book, "县农机公司", 50_000, D9, "灌溉水泵", at(date(2025, 2, 11)))
    paid = payment(village, 50_000, date(2025, 2, 12), event_on=D9)
    move(village, "IN", "EX", 500_000, FEB)
    assert refused(lambda: submit(village, paid)) == ["E2L-44"]
    assert submit(village, replace(paid, excuse="财务组核实，发票迟到")).waiting_for
    assert refused(lambda: funds.register_bill(village.book, "", 1, D9, "x", at(FEB))) == ["E2L-44"]


# ---- R24, R0


def test_posts_that_exclude_each_other_are_refused_also_when_one_begins_later(village: Village):
    later = date(2025, 6, 1)
    person = village.ids["witness"]
    people.give_post(village.book, person, PostKind.ACCOUNTANT, later, at(D3))
    assert refused(lambda: people.give_post(village.book, person, PostKind.CASHIER, D5, at(D5))) == ["E2L-41"]


def test_all_fourteen_parameters_are_in_the_default_file(village: Village):
    policy = books.policy(village.book, D3)
    numbers = (
        "deposit_days open_books imprest_limit_fen cash_limit_fen cash_txn_limit_fen advance_days agency_days"
        " report_first_day report_last_day reconcile_by_day loan_two_committee_cap_fen"
    )
    assert set(numbers.split()) <= set(policy.numbers)
    assert {"no_cross_month", "imprest_month_end_zero"} <= set(policy.switches)
    assert {"line_mode", "receipt_kinds"} <= set(policy.words)
