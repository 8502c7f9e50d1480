"""Accounting periods: a month, and ranges of months (quarter, year)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_FORM = re.compile(r"(\d{4})(?:-(\d{2})|-?[Qq]([1-4])|-?[Hh]([12]))?")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One calendar month."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1900 <= self.year <= 2999 and 1 <= self.month <= 12):
            raise ValueError(f"no such month: {self.year}-{self.month}")

    @classmethod
    def of(cls, day: date) -> Period:
        """The month that holds this day."""
        return cls(day.year, day.month)

    @classmethod
    def from_number(cls, number: int) -> Period:
        """202503 -> 2025-03, the stored form."""
        return cls(*divmod(number, 100))

    @classmethod
    def parse(cls, text: str) -> Period:
        """'2025-03' only. Raises ValueError."""
        span = Span.parse(text)
        if span.first != span.last:
            raise ValueError(text)
        return span.first

    @property
    def number(self) -> int:
        """202503: sorts and stores well."""
        return self.year * 100 + self.month

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def shifted(self, months: int) -> Period:
        """This many months later (earlier when negative)."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Period(year, month + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of whole months, both ends included; never empty."""

    first: Period
    last: Period

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.last} lies before {self.first}")

    @classmethod
    def parse(cls, text: str) -> Span:
        """'2025-03', '2025-Q1', '2025-H1', '2025', or from..to as `str` writes it. Raises ValueError."""
        first, dots, last = text.partition("..")
        if dots:
            return cls(cls.parse(first).first, cls.parse(last).last)
        match = _FORM.fullmatch(text.strip())
        if not match:
            raise ValueError(text)
        year = int(match[1])
        if match[2]:
            month = Period(year, int(match[2]))
            return cls(month, month)
        if match[3]:
            start = int(match[3]) * 3 - 2
            return cls(Period(year, start), Period(year, start + 2))
        if match[4]:
            start = int(match[4]) * 6 - 5
            return cls(Period(year, start), Period(year, start + 5))
        return cls(Period(year, 1), Period(year, 12))

    @classmethod
    def of(cls, period: Period) -> Span:
        return cls(period, period)

    @classmethod
    def year(cls, year: int) -> Span:
        return cls(Period(year, 1), Period(year, 12))

    @property
    def length(self) -> int:
        """Number of months."""
        a, b = self.first, self.last
        return (b.year - a.year) * 12 + b.month - a.month + 1

    def shifted(self, months: int) -> Span:
        """The same run of months this many months later (earlier when negative). Raises ValueError before 1900."""
        return Span(self.first.shifted(months), self.last.shifted(months))

    def months(self) -> Iterator[Period]:
        period = self.first
        while period <= self.last:
            yield period
            period = period.shifted(1)

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first.first_day <= day <= self.last.last_day

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}..{self.last}"
