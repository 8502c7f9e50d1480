"""Days of work as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagebook.domain.dates import DateError
from villagebook.domain.day_runs import days_text, read_days

NEAR = date(2025, 3, 9)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("3.3", [3]),
        ("3.3-3.5", [3, 4, 5]),
        ("3.3-5", [3, 4, 5]),
        ("3.3、3.5,3.9", [3, 5, 9]),
        ("3月3日至3月4日", [3, 4]),
        ("2025-03-03", [3]),
        ("2025-03-03-2025-03-04", [3, 4]),
        ("2025.3.3~2025.3.4", [3, 4]),
        ("5", [5]),
        ("3.3 3.3", [3]),
        ("", []),
    ],
)
def test_days_are_read_in_every_hand(text: str, days: list[int]):
    assert read_days(text, NEAR) == tuple(date(2025, 3, d) for d in days)


@pytest.mark.parametrize("text", ["3.32", "x", "3.5-3.3", "3.1-3.2-3.3", "2020.1.1-2025.1.1", "2.30"])
def test_what_is_no_day_is_told(text: str):
    with pytest.raises(DateError):
        read_days(text, NEAR)


@given(st.sets(st.dates(date(2024, 1, 1), date(2026, 12, 31)), max_size=30))
def test_what_is_written_is_read_again(days: set[date]):
    assert read_days(days_text(days, NEAR), NEAR) == tuple(sorted(days))
