"""What money a voucher moved and why: the split behind receipts and payments and behind the notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from villagebook.domain.account import Chart
from villagebook.domain.place import Line, Places
from villagebook.domain.voucher import Voucher, VoucherLine

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


def flows(voucher: Voucher, places: Places, chart: Chart) -> Iterator[Flow]:
    """Split one voucher into what money it moved and why. Their sum is the change of the money places."""
    money = [line for line in voucher.lines if line.place]
    others = [line for line in voucher.lines if not line.place]
    if not money:
        return
    home = max(money, key=lambda m: abs(m.debit_fen - m.credit_fen))
    line = line_of(places, voucher, home.place)
    for category, receipts_fen, payments_fen in _causes(others, chart):
        yield Flow(line, category, receipts_fen, payments_fen)
    for entry in money:
        if others and entry is home:
            inner = -sum(m.debit_fen - m.credit_fen for m in money if m is not home)
        else:
            inner = entry.debit_fen - entry.credit_fen
        if inner:
            where = line_of(places, voucher, entry.place)
            yield Flow(where, TRANSFERS, max(inner, 0), max(-inner, 0))


def _causes(others: list[VoucherLine], chart: Chart) -> list[Cause]:
    """(account, receipts, payments): results gross; balance-sheet lines net against each other, for no money moved there.

    Red entries keep their side: a reversed receipt lowers receipts.
    """
    gross: list[Cause] = []
    net: list[Cause] = []
    for entry in others:
        account = chart.get(entry.account)
        result = bool(account and (account.is_income or account.is_expense))
        (gross if result else net).append((entry.account, entry.credit_fen, entry.debit_fen))
    credited, debited = sum(c for _a, c, _d in net), sum(d for _a, _c, d in net)
    offset = min(credited, debited) if credited > 0 and debited > 0 else 0
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
