"""A book that begins within a year: what income and expense stood at then is of that year, and counts into its sums."""

from __future__ import annotations

from villagebook.domain.account import Chart
from villagebook.domain.period import Period, Span
from villagebook.storage import registry
from villagebook.storage.engine import Connection

Pair = tuple[int, int]
"""Debit and credit, in fen."""


def begun_year(connection: Connection, chart: Chart, start: Period, span: Span) -> dict[str, Pair]:
    """Account that is booked on -> what the year `span` begins in had moved before the book; mostly nothing.

    Only the balance is told in an opening, so that both sides of an account are what was left of them.
    """
    if start.month == 1 or span.first.year > start.year:
        return {}
    found: dict[str, Pair] = {}
    for line in registry.read_opening(connection):
        if line.account in chart.results:
            debit, credit = found.get(line.account, (0, 0))
            found[line.account] = (debit + line.debit_fen, credit + line.credit_fen)
    return found
