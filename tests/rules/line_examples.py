"""Examples for receipt books, imprest, funds, other people's money, loans, borrowing, posts and late bills."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from tests.builders import NAME
from tests.rules import facts as f
from villagebook.domain.document import Document, Item, SpendKind, Support
from villagebook.domain.fund import Fund
from villagebook.domain.people import PostKind
from villagebook.domain.place import Place, PlaceKind, Places
from villagebook.domain.receipts import BookStanding, Medium, ReceiptBook, Voided, standing
from villagebook.domain.voucher import VoucherLine
from villagebook.rules.facts import Facts
from villagebook.rules.line_facts import (
    BookDraw,
    HandBack,
    HeldForOthers,
    ImprestFact,
    ImprestHeld,
    LineFacts,
    NewPost,
    OpenClaim,
    VoidFact,
)
from villagebook.rules.rule import When

Make = Callable[[], Facts]
SECOND = ReceiptBook("b2", "村集体收款收据", 101, 200, 4, "clerk", f.DAY)
USED = {1: (30_000, False), 2: (20_000, False)}
STANDS = standing(f.BOOK, USED, ())
GAP = standing(f.BOOK, {**USED, 4: (5_000, False)}, ())
RETURNED = replace(f.BOOK, returned_on=f.DAY)


def voided(number: int = 3, copies: int = 3, excuse: str = "") -> Voided:
    return Voided("b1", number, f.DAY, "金额写错", copies, excuse)


def drawing(**changes: Any) -> Facts:
    return f.ground(line=LineFacts(draw=replace(BookDraw(SECOND), **changes)))


def voiding(one: Voided | None = None, stands: BookStanding = STANDS, **changes: Any) -> Facts:
    act = replace(VoidFact(one or voided(), stands), **changes)
    return f.ground(line=LineFacts(void=act))


def returning(stands: BookStanding = STANDS, counter: str = "accountant", fen: int = 50_000) -> Facts:
    return f.ground(line=LineFacts(hand_back=HandBack(stands, counter, fen, f.DAY)))


def closing(**line: Any) -> Facts:
    return replace(f.month(), line=LineFacts(**line))


def filling(fen: int, spent: int = 126_050, *, fresh: bool = False) -> Facts:
    facts = f.about(f.transfer("EX", "IM", fen), before={"IM": 0, "RC": 0, "EX": 10**6})
    return replace(facts, line=LineFacts(imprest=ImprestFact(spent, fresh)))


def from_fund(account: str, fund: Fund | None) -> Facts:
    paid = f.payment(place="SP:road", items=(Item(account, 50_000, "铺路石料"),))
    return replace(f.about(paid), line=LineFacts(fund=fund))


ROAD = Fund("SP:road", ("153", "514"), "修路", "代表会2025-4")
WITH_AG = Places([*f.PLACES.all(), Place("AG", PlaceKind.AG, "代收款", "102", NAME, filed="3")])


def agency(document: Document) -> Facts:
    return replace(f.about(document), places=WITH_AG, chart=f.CHART)


def lend(**changes: Any) -> Facts:
    """A loan of 1,000 yuan to a villager, decided by the representatives, by contract."""
    made = f.payment(
        summary="借款给村民何老四",
        party="何老四",
        items=(Item("112", 100_000, "借款"),),
        support=Support.CONTRACT,
        spend_kind=SpendKind.LOAN,
        resolution="代表会2025-6",
        due_on=date(2025, 12, 31),
    )
    return f.about(replace(made, **changes))


def borrow(**changes: Any) -> Facts:
    made = f.receipt(
        summary="向信用社借入修渠款",
        items=(Item("201", 50_000, "短期借款"),),
        resolution="代表会2025-6",
        permit="镇批2025-3",
    )
    return f.about(replace(made, **changes))


def owing(facts: Facts, fen: int) -> Facts:
    return replace(facts, line=LineFacts(owed_fen=fen))


def other_ledger(**changes: Any) -> Facts:
    made = f.payment(party="白杨村第二小组", resolution="代表会2025-7", **changes)
    return replace(f.about(made), line=LineFacts(sisters=frozenset({"白杨村第二小组"})))


def late_bill(registered: bool | None) -> Facts:
    facts = f.about(f.payment(event_on=date(2025, 2, 10)))
    return replace(facts, line=LineFacts(bill_registered=registered))


def new_post(kind: PostKind, *held: PostKind) -> Facts:
    return f.ground(line=LineFacts(new_post=NewPost("孙丽", kind, frozenset(held))))


def claim(due: date) -> OpenClaim:
    return OpenClaim("d7", "advance", "冯志", date(2025, 3, 3), due, 30_000)


def kept(day: date) -> HeldForOthers:
    return HeldForOthers("代收款", day, 12_000)


ZERO = f.default_policy(imprest_month_end_zero=True)
CAP = f.default_policy(loan_two_committee_cap_fen=100_000)
BAD_POSTS = [
    (PostKind.ACCOUNTANT, PostKind.CASHIER),
    (PostKind.CLERK, PostKind.ACCOUNTANT),
    (PostKind.SUPERVISOR, PostKind.DIRECTOR),
    (PostKind.SECRETARY, PostKind.SUPERVISION_HEAD),
    (PostKind.CASHIER, PostKind.SUPERVISOR),
]

_RECEIPTS: dict[str, tuple[Make, ...]] = {
    "E2L-60": (drawing, lambda: drawing(book=replace(SECOND, medium=Medium.ELECTRONIC))),
    "E2L-03": (voiding, lambda: voiding(voided(0)), lambda: voiding(voided(101))),
    "E2L-04": (
        drawing,
        lambda: drawing(overlaps=f.BOOK),
        lambda: voiding(voided(2), used_by="d2"),
        lambda: voiding(voided(2), spoilt=True),
    ),
    "E2L-05": (
        voiding,
        lambda: voiding(voided(4)),
        lambda: returning(GAP, fen=55_000),
    ),
    "E2L-06": (voiding, lambda: voiding(voided(copies=2)), lambda: voiding(voided(copies=0, excuse="丢"))),
    "E2L-07": (drawing, lambda: drawing(out=(f.BOOK,))),
    "E2L-63": (
        voiding,
        lambda: voiding(stands=replace(STANDS, book=RETURNED)),
        lambda: returning(replace(STANDS, book=RETURNED)),
    ),
    "E2L-42": (returning, lambda: returning(counter="clerk")),
    "E2L-61": (returning, lambda: returning(fen=50_001), lambda: returning(fen=0)),
}

_SUBMIT: dict[str, tuple[Make, ...]] = {
    "E2L-63": (
        lambda: f.about(f.receipt()),
        lambda: replace(f.about(f.receipt()), line=LineFacts(receipt_returned=True)),
    ),
    "E2L-23": (
        lambda: filling(126_050),
        lambda: filling(130_000),
        lambda: filling(126_049),
        lambda: filling(100, spent=0),
    ),
    "E2L-30": (
        lambda: from_fund("514", ROAD),
        lambda: from_fund("513", ROAD),
        lambda: from_fund("514", None),
    ),
    "E2L-64": (
        lambda: f.about(f.transfer("IN", "SP:road", resolution="代表会2025-5")),
        lambda: f.about(f.transfer("SP:road", "IN")),
        lambda: f.about(f.transfer("IN", "SP:road", resolution="代表会2025-5"), slots=()),
    ),
    "E2L-31": (
        lambda: agency(f.payment(place="AG", items=(Item("211", 50_000, "代收保险费上缴"),))),
        lambda: agency(f.payment(place="AG")),
        lambda: agency(f.receipt(place="AG")),
    ),
    "E2L-72": (
        lambda: f.about(f.receipt(place="SP:road", items=(Item("503", 50_000, "修路补助"),))),
        lambda: f.about(f.receipt(place="SP:road")),
    ),
    "E2L-43": (other_ledger, lambda: other_ledger(support_no=" ")),
    "E2L-44": (lambda: late_bill(True), lambda: late_bill(False)),
    "E2L-34": (
        lend,
        lambda: lend(party="张海涛", payee_account="张海涛"),
        lambda: lend(payee_person="head"),
        lambda: f.about(f.payment(party="张海涛", items=(Item("113", 100, "往来"),))),
    ),
    "E2L-35": (
        lend,
        lambda: lend(resolution=""),
        lambda: lend(support=Support.INVOICE),
        lambda: lend(support_no=""),
        lambda: lend(due_on=None),
        lambda: lend(spend_kind=SpendKind.ORDINARY, resolution=""),
        lambda: replace(lend(), slots=()),
    ),
    "E2L-37": (
        borrow,
        lambda: borrow(permit=""),
        lambda: borrow(resolution=""),
        lambda: f.about(f.payment(summary="为合作社贷款提供担保")),
    ),
}

_CLOSE: dict[str, tuple[Make, ...]] = {
    "E2L-05": (lambda: closing(books=(STANDS,)), lambda: closing(books=(GAP,))),
    "E2L-06": (
        lambda: closing(books=(standing(f.BOOK, USED, (voided(),)),)),
        lambda: closing(books=(standing(f.BOOK, USED, (voided(copies=2),)),)),
    ),
    "E2L-62": (
        lambda: closing(books=(STANDS,)),
        lambda: closing(books=(replace(STANDS, book=replace(f.BOOK, issued_on=date(2024, 3, 30))),)),
    ),
    "E2L-24": (
        lambda: closing(imprests=(ImprestHeld("备用金", 100, ("吴强",)),)),
        lambda: closing(imprests=(ImprestHeld("备用金", 100, ("吴强", "孙丽")),)),
        lambda: closing(imprests=(ImprestHeld("备用金", 100, ()),)),
        lambda: replace(closing(imprests=(ImprestHeld("备用金", 100, ("吴强",)),)), policy=ZERO),
    ),
    "E2L-31": (
        lambda: closing(agency=(kept(date(2025, 3, 26)),)),
        lambda: closing(agency=(kept(date(2025, 3, 25)),)),
    ),
    "E2L-36": (
        lambda: closing(claims=(claim(date(2025, 3, 31)),)),
        lambda: closing(claims=(claim(date(2025, 3, 30)),)),
    ),
}

_OFFICE: dict[str, tuple[Make, ...]] = {
    "E2L-41": (
        lambda: new_post(PostKind.CLERK, PostKind.CASHIER),
        *(lambda a=a, b=b: new_post(a, b) for a, b in BAD_POSTS),
    )
}

_GATES: dict[str, tuple[Make, ...]] = {
    "E2L-71": (
        lambda: f.about(f.transfer("IN", "EX"), before={"IN": 50_000}),
        lambda: f.about(f.transfer("IN", "EX"), before={"IN": 49_999}),
    ),
    "VCH-08": (
        lambda: f.about(f.transfer("IN", "EX")),
        lambda: f.about(f.transfer("IN", "EX", items=(Item("511", 100, "x"),))),
        lambda: f.about(f.payment(to_place="IN")),
        lambda: f.about(f.payment(amount_fen=1)),
        lambda: f.about(f.payment(lines=(VoucherLine("511", 1, 0, "x"),))),
        lambda: f.about(f.payment(receipts=("r1",))),
        lambda: f.about(f.adjustment(("513", 900, 0), ("152", 0, 900), place="EX")),
        lambda: f.about(
            f.adjustment(lines=(VoucherLine("112", 9, 0, "x", "EX"), VoucherLine("211", 0, 9, "x", "IN")))
        ),
    ),
}

LINE_EXAMPLES: dict[tuple[str, When], tuple[Make, ...]] = {
    **{(id, gate): made for id, made in _GATES.items() for gate in (When.SUBMIT, When.POST)},
    **{(id, When.RECEIPTS): made for id, made in _RECEIPTS.items()},
    **{(id, When.SUBMIT): made for id, made in _SUBMIT.items()},
    **{(id, When.CLOSE): made for id, made in _CLOSE.items()},
    **{(id, When.OFFICE): made for id, made in _OFFICE.items()},
}
