"""`backup BOOK --to FILE`: a copy of the book, opened again and checked."""

from __future__ import annotations

import argparse
from pathlib import Path

from villagebook.cli import output
from villagebook.i18n import _
from villagebook.services import by
from villagebook.services.book_file.backups import back_up
from villagebook.services.book_file.books import open_book


def words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("book")
    parser.add_argument("--to", required=True)
    output.offer_json(parser)


def run(told: argparse.Namespace) -> int:
    with open_book(Path(told.book), read_only=True) as book:
        path = back_up(book, Path(told.to), by.now("cli"))
    output.tell(
        told.format, _("Copied, opened again and checked: {path}").format(path=path), backup=str(path)
    )
    return 0
