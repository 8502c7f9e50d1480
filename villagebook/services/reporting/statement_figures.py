"""What the books say of each atom of a statement's formulas, and the vouchers that make it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from villagebook.domain.account import Category, Chart, Side
from villagebook.domain.formula import Atom
from villagebook.domain.period import Period, Span
from villagebook.services.reporting.statement_flows import Entry, MoneyBooks
from villagebook.storage import ledger
from villagebook.storage import statements as store
from villagebook.storage.engine import Connection

Detail = tuple[str, str, str]
"""Account, other party, project."""


@dataclass(slots=True)
class Reader:
    """Looks atoms up over one span; monthly totals are read once, details only where a formula asks for them."""

    connection: Connection
    chart: Chart
    start: Period
    span: Span
    carry: str
    opening: dict[str, int] = field(default_factory=dict)
    closing: dict[str, int] = field(default_factory=dict)
    moved: dict[str, int] = field(default_factory=dict)
    took_over: bool = False
    """The book began within these months, and income and expense already stood at something."""
    _early: bool = False
    _seen: dict[tuple[str, str, bool], dict[Detail, int]] = field(default_factory=dict)
    money: MoneyBooks = field(init=False)

    def __post_init__(self) -> None:
        self.money = MoneyBooks(self.connection, self.chart, self.span)
        # Results that a book took over when it began belong to the months before it; this span may hold them.
        first = self.start.year * 12 + self.start.month - 2
        self._early = _month(self.span.first) <= first <= _month(self.span.last)
        gone = store.carried(self.connection, self.carry, self.span) if self.carry else {}
        for b in ledger.balances(self.connection, self.span):
            self.opening[b.account] = b.opening_fen
            self.closing[b.account] = b.closing_fen
            self.moved[b.account] = b.debit_fen - b.credit_fen
        for code in self.moved:
            if self._is_result(code):
                self.moved[code] -= gone.get(code, 0)
        for code, _party, fen in store.opening_of(self.connection, "") if self._early else ():
            if self._is_result(code):
                self.took_over = self.took_over or bool(fen)
                self.moved[code] += fen
                self.opening[code] -= fen

    def values(self, atoms: Collection[Atom]) -> dict[Atom, int]:
        """Every atom in fen, on the normal side of its account; lines of other statements (S) are left out."""
        return {atom: self._value(atom) for atom in atoms if atom.kind != "S"}

    def _is_result(self, code: str) -> bool:
        account = self.chart.get(code)
        return account is not None and account.category is Category.RESULT

    def sign(self, code: str) -> int:
        """1 where the account normally stands in debit, -1 in credit; two-sided assets count as debit."""
        account = self.chart[code]
        if account.side is Side.BOTH:
            return 1 if account.category in (Category.ASSET, Category.COST) else -1
        return 1 if account.side is Side.DEBIT else -1

    def _value(self, atom: Atom) -> int:
        if atom.kind in "RPF":
            return self.money.value(atom)
        if atom.kind == "T":
            rows = store.passages(self.connection, atom.account, atom.other, self.span)
            return sum(overlap(d, c) for _id, d, c in rows)
        if atom.part or atom.detail:
            wanted = self._wanted(atom)
            total = sum(fen for key, fen in self._details(atom).items() if key in wanted)
            return abs(total) if atom.part else self.sign(atom.account) * total
        held = {"B": self.closing, "O": self.opening, "M": self.moved}[atom.kind]
        total = sum(fen for code, fen in held.items() if code.startswith(atom.account))
        return self.sign(atom.account) * total

    def _bounds(self, atom: Atom) -> tuple[str, Span | None, str]:
        """First day, span (None: nothing before the book's time), and the account whose vouchers do not count."""
        if atom.kind == "M":
            carry = self.carry if self._is_result(atom.account) else ""
            return self.span.first.first_day.isoformat(), self.span, carry
        if atom.kind == "B":
            return store.BEGINNING, self.span, ""
        is_first = _month(self.span.first) <= 1900 * 12
        return store.BEGINNING, None if is_first else Span.of(self.span.first.shifted(-1)), ""

    def _details(self, atom: Atom) -> dict[Detail, int]:
        """Signed fen by detail, read once; with +/- details are sub-account and party, whatever the project."""
        asked = (atom.kind, atom.account, bool(atom.part))
        if asked not in self._seen:
            self._seen[asked] = self._read_details(atom)
        return self._seen[asked]

    def _read_details(self, atom: Atom) -> dict[Detail, int]:
        first, span, carry = self._bounds(atom)
        found: dict[Detail, int] = {}
        if span is not None:
            asked = (self.connection, atom.account, first, span.last.last_day, carry)
            if atom.part:
                found = {(a, p, ""): f for a, p, f in store.party_sums(*asked)}
            else:
                found = {(a, p, project): f for a, p, project, f in store.detail_sums(*asked)}
        begun = self._early and self._is_result(atom.account)
        if begun == (atom.kind == "M"):
            for account, party, fen in store.opening_of(self.connection, atom.account):
                key = (account, party, "")
                found[key] = found.get(key, 0) + fen
        return found

    def _wanted(self, atom: Atom) -> set[Detail]:
        """The details an atom counts."""
        if atom.part:
            side = 1 if atom.part == "+" else -1
            return {key for key, fen in self._details(atom).items() if fen * side > 0}
        return {key for key in self._details(atom) if self._named(key[0], key[1:], atom)}

    def _named(self, code: str, others: tuple[str, ...], atom: Atom) -> bool:
        account = self.chart.get(code)
        is_sub = account is not None and code != atom.account and account.name == atom.detail
        return is_sub or atom.detail in others

    def entries(self, atom: Atom) -> Iterator[Entry]:
        """What each voucher adds to an atom, in booking order, on the normal side; a voucher may come more than once."""
        if atom.kind in "RPF":
            yield from self.money.entries(atom)
            return
        if atom.kind == "T":
            for voucher_id, d, c in store.passages(self.connection, atom.account, atom.other, self.span):
                if overlap(d, c):
                    yield voucher_id, overlap(d, c)
            return
        first, span, carry = self._bounds(atom)
        if span is None:
            return
        wanted = self._wanted(atom) if atom.part or atom.detail else None
        sign = {"+": 1, "-": -1, "": self.sign(atom.account)}[atom.part]
        last = span.last.last_day
        for voucher_id, code, party, project, fen in store.entries(
            self.connection, atom.account, first, last, carry
        ):
            if wanted is None or (code, party, "" if atom.part else project) in wanted:
                yield voucher_id, sign * fen

    def vouchers(self, atom: Atom) -> Iterator[str]:
        """Ids of the vouchers an atom counts, in booking order, with repeats."""
        return (voucher_id for voucher_id, _fen in self.entries(atom))


def _month(period: Period) -> int:
    return period.year * 12 + period.month - 1


def overlap(debit_fen: int, credit_fen: int) -> int:
    """What went from one side to the other within a voucher: the smaller of both, red ones negative."""
    if debit_fen > 0 and credit_fen > 0:
        return min(debit_fen, credit_fen)
    return max(debit_fen, credit_fen) if debit_fen < 0 and credit_fen < 0 else 0
