"""A book that begins within a year: what income and expense stood at then is of that year, and counts into its sums."""

from __future__ import annotations

from villagebook.domain.account import Chart
from villagebook.domain.period import Period, Span
from villagebook.storage import foreign, registry
from villagebook.storage.engine import Connection

Pair = tuple[int, int]
"""Debit and credit, in fen."""


def begun_year(connection: Connection, chart: Chart, start: Period, span: Span) -> dict[str, Pair]:
    """Account that is booked on -> what the year `span` begins in had moved before the book; mostly nothing.

    An opening tells the balance alone: one side of the account. Where the balances came from a file with the turnover of
    its year, both sides are known; what the old books had carried to the result is then on the other side, so that the two
    always leave the balance of the opening.
    """
    if start.month == 1 or span.first.year > start.year:
        return {}
    found: dict[str, Pair] = {}
    for line in registry.read_opening(connection):
        if line.account in chart.results:
            debit, credit = found.get(line.account, (0, 0))
            found[line.account] = (debit + line.debit_fen, credit + line.credit_fen)
    for account, (debit, credit) in foreign.prior_turnover(connection, start.year).items():
        if account in chart.results:
            into, out = found.get(account, (0, 0))
            carried = (into - out) - (debit - credit)
            found[account] = (debit + max(carried, 0), credit + max(-carried, 0))
    return found
