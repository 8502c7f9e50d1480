"""What leaves for reading elsewhere: `archive BOOK --year Y --to DIR`, `audit-data BOOK --year Y --to DIR`."""

from __future__ import annotations

import argparse
import json
from contextlib import closing as closed_after
from pathlib import Path

from villagebook.cli import output
from villagebook.domain.errors import KnownError
from villagebook.i18n import _
from villagebook.services.book_file.books import open_book


def declare(p: argparse.ArgumentParser) -> None:
    p.add_argument("book")
    p.add_argument("--year", required=True)
    p.add_argument("--to", required=True)
    p.add_argument("--no-scans", action="store_true")
    p.add_argument("--format", choices=("text", "json"), default="text")


def _year(text: str) -> int:
    """Raises KnownError for what is no year."""
    if len(text) == 4 and text.isascii() and text.isdigit():
        return int(text)
    raise KnownError(
        _("“{text}” is not a year.").format(text=text), _("A year is four figures, such as 2025.")
    )


def run(told: argparse.Namespace) -> int:
    """1 when the archive was written but is not final."""
    from villagebook.services.handing_over import archive

    year = _year(told.year)
    with closed_after(open_book(Path(told.book), read_only=True)) as book:
        made = archive.write(
            book, year, Path(told.to), scans=not told.no_scans, progress=output.tell_progress
        )
    if told.format == "json":
        output.say(
            json.dumps(
                {"archive": str(made.path), "sha256": made.sha256, "files": made.files}, ensure_ascii=False
            )
        )
    else:
        output.say(_("Written and read back: {path} ({n} files).").format(path=made.path, n=made.files))
    output.tell_refused(made.findings)
    return 1 if made.findings else 0


def declare_audit(p: argparse.ArgumentParser) -> None:
    p.add_argument("book")
    p.add_argument("--year", required=True)
    p.add_argument("--to", required=True)
    p.add_argument("--format", choices=("text", "json"), default="text")


def audit(told: argparse.Namespace) -> int:
    """The year as XML for auditors' programs."""
    from villagebook.services.handing_over import audit_data

    year = _year(told.year)
    with closed_after(open_book(Path(told.book), read_only=True)) as book:
        made = audit_data.write(book, year, Path(told.to))
    if told.format == "json":
        counts = {"vouchers": made.vouchers, "accounts": made.accounts}
        output.say(json.dumps({"file": str(made.path), "sha256": made.sha256, **counts}, ensure_ascii=False))
    else:
        output.say(_("Written and read back: {path} ({n} vouchers).").format(path=made.path, n=made.vouchers))
    return 0
