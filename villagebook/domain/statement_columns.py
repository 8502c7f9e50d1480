"""Which columns a statement shows, and the span each is worked out over."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from villagebook.domain.formula import Atom
from villagebook.domain.period import Period, Span
from villagebook.domain.statement import Prior, Template, work_out


class View(StrEnum):
    """A column. AMOUNT is the span itself, or its end for what stands on a day; PERIOD_BUDGET is what was planned for its months,
    BUDGET and DONE are of the whole year.
    """

    AMOUNT = "amount"
    YEAR_START = "year-start"
    YEAR_TO_DATE = "year-to-date"
    LAST_PERIOD = "last-period"
    YEAR_BEFORE = "year-before"
    PERIOD_BUDGET = "period-budget"
    BUDGET = "budget"
    DONE = "done"


_BOTH = (View.AMOUNT, View.LAST_PERIOD, View.YEAR_BEFORE)
ON_A_DAY = (View.AMOUNT, View.YEAR_START, *_BOTH[1:])
"""Columns of a statement that shows balances."""

PLANNED = (View.PERIOD_BUDGET, View.BUDGET, View.DONE)
"""Columns that are read from the budget; no voucher stands behind them."""

OF_A_TIME = (View.AMOUNT, View.YEAR_TO_DATE, *_BOTH[1:], *PLANNED)
"""Columns of a statement that shows what happened."""


def possible(template: Template) -> tuple[View, ...]:
    return ON_A_DAY if template.prior is Prior.YEAR_START else OF_A_TIME


def usual(template: Template) -> tuple[View, View]:
    """The two columns that are shown when nobody asks for others."""
    return View.AMOUNT, View.YEAR_START if template.prior is Prior.YEAR_START else View.YEAR_BEFORE


def span_of(view: View, span: Span) -> Span | None:
    """The months a column is worked out over; None before 1900 and for what comes from the budget."""
    if view in PLANNED:
        return None
    if view is View.AMOUNT:
        return span
    if view is View.YEAR_TO_DATE:
        return Span(Period(span.last.year, 1), span.last)
    try:
        if view is View.YEAR_START:
            return Span.year(span.last.year - 1)
        return span.shifted(-span.length if view is View.LAST_PERIOD else -12)
    except ValueError:
        return None


def told_lines(template: Template, told: Mapping[str, Mapping[str, int]]) -> dict[int, int]:
    """What was said of accounts (fen on their normal side; a budget, the year before the book) read through the formulas.

    `told` says for each kind of atom what it counts: a budget plans receipts of income only. Only lines that are made of
    nothing but these kinds of atoms over whole accounts have a figure.
    """
    known = {a for a in template.atoms() if a.kind in told and not a.detail}
    figures = {a: _told(a, told[a.kind]) if a in known else 0 for a in template.atoms()}
    lines, _problems = work_out(template, figures)
    return {no: fen for no, fen in lines.items() if (own := template.atoms_of(no)) and own <= known}


def _told(atom: Atom, told: Mapping[str, int]) -> int:
    return sum(fen for code, fen in told.items() if code.startswith(atom.account))


def per_cent(part_fen: int | None, whole_fen: int | None) -> int | None:
    """Whole per cent, half away from nothing; None without a whole."""
    if part_fen is None or not whole_fen:
        return None
    hundredfold = abs(part_fen) * 200 + abs(whole_fen)
    share = hundredfold // (2 * abs(whole_fen))
    return share if (part_fen < 0) == (whole_fen < 0) else -share
