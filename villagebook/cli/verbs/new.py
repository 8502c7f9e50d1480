"""`new BOOK`: a book is made."""

from __future__ import annotations

import argparse
from pathlib import Path

from villagebook.cli import output, typed
from villagebook.domain.place import LineMode
from villagebook.i18n import _
from villagebook.services import by
from villagebook.services.book_file.new_book import NewBook, create_book


def words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("book")
    parser.add_argument("--village", required=True)
    parser.add_argument("--code", required=True)
    parser.add_argument("--start", required=True)
    parser.add_argument("--mode", choices=[m.value for m in LineMode], default=LineMode.AGENCY.value)
    parser.add_argument("--opening", default="")
    parser.add_argument("--policy", default="")
    parser.add_argument("--fingerprint", default="")
    output.offer_json(parser)


def run(told: argparse.Namespace) -> int:
    new = NewBook(
        village=told.village,
        code=told.code,
        start=typed.span(told.start).first,
        mode=LineMode(told.mode),
        opening=Path(told.opening) if told.opening else None,
        policy=Path(told.policy) if told.policy else None,
        fingerprint=told.fingerprint,
    )
    with create_book(Path(told.book), new, by.now("cli")) as book:
        text = _("Made {path} for {village}.").format(path=book.path, village=book.info.village)
        output.tell(told.format, text, book=str(book.path), village=book.info.village, code=book.info.code)
    return 0
