"""`voucher BOOK --period P`: vouchers as they are bound."""

from __future__ import annotations

import argparse
from pathlib import Path

from villagebook.cli import output, typed
from villagebook.domain.errors import KnownError
from villagebook.i18n import _
from villagebook.services.book_file.books import open_book
from villagebook.services.vouchers import voucher_sheets


def words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("book")
    parser.add_argument("--period", required=True)
    parser.add_argument("--word", default="")
    parser.add_argument("--paper", choices=voucher_sheets.PAPERS, default=voucher_sheets.PAPERS[0])
    parser.add_argument("--cover", action="store_true")
    parser.add_argument("-o", "--output", default="")


def run(told: argparse.Namespace) -> int:
    """All vouchers of a span in the order in which they are bound; 1 when a character could not be printed."""
    span = typed.span(told.period)
    with open_book(Path(told.book), read_only=True) as book:
        typed.check_reached(span, book.info.start)
        made = voucher_sheets.sheets_of(book, span, told.word)
    if not made:
        raise KnownError(
            _("No voucher was posted in {period}.").format(period=span),
            _("Choose another period, or leave out --word.") if told.word else _("Choose another period."),
        )
    found = voucher_sheets.print_findings(made)
    output.write_out(voucher_sheets.pdf(made, told.paper, with_covers=told.cover), told.output)
    output.tell_refused(found)
    return 1 if found else 0
