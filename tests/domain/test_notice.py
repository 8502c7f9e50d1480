"""The notice as a value: what is hashed, what the code on the paper says."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.rules.facts import MARCH, notice
from villagebook.domain.notice import (
    BankStand,
    ClassState,
    KindFigure,
    Notice,
    NoticeLine,
    PlaceBalance,
    kind_total,
    notice_code,
    notice_from_data,
)
from villagebook.domain.period import Span

DATA = Path(__file__).parent / "data"
OTHERS: dict[type, Any] = {str: "other", int: 999, tuple: (), date: date(2025, 4, 9)}


def other(value: Any) -> Any:
    if isinstance(value, Span):
        return Span(MARCH, MARCH.shifted(1))
    if value == ():
        return ("other",)
    return OTHERS[type(value)]


@pytest.mark.parametrize("field", [f.name for f in fields(Notice)])
def test_the_hash_changes_with_everything_on_the_notice(field: str):
    made = notice()
    value: Any = made.lines if field == "transfers" else other(getattr(made, field))
    changed = replace(made, **{field: value})
    assert changed.content_hash() != made.content_hash()


@pytest.mark.parametrize("field", [f.name for f in fields(NoticeLine)])
def test_the_hash_changes_with_everything_in_a_line(field: str):
    made = notice()
    line = replace(made.lines[0], **{field: other(getattr(made.lines[0], field))})
    assert replace(made, lines=(line, *made.lines[1:])).content_hash() != made.content_hash()


def test_a_frozen_notice_reads_back_to_itself():
    made = replace(
        notice(),
        span=Span(MARCH, MARCH.shifted(2)),
        transfers=notice().lines[:1],
        excluded=("转-0001",),
        classes=(ClassState("Plans", "x"),),
        balances=(PlaceBalance("a", 1, 2),),
    )
    assert notice_from_data(made.to_data()) == made
    assert notice_from_data(notice().to_data()) == notice()


def test_the_code_on_the_paper_shows_the_totals_in_yuan_and_the_full_head():
    made = notice()
    parts = notice_code(made).split("*")
    assert parts[3:7] == ["1000.00", "500.00", "200.00", "1300.00"]
    assert parts[-2:] == [made.log_hash, made.content_hash()]


def test_a_notice_that_hung_before_lines_told_more_keeps_its_hash():
    kept = json.loads((DATA / "notice_before_plain_words.json").read_text(encoding="utf-8"))
    made = notice_from_data(kept["content"])
    assert made.content_hash() == kept["content_hash"]
    assert made.to_data() == kept["content"]
    assert (made.kinds, made.banks, made.lines[0].kind) == ((), (), "")


def test_kinds_and_banks_read_back():
    kinds = (
        KindFigure("501", "租金", True, 5, None, 3, 9, 12),
        KindFigure("50101", "房租", True, 5, None, 3, 9, None, 1),
    )
    banks = (BankStand("基本户", 5), BankStand("专户", 7, 9, 1, -2, 0, "周敏"))
    made = replace(notice(), kinds=kinds, banks=banks)
    assert notice_from_data(made.to_data()) == made


def test_a_line_tells_what_was_measured():
    line = notice().lines[0]
    assert replace(line, quantity="3.4亩", price_fen=20_000).measure == "3.4亩×200.00"
    assert (replace(line, quantity="3.4亩").measure, line.measure) == ("3.4亩", "")


def test_the_total_of_a_side_leaves_parts_out_and_knows_what_nobody_knows():
    kinds = (
        KindFigure("501", "租金", True, 5, None, 3, 9, None),
        KindFigure("50101", "房租", True, 5, None, 3, 9, None, 1),
        KindFigure("503", "补助", True, 2, None, None, 2, 8),
        KindFigure("513", "办公", False, 100, 1, 1, 100, 1),
    )
    total = kind_total(kinds, is_income=True)
    assert (total.fen, total.last_fen, total.year_ago_fen, total.year_fen, total.budget_fen) == (
        7,
        None,
        3,
        11,
        8,
    )
