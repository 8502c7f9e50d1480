"""Contracts: instalments settled oldest first, asked for with one button, let go by decision only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.builders import START, Village, at, ids_of, move, pay, payment, receive, submit
from tests.refusing import refused
from tests.rules.holding_examples import LEASE, POND
from villagebook.domain.contract import (
    Amendment,
    Contract,
    ContractKind,
    Direction,
    Ended,
    Instalment,
    schedule,
)
from villagebook.domain.document import Item
from villagebook.domain.finding import Severity
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.period import Period
from villagebook.domain.resource import Use
from villagebook.domain.voucher import DocKind
from villagebook.services.period_end import closing
from villagebook.services.period_end.checking import check_book
from villagebook.services.registers import contracts, resources
from villagebook.services.vouchers import documents, reversing

D6 = date(2025, 1, 6)
APRIL = date(2025, 4, 10)
DITCH = Contract(
    "H-07",
    "修渠合同",
    ContractKind.WORKS,
    Direction.EXPENSE,
    "鸿达建筑队",
    D6,
    D6,
    date(2025, 12, 31),
    80_000,
    (Instalment(date(2025, 3, 1), 50_000), Instalment(date(2025, 12, 1), 30_000)),
    "153",
    resolution="代表会2025-2",
    bidding="三家比价",
)
LINK = Link(LinkKind.CONTRACT, "H-01")


def state(village: Village, code: str = "H-01", day: date = APRIL) -> Any:
    return contracts.state(village.book, code, day)


def rent(village: Village, fen: int, day: date = APRIL, account: str = "501", **changes: Any) -> None:
    receive(village, fen, day, items=(Item(account, fen, "东塘承包费", links=(LINK,)),), **changes)


@pytest.fixture
def leased(village: Village) -> Village:
    resources.register(village.book, POND, at(D6))
    about = replace(LEASE, objects=(Link(LinkKind.RESOURCE, "Z-01"),), deposit_fen=50_000)
    assert contracts.register(village.book, about, at(D6)) == ()
    return village


def test_money_settles_the_oldest_instalment_first(leased: Village):
    rent(leased, 200_000)
    assert [p.paid_fen for p in state(leased).parts] == [200_000, 0, 0]
    rent(leased, 400_000)
    assert [p.paid_fen for p in state(leased).parts] == [300_000, 300_000, 0]
    rent(leased, 350_000)
    assert (state(leased).left_fen, state(leased).prepaid_fen) == (0, 50_000)


def test_a_deposit_settles_nothing(leased: Village):
    rent(leased, 50_000, account="211")
    assert state(leased).paid_fen == 0


def test_what_is_overdue_is_named_with_its_days_until_it_is_paid(leased: Village):
    found = [f for f in closing.review(leased.book, Period(2025, 3), date(2025, 3, 31)) if f.id == "E2L-32"]
    assert [(f.severity, f.target) for f in found] == [(Severity.WARNING, "register:contracts/H-01")]
    assert "30 days late" in found[0].text
    rent(leased, 299_999, date(2025, 3, 30))
    assert "0.01" in next(
        f.text for f in closing.review(leased.book, Period(2025, 3), date(2025, 3, 31)) if f.id == "E2L-32"
    )
    rent(leased, 1, date(2025, 3, 31))
    assert "E2L-32" not in ids_of(closing.review(leased.book, Period(2025, 3), date(2025, 3, 31)))


def test_one_button_makes_the_receipt_of_an_instalment_whole(leased: Village):
    rent(leased, 100_000)
    draft = contracts.propose(leased.book, "H-01", at(APRIL))
    assert (draft.kind, draft.party, draft.total_fen) == (DocKind.RECEIPT, "何老四", 200_000)
    assert draft.items[0].account == "501"
    assert set(draft.items[0].links) == {LINK, Link(LinkKind.RESOURCE, "Z-01")}
    assert contracts.propose(leased.book, "H-01", at(APRIL)).id == draft.id
    ready = replace(draft, place="RC", paper_count=1, handler=leased.ids["clerk"])
    assert documents.submit(leased.book, ready, at(APRIL)).label
    assert [p.left_fen for p in state(leased).parts] == [0, 300_000, 300_000]
    assert contracts.propose(leased.book, "H-01", at(APRIL)).items[0].amount_fen == 300_000
    assert check_book(leased.book) == ()


def test_a_reversed_receipt_opens_the_instalment_again(leased: Village):
    taken = receive(leased, 300_000, APRIL, items=(Item("501", 300_000, "东塘承包费", links=(LINK,)),))
    assert state(leased).parts[0].left_fen == 0
    reversing.reverse(leased.book, taken.id, "记错合同", APRIL, at(APRIL))
    assert state(leased).parts[0].left_fen == 300_000


def test_less_rent_needs_a_resolution_and_the_township(leased: Village):
    less = replace(
        LEASE,
        objects=(Link(LinkKind.RESOURCE, "Z-01"),),
        deposit_fen=50_000,
        amount_fen=700_000,
        instalments=(Instalment(date(2025, 3, 1), 100_000), *LEASE.instalments[1:]),
    )

    def amend(**given: str) -> None:
        made = contracts.Amended(less, Amendment.REDUCTION, APRIL, "连续干旱减产绝收", **given)
        contracts.amend(leased.book, made, at(APRIL))

    assert refused(amend) == ["E2L-33"]
    assert refused(lambda: amend(resolution="代表会2025-5")) == ["E2L-33"]
    amend(resolution="代表会2025-5", permit="镇批2025-3")
    assert state(leased).left_fen == 700_000
    (change,) = contracts.changes(leased.book, "H-01")
    assert change.changes["amount_fen"] == [900_000, 700_000]
    assert (change.what, change.permit) == ("reduction", "镇批2025-3")


def test_ending_early_lets_no_rent_go_in_silence(leased: Village):
    def end(**given: str) -> None:
        contracts.end(leased.book, Ended("H-01", APRIL, "双方协商解除", **given), at(APRIL))

    assert refused(end) == ["E2L-33"]
    end(resolution="代表会2025-5", permit="镇批2025-3")
    assert [p.amount_fen for p in state(leased).parts] == [300_000]
    assert refused(lambda: end(resolution="代表会2025-5", permit="镇批2025-3")) == ["CON-09"]


def test_nothing_is_paid_beyond_a_contract_without_a_recorded_reason(village: Village):
    contracts.register(village.book, DITCH, at(D6))
    move(village, "IN", "EX", 1_000_000, D6)

    def works(fen: int, **changes: Any) -> Any:
        link = Link(LinkKind.CONTRACT, "H-07")
        items = (Item("153", fen, "修渠工程进度款", links=(link,)),)
        return payment(village, fen, party="鸿达建筑队", items=items, summary="修渠工程进度款", **changes)

    paid = works(60_000)
    pay(village, 60_000, party="鸿达建筑队", items=paid.items)
    assert refused(lambda: submit(village, works(20_001))) == ["CON-04"]
    submit(village, works(15_000))
    assert refused(lambda: submit(village, works(6_000))) == ["CON-04"]
    assert not submit(village, works(6_000, excuse="变更增加涵管三处")).label
    draft = contracts.propose(village.book, "H-07", at(APRIL))
    assert (draft.kind, draft.total_fen) == (DocKind.PAYMENT, 20_000)


def test_a_bad_contract_is_refused_for_everything_at_once(village: Village):
    wrong = replace(LEASE, party="", amount_fen=1, account="102x", objects=(Link(LinkKind.ASSET, "G-9"),))
    assert refused(lambda: contracts.register(village.book, wrong, at(D6))) == ["CON-01", "CON-03", "CON-08"]


def test_what_is_doubtful_is_said_and_registered(leased: Village):
    second = replace(
        LEASE,
        code="H-02",
        objects=(Link(LinkKind.RESOURCE, "Z-01"),),
        to_on=date(2050, 1, 1),
        written=False,
        bidding="",
    )
    assert ids_of(contracts.register(leased.book, second, at(D6))) == ["CON-05", "CON-06", "CON-07", "CON-10"]


def test_land_is_let_by_a_contract_that_runs(leased: Village):
    let = replace(POND, use=Use.CONTRACTED, contract="H-09")
    assert refused(lambda: resources.change(leased.book, let, APRIL, "发包给何老四", at(APRIL))) == ["RSC-03"]
    resources.change(leased.book, replace(let, contract="H-01"), APRIL, "发包给何老四", at(APRIL))
    assert resources.resources(leased.book)[0].contract == "H-01"
    assert "RSC-05" not in ids_of(closing.review(leased.book, START, START.last_day))
    contracts.end(leased.book, Ended("H-01", APRIL, "双方协商解除", "代表会2025-5", "镇批3"), at(APRIL))
    assert "RSC-05" in ids_of(closing.review(leased.book, Period(2025, 4), date(2025, 4, 30)))


def test_a_schedule_keeps_its_day_and_steps_up():
    made = schedule(date(2025, 1, 31), date(2026, 12, 31), 6, 100_000, 500, 2)
    assert [(i.due_on.isoformat(), i.amount_fen) for i in made] == [
        ("2025-01-31", 100_000),
        ("2025-07-31", 100_000),
        ("2026-01-31", 105_000),
        ("2026-07-31", 105_000),
    ]
    assert schedule(date(2025, 2, 28), date(2025, 2, 1), 0, 7) == (Instalment(date(2025, 2, 28), 7),)
