"""Sharing out blocks over pages: heads come again on each page, sub-totals close a page, nothing is cut."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from villagebook.reports.pen import Pen

Draw = Callable[[Pen, float, float], None]
"""Draws a block with its upper left corner at x, y."""


@dataclass(frozen=True, slots=True)
class Block:
    """Something as wide as the page's type area that is never cut.

    Attributes:
        head: drawn above the first block of a run that shares it, and again on each page the run goes on.
        rows: indexes of the lines that begin in it, for sub-totals; None outside a run of lines.
        again: of a head, what stands in its place on the pages its run goes on; None for the head itself.
    """

    height: float
    draw: Draw
    head: Block | None = None
    rows: tuple[int, ...] | None = None
    again: Block | None = None


@dataclass(frozen=True, slots=True)
class SubTotals:
    """How a page that breaks a run of rows is closed: `make` gets the indexes of the rows on that page."""

    height: float
    make: Callable[[Sequence[int]], Block]


def gap(height: float) -> Block:
    """Empty space; it vanishes at the top of a page."""
    return Block(height, _nothing)


def stack(blocks: Sequence[Block], head: Block | None = None) -> Block:
    """Several blocks as one that is never parted; a head that they share is drawn once."""
    parts: list[Block] = []
    shared: Block | None = None
    for block in blocks:
        if block.head is not None and block.head is not shared:
            parts.append(block.head)
        shared = block.head
        parts.append(block)

    def draw(pen: Pen, x: float, y: float) -> None:
        for part in parts:
            part.draw(pen, x, y)
            y += part.height

    return Block(sum(part.height for part in parts), draw, head)


def together(blocks: Sequence[Block], most: float) -> list[Block]:
    """The blocks as one when they are no higher than `most`; else as they are, to be shared out over pages."""
    whole = stack(blocks)
    return [whole] if whole.height <= most else list(blocks)


def _nothing(_pen: Pen, _x: float, _y: float) -> None:
    return


@dataclass(slots=True)
class _Filling:
    """The page being filled."""

    room: float
    blocks: list[Block]
    rows: list[int]
    head: Block | None = None
    before: Block | None = None
    """The head in force where the page before it ended."""

    def fits(self, block: Block, reserve: float) -> bool:
        extra = block.head.height if block.head is not None and block.head is not self.head else 0.0
        used = sum(b.height for b in self.blocks)
        return not self.blocks or used + extra + block.height + reserve <= self.room

    def put(self, block: Block) -> None:
        if not self.blocks and block.draw is _nothing:
            return
        if block.head is not None and block.head is not self.head:
            goes_on = block.head is self.before and not self.blocks
            self.blocks.append(block.head.again or block.head if goes_on else block.head)
        self.head = block.head
        self.blocks.append(block)
        self.rows.extend(block.rows or ())


def paginate(
    blocks: Iterable[Block], first_room: float, later_room: float, sub_totals: SubTotals | None = None
) -> list[list[Block]]:
    """The blocks of each page, top to bottom; heads and sub-totals are put in. Always at least one page.

    Sub-totals appear on every page that shows rows, but only when the rows need more than one.
    """
    pages: list[list[Block]] = []
    page = _Filling(first_room, [], [])
    broken = False

    def close_rows() -> None:
        if sub_totals and broken and page.rows:
            page.blocks.append(sub_totals.make(tuple(page.rows)))
        page.rows.clear()

    for block in blocks:
        reserve = sub_totals.height if sub_totals and block.rows is not None else 0.0
        if block.rows is None:
            close_rows()
        if not page.fits(block, reserve):
            broken = broken or (block.rows is not None and bool(page.rows))
            close_rows()
            pages.append(page.blocks)
            page = _Filling(later_room, [], [], before=page.head)
        page.put(block)
    close_rows()
    return [*pages, page.blocks] if page.blocks or not pages else pages
