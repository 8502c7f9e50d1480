"""The detail ledger (明细账): every entry with a running balance, section by section, while it is read.

A section is a sub-account, and in accounts kept by party one other party.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from villagebook.domain.account import Chart
from villagebook.domain.flowing import Flowing, FlowRow
from villagebook.domain.period import Period, Span
from villagebook.domain.table import Carried, RowKind, Table
from villagebook.domain.voucher import voucher_label
from villagebook.i18n import _
from villagebook.services.account_books.begun import Pair, begun_year
from villagebook.services.account_books.ledger_rows import (
    Lead,
    account_columns,
    chunks,
    last_year_row,
    ledger_columns,
    next_year_row,
    opening_row,
    opening_words,
    party_column,
    sum_row,
    whole_years,
)
from villagebook.services.account_books.parties import account_code, party_accounts
from villagebook.services.names import account_title, direction
from villagebook.storage import ledger, registry
from villagebook.storage import statements as store
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection

Row = tuple[Any, ...]
DATE, WORD, NUMBER, SUMMARY, DEBIT, CREDIT, ID = range(2, 9)
"""Places in a row of `store.account_lines`."""


def detail_ledger(book: Book, span: Span, account: str = "", party: str | None = None) -> Table:
    """As `flow`, with every row. CSV and JSON leave the sums out."""
    return flow(book, span, account, party).whole()


def flow(book: Book, span: Span, account: str = "", party: str | None = None) -> Flowing:
    """Every entry of an account and its sub-accounts (of all when none is told); `party` "" is nobody, None everybody.

    Raises KnownError for an unknown account.
    """
    with book.reading() as connection:
        chart = registry.read_chart(connection)
        code = account_code(chart, account) if account else ""
        told = begun_year(connection, chart, book.info.start, span)
        wanted = _Wanted(span, book.info.start, party_accounts(chart), party, told)
        codes = _accounts(connection, code, wanted) or ([code] if code else [])
    several = not code or len(codes) > 1
    by_party = party is None and any(wanted.is_split(c) for c in codes)
    lead = (*(account_columns() if several else ()), *(party_column() if by_party else ()))
    n = len(lead)
    named = f"{code} {account_title(chart, code)}" if code else ""
    head = Table(
        "detail-ledger",
        _("Detail ledger"),
        "  ".join(t for t in (str(span), named, party) if t),
        (*lead, *ledger_columns()),
        (),
        carried=Carried((n + 2, n + 3, n + 4, n + 6), n + 5, n),
    )
    return Flowing(head, _rows(book, chart, codes, wanted, several, by_party, bool(code)))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the ledger is of. `kept` are the accounts kept by party, `before` what a year had moved before the book began."""

    span: Span
    start: Period
    kept: tuple[str, ...]
    party: str | None
    before: Mapping[str, Pair]

    def is_split(self, account: str) -> bool:
        """With a party told, only its entries are read and every account is split."""
        return self.party is not None or account.startswith(self.kept)

    @property
    def years(self) -> Span:
        return whole_years(self.span)


def _accounts(connection: Connection, code: str, wanted: _Wanted) -> list[str]:
    """Accounts with anything to show, by the totals of the months; one kept by party with anything ever."""
    if wanted.party is not None:
        return [a for a in store.accounts_of_party(connection, wanted.party) if a.startswith(code)]
    found = ledger.balances(connection, wanted.years)
    moved = {r[0] for r in store.month_sums(connection, code, wanted.years)}  # also by what was undone again
    return [
        b.account
        for b in found
        if b.account.startswith(code) and (b.opening_fen or b.account in moved or wanted.is_split(b.account))
    ]


def _rows(
    book: Book, chart: Chart, codes: list[str], wanted: _Wanted, several: bool, by_party: bool, one: bool
) -> Iterator[FlowRow]:
    shown = False
    for account in codes:
        named: Lead = (account, account_title(chart, account)) if several else ()
        sections = (
            _by_party(book, account, wanted) if wanted.is_split(account) else _plain(book, account, wanted)
        )
        for party, opening, lines in sections:
            shown = True
            lead = (*named, *((party,) if by_party else ()))
            before = (0, 0) if wanted.is_split(account) else wanted.before.get(account, (0, 0))
            yield from section(lead, wanted.span, wanted.start, opening, lines, before)
    if one and not shown:  # an account without anything still has its page
        named = (codes[0], account_title(chart, codes[0])) if several else ()
        lead = (*named, *(("",) if by_party else ()))
        yield from section(lead, wanted.span, wanted.start, 0, ())


Section = tuple[str, int, Iterable[Row]]
"""Other party, opening balance, lines in booking order."""


def _plain(book: Book, account: str, wanted: _Wanted) -> Iterator[Section]:
    with book.reading() as connection:
        found = ledger.balances(connection, Span.of(wanted.years.first))
    opening = sum(b.opening_fen for b in found if b.account == account)
    yield "", opening, _lines(book, account, wanted)


def _lines(book: Book, account: str, wanted: _Wanted) -> Iterator[Row]:
    """A few months at a time; nothing is held open between two reads."""
    for part in chunks(wanted.years):
        with book.reading() as connection:
            rows = store.account_lines(connection, account, wanted.party, part)
        yield from rows


def _by_party(book: Book, account: str, wanted: _Wanted) -> Iterator[Section]:
    years = wanted.years
    with book.reading() as connection:
        sums = store.party_sums_before(connection, account, years.first)
        rows = store.account_lines(connection, account, wanted.party, years)
    opening = {
        who: fen for (code, who), fen in sums.items() if code == account and wanted.party in (None, who)
    }
    rows.sort(key=lambda r: r[1])  # stable: within a party they stay in booking order
    found = {who: list(lines) for who, lines in groupby(rows, key=lambda r: r[1])}
    for who in sorted(opening.keys() | found.keys()):
        if opening.get(who) or found.get(who):
            yield who, opening.get(who, 0), found.get(who, [])


def section(
    lead: Lead, span: Span, start: Period, balance: int, lines: Iterable[Row], before: Pair = (0, 0)
) -> Iterator[FlowRow]:
    """Lines from January of the first year on; those before the span only count.

    `before` is what the year had moved before a book that begins within it.
    """
    begun, year_of, year = False, max(span.first.year, start.year), list(before)
    words = opening_words(span, start)
    for month, group in groupby(lines, key=lambda r: r[DATE][:7]):
        period = Period.parse(month)
        shown = period >= span.first
        if period.year != year_of:
            if begun:
                yield next_year_row(lead, year_of, balance)
                yield last_year_row(lead, period.year, balance)
            year_of, year = period.year, [0, 0]
        if shown and not begun:
            yield opening_row(lead, span.first.first_day, words, balance)
            begun = True
        into = out = 0
        for row in group:
            debit, credit = row[DEBIT], row[CREDIT]
            into, out, balance = into + debit, out + credit, balance + debit - credit
            if shown:
                cells = (
                    *lead,
                    row[DATE],
                    voucher_label(row[WORD], row[NUMBER]),
                    row[SUMMARY],
                    debit or None,
                    credit or None,
                    direction(balance),
                    abs(balance),
                )
                yield cells, f"voucher:{row[ID]}", 0
        year = [year[0] + into, year[1] + out]
        if shown:
            day = period.last_day
            yield sum_row(lead, day, _("Total of the month"), (into, out), balance, RowKind.PERIOD)
            yield sum_row(lead, day, _("Total of the year"), year, balance)
    if not begun:
        yield opening_row(lead, span.first.first_day, words, balance)
    if balance and span.last.month == 12:
        yield next_year_row(lead, span.last.year, balance)
