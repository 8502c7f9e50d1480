"""Every report over the whole life of the book, the first rows of every endless list, and the longest files."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from functools import partial
from itertools import islice

from tests.bench.clock import Figure, median, seconds
from tests.bench.setting import Setting
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.period import Period, Span
from villagebook.domain.table import Table
from villagebook.services import render, reports
from villagebook.services.book_file import books
from villagebook.services.book_file.books import Book

LIFE = Span(Period(2015, 1), Period(2024, 12))
MONTH = Span.of(Period(2024, 12))
FIRST = 200
LINKED = "household:H-0001"
BY_ACCOUNT = {"detail-ledger": ("", "113", "102"), "multi-column": ("", "501")}


def every_report(setting: Setting) -> Iterator[Figure]:
    """Lists without an end by their first rows and as a whole; everything else as a whole."""
    with books.open_book(setting.book) as book:
        for name in reports.NAMES:
            if name in reports.FLOWING or name in reports.OF_ENTRIES:
                continue
            for label, span in (("ten years", LIFE), ("month", MONTH)):
                yield from _report(book, name, label, span)
        for name in reports.FLOWING:
            if name not in reports.OF_ENTRIES:
                yield from _flowing(book, name, setting)


def _report(book: Book, name: str, label: str, span: Span) -> Iterator[Figure]:
    try:
        rows = len(reports.make(book, name, span).table.rows)
    except (KnownError, Refused):
        return  # wants something this book has not: a template, one of several bank accounts
    took = median(lambda: reports.make(book, name, span), 3)
    endless = name == reports.TWO_LINES and span is LIFE  # as long as the book, and proven as a whole
    if rows > 2 or took > 0.05:
        target = "" if endless else "under 0.5 s"
        yield Figure(
            f"{name}, {label}", took, 3, None, target, None if endless else took < 0.5, note=f"{rows:,} rows"
        )


def _flowing(book: Book, name: str, setting: Setting) -> Iterator[Figure]:
    for account in BY_ACCOUNT.get(name, ("",)):
        for label, span in (("ten years", LIFE), ("month", MONTH)):
            took = median(partial(_first, book, name, span, account), 5)
            shown = f"{name} {account}".strip()
            yield Figure(f"{shown}, {label}: first rows", took, 5, None, "under 0.1 s", took < 0.1)
    whole = reports.flowing(book, name, LIFE)
    if whole is not None:
        took = seconds(whole.whole)
        yield Figure(
            f"{name}, ten years: all rows",
            took,
            1,
            _plain_lines(setting),
            note="floor: every line of plain tables",
        )


def _first(book: Book, name: str, span: Span, account: str) -> int:
    found = reports.flowing(book, name, span, reports.Choice(account))
    return len(list(islice(found.rows, FIRST))) if found else 0


def _plain_lines(setting: Setting) -> float:
    raw = sqlite3.connect(setting.plain)
    try:
        return median(lambda: raw.execute("SELECT * FROM line").fetchall(), 3)
    finally:
        raw.close()


def entries(setting: Setting) -> Iterator[Figure]:
    """Balances by entry of a register, in a book where every line with another party names a household."""
    path = setting.folder / "linked.vbook"
    shutil.copyfile(setting.book, path)
    raw = sqlite3.connect(path)
    raw.execute("CREATE TEMP TABLE who AS SELECT party, 'H-' || printf('%04d', row_number() OVER (ORDER BY party)) AS code"
                " FROM (SELECT DISTINCT party FROM line WHERE party <> '')")  # fmt: skip
    raw.execute(
        "INSERT INTO line_link SELECT 'household', who.code, voucher_seq, no FROM line JOIN who USING (party)"
    )
    count = raw.execute("SELECT COUNT(*) FROM line_link").fetchone()[0]
    raw.execute("INSERT INTO link_target SELECT 'household', code, 1, party, 1 FROM who")
    raw.commit()
    raw.close()
    with books.open_book(path) as book:
        for name, choice in (
            ("aux-balances", reports.Choice()),
            ("aux-balances 113", reports.Choice("113", entry="household")),
            ("aux-ledger", reports.Choice(entry=LINKED)),
        ):
            report = name.split()[0]
            rows = len(reports.make(book, report, LIFE, choice).table.rows)
            took = median(partial(reports.make, book, report, LIFE, choice), 3)
            note = f"{rows:,} rows, {count:,} lines with an entry"
            yield Figure(f"{name}, ten years", took, 3, None, "under 0.5 s", took < 0.5, note=note)
    path.unlink()


def files(setting: Setting) -> Iterator[Figure]:
    """The longest list as a file; these may take their time, but say how far they are and can be stopped."""
    with books.open_book(setting.book) as book:
        table = reports.make(book, "detail-ledger", LIFE).table
        for form in ("csv", "xlsx", "pdf"):
            yield _file(table, form)


def _file(table: Table, form: str) -> Figure:
    told: list[int] = []
    made: list[bytes] = []
    took = seconds(lambda: made.append(render.render(table, form, "清水村", lambda n, _of: told.append(n))))
    note = f"{len(table.rows):,} rows, {len(made[0]):,} bytes, told {len(told):,} times"
    return Figure(f"detail ledger of ten years as {form}", took, 1, note=note)
