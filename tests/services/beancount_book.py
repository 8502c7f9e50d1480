"""A book written for beancount, an independent ledger: what it adds up is held against our trial balance."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from beancount.core import data, realization
from beancount.loader import load_string

from villagebook.domain.account import Category, Chart
from villagebook.domain.period import Period, Span
from villagebook.domain.voucher import Voucher
from villagebook.services.book_file import books
from villagebook.services.book_file.books import Book
from villagebook.storage import posted_vouchers
from villagebook.storage import statements as store

_ROOTS = {
    Category.ASSET: "Assets",
    Category.LIABILITY: "Liabilities",
    Category.EQUITY: "Equity",
    Category.COST: "Expenses",
    Category.RESULT: "Income",
}


def name_of(chart: Chart, code: str) -> str:
    """Sub-accounts hang under their account, as beancount wants them."""
    parts: list[str] = []
    at = code
    while at:
        parts.append(f"A{at.replace('.', '-')}")
        account = chart.get(at)
        at = account.parent if account else ""
    account = chart.get(code)
    root = (
        "Expenses"
        if account and account.is_expense
        else _ROOTS[account.category if account else Category.ASSET]
    )
    top = chart.get(parts[-1][1:])
    if top is not None and not (account and account.is_expense):
        root = _ROOTS[top.category]
    return ":".join((root, *reversed(parts)))


def text_of(
    chart: Chart, begun: date, opening: Iterable[tuple[str, int]], vouchers: Iterable[Voucher]
) -> str:
    """Openings as one balanced transaction on the day before the book begins, every voucher as one more."""
    before = begun - timedelta(days=1)
    lines = [f'{before} open {name_of(chart, a.code)} CNY "NONE"' for a in chart]
    postings = [f"  {name_of(chart, code)}  {Decimal(fen) / 100:.2f} CNY" for code, fen in opening]
    if postings:
        lines += [f'{before} * "opening"', *postings]
    for v in vouchers:
        lines.append(f'{v.booked_on} * "{v.label}"')
        lines += [
            f"  {name_of(chart, x.account)}  {Decimal(x.debit_fen - x.credit_fen) / 100:.2f} CNY"
            for x in v.lines
        ]
    return "\n".join(lines) + "\n"


def balances_of(book: Book, until: Period) -> dict[str, int]:
    """Account -> signed fen at the end of a month as beancount adds it up; accounts without anything are left out.

    Raises AssertionError with what beancount says when it finds the entries not in order.
    """
    chart = books.chart(book)
    with book.reading() as connection:
        opening: dict[str, int] = {}
        for account, _party, fen in store.opening_of(connection, ""):
            opening[account] = opening.get(account, 0) + fen
        vouchers = posted_vouchers.vouchers(connection, Span(book.info.start, until))
    text = text_of(chart, book.info.start.first_day, opening.items(), vouchers)
    entries, errors, _options = load_string(text)
    assert errors == [], [e.message for e in errors]
    assert len([e for e in entries if isinstance(e, data.Transaction)]) == len(vouchers) + bool(opening)
    root = realization.realize(entries)
    found = {}
    for account in chart:
        real = realization.get(root, name_of(chart, account.code))
        amount = real.balance.get_currency_units("CNY").number if real is not None else None
        if amount:
            found[account.code] = int(amount * 100)
    return found
