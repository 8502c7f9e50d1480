"""What the book itself says in the notes to a year's statements; each filler is one paragraph or one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from villagebook import i18n
from villagebook.domain.account import (
    DISTRIBUTION,
    MEMBERS,
    PAYABLES,
    RESERVE,
    YEAR_RESULT,
    Category,
    Chart,
)
from villagebook.domain.asset import Origin
from villagebook.domain.formula import Atom
from villagebook.domain.loan import Loan, LoanSide, LoanState
from villagebook.domain.money import yuan_text
from villagebook.domain.people import PostKind
from villagebook.domain.period import Span
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.i18n import _
from villagebook.services import names
from villagebook.services.account_books.parties import parties, party_accounts
from villagebook.services.gathering import loan_facts
from villagebook.services.reporting import note_purposes
from villagebook.services.reporting.statement_figures import Reader
from villagebook.storage import entries, ledger, registry, roster
from villagebook.storage import statements as store
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection

LARGEST = 5
"""Parties and sub-accounts named of one account; what is left is said in one sum."""

DEBTORS = 60
"""Of more debtors than this on an account the largest are named; the balances by party name everyone."""

OFFICES = (
    PostKind.DIRECTOR,
    PostKind.SECRETARY,
    PostKind.SUPERVISION_HEAD,
    PostKind.ACCOUNTANT,
    PostKind.CASHIER,
)
LOANS = ("201", "221")
CLAIMS = ("112", MEMBERS)
NOMINAL_FEN = 100
"""One yuan: the nominal amount of assets without any evidence of a price."""


@dataclass(frozen=True, slots=True)
class Filled:
    """Paragraphs and tables, both translated."""

    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


def fill(book: Book, what: str, span: Span) -> Filled:
    """KeyError for a filler that is not there."""
    return FILLERS[what](book, span)


def as_line(table: Table, row: tuple[Cell, ...]) -> str:
    """A row in one text: what its columns are called, and what they hold."""
    return "  ".join(
        f"{c.title} {yuan_text(cell) if c.shape is Shape.MONEY and isinstance(cell, int) else cell}"
        for c, cell in zip(table.columns, row, strict=True)
        if cell not in (None, "")
    )


def _none() -> Filled:
    return Filled((_("According to the books there is nothing to report."),))


def _table(name: str, title: str, columns: tuple[Column, ...], rows: Iterable[tuple[Cell, ...]]) -> Filled:
    made = tuple(rows)
    return Filled((), (Table(name, title, "", columns, made),)) if made else _none()


def _organisation(book: Book, span: Span) -> Filled:
    with book.reading() as connection:
        staff = registry.read_staff(connection)
        households = roster.households(connection)
    info = book.info
    lines = [
        _("{village}, code {code}. The books begin in {start}; the money is kept as {mode}.").format(
            village=info.village, code=info.code, start=info.start, mode=names.mode_title(info.mode)
        )
    ]
    if households:
        lines.append(_("Households on the register: {n}.").format(n=len(households)))
    for office in OFFICES:
        held = staff.holders((office,), span.last.last_day)
        if held:
            people = ", ".join(p.name for p in held)
            lines.append(_("{office}: {names}").format(office=names.post_title(office), names=people))
    return Filled(tuple(lines))


def _equity(book: Book, span: Span) -> Filled:
    rows: list[tuple[Cell, ...]] = []
    with book.reading() as connection:
        chart = registry.read_chart(connection)
        found = ledger.balances(connection, span)
        for title, code in ((_("Capital"), "301"), (_("Public reserve and welfare fund"), RESERVE)):
            mine = [b for b in found if b.account.startswith(code)]
            opening, closing = -sum(b.opening_fen for b in mine), -sum(b.closing_fen for b in mine)
            rows.append(
                (title, opening, sum(b.credit_fen for b in mine), sum(b.debit_fen for b in mine), closing)
            )
        reader = Reader(connection, chart, book.info.start, span, YEAR_RESULT)
        rows.append((_("Undistributed result"), *_undistributed(reader)))
    rows.append((_("Total"), *(sum(int(r[n] or 0) for r in rows) for n in range(1, 5))))
    return _table("equity", "", _moved_columns(_("Equity")), rows)


def _undistributed(reader: Reader) -> tuple[int, int, int, int]:
    """Opening, increase, decrease, closing in fen: what was earned and what covered losses came, what was shared went.

    Turnovers of results and their carrying say nothing of that. What else was booked there is told on the side it weighs on.
    """
    results = {a.code for a in reader.chart if a.category is Category.RESULT}

    def standing(held: dict[str, int]) -> int:
        mine = (DISTRIBUTION, YEAR_RESULT)
        return -sum(fen for code, fen in held.items() if code in results or code.startswith(mine))

    opening, closing = standing(reader.opening), standing(reader.closing)
    earned = -sum(reader.moved.get(code, 0) for code in results)
    covered = sum(reader.values([Atom("T", RESERVE, other=DISTRIBUTION)]).values())
    shared = opening + earned + covered - closing
    parts = (earned, covered, -shared)
    return opening, sum(p for p in parts if p > 0), -sum(p for p in parts if p < 0), closing


def _moved_columns(first: str) -> tuple[Column, ...]:
    return (
        Column("item", first, Shape.TEXT, 20),
        Column("opening", _("Start of year"), Shape.MONEY, 12),
        Column("increase", _("Increase"), Shape.MONEY, 12),
        Column("decrease", _("Decrease"), Shape.MONEY, 12),
        Column("closing", _("End of year"), Shape.MONEY, 12),
    )


def _details(book: Book, span: Span) -> Filled:
    """Accounts with a balance that are divided by sub-account, or kept by party, the largest of each.

    Elsewhere the other party of a line is only whom it was done with: what was bought from somebody is not owed by anybody.
    """
    rows: list[tuple[Cell, ...]] = []
    with book.reading() as connection:
        chart = registry.read_chart(connection)
        kept = party_accounts(chart)
        for account in chart:
            if account.parent or account.is_money or account.category is Category.RESULT:
                continue
            found = _by_detail(connection, account.code, span, by_party=account.code in kept)
            if len(found) > 1 or any(key != (account.code, "") for key in found):
                rows += _largest(chart, account.code, found)
    columns = (
        Column("account", _("Account"), Shape.TEXT, 14),
        Column("detail", _("Detail"), Shape.TEXT, 24),
        Column("opening", _("Start of year"), Shape.MONEY, 12),
        Column("closing", _("End of year"), Shape.MONEY, 12),
    )
    return _table("details", "", columns, rows)


Details = dict[tuple[str, str], tuple[int, int]]
"""(account, party) -> opening and closing, signed fen; without any balance left out."""


def _by_detail(connection: Connection, code: str, span: Span, *, by_party: bool) -> Details:
    opening: dict[tuple[str, str], int] = {}
    for (account, party), fen in store.party_sums_before(connection, code, span.first).items():
        key = (account, party if by_party else "")
        opening[key] = opening.get(key, 0) + fen
    closing = dict(opening)
    moved = store.party_sums(connection, code, span.first.first_day.isoformat(), span.last.last_day)
    for account, party, fen in moved:
        key = (account, party if by_party else "")
        closing[key] = closing.get(key, 0) + fen
    return {k: (opening.get(k, 0), fen) for k, fen in closing.items() if opening.get(k) or fen}


def _largest(chart: Chart, top: str, found: Details) -> list[tuple[Cell, ...]]:
    """The largest details of one account, then the sum of the others; amounts on the account's own side."""
    sign = 1 if chart[top].category in (Category.ASSET, Category.COST) else -1
    title = f"{top} {chart[top].title(i18n.language())}"
    ordered = sorted(found.items(), key=lambda kv: -max(abs(kv[1][0]), abs(kv[1][1])))
    rows: list[tuple[Cell, ...]] = []
    for (code, party), (opening, closing) in ordered[:LARGEST]:
        sub = chart[code].title(i18n.language()) if code != top and code in chart else ""
        detail = " ".join(t for t in (sub, party) if t) or _("without detail")
        rows.append((title, detail, sign * opening, sign * closing))
    rest = [sums for _key, sums in ordered[LARGEST:]]
    if rest:
        other = _("{n} others").format(n=len(rest))
        rows.append((title, other, sign * sum(o for o, _c in rest), sign * sum(c for _o, c in rest)))
    return rows


def _ages(book: Book, span: Span) -> Filled:
    found = parties(book, span, only=CLAIMS)
    keys = [c.key for c in found.columns]
    at, side, owing = keys.index("balance"), keys.index("direction"), names.direction(1)
    wanted = [
        n for n, key in enumerate(keys) if key in ("name", "party", "balance") or key.startswith("days")
    ]
    columns = tuple(found.columns[n] for n in wanted)
    held = [r for r in found.rows if r[side] == owing and str(r[0])[:3] in CLAIMS]
    rows: list[tuple[Cell, ...]] = []
    for code in dict.fromkeys(r[0] for r in held):
        rows += _most(columns, [(r[at], tuple(r[n] for n in wanted)) for r in held if r[0] == code])
    return _table("ages", "", columns, rows)


def _most(columns: tuple[Column, ...], rows: list[tuple[Cell, tuple[Cell, ...]]]) -> list[tuple[Cell, ...]]:
    """(balance, cells) of one account: all, or of very many the largest and what the others come to."""
    if len(rows) <= DEBTORS:
        return [cells for _fen, cells in rows]
    ordered = sorted(rows, key=lambda row: -int(row[0] or 0))
    kept, others = ordered[: DEBTORS - 1], [cells for _fen, cells in ordered[DEBTORS - 1 :]]
    words = {"name": others[0][0], "party": _("{n} others").format(n=len(others))}
    rest = tuple(
        words.get(column.key, "") if column.shape is not Shape.MONEY else sum(int(r[n] or 0) for r in others)
        for n, column in enumerate(columns)
    )
    return [*(cells for _fen, cells in kept), rest]


def _nominal(book: Book, span: Span) -> Filled:
    with book.reading() as connection:
        cards = entries.assets(connection, span.last.last_day).values()
        gone = entries.disposals(connection)
    rows = [
        (a.code, a.name, a.acquired_on.isoformat(), a.original_fen, a.reason)
        for a in cards
        if a.original_fen <= NOMINAL_FEN
        and a.origin in (Origin.DONATED, Origin.GRANTED, Origin.FOUND)
        and not (a.code in gone and gone[a.code].gone_on <= span.last.last_day)
    ]
    columns = (
        Column("code", _("Code"), Shape.TEXT, 8),
        Column("name", _("Name"), Shape.TEXT, 18),
        Column("day", _("Since"), Shape.DAY, 9),
        Column("amount", _("Amount"), Shape.MONEY, 9),
        Column("reason", _("Reason"), Shape.TEXT, 26),
    )
    return _table("nominal", "", columns, rows)


def _borrowings(book: Book, span: Span) -> Filled:
    """Each registered loan with its terms; by party what the ledger holds beside the register."""
    rows: list[tuple[Cell, ...]] = []
    with book.reading() as connection:
        chart = registry.read_chart(connection)
        before = loan_facts.states(connection, book.info.start, span.first.first_day - timedelta(days=1))
        after = loan_facts.states(connection, book.info.start, span.last.last_day)
    for code in (c for c in LOANS if c in chart):
        mine = [
            s for s in after.values() if s.loan.side is LoanSide.BORROWED and s.loan.account.startswith(code)
        ]
        known = [(state, _moved(before.get(state.loan.code), state)) for state in mine]
        rows += [(s.loan.name, *moved, _terms(s.loan)) for s, moved in known if any(moved)]
        rows += _unregistered(book, span, code, [(s.loan.party, moved) for s, moved in known])
    columns = (*_moved_columns(_("Borrowed from")), Column("terms", _("Terms"), Shape.TEXT, 18))
    return _table("borrowings", "", columns, rows)


Moved = tuple[int, int, int, int]
"""Opening, increase, decrease, closing."""


def _moved(before: LoanState | None, after: LoanState) -> Moved:
    """A loan of former years was there before the book: what it was then, less what was paid back, is its opening."""
    opening = before.left_fen if before else 0
    increase = after.principal_fen - (before.principal_fen if before else 0)
    return opening, increase, opening + increase - after.left_fen, after.left_fen


def _terms(loan: Loan) -> str:
    due = _("due {day}").format(day=loan.due_on.isoformat()) if loan.due_on else ""
    return " · ".join(part for part in (loan.party, loan.rate, due) if part)


def _unregistered(
    book: Book, span: Span, code: str, registered: list[tuple[str, Moved]]
) -> list[tuple[Cell, ...]]:
    """Parties without a registered loan; of the others in one row what the ledger has more or less than the register."""
    rows: list[tuple[Cell, ...]] = []
    lenders = {party for party, _moved in registered}
    over = [-sum(moved[n] for _party, moved in registered) for n in range(4)]
    name = code
    found, owed = parties(book, span, code), names.direction(-1)
    for r in found.rows:
        cells = dict(zip((c.key for c in found.columns), r, strict=True))
        opening, debit, credit = (int(cells[k] or 0) for k in ("opening", "debit", "credit"))
        if cells["opening_direction"] == owed:
            opening = -opening
        moved = (-opening, credit, debit, -opening + credit - debit)
        if cells["party"] in lenders:
            over, name = [have + more for have, more in zip(over, moved, strict=True)], str(cells["name"])
        else:
            rows.append((f"{cells['name']} {cells['party']}".strip(), *moved, ""))
    if any(over):
        rows.append((_("{account}: beside the register of loans").format(account=name), *over, ""))
    return rows


def _disposals(book: Book, span: Span) -> Filled:
    with book.reading() as connection:
        found = entries.assets(connection)
        gone = [d for d in entries.disposals(connection).values() if d.gone_on in span]
    rows = [
        (
            d.gone_on.isoformat(),
            found[d.code].name if d.code in found else d.code,
            found[d.code].original_fen if d.code in found else None,
            d.proceeds_fen,
            " ".join(t for t in (d.reason, d.resolution) if t),
        )
        for d in gone
    ]
    columns = (
        Column("day", _("Date"), Shape.DAY, 9),
        Column("name", _("Name"), Shape.TEXT, 18),
        Column("original", _("Original value"), Shape.MONEY, 11),
        Column("proceeds", _("Proceeds"), Shape.MONEY, 11),
        Column("reason", _("Reason and resolution"), Shape.TEXT, 26),
    )
    return _table("disposals", "", columns, rows)


def _distribution(book: Book, span: Span) -> Filled:
    with book.reading() as connection:
        chart = registry.read_chart(connection)
        policy = registry.read_policy_on(connection, span.last.last_day)
        reader = Reader(connection, chart, book.info.start, span, YEAR_RESULT)
        wanted = [Atom("T", DISTRIBUTION, "", "", to) for to in (RESERVE, MEMBERS, PAYABLES)]
        reserve, members, others = reader.values(wanted).values()
    base = (
        _("what can be distributed")
        if policy.switches["reserve_on_distributable"]
        else _("the year's result")
    )
    lines = [
        _("Rate of the reserve: {rate} % of {base}.").format(
            rate=f"{policy.number('reserve_rate_bp') / 100:g}", base=base
        )
    ]
    lines.append(
        _("Set aside {reserve} yuan, given to the members {members} yuan, to others {others} yuan.").format(
            reserve=yuan_text(reserve), members=yuan_text(members), others=yuan_text(others)
        )
    )
    return Filled(tuple(lines))


def _purposes(book: Book, span: Span) -> Filled:
    found = note_purposes.tables(book, span)
    return Filled((), found) if found else _none()


FILLERS: dict[str, Callable[[Book, Span], Filled]] = {
    "organisation": _organisation,
    "equity": _equity,
    "details": _details,
    "ages": _ages,
    "nominal": _nominal,
    "borrowings": _borrowings,
    "purposes": _purposes,
    "disposals": _disposals,
    "distribution": _distribution,
}
"""By the names of the template."""
