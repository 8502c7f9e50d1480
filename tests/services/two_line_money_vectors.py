"""Vectors of the two lines about money on its way: receipts, takings, accounts, appropriations, imprest, cash."""

from __future__ import annotations

from datetime import date

from tests.builders import (
    START,
    Village,
    at,
    bank,
    payment,
    receive,
    submit,
    transfer,
)
from tests.services.two_line_steps import (
    APPROPRIATED,
    D3,
    D5,
    END,
    FEE,
    FLOAT,
    Thunk,
    Vectors,
    adds,
    adjusting,
    book_of,
    closes,
    collected,
    counted,
    deposits,
    does,
    draws,
    fund,
    got,
    hands_back,
    history,
    moved,
    moving,
    paid,
    paying,
    photo_copies,
    reviews,
    sends,
    suppressed,
    taking,
    voids,
)
from villagebook.domain.document import Item, Support
from villagebook.domain.people import PostKind
from villagebook.domain.period import Period
from villagebook.domain.place import PlaceKind
from villagebook.domain.receipts import Medium
from villagebook.services.offices import people, receipt_books
from villagebook.services.offices.receipt_books import Spoilt
from villagebook.services.period_end import closing
from villagebook.services.vouchers import documents, reversing

MONEY = Vectors()
refused, accepted = MONEY.refused, MONEY.accepted


# ---- what may move where

refused(
    "E2L-00",
    takings_to_the_expense_line=sends(moving("RC", "EX", 100), got(50_000)),
    takings_to_the_imprest=sends(moving("RC", "IM", 100), got(50_000)),
    income_to_the_imprest=sends(moving("IN", "IM", 100)),
    expense_back_to_income=sends(moving("EX", "IN", 100), APPROPRIATED),
    the_bank_to_the_drawer=sends(moving("IN", "RC", 100)),
    a_receipt_into_the_expense_line=sends(taking(100, "EX")),
    a_receipt_into_the_imprest=sends(taking(100, "IM")),
    a_fund_to_the_expense_line=sends(moving("SP:road", "EX", 100), fund),
    collected_money_to_income=sends(moving("AG", "IN", 100), collected),
    history_from_expense_to_income=history(
        "2025-01-05,记,1,收入,102,900.00,,IN", "2025-01-05,记,1,收入,501,,900.00,",
        "2025-01-06,记,2,划转,102,500.00,,EX", "2025-01-06,记,2,划转,102,,500.00,IN",
        "2025-01-07,记,3,退回,102,100.00,,IN", "2025-01-07,记,3,退回,102,,100.00,EX",
    ),
)  # fmt: skip
accepted(
    "E2L-00",
    appropriation=sends(moving("IN", "EX", 100)),
    imprest=sends(moving("EX", "IM", 100), APPROPRIATED),
    imprest_back=sends(moving("IM", "EX", 100), *FLOAT),
    fund_with_resolution=sends(moving("IN", "SP:road", 100, resolution="代表会2025-9"), fund),
)

# ---- R1, R2, R3: receipts and their books

refused(
    "E2L-02",
    cash_without_a_number=sends(taking(100, receipt_no="")),
    bank_without_an_advice=sends(taking(100, "IN", support_no="")),
    an_invoice_is_no_receipt=sends(taking(100, "IN", support=Support.INVOICE)),
)
accepted(
    "E2L-02",
    fiscal_note=sends(taking(100, "IN", support=Support.FISCAL_NOTE, support_no="CZ1")),
    with_the_next_number=sends(taking(100)),
)
refused(
    "E2L-03",
    number_of_no_book=sends(taking(100, receipt_no="9001")),
    digits_of_another_book=sends(taking(100, receipt_no="00001")),
    a_void_of_another_book=does(voids(501)),
)
accepted("E2L-03", first_number=sends(taking(100, receipt_no="0001")))
refused(
    "E2L-04",
    the_number_again=sends(taking(200, receipt_no="0001"), got(100)),
    a_voided_number=sends(taking(200, receipt_no="0001"), voids(1)),
    a_void_of_a_used_number=does(voids(1), got(100)),
    a_void_twice=does(voids(1), voids(1)),
    a_book_drawn_twice=does(draws(1, 500)),
    overlapping_ranges=does(draws(400, 700)),
)
accepted(
    "E2L-04",
    the_next_number=sends(taking(200, receipt_no="0002"), got(100)),
    a_book_that_touches_none=does(draws(501, 600), hands_back(0)),
)
refused(
    "E2L-05",
    skipped=sends(taking(100, receipt_no="0002")),
    a_void_that_skips=does(voids(2)),
    a_book_with_a_gap_handed_back=does(hands_back(0), voids(3, excuse="前两张遗失已说明")),
    a_gap_at_the_close=closes(voids(2, excuse="0001号遗失已说明"), counted),
)
accepted(
    "E2L-05",
    skipped_with_a_reason=sends(taking(100, receipt_no="0002", excuse="0001号印刷破损")),
    void_then_the_next=sends(taking(100, receipt_no="0002"), voids(1)),
)
refused(
    "E2L-06",
    two_of_three_copies=does(voids(1, 2)),
    one_picture_three_times=does(
        lambda v: receipt_books.void(
            v.book, Spoilt(book_of(v), 1, D3, "金额写错", photo_copies(v, 1) * 3), at(D3)
        )
    ),
)
accepted("E2L-06", three_copies=does(voids(1, 3)))
refused("E2L-07", a_second_book=does(draws()), a_second_series=does(draws(601, 700)))
accepted("E2L-07", after_the_old_one_came_back=does(draws(), got(100), hands_back(100)))
refused("E2L-60", electronic_where_it_is_not_used=does(draws(medium=Medium.ELECTRONIC), hands_back(0)))
accepted("E2L-60", fiscal_notes_beside_paper=does(draws(medium=Medium.FISCAL)))
refused(
    "E2L-63",
    receipt_of_a_returned_book=sends(taking(100, receipt_no="0002"), got(100), hands_back(100)),
    void_in_a_returned_book=does(voids(1), hands_back(0)),
    back_twice=does(hands_back(0), hands_back(0)),
)
accepted("E2L-63", before_it_goes_back=does(hands_back(100), got(100)))
refused(
    "E2L-61", stubs_say_more=does(hands_back(101), got(100)), stubs_say_less=does(hands_back(99), got(100))
)
accepted("E2L-61", stubs_agree=does(hands_back(100), got(100)))
refused("E2L-62", out_for_two_years=reviews(period=Period(2026, 12)))
accepted(
    "E2L-62",
    out_for_a_month=does(lambda v: tuple(f for f in closing.review(v.book, START, END) if f.id == "E2L-62")),
)

# ---- R4, R5: takings

refused(
    "E2L-10",
    a_fen=sends(paying(1, "RC"), got(50_000)),
    for_the_bank_fee=sends(paying(500, "RC", support=Support.BANK_ADVICE, **FEE), got(50_000)),
    with_a_reason=sends(paying(100, "RC", excuse="村干部一致同意先支"), got(50_000)),
    history_in_cash=history(
        "2025-01-05,记,1,收款,101,900.00,,RC", "2025-01-05,记,1,收款,501,,900.00,",
        "2025-01-06,记,2,付款,511,100.00,,", "2025-01-06,记,2,付款,101,,100.00,RC",
    ),
)  # fmt: skip
accepted("E2L-10", banked_first=sends(paying(100), got(50_000), lambda v: bank(v, D3), APPROPRIATED))
refused(
    "E2L-11",
    a_fen_short=sends(deposits(1), got(30_000)),
    a_fen_more=sends(deposits(-1), got(30_000)),
    lists_nothing=sends(moving("RC", "IN", 30_000), got(30_000)),
    lists_one_of_two_and_banks_both=sends(deposits(-20_000, only=1), got(30_000), got(20_000)),
)
accepted("E2L-11", both=sends(deposits(day=D3), got(30_000), got(20_000)))


def a_slip_for_a_voided_receipt(village: Village) -> Thunk:
    taken = receive(village, 50_000, D3, place="RC")
    reversing.reverse(village.book, taken.id, "金额写错作废", D3, at(D3, 17))
    voids(1)(village)
    slip = transfer(village, "RC", "IN", 50_000, D5, receipts=(taken.id,))
    return lambda: submit(village, slip)


def a_slip_that_banks_a_receipt_twice(village: Village) -> Thunk:
    taken = receive(village, 50_000, D3, place="RC")
    receive(village, 50_000, D3, place="RC")
    submit(village, transfer(village, "RC", "IN", 50_000, D3, receipts=(taken.id,)))
    again = transfer(village, "RC", "IN", 50_000, D3, receipts=(taken.id,))
    return lambda: submit(village, again)


refused("E2L-11", voided=a_slip_for_a_voided_receipt, twice=a_slip_that_banks_a_receipt_twice)
refused("E2L-12", two_days=sends(deposits(day=D5), got(30_000)))
accepted(
    "E2L-12",
    next_day=sends(deposits(day=date(2025, 1, 4)), got(30_000)),
    two_days_with_a_reason=sends(deposits(day=D5, excuse="银行停业两天"), got(30_000)),
)
refused("E2L-13", of_the_last_day=closes(got(30_000, day=END), counted))
accepted("E2L-13", banked_on_the_last_day=closes(got(30_000, day=END), lambda v: bank(v, END), counted))

# ---- R6: gross

RENT = Item("501", 100_000, "租金")
refused(
    "E2L-14",
    a_receipt_less_costs=sends(taking(0, "IN", items=(RENT, Item("511", 800, "修缮")))),
    a_receipt_with_a_minus=sends(taking(0, "IN", items=(RENT, Item("501", -800, "扣修缮")))),
    a_payment_less_income=sends(paying(0, items=(Item("511", 900, "水泵"), Item("501", 100, "抵租金"))), APPROPRIATED),
    income_against_a_debt=sends(adjusting(("211", 900, 0), ("501", 0, 900))),
    income_against_a_cost=sends(adjusting(("511", 900, 0), ("501", 0, 900))),
    history_cash_against_a_cost=history(
        "2025-01-05,记,1,卖废品冲减费用,101,800.00,,RC", "2025-01-05,记,1,卖废品冲减费用,511,,800.00,",
    ),
    history_netted=history(
        "2025-01-05,记,1,租金扣修缮,102,800.00,,IN", "2025-01-05,记,1,租金扣修缮,511,100.00,,",
        "2025-01-05,记,1,租金扣修缮,501,,900.00,",
    ),
)  # fmt: skip
accepted(
    "E2L-14",
    two_incomes=sends(taking(0, "IN", items=(RENT, Item("504", 800, "活期利息")))),
    two_costs=sends(paying(0, items=(Item("511", 900, "水泵"), Item("513", 100, "运费"))), APPROPRIATED),
)

# ---- R7: accounts

refused(
    "E2L-15",
    income_account=does(adds("IN2", PlaceKind.IN, holder="张三", holder_is_person=True)),
    special_fund=does(adds("SP:x", PlaceKind.SP, holder="李四", holder_is_person=True)),
)
accepted("E2L-15", the_organisations=does(adds("IN2", PlaceKind.IN)))
refused(
    "E2L-16",
    a_second_basic_account=does(
        adds("EX3", PlaceKind.EX, is_basic=True),
        lambda v: suppressed(adds("EX2", PlaceKind.EX, is_basic=True), v),
    ),
)
accepted("E2L-16", another_account=does(adds("EX2", PlaceKind.EX)))
refused("E2L-17", nothing_filed=does(adds("IN2", PlaceKind.IN, filed=" ")))
accepted("E2L-17", filed=does(adds("SP:x", PlaceKind.SP, filed="镇备2025-9")))

# ---- R8, R9: the two lines

refused(
    "E2L-20",
    income_pays=sends(paying(100, "IN")),
    a_fee_without_an_advice=sends(paying(500, "IN", **FEE)),
    a_fee_above_the_limit=sends(paying(10_001, "IN", support=Support.BANK_ADVICE, **FEE)),
    history_income_pays=history(
        "2025-01-05,记,1,收入,102,900.00,,IN", "2025-01-05,记,1,收入,501,,900.00,",
        "2025-01-06,记,2,付款,511,100.00,,", "2025-01-06,记,2,付款,102,,100.00,IN",
    ),
)  # fmt: skip
accepted(
    "E2L-20",
    expense_pays=sends(paying(100), APPROPRIATED),
    a_fee_with_its_advice=sends(paying(10_000, "IN", support=Support.BANK_ADVICE, **FEE)),
)
refused("E2L-21", more_than_was_appropriated=sends(paying(100_001), moved("IN", "EX", 100_000)))
accepted("E2L-21", to_the_fen=sends(paying(100_000), moved("IN", "EX", 100_000)))
refused(
    "E2L-47",
    no_money_place=history(
        "2025-01-05,记,1,收入,102,900.00,,", "2025-01-05,记,1,收入,501,,900.00,",
    ),
)  # fmt: skip
accepted(
    "E2L-47",
    places_told=history(
        "2025-01-05,记,1,收入,102,900.00,,IN", "2025-01-05,记,1,收入,501,,900.00,",
    ),
)  # fmt: skip

# ---- R10, R11: the imprest

refused("E2L-22", a_fen_above=sends(moving("EX", "IM", 300_001), APPROPRIATED))
accepted("E2L-22", the_ceiling=sends(moving("EX", "IM", 300_000, excuse="首次核定备用金"), APPROPRIATED))
refused(
    "E2L-23",
    nothing_was_spent=sends(moving("EX", "IM", 1), *FLOAT),
    a_fen_more=sends(moving("EX", "IM", 30_001), *FLOAT, paid(30_000, "IM")),
    a_fen_less=sends(moving("EX", "IM", 29_999), *FLOAT, paid(30_000, "IM")),
)
accepted("E2L-23", what_was_spent=sends(moving("EX", "IM", 30_000), *FLOAT, paid(30_000, "IM")))


def a_second_cashier(village: Village) -> None:
    people.give_post(village.book, village.ids["witness"], PostKind.CASHIER, D5, at(D5))


refused("E2L-24", two_hands=reviews(*FLOAT, a_second_cashier))
accepted(
    "E2L-24",
    one_hand=does(lambda v: tuple(f for f in closing.review(v.book, START, END) if f.id == "E2L-24"), *FLOAT),
)

# ---- R12, R13: cash

refused(
    "E2L-25",
    a_fen_above=sends(paying(100_001, "IM"), *FLOAT),
    parts=sends(paying(1, "IM"), *FLOAT, paid(100_000, "IM", D5)),
    a_permit_alone=sends(paying(100_001, "IM", permit="镇批2025-3"), *FLOAT),
)
accepted(
    "E2L-25",
    the_limit=sends(paying(100_000, "IM"), *FLOAT),
    the_next_day=sends(
        paying(1, "IM", date(2025, 1, 6), excuse="分两日购置"), *FLOAT, paid(100_000, "IM", D5)
    ),
    by_transfer=sends(paying(900_000), APPROPRIATED),
    wages_with_list_and_permit=sends(
        paying(150_000, "IM", support=Support.SIGNED_LIST, permit="镇批2025-3", summary="一月保洁员工资"),
        *FLOAT,
    ),
)
refused(
    "E2L-70",
    another_part_waits=does(
        lambda v: documents.preview(v.book, payment(v, 50_001, D5, place="IM"), D5).findings,
        *FLOAT,
        lambda v: submit(v, payment(v, 50_000, D5, place="IM", summary="购买灌溉水管")),
    ),
)
accepted(
    "E2L-70",
    another_part_fits=sends(
        paying(50_000, "IM"),
        *FLOAT,
        lambda v: submit(v, payment(v, 50_000, D5, place="IM", summary="购买灌溉水管")),
    ),
)
refused("E2L-26", drawing_more=sends(moving("EX", "IM", 200_001), APPROPRIATED))
accepted("E2L-26", drawing_the_limit=sends(moving("EX", "IM", 200_000), APPROPRIATED))
