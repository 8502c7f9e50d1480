"""Vectors of our own for the rules that stand on plans and contracts: R9 (budget), R17 (funds by link), R19 (instalments).

Each goes through all three line modes; each refused one is run again without its rule, and then nothing says that id.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.builders import Village, at, payment, receive
from tests.rules.holding_examples import LEASE, POND
from tests.services.two_line_steps import (
    APPROPRIATED,
    MODES,
    Make,
    Vector,
    Vectors,
    adjusting,
    cases,
    does,
    moved,
    moving,
    paid,
    paying,
    sends,
    try_vector,
    try_without_its_rule,
)
from villagebook.domain.budget import BudgetLine, spread
from villagebook.domain.contract import Amendment, Ended
from villagebook.domain.document import Document, Item
from villagebook.domain.fund import Fund
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.period import Period
from villagebook.domain.place import LineMode
from villagebook.services.period_end import closing
from villagebook.services.registers import budgets, contracts, fund_register, resources
from villagebook.services.registers.budgets import Draft, Request

D3, D4, D6 = date(2025, 1, 3), date(2025, 1, 4), date(2025, 1, 6)
MARCH = Period(2025, 3)
APRIL = date(2025, 4, 10)
VECTORS = Vectors()
refused, accepted = VECTORS.refused, VECTORS.accepted


# ---- R9: requests and the budget


def planned(village: Village) -> None:
    """3,000 yuan a year may be spent on running costs."""
    lines = (BudgetLine("501", spread(1_200_000)), BudgetLine("511", spread(300_000)))
    budgets.adopt(village.book, Draft(2025, lines, "代表会2025-1", D3), at(D3))


def asked(fen: int) -> Any:
    return lambda village: budgets.ask(
        village.book, Request(Period(2025, 1), fen, "一月办公和水费", "", D3), at(D3)
    )


refused(
    "E2L-65",
    a_fen_above_the_budget=sends(moving("IN", "EX", 300_001), planned),
    a_fen_above_the_request=sends(moving("IN", "EX", 100_001), asked(100_000)),
    what_was_appropriated_counts=sends(moving("IN", "EX", 100_001), planned, moved("IN", "EX", 200_000)),
    what_was_spent_of_it_counts=sends(
        moving("IN", "EX", 1), planned, moved("IN", "EX", 300_000), paid(100_000)
    ),
)
accepted(
    "E2L-65",
    to_the_fen=sends(moving("IN", "EX", 300_000), planned),
    what_was_asked_for=sends(moving("IN", "EX", 100_000), asked(100_000)),
    with_a_recorded_reason=sends(moving("IN", "EX", 300_001, excuse="防汛抢险，代表会2025-9"), planned),
    where_nothing_was_planned=sends(moving("IN", "EX", 900_000)),
)

# ---- R17: lines that name a fund without a place of its own

GRANT = Link(LinkKind.FUND, "F-1")


def granted(village: Village) -> None:
    told = Fund(
        "",
        ("153",),
        "修路",
        "代表会2025-4",
        "F-1",
        "修路补助",
        "县交通局",
        "县财农2025-3",
        500_000,
        date(2025, 6, 30),
    )
    fund_register.define(village.book, told, at(D3))
    items = (Item("241", 500_000, "修路补助", links=(GRANT,)),)
    receive(village, 0, D3, items=items, party="县交通局", summary="修路补助到账")


def of_the_grant(account: str, fen: int = 40_000) -> Any:
    def document(village: Village) -> Document:
        return payment(village, 0, D4, items=(Item(account, fen, "铺路碎石", links=(GRANT,)),))

    return document


def booked_on_the_grant(account: str) -> Any:
    def document(village: Village) -> Document:
        made = adjusting(("241", 0, 0))(village)
        lines = (
            replace(made.lines[0], account=account, debit_fen=40_000, links=(GRANT,)),
            replace(made.lines[0], account="211", credit_fen=40_000),
        )
        return replace(made, lines=lines)

    return document


refused(
    "E2L-30",
    a_chair_by_its_link=sends(of_the_grant("513"), granted, APPROPRIATED),
    one_line_of_two=sends(
        lambda v: replace(
            of_the_grant("153")(v),
            items=(*of_the_grant("153")(v).items, *of_the_grant("513", 5)(v).items),
        ),
        granted,
        APPROPRIATED,
    ),
    owed_first_by_an_adjustment=sends(booked_on_the_grant("513"), granted),
)
accepted(
    "E2L-30",
    stones_by_their_link=sends(of_the_grant("153"), granted, APPROPRIATED),
    a_chair_of_the_villages_own=sends(
        paying(0, items=(Item("513", 40_000, "办公椅一把"),)), granted, APPROPRIATED
    ),
)

# ---- R19: instalments and what is let go


def let(village: Village) -> None:
    resources.register(village.book, POND, at(D6))
    about = replace(LEASE, objects=(Link(LinkKind.RESOURCE, "Z-01"),), deposit_fen=50_000)
    contracts.register(village.book, about, at(D6))


def rent(fen: int, day: date = date(2025, 3, 30), account: str = "501") -> Any:
    items = (Item(account, fen, "东塘承包费", links=(Link(LinkKind.CONTRACT, "H-01"),)),)
    return lambda village: receive(village, 0, day, items=items)


def overdue(*before: Any) -> Make:
    def make(village: Village) -> Any:
        for step in before:
            step(village)
        return lambda: tuple(
            f for f in closing.review(village.book, MARCH, MARCH.last_day) if f.id == "E2L-32"
        )

    return make


PAPERS = {"resolution": "代表会2025-5", "permit": "镇批2025-3"}


def amends(fen: int, **given: str) -> Any:
    """The first instalment changed by some fen."""
    first = replace(LEASE.instalments[0], amount_fen=LEASE.instalments[0].amount_fen + fen)
    changed = replace(
        LEASE,
        objects=(Link(LinkKind.RESOURCE, "Z-01"),),
        deposit_fen=50_000,
        amount_fen=LEASE.amount_fen + fen,
        instalments=(first, *LEASE.instalments[1:]),
    )
    what = Amendment.REDUCTION if fen < 0 else Amendment.OTHER
    made = contracts.Amended(changed, what, APRIL, "连续干旱减产绝收", **given)
    return lambda v: contracts.amend(v.book, made, at(APRIL))


def ends(**given: str) -> Any:
    return lambda v: contracts.end(v.book, Ended("H-01", APRIL, "双方协商解除", **given), at(APRIL))


refused(
    "E2L-32",
    nothing_paid=overdue(let),
    a_fen_short=overdue(let, rent(299_999)),
    a_deposit_is_no_rent=overdue(let, rent(300_000, account="211")),
)
accepted("E2L-32", paid_to_the_fen=overdue(let, rent(300_000)), nothing_let=overdue())
refused(
    "E2L-33",
    a_fen_less=does(amends(-1), let),
    less_with_a_resolution_alone=does(amends(-1, resolution="代表会2025-5"), let),
    less_with_the_townships_word_alone=does(amends(-1, permit="镇批2025-3"), let),
    ended_in_silence=does(ends(), let),
    less_under_another_name=does(
        lambda v: contracts.amend(
            v.book,
            contracts.Amended(
                replace(
                    LEASE,
                    objects=(Link(LinkKind.RESOURCE, "Z-01"),),
                    deposit_fen=50_000,
                    amount_fen=LEASE.amount_fen - 100,
                    instalments=(
                        replace(LEASE.instalments[0], amount_fen=LEASE.instalments[0].amount_fen - 100),
                        *LEASE.instalments[1:],
                    ),
                ),
                Amendment.OTHER,
                APRIL,
                "补充约定",
            ),
            at(APRIL),
        ),
        let,
    ),
)
accepted(
    "E2L-33",
    less_with_both_papers=does(amends(-100_000, **PAPERS), let),
    more=does(amends(100), let),
    ended_with_both_papers=does(ends(**PAPERS), let),
)


# ---- the table at work


@pytest.mark.parametrize(("vector", "mode"), cases(VECTORS, lambda _vector: MODES))
def test_each_vector_is_accepted_or_refused_in_every_line_mode(
    tmp_path: Path, vector: Vector, mode: LineMode
):
    try_vector(tmp_path, vector, mode)


@pytest.mark.parametrize(
    ("vector", "mode"), cases((v for v in VECTORS if v.found), lambda _vector: (LineMode.ONE_ACCOUNT,))
)
def test_without_its_rule_no_vector_is_refused_under_that_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, vector: Vector, mode: LineMode
):
    try_without_its_rule(tmp_path, monkeypatch, vector, mode)
