"""Vectors of the two lines about who watches: counts, other people's money, lending, ways round the lines, closed months."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from tests.builders import (
    NAME,
    START,
    Village,
    at,
    pieces,
)
from tests.services.two_line_steps import (
    APPROPRIATED,
    BORROW,
    D3,
    D5,
    D9,
    END,
    FEB,
    FLOAT,
    LOAN,
    Vectors,
    adjusting,
    agency,
    closes,
    collected,
    counted,
    deposits,
    does,
    fund,
    gives,
    got,
    hands_back,
    lent,
    moved,
    moving,
    paid,
    passed_on,
    paying,
    reviews,
    sends,
    suppressed,
    taking,
)
from villagebook.domain.document import Document, Item, Method, SpendKind, Support
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.people import PostKind
from villagebook.domain.seals import SealKind
from villagebook.domain.voucher import VoucherLine
from villagebook.services.banking import counting
from villagebook.services.offices import people
from villagebook.services.period_end import closing
from villagebook.services.registers import funds

WATCH = Vectors()
refused, accepted = WATCH.refused, WATCH.accepted


# ---- R14, R15, R16: counting and comparing


def counts(fen: int, iou: int = 0, witness: str = "supervisor", day: date = END) -> Callable[[Village], Any]:
    def act(village: Village) -> Any:
        made = counting.CashCount(
            "IM",
            day,
            pieces(fen),
            iou,
            "张三借条" if iou else "",
            village.ids["cashier"],
            village.ids[witness],
        )
        return counting.record_count(village.book, made, at(END, 19))

    return act


refused(
    "E2L-27",
    a_fen_short=closes(*FLOAT, counted, counts(199_999)),
    a_fen_over=closes(*FLOAT, counted, counts(200_001)),
    a_note_of_debt=closes(*FLOAT, counted, counts(150_000, 50_000)),
)
accepted(
    "E2L-27",
    agrees=closes(*FLOAT, counted),
    agrees_beside_a_note=closes(*FLOAT, counted, counts(200_000, 50_000)),
)
refused(
    "E2L-45",
    never_counted=closes(*FLOAT, lambda v: compared(v)),
    counted_before_the_last_payment=closes(
        *FLOAT, counts(200_000, day=D3), paid(100, "IM", D9), lambda v: compared(v)
    ),
)
accepted("E2L-45", counted_on_the_last_day=closes(*FLOAT, counted))


def compared(village: Village, missing: int = 0, who: str = "accountant") -> Any:
    from villagebook.services.book_file.books import place_balances

    held = place_balances(village.book, END)
    for codes, _title in counting.bank_accounts(village.book):
        fen = sum(held[c] for c in codes) - missing
        counting.record_statement(
            village.book, counting.BankStatement(codes, END, fen, (), village.ids[who]), at(END, 19)
        )


refused(
    "E2L-29",
    never_compared=closes(got(100, "IN")),
    a_fen_not_explained=closes(got(100, "IN"), lambda v: compared(v, 1)),
    by_the_cashier=closes(got(100, "IN"), lambda v: suppressed(compared, v, 0, "cashier")),
)
accepted("E2L-29", by_the_accountant=closes(got(100, "IN"), compared))


refused(
    "E2L-28",
    a_fen_more_than_there_is=sends(paying(50_001, "IM"), APPROPRIATED, moved("EX", "IM", 50_000)),
    money_of_tomorrow=sends(
        paying(60_000, "IM", D5), APPROPRIATED, moved("EX", "IM", 50_000), paid(50_000, "IM", D9), moved("EX", "IM", 50_000, D9),
        day=D9,
    ),
    dated_back=sends(paying(20_000, "IM", D5, party="镇文具店"), APPROPRIATED, moved("EX", "IM", 50_000), paid(40_000, "IM", D9), day=D9),
)  # fmt: skip
accepted("E2L-28", to_the_fen=sends(paying(50_000, "IM"), APPROPRIATED, moved("EX", "IM", 50_000)))

# ---- R17, R18, R25: other people's money and other ledgers

STONES = (Item("153", 40_000, "碎石十吨"),)
refused("E2L-30", a_chair=sends(paying(0, "SP:road", items=(Item("513", 40_000, "办公椅"),)), fund))
accepted("E2L-30", stones=sends(paying(0, "SP:road", items=STONES, summary="铺路碎石"), fund))
refused(
    "E2L-64",
    from_a_fund=sends(moving("SP:road", "IN", 100, support=Support.INTERNAL), fund),
    into_a_fund=sends(moving("IN", "SP:road", 100, support=Support.INTERNAL), fund),
)
accepted("E2L-64", with_a_resolution=sends(moving("SP:road", "IN", 100, resolution="代表会2025-9"), fund))
refused(
    "E2L-31",
    booked_as_income=sends(taking(9_000, "AG"), agency),
    kept_over_the_month=reviews(collected),
)
accepted(
    "E2L-31",
    owed=sends(taking(0, "AG", items=(Item("211", 9_000, "代收医保费"),)), agency),
    passed_on=does(
        lambda v: tuple(f for f in closing.review(v.book, START, END) if f.id == "E2L-31"),
        collected,
        passed_on,
    ),
)


def sister(village: Village) -> None:
    funds.name_sister(village.book, "白杨村第二小组", at(D3))


refused("E2L-43", without_a_paper=sends(paying(100, party="白杨村第二小组"), APPROPRIATED, sister))
accepted(
    "E2L-43",
    with_a_paper=sends(paying(100, party="白杨村第二小组", resolution="两委2025-3"), APPROPRIATED, sister),
)

# ---- R20, R21: lending and borrowing

refused(
    "E2L-34",
    to_the_head=sends(paying(0, **{**LOAN, "party": "张海涛"}), APPROPRIATED),
    called_something_else=sends(
        paying(0, **{**LOAN, "party": "张海涛", "spend_kind": SpendKind.ORDINARY, "summary": "往来款项"}),
        APPROPRIATED,
    ),
    with_a_reason=sends(paying(0, **{**LOAN, "party": "王建国", "excuse": "全体代表同意"}), APPROPRIATED),
)
accepted("E2L-34", to_a_villager=sends(paying(0, **LOAN), APPROPRIATED))
refused(
    "E2L-35",
    no_resolution=sends(paying(0, **{**LOAN, "resolution": ""}), APPROPRIATED),
    no_contract=sends(paying(0, **{**LOAN, "support": Support.INVOICE}), APPROPRIATED),
    no_day=sends(paying(0, **{**LOAN, "due_on": None}), APPROPRIATED),
)
accepted("E2L-35", complete=sends(paying(0, **LOAN), APPROPRIATED))
refused("E2L-36", not_come_back=reviews(APPROPRIATED, lent))
accepted(
    "E2L-36",
    come_back=does(
        lambda v: tuple(f for f in closing.review(v.book, START, END) if f.id == "E2L-36"), APPROPRIATED, lent,
        got(100_000, "IN", D9, party="何老四", summary="归还借款", items=(Item("112", 100_000, "还款"),)),
    ),
)  # fmt: skip
refused(
    "E2L-37",
    no_papers=sends(taking(0, "IN", **BORROW)),
    no_permission=sends(taking(0, "IN", resolution="代表会2025-6", **BORROW)),
    a_guarantee=sends(paying(100, summary="为合作社担保代付"), APPROPRIATED),
)
accepted(
    "E2L-37", two_papers=sends(taking(0, "IN", resolution="代表会2025-6", permit="镇批2025-3", **BORROW))
)

# ---- R22: phones

refused(
    "E2L-38",
    a_personal_code=sends(taking(100, method=Method.PHONE, payee_account="孙丽")),
    nobodys_code=sends(taking(100, method=Method.PHONE)),
    straight_to_the_bank=sends(taking(100, "IN", method=Method.PHONE, payee_account=NAME)),
)
accepted("E2L-38", our_code=sends(taking(100, method=Method.PHONE, payee_account=NAME)))

# ---- ways round the lines


def half_a_deposit(village: Village) -> Document:
    """Lists 500 yuan of receipts and brings one fen."""
    return replace(deposits(day=D3)(village), items=(Item("501", 1, "现金"),))


def listed_twice(village: Village) -> Document:
    made = deposits(day=D3)(village)
    return replace(made, receipts=made.receipts * 2)


refused(
    "E2L-71",
    before_the_takings_are_banked=sends(moving("IN", "EX", 10_000_001), got(50_000)),
    dated_before_the_money_came=sends(
        moving("IN", "EX", 10_000_001, D5), got(50_000, "IN", D9), day=D9
    ),
    into_a_fund=sends(moving("IN", "SP:road", 10_000_001, resolution="代表会2025-9"), fund),
)  # fmt: skip
accepted("E2L-71", to_the_fen=sends(moving("IN", "EX", 10_000_000)))
refused(
    "E2L-11",
    a_fen_in_its_items=sends(half_a_deposit, got(50_000)),
    one_receipt_twice=sends(listed_twice, got(50_000)),
)
refused(
    "E2L-20",
    a_chair_with_a_banks_advice=sends(
        paying(
            9_900, "IN", support=Support.BANK_ADVICE, support_no="1", summary="办公椅一把", party="镇文具店"
        )
    ),
)
refused(
    "E2L-72",
    rent_straight_into_a_fund=sends(taking(100, "SP:road"), fund),
    takings_of_rent_into_a_fund=sends(
        lambda v: replace(deposits(day=D3)(v), to_place="SP:road"), fund, got(50_000)
    ),
)
accepted(
    "E2L-72",
    with_the_decision=sends(taking(100, "SP:road", excuse="代表会2025-9决定全部用于修路"), fund),
    a_grant=sends(taking(0, "SP:road", items=(Item("503", 900, "修路补助"),)), fund),
)
refused(
    "E2L-31",
    takings_of_rent_among_other_peoples=sends(
        lambda v: replace(deposits(day=D3)(v), to_place="AG"), agency, got(50_000)
    ),
)
CONTRACT = (Link(LinkKind.CONTRACT, "C1"),)
refused(
    "E2L-14",
    in_red_figures=sends(adjusting(("513", 0, -500), ("501", -500, 0))),
    both_less=sends(adjusting(("501", 500, 0), ("513", 0, 500))),
    a_debt_in_red_figures=sends(adjusting(("211", 0, -500), ("501", 0, 500))),
    a_claim_against_a_debt=sends(adjusting(("211", 500, 0), ("112", 0, 500))),
    repairs_of_the_tenant_against_his_rent=sends(
        lambda v: replace(
            adjusting()(v),
            lines=(
                VoucherLine("513", 80_000, 0, "修缮"),
                VoucherLine("112", 0, 80_000, "抵租金", links=CONTRACT),
            ),
        )
    ),
)
accepted(
    "E2L-14",
    an_advance_that_is_settled=sends(adjusting(("513", 500, 0), ("112", 0, 500))),
    pay_owed_goes_to_the_members_account=sends(adjusting(("213", 500, 0), ("113", 0, 500))),
)
refused(
    "VCH-08",
    money_moved_by_an_adjustment=sends(
        lambda v: replace(
            adjusting()(v),
            lines=(VoucherLine("112", 100, 0, "转", "EX"), VoucherLine("112", 0, 100, "转", "IN")),
        )
    ),
    two_sums_in_one_transfer=sends(moving("IN", "EX", 100, items=(Item("511", 9_999, "x"),))),
)
accepted("VCH-08", one_sum=sends(moving("IN", "EX", 100)))


# ---- R23, R24, R26

refused(
    "E2L-40",
    into_a_closed_month=sends(taking(100, "IN", D5), lambda v: counted(v), lambda v: closing.close(v.book, START, at(END, 20)), day=FEB),
    back_into_a_closed_month=sends(paying(100, "EX", D9), APPROPRIATED, lambda v: counted(v), lambda v: closing.close(v.book, START, at(END, 20)), day=FEB),
)  # fmt: skip
accepted(
    "E2L-40",
    into_the_open_month=sends(taking(100, "IN", FEB), lambda v: counted(v), lambda v: closing.close(v.book, START, at(END, 20))),
)  # fmt: skip


def gives_post(who: str, kind: PostKind) -> Callable[[Village], Any]:
    return lambda village: people.give_post(village.book, village.ids[who], kind, D5, at(D5))


refused(
    "E2L-41",
    the_cashier_keeps_the_ledger=does(gives_post("cashier", PostKind.ACCOUNTANT)),
    the_accountant_keeps_the_cash=does(gives_post("accountant", PostKind.CASHIER)),
    the_director_reviews=does(gives_post("director", PostKind.SUPERVISOR)),
)
accepted("E2L-41", the_witness_becomes_cashier=does(gives_post("witness", PostKind.CASHIER)))
refused(
    "E2L-42",
    own_stubs=does(hands_back(0, "clerk")),
    both_seals=does(gives("director", SealKind.HEAD), gives("director", SealKind.FINANCE)),
)
accepted(
    "E2L-42",
    other_stubs=does(hands_back(0)),
    two_hands=does(gives("director", SealKind.HEAD), gives("accountant", SealKind.FINANCE)),
)


def registered(village: Village) -> None:
    funds.register_bill(village.book, "县农机公司", 50_000, D9, "灌溉水泵", at(END))


refused(
    "E2L-44",
    nobody_registered_it=sends(paying(50_000, day=FEB, event_on=D9), APPROPRIATED),
    another_sum=sends(paying(50_001, day=FEB, event_on=D9), APPROPRIATED, registered),
)
accepted(
    "E2L-44",
    registered_in_time=sends(paying(50_000, day=FEB, event_on=D9), APPROPRIATED, registered),
    of_this_month=sends(paying(50_000, day=FEB, event_on=FEB), APPROPRIATED),
)
