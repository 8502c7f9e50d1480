"""How old what somebody owes is: the oldest unsettled first (FIFO), a reversal against the very voucher it undoes."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Movement:
    """One entry; both sides as booked, negative when red. `reverses` is the voucher a red entry undoes, 0 otherwise."""

    day: date
    debit_fen: int
    credit_fen: int
    voucher: int = 0
    reverses: int = 0

    @property
    def fen(self) -> int:
        """Signed, debit positive."""
        return self.debit_fen - self.credit_fen


@dataclass(slots=True)
class _Open:
    day: date
    fen: int
    voucher: int


def unsettled(movements: Iterable[Movement]) -> list[tuple[date, int]]:
    """(day, signed fen) of what is still open, oldest first, all of one sign; movements in booking order.

    Their sum is the balance. An entry on the other side settles the oldest first; what it leaves over is open itself.
    """
    opens: deque[_Open] = deque()
    for movement in movements:
        left = movement.fen
        if movement.reverses:
            left = _settle([o for o in opens if o.voucher == movement.reverses], left)
        left = _settle(opens, left)
        while opens and not opens[0].fen:
            opens.popleft()
        if left:
            opens.append(_Open(movement.day, left, movement.voucher))
    return [(o.day, o.fen) for o in opens if o.fen]


def oldest_open(fens: Sequence[int]) -> int:
    """Which of some amounts (signed, in booking order, not summing to zero) is the oldest that is still open.

    The same as the first of `unsettled` where nothing is reversed: payments take the oldest first, so that the youngest on
    the side of the balance are left, as many as it needs.
    """
    left = sum(fens)
    sign = 1 if left > 0 else -1
    left *= sign
    for at in range(len(fens) - 1, -1, -1):
        fen = fens[at] * sign
        if fen > 0:
            left -= fen
            if left <= 0:
                return at
    raise ValueError("amounts that sum to zero leave nothing open")


def _settle(opens: Iterable[_Open], fen: int) -> int:
    """Take an amount off open items of the other sign; what remains of it."""
    for item in opens:
        if fen == 0 or fen * item.fen > 0:
            break
        taken = min(abs(fen), abs(item.fen))
        item.fen += taken if fen > 0 else -taken
        fen += taken if fen < 0 else -taken
    return fen


def by_age(opens: Iterable[tuple[date, int]], on: date, limits: Sequence[int]) -> list[int]:
    """Sums by days of age: up to each limit (rising), and beyond the last."""
    sums = [0] * (len(limits) + 1)
    for day, fen in opens:
        age = (on - day).days
        sums[bisect_left(limits, age)] += fen
    return sums
