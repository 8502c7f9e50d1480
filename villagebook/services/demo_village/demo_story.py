"""The demo's story as data, with its days and years told from the first month of the book and from today."""

from __future__ import annotations

import heapq
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from villagebook import paths
from villagebook.domain.keys import KeyAnswer
from villagebook.domain.link import Link
from villagebook.domain.moment import VILLAGE
from villagebook.domain.period import Period
from villagebook.services import by
from villagebook.services.book_file.books import Book

_DAY = re.compile(r"(-?\d+) (\d\d-\d\d)")
_FROM_TODAY = re.compile(r"today([+-]\d+)")

Row = dict[str, Any]


@dataclass(slots=True)
class Agenda:
    """What is to be done, each on its day at its hour, so that the log tells it in the order in which it happened."""

    _acts: list[tuple[date, int, int, Callable[[], object]]] = field(default_factory=list)
    _number: int = 0

    def on(self, day: date, hour: int, act: Callable[[], object]) -> None:
        """Put it down; an act of a day may put down others for later."""
        self._number += 1
        heapq.heappush(self._acts, (day, hour, self._number, act))

    def live(self) -> None:
        """Do everything that was put down, the earliest first."""
        while self._acts:
            heapq.heappop(self._acts)[3]()


@dataclass(slots=True)
class DemoVillage:
    """The book under way, the persons by key, entries of the registers by name, and what was made so far.

    `town_seed` is the township's private key, b"" before it has one; `town` what it answered to requests for keys.
    """

    book: Book
    story: Row
    ids: dict[str, str]
    folder: Path
    first: Period
    today: date
    parties: dict[str, Link] = field(default_factory=dict)
    made_notices: list[Path] = field(default_factory=list)
    made_packages: list[Path] = field(default_factory=list)
    agenda: Agenda = field(default_factory=Agenda)
    town_seed: bytes = b""
    town: list[KeyAnswer] = field(default_factory=list)


def moment(day: date, hour: int = 10) -> by.By:
    return by.By("罗小敏", datetime.combine(day, time(hour), VILLAGE))


def read_story(first: Period, today: date) -> Row:
    """Days become ISO days, {y0}, {y1} and {y-1} in words become years."""
    raw = json.loads(paths.resource("demo", "story.json").read_text(encoding="utf-8"))
    told: Row = _told(raw, first.year, today)
    return told


def _told(value: Any, year: int, today: date) -> Any:
    if isinstance(value, dict):
        return {_told(k, year, today): _told(v, year, today) for k, v in value.items()}
    if isinstance(value, list):
        return [_told(v, year, today) for v in value]
    if not isinstance(value, str):
        return value
    if found := _DAY.fullmatch(value):
        return f"{year + int(found[1])}-{found[2]}"
    if found := _FROM_TODAY.fullmatch(value):
        return (today + timedelta(days=int(found[1]))).isoformat()
    return re.sub(r"\{y(-?\d+)\}", lambda m: str(year + int(m[1])), value)


def rows_of(village: DemoVillage, name: str, month: Period) -> list[Row]:
    """What comes in or goes out in a month, each with its `day`: monthly rows, those of certain months, those of one day."""
    story = village.story
    once = [{**r, "day": date.fromisoformat(r["on"]).day} for r in story[name] if _in(r, month)]
    some = [r for r in story[f"some_{name}"] if month.month in r["months"]]
    return sorted([*story[f"monthly_{name}"], *some, *once], key=lambda r: int(r["day"]))


def acts_of(village: DemoVillage, month: Period, *, late: bool) -> list[Row]:
    """What is done in a month besides receipts and payments: before them, or `late`, after them."""
    told = [a for a in village.story["acts"] if _in(a, month) and bool(a.get("late")) == late]
    return [a for a in told if date.fromisoformat(a["on"]) <= village.today]


def _in(row: Row, month: Period) -> bool:
    return Period.of(date.fromisoformat(row["on"])) == month
