"""`pack BOOK --year Y`: the year's papers in one PDF; `--board` the board so far."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from villagebook.cli import output
from villagebook.domain.errors import KnownError
from villagebook.i18n import _, ngettext
from villagebook.services import by
from villagebook.services.book_file.books import open_book
from villagebook.services.disclosure import year_pack


def words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("book")
    parser.add_argument("--year", required=True)
    parser.add_argument("--board", action="store_true")
    parser.add_argument("-o", "--output", default="")


def run(told: argparse.Namespace) -> int:
    """1 when a paper in it is a draft. Raises KnownError for a year the book does not reach."""
    with open_book(Path(told.book), read_only=True) as book:
        year = _year(told.year, book.info.start.year)
        make = year_pack.board if told.board else year_pack.pack
        made = make(book, year, by.today())
    output.write_out(made.pdf, told.output)
    if made.drafts:
        text = ngettext("{n} paper is a draft.", "{n} papers are drafts.", made.drafts)
        sys.stderr.write(text.format(n=made.drafts) + "\n")
    return 1 if made.drafts else 0


def _year(text: str, first: int) -> int:
    """Raises KnownError for what is no year, or one before the book or after today."""
    last = by.today().year
    if len(text) == 4 and text.isascii() and text.isdigit() and first <= int(text) <= last:
        return int(text)
    raise KnownError(
        _("“{text}” is not a year of this book.").format(text=text),
        _("It has the years {first} to {last}.").format(first=first, last=last),
    )
