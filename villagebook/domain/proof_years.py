"""The proof of the two lines over years, month by month: what came, what was appropriated and paid, and what crossed.

Money is followed as in `domain/proof`, but nothing is kept of a voucher that did not cross.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import NamedTuple

from villagebook.domain.money_layers import Moved, Origin, Past
from villagebook.domain.period import Period, Span
from villagebook.domain.place import Line, Place, PlaceKind, Places
from villagebook.domain.proof import Follow


class Crossed(NamedTuple):
    """A voucher that crossed, by its position: error id, day, place, how much of it."""

    error_id: str
    seq: int
    day: date
    place: Place
    fen: int


@dataclass(frozen=True, slots=True)
class MonthProof:
    """One month in fen; what the places hold is as of its end."""

    month: Period
    received_fen: int
    appropriated_fen: int
    paid_fen: int
    in_drawer_fen: int
    on_income_fen: int
    on_expense_fen: int
    in_imprest_fen: int
    aside_fen: int
    crossed: tuple[Crossed, ...]

    def quiet(self, month: Period) -> MonthProof:
        """A month in which nothing moves after this one."""
        return replace(self, month=month, received_fen=0, appropriated_fen=0, paid_fen=0, crossed=())


class _Months(Follow):
    """Adds up while the vouchers go by."""

    def __init__(
        self, places: Places, opening: Mapping[str, int], slips: Mapping[str, Moved], span: Span
    ) -> None:
        super().__init__(places, opening, slips, span)
        self.begin()

    def begin(self) -> None:
        """A new month."""
        self.received_fen = self.paid_fen = 0
        self.crossed: list[Crossed] = []
        self.crossings, self.appropriated = [], []

    def came(self, place: Place, voucher: Moved, fen: int) -> None:
        super().came(place, voucher, fen)
        self._received(place, voucher.seq, voucher.booked_on, fen)

    def receive(self, voucher: Moved, place: Place, fen: int) -> None:
        self.money.put(place.code, self.nobodys(voucher, place, fen))
        if self.shown(voucher):
            self._received(place, voucher.seq, voucher.booked_on, fen)

    def _received(self, place: Place, seq: int, day: date, fen: int) -> None:
        self.received_fen += fen
        if place.line is Line.EXPENDITURE:
            self.crossed.append(Crossed("E2L-00", seq, day, place, fen))

    def went(self, place: Place, seq: int, day: date, fen: int) -> None:
        self.paid_fen += fen
        foreign_fen = 0
        if place.line is Line.EXPENDITURE and place.code in self.money.unappropriated:
            taken, _missing = self.money.take(place.code, fen)
            foreign_fen = sum(x.fen for x in taken if x.origin is Origin.RECEIPT)
        else:
            self.money.drop(place.code, fen)
        self._paid(place, seq, day, fen, foreign_fen)

    def pay(self, voucher: Moved, place: Place, fen: int) -> None:
        layers, missing_fen = self.money.take(place.code, fen)
        if voucher.id:
            self.paid_by.setdefault(voucher.id, []).extend((place.code, layer) for layer in layers)
        if self.shown(voucher):
            self.paid_fen += fen
            foreign_fen = sum(x.fen for x in layers if x.origin is Origin.RECEIPT) + missing_fen
            self._paid(place, voucher.seq, voucher.booked_on, fen, foreign_fen)

    def _paid(self, place: Place, seq: int, day: date, fen: int, foreign_fen: int) -> None:
        if place.line is Line.INCOME:
            error_id = "E2L-10" if place.kind is PlaceKind.RC else "E2L-20"
            self.crossed.append(Crossed(error_id, seq, day, place, fen))
        elif place.line is Line.EXPENDITURE and foreign_fen:
            self.crossed.append(Crossed("E2L-21", seq, day, place, foreign_fen))

    def month(self, month: Period) -> MonthProof:
        between = [
            Crossed(c.error_id, c.voucher.seq, c.voucher.booked_on, place, c.fen)
            for c in self.crossings
            for place in self.places.all()
            if place.name == c.place
        ]
        return MonthProof(
            month,
            self.received_fen,
            sum(fen for _voucher, fen in self.appropriated),
            self.paid_fen,
            self.held(PlaceKind.RC),
            self.held(PlaceKind.IN),
            self.held(PlaceKind.EX),
            self.held(PlaceKind.IM),
            self.held(PlaceKind.SP, PlaceKind.AG),
            (*self.crossed, *between),
        )


def prove_months(
    span: Span, places: Places, opening: Mapping[str, int], rows: Iterable[Past], odd: Mapping[int, Moved]
) -> tuple[MonthProof, ...]:
    """Every month of the span; `rows` are all lines that moved money up to its end, by day and position.

    Payments the bank took itself are among what crossed: whoever knows their advice leaves them out.
    """
    follow = _Months(places, opening, {}, span)
    standing = follow.month(span.first)
    found: dict[Period, MonthProof] = {}
    for text, lines in groupby(rows, key=lambda row: row[1][:7]):
        month = Period.parse(text)
        follow.begin()
        follow.past(lines, odd)
        found[month] = follow.month(month)
    made: list[MonthProof] = []
    for month in sorted({*found, *span.months()}):
        standing = found.get(month) or standing.quiet(month)
        if span.first <= month <= span.last:
            made.append(standing)
    return tuple(made)
