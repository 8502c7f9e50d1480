"""Breaking a ledger into pages: each page ends with 过次页, the next begins with 承前页 (two more rows, the same figures)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from villagebook.domain.table import Carried, Cell, RowKind
from villagebook.i18n import _

Row = tuple[Cell, ...]


class Carrying:
    """What stands in the two rows of a page break after some row of a ledger.

    Debit and credit are the sums since the month (or the section) began, as the rules for books want it where sums of the
    month are drawn; the balance is that of the last row.
    """

    def __init__(self, carried: Carried, rows: Sequence[Row]) -> None:
        self._carried, self._rows = carried, rows
        self._debit = self._credit = 0

    def count(self, at: int) -> None:
        """A row was set."""
        kind, row = self._carried.kinds[at], self._rows[at]
        _summary, debit, credit, _balance = self._carried.columns
        if kind in (RowKind.HEAD, RowKind.PERIOD):
            self._debit = self._credit = 0
        elif kind == RowKind.ENTRY:
            self._debit += _fen(row[debit])
            self._credit += _fen(row[credit])

    def breaks(self, at: int) -> bool:
        """True when a page that begins with this row goes on with what was before; a section begins without."""
        return 0 < at < len(self._rows) and self._carried.kinds[at] not in (RowKind.HEAD, RowKind.TOTAL)

    def rows(self, at: int) -> tuple[Row, Row]:
        """Carried to the next page, and brought from the last one: before row `at` is set."""
        return self._row(at, _("Carried to the next page")), self._row(at, _("Brought from the last page"))

    def _row(self, at: int, words: str) -> Row:
        before = self._rows[at - 1]
        summary, debit, credit, balance = self._carried.columns
        cells: list[Cell] = ["" for _cell in before]
        cells[: self._carried.lead] = before[: self._carried.lead]
        cells[summary] = words
        cells[debit] = self._debit or None
        cells[credit] = self._credit or None
        cells[balance] = before[balance]
        if self._carried.side is not None:
            cells[self._carried.side] = before[self._carried.side]
        return tuple(cells)


def _fen(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


class Placed(NamedTuple):
    """A row of the ledger on a page, or a piece of one that is higher than a page."""

    row: int
    piece: int


def paged(
    carrying: Carrying,
    heights: Callable[[int], Sequence[float]],
    extra: Callable[[int], float],
    count: int,
    room: float,
) -> Iterator[list[Placed | Row]]:
    """The pages: rows of the ledger, and the cells of carrying rows between them.

    `heights` gives the height of each piece of a row (one, unless it is higher than a page), `extra` the height of a carrying
    row that follows it; every page keeps room for that, so that the last line of a full page can be it.
    """
    page: list[Placed | Row] = []
    used = 0.0
    for at in range(count):
        for piece, height in enumerate(heights(at)):
            if page and used + height > room - extra(at):
                brought: Row | None = None
                if piece == 0 and carrying.breaks(at):
                    carried, brought = carrying.rows(at)
                    page.append(carried)
                yield page
                page, used = ([brought], extra(at - 1)) if brought is not None else ([], 0.0)
            page.append(Placed(at, piece))
            used += height
        carrying.count(at)
    yield page
