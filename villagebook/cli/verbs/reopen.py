"""`reopen BOOK --period P --reason WORDS`: a closed month is opened again."""

from __future__ import annotations

import argparse
from pathlib import Path

from villagebook.cli import output, typed
from villagebook.domain.errors import KnownError
from villagebook.i18n import _
from villagebook.services import by
from villagebook.services.book_file.books import open_book
from villagebook.services.period_end import closing


def words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("book")
    parser.add_argument("--period", required=True)
    parser.add_argument("--reason", required=True)
    output.offer_json(parser)


def run(told: argparse.Namespace) -> int:
    span = typed.span(told.period)
    if span.first != span.last:
        raise KnownError(_("Reopen one month at a time."), _("Begin with the newest."))
    with open_book(Path(told.book)) as book:
        closing.reopen(book, span.first, told.reason, by.now("cli"))
    text = _("{period} is open again; the reason stays in the book.").format(period=span)
    output.tell(told.format, text, opened=str(span))
    return 0
