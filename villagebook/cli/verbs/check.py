"""`check PATH`: a book or a package is checked whole."""

from __future__ import annotations

import argparse
from pathlib import Path

from villagebook.cli import output
from villagebook.domain.errors import KnownError
from villagebook.i18n import _
from villagebook.services.period_end.checking import check_path
from villagebook.services.rulebook import RULESET


def words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path")
    output.offer_json(parser)


def run(told: argparse.Namespace) -> int:
    path = Path(told.path)
    if not path.is_file():
        raise KnownError(_("There is no file {path}.").format(path=path))
    return output.tell_findings(check_path(path), told.format, ruleset=RULESET)
