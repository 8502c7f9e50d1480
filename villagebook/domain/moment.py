"""Instants as a village reads them: the log keeps universal time, every screen and paper says Beijing time.

All of China keeps one time, so the village's day never depends on the zone its computer was set to.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

from villagebook.domain.event import stamp

VILLAGE = timezone(timedelta(hours=8))
"""Beijing time. SQL says the same as `date(at, '+8 hours')`."""


def of(at: str) -> datetime:
    """An instant of the log, or any ISO text with its offset, on the village's clock."""
    return datetime.fromisoformat(at).astimezone(VILLAGE)


def day_of(at: str) -> date:
    """The village's calendar day of an instant; before eight in the morning universal time is a day behind."""
    return of(at).date()


def said(at: str) -> str:
    """An instant as it is shown: day, hour and minute; "" for none."""
    return of(at).strftime("%Y-%m-%d %H:%M") if at else ""


def bounds(first: date, last: date) -> tuple[str, str]:
    """The log's stamps from the first day's midnight up to, but without, the midnight after the last."""
    return stamp(datetime.combine(first, time(), VILLAGE)), stamp(
        datetime.combine(last + timedelta(days=1), time(), VILLAGE)
    )
