"""What the money books say over one span, for the R, P and F of a statement's formulas: by category, by line of money."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby
from operator import itemgetter

from villagebook.domain.account import BANK, CASH, Chart
from villagebook.domain.flow import TRANSFERS, split
from villagebook.domain.formula import Atom
from villagebook.domain.period import Period, Span
from villagebook.domain.place import Line, Places
from villagebook.services.account_books.flows import opening_by_line
from villagebook.storage import ledger, posted_vouchers, registry, voucher_lines
from villagebook.storage import statements as store
from villagebook.storage.engine import Connection

Entry = tuple[str, int]
"""Voucher id, signed fen as it counts."""

Move = tuple[int, Line, str, int, int]
"""Position of the voucher, line of money, category, receipts fen, payments fen."""

_BOOKS = {"cash-books": CASH, "bank-books": BANK}


@dataclass
class MoneyBooks:
    """Looks R, P and F up. Once any history without places is in it, its money is undivided, as in every other report."""

    connection: Connection
    chart: Chart
    span: Span

    @cached_property
    def places(self) -> Places:
        return registry.read_places(self.connection)

    @property
    def _after(self) -> Period:
        """The month after the span; the calendar ends with 2999."""
        last = self.span.last
        return last if last == Period(2999, 12) else last.shifted(1)

    @cached_property
    def _undivided(self) -> bool:
        return posted_vouchers.any_inferred(self.connection, self._after)

    @cached_property
    def _lines(self) -> dict[str, Line]:
        return {p.code: self._shown(p.line) for p in self.places.all()}

    @cached_property
    def _moves(self) -> list[Move]:
        results = self.chart.results
        return [
            (seq, self._lines.get(place, Line.UNDIVIDED), category, receipts_fen, payments_fen)
            for seq, rows in groupby(
                voucher_lines.money_entries(self.connection, self.span), key=itemgetter(4)
            )
            for place, category, receipts_fen, payments_fen in split(list(rows), results)
        ]

    @cached_property
    def _ids(self) -> dict[int, str]:
        return store.voucher_ids(self.connection, self.span)

    @cached_property
    def _opening(self) -> dict[Line, int]:
        found = opening_by_line(self.connection, self.places, self.span.first)
        return {Line.UNDIVIDED: sum(found.values())} if self._undivided else found

    @cached_property
    def _sums(self) -> dict[tuple[Line, str], list[int]]:
        """Receipts and payments by line of money and category."""
        sums: dict[tuple[Line, str], list[int]] = {}
        for _period, place, category, receipts_fen, payments_fen in ledger.moved(self.connection, self.span):
            held = sums.setdefault((self._lines.get(place, Line.UNDIVIDED), category), [0, 0])
            held[0] += receipts_fen
            held[1] += payments_fen
        return sums

    @cached_property
    def _last(self) -> MoneyBooks:
        """The last month alone: what it closes with is what all months close with, for it begins with balances."""
        one = Span.of(self.span.last)
        return self if self.span == one else MoneyBooks(self.connection, self.chart, one)

    def value(self, atom: Atom) -> int:
        """In fen."""
        if atom.kind != "F":
            return self.moved(atom)
        if atom.detail in _BOOKS:
            return self._book(_BOOKS[atom.detail])
        if atom.detail == "places":
            return sum(fen for line, fen in self._held().items() if atom.other in ("", line.value))
        if atom.detail == "opening":
            return self.begun(atom)
        if atom.detail == "closing":
            return self._last.begun(atom) + self._last.moved(atom)
        return self.moved(atom)

    def begun(self, atom: Atom) -> int:
        return sum(fen for line, fen in self._opening.items() if atom.other in ("", line.value))

    def moved(self, atom: Atom) -> int:
        return sum(
            _counts(atom, category, *pair)
            for (line, category), pair in self._sums.items()
            if atom.other in ("", line.value)
        )

    def _book(self, account: str) -> int:
        """What a journal closes with: its last month's opening and every row of that month, as its pages show it."""
        last = self.span.last
        before = ledger.place_balances_before(self.connection, last)
        rows = voucher_lines.account_rows(self.connection, account, Span.of(last))
        opening = sum(fen for (code, _place), fen in before.items() if code.startswith(account))
        return opening + sum(int(r[5] - r[6]) for r in rows)

    def _held(self) -> dict[Line, int]:
        """What the money places hold at the end, by line."""
        found = opening_by_line(self.connection, self.places, self._after)
        return {Line.UNDIVIDED: sum(found.values())} if self._undivided else found

    def entries(self, atom: Atom) -> Iterator[Entry]:
        """What each voucher adds: of a book or a balance everything up to its day, else what lies in the span."""
        if atom.kind == "F" and atom.detail in (*_BOOKS, "places"):
            yield from self.placed(atom, self.span.last.last_day)
        elif atom.kind == "F" and atom.detail == "opening":
            yield from self.placed(atom, self.span.first.first_day - timedelta(days=1))
        elif atom.kind == "F" and atom.detail == "closing":
            yield from self._last.placed(atom, self.span.last.first_day - timedelta(days=1))
            yield from self._last.flowed(atom)
        else:
            yield from self.flowed(atom)

    def placed(self, atom: Atom, last: date) -> Iterator[Entry]:
        """What moved the money places up to a day."""
        wanted = _BOOKS.get(atom.detail, "")
        for voucher_id, account, place, fen in store.place_entries(self.connection, last):
            if account.startswith(wanted) and atom.other in ("", self._line(place)):
                yield voucher_id, fen

    def flowed(self, atom: Atom) -> Iterator[Entry]:
        """Every movement of the span that an atom counts."""
        for seq, line, category, receipts_fen, payments_fen in self._moves:
            fen = _counts(atom, category, receipts_fen, payments_fen)
            if fen and atom.other in ("", line.value):
                yield self._ids[seq], fen

    def _shown(self, line: Line) -> Line:
        return Line.UNDIVIDED if self._undivided else line

    def _line(self, place: str) -> str:
        found = self.places.get(place)
        return self._shown(found.line if found else Line.UNDIVIDED).value


def _counts(atom: Atom, category: str, receipts_fen: int, payments_fen: int) -> int:
    """What one movement adds to an atom. Money between two places has no category."""
    inner = category == TRANSFERS
    if atom.kind in "RP":
        mine = not inner and category.startswith(atom.account)
        return (receipts_fen if atom.kind == "R" else payments_fen) if mine else 0
    if atom.detail == "closing":
        return receipts_fen - payments_fen
    of_places = atom.detail.startswith("transfers")
    if inner != of_places:
        return 0
    return receipts_fen if atom.detail in ("receipts", "transfers-in") else payments_fen
