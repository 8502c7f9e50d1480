"""`notice BOOK --period P`: a paper of the board, frozen or as the book stands, on paper or in another form."""

from __future__ import annotations

import argparse
from pathlib import Path

from villagebook.cli import board_paper, notice_forms, output, typed
from villagebook.services import by
from villagebook.services.book_file.books import open_book


def words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("book")
    parser.add_argument("--period", required=True)
    parser.add_argument("--draft", action="store_true")
    parser.add_argument("--paper", choices=("A3", "A4"), default="A3")
    parser.add_argument("--format", choices=("pdf", "json", "txt"), default="pdf")
    board_paper.words(parser)
    notice_forms.words(parser)
    parser.add_argument("-o", "--output", default="")


def run(told: argparse.Namespace) -> int:
    """1 for what keeps the paper off the board."""
    span = typed.span(told.period)
    with open_book(Path(told.book), read_only=True) as book:
        typed.check_reached(span, book.info.start)
        shown, found = board_paper.chosen(book, span, told, by.today())
        draft = bool(told.draft or found)
        data = b""
        if told.form:
            notice_forms.write(book, shown, told, draft=draft)
        else:
            data = board_paper.written(shown, told, draft=draft)
    if not told.form:
        output.write_out(data, told.output)
    if told.draft:
        found = tuple(f for f in found if f.id != "DIS-06")  # a draft is what it was asked to be
    output.tell_refused(found)
    return 1 if found else 0
