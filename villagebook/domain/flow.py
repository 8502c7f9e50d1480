"""What money a voucher moved and why: the split behind receipts and payments and behind the notice."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from villagebook.domain.account import Chart
from villagebook.domain.place import Line, Places
from villagebook.domain.voucher import Voucher

TRANSFERS = ""

Cause = tuple[str, int, int]
"""Account, receipts fen, payments fen."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Money of one voucher under one line and category; category "" is a movement between two money places."""

    line: Line
    category: str
    receipts_fen: int
    payments_fen: int


def line_of(places: Places, voucher: Voucher, code: str) -> Line:
    """The line a money place belongs to; UNDIVIDED when the file never said which place it was."""
    place = places.get(code)
    return Line.UNDIVIDED if voucher.places_inferred or place is None else place.line


Entry = tuple[Any, ...]
"""One line of a voucher: account, money place or "", debit and credit fen; what stands behind them is not looked at."""

Moved = tuple[str, str, int, int]
"""Money place, category, receipts fen, payments fen."""


def flows(voucher: Voucher, places: Places, chart: Chart) -> Iterator[Flow]:
    """Split one voucher into what money it moved and why. Their sum is the change of the money places."""
    lines = [(line.account, line.place, line.debit_fen, line.credit_fen) for line in voucher.lines]
    for place, category, receipts_fen, payments_fen in split(lines, chart.results):
        yield Flow(line_of(places, voucher, place), category, receipts_fen, payments_fen)


def split(lines: Sequence[Entry], results: Container[str]) -> list[Moved]:
    """As `flows`, on plain rows: ten years of a busy village are a hundred thousand vouchers."""
    if len(lines) == 2 and bool(lines[0][1]) != bool(lines[1][1]):  # most vouchers: one place, one reason
        money, other = lines if lines[0][1] else (lines[1], lines[0])
        return [(money[1], other[0], other[3], other[2])]
    places = [line for line in lines if line[1]]
    others = [line for line in lines if not line[1]]
    if not places:
        return []
    if len(places) == 1:
        return [(places[0][1], *cause) for cause in _causes(others, results)]
    home = max(places, key=lambda m: abs(m[2] - m[3]))
    made = [(home[1], *cause) for cause in _causes(others, results)]
    for entry in places:
        if others and entry is home:
            inner = -sum(m[2] - m[3] for m in places if m is not home)
        else:
            inner = entry[2] - entry[3]
        if inner:
            made.append((entry[1], TRANSFERS, max(inner, 0), max(-inner, 0)))
    return made


def _causes(others: list[Entry], results: Container[str]) -> list[Cause]:
    """(account, receipts, payments): results gross; balance-sheet lines net against each other, for no money moved there.

    Red entries keep their side: a reversed receipt lowers receipts.
    """
    gross: list[Cause] = []
    net: list[Cause] = []
    for entry in others:
        (gross if entry[0] in results else net).append((entry[0], entry[3], entry[2]))
    credited, debited = sum([n[1] for n in net]), sum([n[2] for n in net])
    if credited <= 0 or debited <= 0:
        return gross + net
    offset = min(credited, debited)
    less_in = _less([c for _a, c, _d in net], offset)
    less_out = _less([d for _a, _c, d in net], offset)
    return gross + [(n[0], c, d) for n, c, d in zip(net, less_in, less_out, strict=True) if c or d]


def _less(amounts: list[int], offset: int) -> list[int]:
    """Take `offset` off these amounts, the largest first, none below zero."""
    left = list(amounts)
    for at in sorted(range(len(left)), key=lambda i: -left[i]):
        taken = min(offset, max(left[at], 0))
        left[at] -= taken
        offset -= taken
    return left
