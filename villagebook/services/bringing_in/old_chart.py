"""The 2004 chart and the table that leads from it to the chart of 2023: data of resources with its own marks."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from villagebook import paths
from villagebook.domain.foreign import OldChart


class Mark(StrEnum):
    """How sure a row of the table is: the same name and content, by analogy with the co-ops' table, not found at all."""

    SAME = "same-name"
    ANALOGY = "analogy"
    NOT_FOUND = "not-found"


class Way(StrEnum):
    """What happens to a balance: it moves whole, a person divides it, a person says where it goes, it must be nought."""

    MOVE = "move"
    SPLIT = "split"
    ASK = "ask"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class MapRow:
    """One row: an account of 2004 and one that may follow it ("" where none was found)."""

    old: str
    old_name: str
    new: str
    new_name: str
    rule: str
    certainty: str
    note: str
    mark: Mark
    way: Way


@cache
def map_rows() -> tuple[MapRow, ...]:
    """The whole table, in its own order."""
    with paths.resource("chart", "map_2004_2023.csv").open(encoding="utf-8-sig", newline="") as file:
        return tuple(
            MapRow(
                row["code_2004"],
                row["name_2004"],
                row["code_2023"],
                row["name_2023"],
                row["rule"],
                row["certainty"],
                row["note"],
                Mark(row["mark"]),
                Way(row["way"]),
            )
            for row in csv.DictReader(file)
        )


@cache
def old_chart() -> OldChart:
    """The 2004 chart as the recogniser of files needs it."""
    with paths.resource("chart", "chart_2004.csv").open(encoding="utf-8-sig", newline="") as file:
        names = {row["code"]: row["name"] for row in csv.DictReader(file)}
    followers: dict[str, set[str]] = {}
    for row in map_rows():
        followers.setdefault(row.old, set()).add(row.new)
    return OldChart(names, {old: min(new) if len(new) == 1 else "" for old, new in followers.items()})
