"""`invoice FILE...`: what files say about their invoices, without a book; `invoice --answers FILE BOOK` takes the township's list in.

Numbers used elsewhere (`invoice used`, `elsewhere`, `merge`) are in `cli/used_invoices.py`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from villagebook.cli import output, used_invoices
from villagebook.domain.errors import KnownError
from villagebook.domain.finding import Finding
from villagebook.services import by
from villagebook.services.book_file.books import open_book
from villagebook.services.invoicing import invoice_files, invoice_reading, invoices


def words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE|used|elsewhere|merge")
    parser.add_argument("--answers", default="", metavar="BOOK")
    used_invoices.words(parser)
    parser.add_argument("--dry-run", action="store_true")
    output.offer_json(parser)


def run(told: argparse.Namespace) -> int:
    """0 when every file was read and nothing is wrong with its invoices, 1 with findings, 2 when a file cannot be read."""
    if told.files[0] in used_invoices.ACTS:
        return used_invoices.ACTS[told.files[0]](told)
    if told.answers:
        return _answers(told)
    found: list[Finding] = []
    read: list[dict[str, object]] = []
    failed = False
    for name in told.files:
        try:
            looked = invoice_files.look(Path(name))
        except KnownError as error:
            sys.stderr.write(f"{error}\n")
            failed = True
            continue
        found += invoice_reading.findings(looked, by.today())
        read.append(invoice_reading.as_data(looked))
        if told.format == "text":
            for line in invoice_reading.as_lines(looked):
                output.say(line)
    if told.format == "json":
        code = output.tell_findings(found, "json", files=read)
    else:
        code = output.tell_findings(found, "text") if found else 0
        if read:
            from villagebook.services.invoicing.invoice_words import what_it_proves

            output.say(what_it_proves())
    return 2 if failed else code


def _answers(told: argparse.Namespace) -> int:
    """Take the township's lists in, each whole or not at all."""
    found: list[Finding] = []
    answers = 0
    with open_book(Path(told.answers)) as book:
        for name in told.files:
            made = invoices.take_in(book, Path(name), by.now("cli"), dry_run=told.dry_run)
            answers += made.answers
            found += made.findings
    return output.tell_taken(answers, found, told.format, dry_run=told.dry_run, answers=answers)
