"""`export BOOK --to DIR`: a package for the township."""

from __future__ import annotations

import argparse
from pathlib import Path

from villagebook.cli import output
from villagebook.domain.errors import KnownError
from villagebook.i18n import _
from villagebook.services import by
from villagebook.services.book_file.books import open_book
from villagebook.services.handing_over import handover


def words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("book")
    parser.add_argument("--to", required=True)
    output.offer_json(parser)


def run(told: argparse.Namespace) -> int:
    folder = Path(told.to)
    if not folder.is_dir():
        raise KnownError(_("There is no folder {path}.").format(path=folder), _("Plug in the stick."))
    with open_book(Path(told.book)) as book:
        made = handover.export(book, folder, by.now("cli"))
    text = _("Written, read back and verified: {path} ({n} entries, head {head}).")
    output.tell(
        told.format,
        text.format(path=made.path, n=made.entries, head=made.head.short),
        package=str(made.path),
        sha256=made.sha256,
        entries=made.entries,
    )
    return 0
