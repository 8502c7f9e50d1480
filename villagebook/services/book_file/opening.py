"""Opening balances: taken in once, before anything is posted; they must balance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from villagebook.domain.account import Category, Chart
from villagebook.domain.errors import Cancelled, Refused
from villagebook.domain.finding import Finding, Severity, stopping
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Period, Span
from villagebook.domain.place import Places
from villagebook.domain.voucher import VoucherLine
from villagebook.exchange.cells import Unreadable, place_for
from villagebook.exchange.import_findings import TEXTS
from villagebook.exchange.imports_opening import OpeningDraft, parse_opening
from villagebook.exchange.tables import Sheet, read_rows
from villagebook.i18n import _
from villagebook.services.by import By, new_id
from villagebook.storage import ledger, registry
from villagebook.storage.book import Book, Writing
from villagebook.storage.engine import Connection
from villagebook.storage.periods import last_booked


@dataclass(frozen=True, slots=True)
class Imported:
    """What was taken in (or would be, for a dry run) and what there is to say about it."""

    vouchers: int
    findings: tuple[Finding, ...]


def read_opening(path: Path, chart: Chart, places: Places) -> tuple[OpeningDraft, ...]:
    """Raises Refused with every bad row, and for debits that are not credits."""
    drafts, found = parse_opening(read_rows(path), chart, places)
    found = in_file(found, path.name)
    if stopping(found):
        raise Refused(stopping(found))
    return drafts


def in_file(found: tuple[Finding, ...], name: str) -> tuple[Finding, ...]:
    """The same findings; one about the whole file says which."""
    return tuple(f if f.where else replace(f, where=name) for f in found)


def named(found: tuple[Finding, ...], name: str) -> tuple[Finding, ...]:
    """The same findings, each with the file's name before its row."""
    return tuple(f if name in f.where else replace(f, where=f"{name} {f.where}".strip()) for f in found)


Figures = dict[tuple[str, str], int]
"""Account and place ("" off the money accounts) -> signed fen."""


def _against_closing(
    connection: Connection, start: Period, drafts: tuple[OpeningDraft, ...], chart: Chart
) -> Iterator[Finding]:
    """OPN-03: where a file that should open the next year contradicts what the book closes with."""
    told: Figures = {}
    for d in drafts:
        key = _figure(chart, d.account, d.place)
        told[key] = told.get(key, 0) + d.debit_fen - d.credit_fen
    last = last_booked(connection)
    period = Period.of(last) if last else start
    held: Figures = {}
    for (money, place), fen in ledger.place_balances_before(connection, period.shifted(1)).items():
        held[money, place] = held.get((money, place), 0) + fen
    for balance in ledger.balances(connection, Span(start, max(start, period))):
        account = chart.get(balance.account)
        if account is None or not account.is_money:
            key = _figure(chart, balance.account, "")
            held[key] = held.get(key, 0) + balance.closing_fen
    text = _(
        "The file opens with {told}, the book stands at {held} after {period} (difference {difference})."
    )
    for code, place in sorted(told.keys() | held.keys()):
        told_fen, held_fen = told.get((code, place), 0), held.get((code, place), 0)
        if told_fen != held_fen:
            filled = text.format(
                told=yuan_text(told_fen),
                held=yuan_text(held_fen),
                period=period,
                difference=yuan_text(told_fen - held_fen),
            )
            yield Finding("OPN-03", Severity.ERROR, f"{code} {place}".strip(), filled)


def _figure(chart: Chart, code: str, place: str) -> tuple[str, str]:
    """Results of the year stand in 322 once the year is carried over, so they are compared there."""
    account = chart.get(code)
    is_result = account is not None and account.category is Category.RESULT
    return ("322", "") if is_result or code.startswith(("321", "322")) else (code, place)


def log_opening(writing: Writing, drafts: Iterable[OpeningDraft | VoucherLine]) -> None:
    """Links stand at the end of a line that has any."""
    lines = [
        [
            *(d.account, d.place, d.party, d.debit_fen, d.credit_fen),
            *([[link.to_data() for link in d.links]] if d.links else []),
        ]
        for d in drafts
    ]
    writing.log("opening.set", {"lines": lines}, new_id(), "vouchers")


def merge(
    name: str, moves: Iterable[OpeningDraft], chart: Chart, places: Places
) -> tuple[tuple[OpeningDraft, ...], tuple[Finding, ...]]:
    """Opening lines out of balances that may share an account, place and party: added up, their money places filled in.

    The two sides of one party are not netted where an account is two-sided. Raises Refused with every row that has no home.
    """
    sums: dict[tuple[str, str, str, bool], OpeningDraft] = {}
    problems: list[Finding] = []
    is_inferred = False
    for move in moves:
        where = _("{name} row {row}").format(name=name, row=move.row) if move.row else name
        account = chart[move.account]
        place = places.get(move.place)
        if not chart.is_leaf(account.code):
            text = _("“{value}” has sub-accounts and takes no bookings itself. Write the sub-account.")
            value = f"{account.code} {account.name}"
            problems.append(Finding("IMP-12", Severity.ERROR, where, text.format(value=value)))
            continue
        try:
            fitting = place_for(account, place, places)
        except Unreadable as unreadable:
            filled = _(TEXTS[unreadable.id]).format(**unreadable.values)
            problems.append(Finding(unreadable.id, Severity.ERROR, where, filled))
            continue
        is_inferred = is_inferred or (fitting is not None and place is None)
        code = fitting.code if fitting else ""
        key = (account.code, code, move.party, move.credit_fen != 0)
        before = sums.get(key)
        debit = move.debit_fen + (before.debit_fen if before else 0)
        credit = move.credit_fen + (before.credit_fen if before else 0)
        sums[key] = OpeningDraft(account.code, code, move.party, debit, credit, move.row)
    if problems:
        raise Refused(problems)
    said = (_told("IMP-16", Severity.WARNING, name),) if is_inferred else ()
    return tuple(sums.values()), said


def _told(id: str, severity: Severity, name: str, **values: str) -> Finding:
    """A finding of the import's own table about the whole file."""
    text = TEXTS[id]
    return Finding(id, severity, name, _(text).format(**values))


def set_opening(
    book: Book,
    drafts: tuple[OpeningDraft, ...],
    name: str,
    chart: Chart,
    *,
    dry_run: bool,
    by: By,
    before: Callable[[Writing], object] | None = None,
) -> int:
    """Set the opening of a book that has none and no vouchers; `before` writes what belongs to the same act.

    Returns the number of lines. Raises Refused, also when it does not balance.
    """
    debit, credit = sum(d.debit_fen for d in drafts), sum(d.credit_fen for d in drafts)
    if debit != credit:
        values = {"debit": debit, "credit": credit, "difference": debit - credit}
        texts = {key: yuan_text(fen) for key, fen in values.items()}
        raise Refused([_told("IMP-24", Severity.ERROR, name, **texts)])
    _refuse_begun(book, drafts, name, chart)
    try:
        with book.writing(by.actor, by.at) as writing:
            if before:
                before(writing)
            log_opening(writing, drafts)
            writing.settle()
            if dry_run:
                raise Cancelled
    except Cancelled:
        if not dry_run:
            raise
    return len(drafts)


def _refuse_begun(book: Book, drafts: tuple[OpeningDraft, ...], name: str, chart: Chart) -> None:
    with book.reading() as connection:
        begun = ledger.control_totals(connection)[2] or registry.read_opening(connection)
        differing = list(_against_closing(connection, book.info.start, drafts, chart)) if begun else []
    if begun:
        text = _("The book has opening balances or vouchers already; they are set once, at the beginning.")
        raise Refused([Finding("OPN-02", Severity.ERROR, name, text), *differing])


def import_opening(
    book: Book, sheet: Sheet, chart: Chart, places: Places, name: str, *, dry_run: bool, by: By
) -> Imported:
    """Set the opening balances of a book that has none and no vouchers. Raises Refused."""
    drafts, found = parse_opening(sheet, chart, places)
    found = in_file(found, name)
    if stopping(found):
        raise Refused(stopping(found))
    _refuse_begun(book, drafts, name, chart)
    if not dry_run:
        with book.writing(by.actor, by.at) as writing:
            log_opening(writing, drafts)
    return Imported(len(drafts), found)
