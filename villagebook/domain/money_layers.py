"""Money followed in layers, first in, first out: what lies in a place remembers by which voucher it came."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from villagebook.domain.place import Line


class Moved(NamedTuple):
    """One live voucher as far as money places go. `outside_fen` is money from (positive) or to (negative) the outside.

    `bank_fee` marks what the bank took itself, with its advice. A red voucher names what it `reverses`; that one is
    `undone`: its money is followed, but it is no longer shown. `seq` is its position; what lies before the span and was
    never undone has nothing else (see `Past`).
    """

    id: str
    document_id: str
    label: str
    booked_on: date
    party: str
    summary: str
    paper_no: str
    places: tuple[tuple[str, int], ...]
    outside_fen: int
    bank_fee: bool = False
    reverses: str = ""
    undone: bool = False
    seq: int = 0


Past = tuple[int, str, str, int]
"""One line of a voucher before the span: position, day as text, money place, signed fen."""


class Origin(StrEnum):
    """Where a layer of money came from."""

    OPENING = "opening"
    RECEIPT = "receipt"
    APPROPRIATION = "appropriation"


class Layer(NamedTuple):
    """A sum that lies in a place, and the voucher it came by (None: the opening)."""

    origin: Origin
    line: Line
    voucher: Moved | None
    fen: int

    @property
    def label(self) -> str:
        return self.voucher.label if self.voucher else ""

    @property
    def voucher_id(self) -> str:
        return self.voucher.id if self.voucher else ""

    @property
    def day(self) -> date | None:
        return self.voucher.booked_on if self.voucher else None


class Layers:
    """The layers of every place, and what a place owes because more was taken than it held.

    Attributes:
        sums: fen of the layers of a place, kept so that nobody adds them up voucher by voucher.
        unappropriated: places that ever got money nobody appropriated.
    """

    def __init__(self) -> None:
        self.sums: dict[str, int] = {}
        self.unappropriated: set[str] = set()
        self._held: dict[str, deque[Layer]] = {}
        self._used: dict[str, int] = {}  # what is gone of the first layer of a place already, see `drop`
        self._debts: dict[str, int] = {}

    def owe(self, code: str, fen: int) -> None:
        """The place holds less than nothing; what comes in makes it good first."""
        self._debts[code] = self._debts.get(code, 0) + fen

    def put(self, code: str, layer: Layer) -> None:
        """Lay money down; what the place owes is made good first."""
        if layer.origin is Origin.RECEIPT:
            self.unappropriated.add(code)
        debt = self._debts.get(code, 0)
        if debt:
            owed = min(debt, layer.fen)
            self._debts[code] = debt - owed
            layer = layer._replace(fen=layer.fen - owed)
        if layer.fen > 0:
            if code not in self._held:
                self._of(code)
            self._held[code].append(layer)
            self.sums[code] += layer.fen

    def put_back(self, code: str, layers: list[Layer]) -> None:
        """Layers that were taken lie there again as if nobody had: before all others, in the order in which they went."""
        for layer in reversed(layers):
            self._of(code).appendleft(layer)
            self.sums[code] += layer.fen

    def take(self, code: str, fen: int) -> tuple[list[Layer], int]:
        """Layers worth `fen`, oldest first, and what is missing; the place owes it from now on."""
        held, taken = self._of(code), []
        while held and fen > 0:
            first = held[0]
            if first.fen <= fen:
                taken.append(held.popleft())
                fen -= first.fen
                self.sums[code] -= first.fen
            else:
                taken.append(Layer(first.origin, first.line, first.voucher, fen))
                self._used[code] = fen
                self.sums[code] -= fen
                fen = 0
        if fen:
            self.owe(code, fen)
        return taken, fen

    def drop(self, code: str, fen: int) -> None:
        """As `take`, where nobody asks which layers went and the place holds enough; nothing is cut until somebody looks."""
        held = self._held[code]
        self.sums[code] -= fen
        gone_fen = self._used.get(code, 0) + fen
        while held and held[0].fen <= gone_fen:
            gone_fen -= held.popleft().fen
        self._used[code] = gone_fen

    def balance(self, codes: Iterable[str]) -> int:
        """Signed fen that lie in these places together."""
        return sum(self.sums.get(code, 0) - self._debts.get(code, 0) for code in codes)

    def _of(self, code: str) -> deque[Layer]:
        """The layers of a place, oldest first, the first one cut to what is left of it."""
        if code not in self._held:
            self._held[code], self.sums[code] = deque(), 0
        if self._used.get(code):
            held = self._held[code]
            held[0] = held[0]._replace(fen=held[0].fen - self._used[code])
            self._used[code] = 0
        return self._held[code]
