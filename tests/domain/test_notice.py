"""The notice as a value: what is hashed, what the code on the paper says."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from tests.rules.facts import MARCH, notice
from villagebook.domain.notice import (
    ClassState,
    Notice,
    NoticeLine,
    PlaceBalance,
    notice_code,
    notice_from_data,
)
from villagebook.domain.period import Span

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
    changed = replace(made, **{field: other(getattr(made, field))})
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
