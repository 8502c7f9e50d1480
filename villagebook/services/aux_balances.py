"""Auxiliary balances (辅助核算余额): what belongs to each entry of a register, account by account, with the age of claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from villagebook.domain.account import Chart
from villagebook.domain.ageing import Movement
from villagebook.domain.balance import direction
from villagebook.domain.errors import KnownError
from villagebook.domain.flowing import Flowing, FlowRow
from villagebook.domain.link import Link, LinkKind, LinkTarget
from villagebook.domain.period import Period, Span
from villagebook.domain.table import Carried, Cell, Column, Shape, Table
from villagebook.i18n import _
from villagebook.services import names
from villagebook.services.detail_ledger import section
from villagebook.services.ledger_rows import (
    account_columns,
    account_title,
    ledger_columns,
    whole_years,
)
from villagebook.services.parties import (
    account_code,
    age_columns,
    age_limits,
    balance_cells,
    party_accounts,
)
from villagebook.storage import aux_balances as store
from villagebook.storage import links, registry
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection

Key = tuple[str, str, str]
"""Kind of register, code of the entry, account."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What narrows the balances. `kind` "" is every register, `entry` "" every entry of it, `account` "" every account."""

    kind: str = ""
    entry: str = ""
    account: str = ""


def choice_of(entry: str, account: str = "") -> Choice:
    """From "household", "household:H01" or ""; raises KnownError for a register there is none of."""
    kind, _colon, code = entry.strip().partition(":")
    if kind and kind not in {k.value for k in LinkKind}:
        raise KnownError(
            _("There is no register {text}.").format(text=kind),
            _("There are: {kinds}.").format(kinds=", ".join(k.value for k in LinkKind)),
        )
    return Choice(kind, code.strip(), account)


def balances(book: Book, span: Span, choice: Choice = Choice()) -> Table:
    """Every entry with an opening, a movement or a balance; ages are days at the end of the span, for claims and debts."""
    limits = age_limits()
    with book.reading() as connection:
        chart = registry.read_chart(connection)
        code = account_code(chart, choice.account) if choice.account else ""
        aged = party_accounts(chart)
        titles = {t.link: t for t in links.targets(connection)}
        wanted = [a.code for a in chart if a.code.startswith(code)]
        found = _aged(
            connection, choice, [a for a in wanted if a.startswith(aged)], span, book.info.start, limits
        )
        found |= _summed(
            connection, choice, [a for a in wanted if not a.startswith(aged)], span, len(limits) + 1
        )
    kinds = {k.value: names.link_kind_title(k) for k in LinkKind}
    accounts = {a: account_title(chart, a) for a in wanted}
    entries = {(t.link.kind.value, t.link.code): t.name for t in titles.values()}
    rows: list[tuple[Cell, ...]] = []
    targets: list[str] = []
    for (kind, entry, account), cells in sorted(found.items()):
        rows.append((kinds[kind], entry, entries.get((kind, entry), ""), account, accounts[account], *cells))
        targets.append(f"link:{kind}/{entry}")
    columns = (
        Column("kind", _("Register"), Shape.TEXT, 8),
        Column("code", _("Code"), Shape.TEXT, 7),
        Column("entry", _("Entry"), Shape.TEXT, 14),
        *account_columns(),
        *age_columns(limits),
    )
    return Table(
        "aux-balances",
        _("Auxiliary balances"),
        _subtitle(span, choice, titles, chart, code),
        columns,
        tuple(rows),
        targets=tuple(targets),
    )


def _subtitle(span: Span, choice: Choice, titles: dict[Link, LinkTarget], chart: Chart, code: str) -> str:
    parts = [str(span)]
    if choice.kind:
        parts.append(names.link_kind_title(LinkKind(choice.kind)))
    if choice.kind and choice.entry:
        title = titles.get(Link(LinkKind(choice.kind), choice.entry))
        parts.append(f"{choice.entry} {title.name if title else ''}".strip())
    if code:
        parts.append(f"{code} {account_title(chart, code)}")
    return "  ".join(parts)


Balances = dict[Key, tuple[Cell, ...]]
"""The cells of `balance_cells` by register, entry and account."""


def _aged(
    connection: Connection, choice: Choice, accounts: list[str], span: Span, start: Period, limits: list[int]
) -> Balances:
    """Claims and debts: every movement is read, for the oldest is settled first."""
    found: dict[Key, list[Movement]] = {}
    before = start.first_day - timedelta(days=1)
    for kind, code, account, debit, credit in store.opening_sums(connection, choice.kind, choice.entry):
        if account in accounts:
            found.setdefault((kind, code, account), []).append(Movement(before, debit, credit))
    undone = store.undone_positions(connection)
    days: dict[str, date] = {}
    for kind, code, account, day, debit, credit, seq in store.linked_moves(
        connection, choice.kind, choice.entry, span.last.last_day, accounts
    ):
        on = days.get(day) or days.setdefault(day, date.fromisoformat(day))
        moved = Movement(on, debit, credit, seq, undone.get(seq, 0))
        found.setdefault((kind, code, account), []).append(moved)
    made = ((key, balance_cells(movements, span, limits)) for key, movements in found.items())
    return {key: cells for key, cells in made if cells is not None}


def _summed(connection: Connection, choice: Choice, accounts: list[str], span: Span, ages: int) -> Balances:
    """Everything else: sums, and nothing about age."""
    found: dict[Key, list[int]] = {}
    for kind, code, account, debit, credit in store.opening_sums(connection, choice.kind, choice.entry):
        if account in accounts:
            found[kind, code, account] = [debit - credit, 0, 0, 0]
    for kind, code, account, *sums in store.linked_sums(
        connection, choice.kind, choice.entry, span, accounts
    ):
        held = found.get((kind, code, account))
        found[kind, code, account] = [held[0] + sums[0], *sums[1:]] if held else sums
    made: Balances = {}
    nothing = (None,) * ages
    for key, (opening, debit, credit, lines) in found.items():
        if opening or lines:
            balance = opening + debit - credit
            made[key] = (opening, debit, credit, direction(balance), abs(balance), *nothing, "")
    return made


def ledger(book: Book, span: Span, choice: Choice) -> Table:
    """As `flow`, with every row."""
    return flow(book, span, choice).whole()


def flow(book: Book, span: Span, choice: Choice) -> Flowing:
    """The ledger of one entry (辅助明细账): account by account, in the form of the detail ledger. Raises KnownError."""
    if not (choice.kind and choice.entry):
        raise KnownError(
            _("Which entry of which register is meant was not said."),
            _("Name it by register and code, such as household:H01."),
        )
    years = whole_years(span)
    link = Link(LinkKind(choice.kind), choice.entry)
    with book.reading() as connection:
        chart = registry.read_chart(connection)
        code = account_code(chart, choice.account) if choice.account else ""
        titles = {t.link: t for t in links.targets(connection)}
        opening: dict[str, int] = {}
        for _kind, _code, held, debit, credit in store.opening_sums(connection, choice.kind, choice.entry):
            opening[held] = opening.get(held, 0) + debit - credit
        lines = links.linked_rows(connection, link, span.last.last_day)
    by_account: dict[str, list[tuple[object, ...]]] = {}
    first = years.first.first_day.isoformat()
    for day, word, number, summary, party, held, debit, credit, ident, _dead in lines:
        if day < first:
            opening[held] = opening.get(held, 0) + debit - credit
        else:
            row = (held, party, day, word, number, summary, debit, credit, ident)
            by_account.setdefault(held, []).append(row)
    accounts = sorted(
        a
        for a in opening.keys() | by_account.keys()
        if a.startswith(code) and (opening.get(a) or a in by_account)
    )
    head = Table(
        "aux-ledger",
        _("Auxiliary ledger"),
        _subtitle(span, choice, titles, chart, code),
        (*account_columns(), *ledger_columns()),
        (),
        carried=Carried((4, 5, 6, 8), 7, 2),
    )

    def rows() -> Iterator[FlowRow]:
        for held in accounts:
            lead = (held, account_title(chart, held))
            yield from section(lead, span, book.info.start, opening.get(held, 0), by_account.get(held, ()))

    return Flowing(head, rows())


def entries(book: Book) -> Sequence[LinkTarget]:
    """Every entry of every register, for choosing."""
    with book.reading() as connection:
        return links.targets(connection)
