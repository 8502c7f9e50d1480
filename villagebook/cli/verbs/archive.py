"""`archive BOOK --year Y --to DIR`: the archive of a year."""

from __future__ import annotations

import argparse
from pathlib import Path

from villagebook.cli import output, typed
from villagebook.i18n import _
from villagebook.services.book_file.books import open_book
from villagebook.services.handing_over import archive


def words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("book")
    parser.add_argument("--year", required=True)
    parser.add_argument("--to", required=True)
    parser.add_argument("--no-scans", action="store_true")
    output.offer_json(parser)


def run(told: argparse.Namespace) -> int:
    """1 when the archive was written but is not final."""
    year = typed.year(told.year)
    with open_book(Path(told.book), read_only=True) as book:
        made = archive.write(
            book, year, Path(told.to), scans=not told.no_scans, progress=output.tell_progress
        )
    text = _("Written and read back: {path} ({n} files).").format(path=made.path, n=made.files)
    output.tell(told.format, text, archive=str(made.path), sha256=made.sha256, files=made.files)
    output.tell_refused(made.findings)
    return 1 if made.findings else 0
