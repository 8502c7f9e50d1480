"""What a board paper's totals are held against."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from villagebook.domain.sheet import Part
from villagebook.domain.table import Shape


@dataclass(frozen=True, slots=True)
class LedgerSum:
    """What the ledger says: the total of the column of this key has to be this, in fen. `what` names it for people."""

    key: str
    what: str
    fen: int


@dataclass(frozen=True, slots=True)
class SheetTie:
    """A total as the paper and as the ledger have it."""

    what: str
    sheet_fen: int
    ledger_fen: int

    @property
    def holds(self) -> bool:
        return self.sheet_fen == self.ledger_fen


def ties(parts: Iterable[Part], wanted: Iterable[LedgerSum]) -> tuple[SheetTie, ...]:
    """Every wanted figure beside what stands on the paper, and every printed total beside its own rows.

    A column that is not there counts as nothing.
    """
    printed = list(parts)
    held = [SheetTie(w.what, _total(printed, w.key), w.fen) for w in wanted]
    for part in printed:
        for at, column in enumerate(part.columns):
            if part.totals == 1 and column.shape is Shape.MONEY and isinstance(part.rows[-1][at], int):
                held.append(SheetTie(f"{part.title} {column.title}", _fen(part.rows[-1][at]), _sum(part, at)))
    return tuple(held)


def _total(parts: Iterable[Part], key: str) -> int:
    """The sum over all parts that have this column: the printed total, or the rows of a part without one."""
    found = 0
    for part in parts:
        at = next((n for n, column in enumerate(part.columns) if column.key == key), None)
        if at is not None and part.rows:
            found += _fen(part.rows[-1][at]) if part.totals else _sum(part, at)
    return found


def _sum(part: Part, at: int) -> int:
    return sum(_fen(row[at]) for row in part.rows[: len(part.rows) - part.totals])


def _fen(cell: object) -> int:
    return cell if isinstance(cell, int) else 0
