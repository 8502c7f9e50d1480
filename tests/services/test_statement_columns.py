"""The columns one may choose, receipts and payments by category, and what the statements are held against."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.builders import Village, at, ids_of, make_book, move, pay, receive
from tests.services.statement_books import book_of, constructed, voucher
from villagebook import i18n
from villagebook.domain.budget import BudgetLine, spread
from villagebook.domain.document import Item
from villagebook.domain.errors import KnownError
from villagebook.domain.period import Period, Span
from villagebook.domain.statement_columns import View, per_cent
from villagebook.domain.table import Table
from villagebook.domain.voucher import VoucherLine
from villagebook.services import reports
from villagebook.services.account_books.flows import receipts_payments
from villagebook.services.book_file.books import Book
from villagebook.services.bringing_in import opening_entry
from villagebook.services.registers import budgets
from villagebook.services.registers.budgets import Draft
from villagebook.services.reporting.statement_lines import check_parts, lines_of, vouchers_of
from villagebook.services.reporting.statements import MONEY, all_ties, statement
from villagebook.services.vouchers.documents import voucher_data

YEAR = Span.parse("2024")
DECIDED = date(2025, 1, 3)


@pytest.fixture(autouse=True)
def _chinese() -> None:
    i18n.set_language("zh_CN")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with constructed(tmp_path) as made:
        yield made


def figures(table: Table, key: str = "amount") -> dict[str, int | None]:
    assert table.machine_rows is not None
    assert table.machine_columns is not None
    at_column = [c.key for c in table.machine_columns].index(key)
    return {str(r[1]): r[at_column] for r in table.machine_rows}  # type: ignore[misc]  # a column of money


def three_years(tmp_path: Path) -> Book:
    """Rent of 10, 20, 30 ... yuan in March and September of each year."""
    months = [Period(y, m) for y in (2024, 2025, 2026) for m in (3, 9)]
    made = [
        voucher(f"v{n}", month, n + 1, [("102", "", (n + 1) * 1000), ("501", "", -(n + 1) * 1000)])
        for n, month in enumerate(months)
    ]
    return book_of(tmp_path / "b.vbook", made)


def test_each_column_of_the_income_statement_is_of_its_own_months(tmp_path):
    views = (View.AMOUNT, View.YEAR_TO_DATE, View.LAST_PERIOD, View.YEAR_BEFORE, View.BUDGET, View.DONE)
    with three_years(tmp_path) as made:
        shown = statement(made, "income", Span.parse("2025-H2"), None, views)
        columns, rows = shown.table.machine_columns or (), shown.table.machine_rows or ()
        row = {c.key: cell for c, cell in zip(columns, rows[0], strict=True)}
    assert row == {
        "line": 1, "item": "经营收入", "amount": 4000, "year_to_date": 7000, "last_period": 3000,
        "year_before": 2000, "budget": None, "done": None,
    }  # fmt: skip
    assert shown.findings == ()


def test_the_years_result_among_the_44_items_is_that_of_the_income_statement(tmp_path):
    """Before tax, and known before the year is carried over."""
    made = [
        voucher("v1", Period(2024, 3), 1, [("102", "", 90_000), ("501", "", -90_000)]),
        voucher("v2", Period(2024, 5), 2, [("521", "", 4_000), ("214", "", -4_000)]),
        voucher("v3", Period(2024, 12), 3, [("501", "", 90_000), ("321", "", -90_000)]),
        voucher("v4", Period(2024, 12), 4, [("521", "", -4_000), ("321", "", 4_000)]),
        voucher("v5", Period(2024, 12), 5, [("321", "", 86_000), ("322", "", -86_000)]),
    ]
    with book_of(tmp_path / "b.vbook", made) as book:
        for span in (Span.parse("2024-06"), YEAR):
            items = {r[1]: r[3] for r in reports.make(book, "disclosure-items", span).table.rows}
            months = Span(Period(2024, 1), span.last)
            assert items["7.1"] == figures(statement(book, "income", months).table)["收益总额"] == 90_000


def test_each_column_of_the_balance_sheet_stands_on_its_own_day(tmp_path):
    views = (View.AMOUNT, View.YEAR_START, View.LAST_PERIOD, View.YEAR_BEFORE)
    with three_years(tmp_path) as made:
        table = statement(made, "balance-sheet", Span.parse("2026-Q3"), None, views).table
    begun = 5_100_000
    assert [figures(table, k)["货币资金"] for k in ("amount", "year_start", "last_period", "year_before")] == [
        begun + 21_000, begun + 10_000, begun + 15_000, begun + 10_000,
    ]  # fmt: skip


def test_the_budget_is_read_through_the_formulas(village: Village, monkeypatch: pytest.MonkeyPatch):
    from villagebook.storage import budgets

    monkeypatch.setattr(
        budgets, "planned", lambda _c, year, _t=None: {"501": 200_000, "511": 60_000} if year == 2025 else {}
    )
    receive(village, 90_000, Period(2025, 1).first_day.replace(day=8))
    views = (View.AMOUNT, View.BUDGET, View.DONE)
    table = statement(village.book, "income", Span.parse("2025-01"), None, views).table
    plan, done = figures(table, "budget"), figures(table, "done")
    assert (plan["经营收入"], plan["经营支出"], plan["经营收益"], plan["净收益"]) == (
        200_000,
        60_000,
        140_000,
        140_000,
    )
    assert plan["年初未分配收益"] is None, "a balance is not planned"
    assert plan["可分配收益"] is None, "nor what is built on one"
    assert (done["经营收入"], done["经营支出"]) == (45, 0)
    later = statement(village.book, "income", Span.parse("2026-01"), None, views).table
    assert set(figures(later, "budget").values()) == {None}


def test_the_budget_of_some_months_is_what_was_planned_for_them(village: Village):
    """A levy of the autumn is not expected in spring; what the year has as a whole stands beside it."""
    rent = BudgetLine("501", (*[0] * 8, 60_000, 30_000, 0, 0))
    wages = BudgetLine("513", spread(120_000))
    budgets.adopt(village.book, Draft(2025, (rent, wages), "2025-1", DECIDED), at(DECIDED.replace(day=6)))
    views = (View.AMOUNT, View.PERIOD_BUDGET, View.BUDGET, View.DONE)

    def planned(span: str, key: str = "period_budget") -> tuple[int | None, int | None]:
        found = figures(statement(village.book, "income", Span.parse(span), None, views).table, key)
        return found["经营收入"], found["管理费用"]

    assert planned("2025-01") == (0, 10_000)
    assert planned("2025-Q3") == (60_000, 30_000)
    assert planned("2025-09..2025-10") == (90_000, 20_000)
    assert planned("2025") == planned("2025-09", "budget") == (90_000, 120_000)
    assert planned("2025-12..2026-01") == (None, None), "nothing was planned for 2026"
    money = statement(village.book, MONEY, Span.parse("2025-09"), None, views).table
    assert figures(money, "period_budget")["收经营收入"] == 60_000
    assert lines_of(village.book, "income", Span.parse("2025-09"), 1, None, View.PERIOD_BUDGET) == ()


def test_what_is_planned_to_be_spent_is_not_planned_to_be_received(
    village: Village, monkeypatch: pytest.MonkeyPatch
):
    from villagebook.storage import budgets

    plan = {"501": 200_000, "513": 60_000, "113": 30_000, "201": 15_000}
    monkeypatch.setattr(budgets, "planned", lambda _c, _year, _t=None: plan)
    table = statement(village.book, MONEY, Span.parse("2025-01"), None, (View.AMOUNT, View.BUDGET)).table
    shown = figures(table, "budget")
    assert (shown["收经营收入"], shown["收入合计"]) == (200_000, 200_000)
    assert (shown["付管理费用"], shown["付内部往来"], shown["付短期借款"]) == (60_000, 30_000, 15_000)
    assert (shown["支出合计"], shown["本期收支差额"]) == (105_000, 95_000)
    turned_round = ("收内部往来", "收短期借款", "管理费用退回", "经营收入退付")
    assert not any(shown.get(item) for item in turned_round)


def test_the_year_before_the_book_stands_beside_where_the_old_books_told_it(book):
    told = [["501", 0, 6_800_000], ["502", 0, 500_000], ["513", 4_000_000, 0]]
    with book.writing("周敏", at(Period(2025, 1).first_day).at) as writing:
        writing.log("prior.stated", {"year": 2023, "lines": told, "sha256": "ab" * 32}, "prior", "imports")
    before = figures(statement(book, "income", YEAR).table, "opening_or_prior")
    assert (before["经营收入"], before["投资收益"], before["管理费用"]) == (6_800_000, 500_000, 4_000_000)
    assert before["净收益"] == 3_300_000
    assert before["年初未分配收益"] is None, "only income and expense were told"
    quarter = figures(statement(book, "income", Span.parse("2024-Q1")).table, "opening_or_prior")
    assert set(quarter.values()) == {None}, "nor what a part of that year was"


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [
        (45, 100, 45),
        (1, 3, 33),
        (2, 3, 67),
        (-5, 10, -50),
        (5, -10, -50),
        (0, 7, 0),
        (3, 0, None),
        (None, 7, None),
    ],
)
def test_shares_are_whole_per_cent(part, whole, share):
    assert per_cent(part, whole) == share


def test_columns_that_a_statement_cannot_have_are_left_out_and_unknown_ones_named(book):
    table = statement(book, "balance-sheet", YEAR, None, (View.BUDGET, View.YEAR_START)).table
    assert [c.key for c in table.machine_columns or ()] == ["line", "item", "amount", "year_start"]
    with pytest.raises(KnownError, match="weekly"):
        reports.make(book, "income", YEAR, reports.Choice(columns=("weekly",)))


def test_receipts_and_payments_by_category_of_a_month_with_both_lines(village: Village):
    receive(village, 90_000, Period(2025, 1).first_day.replace(day=8))
    move(village, "IN", "EX", 50_000)
    pay(village, 20_000, items=(Item("513", 20_000, "办公用纸"),))
    made = statement(village.book, MONEY, Span.parse("2025-01"))
    shown = figures(made.table)
    assert (shown["收经营收入"], shown["付管理费用"], shown["本期收支差额"]) == (90_000, 20_000, 70_000)
    assert shown["期末结余"] == (shown["期初结余"] or 0) + 70_000
    old = receipts_payments(village.book, Span.parse("2025-01"))
    closing = {str(r[1]): r[6] for r in old.rows if r[2] == ""}
    assert (shown["期末收入线"], shown["期末支出线"]) == (closing["income"], closing["expenditure"])
    assert (shown["收入合计"], shown["支出合计"]) == old.rows[-1][4:6]
    assert made.findings == ()
    no = next(int(r[0] or 0) for r in made.table.machine_rows or () if r[1] == "付管理费用")
    (only,) = vouchers_of(village.book, MONEY, Span.parse("2025-01"), no).rows
    assert only[3] == 20_000


def test_everything_ties_in_the_constructed_year_whatever_the_months(book):
    for text in ("2024-01", "2024-05", "2024-Q3", "2024-H2", "2024", "2024-02..2024-09"):
        table, findings = all_ties(book, Span.parse(text))
        assert findings == ()
        assert len(table.rows) >= 20
        assert {str(r[0])[:3] for r in table.rows} == {"BS-", "IS-", "RP-"}
        for row in table.rows:
            assert row[2] == row[3], row
            assert row[2] is not None


def test_a_book_begun_within_a_year_with_results_in_its_opening_ties_over_any_months(tmp_path):
    """No balance sheet of before the book is known without the results it took over: nothing is held against one."""
    opening = (VoucherLine("513", 400, 0, ""), VoucherLine("322", 0, 300, ""), VoucherLine("501", 0, 100, ""))
    started = Period(2025, 10)
    with make_book(tmp_path, start=started) as made:
        opening_entry.set_lines(made, opening, at(started.first_day))
        later = [
            voucher("a", started, 1, [("513", "", 50), ("211", "电力公司", -50)]),
            voucher("b", Period(2026, 2), 1, [("211", "电力公司", 20), ("501", "", -20)]),
        ]
        with made.writing("测试", at(Period(2026, 3).first_day).at) as writing:
            for each in later:
                writing.log("voucher.posted", voucher_data(each), each.id, "vouchers")
        for text in (
            "2025",
            "2025-Q4",
            "2025-09",
            "2025-10",
            "2025-09..2025-11",
            "2025-11",
            "2026",
            "2026-01",
        ):
            table, findings = all_ties(made, Span.parse(text))
            assert findings == (), text
            known = {str(r[0]): r[2:4] for r in table.rows}
            is_told = known["IS-3"][1] is not None
            assert is_told == (text not in ("2025", "2025-09", "2025-09..2025-11")), text
        year = figures(statement(made, "income", Span.parse("2025")).table)
        assert (year["净收益"], year["年初未分配收益"], year["年末未分配收益"]) == (-350, 300, -50)
        parts = check_parts(made, "income", Span.parse("2025"), "IS-3")
        assert "voucher:a" not in parts.targets


def test_a_check_that_does_not_tie_leads_to_the_voucher_that_differs(tmp_path):
    """Cash booked without a money place: the ledger has it, the places have not."""
    good = voucher("good", Period(2024, 2), 1, [("102", "", 700), ("501", "", -700)])
    bad = voucher("bad", Period(2024, 3), 1, [("102", "", 300), ("501", "", -300)])
    lines = tuple(type(x)(**{f: getattr(x, f) for f in x.__slots__} | {"place": ""}) for x in bad.lines)
    bad = type(bad)(**{f: getattr(bad, f) for f in bad.__slots__} | {"lines": lines})
    with book_of(tmp_path / "b.vbook", [good, bad]) as made:
        found = statement(made, "balance-sheet", Span.parse("2024-03")).findings
        broken = {f.target.rpartition(":")[2]: f for f in found if f.id == "STM-10"}
        assert set(broken) >= {"BS-4", "BS-7"}
        assert "3.00" in broken["BS-4"].text
        table = check_parts(made, "balance-sheet", Span.parse("2024-03"), "BS-4")
        assert [t for t in table.targets if t.startswith("voucher:")] == ["voucher:bad"]
        assert table.rows[-1][-1] == 300
        sides = {str(r[0]) for r in table.rows}
        assert sides == {"一方", "另一方", "不符"}
        with pytest.raises(KnownError, match="BS-99"):
            check_parts(made, "balance-sheet", Span.parse("2024-03"), "BS-99")
    assert ids_of(found) == ["STM-10"]


def test_a_line_of_another_column_leads_to_that_columns_vouchers(tmp_path):
    with three_years(tmp_path) as made:
        span = Span.parse("2025-H2")
        of = {v: lines_of(made, "income", span, 1, None, v) for v in View}
    assert of[View.AMOUNT] == ("v3",)
    assert of[View.YEAR_TO_DATE] == ("v2", "v3")
    assert of[View.LAST_PERIOD] == ("v2",)
    assert of[View.YEAR_BEFORE] == ("v1",)
    assert of[View.PERIOD_BUDGET] == of[View.BUDGET] == of[View.DONE] == ()


def test_at_the_ends_of_time_nothing_breaks(book):
    views = tuple(View)
    for text in ("1900-01", "1900", "2999"):
        assert statement(book, "income", Span.parse(text), None, views).table.rows
        assert statement(book, "balance-sheet", Span.parse(text), None, views).table.rows
