"""The proof of the two lines: every receipt to its deposit, every payment to the appropriation that funded it.

Money is followed in layers, first in, first out: each place holds layers that remember where they came from. An
appropriation begins a new layer on the expense line; a payment uses up layers. A payment out of a place of the income line,
or out of a layer nobody appropriated, has crossed the lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from villagebook.domain.period import Span
from villagebook.domain.place import Line, Place, PlaceKind, Places, Purpose, movement


@dataclass(frozen=True, slots=True)
class Moved:
    """One live voucher as far as money places go. `outside_fen` is money from (positive) or to (negative) the outside.

    `bank_fee` marks what the bank took itself, with its advice.
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


class Origin(StrEnum):
    """Where a layer of money came from."""

    OPENING = "opening"
    RECEIPT = "receipt"
    APPROPRIATION = "appropriation"


@dataclass(frozen=True, slots=True)
class Layer:
    """A sum that lies in a place, and the voucher it came by."""

    origin: Origin
    line: Line
    label: str
    voucher_id: str
    day: date | None
    fen: int


@dataclass(frozen=True, slots=True)
class Banked:
    """A receipt and where it went: into the bank the same day, or through the drawer by a deposit slip."""

    voucher: Moved
    place: str
    fen: int
    slip: str
    slip_id: str
    banked_on: date | None

    @property
    def days(self) -> int | None:
        """Days between receiving and banking, None while it lies in the drawer."""
        return None if self.banked_on is None else (self.banked_on - self.voucher.booked_on).days


@dataclass(frozen=True, slots=True)
class Funded:
    """A payment and the layers that paid it; `missing_fen` is what no layer covers."""

    voucher: Moved
    place: str
    fen: int
    layers: tuple[Layer, ...]
    missing_fen: int


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where the lines touched: which voucher, from which place, how much of it, and the error id."""

    error_id: str
    voucher: Moved
    place: str
    fen: int


@dataclass(frozen=True, slots=True)
class Proof:
    """One span proven. Balances are those at its end.

    `untold` counts vouchers of history whose money places nobody named, `undone` pairs of red vouchers that are left out.
    """

    span: Span
    receipts: tuple[Banked, ...]
    payments: tuple[Funded, ...]
    appropriated: tuple[tuple[Moved, int], ...]
    in_drawer_fen: int
    on_income_fen: int
    on_expense_fen: int
    in_imprest_fen: int
    aside_fen: int
    crossings: tuple[Crossing, ...]
    fees_fen: int = 0
    untold: int = 0
    undone: int = 0

    @property
    def holds(self) -> bool:
        """True when nothing crossed and everything could be told."""
        return not self.crossings and not self.untold


_ORDER = {
    Purpose.DEPOSIT: 1,
    Purpose.FUND: 2,
    Purpose.APPROPRIATION: 3,
    Purpose.IMPREST_ISSUE: 4,
    Purpose.IMPREST_RETURN: 5,
}


class _Follow:
    """The layers of every place while the vouchers go by."""

    def __init__(
        self, places: Places, opening: Mapping[str, int], slips: Mapping[str, Moved], span: Span
    ) -> None:
        self.places, self.slips, self.span = places, slips, span
        self.layers: dict[str, list[Layer]] = {}
        for code, fen in opening.items():
            place = places.get(code)
            if place and fen > 0:
                self.layers[code] = [Layer(Origin.OPENING, place.line, "", "", None, fen)]
        self.receipts: list[Banked] = []
        self.payments: list[Funded] = []
        self.appropriated: list[tuple[Moved, int]] = []
        self.crossings: list[Crossing] = []
        self.fees_fen = 0

    def put(self, code: str, layer: Layer) -> None:
        if layer.fen > 0:
            self.layers.setdefault(code, []).append(layer)

    def take(self, code: str, fen: int) -> tuple[list[Layer], int]:
        """Layers worth `fen`, oldest first, and what is missing."""
        held, taken = self.layers.get(code, []), []
        while held and fen > 0:
            first = held[0]
            part = min(first.fen, fen)
            taken.append(replace(first, fen=part))
            fen -= part
            if part == first.fen:
                held.pop(0)
            else:
                held[0] = replace(first, fen=first.fen - part)
        return taken, fen

    def go(self, voucher: Moved) -> None:
        out = [(self.places[c], -fen) for c, fen in voucher.places if fen < 0 and c in self.places]
        into = [(self.places[c], fen) for c, fen in voucher.places if fen > 0 and c in self.places]
        if voucher.outside_fen > 0:
            for place, fen in into:
                self._receive(voucher, place, fen)
        elif voucher.outside_fen < 0:
            for place, fen in out:
                self._pay(voucher, place, fen)
        if into and out:
            self._move(voucher, out, into)

    def _receive(self, voucher: Moved, place: Place, fen: int) -> None:
        self.put(
            place.code,
            Layer(Origin.RECEIPT, place.line, voucher.label, voucher.id, voucher.booked_on, fen),
        )
        if voucher.booked_on not in self.span:
            return
        if place.kind is PlaceKind.RC:
            slip = self.slips.get(voucher.document_id)
            self.receipts.append(
                Banked(
                    voucher,
                    place.name,
                    fen,
                    slip.label if slip else "",
                    slip.id if slip else "",
                    slip.booked_on if slip else None,
                )
            )
        else:
            self.receipts.append(
                Banked(voucher, place.name, fen, voucher.paper_no, voucher.id, voucher.booked_on)
            )
        if place.line is Line.EXPENDITURE:
            self.crossings.append(Crossing("E2L-00", voucher, place.name, fen))

    def _pay(self, voucher: Moved, place: Place, fen: int) -> None:
        layers, missing_fen = self.take(place.code, fen)
        if voucher.booked_on not in self.span:
            return
        if voucher.bank_fee:
            self.fees_fen += fen
            return
        self.payments.append(Funded(voucher, place.name, fen, tuple(layers), missing_fen))
        if place.line is Line.INCOME:
            error_id = "E2L-10" if place.kind is PlaceKind.RC else "E2L-20"
            self.crossings.append(Crossing(error_id, voucher, place.name, fen))
        elif place.line is Line.EXPENDITURE:
            foreign_fen = sum(x.fen for x in layers if x.origin is Origin.RECEIPT) + missing_fen
            if foreign_fen:
                self.crossings.append(Crossing("E2L-21", voucher, place.name, foreign_fen))

    def _move(self, voucher: Moved, out: list[tuple[Place, int]], into: list[tuple[Place, int]]) -> None:
        if voucher.outside_fen:
            return
        for (source, fen), (target, _fen) in zip(out, into, strict=False):
            purpose = movement(source, target)
            taken, missing_fen = self.take(source.code, fen)
            inside = voucher.booked_on in self.span
            if purpose is Purpose.APPROPRIATION:
                self.put(
                    target.code,
                    Layer(
                        Origin.APPROPRIATION,
                        target.line,
                        voucher.label,
                        voucher.id,
                        voucher.booked_on,
                        fen - missing_fen,
                    ),
                )
                if inside:
                    self.appropriated.append((voucher, fen))
            else:
                for layer in taken:
                    self.put(target.code, layer)
            if purpose is None and source.line is not target.line and inside:
                self.crossings.append(Crossing("E2L-00", voucher, source.name, fen))

    def held(self, *kinds: PlaceKind) -> int:
        codes = {p.code for p in self.places.of_kind(*kinds)}
        return sum(layer.fen for code in codes for layer in self.layers.get(code, []))


def prove(
    span: Span,
    places: Places,
    opening: Mapping[str, int],
    moves: Iterable[Moved],
    slips: Mapping[str, Moved],
) -> Proof:
    """Follow every live voucher up to the end of the span; `slips` names the live deposit of a receipt by its document."""
    follow = _Follow(places, opening, slips, span)
    for voucher in sorted(moves, key=lambda m: (m.booked_on, _rank(places, m))):
        follow.go(voucher)
    return Proof(
        span,
        tuple(follow.receipts),
        tuple(follow.payments),
        tuple(follow.appropriated),
        follow.held(PlaceKind.RC),
        follow.held(PlaceKind.IN),
        follow.held(PlaceKind.EX),
        follow.held(PlaceKind.IM),
        follow.held(PlaceKind.SP, PlaceKind.AG),
        tuple(follow.crossings),
        follow.fees_fen,
    )


def _rank(places: Places, voucher: Moved) -> int:
    """Within a day money comes before it goes, and goes from line to line in the order of the movements."""
    if voucher.outside_fen > 0:
        return 0
    if voucher.outside_fen < 0:
        return 9
    out = next((places.get(c) for c, fen in voucher.places if fen < 0), None)
    into = next((places.get(c) for c, fen in voucher.places if fen > 0), None)
    purpose = movement(out, into) if out and into else None
    return _ORDER.get(purpose, 6) if purpose else 6
