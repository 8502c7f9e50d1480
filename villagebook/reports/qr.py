"""QR codes as vector squares, sharp at any size and readable by any phone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import groupby

QUIET = 4
TRACE = 1.02
"""Height of a drawn module in modules."""


SLIP_MASK = 3


class Level(StrEnum):
    """How much of the code may be dirty or torn: Q a quarter (a wall in the weather), M a seventh (a slip)."""

    Q = "q"
    M = "m"


@dataclass(frozen=True, slots=True)
class Code:
    """A code in modules; `modules` is its side with the quiet zone.

    `path` is its drawing in PDF's own words, one unit a module, from the upper left corner with heights counted down.
    """

    modules: int
    path: str


@lru_cache(maxsize=256)
def qr_code(text: str, level: Level) -> Code:
    """Compute the code of a text; the quiet zone of four modules is part of it."""
    import segno

    # To find the best of eight masks takes most of the time, and is worth it on a wall; a slip is read close by, by us.
    mask = SLIP_MASK if level is Level.M else None
    made = segno.make(text, error=level.value, micro=False, boost_error=False, mask=mask)
    rows = list(made.matrix)
    return Code(len(rows) + 2 * QUIET, _path(_runs(rows)))


def _path(runs: Iterator[tuple[int, int, int]]) -> str:
    """Rectangles a trace higher than the module: some viewers show a white hair between two rows."""
    return " ".join(f"{column} {row} {length} {TRACE} re" for column, row, length in runs) + " f"


def _runs(rows: list[bytearray]) -> Iterator[tuple[int, int, int]]:
    for y, row in enumerate(rows):
        x = 0
        for dark, group in groupby(row):
            length = len(list(group))
            if dark:
                yield x + QUIET, y + QUIET, length
            x += length
