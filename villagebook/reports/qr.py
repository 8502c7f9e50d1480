"""QR codes as vector squares, sharp at any size and readable by any phone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import groupby

QUIET = 4


class Level(StrEnum):
    """How much of the code may be dirty or torn: Q a quarter (a wall in the weather), M a seventh (a slip)."""

    Q = "q"
    M = "m"


@dataclass(frozen=True, slots=True)
class Code:
    """The dark runs of a code in modules: (column, row, length); `modules` is the side with the quiet zone."""

    modules: int
    runs: tuple[tuple[int, int, int], ...]


@lru_cache(maxsize=64)
def qr_code(text: str, level: Level) -> Code:
    """Compute the code of a text; the quiet zone of four modules is part of it."""
    import segno

    made = segno.make(text, error=level.value, micro=False, boost_error=False)
    rows = list(made.matrix)
    return Code(len(rows) + 2 * QUIET, tuple(_runs(rows)))


def _runs(rows: list[bytearray]) -> Iterator[tuple[int, int, int]]:
    for y, row in enumerate(rows):
        x = 0
        for dark, group in groupby(row):
            length = len(list(group))
            if dark:
                yield x + QUIET, y + QUIET, length
            x += length
