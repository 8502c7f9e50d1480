"""What a person waits for in an open book: reports, lists, the home page, the form while it is typed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from tests.bench import village
from tests.bench.clock import Figure, median, process, seconds, side_by_side
from tests.bench.setting import Setting
from villagebook.domain.finding import Finding
from villagebook.domain.period import Period, Span
from villagebook.domain.voucher_query import VoucherQuery
from villagebook.services import home
from villagebook.services.account_books import ledgers
from villagebook.services.book_file import books
from villagebook.services.period_end import checking
from villagebook.services.vouchers import documents, voucher_search
from villagebook.storage import check, log
from villagebook.storage.engine import Connection, scratch_engine
from villagebook.storage.schema import projection_statements

MONTH = Span.of(Period(2024, 12))


def trial_balance(setting: Setting) -> Iterator[Figure]:
    """In the open book and as a process; the floor reads the month totals of the plainest tables."""
    raw = sqlite3.connect(setting.plain)
    sql = (
        "SELECT account, SUM(CASE WHEN period < ?1 THEN debit_fen - credit_fen ELSE 0 END), SUM(CASE WHEN period = ?1"
        " THEN debit_fen ELSE 0 END), SUM(CASE WHEN period = ?1 THEN credit_fen ELSE 0 END)"
        " FROM month_total WHERE period <= ?1 GROUP BY account"
    )
    with books.open_book(setting.book) as book:
        ours, floor = side_by_side(
            lambda: ledgers.trial_balance(book, MONTH), lambda: raw.execute(sql, (202412,)).fetchall(), 31
        )
    raw.close()
    yield Figure("trial balance, open book", ours, 31, floor, "under 5 ms", ours < 0.005)
    command = ("-m", "villagebook", "report", str(setting.book), "trial-balance", "--from", "2024-12")
    ours, floor = side_by_side(
        lambda: process(*command, "--to", "2024-12", "--format", "csv"),
        lambda: process(code="import sqlalchemy"),
        7,
    )
    note = "floor: a Python that imports SQLAlchemy"
    yield Figure("trial balance, whole process", ours, 7, floor, "under 0.5 s", ours < 0.5, note=note)


def screens(setting: Setting) -> Iterator[Figure]:
    """Everything that fills a page."""
    opened = median(lambda: books.open_book(setting.book).close(), 15)
    yield Figure("open the book", opened, 15)
    with books.open_book(setting.book) as book:
        village.know(book)
        document = village.payment()
        everything = voucher_search.search(book, VoucherQuery())
        works = (
            (
                "first page of the voucher list",
                lambda: voucher_search.page(book, voucher_search.search(book, VoucherQuery()), None, 100),
                0.005,
                "5 ms",
            ),
            (
                "a page in the middle",
                lambda: voucher_search.page(book, everything, len(everything) // 2, 100),
                0.005,
                "5 ms",
            ),
            ("journal of a month", lambda: ledgers.journal(book, MONTH), None, ""),
            ("cash book of a year", lambda: ledgers.cash_book(book, Span.parse("2024")), None, ""),
            ("search in all summaries", lambda: voucher_search.search(book, VoucherQuery("茶叶")), None, ""),
            ("home page", lambda: home.home(book, village.TODAY), 0.05, "50 ms"),
            (
                "preview at a keystroke",
                lambda: documents.preview(book, document, village.TODAY),
                0.02,
                "20 ms",
            ),
        )
        for name, work, limit, target in works:
            took = median(work, 11)
            yield Figure(name, took, 11, None, target, None if limit is None else took < limit)


def rebuild(setting: Setting) -> Iterator[Figure]:
    """Every official row again from the log, and the whole check."""
    with books.open_book(setting.book) as book, book.snapshot() as connection:
        head = log.head_of(connection)
        took = median(lambda: _replay(connection), 3)
        reading = median(lambda: sum(len(e) for _s, _k, e, _h in log.entries(connection)), 3)
        rate = head.seq / took
        note = f"floor: reading the log; {head.seq:,} events"
        yield Figure("rebuild from the log", took, 3, reading, "20,000 events/s", rate >= 20_000, note=note)
        yield Figure("rebuild from the log", rate, 3, unit="/s")
        yield Figure("chain of the log", median(lambda: list(check._chain_faults(connection)), 3), 3, reading)
        found: list[Finding] = []
        took = seconds(lambda: found.extend(checking.check_book(book)))
        yield Figure("check, everything", took, 1, note=f"{len(found)} findings")


def _replay(connection: Connection) -> None:
    engine = scratch_engine(projection_statements())
    with engine.connect() as scratch:
        log.replay((entry for _s, _k, entry, _h in log.entries(connection)), scratch)
    engine.dispose()
