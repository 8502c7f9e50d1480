"""Looking for posted vouchers by any field: what fits, its rows page by page, and the neighbours of one."""

from __future__ import annotations

import contextlib
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

from villagebook.domain.account import Chart
from villagebook.domain.people import Person
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.domain.voucher import Origin, voucher_label
from villagebook.domain.voucher_query import By, Order, VoucherQuery
from villagebook.i18n import _
from villagebook.storage import ledger, registry
from villagebook.storage import voucher_search as store
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection


@dataclass(slots=True)
class Found:
    """Positions in the log of everything that fits, in the order that was wanted.

    Putting a hundred thousand vouchers in order takes longer than anybody waits for the first page: then only the first
    positions are here, and the rest is read when somebody goes there. How many they are is known from the start.
    """

    begin: array[int] = field(default_factory=lambda: array("q"))
    count: int = 0
    rest: Callable[[], array[int]] | None = None
    """Reads all positions; None when `begin` holds them."""

    def __len__(self) -> int:
        return self.count

    @property
    def positions(self) -> array[int]:
        """All of them."""
        read = self.rest
        if read is not None:
            self.begin = read()
            self.rest = None
        return self.begin

    def beginning(self) -> Found:
        """What is known of it without reading any more."""
        return Found(self.begin, len(self.begin))

    def part(self, start: int, count: int) -> array[int]:
        """So many from a place on, fewer at the end."""
        wanted = self.begin[start : start + count]
        return wanted if len(wanted) == count else self.positions[start : start + count]

    def place(self, position: int) -> int | None:
        """Where a position stands, None when it is not among them."""
        with contextlib.suppress(ValueError):
            return self.begin.index(position)  # the rest is not read for what stands at the beginning
        with contextlib.suppress(ValueError):
            return self.positions.index(position)
        return None


@dataclass(frozen=True, slots=True)
class Balance:
    """What an account holds: at the end of a day and now, in fen, positive in debit."""

    account: str
    on_day_fen: int
    now_fen: int


def search(book: Book, query: VoucherQuery, order: Order = Order()) -> Found:  # noqa: B008  # frozen
    """What fits, as the book is now."""
    with book.reading() as connection:
        named: list[frozenset[str]] = []
        if query.words:
            chart = registry.read_chart(connection)
            named = [_named(chart, word) for word in query.words]
        if query.entered_by and order.by is By.DAY and replace(query, entered_by="").is_plain:
            return _of_enterer(connection, book, query, order)
        if _is_long(connection, query, named, order):
            count, until = store.count(connection, query, named)
            if count > _AT_ONCE:
                begin = store.find(connection, query, named, order, _BEGIN)
                return Found(begin, count, partial(_all, book, replace(query, until=until), named, order))
        positions = store.find(connection, query, named, order)
        return Found(positions, len(positions))


def _of_enterer(connection: Connection, book: Book, query: VoucherQuery, order: Order) -> Found:
    """Who entered nearly everything is found at once, and who entered little is found whole."""
    begin = store.find(connection, query, (), order, _BEGIN)
    if len(begin) < _BEGIN:
        return Found(begin, len(begin))
    count, until = store.count(connection, query)
    return Found(begin, count, partial(_all, book, replace(query, until=until), (), order))


_AT_ONCE, _BEGIN = 5000, 400
"""Up to so many vouchers are put in order at once; of more only these are known at first."""


def _is_long(
    connection: Connection, query: VoucherQuery, named: Sequence[frozenset[str]], order: Order
) -> bool:
    """Whether to count first: a whole book in another order than its own, or a word that names a busy account."""
    if query.is_plain:
        return order.by is not By.DAY
    if len(named) != 1 or not named[0] or not replace(query, text="").is_plain:
        return False
    return store.has_lines(connection, named[0], 2 * _AT_ONCE)


def _all(book: Book, query: VoucherQuery, named: Sequence[frozenset[str]], order: Order) -> array[int]:
    """What is posted meanwhile is beyond `query.until`; the accounts a word named are those of the search."""
    with book.reading() as connection:
        return store.find(connection, query, named, order)


def _named(chart: Chart, word: str) -> frozenset[str]:
    """Accounts whose code begins with the word (three digits at least), or whose name, or that of one above, holds it."""
    wanted = word.lower()
    is_code = word.isdigit() and len(word) >= 3

    def fits(code: str) -> bool:
        account = chart.get(code)
        while account is not None:
            if wanted in account.name.lower() or wanted in account.name_en.lower():
                return True
            account = chart.get(account.parent) if account.parent else None
        return False

    return frozenset(a.code for a in chart if (is_code and a.code.startswith(word)) or fits(a.code))


def columns() -> tuple[Column, ...]:
    return (
        Column(By.DAY, _("Date"), Shape.DAY, 9),
        Column(By.LABEL, _("Voucher"), Shape.TEXT, 13),
        Column(By.SUMMARY, _("Summary"), Shape.TEXT, 24),
        Column(By.AMOUNT, _("Amount"), Shape.MONEY, 12),
    )


def order_of(column: int, descending: bool) -> Order:
    """By one of `columns()`; -1 is the newest first."""
    return Order(By(columns()[column].key), descending) if column >= 0 else Order()


def page(
    book: Book, found: Found, after: int | None, limit: int
) -> list[tuple[int, tuple[tuple[Cell, ...], str]]]:
    """(place in the result, (cells, target)) from the place after `after` on; None is the beginning."""
    start = 0 if after is None else after + 1
    wanted = found.part(start, limit)
    with book.reading() as connection:
        rows = {row[0]: row for row in store.rows(connection, wanted)}
    blank: tuple[tuple[Cell, ...], str] = (("", "", "", None), "")
    return [(start + at, _cells(rows[seq]) if seq in rows else blank) for at, seq in enumerate(wanted)]


def _cells(row: tuple[Any, ...]) -> tuple[tuple[Cell, ...], str]:
    """Columns of the store's `rows`; what became of a voucher stands behind its number."""
    _seq, voucher_id, day, word, number, summary, party, total, *_rest = row
    label = " ".join([voucher_label(word, number), *_states(row)])
    words = f"{summary} · {party}" if party and party not in summary else summary
    return (day, label, words, total), f"voucher:{voucher_id}"


def _states(row: tuple[Any, ...]) -> list[str]:
    """What became of a voucher, and whether a second person has still to check it."""
    red, undone, unchecked = row[-3:]
    fate = [_("red")] if red else [_("undone")] if undone else []
    return [*fate, *([_("unchecked")] if unchecked else [])]


def table(book: Book, found: Found, words: str = "", tell: Callable[[int], object] | None = None) -> Table:
    """The whole result as a list to print or to take to a spreadsheet; `words` say what was looked for.

    `tell` hears how many rows there are, and may raise to stop.
    """
    rows: list[tuple[Cell, ...]] = []
    targets: list[str] = []
    for at in range(0, len(found), _PIECE):
        if tell is not None:
            tell(at)
        with book.reading() as connection:
            for row in store.rows(connection, found.part(at, _PIECE)):
                _seq, voucher_id, day, word, number, summary, party, total, papers, origin, *_rest = row
                taken = [_("taken over")] if origin == Origin.IMPORT else []
                fate = " ".join([*_states(row), *taken])
                rows.append((day, voucher_label(word, number), summary, party, total, papers, fate))
                targets.append(f"voucher:{voucher_id}")
    made = (
        Column("date", _("Date"), Shape.DAY, 9),
        Column("voucher", _("Voucher"), Shape.TEXT, 8),
        Column("summary", _("Summary"), Shape.TEXT, 26),
        Column("party", _("Other party"), Shape.TEXT, 14),
        Column("amount", _("Amount"), Shape.MONEY, 12),
        Column("papers", _("Papers"), Shape.COUNT, 6),
        Column("state", _("State"), Shape.TEXT, 8),
    )
    return Table("vouchers", _("Vouchers"), words, made, tuple(rows), 0, tuple(targets))


_PIECE = 500
"""Rows read together."""


def ids(book: Book, found: Found, places: Sequence[int]) -> tuple[str, ...]:
    """Voucher ids at these places of the result, in order."""
    positions = found.positions
    wanted = [positions[p] for p in places]
    made: list[str] = []
    with book.reading() as connection:
        for at in range(0, len(wanted), 500):
            made += [row[1] for row in store.rows(connection, wanted[at : at + 500])]
    return tuple(made)


def place_of(book: Book, found: Found, voucher_id: str) -> int | None:
    """Where a voucher stands in the result, None when it is not in it."""
    with book.reading() as connection:
        seq = store.position_of(connection, voucher_id)
    return None if seq is None else found.place(seq)


def words(book: Book) -> tuple[str, ...]:
    """Voucher words there are."""
    with book.reading() as connection:
        return store.words(connection)


def signers(book: Book) -> tuple[Person, ...]:
    """Everybody who may have signed."""
    with book.reading() as connection:
        return tuple(registry.read_staff(connection).persons.values())


def enterers(book: Book) -> tuple[str, ...]:
    """Everybody who entered a voucher, by name."""
    with book.reading() as connection:
        return store.enterers(connection)


def balance(book: Book, account: str, day: date) -> Balance:
    """Of one account with everything under it."""
    with book.reading() as connection:
        return Balance(
            account,
            ledger.account_balance(connection, account, day),
            ledger.account_balance(connection, account, date.max),
        )
