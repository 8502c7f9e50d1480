"""`import BOOK FILE --layout bank`: a statement of the bank, taken in and matched."""

from __future__ import annotations

import argparse
from pathlib import Path

from villagebook.cli import output
from villagebook.i18n import _
from villagebook.services import by
from villagebook.services.banking import bank, bank_matching, bank_wizard
from villagebook.services.book_file.books import Book

LAYOUT = "bank"


def take_in(book: Book, told: argparse.Namespace) -> int:
    """Take a statement in, match what is sure, and say what is left."""
    places = bank.account_of(book, told.place)
    mapping = bank_wizard.BankMapping(sheet=told.sheet) if told.sheet else None
    now, path = by.now("cli"), Path(told.file)
    made = bank.import_statement(book, places, path, mapping, by=now, dry_run=told.dry_run)
    matched, left = (0, ()) if told.dry_run else bank_matching.match(book, places, now)
    if told.format == "text":
        text = (
            _("{n} rows would be taken in; nothing was written.") if told.dry_run else _("{n} rows taken in.")
        )
        output.say(text.format(n=made.new))
        if not told.dry_run:
            output.say(_("{n} matched; {m} proposals wait for a person.").format(n=matched, m=len(left)))
        return output.tell_findings(made.findings, "text") if made.findings else 0
    return output.tell_findings(
        made.findings,
        "json",
        rows=made.new,
        known=made.known,
        matched=matched,
        proposals=len(left),
        dry_run=told.dry_run,
    )
