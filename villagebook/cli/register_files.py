"""`import BOOK FILE --layout roster|assets|resources|contracts|payees`: entries of a register, or a list of payees."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from villagebook.cli import output
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.finding import Finding, stopping
from villagebook.domain.pay_list import ListKind, PayList
from villagebook.exchange.layouts import PAYEES, ROSTER
from villagebook.i18n import _
from villagebook.services import by
from villagebook.services.approvals import list_standings, pay_lists
from villagebook.services.book_file.books import Book
from villagebook.services.registers import holding_import, roster_import
from villagebook.services.vouchers import list_import


def list_words(parser: argparse.ArgumentParser) -> None:
    """What the table of a list of payees does not say itself (`--layout payees`)."""
    parser.add_argument("--kind", choices=[k.value for k in ListKind], default=ListKind.LOST_WORK.value)
    parser.add_argument("--title", default="")
    parser.add_argument("--from", dest="first", default="")
    parser.add_argument("--to", dest="last", default="")
    parser.add_argument("--resolution", default="")


def take_in(book: Book, told: argparse.Namespace) -> int | None:
    """Take the file in by the layout that was named; None when it is none of these."""
    path, who = Path(told.file), by.now("cli")
    if told.layout == ROSTER:
        made = roster_import.import_roster(book, path, who, dry_run=told.dry_run)
        counts = {"households": made.households, "members": made.members}
        count, found = made.households, made.findings
    elif told.layout in holding_import.LAYOUTS:
        taken = holding_import.import_holdings(book, path, told.layout, who, dry_run=told.dry_run)
        counts = {"entries": taken.entries}
        count, found = taken.entries, taken.findings
    elif told.layout == PAYEES:
        count, found = _list(book, told)
        counts = {"people": count}
    else:
        return None
    return output.tell_taken(count, found, told.format, dry_run=told.dry_run, **counts)


def _list(book: Book, told: argparse.Namespace) -> tuple[int, tuple[Finding, ...]]:
    """A list of payees out of a table, entered as from the window. Raises KnownError without its days."""
    who = by.now("cli")
    try:
        first, last = date.fromisoformat(told.first), date.fromisoformat(told.last)
    except ValueError:
        text = _("A list of payees needs --from and --to, each as YYYY-MM-DD.")
        raise KnownError(text, _("Add them, with --title and --resolution.")) from None
    rows, said = list_import.read_list(Path(told.file), first)
    code = list_standings.next_code(book, last)
    made = PayList(code, ListKind(told.kind), told.title, first, last, rows, told.resolution)
    found = pay_lists.check(book, made, who.day) if told.dry_run else pay_lists.enter(book, made, who)
    if stopping(found):
        raise Refused(stopping(found))
    return len(rows), (*said, *found)
