"""What was typed, read as a value: periods, years, days, amounts, PINs. Each raises KnownError for what is none."""

from __future__ import annotations

import getpass
import sys
from datetime import date

from villagebook.domain.dates import DateError, parse_date
from villagebook.domain.errors import KnownError
from villagebook.domain.money import AmountError, parse_yuan
from villagebook.domain.period import Period, Span
from villagebook.i18n import _
from villagebook.services import by


def span(text: str) -> Span:
    """2025-03, 2025-Q1, 2025-H1, 2025, and the way a span of months is printed: 2024-04..2025-03."""
    try:
        return Span.parse(text)
    except ValueError:
        raise KnownError(
            _("{text} is no period.").format(text=text), _("Write 2025-03, 2025-Q1, 2025-H1 or 2025.")
        ) from None


def check_reached(months: Span, start: Period) -> None:
    """Raises KnownError for months that lie wholly before the book, which begins with `start`, or in the future."""
    if months.last < start:
        raise KnownError(
            _("{last} lies before the first month of the book ({start}).").format(
                last=months.last, start=start
            ),
            _("Choose a later period."),
        )
    if months.first > Period.of(by.today()):
        raise KnownError(
            _("{first} has not begun.").format(first=months.first), _("Choose an earlier period.")
        )


def from_to(first: Period, last: Period) -> Span:
    """Raises KnownError when the last month lies before the first."""
    if last < first:
        raise KnownError(
            _("{last} lies before {first}.").format(last=last, first=first), _("Turn them round.")
        )
    return Span(first, last)


def year(text: str) -> int:
    if len(text) == 4 and text.isascii() and text.isdigit():
        return int(text)
    raise KnownError(
        _("“{text}” is not a year.").format(text=text), _("A year is four figures, such as 2025.")
    )


def day(text: str) -> date:
    try:
        return parse_date(text)
    except DateError:
        raise KnownError(_("{text} is no day.").format(text=text), _("Write it as 2025-03-05.")) from None


def day_if_told(text: str) -> date | None:
    """None for nothing typed."""
    return day(text) if text else None


def fen(text: str) -> int:
    """An amount in yuan, such as 1234.50."""
    try:
        return parse_yuan(text)
    except AmountError:
        raise KnownError(_("{text} is not an amount.").format(text=text), _("Write it as 1234.50.")) from None


def pin(words: str = "") -> str:
    """Asked for without showing it; from a pipe its first line. Never a word of the command, which others can read."""
    if sys.stdin is not None and sys.stdin.isatty():
        return getpass.getpass(words or _("PIN: "))
    return (sys.stdin.readline() if sys.stdin is not None else "").rstrip("\r\n")
