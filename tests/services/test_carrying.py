"""Carrying income and expense to 321: sides, red balances, once only, and what stands in the way."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import (
    Village,
    at,
    close_month,
    count_all,
    ids_of,
    make_village,
    move,
    pay,
    payment,
    receive,
    submit,
)
from tests.rules.facts import CHART
from villagebook.domain.carrying import CARRY_SUMMARY, carry_entries
from villagebook.domain.document import Document, Item, Support
from villagebook.domain.errors import Refused
from villagebook.domain.period import Period, Span
from villagebook.domain.voucher import DocKind, Voucher, VoucherLine, imbalance_fen
from villagebook.services import by
from villagebook.services.account_books import ledgers
from villagebook.services.book_file.books import place_balances
from villagebook.services.disclosure import notices
from villagebook.services.period_end import closing
from villagebook.services.period_end.checking import check_book
from villagebook.services.registers import carrying
from villagebook.services.vouchers import reversing
from villagebook.storage import ledger

JAN = Period(2025, 1)
D10, D31 = date(2025, 1, 10), date(2025, 1, 31)


@pytest.fixture
def monthly(tmp_path: Path):
    made = make_village(tmp_path, policy={"carry_monthly": True})
    yield made
    made.book.close()


def adjust(village: Village, day: date, *lines: tuple[str, int, int], **changes: Any) -> Document:
    """An adjustment of (account, debit, credit), posted."""
    made = Document(
        by.new_id(),
        DocKind.ADJUSTMENT,
        day,
        "年末调整分录",
        lines=tuple(VoucherLine(a, d, c, "年末调整") for a, d, c in lines),
        support=Support.INTERNAL,
        **changes,
    )
    assert submit(village, made).label
    return made


def balances(village: Village, period: Period) -> dict[str, int]:
    """Account -> signed fen at the end of a month, zeros left out."""
    with village.book.reading() as connection:
        found = ledger.balances(connection, Span.of(period))
    return {b.account: b.closing_fen for b in found if b.closing_fen}


def shape(voucher: Voucher) -> list[tuple[str, int, int]]:
    return [(v.account, v.debit_fen, v.credit_fen) for v in voucher.lines]


def refused(village: Village, period: Period, day: date) -> list[str]:
    before = village.book.head()
    with pytest.raises(Refused) as caught:
        carrying.carry(village.book, period, at(day))
    assert village.book.head() == before
    return ids_of(caught.value.findings)


def test_income_and_expense_are_carried_in_two_vouchers_of_the_last_day(monthly: Village):
    receive(monthly, 90_000, D10)
    move(monthly, "IN", "EX", 50_000, D10)
    pay(monthly, 40_000, D10)
    made = carrying.carry(monthly.book, JAN, at(D31))
    assert [shape(v) for v in made] == [
        [("501", 90_000, 0), ("321", 0, 90_000)],
        [("321", 40_000, 0), ("511", 0, 40_000)],
    ]
    assert [(v.word, v.number, v.booked_on, v.summary) for v in made] == [
        ("转", n, D31, CARRY_SUMMARY) for n in range(made[0].number, made[0].number + 2)
    ]
    left = balances(monthly, JAN)
    assert left["321"] == -50_000
    assert not [c for c in left if c.startswith("5")]
    assert check_book(monthly.book) == ()


def test_a_preview_shows_the_same_vouchers_and_writes_nothing(monthly: Village):
    receive(monthly, 90_000, D10)
    head = monthly.book.head()
    shown = carrying.preview(monthly.book, JAN, at(D31))
    assert monthly.book.head() == head
    assert shown.findings == ()
    made = carrying.carry(monthly.book, JAN, at(D31))
    assert [e.lines for e in shown.entries] == [v.lines for v in made]


def test_a_month_without_results_posts_nothing(monthly: Village):
    head = monthly.book.head()
    assert carrying.carry(monthly.book, JAN, at(D31)) == ()
    assert monthly.book.head() == head


def test_a_second_carrying_finds_nothing_and_later_bookings_are_refused_until_it_is_reversed(
    monthly: Village,
):
    receive(monthly, 90_000, D10)
    (first,) = carrying.carry(monthly.book, JAN, at(D31))
    assert carrying.carry(monthly.book, JAN, at(D31)) == ()
    receive(monthly, 10_000, D10)
    assert refused(monthly, JAN, D31) == ["YE-03"]
    reversing.reverse(monthly.book, first.id, "结转后又有收入", D31, at(D31))
    (again,) = carrying.carry(monthly.book, JAN, at(D31))
    assert shape(again) == [("501", 100_000, 0), ("321", 0, 100_000)]
    assert balances(monthly, JAN)["321"] == -100_000


def test_a_carrying_is_undone_in_its_own_month_only(monthly: Village):
    receive(monthly, 90_000, D10)
    (made,) = carrying.carry(monthly.book, JAN, at(D31))
    february = date(2025, 2, 3)
    with pytest.raises(Refused, match="2025-01"):
        reversing.reverse(monthly.book, made.id, "二月才发现", february, at(february))


def test_what_waits_for_signatures_stops_the_carrying(monthly: Village):
    receive(monthly, 90_000, D10)
    move(monthly, "IN", "EX", 50_000, D10)
    submit(monthly, payment(monthly, 40_000, D10))
    assert refused(monthly, JAN, D31) == ["YE-01"]


def test_a_closed_month_and_a_month_that_still_runs_are_refused(monthly: Village):
    assert refused(monthly, JAN, date(2025, 1, 30)) == ["YE-06"]
    close_month(monthly, JAN)
    assert refused(monthly, JAN, D31) == ["YE-02"]


def test_by_year_only_december_is_carried(village: Village):
    receive(village, 90_000, D10)
    assert refused(village, JAN, D31) == ["YE-04"]


def test_by_month_the_close_waits_for_the_carrying(monthly: Village):
    receive(monthly, 90_000, D10)
    count_all(monthly, D31)
    assert ids_of(closing.review(monthly.book, JAN, D31)) == ["YE-10"]
    carrying.carry(monthly.book, JAN, at(D31))
    assert closing.review(monthly.book, JAN, D31) == ()
    closing.close(monthly.book, JAN, at(D31))


def test_a_balance_on_the_wrong_side_is_carried_in_red_on_its_own_side(monthly: Village):
    adjust(monthly, D10, ("504", 700, 0), ("112", 0, 700))
    adjust(monthly, D10, ("152", 300, 0), ("513", 0, 300))
    made = carrying.carry(monthly.book, JAN, at(D31))
    assert [shape(v) for v in made] == [
        [("504", -700, 0), ("321", 0, -700)],
        [("321", -300, 0), ("513", 0, -300)],
    ]
    assert balances(monthly, JAN)["321"] == 400
    assert check_book(monthly.book) == ()


def test_an_investment_loss_goes_with_the_expenses(monthly: Village):
    adjust(monthly, D10, ("502", 700, 0), ("141", 0, 700))
    (made,) = carrying.carry(monthly.book, JAN, at(D31))
    assert shape(made) == [("321", 700, 0), ("502", 0, 700)]


def test_results_that_cancel_out_are_carried_line_by_line(monthly: Village):
    adjust(monthly, D10, ("112", 500, 0), ("501", 0, 500))
    adjust(monthly, D10, ("504", 500, 0), ("112", 0, 500))
    (made,) = carrying.carry(monthly.book, JAN, at(D31))
    assert shape(made) == [("501", 500, 0), ("504", -500, 0), ("321", 0, 500), ("321", 0, -500)]
    assert "321" not in balances(monthly, JAN)


def test_the_cost_of_production_is_not_carried(monthly: Village):
    adjust(monthly, D10, ("401", 800, 0), ("212", 0, 800))
    assert carrying.carry(monthly.book, JAN, at(D31)) == ()


def test_money_and_the_notice_are_untouched_by_the_carrying(monthly: Village):
    receive(monthly, 90_000, D10)
    before = place_balances(monthly.book, D31)
    plain = notices.compile_notice(monthly.book, Span.of(JAN), D31)
    carrying.carry(monthly.book, JAN, at(D31))
    after = notices.compile_notice(monthly.book, Span.of(JAN), D31)
    assert place_balances(monthly.book, D31) == before
    assert (after.opening_fen, after.income_fen, after.spending_fen, after.closing_fen) == (
        plain.opening_fen,
        plain.income_fen,
        plain.spending_fen,
        plain.closing_fen,
    )
    assert len(after.excluded) == len(plain.excluded) + 1
    assert not [x for x in notices.notice_findings(monthly.book, after, D31) if x.id in ("DIS-02", "DIS-04")]


ACCOUNTS = ("501", "502", "503", "504", "511", "512", "513", "514", "515", "521", "401", "113")
figures = st.lists(
    st.tuples(st.sampled_from(ACCOUNTS), st.integers(-(10**9), 10**9).filter(bool)), min_size=1, max_size=8
)


@given(figures)
def test_whatever_the_balances_the_entries_balance_and_empty_exactly_them(found: list[tuple[str, int]]):
    held = {code: fen for code, fen in found if code.startswith("5")}
    entries = carry_entries(held.items(), CHART)
    moved: dict[str, int] = {}
    for entry in entries:
        assert imbalance_fen(entry.lines) == 0
        assert all((v.debit_fen == 0) != (v.credit_fen == 0) for v in entry.lines)
        for v in entry.lines:
            moved[v.account] = moved.get(v.account, 0) + v.debit_fen - v.credit_fen
    assert {c: -f for c, f in moved.items() if c != "321"} == held
    assert moved.get("321", 0) == sum(held.values())


@settings(max_examples=max(15, settings().max_examples // 4))  # each makes a book
@given(figures)
def test_after_carrying_results_are_zero_the_trial_balance_balances_and_the_sum_is_unchanged(
    found: list[tuple[str, int]],
):
    with tempfile.TemporaryDirectory() as folder:
        village = make_village(Path(folder), policy={"carry_monthly": True})
        for code, fen in found:
            other = ("112", 0, fen) if fen > 0 else ("112", -fen, 0)
            adjust(village, D10, (code, max(fen, 0), max(-fen, 0)), other)
        before = balances(village, JAN)
        money = place_balances(village.book, D31)
        carrying.carry(village.book, JAN, at(D31))
        after = balances(village, JAN)
        result = sum(fen for code, fen in before.items() if code.startswith("5"))
        assert not [code for code in after if code.startswith("5")]
        assert after.get("321", 0) == result
        rest = {c: f for c, f in before.items() if not c.startswith("5")}
        assert {c: f for c, f in after.items() if c != "321"} == rest
        assert place_balances(village.book, D31) == money
        total = ledgers.trial_balance(village.book, Span.of(JAN)).rows[-1]
        assert total[2] == total[3]
        assert total[4] == total[5]
        assert total[6] == total[7]
        assert total[8] == total[9]
        village.book.close()


def test_items_say_what_was_carried_and_from_where(monthly: Village):
    receive(monthly, 90_000, D10, items=(Item("501", 60_000, "塘租"), Item("503", 30_000, "补助")))
    (made,) = carrying.carry(monthly.book, JAN, at(D31))
    assert shape(made) == [("501", 60_000, 0), ("503", 30_000, 0), ("321", 0, 90_000)]
