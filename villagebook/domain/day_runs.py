"""Days of work as people write them: `3.3-3.5、3.9`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta

from villagebook.domain.dates import DateError, parse_date

MOST = 366
"""Days of one run; a longer one is a slip of the hand."""

_APART = re.compile(r"[、,;\s]+")
_RANGE = re.compile(r"[~—–至到]+")
_WHOLE = re.compile(r"\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?|\d{8}")
_SHORT = r"(?:\d{4}[./年])?\d{1,2}(?:[./月]\d{1,2}日?)?日?"
_HYPHEN = re.compile(rf"({_SHORT})-({_SHORT})")
_HYPHEN_WHOLE = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})-(\d{4}-\d{1,2}-\d{1,2})")


def read_days(text: str, near: date) -> tuple[date, ...]:
    """Every day of a text, in their order, each once; `near` supplies year and month where they are left out.

    Raises DateError with the piece that is no day, a run that goes back or is longer than a year.
    """
    days: set[date] = set()
    for piece in _APART.split(unicodedata.normalize("NFKC", text).strip()):
        if piece:
            days.update(_piece(piece, near))
    return tuple(sorted(days))


def _piece(piece: str, near: date) -> Iterable[date]:
    ends = _RANGE.split(piece)
    if len(ends) == 1 and not _WHOLE.fullmatch(piece):
        match = _HYPHEN_WHOLE.fullmatch(piece) or _HYPHEN.fullmatch(piece)
        ends = list(match.groups()) if match else ends
    if len(ends) > 2:
        raise DateError(piece)
    first = parse_date(ends[0], near)
    last = parse_date(ends[-1], first)
    count = (last - first).days
    if not 0 <= count < MOST:
        raise DateError(piece)
    return (first + timedelta(days=n) for n in range(count + 1))


def days_text(days: Iterable[date], near: date | None = None) -> str:
    """Runs drawn together; the year stands where a day is not of the year of `near`, nowhere without it."""
    runs: list[list[date]] = []
    for day in sorted(days):
        if runs and (day - runs[-1][-1]).days == 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return "、".join(_day(r[0], near) + (f"-{_day(r[-1], near)}" if len(r) > 1 else "") for r in runs)


def _day(day: date, near: date | None) -> str:
    year = f"{day.year}." if near is not None and day.year != near.year else ""
    return f"{year}{day.month}.{day.day}"
