"""What wears by its work: told month by month, charged by it, never more than it was worth."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import START, Village, at, close_month, ids_of
from tests.refusing import refused
from villagebook.domain.asset import Asset, AssetState, Disposal, Family, Gone, Method, Purpose, month_charge
from villagebook.domain.period import Period, Span
from villagebook.services.period_end import closing
from villagebook.services.period_end.checking import check_book
from villagebook.services.registers import asset_tables, asset_work, assets, depreciation, register_cards

JAN, FEB, MARCH = START, Period(2025, 2), Period(2025, 3)
TRACTOR = Asset(
    "G-0001",
    "拖拉机",
    date(2025, 1, 10),
    10_300_000,
    residual_bp=500,
    method=Method.WORK,
    work_total=9_000,
    work_unit="小时",
    purpose=Purpose.PRODUCTION,
    taken_over=True,
)


@pytest.fixture
def tractor(village: Village) -> Village:
    assets.register(village.book, TRACTOR, at(JAN.last_day))
    return village


def tell(village: Village, month: Period, work: int, code: str = "G-0001") -> None:
    asset_work.tell(village.book, month, {code: work}, at(month.last_day))


def run(village: Village, month: Period) -> int:
    made = depreciation.run(village.book, month, at(month.last_day))
    return made.total_fen if made else 0


def test_a_month_is_charged_by_what_it_did_and_what_is_left_by_the_work_that_is_left(tractor: Village):
    assert run(tractor, JAN) == 0  # it came in this month
    tell(tractor, FEB, 120)
    assert run(tractor, FEB) == 130_467  # 97,850.00 over 9,000 hours
    tell(tractor, MARCH, 8_000)
    assert run(tractor, MARCH) == 8_697_777
    (state,) = assets.states(tractor.book, date(2025, 4, 30))
    assert (state.worked, state.asset.base_fen - state.lost_fen) == (8_120, 956_756)
    assert check_book(tractor.book) == ()


def test_the_last_of_its_work_takes_the_last_fen_and_more_work_takes_nothing(tractor: Village):
    tell(tractor, FEB, 12_000)
    assert run(tractor, FEB) == TRACTOR.base_fen
    assert asset_work.asked(tractor.book, MARCH) == ()
    assert run(tractor, MARCH) == 0


def test_work_that_nobody_told_stops_the_run_and_is_named_at_the_close(tractor: Village):
    assert refused(lambda: run(tractor, FEB)) == ["AST-20"]
    close_month(tractor, JAN)
    assert "AST-22" in ids_of(closing.review(tractor.book, FEB, FEB.last_day))
    tell(tractor, FEB, 0)
    assert run(tractor, FEB) == 0
    assert "AST-22" not in ids_of(closing.review(tractor.book, FEB, FEB.last_day))


def test_an_earlier_open_month_without_its_work_stops_a_later_one(tractor: Village):
    tell(tractor, MARCH, 100)
    assert refused(lambda: run(tractor, MARCH)) == ["AST-20"]


def test_it_cannot_leave_before_its_last_work_is_told_and_charged(tractor: Village):
    gone = Disposal("G-0001", FEB.last_day, Gone.SOLD, "更换新机出售旧机", "代表会2025-8", 900_000, "何老四")
    assert refused(lambda: assets.dispose(tractor.book, gone, at(FEB.last_day))) == ["AST-20"]
    tell(tractor, FEB, 50)
    assert refused(lambda: assets.dispose(tractor.book, gone, at(FEB.last_day))) == ["AST-07"]
    run(tractor, FEB)
    assets.dispose(tractor.book, gone, at(FEB.last_day))


def test_work_is_told_anew_until_it_is_charged(tractor: Village):
    tell(tractor, FEB, 50)
    tell(tractor, FEB, 60)
    assert [one.work for one in asset_work.asked(tractor.book, FEB)] == [60]
    run(tractor, FEB)
    assert refused(lambda: tell(tractor, FEB, 70)) == ["AST-21"]
    depreciation.take_back(tractor.book, FEB, "工时记错了", at(FEB.last_day))
    tell(tractor, FEB, 70)
    assert [one.work for one in asset_work.asked(tractor.book, FEB)] == [70]


def test_work_of_several_is_kept_together_or_not_at_all(tractor: Village):
    by = at(FEB.last_day)
    assert refused(lambda: asset_work.tell(tractor.book, FEB, {"G-0001": 5, "G-0404": 5}, by)) == ["AST-21"]
    assert [one.work for one in asset_work.asked(tractor.book, FEB)] == [None]


def test_what_wears_by_age_is_asked_for_no_work(village: Village):
    assets.register(village.book, replace(TRACTOR, method=Method.STRAIGHT, life_months=60), at(JAN.last_day))
    assert asset_work.asked(village.book, FEB) == ()
    assert refused(lambda: tell(village, FEB, 5)) == ["AST-21"]


def test_a_changed_method_counts_from_then_on(village: Village):
    even = replace(TRACTOR, method=Method.STRAIGHT, life_months=100, work_total=0, work_unit="")
    assets.register(village.book, even, at(JAN.last_day))
    assert run(village, FEB) == 97_850
    close_month(village, JAN)
    close_month(village, FEB)
    after = replace(TRACTOR, life_months=100, work_before=1_000)
    assets.change(village.book, after, MARCH.first_day, "改按工时计提", at(MARCH.last_day))
    tell(village, MARCH, 80)
    assert run(village, MARCH) == 96_872  # 96,871.50 left over 8,000 hours, 80 of them


def test_card_and_table_tell_the_work(tractor: Village):
    tell(tractor, FEB, 120)
    shown = register_cards.asset(tractor.book, "G-0001", FEB.last_day)
    assert shown is not None
    assert any("9000 小时" in value and "120" in value for _title, value in shown.pairs)
    table = asset_tables.depreciation(tractor.book, Span.of(FEB))
    assert table.rows[0][5] is None


@given(
    works=st.lists(st.integers(0, 4_000), max_size=12),
    total=st.integers(1, 10_000),
    before=st.integers(0, 10_000),
    original=st.integers(1, 10**9),
    residual=st.integers(0, 10_000),
)
def test_it_never_loses_more_than_it_may_and_all_of_it_once_its_work_is_done(
    works: list[int], total: int, before: int, original: int, residual: int
):
    asset = replace(
        TRACTOR,
        original_fen=original,
        residual_bp=residual,
        work_total=total,
        work_before=min(before, total),
    )
    lost, worked, month = 0, asset.work_before, FEB
    for work in works:
        charge = month_charge(AssetState(asset, lost, worked=worked, work=work), month, same_month=False)
        assert 0 <= charge <= asset.base_fen - lost
        assert charge > 0 or 2 * (asset.base_fen - lost) * work < max(1, total - worked)
        lost, worked, month = lost + charge, worked + work, month.shifted(1)
        if worked >= total and work:
            assert lost == asset.base_fen


def test_work_told_before_the_method_was_changed_and_came_back_is_in_the_card_and_counts_once(
    tractor: Village,
):
    april = Period(2025, 4)
    tell(tractor, FEB, 1_000)
    run(tractor, FEB)
    even = replace(TRACTOR, method=Method.STRAIGHT, life_months=100)
    assets.change(tractor.book, even, MARCH.first_day, "改按年限计提", at(MARCH.last_day))
    run(tractor, MARCH)
    again = replace(TRACTOR, life_months=100, work_before=1_500)
    assets.change(tractor.book, again, april.first_day, "再改按工时计提", at(april.last_day))
    tell(tractor, april, 60)
    before, after = (assets.states(tractor.book, m.last_day)[0] for m in (FEB, april))
    assert (before.worked, before.work) == (0, 1_000)
    assert (after.worked, after.work) == (1_500, 60)
    assert run(tractor, april) == (after.asset.base_fen - after.lost_fen) * 60 // 7_500


def test_what_wears_no_more_in_the_month_it_leaves_is_asked_for_no_work_in_it(village: Village):
    software = replace(TRACTOR, code="W-0001", name="灌溉软件", family=Family.INTANGIBLE)
    assets.register(village.book, software, at(JAN.last_day))
    tell(village, JAN, 10, "W-0001")
    run(village, JAN)
    gone = Disposal("W-0001", FEB.last_day, Gone.SOLD, "更换新系统", "代表会2025-8", 900_000, "何老四")
    assets.dispose(village.book, gone, at(FEB.last_day))
    assert asset_work.asked(village.book, FEB) == ()
