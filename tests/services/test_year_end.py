"""Closing a year: what is refused, what is done once, what can be taken back, and books that came from elsewhere."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import Village, at, count_all, ids_of, make_book, make_village, move, pay, receive
from tests.services.test_carrying import adjust, balances, shape
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Severity
from villagebook.domain.period import Period, Span
from villagebook.domain.sheet import SheetForm
from villagebook.domain.voucher import imbalance_fen
from villagebook.domain.year_end import Plan, Share, ShareKind, YearCodes, distribute, year_entries
from villagebook.services.disclosure import sheets
from villagebook.services.period_end import closing, year_end
from villagebook.services.period_end.checking import check_book
from villagebook.services.registers import carrying
from villagebook.services.vouchers import accounts, reversing
from villagebook.services.vouchers.accounts import NewAccount
from villagebook.services.vouchers.imports import import_file
from villagebook.storage import registry

DEC = Period(2025, 12)
D5, D31 = date(2025, 12, 5), date(2025, 12, 31)
NOTHING = Plan()
TO_MEMBERS = Plan(shares=(Share(ShareKind.MEMBERS, 10_000),), resolution="成员大会2025-4")


def close_silent(village: Village, last: int = 11) -> None:
    for month in range(1, last + 1):
        day = Period(2025, month).last_day
        count_all(village, day)
        closing.close(village.book, Period(2025, month), at(day, 20))


@pytest.fixture
def earned(village: Village) -> Village:
    """December of a year that earned 500 yuan: 900 came in, 400 went out."""
    close_silent(village)
    receive(village, 90_000, D5)
    move(village, "IN", "EX", 50_000, D5)
    pay(village, 40_000, D5)
    return village


def refused(village: Village, plan: Plan = NOTHING, day: date = D31) -> list[str]:
    before = village.book.head()
    with pytest.raises(Refused) as caught:
        year_end.close_year(village.book, 2025, plan, at(day))
    assert village.book.head() == before
    return ids_of(caught.value.findings)


def test_without_a_plan_the_charters_share_goes_to_the_reserve_and_the_rest_stays(earned: Village):
    made = year_end.close_year(earned.book, 2025, NOTHING, at(D31))
    assert [v.summary for v in made] == [
        "结转本期损益",
        "结转本期损益",
        "结转本年收益",
        "提取公积公益金",
        "结转各项分配",
    ]
    after = balances(earned, DEC)
    assert (after["311"], after["32202"]) == (-5_000, -45_000)
    assert not {"321", "322", "32201"} & set(after)
    assert check_book(earned.book) == ()


def test_each_part_goes_to_its_account_and_party(earned: Village):
    plan = Plan(
        shares=(
            Share(ShareKind.MEMBERS, 1_000, "张三"),
            Share(ShareKind.MEMBERS, 2_000, "李四"),
            Share(ShareKind.INVESTORS, 3_000, "县投资公司"),
            Share(ShareKind.OTHER, 4_000, "奖励基金", "221"),
        ),
        resolution="成员大会2025-4",
    )
    made = year_end.close_year(earned.book, 2025, plan, at(D31))
    assert [shape(v) for v in made[4:7]] == [
        [("32201", 3_000, 0), ("113", 0, 1_000), ("113", 0, 2_000)],
        [("32201", 3_000, 0), ("211", 0, 3_000)],
        [("32201", 4_000, 0), ("221", 0, 4_000)],
    ]
    assert [x.party for x in made[4].lines] == ["", "张三", "李四"]
    assert balances(earned, DEC)["32202"] == -35_000


def test_the_annual_sheet_shows_the_distribution_as_a_sum_and_sets_nobody_off(earned: Village):
    plan = Plan(
        shares=(Share(ShareKind.MEMBERS, 10_000, "张三"), Share(ShareKind.INVESTORS, 3_000, "县投资公司")),
        resolution="成员大会2025-4",
    )
    adjust(earned, D5, ("113", 2_000, 0), ("301", 0, 2_000))
    year_end.close_year(earned.book, 2025, plan, at(D31))
    year = Span(Period(2025, 1), DEC)
    _in, _out, balance, shared, _funds, classes = sheets.compile_sheet(
        earned.book, SheetForm.ANNUAL, year, "", D31
    ).parts
    amounts = [row[3] for row in shared.rows]
    assert amounts == [0, 50_000, -5_000, -10_000, -3_000, 32_000]
    assert sum(int(fen or 0) for fen in amounts[:-1]) == amounts[-1]
    told = {row[1]: row[3] for row in classes.rows}
    assert [told[no] for no in ("6.1", "6.3", "7.1", "7.2", "7.4", "7.5")] == [
        2_000,
        13_000,
        50_000,
        5_000,
        3_000,
        10_000,
    ]
    members = [row[1:] for row in balance.rows if row[2:] in ((0, 2_000), (0, 10_000))]
    assert members == [("owned or owed to us", 0, 2_000), ("owed by us", 0, 10_000)]


def test_months_before_december_must_be_closed(village: Village):
    close_silent(village, 10)
    assert refused(village) == ["YE-05"]


def test_before_the_last_day_nothing_is_closed(earned: Village):
    assert refused(earned, day=date(2025, 12, 30)) == ["YE-06"]


def test_a_year_is_closed_once(earned: Village):
    year_end.close_year(earned.book, 2025, NOTHING, at(D31))
    assert refused(earned) == ["YE-07"]
    assert refused(earned, TO_MEMBERS) == ["YE-07"]


def test_what_comes_after_the_years_end_is_told_at_the_close(earned: Village):
    year_end.close_year(earned.book, 2025, NOTHING, at(D31))
    receive(earned, 700, D31)
    count_all(earned, D31)
    assert ids_of(closing.review(earned.book, DEC, D31)) == ["YE-10"]
    assert refused(earned) == ["YE-03", "YE-07"]


def test_a_years_end_is_taken_back_in_red_and_made_again(earned: Village):
    before = balances(earned, DEC)
    made = year_end.close_year(earned.book, 2025, TO_MEMBERS, at(D31))
    red = year_end.take_back(earned.book, 2025, "漏记一笔收入", at(D31))
    assert [v.reverses for v in red] == [v.id for v in reversed(made)]
    assert balances(earned, DEC) == before
    assert year_end.year_state(earned.book, 2025) == "open"
    receive(earned, 10_000, D31)
    again = year_end.close_year(earned.book, 2025, TO_MEMBERS, at(D31))
    assert again[2].total_fen == 60_000
    assert check_book(earned.book) == ()


def test_taking_back_needs_something_a_reason_and_an_open_december(earned: Village):
    with pytest.raises(Refused, match="not closed by the program"):
        year_end.take_back(earned.book, 2025, "没有可撤销", at(D31))
    year_end.close_year(earned.book, 2025, NOTHING, at(D31))
    with pytest.raises(Refused, match="four characters"):
        year_end.take_back(earned.book, 2025, "错", at(D31))
    count_all(earned, D31)
    closing.close(earned.book, DEC, at(D31, 20))
    assert refused(earned) == ["YE-02", "YE-07"]
    with pytest.raises(Refused, match="is closed"):
        year_end.take_back(earned.book, 2025, "漏记一笔收入", at(D31, 21))
    closing.reopen(earned.book, DEC, "漏记一笔收入", at(D31, 21))
    assert year_end.take_back(earned.book, 2025, "漏记一笔收入", at(D31, 21))


def test_december_carried_first_by_itself_is_not_carried_twice(earned: Village):
    carried = carrying.carry(earned.book, DEC, at(D31))
    made = year_end.close_year(earned.book, 2025, NOTHING, at(D31))
    assert [v.summary for v in made] == ["结转本年收益", "提取公积公益金", "结转各项分配"]
    red = year_end.take_back(earned.book, 2025, "全部重做一遍", at(D31))
    assert len(red) == len(made) + len(carried)


def test_results_carried_month_by_month_come_together_at_the_years_end(tmp_path: Path):
    village = make_village(tmp_path, policy={"carry_monthly": True})
    for month in range(1, 12):
        receive(village, 1_000 * month, date(2025, month, 5))
        carrying.carry(village.book, Period(2025, month), at(Period(2025, month).last_day))
        count_all(village, Period(2025, month).last_day)
        closing.close(village.book, Period(2025, month), at(Period(2025, month).last_day, 20))
    receive(village, 12_000, D5)
    shown = year_end.preview(village.book, 2025, NOTHING, at(D31))
    assert (shown.figures.result_fen, shown.findings) == (78_000, ())
    year_end.close_year(village.book, 2025, NOTHING, at(D31))
    assert balances(village, DEC)["32202"] == -70_200
    village.book.close()


def test_the_base_of_the_rate_is_the_townships_choice(tmp_path: Path):
    village = make_village(
        tmp_path,
        policy={"reserve_on_distributable": True, "reserve_rate_bp": 5000},
        opening={"IN": 1_000_000},
    )
    close_silent(village)
    adjust(village, D5, ("301", 8_000, 0), ("322", 0, 8_000))
    receive(village, 43_000, D5)
    figures = year_end.preview(village.book, 2025, NOTHING, at(D31)).figures
    assert (figures.base_fen, figures.reserve_fen) == (51_000, 25_500)  # the exam key of case S04-04
    figures = year_end.preview(village.book, 2025, Plan(on_distributable=False), at(D31)).figures
    assert (figures.base_fen, figures.reserve_fen) == (43_000, 21_500)
    village.book.close()


def test_a_loss_of_earlier_years_is_covered_before_the_rate_is_taken():
    made = distribute(NOTHING, 50_000, -30_000, reserve_bp=1000, on_distributable=False)
    assert (made.loss_fen, made.base_fen, made.reserve_fen) == (0, 20_000, 2_000)
    made = distribute(NOTHING, 50_000, -80_000, reserve_bp=1000, on_distributable=False)
    assert (made.loss_fen, made.base_fen, made.reserve_fen) == (30_000, 0, 0)


def test_sub_accounts_of_322_that_exist_are_used_whatever_their_codes(earned: Village):
    for code, name in (("322.7", "未分配收益"), ("322.8", "各项分配")):
        accounts.add_account(earned.book, NewAccount(code, name, "322"), at(D5))
    year_end.close_year(earned.book, 2025, NOTHING, at(D31))
    assert balances(earned, DEC)["322.7"] == -45_000


def test_parts_given_during_the_year_are_cleared_with_the_rest(earned: Village):
    for code, name in (("32201", "各项分配"), ("32202", "未分配收益")):
        accounts.add_account(earned.book, NewAccount(code, name, "322"), at(D5))
    adjust(earned, D5, ("32201", 3_000, 0), ("113", 0, 3_000))
    shown = year_end.preview(earned.book, 2025, TO_MEMBERS, at(D31))
    assert (shown.figures.given_fen, shown.figures.reserve_fen) == (3_000, 5_000)
    year_end.close_year(earned.book, 2025, TO_MEMBERS, at(D31))
    after = balances(earned, DEC)
    assert (after["32202"], after["113"], "32201" in after) == (-32_000, -13_000, False)


def test_a_divided_member_account_must_be_named(earned: Village):
    accounts.add_account(earned.book, NewAccount("11301", "农户", "113"), at(D5))
    assert refused(earned, TO_MEMBERS) == ["YE-27"]
    named = replace(TO_MEMBERS, shares=(Share(ShareKind.MEMBERS, 10_000, "", "11301"),))
    year_end.close_year(earned.book, 2025, named, at(D31))
    assert balances(earned, DEC)["11301"] == -10_000


def test_a_booking_on_322_in_the_next_year_stops_the_division(earned: Village):
    january = date(2026, 1, 5)
    adjust(earned, january, ("322", 600, 0), ("211", 0, 600))
    assert refused(earned, day=january) == ["YE-28"]


def test_the_close_of_an_imported_december_says_what_is_left_and_does_not_refuse(tmp_path: Path):
    book = make_book(tmp_path, opening={"IN": 100_000})
    file = tmp_path / "history.csv"
    file.write_text(
        "date,word,number,summary,account,debit,credit,party,project,attachments,place\n"
        "2025-12-03,收,1,收塘租,102,300,,何老四,,1,IN\n"
        "2025-12-03,收,1,收塘租,501,,300,何老四,,1,\n",
        encoding="utf-8",
    )
    import_file(book, file, layout="vouchers", dry_run=False, by=at(D31))
    found = closing.close_span(book, Span(Period(2025, 1), DEC), at(D31))[-1][1]
    assert {f.id: f.severity for f in found}["YE-10"] is Severity.HINT
    book.close()


def test_imported_history_can_be_carried_and_still_closes_as_history(tmp_path: Path):
    book = make_book(tmp_path, opening={"IN": 100_000})
    file = tmp_path / "history.csv"
    file.write_text(
        "date,word,number,summary,account,debit,credit\n"
        "2025-12-03,记,1,收塘租,102,300,\n2025-12-03,记,1,收塘租,501,,300\n",
        encoding="utf-8",
    )
    import_file(book, file, layout="vouchers", dry_run=False, by=at(D31))
    closing.close_span(book, Span(Period(2025, 1), Period(2025, 11)), at(D31))
    year_end.close_year(book, 2025, NOTHING, at(D31))
    found = closing.close_span(book, Span.of(DEC), at(D31))[0][1]
    assert not [f for f in found if f.id.startswith("YE")]
    book.close()


def test_a_township_file_from_before_these_parameters_still_opens(tmp_path: Path):
    village = make_village(tmp_path)
    with village.book.writing("镇里", at(D5).at) as writing:
        body = json.loads(json.dumps(dict(registry.read_policy_on(writing.connection, D5).data)))
        del (
            body["numbers"]["reserve_rate_bp"],
            body["switches"]["carry_monthly"],
            body["words"]["appropriated"],
        )
        writing.log("policy.set", {"policy": {**body, "in_force_on": "2025-02-01"}}, "p2")
    shown = year_end.preview(village.book, 2025, NOTHING, at(D31))
    assert shown.figures.reserve_bp == 1000
    village.book.close()


amounts = st.integers(-(10**11), 10**11)
gifts = st.lists(
    st.builds(
        Share,
        st.sampled_from(ShareKind),
        st.integers(1, 10**9),
        st.sampled_from(["", "张三"]),
        st.just("113"),
    ),
    max_size=4,
)


@given(amounts, amounts, st.integers(0, 10**9), st.integers(0, 10_000), st.booleans(), gifts, amounts)
def test_whatever_the_plan_the_vouchers_balance_and_leave_only_what_is_undistributed(
    result: int, brought: int, cover: int, rate: int, wide: bool, shares: list[Share], standing: int
):
    plan = Plan(cover, rate, wide, tuple(shares))
    made = distribute(plan, result, brought, given_fen=standing, reserve_bp=0, on_distributable=False)
    left: dict[str, int] = {"321": -result, "32202": -brought, "32201": standing, "311": 0}
    for entry in year_entries(made, YearCodes("32202", "32201", "311")):
        assert imbalance_fen(entry.lines) == 0
        for line in entry.lines:
            left[line.account] = left.get(line.account, 0) + line.debit_fen - line.credit_fen
    assert left["321"] == 0
    assert left["32201"] == 0
    assert left["32202"] == -made.left_fen
    assert -left["311"] == made.reserve_fen - cover
    assert 0 <= made.reserve_fen <= max(0, made.distributable_fen)


def test_red_reversal_of_one_year_end_voucher_in_december_is_possible(earned: Village):
    made = year_end.close_year(earned.book, 2025, NOTHING, at(D31))
    reversing.reverse(earned.book, made[-1].id, "金额有误重做", D31, at(D31))
    assert ids_of(closing.review(earned.book, DEC, D31)) >= ["E2L-29", "YE-12"]
