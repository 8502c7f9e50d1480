"""`audit-data BOOK --year Y --to DIR`: a year as XML for auditors' programs."""

from __future__ import annotations

import argparse
from pathlib import Path

from villagebook.cli import output, typed
from villagebook.i18n import _
from villagebook.services.book_file.books import open_book
from villagebook.services.handing_over import audit_data


def words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("book")
    parser.add_argument("--year", required=True)
    parser.add_argument("--to", required=True)
    output.offer_json(parser)


def run(told: argparse.Namespace) -> int:
    year = typed.year(told.year)
    with open_book(Path(told.book), read_only=True) as book:
        made = audit_data.write(book, year, Path(told.to))
    text = _("Written and read back: {path} ({n} vouchers).").format(path=made.path, n=made.vouchers)
    counts = {"vouchers": made.vouchers, "accounts": made.accounts}
    output.tell(told.format, text, file=str(made.path), sha256=made.sha256, **counts)
    return 0
