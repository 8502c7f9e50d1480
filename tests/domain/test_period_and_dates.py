"""Months, ranges of months, and dates as they are typed."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagebook.domain.dates import DateError, parse_date, parse_foreign_date, parse_month
from villagebook.domain.period import Period, Span

months = st.builds(Period, st.integers(1950, 2900), st.integers(1, 12))
days = st.dates(date(1900, 1, 1), date(2999, 12, 31))


@given(months, st.integers(-500, 500))
def test_shifting_there_and_back_is_the_same_month(period: Period, by: int):
    assert period.shifted(by).shifted(-by) == period
    assert Period.from_number(period.number) == period
    assert Period.parse(str(period)) == period


@given(months)
def test_the_day_after_the_last_is_the_first_of_the_next(period: Period):
    assert period.last_day + timedelta(days=1) == period.shifted(1).first_day
    assert Period.of(period.first_day) == Period.of(period.last_day) == period


@given(months, st.integers(0, 30))
def test_a_span_holds_exactly_the_days_of_its_months(first: Period, more: int):
    span = Span(first, first.shifted(more))
    found = list(span.months())
    assert found == sorted(set(found))
    assert (found[0], found[-1], len(found)) == (span.first, span.last, more + 1)
    assert span.first.first_day in span
    assert span.last.last_day in span
    assert span.first.first_day - timedelta(days=1) not in span
    assert span.last.last_day + timedelta(days=1) not in span


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-03", (2025, 3), (2025, 3)),
        ("2025", (2025, 1), (2025, 12)),
        ("2025-Q1", (2025, 1), (2025, 3)),
        ("2025q4", (2025, 10), (2025, 12)),
    ],
)
def test_month_quarter_and_year_are_read(text: str, first: tuple[int, int], last: tuple[int, int]):
    assert Span.parse(text) == Span(Period(*first), Period(*last))


@pytest.mark.parametrize("text", ["", "2025-13", "2025-00", "2025-Q5", "25-01", "2025-1", "2025-03-01", "x"])
def test_what_is_no_month_is_refused(text: str):
    with pytest.raises(ValueError):
        Span.parse(text)


@pytest.mark.parametrize("text", ["2025", "2025-Q1"])
def test_a_year_is_not_one_month(text: str):
    with pytest.raises(ValueError):
        Period.parse(text)


def test_a_span_does_not_run_backwards():
    with pytest.raises(ValueError):
        Span(Period(2025, 2), Period(2025, 1))


@given(days)
def test_every_day_is_read_in_every_usual_form(day: date):
    y, m, d = day.year, day.month, day.day
    forms = [
        f"{y:04d}-{m:02d}-{d:02d}",
        f"{y}.{m}.{d}",
        f"{y}/{m}/{d}",
        f"{y:04d}{m:02d}{d:02d}",
        f"{y}年{m}月{d}日",
        f"{y:04d}-{m:02d}-{d:02d} 10:30:00",
        f"{y:04d}-{m:02d}-{d:02d}T10:30:00.000",
        "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in f"{y}.{m}.{d}"),
    ]
    assert {parse_date(form) for form in forms} == {day}


NEAR = date(2024, 2, 10)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5", date(2024, 2, 5)),
        ("3-5", date(2024, 3, 5)),
        ("3月5日", date(2024, 3, 5)),
        ("29", date(2024, 2, 29)),
    ],
)
def test_short_forms_take_year_and_month_from_where_one_is(text: str, day: date):
    assert parse_date(text, NEAR) == day
    with pytest.raises(DateError):
        parse_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "2025-02-31",
        "2025-02-29",
        "20250231",
        "2025-13-01",
        "2025-00-10",
        "2025-04-31",
        "5.3.2025",
        "25-3-5",
        "2025-3",
        "",
        "   ",
        "today",
        "2025-3-5-6",
        "0000-01-01",
        "2024-99999999999999999999-1",
        "2024-1-" + "9" * 5000,
    ],
)
def test_what_is_no_day_of_the_calendar_is_refused(text: str):
    with pytest.raises(DateError):
        parse_date(text)


def test_the_31st_of_february_is_refused_also_in_the_short_form():
    with pytest.raises(DateError):
        parse_date("31", NEAR)
    with pytest.raises(DateError):
        parse_date("2-31", NEAR)


@given(st.text())
def test_any_text_is_a_day_or_a_date_error(text: str):
    for read in (parse_date, parse_foreign_date, lambda t: parse_date(t, NEAR)):
        with contextlib.suppress(DateError):
            assert isinstance(read(text), date)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("04/07/2016", date(2016, 7, 4)),
        ("31-Mar-17", date(2017, 3, 31)),
        ("31 march 2017", date(2017, 3, 31)),
        ("2016-07-04", date(2016, 7, 4)),
    ],
)
def test_published_lists_are_day_first(text: str, day: date):
    assert parse_foreign_date(text) == day


@pytest.mark.parametrize(
    "text", ["04/13/2016", "31-Foo-17", "32/01/2016", "1/1/99999999999999999999", "፩/1/2016", "1/1/፩", ""]
)
def test_a_month_first_list_is_refused_rather_than_guessed(text: str):
    with pytest.raises(DateError):
        parse_foreign_date(text)


@pytest.mark.parametrize("text", ["14-04-03", "03/04/14", "1.2.25"])
def test_a_year_of_two_figures_between_figures_is_refused_because_three_readers_read_three_days(text: str):
    with pytest.raises(DateError):
        parse_foreign_date(text)


@pytest.mark.parametrize("text", ["2025-03", "2025-3", "2025.3", "2025/03", "202503", "2025年3月"])
def test_a_month_is_read_as_people_write_it(text: str):
    wide = "".join(chr(ord(c) + 0xFEE0) if c < "\x7f" else c for c in text)
    assert parse_month(text) == parse_month(f" {wide} ") == Period(2025, 3)


@pytest.mark.parametrize(
    "text", ["", "2025", "2025-13", "2025-00", "25-3", "2025-3-1", "三月", "2025--", "20253"]
)
def test_a_month_that_cannot_be_read_is_refused(text: str):
    with pytest.raises(DateError):
        parse_month(text)
