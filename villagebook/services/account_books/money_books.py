"""Cash and bank journals (日记账): a running balance, the sums of each day, month and year; and the journal of all vouchers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Any

from villagebook import i18n
from villagebook.domain.account import BANK, CASH
from villagebook.domain.errors import KnownError
from villagebook.domain.flowing import Flowing, FlowRow
from villagebook.domain.period import Period, Span
from villagebook.domain.place import Places
from villagebook.domain.table import Carried, Cell, Column, RowKind, Shape, Table
from villagebook.domain.voucher import voucher_label
from villagebook.i18n import _
from villagebook.services.account_books.ledger_rows import chunks, opening_words, whole_years
from villagebook.services.names import origin_words
from villagebook.storage import ledger, registry, voucher_lines
from villagebook.storage.book import Book

Row = tuple[Any, ...]


def cash_book(book: Book, span: Span, place: str = "") -> Table:
    """Cash by day with a running balance (现金日记账)."""
    return cash_flow(book, span, place).whole()


def bank_book(book: Book, span: Span, place: str = "") -> Table:
    """Bank deposits by day with a running balance (银行存款日记账)."""
    return bank_flow(book, span, place).whole()


def journal(book: Book, span: Span) -> Table:
    """Every line of every voucher, in booking order."""
    return journal_flow(book, span).whole()


def cash_flow(book: Book, span: Span, place: str = "") -> Flowing:
    """The cash book while it is read."""
    return _money_flow(book, span, CASH, "cash-book", _("Cash book"), place)


def bank_flow(book: Book, span: Span, place: str = "") -> Flowing:
    """The bank book while it is read."""
    return _money_flow(book, span, BANK, "bank-book", _("Bank book"), place)


def _money_flow(book: Book, span: Span, account: str, name: str, title: str, place: str) -> Flowing:
    with book.reading() as connection:
        places = registry.read_places(connection)
        _check_place(places, place, account)
        before = ledger.place_balances_before(connection, span.first)
        early = ledger.place_moves_in(connection, account, place, whole_years(span).first, span.first)
    opening_fen = sum(
        fen for (code, where), fen in before.items() if code.startswith(account) and place in ("", where)
    )
    columns = (
        Column("date", _("Date"), Shape.DAY, 9),
        Column("voucher", _("Voucher"), Shape.TEXT, 8),
        Column("summary", _("Summary"), Shape.TEXT, 24),
        Column("party", _("Other party"), Shape.TEXT, 14),
        Column("place", _("Money place"), Shape.TEXT, 10),
        Column("receipts", _("In"), Shape.MONEY, 11),
        Column("payments", _("Out"), Shape.MONEY, 11),
        Column("balance", _("Balance"), Shape.MONEY, 11),
    )
    shown = places.get(place)
    subtitle = f"{span}  {shown.name}" if shown else str(span)
    head = Table(name, title, subtitle, columns, (), carried=Carried((2, 5, 6, 7), None, 0))
    words = opening_words(span, book.info.start)
    lines = _lines(book, span, account, place)
    return Flowing(head, _money_rows(span, words, opening_fen, early, places, lines))


def _check_place(places: Places, code: str, account: str) -> None:
    """Raises KnownError for a place this book is not of: an empty book would say that it holds nothing."""
    fits = [p for p in places.all() if p.account.startswith(account)]
    if code and code not in {p.code for p in fits}:
        raise KnownError(
            _("There is no money place {code} in this book.").format(code=code),
            _("It has: {places}.").format(places=", ".join(p.code for p in fits) or "–"),
        )


def _lines(book: Book, span: Span, account: str, place: str) -> Iterator[Row]:
    """A few months at a time; nothing is held open between two reads."""
    for part in chunks(span):
        with book.reading() as connection:
            rows = voucher_lines.account_rows(connection, account, part, place)
        yield from rows


def _money_rows(
    span: Span,
    words: str,
    balance: int,
    year: tuple[int, int],
    places: Places,
    lines: Iterable[Row],
) -> Iterator[FlowRow]:
    """Day by day; a day with one entry needs no sum, its balance stands beside it."""
    names = {p.code: p.name for p in places.all()}
    day_text = span.first.first_day.isoformat()
    yield (day_text, "", words, "", "", None, None, balance), "", RowKind.HEAD
    into, out = 0, 0
    year_of, year_in, year_out = span.first.year, *year
    for month, of_month in groupby(lines, key=lambda r: r[0][:7]):
        period = Period.parse(month)
        if period.year != year_of:
            yield _words_only(date(year_of, 12, 31), _("Carried to next year"), balance)
            yield _words_only(date(period.year, 1, 1), _("Brought forward from last year"), balance)
            year_of, year_in, year_out = period.year, 0, 0
        month_in = month_out = 0
        for day_text, of_day in groupby(of_month, key=lambda r: r[0]):
            day_in = day_out = count = 0
            for _day, word, number, summary, party, debit, credit, where, ident in of_day:
                balance += debit - credit
                day_in, day_out, count = day_in + debit, day_out + credit, count + 1
                yield (
                    (
                        day_text,
                        voucher_label(word, number),
                        summary,
                        party,
                        names.get(where, where),
                        debit or None,
                        credit or None,
                        balance,
                    ),
                    f"voucher:{ident}",
                    0,
                )
            if count > 1:
                yield _sum(day_text, _("Total of the day"), day_in, day_out, balance)
            month_in, month_out = month_in + day_in, month_out + day_out
        year_in, year_out = year_in + month_in, year_out + month_out
        into, out = into + month_in, out + month_out
        end = period.last_day.isoformat()
        yield _sum(end, _("Total of the month"), month_in, month_out, balance, RowKind.PERIOD)
        yield _sum(end, _("Total of the year"), year_in, year_out, balance)
    if balance and span.last.month == 12:
        yield _words_only(span.last.last_day, _("Carried to next year"), balance)
    yield _sum("", _("Total and balance"), into, out, balance, RowKind.TOTAL)


def _sum(day: str, words: str, into: int, out: int, balance: int, kind: RowKind = RowKind.SUM) -> FlowRow:
    return (day, "", words, "", "", into, out, balance), "", kind


def _words_only(day: date, words: str, balance: int) -> FlowRow:
    return (day.isoformat(), "", words, "", "", None, None, balance), "", RowKind.SUM


def journal_flow(book: Book, span: Span) -> Flowing:
    """The journal while it is read."""
    columns = (
        Column("date", _("Date"), Shape.DAY, 9),
        Column("word", _("Word"), Shape.TEXT, 4),
        Column("number", _("Number"), Shape.COUNT, 5),
        Column("line", _("Line"), Shape.COUNT, 4),
        Column("summary", _("Summary"), Shape.TEXT, 22),
        Column("account", _("Account"), Shape.TEXT, 7),
        Column("name", _("Name"), Shape.TEXT, 12),
        Column("debit", _("Debit"), Shape.MONEY, 10),
        Column("credit", _("Credit"), Shape.MONEY, 10),
        Column("party", _("Other party"), Shape.TEXT, 12),
        Column("origin", _("Origin"), Shape.TEXT, 7, origin_words()),
    )
    with book.reading() as connection:
        chart = registry.read_chart(connection)
    names: dict[str, Cell] = {a.code: a.title(i18n.language()) for a in chart}

    def rows() -> Iterator[FlowRow]:
        for part in chunks(span):
            with book.reading() as connection:
                found = voucher_lines.journal_rows(connection, part)
            for r in found:
                yield (*r[:6], names.get(r[5], r[5]), *r[6:10]), f"voucher:{r[10]}", 0

    return Flowing(Table("journal", _("Journal"), str(span), columns, ()), rows())
