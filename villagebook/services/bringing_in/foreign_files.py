"""Looking at a file of another program before anything is taken in: columns with samples, accounts with offers, the proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from villagebook.domain.account import Chart
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.finding import Finding, Severity, stopping
from villagebook.domain.foreign import (
    Detail,
    FileAccount,
    FileKind,
    FileMapping,
    Likeness,
    Offer,
    Target,
    is_old_chart,
    offer,
)
from villagebook.domain.foreign_names import FileName
from villagebook.domain.period import Period
from villagebook.domain.place import Places
from villagebook.domain.table import Column, Shape, Table
from villagebook.exchange.bank_files import read_bank_bytes
from villagebook.exchange.foreign_balances import BalanceRow, Balances, read_balances
from villagebook.exchange.foreign_table import (
    ForeignTable,
    find_table,
    foreign_sheet,
    missing_roles,
    sniff_kind,
)
from villagebook.exchange.foreign_vouchers import parse_foreign, read_vouchers
from villagebook.exchange.import_findings import Problems
from villagebook.exchange.imports_opening import OpeningDraft
from villagebook.exchange.imports_vouchers import VoucherDraft
from villagebook.exchange.memory import uncollected
from villagebook.i18n import N_, _
from villagebook.services.book_file.opening import named
from villagebook.services.bringing_in.foreign_links import (
    NameLine,
    name_lines,
    names_of,
    registers,
    undecided,
)
from villagebook.services.bringing_in.old_chart import old_chart
from villagebook.storage import foreign as store
from villagebook.storage import registry
from villagebook.storage.book import Book

ROLE_NAMES = {
    "date": N_("day"),
    "word": N_("voucher word"),
    "number": N_("voucher number"),
    "summary": N_("summary"),
    "code": N_("account code"),
    "name": N_("account name"),
    "detail": N_("detail account"),
    "account": N_("account (code and name in one)"),
    "debit": N_("debit"),
    "credit": N_("credit"),
    "direction": N_("debit or credit"),
    "amount": N_("amount"),
    "attachments": N_("papers attached"),
    "party": N_("other party"),
    "customer": N_("other party: customer"),
    "supplier": N_("other party: supplier"),
    "person": N_("other party: person"),
    "project": N_("project"),
    "department": N_("project: department"),
    "place": N_("money place"),
    "period": N_("period"),
    "of_year": N_("day in parts: year"),
    "month": N_("day in parts: month"),
    "dom": N_("day in parts: day of the month"),
    "state": N_("mark of void vouchers"),
    "year_debit": N_("beginning of the year, debit"),
    "year_credit": N_("beginning of the year, credit"),
    "year": N_("beginning of the year"),
    "opening_debit": N_("beginning of the period, debit"),
    "opening_credit": N_("beginning of the period, credit"),
    "opening": N_("beginning of the period"),
    "total_debit": N_("debit of the whole year"),
    "total_credit": N_("credit of the whole year"),
    "closing_debit": N_("balance, debit"),
    "closing_credit": N_("balance, credit"),
    "closing": N_("balance"),
}


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account of the file: where it goes, if that is decided, and what is offered."""

    account: FileAccount
    target: Target | None
    offered: Offer | None


@dataclass(frozen=True, slots=True)
class Look:
    """A file as it would be read.

    Attributes:
        table: its columns; `mapping` what they mean and where its accounts go, as far as decided.
        accounts: every account it names, in its order.
        names: every name in its auxiliary columns that may be an entry of a register.
        proof: vouchers per month, or the balances; None while a column is missing.
        findings: everything that is wrong with the file itself; accounts without a target are not among them.
        was_known: a mapping made before was found for this header.
    """

    name: str
    data: bytes
    table: ForeignTable
    mapping: FileMapping
    accounts: tuple[AccountLine, ...]
    proof: Table | None
    findings: tuple[Finding, ...]
    was_known: bool
    is_old: bool
    names: tuple[NameLine, ...] = ()

    @property
    def kind(self) -> FileKind:
        return self.mapping.kind

    @property
    def open_accounts(self) -> tuple[FileAccount, ...]:
        """Accounts nobody decided yet."""
        return tuple(line.account for line in self.accounts if line.target is None)

    @property
    def open_names(self) -> tuple[NameLine, ...]:
        """Names of which nobody has said what they are."""
        return tuple(line for line in self.names if line.entry is None)


@uncollected()
def look(book: Book, path: Path, mapping: FileMapping | None = None, kind: FileKind | None = None) -> Look:
    """Read a file without writing anything. Without a mapping the one saved for such a header is used.

    Raises KnownError for a file that cannot be read or whose header says nothing.
    """
    data = read_bank_bytes(path)
    sheet = foreign_sheet(data, path.name)
    kind = mapping.kind if mapping else kind or sniff_kind(sheet)
    if kind is None:
        raise KnownError(
            _("{name} has no header this program knows.").format(name=path.name),
            _("Choose vouchers or balances, then say which column means what."),
        )
    plain_table = find_table(sheet, kind)
    with book.reading() as connection:
        chart, places = registry.read_chart(connection), registry.read_places(connection)
        known = store.mapping_for(connection, kind, plain_table.fingerprint)
        held = registers(connection)
    mapping = mapping or known or FileMapping(kind, plain_table.fingerprint)
    table = find_table(sheet, kind, mapping.columns) if mapping.columns else plain_table
    mapping = replace(mapping, fingerprint=plain_table.fingerprint)
    problems = missing(table)
    accounts: tuple[AccountLine, ...] = ()
    entries: tuple[NameLine, ...] = ()
    proof, is_old, found = None, False, tuple(problems)
    if not problems:
        file_accounts, names, proof, found, said_for = _prove(table, mapping, chart, places)
        is_old = is_old_chart(file_accounts, old_chart(), chart)
        accounts = tuple(_line(a, names, mapping, chart, is_old=is_old) for a in file_accounts)
        sure = {line.account.key: line.target for line in accounts if line.target}
        mapping = replace(mapping, accounts={**mapping.accounts, **sure})
        entries = name_lines(said_for(mapping.accounts), mapping, held)
    found = named(found, path.name)
    return Look(path.name, data, table, mapping, accounts, proof, found, known is not None, is_old, entries)


def missing(table: ForeignTable) -> list[Finding]:
    """A finding for every column the file cannot do without."""
    text = _("The column {value} is missing. Say which column of the file it is.")
    return [
        Finding(
            "IMP-01",
            Severity.ERROR,
            table.name,
            text.format(value=" / ".join(_(ROLE_NAMES[role]) for role in roles)),
        )
        for roles in missing_roles(table)
    ]


def _line(
    account: FileAccount, names: Mapping[str, str], mapping: FileMapping, chart: Chart, *, is_old: bool
) -> AccountLine:
    """A decision made before holds as long as its account is there; one that is sure needs none."""
    told = mapping.accounts.get(account.key)
    if told and told.account not in chart:
        told = None
    offered = offer(account, names, chart, old_chart() if is_old else None)
    if told is None and offered and offered.is_sure:
        told = offered.target
    return AccountLine(account, told, offered)


NamesFor = Callable[[Mapping[str, Target]], tuple[FileName, ...]]
Proved = tuple[list[FileAccount], dict[str, str], Table | None, tuple[Finding, ...], NamesFor]
"""Accounts, names of accounts by code, the proof, findings, names in auxiliary columns once accounts have their targets."""


def _prove(table: ForeignTable, mapping: FileMapping, chart: Chart, places: Places) -> Proved:
    if table.kind is FileKind.BALANCES:
        problems = Problems()
        read = read_balances(table, problems)
        by_key = {r.account.key: r.account for r in read.leaves if r.fen or any(r.turnover or ())}

        def said(targets: Mapping[str, Target]) -> tuple[FileName, ...]:
            return names_of(balance_moves(read.leaves, targets))

        return list(by_key.values()), read.names, balances_table(read), problems.findings(), said
    made = read_vouchers(table, mapping.accounts)
    drafts, found = parse_foreign(made, mapping.accounts, chart, places, proof=True)
    names = {a.code: a.name for a in made.accounts.values() if a.code}
    proof = None if stopping(found) else months_table(drafts)
    return list(made.accounts.values()), names, proof, found, lambda _targets: names_of(drafts)


def balance_moves(leaves: Iterable[BalanceRow], targets: Mapping[str, Target]) -> list[OpeningDraft]:
    """Every detail with a balance on its account of ours, row by row; those of accounts nobody assigned are left out."""
    made = []
    for leaf in leaves:
        target = targets.get(leaf.account.key)
        if target is None or not leaf.fen:
            continue
        party = leaf.party or (leaf.account.leaf if target.detail is Detail.PARTY else "")
        debit, credit = max(leaf.fen, 0), max(-leaf.fen, 0)
        made.append(OpeningDraft(target.account, target.place, party, debit, credit, leaf.row))
    return made


def months_table(drafts: tuple[VoucherDraft, ...]) -> Table:
    """How many vouchers and entries each month has, and what they add up to."""
    counts: Counter[Period] = Counter()
    lines: Counter[Period] = Counter()
    debit: Counter[Period] = Counter()
    credit: Counter[Period] = Counter()
    for draft in drafts:
        month = Period.of(draft.booked_on)
        counts[month] += 1
        lines[month] += len(draft.lines)
        debit[month] += sum(line.debit_fen for line in draft.lines)
        credit[month] += sum(line.credit_fen for line in draft.lines)
    months = sorted(counts)
    rows: list[tuple[str | int | None, ...]] = [
        (str(m), counts[m], lines[m], debit[m], credit[m]) for m in months
    ]
    rows.append((_("total"), counts.total(), lines.total(), sum(debit.values()), sum(credit.values())))
    columns = (
        Column("period", _("Month"), Shape.TEXT, 10),
        Column("vouchers", _("Vouchers"), Shape.COUNT, 8),
        Column("entries", _("Entries"), Shape.COUNT, 8),
        Column("debit", _("Debit"), Shape.MONEY, 14),
        Column("credit", _("Credit"), Shape.MONEY, 14),
    )
    return Table("import-proof", _("What the file holds"), "", columns, tuple(rows), totals=1)


def balances_table(read: Balances) -> Table:
    """The details that count, with their sums."""
    rows: list[tuple[str | int | None, ...]] = [
        (r.account.code, r.account.name, r.party, r.fen if r.fen > 0 else 0, -r.fen if r.fen < 0 else 0)
        for r in read.leaves
        if r.fen
    ]
    debit = sum(r.fen for r in read.leaves if r.fen > 0)
    credit = -sum(r.fen for r in read.leaves if r.fen < 0)
    rows.append(("", _("total"), "", debit, credit))
    columns = (
        Column("code", _("Code"), Shape.TEXT, 10),
        Column("name", _("Account"), Shape.TEXT, 24),
        Column("party", _("Other party"), Shape.TEXT, 14),
        Column("debit", _("Debit"), Shape.MONEY, 14),
        Column("credit", _("Credit"), Shape.MONEY, 14),
    )
    return Table("import-proof", _("What the file holds"), "", columns, tuple(rows), totals=1)


def accept(look: Look, *likenesses: Likeness) -> FileMapping:
    """The mapping with every offer of these kinds taken: what a person confirms with one key."""
    taken = {
        line.account.key: line.offered.target
        for line in look.accounts
        if line.target is None and line.offered and line.offered.likeness in likenesses
    }
    return look.mapping.with_accounts(taken)


def unassigned(look: Look) -> list[Finding]:
    """A finding for every account of the file that nobody assigned yet, with what is offered for it."""
    text = _("The file's account “{value}” has no account of the book yet. Choose one for it.")
    hint = _("{text} Did you mean {suggestion}?")
    made = []
    for line in look.accounts:
        if line.target is not None:
            continue
        said = text.format(value=line.account.label)
        if line.offered:
            said = hint.format(text=said, suggestion=target_text(line.offered.target))
        where = _("{name} row {row}").format(name=look.name, row=line.account.row)
        made.append(Finding("IMP-40", Severity.ERROR, where, said))
    return made


def target_text(target: Target) -> str:
    """A target as people read it: 113 + other party, 513 + sub-account, 102 IN."""
    tail = {
        Detail.NONE: "",
        Detail.PARTY: _("name as other party"),
        Detail.SUB: _("name as sub-account"),
    }[target.detail]
    return ", ".join(filter(None, (target.account, target.place, tail)))


def refuse_stopping(look: Look) -> None:
    """Raises Refused with everything that is wrong: the file's own faults, accounts and names nobody decided."""
    found = [*stopping(look.findings), *unassigned(look), *undecided(look.names, look.name)]
    if found:
        raise Refused(found)
