"""The published cases as board papers beside F1: every figure that was printed comes out of the ledger to the cent."""

from __future__ import annotations

from datetime import date

import pytest

from tests.examples.keeper import Keeper, cash_rows, published
from tests.examples.test_funds import (
    BUDAI,
    CHINESE,
    LAIJI,
    QUZHEN,
    SCHOOL_YEAR,
    WANXIU,
    ZHUMADIAN,
    month_rows,
    sheet_rows,
)
from villagebook.domain.period import Span
from villagebook.domain.request import Askers, Request, Wanted
from villagebook.domain.sheet import Part, Sheet, SheetForm
from villagebook.services import by
from villagebook.services.book_file.books import open_book
from villagebook.services.by import today
from villagebook.services.disclosure import notice_requests, sheets

M15 = "gb_manordeilo_fy2014_15"


def paper(keeper: Keeper, form: SheetForm, months: str, subject: str = "") -> Sheet:
    book = open_book(keeper.book)
    try:
        return sheets.compile_sheet(book, form, Span.parse(months), subject, date(2026, 1, 31))
    finally:
        book.close()


def figures(sheet: Sheet) -> set[int]:
    return {f.fen for f in sheet.figures}


def cells(part: Part, column: str) -> list[int]:
    """Amounts of one column without the sums."""
    at = [c.key for c in part.columns].index(column)
    rows = part.rows[: -part.totals] if part.totals else part.rows
    return [fen for row in rows if isinstance(fen := row[at], int) and fen]


def asked_for(keeper: Keeper, months: str, word: str) -> Sheet:
    """The finance group asks for all entries with a word in them."""
    book = open_book(keeper.book)
    try:
        wanted = Wanted(Span.parse(months), word=word)
        made = Request("", "", today(), Askers.FINANCE_GROUP, 1, 0, 0, f"公布{word}的每一笔", wanted)
        entered = notice_requests.enter(book, made, by.now("会计"))
        subject = f"request:{entered.number}"
        return sheets.compile_sheet(book, SheetForm.MATTER, Span.parse(months), subject, today())
    finally:
        book.close()


# ---- lunch money: seven months ----


@pytest.fixture
def laiji(keeper: Keeper) -> Keeper:
    keeper.new("2013-08", "102,IN,,12887.00,", "322,,,,12887.00")
    keeper.take(*(row for month in SCHOOL_YEAR for row in month_rows(month)), header=CHINESE)
    return keeper


def test_laiji_f2_of_each_month_holds_the_published_sums(laiji: Keeper) -> None:
    for report in published(LAIJI)["reports"]:
        told = figures(paper(laiji, SheetForm.SUMMARY, SCHOOL_YEAR[report["month"]]))
        income = report["income_total_fen"] - report["opening_fen"]
        assert {report["opening_fen"], income, report["closing_fen"]} <= told


def test_laiji_f11_earned_in_the_year_what_the_months_add_up_to(laiji: Keeper) -> None:
    months = [r for r in published(LAIJI)["reports"] if SCHOOL_YEAR[r["month"]].startswith("2013")]
    earned = sum(r["income_total_fen"] - r["opening_fen"] for r in months)
    spent = months[0]["opening_fen"] + earned - months[-1]["closing_fen"]
    made = paper(laiji, SheetForm.ANNUAL, "2013-08..2013-12")
    assert {earned, spent, earned - spent} == figures(made)
    assert sum(p.fen for p in made.charts[0].points) == earned


@pytest.mark.parametrize("heading", ["主食", "副食", "食油", "调味品"])
def test_laiji_what_somebody_asks_for_is_the_published_sum_of_that_heading(
    laiji: Keeper, heading: str
) -> None:
    printed = {t["label"]: t["amount_fen"] for t in published(LAIJI)["published_totals"]}
    made = asked_for(laiji, "2013-08..2014-02", f" {heading}")
    assert sum(cells(made.parts[1], "spending")) == printed[heading]
    assert printed[heading] in figures(made)


# ---- one month of lunch, one of a fund ----


def test_budai_f2_opens_and_closes_as_printed(keeper: Keeper) -> None:
    keeper.new("2014-06", "102,IN,,207364,", "322,,,,207364")
    keeper.take(*cash_rows(published(BUDAI)["lines"]))
    told = figures(paper(keeper, SheetForm.SUMMARY, "2014-06"))
    assert {20_736_400, 17_119_800, 16_636_900, 21_219_300} <= told


def test_quzhen_f3_shows_the_advance_as_a_claim_and_not_as_spending(keeper: Keeper) -> None:
    rows = cash_rows(published(QUZHEN)["lines"])
    rows[2][7] = "112"
    keeper.new("2008-06", "102,IN,,8634.95,", "241,,,,8634.95")
    keeper.take(*rows)
    assert 200_000 in figures(paper(keeper, SheetForm.DEBTS, "2008-06"))
    annual = paper(keeper, SheetForm.ANNUAL, "2008-06")
    assert 749_951 in figures(annual)
    assert 200_000 in cells(annual.parts[2], "closing")


def test_wanxiu_all_rents_by_the_mu_are_shown_when_they_are_asked_for(keeper: Keeper) -> None:
    keeper.new("2010-01")
    keeper.take(*cash_rows(published(WANXIU)["lines"], day="2010-12-31", income="501"))
    made = asked_for(keeper, "2010", "亩")
    rents = [line["income_fen"] for line in published(WANXIU)["lines"] if "亩" in line["summary"]]
    assert cells(made.parts[1], "income") == rents
    assert sum(rents) in figures(made)


# ---- a balance sheet ----


def test_zhumadian_every_line_of_the_published_balance_sheet_is_on_f11_and_f3(keeper: Keeper) -> None:
    keeper.new("2019-01", *sheet_rows("balance_fen"), "合计,,,559708.92,559708.92")
    lines = {
        line["summary"]: line["balance_fen"]
        for line in published(ZHUMADIAN)["lines"]
        if line.get("balance_fen")
    }
    shown = cells(paper(keeper, SheetForm.ANNUAL, "2019-01").parts[2], "opening")
    wanted = [fen for words, fen in lines.items() if words != "未分配盈余"]
    assert sorted(shown) == sorted(wanted)
    debts = figures(paper(keeper, SheetForm.DEBTS, "2019-01"))
    assert {lines["应收款项"], lines["应付款项"] + lines.get("应付工资", 0)} <= debts


# ---- a council ----


def test_manordeilo_f11_adds_up_to_the_printed_receipts_and_payments(keeper: Keeper) -> None:
    keeper.new("2014-04", "102,IN,,6665.58,", "322,,,,6665.58")
    keeper.take(*cash_rows(published(M15)["lines"], day="2014-12-31"))
    lines = published(M15)["lines"]
    earned = sum(line.get("income_fen", 0) for line in lines)
    spent = sum(line.get("expense_fen", 0) for line in lines)
    made = paper(keeper, SheetForm.ANNUAL, "2014-04..2014-12")
    assert figures(made) == {earned, spent, earned - spent}
