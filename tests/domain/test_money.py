"""Amounts as people type them, and back."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagebook.domain.money import MAX_FEN, AmountError, format_fen, parse_yuan, yuan_text

amounts = st.integers(-MAX_FEN, MAX_FEN)


@given(amounts, st.booleans())
def test_what_is_written_is_read_back_to_the_fen(fen: int, grouping: bool):
    assert parse_yuan(format_fen(fen, grouping=grouping)) == fen


@given(amounts)
def test_full_width_typing_is_the_same_amount(fen: int):
    wide = "".join(chr(ord(c) + 0xFEE0) for c in format_fen(fen, grouping=True))
    assert parse_yuan(wide) == fen


@given(st.text())
def test_any_text_is_an_amount_in_range_or_an_amount_error(text: str):
    with contextlib.suppress(AmountError):
        assert -MAX_FEN <= parse_yuan(text) <= MAX_FEN


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("12", 1200),
        ("12.3", 1230),
        ("12.30", 1230),
        ("12.300", 1230),
        (".5", 50),
        ("5.", 500),
        ("-0.01", -1),
        ("+3", 300),
        ("(3.20)", -320),
        ("(3.20)元", -320),
        ("¥1,234.56", 123456),
        ("￥1，234。56", 123456),
        (" 1,234,567 元 ", 123456700),
        ("CNY 8", 800),
        ("−7", -700),  # noqa: RUF001  # the minus sign of typesetters
        ("007", 700),
    ],
)
def test_the_ways_people_write_an_amount(text: str, fen: int):
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("元", "empty"),
        ("()", "empty"),
        ("1.001", "decimals"),
        ("0.005", "decimals"),
        ("1,23", "not-a-number"),
        ("1,2345", "not-a-number"),
        ("12a", "not-a-number"),
        ("1.2.3", "not-a-number"),
        ("1e3", "not-a-number"),
        ("--1", "not-a-number"),
        ("NaN", "not-a-number"),
        ("一百", "not-a-number"),
        ("٣", "not-a-number"),
        ("10000000000000.01", "too-large"),
        ("9" * 5000, "too-large"),
    ],
)
def test_what_is_no_amount_is_refused_with_its_reason_and_never_rounded(text: str, reason: str):
    with pytest.raises(AmountError) as caught:
        parse_yuan(text)
    assert caught.value.reason == reason


def test_the_largest_amount_is_still_an_amount():
    assert parse_yuan("10000000000000.00") == MAX_FEN


def test_people_see_groups_of_three_and_two_decimals():
    assert yuan_text(123456789) == "1,234,567.89"
    assert yuan_text(-5) == "-0.05"
    assert format_fen(123456789) == "1234567.89"
