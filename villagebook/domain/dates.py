"""Reading dates the way Chinese bookkeepers type them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from villagebook.domain.period import Period

_SPLIT = re.compile(r"[-./年月日\s]+")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


class DateError(ValueError):
    """A text that is no day of the calendar; `text` is what was typed."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def parse_date(text: str, near: date | None = None) -> date:
    """Read `2024.3.5`, `2024-03-05`, `2024/3/5`, `20240305`, `2024年3月5日`, and with `near` also `3-5` and `5`.

    `near` supplies the year (and month). A time of day behind the date is dropped. Full-width digits are accepted.

    Raises:
        DateError: for anything else, 31 February included.
    """
    clean = unicodedata.normalize("NFKC", text).strip()
    clean = re.sub(r"[T\s]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$", "", clean)
    if re.fullmatch(r"\d{8}", clean):
        clean = f"{clean[:4]}-{clean[4:6]}-{clean[6:]}"
    parts = [p for p in _SPLIT.split(clean) if p]
    if not 1 <= len(parts) <= 3 or not all(p.isascii() and p.isdigit() and len(p) <= 4 for p in parts):
        raise DateError(text)
    numbers = [int(p) for p in parts]
    if len(numbers) < 3:
        if near is None or any(len(p) > 2 for p in parts):
            raise DateError(text)
        numbers = [near.year, near.month, *numbers] if len(numbers) == 1 else [near.year, *numbers]
        return _day(text, *numbers)
    if len(parts[0]) == 4:
        return _day(text, *numbers)
    raise DateError(text)


def parse_month(text: str) -> Period:
    """Read `2025-10`, `2025.10`, `2025/1`, `202510`, `2025年10月`, full-width digits too. Raises DateError for anything else."""
    clean = unicodedata.normalize("NFKC", text).strip()
    if re.fullmatch(r"\d{6}", clean):
        clean = f"{clean[:4]}-{clean[4:]}"
    parts = [p for p in _SPLIT.split(clean) if p]
    if len(parts) != 2 or not all(_is_number(p) for p in parts) or len(parts[0]) != 4 or len(parts[1]) > 2:
        raise DateError(text)
    try:
        return Period(int(parts[0]), int(parts[1]))
    except ValueError:
        raise DateError(text) from None


def parse_foreign_date(text: str) -> date:
    """As `parse_date`, and also the day-first forms of published lists: `04/07/2016`, `31-Mar-17`.

    Raises DateError. A year of two figures needs the month as a word. Day first always: a month-first file is refused rather than guessed when the day exceeds 12.
    """
    try:
        return parse_date(text)
    except DateError:
        pass
    parts = [p for p in _SPLIT.split(unicodedata.normalize("NFKC", text).strip()) if p]
    if (
        len(parts) != 3
        or any(len(p) > 9 for p in parts)
        or not (_is_number(parts[0]) and _is_number(parts[2]))
    ):
        raise DateError(text)
    word = parts[1].lower()[:3]
    if len(parts[2]) != 4 and word not in _MONTHS:
        raise DateError(text)  # 14-04-03 is three different days to three readers
    month = _MONTHS.index(word) + 1 if word in _MONTHS else int(parts[1]) if _is_number(parts[1]) else 0
    year = int(parts[2]) + (2000 if len(parts[2]) == 2 else 0)
    return _day(text, year, month, int(parts[0]))


def _is_number(part: str) -> bool:
    return part.isascii() and part.isdigit()


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise DateError(text) from None
