"""Instants are shown by the village's clock, and its day begins at its own midnight."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import DAY, at, make_village, receipt
from villagebook.domain import moment
from villagebook.domain.event import stamp
from villagebook.domain.period import Period, Span
from villagebook.services import trail
from villagebook.services.period_end import closing
from villagebook.services.vouchers import documents
from villagebook.storage import documents as stored

EARLY = 7
"""Universal time still has the day before at this hour of a village's morning."""


def test_what_is_sent_in_before_eight_in_the_morning_is_of_that_day(tmp_path: Path) -> None:
    village = make_village(tmp_path)
    made = receipt(village, 10_000)
    documents.submit(village.book, made, at(DAY, EARLY))
    with village.book.reading() as connection:
        found = stored.submitted(connection, made.id)
    assert found is not None
    assert found.submitted_on == DAY


def test_the_log_says_the_hour_on_the_wall_and_finds_it_under_its_own_month(tmp_path: Path) -> None:
    village = make_village(tmp_path)
    first = Period.of(DAY).shifted(1).first_day
    documents.submit(village.book, receipt(village, 10_000, first), at(first, EARLY))
    rows = list(trail.log_flow(village.book, Span.of(Period.of(first))).rows)
    assert [cells[1] for cells, *_rest in rows] == [f"{first.isoformat()} 07:00"] * len(rows)
    assert rows


def test_a_month_opened_again_names_the_village_s_hour(tmp_path: Path) -> None:
    village = make_village(tmp_path)
    month = Period.of(DAY)
    with village.book.writing("孙丽", at(DAY).at) as writing:
        for state in ("closing", "closed"):
            told: dict[str, object] = {"period": month.number, "state": state, "reason": ""}
            writing.log("period.stepped", told, f"step-{state}", "periods")
    closing.reopen(village.book, month, "凭证附错了", at(DAY, 23))
    assert closing.reopenings(village.book).rows[0][1] == f"{DAY.isoformat()} 23:00"


@given(st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2060, 1, 1)))
def test_an_instant_lies_within_the_bounds_of_its_own_day_and_no_other(naive: datetime) -> None:
    written = stamp(naive.replace(tzinfo=UTC))
    day = moment.day_of(written)
    first, behind = moment.bounds(day, day)
    assert first <= written < behind
    assert moment.said(written).startswith(day.isoformat())


def test_the_village_keeps_its_own_time_wherever_the_computer_believes_to_be() -> None:
    assert moment.said("2026-03-04T23:30:00Z") == "2026-03-05 07:30"
    assert moment.said("2026-03-05T09:30:00.5+09:00") == "2026-03-05 08:30"
    assert moment.day_of("2026-03-04T16:00:00Z") == date(2026, 3, 5)
    assert moment.said("") == ""
