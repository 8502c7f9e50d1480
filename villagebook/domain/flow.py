"""What money a voucher moved and why: the split behind receipts and payments and behind the notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from villagebook.domain.account import Chart
from villagebook.domain.place import Line, Places
from villagebook.domain.voucher import Voucher, VoucherLine

TRANSFERS = ""


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


def _causes(others: list[VoucherLine], chart: Chart) -> list[tuple[str, int, int]]:
    """(account, receipts, payments): results gross; balance-sheet lines net against each other, for no money moved there.

    Red entries keep their side: a reversed receipt lowers receipts.
    """
    gross, net = [], []
    for entry in others:
        account = chart.get(entry.account)
        result = bool(account and (account.is_income or account.is_expense))
        (gross if result else net).append((entry.account, entry.credit_fen, entry.debit_fen))
    credited, debited = sum(c for _a, c, _d in net), sum(d for _a, _c, d in net)
    offset = min(credited, debited) if credited > 0 and debited > 0 else 0
    return gross + _less(_less(net, offset, 1), offset, 2)


def _less(entries: list[tuple[str, int, int]], offset: int, side: int) -> list[tuple[str, int, int]]:
    """Take `offset` off one side of the entries, largest first."""
    made = [list(e) for e in entries]
    for entry in sorted(made, key=lambda e: -int(e[side])):
        taken = min(offset, max(int(entry[side]), 0))
        entry[side] = int(entry[side]) - taken
        offset -= taken
    return [(str(a), int(c), int(d)) for a, c, d in made if c or d]
