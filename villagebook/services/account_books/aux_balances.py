"""Auxiliary balances (辅助核算余额): what belongs to each entry of a register, account by account, with the age of claims."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter

from villagebook.domain.account import Chart
from villagebook.domain.ageing import Movement
from villagebook.domain.errors import KnownError
from villagebook.domain.flowing import Flowing, FlowRow
from villagebook.domain.link import Link, LinkKind, LinkTarget
from villagebook.domain.period import Period, Span
from villagebook.domain.table import Carried, Cell, Column, Shape, Table
from villagebook.exchange.memory import uncollected
from villagebook.i18n import _
from villagebook.services import names
from villagebook.services.account_books.detail_ledger import section
from villagebook.services.account_books.ledger_rows import (
    account_columns,
    ledger_columns,
    whole_years,
)
from villagebook.services.account_books.parties import (
    Ageing,
    account_code,
    age_columns,
    age_limits,
    party_accounts,
)
from villagebook.services.names import account_title
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


@uncollected()
def balances(book: Book, span: Span, choice: Choice = Choice()) -> Table:
    """Every entry with an opening, a movement or a balance; ages are days at the end of the span, for claims and debts."""
    limits = age_limits()
    with book.reading() as connection:
        chart = registry.read_chart(connection)
        code = account_code(chart, choice.account) if choice.account else ""
        titles = links.target_names(connection)
        if choice.entry:
            _check_known(choice, titles)
        wanted = [a.code for a in chart if a.code.startswith(code)]
        found = _read(
            connection, choice, wanted if code else (), party_accounts(chart), span, book.info.start
        )
    kinds = {k.value: names.link_kind_title(k) for k in LinkKind}
    accounts = {a: account_title(chart, a) for a in wanted}
    rows: list[tuple[Cell, ...]] = []
    targets: list[str] = []
    for key, cells in _cells(found, Ageing.over(span, limits)):
        kind, entry, account = key
        named = (kinds[kind], entry, titles.get((kind, entry), ""), account, accounts[account])
        rows.append(named + cells)
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


def _check_known(choice: Choice, known: Container[tuple[str, str]]) -> None:
    """Raises KnownError for an entry that was never in the register: an empty list would say that nothing was booked."""
    if (choice.kind, choice.entry) not in known:
        kind = names.link_kind_title(LinkKind(choice.kind))
        raise KnownError(
            _("There is no entry {code} in the register: {kind}.").format(code=choice.entry, kind=kind),
            _("The auxiliary balances name every entry that was booked on."),
        )


def _subtitle(
    span: Span, choice: Choice, titles: Mapping[tuple[str, str], str], chart: Chart, code: str
) -> str:
    parts = [str(span)]
    if choice.kind:
        parts.append(names.link_kind_title(LinkKind(choice.kind)))
    if choice.kind and choice.entry:
        title = titles.get((choice.kind, choice.entry), "")
        parts.append(f"{choice.entry} {title}".strip())
    if code:
        parts.append(f"{code} {account_title(chart, code)}")
    return "  ".join(parts)


@dataclass(slots=True)
class _Found:
    """Claims and debts movement by movement, for the oldest is settled first; of everything else sums.

    A sum is what stood before the span, debit and credit within, and how many lines these were.
    """

    moves: dict[Key, list[Movement]]
    sums: dict[Key, list[int]]


def _read(
    connection: Connection,
    choice: Choice,
    accounts: Sequence[str],
    aged: tuple[str, ...],
    span: Span,
    start: Period,
) -> _Found:
    """Everything linked up to the end of the span, in one walk; `accounts` () is every account, `aged` begin those with ages."""
    found = _Found({}, {})
    before = start.first_day - timedelta(days=1)
    for kind, code, account, debit, credit in store.opening_sums(connection, choice.kind, choice.entry):
        if accounts and account not in accounts:
            continue
        if account.startswith(aged):
            found.moves.setdefault((kind, code, account), []).append(Movement(before, debit, credit))
        else:
            found.sums[kind, code, account] = [debit - credit, 0, 0, 0]
    undone = store.undone_positions(connection)
    days: dict[str, date] = {}
    is_aged: dict[str, bool] = {}
    first = span.first.first_day.isoformat()
    moves, sums = found.moves, found.sums
    for kind, code, account, day, debit, credit, seq in store.linked_moves(
        connection, choice.kind, choice.entry, span.last.last_day, accounts
    ):
        key = (kind, code, account)
        if account not in is_aged:
            is_aged[account] = account.startswith(aged)
        if is_aged[account]:
            on = days.get(day) or days.setdefault(day, date.fromisoformat(day))
            moved = Movement(on, debit, credit, seq, undone.get(seq, 0))
            if key in moves:
                moves[key].append(moved)
            else:
                moves[key] = [moved]
        elif key not in sums:  # the usual case by far: one line of an entry on an account
            sums[key] = [debit - credit, 0, 0, 0] if day < first else [0, debit, credit, 1]
        else:
            held = sums[key]
            if day < first:
                held[0] += debit - credit
            else:
                held[1] += debit
                held[2] += credit
                held[3] += 1
    return found


def _cells(found: _Found, ageing: Ageing) -> Iterator[tuple[Key, tuple[Cell, ...]]]:
    """`Ageing.cells` of what had an opening or moved, by register, entry and account.

    Entries come by voucher and are put in the order of their days first.
    """
    moves, sums = found.moves, found.sums
    nothing = (*(None for _limit in range(len(ageing.limits) + 1)), "")
    sides = ageing.sides
    for key in sorted([*moves, *sums]):  # an account is among the one or the other
        held = sums.get(key)
        if held is None:
            movements = moves[key]
            movements.sort(key=attrgetter("day"))
            cells = ageing.cells(movements)
            if cells is not None:
                yield key, cells
            continue
        opening, debit, credit, lines = held
        if opening or lines:
            balance = opening + debit - credit
            side, after = sides[(opening > 0) - (opening < 0)], sides[(balance > 0) - (balance < 0)]
            yield key, (side, abs(opening), debit, credit, after, abs(balance), *nothing)


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
        titles = links.target_names(connection)
        _check_known(choice, titles)
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
