"""`verify PACKAGE`: a package is proven with the township's own code."""

from __future__ import annotations

import argparse
from pathlib import Path

from villagebook.cli import output
from villagebook.domain.errors import KnownError
from villagebook.i18n import _
from villagebook.services.period_end import checking
from villagebook.services.rulebook import RULESET


def words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("package")
    parser.add_argument("--trust", default="")
    output.offer_json(parser)


def run(told: argparse.Namespace) -> int:
    path = Path(told.package)
    if not path.is_file():
        raise KnownError(_("There is no file {path}.").format(path=path))
    found = checking.verify(path, Path(told.trust) if told.trust else None)
    return output.tell_findings(found, told.format, ruleset=RULESET)
