"""The budget from its adoption to the last appropriation of the year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from tests.builders import (
    DAY,
    START,
    Village,
    at,
    make_village,
    move,
    pay,
    payment,
    policy_data,
    receipt,
    receive,
    sign_everything,
    submit,
    transfer,
)
from tests.refusing import refused
from villagebook.domain.budget import BudgetLine, spread
from villagebook.domain.document import Document, Item, Support
from villagebook.domain.finding import Severity
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.period import Period
from villagebook.domain.project import Project, ProjectKind, Source
from villagebook.domain.voucher import DocKind, VoucherLine
from villagebook.services.period_end.checking import check_book
from villagebook.services.registers import budgets, projects
from villagebook.services.registers.budgets import Draft, Request
from villagebook.services.vouchers import documents, reversing
from villagebook.storage import budgets as store

D3 = date(2025, 1, 3)
LINES = (
    BudgetLine("501", spread(1_200_000)),
    BudgetLine("511", spread(300_000)),
    BudgetLine("513", spread(120_001)),
)


def strict(folder: Path) -> Village:
    """A township that wants a reason for every payment beyond the budget."""
    words = policy_data()["words"]
    return make_village(
        folder, policy={"words": {**words, "over_budget": {**words["over_budget"], "value": ["hold"]}}}
    )


def draft(*lines: BudgetLine, **changes: Any) -> Draft:
    return replace(Draft(2025, lines or LINES, "代表会2025-1", D3), **changes)


def adopt(village: Village, *lines: BudgetLine, **changes: Any) -> None:
    budgets.adopt(village.book, draft(*lines, **changes), at(D3))


def line(village: Village, account: str, project: str = "") -> tuple[int, int, int, int]:
    """(planned, used, under way, remaining) of a line."""
    stands = budgets.standing(village.book, 2025)
    assert stands is not None
    s = next(s for s in stands.lines if s.line.key == (account, project))
    return s.planned_fen, s.used_fen, s.under_way_fen, s.remaining_fen


def test_a_year_without_a_budget_plans_nothing_and_stops_nobody(village: Village):
    assert budgets.standing(village.book, 2025) is None
    move(village, "IN", "EX", 500_000)
    pay(village, 50_000)
    with village.book.reading() as connection:
        assert store.planned(connection, 2025) == {}


def test_figures_of_a_year_are_spread_to_the_fen_and_read_back_by_month(village: Village):
    adopt(village)
    with village.book.reading() as connection:
        assert store.planned(connection, 2025) == {"501": 1_200_000, "511": 300_000, "513": 120_001}
        assert store.planned(connection, 2025, Period(2025, 3)) == {
            "501": 300_000,
            "511": 75_000,
            "513": 30_000,
        }
        assert store.planned(connection, 2025, Period(2024, 12)) == {}
        assert store.planned(connection, 2025, Period(2026, 1))["513"] == 120_001
        assert store.planned(connection, 2026) == {}
    assert sum(spread(120_001)) == 120_001


def test_what_is_under_way_and_posted_is_taken_off_and_comes_back_when_withdrawn_or_reversed(
    village: Village,
):
    adopt(village)
    move(village, "IN", "EX", 300_000)
    waits = payment(village, 40_000)
    submit(village, waits)
    assert line(village, "511") == (300_000, 0, 40_000, 260_000)
    documents.withdraw(village.book, waits.id, "写错了金额", at(DAY))
    assert line(village, "511") == (300_000, 0, 0, 300_000)
    paid = pay(village, 30_000)
    assert line(village, "511") == (300_000, 30_000, 0, 270_000)
    reversing.reverse(village.book, paid.id, "重复付款", DAY, at(DAY))
    assert line(village, "511") == (300_000, 0, 0, 300_000)
    receive(village, 90_000)
    assert line(village, "501") == (1_200_000, 90_000, 0, 1_110_000)


def test_what_is_left_is_shown_before_a_payment_is_saved(village: Village):
    adopt(village)
    move(village, "IN", "EX", 300_000)
    pay(village, 30_000)
    seen = documents.preview(village.book, payment(village, 20_000), DAY)
    (touch,) = seen.plan.budget
    assert (touch.title[:3], touch.planned_fen, touch.used_fen, touch.left_fen) == (
        "511",
        300_000,
        30_000,
        250_000,
    )
    gets = documents.preview(village.book, receipt(village, 500_000), DAY)
    assert [(t.is_income, t.left_fen) for t in gets.plan.budget] == [(True, 700_000)]


def test_more_than_is_left_is_pointed_out_or_held_as_the_township_says(village: Village, tmp_path: Path):
    adopt(village)
    move(village, "IN", "EX", 400_000, excuse="春耕急用先拨")
    over = payment(village, 300_001)
    found = documents.preview(village.book, over, DAY).findings
    assert [(f.id, f.severity) for f in found if f.id.startswith("BUD")] == [("BUD-01", Severity.WARNING)]
    (tmp_path / "strict").mkdir()
    other = strict(tmp_path / "strict")
    adopt(other)
    held = documents.preview(other.book, payment(other, 300_001), DAY).findings
    assert [(f.id, f.severity) for f in held if f.id.startswith("BUD")] == [("BUD-01", Severity.HOLD)]
    outside = payment(other, 1_000, items=(Item("514", 1_000, "路灯维修"),))
    assert "BUD-02" in refused(lambda: submit(other, outside))
    other.book.close()


def test_an_adjustment_is_a_version_of_its_own_and_the_old_one_stays(village: Village):
    adopt(village)
    assert refused(lambda: adopt(village, *LINES)) == ["BUD-08"]
    more = (LINES[0], replace(LINES[1], months=spread(500_000)), LINES[2])
    adopt(village, *more, reason="县里追加农机补助", resolution="代表会2025-3")
    first, second = budgets.versions(village.book, 2025)
    assert (first.version, first.reason, first.lines[1].total_fen) == (1, "", 300_000)
    assert (second.version, second.resolution, second.lines[1].total_fen) == (2, "代表会2025-3", 500_000)
    assert line(village, "511")[0] == 500_000
    old = budgets.standing(village.book, 2025, 1)
    assert old is not None
    assert {s.line.account: s.planned_fen for s in old.lines}["511"] == 300_000
    assert check_book(village.book) == ()


def test_bad_budgets_are_refused_with_everything_at_once(village: Village):
    bad = (
        BudgetLine("999", spread(100)),
        BudgetLine("511", (-5, *[0] * 11)),
        BudgetLine("511", spread(1)),
        BudgetLine("513", spread(5), "P9"),
    )
    found = refused(lambda: adopt(village, *bad, resolution=""))
    assert found == ["BUD-03", "BUD-04", "BUD-05", "BUD-06", "BUD-07"]
    assert budgets.versions(village.book, 2025) == ()


def test_a_line_of_a_project_takes_what_is_marked_for_it_and_the_plain_line_the_rest(village: Village):
    road = Project(
        "P1", "修路", ProjectKind.CONSTRUCTION, "代表会2025-2", D3, 90_000, ((Source.OWN, 90_000),)
    )
    projects.register(village.book, road, at(D3))
    adopt(village, *LINES, BudgetLine("511", spread(90_000), "P1"))
    move(village, "IN", "EX", 200_000)
    marked = (Item("511", 20_000, "石料", links=(Link(LinkKind.PROJECT, "P1"),)),)
    pay(village, 0, items=marked)
    pay(village, 10_000)
    assert line(village, "511", "P1") == (90_000, 20_000, 0, 70_000)
    assert line(village, "511") == (300_000, 10_000, 0, 290_000)


def test_an_appropriation_beyond_the_budget_needs_the_extra_step_and_a_reason(village: Village):
    adopt(village)
    first = transfer(village, "IN", "EX", 400_000)
    assert [s.code for s in documents.preview(village.book, first, DAY).slots] == ["H", "S", "D", "A"]
    submit(village, first)
    second = transfer(village, "IN", "EX", 20_002)
    assert refused(lambda: submit(village, second)) == ["E2L-65"]
    explained = replace(second, excuse="抗旱急需")
    submit(village, explained)
    view = documents.document_view(village.book, second.id)
    assert [s.slot.code for s in view.slot_states] == ["H", "S", "D", "MR", "T", "A"]
    assert sign_everything(village, first.id, DAY).label  # what came first stays within
    assert sign_everything(village, second.id, DAY).label


def test_a_request_of_the_month_binds_its_appropriations(village: Village):
    asks = Request(START, 100_000, "一月办公和水费", "", D3)
    assert refused(lambda: budgets.ask(village.book, replace(asks, amount_fen=0), at(D3))) == ["BUD-09"]
    budgets.ask(village.book, asks, at(D3))
    move(village, "IN", "EX", 60_000)
    assert refused(lambda: submit(village, transfer(village, "IN", "EX", 40_001))) == ["E2L-65"]
    budgets.ask(village.book, replace(asks, amount_fen=150_000), at(D3))
    move(village, "IN", "EX", 40_001)
    month = budgets.months(village.book, 2025)[0]
    assert month.request is not None
    assert (month.request.amount_fen, month.appropriated_fen) == (150_000, 100_001)


def test_last_years_figures_by_a_factor_are_lines_to_begin_with(village: Village):
    receive(village, 200_001, date(2025, 1, 8))
    receive(village, 100_000, date(2025, 1, 9))
    move(village, "IN", "EX", 90_000, date(2025, 1, 9))
    pay(village, 30_000, date(2025, 1, 12))
    lines = {b.account: b.months for b in budgets.from_last_year(village.book, 2026, 110)}
    assert lines == {"501": (330_001, *[0] * 11), "511": (33_000, *[0] * 11)}


def test_a_finished_work_costs_the_budget_nothing_once_more(village: Village):
    adopt(village, BudgetLine("151", spread(10_000)), BudgetLine("153", spread(60_000)))
    move(village, "IN", "EX", 70_000)
    pay(village, 0, items=(Item("153", 50_000, "修桥工程款"),))
    lines = (VoucherLine("151", 50_000, 0, "桥建成"), VoucherLine("153", 0, 50_000, "桥建成"))
    made = Document(
        "ab" * 16, DocKind.ADJUSTMENT, DAY, "桥建成转入固定资产", lines=lines, support=Support.INTERNAL
    )
    assert not [f for f in documents.preview(village.book, made, DAY).findings if f.id.startswith("BUD")]
    assert submit(village, made).label
    assert line(village, "151") == (10_000, 0, 0, 10_000)
    assert line(village, "153") == (60_000, 50_000, 0, 10_000)
    reversing.reverse(village.book, made.id, "决算有误", DAY, at(DAY))
    assert line(village, "151") == (10_000, 0, 0, 10_000)
