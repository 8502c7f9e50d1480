"""Days (and numbers) of vouchers where an export has no column of days: in parts, on the heads of printed vouchers, by month.

What is found becomes columns of its own behind those of the file, under the headings such columns usually have, so that
everything after this reads one kind of table.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

DAY, NUMBER = "日期", "凭证号"

_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_LABEL = re.compile(
    r"(\w{0,6}?)\s*字?\s*第\s*(\d{1,9})\s*号|(?:凭证)?(?:编|字)?号数?\s*[::]\s*(\w{0,4}?)\s*字?\s*[-—]?\s*(\d{1,9})"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*(?:年|$)")
_PRINTED = re.compile(
    r"(?:打印|制表|导出|输出|填报|编制)\s*(?:日期|时间)?\s*:?\s*(?:19|20)\d{2}\D?[\d年月日 .:/-]*"
)
"""When the paper was made, which is often the year after the one it tells of."""
_MONTH = re.compile(r"((?:19|20)\d{2})\s*[-./年]?\s*第?\s*(\d{1,2})\s*(?:月份?|期)?")
_DOTTED = re.compile(r"((?:19|20)\d{2})\.(\d{1,2})")
_EITHER = re.compile(r"((?:19|20)\d{2})\.1")
"""Month 1, or month 10 as a spreadsheet shortens a number."""
_SUM = re.compile(r"[-(¥]?[\d,.]*\d[\d,.]*[-)]?")
_AMOUNTS = ("debit", "credit", "amount")
_WHOLE = re.compile(r"(\d{1,4})(?:\.0+)?\s*[年月日]?")


class Source(StrEnum):
    """Where the days of a table come from; COLUMN when the file has them as one column."""

    COLUMN = "column"
    PARTS = "parts"
    HEADS = "heads"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Days:
    """Columns to add: headings, and the cells of every row; `rows` are those of the file without the heads found in them."""

    source: Source
    headings: tuple[str, ...]
    cells: list[list[str]]
    rows: list[list[str]]


def find_days(above: Sequence[Sequence[str]], rows: list[list[str]], index: Mapping[str, int]) -> Days | None:
    """The days of a table without a column of them; None when nothing tells them.

    `above` are the rows over the bookings, headings included; `index` role -> column.
    """
    if "month" in index and "dom" in index:
        return _from_parts(above, rows, index)
    return _from_heads(above, rows, index) or _from_months(rows, index)


def _from_parts(
    above: Sequence[Sequence[str]], rows: list[list[str]], index: Mapping[str, int]
) -> Days | None:
    """Year, month and day in columns of their own; the year may stand over them or in the title."""
    titles = (_PRINTED.sub("", _plain(cell)) for row in above for cell in row)
    years = {found[1] for text in titles for found in _YEAR.finditer(text)}
    of_all = years.pop() if len(years) == 1 else ""
    if "of_year" not in index and not of_all:
        return None
    year, month = of_all, ""
    cells = []
    for row in rows:
        told = {role: _whole(row[index[role]]) for role in ("of_year", "month", "dom") if role in index}
        year, month = told.get("of_year") or year, told["month"] or month
        cells.append([f"{year}-{month}-{told['dom']}" if told["dom"] else ""])
    return Days(Source.PARTS, (DAY,), cells, rows)


def _from_heads(
    above: Sequence[Sequence[str]], rows: list[list[str]], index: Mapping[str, int]
) -> Days | None:
    """Printed vouchers below each other, every one with its day and number over the table."""
    needs_number = "number" not in index
    now = ("", "")
    for row in above:
        now = _head(row) or now
    if not now[0]:
        return None
    cells, kept = [], []
    for row in rows:
        head = _head(_without_words(row, index))
        now = head or now
        kept.append([""] * len(row) if head else row)
        holds = any(map(str.strip, kept[-1]))
        cells.append(list(now[: 1 + needs_number]) if holds else [""] * (1 + needs_number))
    return Days(Source.HEADS, (DAY, NUMBER)[: 1 + needs_number], cells, kept)


def _without_words(row: Sequence[str], index: Mapping[str, int]) -> Sequence[str]:
    """A booking without its summary: that may tell of the day and number of some other paper."""
    at = index.get("summary")
    amounts = (_plain(row[index[role]]).strip() for role in _AMOUNTS if role in index)
    if at is None or not any(_SUM.fullmatch(text) for text in amounts):
        return row
    return [*row[:at], "", *row[at + 1 :]]


def _head(row: Sequence[str]) -> tuple[str, str] | None:
    """Day and number of a row that is the head of a printed voucher."""
    text = _plain(" ".join(filter(None, map(str.strip, row))))
    day = _DAY.search(text)
    label = _LABEL.search(text[: day.start()] + " " + text[day.end() :]) if day else None
    if not day or not label:
        return None
    word, number = (label[1], label[2]) if label[2] else (label[3], label[4])
    return f"{day[1]}-{day[2]}-{day[3]}", f"{word}-{number}" if word else number


def _from_months(rows: list[list[str]], index: Mapping[str, int]) -> Days | None:
    """Only months are told: the last day of each. Every cell that holds something has to be a month with its year."""
    if "period" not in index:
        return None
    year_at = index.get("of_year")
    cells: list[list[str]] = []
    found = False
    texts = [_plain(row[index["period"]]).strip() for row in rows]
    for row, text in zip(rows, _with_tens(texts), strict=True):
        if _EITHER.fullmatch(text):
            cells.append([text])  # said with its row as no day: nobody can know whether it is month 1 or 10
            found = True
            continue
        if text and year_at is not None and not _MONTH.fullmatch(text):
            text = f"{_whole(row[year_at])}-{_whole(text)}"
        match = _MONTH.fullmatch(text)
        if text and (not match or not 1 <= int(match[2]) <= 12):
            if _has_amount(row, index):
                return None
            match = None
        if match:
            year, month = int(match[1]), int(match[2])
            cells.append([f"{year}-{month:02d}-{calendar.monthrange(year, month)[1]}"])
            found = True
        else:
            cells.append([""])
    return Days(Source.MONTHS, (DAY,), cells, rows) if found else None


def _with_tens(texts: Sequence[str]) -> Iterator[str]:
    """The months, where "2025.1" is 10 shortened by a spreadsheet ("2025.01" stands beside it) or 1 ("2025.10" does).

    Without either it is 1 where the months up to 9 that follow it say so; else it stays, and is nobody's month.
    """
    months = [(found[1], found[2]) for text in texts if (found := _DOTTED.fullmatch(text))]
    two = any(month.startswith("0") for _year, month in months)
    highest: dict[str, int] = {}
    unsure = set()
    for year, month in months:
        if month == "1" and highest.get(year, 1) > 1:
            unsure.add(year)
        highest[year] = max(highest.get(year, 1), int(month))
    for text in texts:
        found = _EITHER.fullmatch(text)
        if not found:
            yield text
        elif two:
            yield f"{found[1]}.10"
        elif (found[1], "10") in months or (found[1] not in unsure and 1 < highest[found[1]] < 10):
            yield f"{found[1]}.01"
        else:
            yield text


def _has_amount(row: Sequence[str], index: Mapping[str, int]) -> bool:
    return any(row[index[role]].strip() for role in _AMOUNTS if role in index)


def _whole(text: str) -> str:
    """ "1", "1.0", "1月" as "1"; anything else as it is, so that it is named when it cannot be read."""
    match = _WHOLE.fullmatch(_plain(text).strip())
    return match[1] if match else text.strip()


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
