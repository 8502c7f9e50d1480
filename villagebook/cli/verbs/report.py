"""`report BOOK NAME`: a book or report as CSV, JSON, XLSX or PDF."""

from __future__ import annotations

import argparse
from pathlib import Path

from villagebook.cli import output, typed
from villagebook.domain.finding import Severity
from villagebook.domain.period import Period, Span
from villagebook.services import reports
from villagebook.services.book_file.books import Book, open_book
from villagebook.services.render import render


def words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("book")
    parser.add_argument("name", choices=sorted(reports.NAMES))
    parser.add_argument("--from", dest="first", default="")
    parser.add_argument("--to", dest="last", default="")
    parser.add_argument("--place", default="")
    parser.add_argument("--account", default="")
    parser.add_argument("--party")
    parser.add_argument("--template", default="")
    parser.add_argument("--columns", default="")
    parser.add_argument("--entry", default="")
    parser.add_argument("--depth", type=int, choices=range(5), default=0)
    parser.add_argument("--zeros", action="store_true")
    parser.add_argument("--movement", action="store_true")
    parser.add_argument("--kind", default="")
    parser.add_argument("--actor", default="")
    parser.add_argument("--text", default="")
    parser.add_argument("--format", choices=("csv", "json", "xlsx", "pdf"), default="csv")
    parser.add_argument("-o", "--output", default="")


def run(told: argparse.Namespace) -> int:
    with open_book(Path(told.book), read_only=True) as book:
        made = reports.make(book, told.name, _span(book, told.name, told.first, told.last), _choice(told))
        data = render(made.table, told.format, book.info.village)
    output.write_out(data, told.output)
    output.tell_refused(made.findings)
    return 1 if any(f.severity is not Severity.HINT for f in made.findings) else 0


def _choice(told: argparse.Namespace) -> reports.Choice:
    return reports.Choice(
        told.account,
        told.party,
        told.place,
        _layout(told.template),
        tuple(c.strip() for c in told.columns.split(",") if c.strip()),
        machine=told.format in ("csv", "json"),
        entry=told.entry,
        depth=told.depth,
        zeros=told.zeros,
        movement=told.movement,
        event=told.kind,
        actor=told.actor,
        text=told.text,
    )


def _layout(text: str) -> Path | str | None:
    """A file, or the key of a layout the book keeps."""
    if not text:
        return None
    return Path(text) if Path(text).suffix or Path(text).is_file() else text


def _span(book: Book, name: str, first: str, last: str) -> Span:
    """From the book's first month (statements: from January) to its newest booking when nothing is told."""
    start = max(typed.span(first).first, book.info.start) if first else book.info.start
    if last:
        end = typed.span(last).last
    elif first:
        end = typed.span(first).last
    else:
        end = reports.newest_month(book)
    if name in reports.YEARLY:
        return Span.year(end.year)
    if name in (*reports.STATEMENTS, reports.CHECKS):
        # a book that begins within the year knows the months before by its opening
        start = typed.span(first).first if first else Period(end.year, 1)
    if end < book.info.start:
        typed.check_reached(Span.of(end), book.info.start)
    return typed.from_to(start, end)
