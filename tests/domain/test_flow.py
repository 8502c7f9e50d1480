"""The split of a voucher into money moved and why."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.facts import CHART
from villagebook.domain.flow import TRANSFERS, Flow, flows
from villagebook.domain.place import Line, Place, PlaceKind, Places
from villagebook.domain.voucher import DocKind, Voucher, VoucherLine

PLACES = Places(
    [
        Place("RC", PlaceKind.RC, "r", "101"),
        Place("IN", PlaceKind.IN, "n", "102"),
        Place("EX", PlaceKind.EX, "e", "102"),
        Place("IM", PlaceKind.IM, "i", "101"),
        Place("SP:a", PlaceKind.SP, "s", "102"),
        Place("AG", PlaceKind.AG, "g", "102"),
    ]
)


def make(*lines: tuple[str, int, int, str], **changes: Any) -> Voucher:
    made = tuple(VoucherLine(a, d, c, "x", p) for a, d, c, p in lines)
    values = {"id": "v", "kind": DocKind.ADJUSTMENT, "word": "记", "number": 1, "booked_on": date(2025, 3, 5)}
    return Voucher(**{**values, "summary": "x", "lines": made, **changes})


amount = st.integers(-(10**6), 10**6).filter(bool)
entry = st.tuples(
    st.sampled_from(["501", "503", "511", "401", "112", "211", "151", "322", "999"]),
    amount,
    st.booleans(),
    st.just(""),
) | st.tuples(
    st.just("102"), amount, st.booleans(), st.sampled_from(["RC", "IN", "EX", "IM", "SP:a", "AG", "??"])
)


@st.composite
def balanced(draw: st.DrawFn) -> Voucher:
    """Any balanced voucher: the last entry takes what is left over."""
    entries = draw(st.lists(entry, min_size=1, max_size=7))
    lines = [(a, fen if debit else 0, 0 if debit else fen, p) for a, fen, debit, p in entries]
    rest = sum(d - c for _a, d, c, _p in lines)
    account, _fen, _debit, place = draw(entry)
    if rest:
        lines.append((account, 0, rest, place))
    return make(*draw(st.permutations(lines)), places_inferred=draw(st.booleans()))


@given(balanced())
def test_the_sum_of_the_flows_is_the_change_of_the_money_places(voucher: Voucher):
    found = list(flows(voucher, PLACES, CHART))
    change = sum(v.debit_fen - v.credit_fen for v in voucher.lines if v.place)
    assert sum(f.receipts_fen - f.payments_fen for f in found) == change


@given(balanced())
def test_every_line_of_money_changes_by_what_its_places_changed(voucher: Voucher):
    if voucher.places_inferred:
        assert {f.line for f in flows(voucher, PLACES, CHART)} <= {Line.UNDIVIDED}
        return
    want: dict[Line, int] = defaultdict(int)
    for v in voucher.lines:
        if v.place:
            place = PLACES.get(v.place)
            want[place.line if place else Line.UNDIVIDED] += v.debit_fen - v.credit_fen
    have: dict[Line, int] = defaultdict(int)
    for f in flows(voucher, PLACES, CHART):
        have[f.line] += f.receipts_fen - f.payments_fen
    assert {k: v for k, v in have.items() if v} == {k: v for k, v in want.items() if v}


@given(balanced())
def test_transfers_between_places_cancel_out(voucher: Voucher):
    inner = [f for f in flows(voucher, PLACES, CHART) if f.category == TRANSFERS]
    assert sum(f.receipts_fen - f.payments_fen for f in inner) == 0


@given(balanced())
def test_income_and_spending_are_shown_gross(voucher: Voucher):
    """Whatever was earned or spent beside money stands with its full amount under its own account."""
    if not any(v.place for v in voucher.lines):
        assert list(flows(voucher, PLACES, CHART)) == []
        return
    for code in ("501", "511"):
        lines = [v for v in voucher.lines if v.account == code]
        found = [f for f in flows(voucher, PLACES, CHART) if f.category == code]
        assert sum(f.receipts_fen for f in found) == sum(v.credit_fen for v in lines)
        assert sum(f.payments_fen for f in found) == sum(v.debit_fen for v in lines)


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ([("102", 900, 0, "IN"), ("501", 0, 900, "")], [(Line.INCOME, "501", 900, 0)]),
        ([("511", 900, 0, ""), ("102", 0, 900, "EX")], [(Line.EXPENDITURE, "511", 0, 900)]),
        (
            [("102", 900, 0, "EX"), ("102", 0, 900, "IN")],
            [(Line.EXPENDITURE, "", 900, 0), (Line.INCOME, "", 0, 900)],
        ),
        ([("511", -900, 0, ""), ("102", 0, -900, "EX")], [(Line.EXPENDITURE, "511", 0, -900)]),
        ([("513", 900, 0, ""), ("152", 0, 900, "")], []),
        (
            [("102", 900, 0, "IN"), ("211", 100, 0, ""), ("112", 0, 1000, "")],
            [(Line.INCOME, "112", 900, 0)],
        ),
    ],
)
def test_the_usual_vouchers_say_what_money_moved_and_why(
    lines: list[tuple[str, int, int, str]], wanted: list[tuple[Line, str, int, int]]
):
    assert list(flows(make(*lines), PLACES, CHART)) == [Flow(*w) for w in wanted]
