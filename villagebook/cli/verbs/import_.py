"""`import BOOK FILE`: history, statements of the bank, registers, lists of payees, files of other programs."""

from __future__ import annotations

import argparse
from pathlib import Path

from villagebook.cli import bank_statement, output, register_files
from villagebook.services import by
from villagebook.services.book_file.books import Book, open_book
from villagebook.services.book_file.opening import Imported
from villagebook.services.bringing_in import bring_in, foreign_mappings
from villagebook.services.vouchers.imports import import_file

LAYOUTS = ("vouchers", "cashbook", "opening")
"""Layouts of the program's own for history."""


def words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("book")
    parser.add_argument("file")
    parser.add_argument("--layout", default="")
    parser.add_argument("--place", "--account", default="")
    parser.add_argument("--sheet", default="")
    register_files.list_words(parser)
    parser.add_argument("--dry-run", action="store_true")
    output.offer_json(parser)


def run(told: argparse.Namespace) -> int:
    with open_book(Path(told.book)) as book:
        if told.layout == bank_statement.LAYOUT:
            return bank_statement.take_in(book, told)
        entered = register_files.take_in(book, told)
        if entered is not None:
            return entered
        made = _foreign(book, told) or import_file(
            book, Path(told.file), layout=told.layout, dry_run=told.dry_run, by=by.now("cli")
        )
    return output.tell_taken(
        made.vouchers, made.findings, told.format, dry_run=told.dry_run, vouchers=made.vouchers
    )


def _foreign(book: Book, told: argparse.Namespace) -> Imported | None:
    """Take the file in by a saved layout or one in a file; None when the program's own layouts are meant."""
    path = Path(told.file)
    if told.layout in LAYOUTS:
        return None
    mapping = foreign_mappings.find(book, told.layout) if told.layout else None
    if mapping is None and not bring_in.is_known(book, path):
        return None
    return bring_in.take_in(
        book, path, mapping, dry_run=told.dry_run, by=by.now("cli"), progress=output.tell_progress
    )
