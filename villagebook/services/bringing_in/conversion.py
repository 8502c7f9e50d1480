"""A 2004 book becomes the opening of a 2023 one: worksheet proposed, checked, kept as a draft, and confirmed in one act.

The steps of 财会〔2023〕20号 as far as they could be read: trial balance of the old accounts, worksheet by the table, adjustments
as vouchers, trial balance of the new accounts, which is the opening.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from villagebook import paths
from villagebook.domain.account import Chart
from villagebook.domain.conversion import GROSS_UPS, OldBalance, Share, Worksheet
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.finding import Finding, Severity, stopping
from villagebook.domain.foreign import PARTY_ACCOUNTS, FileAccount, FileKind, path_of, plain_account_name
from villagebook.domain.place import Places
from villagebook.exchange.bank_files import read_bank_bytes
from villagebook.exchange.foreign_balances import BalanceRow, read_balances
from villagebook.exchange.foreign_table import find_table, foreign_sheet, sniff_kind
from villagebook.exchange.foreign_vouchers import PROVED, parse_foreign, read_vouchers
from villagebook.exchange.import_findings import Problems
from villagebook.exchange.imports_opening import OpeningDraft
from villagebook.exchange.imports_vouchers import VoucherDraft
from villagebook.exchange.tables import read_rows
from villagebook.exchange.worksheet_file import Words, read_worksheet, worksheet_csv
from villagebook.i18n import _, why
from villagebook.services.book_file import opening
from villagebook.services.book_file.books import read_chart_file
from villagebook.services.bringing_in.conversion_check import check, rows_for, way_of
from villagebook.services.bringing_in.conversion_papers import MARKS, advice, gross_up_title, mark_of, papers
from villagebook.services.bringing_in.foreign_files import missing
from villagebook.services.bringing_in.old_chart import Way, old_chart
from villagebook.services.by import By, new_id
from villagebook.services.gate import refusal
from villagebook.storage import foreign as store
from villagebook.storage import objects, registry
from villagebook.storage.book import Book, Writing

FORM = "conversion"
PARTIES = (*PARTY_ACCOUNTS, "212")
"""Accounts whose details of the old book become other parties."""


@dataclass(frozen=True, slots=True)
class OldBook:
    """The old trial balance as read: the file, its details, and what is to be said of it."""

    name: str
    data: bytes
    old: tuple[OldBalance, ...]
    findings: tuple[Finding, ...]


def read_old(path: Path) -> OldBook:
    """Read a 2004 trial balance, or a 2004 book's vouchers, which are added up.

    Raises Refused with everything that is wrong, KnownError for a file that cannot be read.
    """
    data = read_bank_bytes(path)
    sheet = foreign_sheet(data, path.name)
    kind = sniff_kind(sheet) or FileKind.BALANCES
    table = find_table(sheet, kind)
    lacking = missing(table)
    if lacking:
        raise Refused(lacking)
    if kind is FileKind.BALANCES:
        problems = Problems()
        read = read_balances(table, problems)
        found, rows, names = problems.findings(), read.leaves, read.names
    else:
        made = read_vouchers(table, {})
        drafts, found = parse_foreign(made, {}, Chart(()), Places(()), proof=True)
        names = {a.code: a.name for a in made.accounts.values() if a.code}
        rows = tuple(_summed(drafts, made.accounts))
        text = _("The balances are the sums of all vouchers of the file; it must begin where the book began.")
        found = (*found, Finding("CNV-09", Severity.WARNING, path.name, text))
    found = opening.named(found, path.name)
    if stopping(found):
        raise Refused(stopping(found))
    old = tuple(_old_balance(r, names) for r in rows if r.fen)
    unknown = list(_strangers(old, path.name))
    if unknown:
        raise Refused(unknown)
    return OldBook(path.name, data, old, found)


def _summed(drafts: Iterable[VoucherDraft], accounts: dict[str, FileAccount]) -> Iterator[BalanceRow]:
    """The balances that a whole history of vouchers leaves, by account and other party."""
    sums: dict[tuple[str, str], int] = {}
    for draft in drafts:
        for line in draft.lines:
            key = (line.account.removeprefix(PROVED), line.party)
            sums[key] = sums.get(key, 0) + line.debit_fen - line.credit_fen
    for (account, party), fen in sums.items():
        yield BalanceRow(accounts[account].row, accounts[account], party, fen)


def _old_balance(row: BalanceRow, names: dict[str, str]) -> OldBalance:
    """With its account of the 2004 chart: by code where code and name agree, else by the name alone; "" for a stranger."""
    account = row.account
    chart = old_chart().names
    above = names.get(account.code[:3], "") if account.code[:3] != account.code else ""
    path = path_of(above or account.name)
    name = plain_account_name(path[0]) if path else ""
    by_code = chart.get(account.code[:3], "")
    told = above or len(path_of(account.name)) > 1 or account.code in chart or not account.code
    if by_code and (not told or not name or plain_account_name(by_code) == name):
        top = account.code[:3]
    else:
        top = next((code for code, title in chart.items() if plain_account_name(title) == name), "")
    return OldBalance(account.code, account.name, row.party, row.fen, top, account.row)


def _strangers(old: Iterable[OldBalance], name: str) -> Iterator[Finding]:
    text = _("“{value}” is no account of the 2004 chart. Rename it in the file as the 2004 chart has it.")
    for balance in old:
        if not balance.top:
            value = f"{balance.code} {balance.name}".strip()
            where = _("{name} row {row}").format(name=name, row=balance.row)
            yield Finding("CNV-08", Severity.ERROR, where, text.format(value=value))


# ---- the worksheet ----


def propose(old: tuple[OldBalance, ...]) -> Worksheet:
    """What the table decides: same account, same content. Everything else waits for a person."""
    made = Worksheet(old)
    for balance in old:
        if way_of(balance.top) is Way.MOVE:
            (row,) = rows_for(balance.top)
            made = made.with_shares(
                balance.key, [Share(row.new, balance.fen, "", party_of(balance, row.new))]
            )
    return made


def party_of(balance: OldBalance, new: str) -> str:
    """The other party an old detail is kept by: its own, or its name where the new account is kept by party."""
    detail = path_of(balance.name)[-1] if path_of(balance.name) else ""
    is_detail = detail and plain_account_name(detail) != plain_account_name(old_chart().names[balance.top])
    return balance.party or (detail if is_detail and new[:3] in PARTIES else "")


# ---- draft and confirmation ----


def save_draft(book: Book, old: OldBook, worksheet: Worksheet, by: By) -> None:
    """Keep the worksheet as it is; it survives an interruption. The old file stays with it."""
    body = {
        "name": old.name,
        "sha256": hashlib.sha256(old.data).hexdigest(),
        "worksheet": worksheet.to_data(),
    }
    with book.scribbling() as connection:
        objects.put_object(connection, old.data, "application/octet-stream", old.name)
        objects.save_form(connection, FORM, json.dumps(body, ensure_ascii=False), by.at.isoformat())


def draft(book: Book) -> tuple[OldBook, Worksheet] | None:
    """The worksheet that was begun, None when there is none."""
    with book.reading() as connection:
        text = objects.form_body(connection, FORM)
        if text is None:
            return None
        body = json.loads(text)
        held = objects.get_object(connection, body["sha256"])
    worksheet = Worksheet.from_data(body["worksheet"])
    return OldBook(body["name"], held[2] if held else b"", worksheet.old, ()), worksheet


def drop_draft(book: Book) -> None:
    with book.scribbling() as connection:
        objects.drop_form(connection, FORM)


def check_in(book: Book, worksheet: Worksheet) -> tuple[Finding, ...]:
    """As `check`, with the chart and places of a book."""
    with book.reading() as connection:
        return check(worksheet, registry.read_chart(connection), registry.read_places(connection))


def confirm(
    book: Book, old: OldBook, worksheet: Worksheet, *, dry_run: bool = False, by: By
) -> opening.Imported:
    """Make the worksheet the opening of the book: event, papers by hash and opening in one transaction.

    Raises Refused with everything that is undecided or does not add up, and for a book that has begun.
    """
    if worksheet.old != old.old:
        text = _(
            "The worksheet was made for other balances than those of {name}. Make it anew from this file."
        )
        raise refusal("CNV-15", old.name, text.format(name=old.name))
    with book.reading() as connection:
        chart, places = registry.read_chart(connection), registry.read_places(connection)
    found = check(worksheet, chart, places)
    if stopping(found):
        raise Refused(stopping(found))
    moves = [
        OpeningDraft(account, place, party, max(fen, 0), max(-fen, 0), 0)
        for account, place, party, fen in worksheet.lines()
    ]
    drafts, said = opening.merge(old.name, _grossed(moves), chart, places)

    def before(writing: Writing) -> None:
        connection = writing.connection
        sha256 = objects.put_object(connection, old.data, "application/octet-stream", old.name)
        kept = [
            {"name": name, "sha256": objects.put_object(connection, data, media, name)}
            for name, media, data in papers(worksheet, chart, book.info.village, book.info.start)
        ]
        body = {**worksheet.to_data(), "papers": kept}
        data: dict[str, object] = {"old_name": old.name, "old_sha256": sha256, "worksheet": body}
        writing.log("book.converted", data, new_id(), "imports")
        objects.drop_form(connection, FORM)

    made = opening.set_opening(book, drafts, old.name, chart, dry_run=dry_run, by=by, before=before)
    return opening.Imported(made, (*old.findings, *found, *said))


def _grossed(moves: list[OpeningDraft]) -> list[OpeningDraft]:
    """Shares and adjustments of one account, place and party as one balance, where the account has one side."""
    sums: dict[tuple[str, str, str], int] = {}
    for move in moves:
        key = (move.account, move.place, move.party)
        sums[key] = sums.get(key, 0) + move.debit_fen - move.credit_fen
    return [OpeningDraft(*key, max(fen, 0), max(-fen, 0), 0) for key, fen in sums.items() if fen]


def held(book: Book) -> Worksheet | None:
    """The worksheet by which the book began, None for a book that began otherwise."""
    with book.reading() as connection:
        body = store.conversion(connection)
    return Worksheet.from_data(body) if body else None


# ---- the worksheet as a file ----


def worksheet_bytes(worksheet: Worksheet, chart: Chart | None = None) -> bytes:
    """The worksheet to fill in, as CSV; account names are those of `chart`, the delivered one when none is told."""
    names = {a.code: a.name for a in chart or read_chart_file(paths.resource("chart", "chart_2023.csv"))}
    words = {top: _words(top, names) for top in {old.top for old in worksheet.old}}
    may_be_asked = {row.new for old in worksheet.old for row in rows_for(old.top)} & GROSS_UPS.keys()
    asks = {code: gross_up_title(code) for code in sorted(may_be_asked | set(worksheet.asked()))}
    return worksheet_csv(worksheet, words, asks)


def _words(top: str, names: dict[str, str]) -> Words:
    candidates = tuple((row.new, names.get(row.new, row.new_name)) for row in rows_for(top) if row.new)
    if way_of(top) is Way.CLOSED:
        candidates = ()
    return Words(_(MARKS[mark_of(top)]), advice(top), candidates)


def write_worksheet(old: OldBook, path: Path) -> Worksheet:
    """Write the worksheet beside the old file; never over one that is there. Raises KnownError."""
    if path.suffix.lower() in (
        ".xlsx",
        ".xls",
    ):  # a spreadsheet program would not open text under such a name
        raise KnownError(
            _("The worksheet is written as CSV, which {name} does not say.").format(name=path.name),
            _("Name it {name}: WPS and Excel open it, and a workbook saved from it is read too.").format(
                name=path.with_suffix(".csv").name
            ),
        )
    worksheet = propose(old.old)
    try:
        with path.open("xb") as file:
            file.write(worksheet_bytes(worksheet))
    except FileExistsError:
        raise KnownError(_("{path} exists already.").format(path=path), _("Choose another name.")) from None
    except OSError as error:
        raise KnownError(_("{path} cannot be written: {why}.").format(path=path, why=why(error))) from None
    return worksheet


def read_filled(old: OldBook, path: Path) -> Worksheet:
    """A worksheet somebody filled in. Raises Refused with every row that cannot be read, KnownError."""
    worksheet, found = read_worksheet(read_rows(path), old.old)
    if found:
        raise Refused(found)
    return worksheet


def check_alone(worksheet: Worksheet) -> tuple[Finding, ...]:
    """As `check`, before there is a book: with the delivered chart, whose money places are not known yet."""
    chart = Chart(read_chart_file(paths.resource("chart", "chart_2023.csv")))
    return tuple(f for f in check(worksheet, chart, Places(())) if f.id != "CNV-10")
