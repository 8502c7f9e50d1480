"""Taking in what the bank says: whole or not at all, each row once, a changed row never."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from villagebook.domain.bank import BankLine, chained
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.finding import Finding, stopping
from villagebook.exchange.bank_files import (
    BankSheet,
    bank_sheets,
    choose_sheet,
    header_fingerprint,
    read_bank_bytes,
    tell_others,
)
from villagebook.exchange.bank_findings import BankProblems
from villagebook.exchange.bank_headers import BankMapping
from villagebook.exchange.bank_statement import BankStatementFile, parse_statement
from villagebook.i18n import _
from villagebook.services.banking.bank_overlap import new_rows
from villagebook.services.banking.counting import bank_accounts
from villagebook.services.by import By, new_id
from villagebook.storage import bank as store
from villagebook.storage import objects
from villagebook.storage.book import Book, Writing
from villagebook.storage.engine import Connection


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What an import brought: rows that were new and rows known before, the days and the bank's last balance."""

    new: int
    known: int
    first_on: date
    last_on: date
    closing_fen: int
    mapping: BankMapping
    findings: tuple[Finding, ...]


def account_of(book: Book, place: str = "") -> tuple[str, ...]:
    """The places of the bank account a place belongs to; of the only account for "".

    Raises KnownError when there is none such, or several and none is named.
    """
    accounts = [codes for codes, _title in bank_accounts(book)]
    fitting = [codes for codes in accounts if not place or place in codes]
    if len(fitting) == 1:
        return fitting[0]
    known = ", ".join(codes[0] for codes in accounts)
    if fitting:
        raise KnownError(
            _("This book has several bank accounts: {places}.").format(places=known),
            _("Say which one with --place."),
        )
    raise KnownError(
        _("There is no bank account {place}.").format(place=place),
        _("The book has: {places}").format(places=known),
    )


def import_statement(
    book: Book,
    places: tuple[str, ...],
    path: Path,
    mapping: BankMapping | None = None,
    *,
    by: By,
    dry_run: bool = False,
) -> TakenIn:
    """Take a statement in. Without a mapping the one that proved right for such a table before is used.

    Raises Refused with everything that is wrong at once, KnownError for a file that cannot be read; then nothing is
    written, nor with `dry_run`.
    """
    data = read_bank_bytes(path)
    sheets = bank_sheets(data, path.name)
    mapping = mapping or known_mapping(book, places, sheets)
    chosen = choose_sheet(sheets, mapping)
    found, findings = parse_statement(chosen.cells, by.day, mapping)
    findings = (*findings, *tell_others(sheets, chosen, path.name))
    if found is None:
        raise Refused(stopping(findings))
    statement, cut = _within_book(found, book.info.start.first_day)
    problems = BankProblems(path.name)
    if cut:
        problems.add("BNK-27", value=cut)
    if not statement.lines:
        return _told(statement, found, 0, (*findings, *problems.findings()))
    with book.reading() as connection:
        new = _compare(connection, places[0], statement, problems)
    if problems.stops():
        raise Refused(stopping(problems.findings()))
    result = _told(statement, found, len(new), (*findings, *problems.findings()))
    if new and not dry_run:
        with book.writing(by.actor, by.at) as writing:
            again = BankProblems(path.name)
            new = _compare(writing.connection, places[0], statement, again)
            if again.stops():
                raise Refused(stopping(again.findings()))
            _keep(writing, places, path.name, data, statement, new)
    return result


def _keep(
    writing: Writing,
    places: tuple[str, ...],
    name: str,
    data: bytes,
    statement: BankStatementFile,
    new: Sequence[BankLine],
) -> None:
    """The file as it came, and its rows that the book does not hold yet."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    sha256 = objects.put_object(writing.connection, data, kind, name)
    writing.log(
        "bank.imported",
        {
            "places": list(places),
            "sha256": sha256,
            "name": name,
            "mapping": statement.mapping.to_data(),
            "first_on": statement.lines[0].day.isoformat(),
            "last_on": statement.lines[-1].day.isoformat(),
            "opening_fen": statement.opening_fen,
            "closing_fen": statement.closing_fen,
            "lines": [line.to_data() for line in new],
        },
        new_id(),
        "counts",
    )


def known_mapping(book: Book, places: tuple[str, ...], sheets: Sequence[BankSheet]) -> BankMapping | None:
    """The newest mapping that proved right for such a file: one with the same header on the same sheet."""
    with book.reading() as connection:
        files = store.files(connection, places[0])
    prints = {s.title: header_fingerprint(s.cells) for s in sheets}
    usual = prints[choose_sheet(sheets).title]
    for file in reversed(files):
        kept = BankMapping.from_data(file.mapping)
        if kept.fingerprint == (prints.get(kept.sheet) if kept.sheet else usual):
            return kept
    return None


def _within_book(file: BankStatementFile, start: date) -> tuple[BankStatementFile, int]:
    """The rows from the first day of the book on, and how many lie before it."""
    cut = sum(1 for line in file.lines if line.day < start)
    if not cut:
        return file, 0
    opening_fen = file.lines[cut - 1].balance_fen
    return replace(file, lines=file.lines[cut:], rows=file.rows[cut:], opening_fen=opening_fen), cut


def _compare(
    connection: Connection, account: str, statement: BankStatementFile, problems: BankProblems
) -> list[BankLine]:
    held = chained(store.lines(connection, account))
    own = statement.mapping
    read_alike = all(
        (kept.fingerprint, kept.columns) == (own.fingerprint, own.columns)
        for kept in (BankMapping.from_data(f.mapping) for f in store.files(connection, account))
    )
    return new_rows(held, statement, problems, same_kind=read_alike)


def _told(
    statement: BankStatementFile, file: BankStatementFile, new: int, findings: tuple[Finding, ...]
) -> TakenIn:
    days = [line.day for line in file.lines]
    known = len(statement.lines) - new
    return TakenIn(new, known, days[0], days[-1], file.closing_fen, file.mapping, findings)
