"""People of a list taken in from a table: every bad row at once, or all of them into the form."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, stopping
from villagebook.domain.pay_list import PayRow
from villagebook.exchange.imports_lists import parse_payees
from villagebook.exchange.tables import read_rows
from villagebook.services.book_file.opening import in_file


def read_list(path: Path, near: date) -> tuple[tuple[PayRow, ...], tuple[Finding, ...]]:
    """The rows of a file, and what there is to say about it; `near` supplies year and month of days without them.

    Raises Refused with every bad row at once, KnownError for a file that cannot be read.
    """
    rows, found = parse_payees(read_rows(path), near)
    if stopping(found):
        raise Refused(in_file(stopping(found), path.name))
    return rows, in_file(found, path.name)
