"""`restore BACKUP --as BOOK`: a book out of a backup."""

from __future__ import annotations

import argparse
from pathlib import Path

from villagebook.cli import output
from villagebook.i18n import _
from villagebook.services.book_file import backups


def words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("backup")
    parser.add_argument("--as", dest="target", required=True)
    output.offer_json(parser)


def run(told: argparse.Namespace) -> int:
    backups.restore(Path(told.backup), Path(told.target))
    text = _("Restored as {path}. Compare its head with the newest notice or receipt slip.")
    output.tell(told.format, text.format(path=told.target), book=str(told.target))
    return 0
