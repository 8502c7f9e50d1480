"""The general ledger in the classic form: per account its opening, the sums of each month, and those of the year so far."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from villagebook.domain.flowing import Flowing, FlowRow
from villagebook.domain.period import Period, Span
from villagebook.domain.table import RowKind, Table
from villagebook.i18n import _
from villagebook.services.account_books.begun import Pair, begun_year
from villagebook.services.account_books.ledger_rows import (
    Lead,
    account_columns,
    last_year_row,
    ledger_columns,
    next_year_row,
    opening_row,
    opening_words,
    sum_row,
    whole_years,
)
from villagebook.services.account_books.parties import account_code
from villagebook.services.names import account_title
from villagebook.storage import ledger, registry
from villagebook.storage import statements as store
from villagebook.storage.book import Book
from villagebook.storage.engine import Rows


def general_ledger(book: Book, span: Span, account: str = "") -> Table:
    """Per account (those of the chart itself when none is told) the opening, and per month its sums and those of the year.

    Sub-accounts are counted in the account they stand under (总分类账 by 总账科目, JG art. 56). Read from the monthly totals.
    CSV and JSON leave the sums of the year out.
    """
    with book.reading() as connection:
        chart = registry.read_chart(connection)
        code = account_code(chart, account) if account else ""
        balances = ledger.balances(connection, span)
        months = store.month_sums(connection, code, whole_years(span))
        told = begun_year(connection, chart, book.info.start, span)

    def page_of(held: str) -> str:
        return code or chart.top(held)

    opening: dict[str, int] = {code: 0} if code else {}
    for balance in balances:
        if balance.account.startswith(code):
            page = page_of(balance.account)
            opening[page] = opening.get(page, 0) + balance.opening_fen
    before = _paged(page_of, {a: pair for a, pair in told.items() if a.startswith(code)})
    months = _merged(page_of, months)
    by_account = {a: [r[1:] for r in rows] for a, rows in groupby(months, key=lambda r: r[0])}

    def rows() -> Iterator[FlowRow]:
        words = opening_words(span, book.info.start)
        for held in sorted(opening.keys() | by_account.keys()):
            lead = () if code else (held, account_title(chart, held))
            if code or opening.get(held) or by_account.get(held):
                yield from _account_rows(
                    lead,
                    f"account:{held}",
                    span,
                    words,
                    opening.get(held, 0),
                    by_account.get(held, []),
                    _Year(max(span.first.year, book.info.start.year), before.get(held, (0, 0))),
                )

    subtitle = f"{span}  {code} {account_title(chart, code)}" if code else str(span)
    columns = (*(() if code else account_columns()), *ledger_columns())
    head = Table("general-ledger", _("General ledger"), subtitle, columns, ())
    return Flowing(head, rows()).whole()


def _paged(page_of: Callable[[str], str], told: Mapping[str, Pair]) -> dict[str, Pair]:
    """The pairs of accounts on one page added up."""
    found: dict[str, Pair] = {}
    for account, (debit, credit) in told.items():
        into, out = found.get(page_of(account), (0, 0))
        found[page_of(account)] = (into + debit, out + credit)
    return found


def _merged(page_of: Callable[[str], str], months: Rows) -> Rows:
    """The sums of accounts on one page added up, page by page and month by month."""
    sums: dict[tuple[str, int], list[int]] = {}
    for account, number, debit, credit in months:
        pair = sums.setdefault((page_of(account), number), [0, 0])
        pair[0], pair[1] = pair[0] + debit, pair[1] + credit
    return [(page, number, *sums[page, number]) for page, number in sorted(sums)]


@dataclass(frozen=True, slots=True)
class _Year:
    """The first year of a page, and what had moved in it before the book began."""

    number: int
    before: Pair


def _account_rows(
    lead: Lead, target: str, span: Span, words: str, balance: int, months: Rows, first: _Year
) -> Iterator[FlowRow]:
    yield opening_row(lead, span.first.first_day, words, balance, target)
    year_of, year = first.number, list(first.before)
    begun = False
    for number, debit, credit in months:
        period = Period.from_number(number)
        if period.year != year_of:
            if begun:
                yield next_year_row(lead, year_of, balance, target)
                yield last_year_row(lead, period.year, balance, target)
            year_of, year = period.year, [0, 0]
        year[0], year[1] = year[0] + debit, year[1] + credit
        if period < span.first:
            continue
        begun = True
        balance += debit - credit
        day = period.last_day
        yield sum_row(
            lead, day, _("Total of the month"), (debit, credit), balance, RowKind.ENTRY, target=target
        )
        yield sum_row(lead, day, _("Total of the year"), list(year), balance, target=target)
    if balance and span.last.month == 12:
        yield next_year_row(lead, span.last.year, balance, target)
