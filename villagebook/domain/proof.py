"""The proof of the two lines: every receipt to its deposit, every payment to the appropriation that funded it.

Money is followed in layers (`domain/money_layers`). An appropriation begins a new layer on the expense line; a payment uses
up layers. A payment out of a place of the income line, or out of a layer nobody appropriated, has crossed the lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

from villagebook.domain.money_layers import Layer, Layers, Moved, Origin, Past
from villagebook.domain.period import Span
from villagebook.domain.place import Line, Place, PlaceKind, Places, Purpose, movement


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

    `untold` counts vouchers of history whose money places nobody named, `undone` red vouchers that are left out with what
    they undid.
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


class Follow:
    """Money while the vouchers go by, and what is to be told of it; `domain/proof_years` keeps less."""

    def __init__(
        self, places: Places, opening: Mapping[str, int], slips: Mapping[str, Moved], span: Span
    ) -> None:
        self.places, self.slips, self.span = places, slips, span
        self.money = Layers()
        self.paid_by: dict[str, list[tuple[str, Layer]]] = {}
        self.seen: set[str] = set()
        for code, fen in opening.items():
            place = places.get(code)
            if place and fen < 0:
                self.money.owe(code, -fen)
            elif place:
                self.money.put(code, Layer(Origin.OPENING, place.line, None, fen))
        self.receipts: list[Banked] = []
        self.payments: list[Funded] = []
        self.appropriated: list[tuple[Moved, int]] = []
        self.crossings: list[Crossing] = []
        self.fees_fen = 0

    def past(self, rows: Iterable[Past], odd: Mapping[int, Moved]) -> None:
        """What was before the span, day by day. Most of it is money in or out of one place: no more is done than that."""
        for day, lines in groupby(rows, key=itemgetter(1)):
            vouchers: list[tuple[int, dict[str, int]]] = []
            last = 0
            for seq, _day, code, fen in lines:
                if seq == last:
                    sums = vouchers[-1][1]
                    sums[code] = sums.get(code, 0) + fen
                else:
                    vouchers.append((seq, {code: fen}))
                    last = seq
            self._past_day(date.fromisoformat(day), vouchers, odd)

    def _past_day(
        self, day: date, vouchers: list[tuple[int, dict[str, int]]], odd: Mapping[int, Moved]
    ) -> None:
        """As `day`, which takes over where something must wait."""
        done = 0
        for seq, sums in vouchers:
            if len(sums) == 1 and seq not in odd:
                ((code, fen),) = sums.items()
                place = self.places.get(code)
                if fen > 0 or place is None:
                    if place is not None:
                        self.came(place, _past(seq, day, sums, odd), fen)
                elif self.money.sums.get(code, 0) >= -fen:
                    if fen:
                        self.went(place, seq, day, -fen)
                else:
                    break
            else:
                voucher = _past(seq, day, sums, odd)
                if not self._can(voucher):
                    break
                self.seen.add(voucher.id)
                self.go(voucher)
            done += 1
        self.day([_past(seq, day, sums, odd) for seq, sums in vouchers[done:]])

    def came(self, place: Place, voucher: Moved, fen: int) -> None:
        """Money from the outside, where nothing else happened."""
        self.money.put(place.code, Layer(Origin.RECEIPT, place.line, voucher, fen))

    def went(self, place: Place, seq: int, day: date, fen: int) -> None:
        """Money to the outside that the place can spare, where nothing else happened."""
        self.money.drop(place.code, fen)

    def day(self, vouchers: list[Moved]) -> None:
        """Within a day the order is that of the log, but what cannot be paid yet waits for what comes in."""
        while vouchers:
            at = next((i for i, v in enumerate(vouchers) if self._can(v)), 0)
            voucher = vouchers.pop(at)
            self.seen.add(voucher.id)
            self.go(voucher)

    def _can(self, voucher: Moved) -> bool:
        if voucher.reverses and voucher.reverses not in self.seen:
            return False
        sums = self.money.sums
        return not [code for code, fen in voucher.places if fen < 0 and sums.get(code, 0) < -fen]

    def go(self, voucher: Moved) -> None:
        out = [(self.places[c], -fen) for c, fen in voucher.places if fen < 0 and c in self.places]
        into = [(self.places[c], fen) for c, fen in voucher.places if fen > 0 and c in self.places]
        if voucher.reverses and voucher.outside_fen:
            self._undo(voucher, out, into)
        elif voucher.outside_fen > 0:
            for place, fen in into:
                self.receive(voucher, place, fen)
            for place, fen in out:
                self.money.take(place.code, fen)
        elif voucher.outside_fen < 0:
            for place, fen in out:
                self.pay(voucher, place, fen)
            for place, fen in into:
                self.money.put(place.code, self.nobodys(voucher, place, fen))
        else:
            self._move(voucher, out, into)

    def _undo(self, voucher: Moved, out: list[tuple[Place, int]], into: list[tuple[Place, int]]) -> None:
        """A red voucher: what paid comes back on top, what came in goes."""
        for place, fen in out:
            self.money.take(place.code, fen)
        back = self.paid_by.get(voucher.reverses, [])
        for place, fen in into:
            mine = [layer for code, layer in back if code == place.code]
            self.money.put_back(place.code, mine)
            rest_fen = fen - sum(layer.fen for layer in mine)
            if rest_fen > 0:
                self.money.put(place.code, self.nobodys(voucher, place, rest_fen))

    def nobodys(self, voucher: Moved, place: Place, fen: int) -> Layer:
        """Money nobody appropriated."""
        return Layer(Origin.RECEIPT, place.line, voucher, fen)

    def shown(self, voucher: Moved) -> bool:
        """True for a voucher of the span that stands."""
        return voucher.booked_on in self.span and not voucher.undone and not voucher.reverses

    def receive(self, voucher: Moved, place: Place, fen: int) -> None:
        self.money.put(place.code, self.nobodys(voucher, place, fen))
        if not self.shown(voucher):
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

    def pay(self, voucher: Moved, place: Place, fen: int) -> None:
        layers, missing_fen = self.money.take(place.code, fen)
        if voucher.id:
            self.paid_by.setdefault(voucher.id, []).extend((place.code, layer) for layer in layers)
        if not self.shown(voucher):
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
        for (source, fen), (target, _fen) in zip(out, into, strict=False):
            purpose = movement(source, target)
            taken, missing_fen = self.money.take(source.code, fen)
            if purpose is Purpose.APPROPRIATION and not voucher.reverses:
                made = self.nobodys(voucher, target, fen)._replace(origin=Origin.APPROPRIATION)
                self.money.put(target.code, made)
                if self.shown(voucher):
                    self.appropriated.append((voucher, fen))
                continue
            for layer in taken:
                self.money.put(target.code, layer)
            if missing_fen:
                self.money.put(target.code, self.nobodys(voucher, source, missing_fen))
            if purpose is None and source.line is not target.line and self.shown(voucher):
                self.crossings.append(Crossing("E2L-00", voucher, source.name, fen))

    def held(self, *kinds: PlaceKind) -> int:
        """Signed fen in all places of these kinds."""
        return self.money.balance({p.code for p in self.places.of_kind(*kinds)})


def _past(seq: int, day: date, sums: dict[str, int], odd: Mapping[int, Moved]) -> Moved:
    """A voucher before the span; `odd` knows those that undo and were undone."""
    known = odd.get(seq)
    outside_fen = sum(sums.values())
    if known is None:
        return Moved("", "", "", day, "", "", "", tuple(sums.items()), outside_fen, seq=seq)
    return known._replace(booked_on=day, places=tuple(sums.items()), outside_fen=outside_fen)


def prove(
    span: Span,
    places: Places,
    opening: Mapping[str, int],
    moves: Iterable[Moved],
    slips: Mapping[str, Moved],
    past: Iterable[Past] = (),
    odd: Mapping[int, Moved] | None = None,
) -> Proof:
    """Follow every live voucher up to the end of the span; `slips` names the live deposit of a receipt by its document.

    `past` are the lines before the span, by day and position, `odd` the red vouchers among them and what these undid.
    """
    follow = Follow(places, opening, slips, span)
    follow.past(past, odd or {})
    for _day, vouchers in groupby(sorted(moves, key=lambda m: m.booked_on), key=lambda m: m.booked_on):
        follow.day(list(vouchers))
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
