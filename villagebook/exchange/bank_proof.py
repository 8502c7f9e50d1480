"""The running balance of a statement: opening + in - out = each balance, whichever way the rows are ordered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class RawLine:
    """A row as read. `balance_fen` None where the bank prints none; `time` are digits that only order."""

    row: int
    day: date
    time: str
    amount_fen: int
    balance_fen: int | None
    party: str = ""
    account: str = ""
    summary: str = ""
    serial: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """Where the balance does not follow."""

    row: int
    before_fen: int
    amount_fen: int
    expected_fen: int
    found_fen: int


@dataclass(frozen=True, slots=True)
class Proven:
    """The rows, oldest first, each with its balance; `breaks` is empty when every balance follows."""

    lines: tuple[RawLine, ...]
    breaks: tuple[Break, ...]
    flipped: bool
    opening_fen: int


def prove(
    lines: Sequence[RawLine], opening_fen: int | None, *, may_flip: bool, expect_flip: bool = False
) -> Proven:
    """The order (as it stands, turned round, by day and time) and the sense (in and out exchanged) that prove best."""
    orders = [list(lines), list(reversed(lines))]
    orders += [sorted(order, key=lambda r: (r.day, r.time)) for order in orders]
    best: Proven | None = None
    for flipped in (expect_flip, not expect_flip) if may_flip else (False,):
        for order in orders:
            if any(a.day > b.day for a, b in pairwise(order)):
                continue
            tried = _chain(order, opening_fen, flipped)
            if best is None or len(tried.breaks) < len(best.breaks):
                best = tried
        if best is not None and not best.breaks:
            break
    assert best is not None  # noqa: S101  # the sorted orders are never skipped
    return best


def _chain(order: Sequence[RawLine], opening_fen: int | None, flipped: bool) -> Proven:
    sign = -1 if flipped else 1
    rows = [replace(r, amount_fen=sign * r.amount_fen) for r in order]
    known = next((i for i, r in enumerate(rows) if r.balance_fen is not None), None)
    first_fen = rows[known].balance_fen or 0 if known is not None else 0
    start_fen = first_fen - sum(r.amount_fen for r in rows[: (known or 0) + 1])
    if opening_fen is not None:
        start_fen = opening_fen
    breaks = []
    done: list[RawLine] = []
    at = start_fen
    for row in rows:
        expected = at + row.amount_fen
        found = expected if row.balance_fen is None else row.balance_fen
        if found != expected:
            breaks.append(Break(row.row, at, row.amount_fen, expected, found))
        done.append(replace(row, balance_fen=found))
        at = found
    return Proven(tuple(done), tuple(breaks), flipped, start_fen)
