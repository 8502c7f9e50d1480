"""Chinese monthly notices, village tables and textbook entries: month after month, to the cent, with the printed slips found."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.cli.runner import run, write_csv
from tests.examples.keeper import Keeper, cash_rows, errors_of, ids, published, yuan

CHINESE = "事由,日期,金额,收支,资金,科目,单据号,对方"
LAIJI, BUDAI = "tw_lunch_laiji_7months", "tw_lunch_budai_2014_06"
QUZHEN, WANXIU, ZHUMADIAN = "cn_quzhen_2008_06", "cn_wanxiu_village_2010", "cn_zhumadian_coop_bs_2018"


def chinese(rows: list[list[str]]) -> list[list[str]]:
    """The same rows under Chinese headings, in another order, with words and full-width figures a village would use."""
    wide = str.maketrans("0123456789.", "０１２３４５６７８９．")  # noqa: RUF001 - full-width
    words = {"receipt": "收入", "payment": "支出"}
    names = {"504": "其他收入", "513": "管理费用"}
    return [
        [
            summary,
            day.replace("-", "/"),
            amount.translate(wide),
            words[kind],
            place,
            names.get(account, account),
            number,
            party,
        ]
        for day, kind, number, summary, party, amount, place, account in rows
    ]


# ---- seven months of one fund ----

SCHOOL_YEAR = {
    8: "2013-08",
    9: "2013-09",
    10: "2013-10",
    11: "2013-11",
    12: "2013-12",
    1: "2014-01",
    2: "2014-02",
}
"""The copy read does not show the year; any school year will do."""


def month_rows(month: int) -> list[list[str]]:
    lines = [line for line in published(LAIJI)["lines"] if line["month"] == month]
    return chinese(cash_rows(lines, day=f"{SCHOOL_YEAR[month]}-28"))


def test_laiji_seven_months_one_file_each_chain_closing_into_opening(keeper: Keeper) -> None:
    """Every month is imported, printed, closed; what it closes with the next one opens with, as published."""
    keeper.new("2013-08", "102,IN,,12887.00,", "322,,,,12887.00")
    for report in published(LAIJI)["reports"]:
        period = SCHOOL_YEAR[report["month"]]
        found = keeper.take(
            *month_rows(report["month"]), header=CHINESE, name=f"{period}.csv", encoding="gb18030"
        )
        assert (found.code, set(ids(found))) == (0, {"E2L-21"})
        notice = keeper.notice(period)
        assert notice["opening"] == yuan(report["opening_fen"])
        assert notice["income"] == yuan(report["income_total_fen"] - report["opening_fen"])
        assert notice["closing"] == yuan(report["closing_fen"])
        assert keeper.close(period).code == 0
    assert keeper.total() == ("12887.00", "134772.00", "145230.00", "2429.00")


def test_laiji_category_sums_are_the_published_ones(keeper: Keeper) -> None:
    keeper.new("2013-08", "102,IN,,12887.00,", "322,,,,12887.00")
    keeper.take(*(row for month in SCHOOL_YEAR for row in month_rows(month)), header=CHINESE)
    sums: dict[str, Decimal] = {}
    for line in keeper.notice("2013-08..2014-02")["lines"]:
        category = line["summary"].split("月 ")[1]
        sums[category] = sums.get(category, Decimal(0)) + Decimal(line["income"]) + Decimal(line["spending"])
    printed = {
        t["label"]: Decimal(t["amount_fen"]) / 100
        for t in published(LAIJI)["published_totals"]
        if t["amount_fen"]
    }
    assert {k: v for k, v in printed.items() if k != "合计"} == sums


def test_laiji_sums_since_january_begin_again_with_the_year(keeper: Keeper) -> None:
    keeper.new("2013-08", "102,IN,,12887.00,", "322,,,,12887.00")
    keeper.take(*(row for month in SCHOOL_YEAR for row in month_rows(month)), header=CHINESE)
    assert keeper.notice("2013-12")["year_income"] == "122872.00"
    assert keeper.notice("2014-01")["year_income"] == "11900.00"
    assert keeper.notice("2014-02")["year_spending"] == yuan(1550200 + 105500 + 132400 + 1050000 + 10000)


def test_months_taken_in_out_of_order_make_the_same_book(keeper: Keeper) -> None:
    keeper.new("2013-08", "102,IN,,12887.00,", "322,,,,12887.00")
    for month in (2, 10, 8, 1, 9, 12, 11):
        assert keeper.take(*reversed(month_rows(month)), header=CHINESE, name=f"{month}.csv").code == 0
    assert keeper.total("2013-11") == ("18363.00", "48800.00", "51103.00", "16060.00")
    dates = [row["date"] for row in keeper.report("journal")]
    assert dates == sorted(dates)


# ---- one month ----


def test_budai_one_month_opens_and_closes_as_printed(keeper: Keeper) -> None:
    keeper.new("2014-06", "102,IN,,207364,", "322,,,,207364")
    keeper.take(*cash_rows(published(BUDAI)["lines"]))
    assert keeper.total() == ("207364.00", "171198.00", "166369.00", "212193.00")


def test_p_1_a_head_count_times_its_rate_that_is_not_the_amount_is_asked_about(keeper: Keeper) -> None:
    """The note says 295 persons at 700 and charges 194,600."""
    keeper.new("2014-06")
    found = keeper.take(
        "2014-06-30,receipt,,午餐费 295人×700,,194600,IN,504", "2014-06-30,receipt,,62人×700,,43400,IN,504"
    )
    assert ids(found) == ["IMP-37"]
    assert found.json["findings"][0]["where"] == "row 2"
    assert "206,500.00; the amount is 194,600.00" in found.json["findings"][0]["text"]


def test_quzhen_an_advance_leaves_the_bank_and_is_no_expense(keeper: Keeper) -> None:
    rows = cash_rows(published(QUZHEN)["lines"])
    rows[2][7] = "112"
    keeper.new("2008-06", "102,IN,,8634.95,", "241,,,,8634.95")
    keeper.take(*rows)
    assert keeper.total() == ("8634.95", "26518.39", "9499.51", "25653.83")
    balances = keeper.balances()
    assert (balances["513"], balances["112"], balances["102"]) == (
        Decimal("7499.51"),
        Decimal("2000"),
        Decimal("25653.83"),
    )
    groups = {line["summary"]: line["class"] for line in keeper.notice("2008-06")["lines"]}
    assert groups["本期暂付"] != groups["本期支出(合计)"]


def test_wanxiu_rents_are_area_times_rate_and_none_is_called_wrong(keeper: Keeper) -> None:
    """24.65 mu at 120 and six more, rent of thirty years at once included."""
    keeper.new("2010-01")
    found = keeper.take(*cash_rows(published(WANXIU)["lines"], day="2010-12-31", income="501"))
    assert (found.code, found.json["findings"]) == (0, [])
    rents = [Decimal(line["income"]) for line in keeper.notice("2010")["lines"] if "亩" in line["summary"]]
    assert (sum(rents[:4]), sum(rents[4:])) == (Decimal("5730.00"), Decimal("99000.00"))


def test_wanxiu_a_rent_that_is_not_area_times_rate_is_found(keeper: Keeper) -> None:
    rows = cash_rows(published(WANXIU)["lines"], day="2010-12-31", income="501")
    rows[1][5] = "1607.40"
    keeper.new("2010-01")
    assert ids(keeper.take(*rows)) == ["IMP-37"]


def test_wx_1_a_share_is_reckoned_and_cannot_be_typed() -> None:
    """411 of 441 is printed as 100 %. No screen and no layout of ours takes a percentage, so none can be wrong."""
    assert errors_of(WANXIU) == {"WX-1"}
    (wrong,) = (c for c in published(WANXIU)["checks"] if not c["ok"])
    assert round(100 * wrong["computed_fen"] / wrong["published_fen"], 1) == 93.2


# ---- a balance sheet ----

ACCOUNTS = {
    "货币资金": "102,IN",
    "应收款项": "112,",
    "存货": "121,",
    "固定资产原值": "151,",
    "应付款项": "211,",
    "应付工资": "212,",
    "未分配盈余": "322,",
}


def sheet_rows(key: str) -> list[str]:
    rows = []
    for line in published(ZHUMADIAN)["lines"]:
        if line.get(key):
            debit = line["side"] == "资产"
            amount = yuan(line[key])
            rows.append(f"{ACCOUNTS[line['summary']]},,{amount if debit else ''},{'' if debit else amount}")
    return rows


def test_zm_1_the_opening_column_that_does_not_balance_is_refused_and_leaves_nothing(keeper: Keeper) -> None:
    assert errors_of(ZHUMADIAN) == {"ZM-1"}
    made = keeper.new("2018-01", *sheet_rows("opening_fen"))
    assert made.code == 2
    assert "debit 451,674.20, credit 0.00, difference 451,674.20" in made.err
    assert [p.name for p in keeper.folder.iterdir() if p.name.startswith("village")] == []


def test_zhumadian_the_closing_column_balances_and_is_taken(keeper: Keeper) -> None:
    assert keeper.new("2019-01", *sheet_rows("balance_fen"), "合计,,,559708.92,559708.92").code == 0
    assert sum(v for v in keeper.balances().values() if v > 0) == Decimal("559708.92")
    assert keeper.notice("2019-01")["opening"] == "84782.18"


# ---- textbook entries of the 2023 chart ----

CASES = {case["id"]: case for case in published("accounting_2023")["cases"]}
VOUCHERS = "日期,凭证字,凭证号,摘要,科目,借方,贷方,往来"


def voucher_rows(case: Any, day: str) -> list[list[object]]:
    return [
        [
            day,
            "记",
            number,
            summary,
            code,
            amount if side == "D" else "",
            amount if side == "C" else "",
            detail,
        ]
        for number, summary, lines in case["entries"]
        for side, code, detail, amount in lines
    ]


def signed(text: str) -> Decimal:
    side, _blank, amount = text.rpartition(" ")
    return Decimal(amount) * (-1 if side == "C" else 1)


@pytest.mark.parametrize("case_id", sorted(CASES))
def test_textbook_entries_taken_in_as_vouchers_give_the_expected_balances(
    keeper: Keeper, case_id: str
) -> None:
    case = CASES[case_id]
    opening = [
        f"{code},,{detail},{amount if side == 'D' else ''},{amount if side == 'C' else ''}"
        for side, code, detail, amount in case["opening"]
    ]
    assert keeper.new("2024-01", *opening).code == 0
    found = keeper.take(*voucher_rows(case, "2024/12/31"), header=VOUCHERS)
    assert set(ids(found)) <= {"IMP-16"}  # no file of another program names our money places
    assert found.json["vouchers"] == len(case["entries"])
    expected: dict[str, Decimal] = {}
    for side, code, _detail, amount in [
        *case["opening"],
        *(line for entry in case["entries"] for line in entry[2]),
    ]:
        expected[str(code)] = expected.get(str(code), Decimal(0)) + (amount if side == "D" else -amount)
    balances = keeper.balances()
    assert balances == expected
    for code, end in case.get("closing", {}).items():
        assert balances.get(code, 0) == signed(end), code
    assert run("check", keeper.book).code in (0, 1)


def test_the_printed_results_of_the_debt_investment_come_out(keeper: Keeper) -> None:
    """Grant 500,000 placed for three years at 6 %: 30,000 a year."""
    keeper.new("2024-01")
    keeper.take(*voucher_rows(CASES["S23-01"], "2024-12-31"), header=VOUCHERS)
    assert keeper.balances() == {
        "102": Decimal(30000),
        "112": Decimal(0),
        "141": Decimal(500000),
        "502": Decimal(-30000),
        "503": Decimal(-500000),
    }


def test_a_voucher_list_whose_rows_are_shuffled_makes_the_same_vouchers(keeper: Keeper) -> None:
    rows = voucher_rows(CASES["CON23-01"], "2024-12-31")
    shuffled = [rows[(i * 37) % len(rows)] for i in range(len(rows))]
    assert len({tuple(r) for r in shuffled}) == len({tuple(r) for r in rows})
    keeper.new("2024-01")
    found = run(
        "import", keeper.book, write_csv(keeper.folder / "v.csv", VOUCHERS, *shuffled), "--format", "json"
    )
    assert (found.code, found.json["vouchers"]) == (1, 28)
