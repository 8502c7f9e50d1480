"""A printed or exported list as a value: screens, PDF, XLSX, CSV and JSON are all drawn from this."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Cell = str | int | None


class Shape(StrEnum):
    """How a column's values are shown: TEXT, MONEY (fen), COUNT (whole number), DAY (ISO text)."""

    TEXT = "text"
    MONEY = "money"
    COUNT = "count"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Column:
    """`key` is the stable machine name of the command line; `title` the translated heading; `weight` a share of width."""

    key: str
    title: str
    shape: Shape = Shape.TEXT
    weight: int = 10


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table; every row has one cell per column. `totals` is the number of rows at the end that are totals.

    `targets` holds per row the reference the row opens ("voucher:ab12"), or is empty. `strong` are the rows that are drawn
    bold wherever they stand. `machine_rows` is what CSV and JSON get where people read more than lines (headings, sums of
    a month); None: the rows without the totals.
    """

    name: str
    title: str
    subtitle: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: int = 0
    targets: tuple[str, ...] = ()
    strong: frozenset[int] = frozenset()
    machine_rows: tuple[tuple[Cell, ...], ...] | None = None
