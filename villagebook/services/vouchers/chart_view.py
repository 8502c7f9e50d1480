"""The chart of accounts as people look at it: what stands on every account today, how often it is used, what it asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from villagebook.domain.account import Account, Chart
from villagebook.domain.balance import split_sides
from villagebook.domain.demand import NONE, Demand, all_demands
from villagebook.domain.period import Period, Span
from villagebook.domain.table import Column, Shape, Table
from villagebook.i18n import _
from villagebook.services.names import link_kind_title
from villagebook.storage import ledger, links, registry
from villagebook.storage.book import Book


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One account with everything under it: `balance_fen` signed, debit positive; `use` counts months with bookings."""

    account: Account
    depth: int
    leaf: bool
    balance_fen: int
    use: int
    demand: Demand


def rows(book: Book, today: date) -> tuple[ChartRow, ...]:
    """Every account by code, parents before what hangs under them."""
    with book.reading() as connection:
        chart = registry.read_chart(connection)
        balances = {b.account: b.closing_fen for b in ledger.balances(connection, Span.of(Period.of(today)))}
        use = ledger.account_use(connection)
        asked = all_demands(links.demands(connection), chart)
    return tuple(
        ChartRow(
            account,
            chart.depth(account.code),
            chart.is_leaf(account.code),
            _family(chart, account.code, balances),
            _family(chart, account.code, use),
            asked.get(account.code, NONE),
        )
        for account in chart
    )


def _family(chart: Chart, code: str, figures: dict[str, int]) -> int:
    """The sum over an account and everything under it."""
    return figures.get(code, 0) + sum(_family(chart, a.code, figures) for a in chart.below(code))


def demand_words(demand: Demand) -> str:
    """What an account asks of its lines, for a cell; strict ones with a mark."""
    kinds = ", ".join(link_kind_title(kind) for kind in demand.kinds)
    return f"{kinds} !" if kinds and demand.strict else kinds


def table(book: Book, today: date) -> Table:
    """The list for paper and spreadsheets: in both languages, sub-accounts indented."""
    columns = (
        Column("account", _("Account"), Shape.TEXT, 8),
        Column("name", _("Chinese name"), Shape.TEXT, 16),
        Column("name_en", _("English name"), Shape.TEXT, 18),
        Column("category", _("Class"), Shape.TEXT, 8),
        Column("debit", _("Debit balance"), Shape.MONEY, 11),
        Column("credit", _("Credit balance"), Shape.MONEY, 11),
        Column("asks", _("Asks for"), Shape.TEXT, 12),
        Column("state", _("State"), Shape.TEXT, 7),
    )
    made = tuple(
        (
            "　" * row.depth + row.account.code,
            row.account.name,
            row.account.name_en,
            row.account.category.value,
            *split_sides(row.balance_fen),
            demand_words(row.demand),
            _("out of use") if row.account.disabled else "",
        )
        for row in rows(book, today)
    )
    return Table("chart", _("Chart of accounts"), today.isoformat(), columns, made)
