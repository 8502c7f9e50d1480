"""`convert OLD --worksheet FILE`: a book of the 2004 chart becomes the opening of a new one."""

from __future__ import annotations

import argparse
from pathlib import Path

from villagebook.cli import output
from villagebook.domain.errors import KnownError
from villagebook.domain.finding import Severity
from villagebook.i18n import _
from villagebook.services import by
from villagebook.services.book_file.books import open_book
from villagebook.services.bringing_in import conversion


def words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old")
    parser.add_argument("--worksheet", required=True)
    parser.add_argument("--into", default="")
    parser.add_argument("--dry-run", action="store_true")


def run(told: argparse.Namespace) -> int:
    """Write the worksheet, check it, or make it the opening of a book: by what is there already."""
    old = conversion.read_old(Path(told.old))
    path = Path(told.worksheet)
    if not path.exists():
        if told.into:
            raise KnownError(
                _("There is no file {path}.").format(path=path), _("Write it first: leave --into out.")
            )
        worksheet = conversion.write_worksheet(old, path)
        output.say(_("Written: {path}. Fill in what is open, then convert again.").format(path=path))
    else:
        worksheet = conversion.read_filled(old, path)
    if not told.into:
        found = (*old.findings, *conversion.check_alone(worksheet))
        output.tell_refused(found)
        return 1 if any(f.severity is not Severity.HINT for f in found) else 0
    with open_book(Path(told.into)) as book:
        made = conversion.confirm(book, old, worksheet, dry_run=told.dry_run, by=by.now("cli"))
    return output.tell_taken(made.vouchers, made.findings, "text", dry_run=told.dry_run)
