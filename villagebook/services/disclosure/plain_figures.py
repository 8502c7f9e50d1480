"""Figures of a notice by kind of money, beside other times and the budget; and what the bank says of each account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from villagebook.domain.account import Chart
from villagebook.domain.flow import TRANSFERS
from villagebook.domain.notice import BankStand, KindFigure
from villagebook.domain.period import Period, Span
from villagebook.domain.plain_words import TOP, Way, Words
from villagebook.rules.facts import Facts
from villagebook.services.banking.bank_sheet import stand_on
from villagebook.services.banking.counting import account_groups
from villagebook.storage import budgets, ledger, periods
from villagebook.storage.engine import Connection

Side = tuple[bool, str]
"""(True for money that came in, account)."""


def moved_by_kind(connection: Connection, span: Span) -> dict[Side, int]:
    """What came in and what went out over each account in these months, in fen; moves between places left out."""
    found: dict[Side, int] = {}
    for _period, _place, category, receipts_fen, payments_fen in ledger.moved(connection, span):
        if category == TRANSFERS:
            continue
        for is_income, fen in ((True, receipts_fen), (False, payments_fen)):
            if fen:
                found[is_income, category] = found.get((is_income, category), 0) + fen
    return {side: fen for side, fen in found.items() if fen}


@dataclass(frozen=True, slots=True)
class Times:
    """The months a figure is shown for; None where the book had not begun."""

    now: Span
    last: Span | None
    year_ago: Span | None
    year: Span

    @classmethod
    def of(cls, span: Span, start: Period) -> Times:
        """`last` is as many months just before; whole years have no other year ago than the last one."""
        last, year_ago = _back(span, span.length, start), _back(span, 12, start)
        first = max(Period(span.last.year, 1), start)
        return cls(span, last, year_ago, Span(min(first, span.last), span.last))


def _back(span: Span, months: int, start: Period) -> Span | None:
    before = Span(span.first.shifted(-months), span.last.shifted(-months))
    return before if before.first >= start else None


def kind_figures(connection: Connection, base: Facts, span: Span, words: Words) -> tuple[KindFigure, ...]:
    """Every kind of money that moved in any of the times or is in the budget, income first, by account.

    Rows of depth 0 are accounts of the chart and sum up to the notice's own totals; those of depth 1 are their parts.
    """
    times = Times.of(span, base.start)
    read = [moved_by_kind(connection, t) if t else None for t in (times.now, times.last, times.year_ago)]
    now = read[0] or {}
    year = moved_by_kind(connection, times.year)
    planned = _planned(connection, base.chart, span.last.year)
    moved = {*year, *(side for found in read if found for side in found)}
    made: list[KindFigure] = []

    def row(is_income: bool, code: str, parts: set[str], depth: int, budget: str) -> KindFigure:
        """`budget` is the account whose lines of the budget count, with what hangs under it; "" for none."""

        def of(found: Mapping[Side, int] | None) -> int | None:
            return None if found is None else sum(found.get((is_income, c), 0) for c in parts)

        way = Way.IN if is_income else Way.OUT
        lines = [fen for (i, c), fen in planned.items() if budget and i is is_income and c.startswith(budget)]
        return KindFigure(
            code=code,
            words=words.of(code, way),
            is_income=is_income,
            fen=of(now) or 0,
            last_fen=of(read[1]),
            year_ago_fen=of(read[2]),
            year_fen=of(year) or 0,
            budget_fen=sum(lines) if lines else None,
            depth=depth,
            unread=words.unreviewed(code, way),
        )

    for spending, top in sorted({(not is_income, code[:TOP]) for is_income, code in {*moved, *planned}}):
        is_income = not spending
        own = {code for i, code in moved if i is is_income and code[:TOP] == top}
        known = {code for i, code in planned if i is is_income and code[:TOP] == top}
        parts = own | (known - {top})
        if len(parts) <= 1:
            made.append(row(is_income, min(parts, default=top), own, 0, top))
            continue
        made.append(row(is_income, top, own, 0, top))
        made += [row(is_income, c, _family(c, own), 1, c if len(c) > TOP else "") for c in _uppermost(parts)]
    return tuple(made)


def _uppermost(parts: set[str]) -> list[str]:
    """Codes that get a row of their own: none that hangs under another sub-account among them."""
    below = [c for c in parts if len(c) > TOP]
    return sorted(c for c in parts if len(c) == TOP or not any(c != o and c.startswith(o) for o in below))


def _family(code: str, parts: set[str]) -> set[str]:
    return parts & {code} if len(code) == TOP else {c for c in parts if c.startswith(code)}


def _planned(connection: Connection, chart: Chart, year: int) -> dict[Side, int]:
    """The newest budget of a year by side and account."""
    found: dict[Side, int] = {}
    for code, fen in budgets.planned(connection, year).items():
        account = chart.get(code)
        if fen and account is not None:
            found[account.is_income, code] = fen
    return found


def bank_stands(connection: Connection, base: Facts, span: Span) -> tuple[BankStand, ...]:
    """Every bank account at the close of the period: our balance, the bank's own, and what lies between."""
    day = span.last.last_day
    held = ledger.place_balances_on(connection, day)
    used = {place for (_account, place) in ledger.place_balances_before(connection, span.last.shifted(1))}
    stated = periods.statements(connection, span.last)
    made = []
    for places, title in account_groups(base.places):
        if not used.intersection(places):
            continue
        book_fen = sum(held.get(code, 0) for code in places)
        if found := stand_on(connection, places, span.last):
            sheet, checker = found
            made.append(
                BankStand(
                    title,
                    book_fen,
                    sheet.bank_fen,
                    len(sheet.items),
                    sum(fen for _text, fen in sheet.bridge()),
                    sheet.unexplained_fen,
                    base.staff.name(checker) if checker else "",
                )
            )
            continue
        typed = [s for s in stated if s.places[:1] == places[:1]]
        if not typed:
            made.append(BankStand(title, book_fen))
            continue
        last = typed[-1]
        open_fen = sum(fen for _text, fen in last.open_items)
        left_fen = last.balance_fen + open_fen - book_fen
        count = len(last.open_items)
        checker = base.staff.name(last.checked_by)
        made.append(BankStand(title, book_fen, last.balance_fen, count, open_fen, left_fen, checker))
    return tuple(made)
