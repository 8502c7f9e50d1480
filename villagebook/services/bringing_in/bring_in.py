"""Taking another program's file in, by a mapping somebody confirmed: vouchers as history, balances as the opening.

One transaction: new sub-accounts, the vouchers or the opening, the mapping, the file itself. Anything wrong and nothing is
written.
"""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from villagebook.domain.account import Account, Chart
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.finding import Finding, Severity, stopping
from villagebook.domain.foreign import Detail, FileAccount, FileKind, FileMapping, Target
from villagebook.exchange.bank_files import read_bank_bytes
from villagebook.exchange.foreign_balances import BalanceRow, read_balances
from villagebook.exchange.foreign_table import find_table, foreign_sheet
from villagebook.exchange.foreign_vouchers import parse_foreign, read_vouchers
from villagebook.exchange.import_findings import Problems
from villagebook.i18n import _
from villagebook.services.book_file import opening
from villagebook.services.book_file.opening import Imported
from villagebook.services.bringing_in import foreign_mappings
from villagebook.services.bringing_in.foreign_files import Look, balance_moves, look, refuse_stopping
from villagebook.services.bringing_in.foreign_links import linked
from villagebook.services.by import By, new_id
from villagebook.services.gate import refusal
from villagebook.services.vouchers import accounts as account_services
from villagebook.services.vouchers import imports
from villagebook.services.vouchers.accounts import NewAccount
from villagebook.storage import foreign as store
from villagebook.storage import objects, registry
from villagebook.storage.book import Book, Writing


def take_in(
    book: Book,
    path: Path,
    mapping: FileMapping | None = None,
    *,
    kind: FileKind | None = None,
    dry_run: bool = False,
    by: By,
    progress: imports.Progress | None = None,
) -> Imported:
    """Take a whole file in. Without a mapping the one saved for such a header is used.

    Raises Refused with everything that is wrong at once (rows, accounts nobody assigned, the same file again), KnownError
    for a file that cannot be read; Cancelled when `progress` says so. Then nothing is written, nor with `dry_run`.
    """
    seen = look(book, path, mapping, kind)
    refuse_stopping(seen)
    _refuse_twice(book, seen)
    if seen.kind is FileKind.VOUCHERS:
        return _vouchers(book, seen, dry_run=dry_run, by=by, progress=progress)
    return _balances(book, seen, dry_run=dry_run, by=by)


def _refuse_twice(book: Book, seen: Look) -> None:
    sha256 = hashlib.sha256(seen.data).hexdigest()
    with book.reading() as connection:
        before = next((f for f in store.files(connection) if f.sha256 == sha256), None)
    if before:
        text = _("This very file was taken in on {day}, as {name}. Nothing of it is missing.")
        filled = text.format(day=before.taken_on, name=before.name)
        raise refusal("IMP-48", seen.name, filled)


def _vouchers(
    book: Book, seen: Look, *, dry_run: bool, by: By, progress: imports.Progress | None
) -> Imported:
    with book.reading() as connection:
        chart, places = registry.read_chart(connection), registry.read_places(connection)
    targets, added = with_subs(seen, chart)
    grown = Chart([*chart, *(_as_account(new, chart) for new in added)])
    made = read_vouchers(seen.table, seen.mapping.accounts)
    drafts, found = parse_foreign(made, targets, grown, places, proof=False)
    found = opening.named(found, seen.name)
    if stopping(found):
        raise Refused(stopping(found))
    drafts = linked(drafts, seen.names, grown)
    total = sum(line.debit_fen for draft in drafts for line in draft.lines)

    def before(writing: Writing) -> None:
        for new in added:
            account_services.add_within(writing, book.info, new, by.day)
        writing.settle()

    return imports.import_drafts(
        book,
        seen.name,
        drafts,
        found,
        dry_run=dry_run,
        by=by,
        progress=progress,
        before=before,
        after=lambda writing: log_file(writing, seen, len(drafts), total),
    )


def log_file(writing: Writing, seen: Look, entries: int, total_fen: int) -> str:
    """Keep the file and its mapping; returns the file's hash."""
    media = mimetypes.guess_type(seen.name)[0] or "application/octet-stream"
    sha256 = objects.put_object(writing.connection, seen.data, media, seen.name)
    unused = {role: "" for role, title in seen.mapping.columns.items() if not title}
    mapping = replace(seen.mapping, columns={**unused, **seen.table.columns()})
    foreign_mappings.keep(writing, mapping)
    writing.log(
        "file.imported",
        {
            "sha256": sha256,
            "name": seen.name,
            "kind": seen.kind.value,
            "mapping": mapping.to_data(),
            "entries": entries,
            "total_fen": total_fen,
        },
        new_id(),
        "imports",
    )
    return sha256


def with_subs(seen: Look, chart: Chart) -> tuple[dict[str, Target], tuple[NewAccount, ...]]:
    """Targets with the codes of sub-accounts in place of their names, and the sub-accounts that are new."""
    added: dict[tuple[str, str], NewAccount] = {}
    targets: dict[str, Target] = {}
    for line in seen.accounts:
        target = line.target
        if target is None:
            continue
        if target.detail is Detail.SUB:
            target = replace(target, account=_sub_of(target.account, line.account, chart, added))
        targets[line.account.key] = target
    return targets, tuple(added.values())


def _sub_of(parent: str, account: FileAccount, chart: Chart, added: dict[tuple[str, str], NewAccount]) -> str:
    """The code of the sub-account of this name; a new one when there is none."""
    held = next((a.code for a in chart.below(parent) if a.name == account.leaf), "")
    if held:
        return held
    key = (parent, account.leaf)
    if key not in added:
        code = chart.next_code(parent, [new.code for new in added.values()])
        added[key] = NewAccount(code, account.leaf, parent)
    return added[key].code


def _as_account(new: NewAccount, chart: Chart) -> Account:
    above = chart[new.parent]
    return Account(new.code, new.name, "", above.category, above.side, new.parent)


# ---- balances ----


def _balances(book: Book, seen: Look, *, dry_run: bool, by: By) -> Imported:
    with book.reading() as connection:
        chart, places = registry.read_chart(connection), registry.read_places(connection)
    targets, added = with_subs(seen, chart)
    grown = Chart([*chart, *(_as_account(new, chart) for new in added)])
    read = read_balances(seen.table, Problems())
    drafts, said = opening.merge(seen.name, balance_moves(read.leaves, targets), grown, places)
    drafts = linked(drafts, seen.names, grown)
    prior = _prior(read.leaves, targets, grown)

    def write(writing: Writing) -> None:
        for new in added:
            account_services.add_within(writing, book.info, new, by.day)
        writing.settle()
        sha256 = log_file(writing, seen, len(drafts), read.total_fen)
        if prior:
            year = book.info.start.year - 1 if book.info.start.month == 1 else book.info.start.year
            writing.log("prior.stated", {"year": year, "lines": prior, "sha256": sha256}, new_id(), "imports")

    made = opening.set_opening(book, drafts, seen.name, chart, dry_run=dry_run, by=by, before=write)
    if prior and book.info.start.month == 1:
        text = _("The year before is kept for comparison: {n} accounts of income and expense.")
        told = Finding("OPN-04", Severity.HINT, seen.name, text.format(n=len(prior)))
        said = (*said, told)
    return Imported(made, (*opening.named(seen.findings, seen.name), *said))


def _prior(leaves: tuple[BalanceRow, ...], targets: Mapping[str, Target], chart: Chart) -> list[list[object]]:
    """Turnover of income and expense in the file's year by account of ours; what was carried to the result is taken back."""
    sums: dict[str, list[int]] = {}
    for leaf in leaves:
        target = targets.get(leaf.account.key)
        account = chart.get(target.account) if target else None
        if account is None or leaf.turnover is None or not (account.is_income or account.is_expense):
            continue
        debit, credit = leaf.turnover
        if debit == credit and account.is_income:
            debit = 0
        elif debit == credit:
            credit = 0
        if debit or credit:
            held = sums.setdefault(account.code, [0, 0])
            held[0] += debit
            held[1] += credit
    return [[code, debit, credit] for code, (debit, credit) in sorted(sums.items())]


def is_known(book: Book, path: Path) -> bool:
    """Was a file with this header taken in before, by a mapping somebody confirmed? False for what cannot be read."""
    try:
        data = read_bank_bytes(path)
        sheet = foreign_sheet(data, path.name)
    except KnownError:
        return False
    with book.reading() as connection:
        return any(
            store.mapping_for(connection, kind, find_table(sheet, kind).fingerprint) for kind in FileKind
        )
