"""A list too long to wait for: its head at once, its rows as they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from villagebook.domain.table import Cell, RowKind, Table

FlowRow = tuple[tuple[Cell, ...], str, int]
"""Cells, what the row opens ("" for nothing), `RowKind`."""

TOLD_EVERY = 2000


@dataclass(frozen=True, slots=True)
class Flowing:
    """`head` is the table without its rows; `rows` may be walked once, a piece at a time."""

    head: Table
    rows: Iterator[FlowRow]

    def whole(self, tell: Callable[[int], object] | None = None) -> Table:
        """The table with every row; `tell` hears now and then how many there are, and may raise to stop."""
        rows: list[tuple[Cell, ...]] = []
        targets: list[str] = []
        kinds = bytearray()
        for cells, target, kind in self.rows:
            rows.append(cells)
            targets.append(target)
            kinds.append(kind)
            if tell is not None and not len(rows) % TOLD_EVERY:
                tell(len(rows))
        carried = self.head.carried
        totals = len(kinds) - len(kinds.rstrip(bytes([RowKind.TOTAL])))
        return replace(
            self.head,
            rows=tuple(rows),
            targets=tuple(targets),
            totals=totals,
            strong=frozenset(at for at, kind in enumerate(kinds) if kind in (RowKind.SUM, RowKind.PERIOD)),
            machine_rows=tuple(row for row, kind in zip(rows, kinds, strict=True) if kind <= RowKind.HEAD),
            carried=replace(carried, kinds=bytes(kinds)) if carried else None,
        )
