"""The words of the command line about printed vouchers: `voucher BOOK --period P`."""

from __future__ import annotations

import argparse

from villagebook.cli import output
from villagebook.domain.errors import KnownError
from villagebook.domain.period import Span
from villagebook.i18n import _
from villagebook.services.book_file.books import Book
from villagebook.services.vouchers import voucher_sheets


def words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("book")
    parser.add_argument("--period", required=True)
    parser.add_argument("--word", default="")
    parser.add_argument("--paper", choices=voucher_sheets.PAPERS, default=voucher_sheets.PAPERS[0])
    parser.add_argument("--cover", action="store_true")
    parser.add_argument("-o", "--output", default="")


def write(book: Book, span: Span, told: argparse.Namespace) -> int:
    """All vouchers of a span in the order in which they are bound; 1 when a character could not be printed."""
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
