"""Opening balances: taken in once, before anything is posted; they must balance."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from villagebook.domain.account import Chart
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, Severity, stopping
from villagebook.domain.place import Places
from villagebook.exchange.imports_opening import OpeningDraft, parse_opening
from villagebook.exchange.tables import Sheet, read_rows
from villagebook.i18n import _
from villagebook.services.by import By, new_id
from villagebook.storage import registry
from villagebook.storage.book import Book, Writing
from villagebook.storage.ledger import control_totals


@dataclass(frozen=True, slots=True)
class Imported:
    """What was taken in (or would be, for a dry run) and what there is to say about it."""

    vouchers: int
    findings: tuple[Finding, ...]


def read_opening(path: Path, chart: Chart, places: Places) -> tuple[OpeningDraft, ...]:
    """Raises Refused with every bad row, and for debits that are not credits."""
    drafts, found = parse_opening(read_rows(path), chart, places)
    if stopping(found):
        raise Refused(stopping(found))
    return drafts


def log_opening(writing: Writing, drafts: tuple[OpeningDraft, ...]) -> None:
    lines = [[d.account, d.place, d.party, d.debit_fen, d.credit_fen] for d in drafts]
    writing.log("opening.set", {"lines": lines}, new_id(), "vouchers")


def import_opening(
    book: Book, sheet: Sheet, chart: Chart, places: Places, name: str, *, dry_run: bool, by: By
) -> Imported:
    """Set the opening balances of a book that has none and no vouchers. Raises Refused."""
    drafts, found = parse_opening(sheet, chart, places)
    if stopping(found):
        raise Refused(stopping(found))
    with book.reading() as connection:
        begun = control_totals(connection)[2] or registry.read_opening(connection)
    if begun:
        text = _("The book has opening balances or vouchers already; they are set once, at the beginning.")
        raise Refused([Finding("OPN-02", Severity.ERROR, name, text)])
    if not dry_run:
        with book.writing(by.actor, by.at) as writing:
            log_opening(writing, drafts)
    return Imported(len(drafts), found)
