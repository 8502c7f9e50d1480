"""General ledger and detail ledger in the classic form: balance with its side, sums of the month and of the year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from villagebook import i18n
from villagebook.domain.account import Chart
from villagebook.domain.balance import direction
from villagebook.domain.period import Period, Span
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.domain.voucher import voucher_label
from villagebook.i18n import _
from villagebook.services.parties import account_code, party_accounts
from villagebook.storage import ledger, registry
from villagebook.storage import statements as store
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection, Rows

Row = tuple[Any, ...]
Section = tuple[str, str]
"""Account and other party; the party only where the account is kept by party."""


@dataclass(slots=True)
class _Sheet:
    """The rows of a ledger under way: what people read, and which rows are sums that a program adds up itself."""

    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    sums: set[int] = field(default_factory=set)

    def add(self, cells: tuple[Cell, ...], target: str = "") -> None:
        self.rows.append(cells)
        self.targets.append(target)

    def add_sum(self, cells: tuple[Cell, ...], target: str = "") -> None:
        self.sums.add(len(self.rows))
        self.add(cells, target)

    def table(
        self, name: str, title: str, subtitle: str, columns: tuple[Column, ...], strong: set[int]
    ) -> Table:
        machine = tuple(row for at, row in enumerate(self.rows) if at not in self.sums)
        return Table(
            name,
            title,
            subtitle,
            columns,
            tuple(self.rows),
            targets=tuple(self.targets),
            strong=frozenset(strong),
            machine_rows=machine,
        )


def general_ledger(book: Book, span: Span, account: str = "") -> Table:
    """Per account (all of them when none is told) the opening, and per month its sums and those of the year.

    Read from the monthly totals. CSV and JSON leave the sums of the year out.
    """
    year = Span(Period(span.first.year, 1), span.last)
    with book.reading() as connection:
        chart = registry.read_chart(connection)
        code = account_code(chart, account) if account else ""
        opening = {b.account: b.opening_fen for b in ledger.balances(connection, span)}
        months = store.month_sums(connection, code, year)
    if code:  # one ledger for the account and its sub-accounts
        opening = {code: sum(fen for held, fen in opening.items() if held.startswith(code))}
        months = _merged(code, months)
    by_account = {a: [r[1:] for r in rows] for a, rows in groupby(months, key=lambda r: r[0])}
    sheet, strong = _Sheet(), set[int]()
    for held in sorted(opening.keys() | by_account.keys()):
        lead = () if code else (held, _title(chart, held))
        if code or opening.get(held) or by_account.get(held):
            _general_rows(sheet, strong, lead, held, span, opening.get(held, 0), by_account.get(held, []))
    subtitle = f"{span}  {code} {_title(chart, code)}" if code else str(span)
    lead_columns = () if code else _account_columns()
    return sheet.table("general-ledger", _("General ledger"), subtitle, (*lead_columns, *_columns()), strong)


def _merged(code: str, months: Rows) -> Rows:
    sums: dict[int, list[int]] = {}
    for _account, number, debit, credit in months:
        pair = sums.setdefault(number, [0, 0])
        pair[0], pair[1] = pair[0] + debit, pair[1] + credit
    return [(code, number, *sums[number]) for number in sorted(sums)]


def _general_rows(
    sheet: _Sheet,
    strong: set[int],
    lead: tuple[Cell, ...],
    account: str,
    span: Span,
    balance: int,
    months: Rows,
) -> None:
    target = f"account:{account}"
    sheet.add((*lead, *_opening_row(span, balance)), target)
    so_far: dict[int, list[int]] = {}
    for number, debit, credit in months:
        year = so_far.setdefault(number // 100, [0, 0])
        year[0], year[1] = year[0] + debit, year[1] + credit
        period = Period.from_number(number)
        if period < span.first:
            continue
        balance += debit - credit
        sheet.add((*lead, *_sum_row(period, _("Total of the month"), (debit, credit), balance)), target)
        strong.add(len(sheet.rows))
        sheet.add_sum((*lead, *_sum_row(period, _("Total of the year"), year, balance)), target)


def detail_ledger(book: Book, span: Span, account: str = "", party: str | None = None) -> Table:
    """Every entry of an account (of all when none is told) with a running balance, section by section.

    A section is a sub-account, and in accounts kept by party one other party. CSV and JSON leave both sums out.
    """
    year = Span(Period(span.first.year, 1), span.last)
    with book.reading() as connection:
        chart = registry.read_chart(connection)
        code = account_code(chart, account) if account else ""
        split = _Split(party_accounts(chart), party)
        opening = _openings(connection, code, year.first, split)
        rows = store.ledger_rows(connection, code, party, year)
    if not code or split.is_split(code):
        rows.sort(key=split.of)  # stable: within a section they stay in booking order
    found = {key: list(lines) for key, lines in groupby(rows, key=split.of)}
    keys = sorted(k for k in opening.keys() | found.keys() if opening.get(k) or found.get(k))
    if code and not keys:
        keys = [(code, party or "")]
    several = not code or len({k[0] for k in keys}) > 1
    by_party = party is None and any(split.is_split(k[0]) for k in keys)
    sheet = _Sheet()
    for held, who in keys:
        lead = (*((held, _title(chart, held)) if several else ()), *((who,) if by_party else ()))
        _detail_rows(sheet, lead, span, opening.get((held, who), 0), found.get((held, who), []))
    columns = (*(_account_columns() if several else ()), *(_party_column() if by_party else ()), *_columns())
    named = f"{code} {_title(chart, code)}" if code else ""
    subtitle = "  ".join(t for t in (str(span), named, party) if t)
    return sheet.table("detail-ledger", _("Detail ledger"), subtitle, columns, sheet.sums)


@dataclass(frozen=True, slots=True)
class _Split:
    """Which rows belong together. With a party told, only its rows are read and every account is split."""

    accounts: tuple[str, ...]
    party: str | None

    def is_split(self, account: str) -> bool:
        return self.party is not None or account.startswith(self.accounts)

    def of(self, row: Row) -> Section:
        return (row[0], row[1] if self.is_split(row[0]) else "")


def _openings(connection: Connection, code: str, first: Period, split: _Split) -> dict[Section, int]:
    """Signed fen of every section at the start of a month."""
    found: dict[Section, int] = {}
    for b in ledger.balances(connection, Span.of(first)):
        if b.account.startswith(code) and not split.is_split(b.account):
            found[b.account, ""] = b.opening_fen
    for kept in split.accounts if split.party is None else (code,):
        wanted = code if code.startswith(kept) else kept if kept.startswith(code) else ""
        if not wanted and split.party is None:
            continue
        sums = store.party_sums_before(connection, wanted, first)
        found |= {key: fen for key, fen in sums.items() if split.party in (None, key[1])}
    return found


def _detail_rows(sheet: _Sheet, lead: tuple[Cell, ...], span: Span, balance: int, lines: Rows) -> None:
    """Lines from the beginning of the year on; those before the span only count."""
    begun, year_of, year = False, "", [0, 0]
    for month, group in groupby(lines, key=lambda r: r[2][:7]):
        period = Period.parse(month)
        if month[:4] != year_of:
            year_of, year = month[:4], [0, 0]
        shown = period >= span.first
        if shown and not begun:
            sheet.add((*lead, *_opening_row(span, balance)))
            begun = True
        sums = [0, 0]
        for _account, _party, day, word, number, summary, debit, credit, voucher_id, _reverses in group:
            sums[0], sums[1] = sums[0] + debit, sums[1] + credit
            balance += debit - credit
            if shown:
                cells = (day, voucher_label(word, number), summary, debit or None, credit or None)
                sheet.add((*lead, *cells, direction(balance), abs(balance)), f"voucher:{voucher_id}")
        year = [year[0] + sums[0], year[1] + sums[1]]
        if shown:
            sheet.add_sum((*lead, *_sum_row(period, _("Total of the month"), sums, balance)))
            sheet.add_sum((*lead, *_sum_row(period, _("Total of the year"), year, balance)))
    if not begun:
        sheet.add((*lead, *_opening_row(span, balance)))


def _opening_row(span: Span, balance: int) -> tuple[Cell, ...]:
    day = span.first.first_day.isoformat()
    return (day, "", _("Brought forward"), None, None, direction(balance), abs(balance))


def _sum_row(period: Period, words: str, sums: Sequence[int], balance: int) -> tuple[Cell, ...]:
    debit, credit = sums
    return (period.last_day.isoformat(), "", words, debit, credit, direction(balance), abs(balance))


def _title(chart: Chart, code: str) -> str:
    account = chart.get(code)
    return account.title(i18n.language()) if account else code


def _account_columns() -> tuple[Column, ...]:
    return (Column("account", _("Account"), Shape.TEXT, 6), Column("name", _("Name"), Shape.TEXT, 10))


def _party_column() -> tuple[Column, ...]:
    return (Column("party", _("Other party"), Shape.TEXT, 12),)


def _columns() -> tuple[Column, ...]:
    return (
        Column("date", _("Date"), Shape.DAY, 9),
        Column("voucher", _("Voucher"), Shape.TEXT, 8),
        Column("summary", _("Summary"), Shape.TEXT, 24),
        Column("debit", _("Debit"), Shape.MONEY, 11),
        Column("credit", _("Credit"), Shape.MONEY, 11),
        Column("direction", _("Dr/Cr"), Shape.TEXT, 5),
        Column("balance", _("Balance"), Shape.MONEY, 11),
    )
