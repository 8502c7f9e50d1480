"""The trial balance (科目余额表): as booked, or by levels of the chart with sums above their parts."""

from __future__ import annotations

from villagebook.domain.account import Chart
from villagebook.domain.balance import AccountBalance, split_sides
from villagebook.domain.period import Span
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.i18n import _
from villagebook.services.names import account_title
from villagebook.storage import ledger, registry
from villagebook.storage.book import Book

INDENT = "　"


def trial_balance(book: Book, span: Span, depth: int = 0, *, zeros: bool = False) -> Table:
    """Accounts with an opening or a movement; the last row is the total and its sides are equal.

    `depth` 0 shows the accounts that were booked on; 1 those of the chart with everything under them, 2 also the first
    level of sub-accounts below the account they add up to, and so on. `zeros` shows accounts without anything, too.
    """
    with book.reading() as connection:
        chart = registry.read_chart(connection)
        found = {b.account: b for b in ledger.balances(connection, span)}
    shown = _by_level(chart, found, depth) if depth else found
    if zeros:
        for account in chart:
            if chart.depth(account.code) < depth or (not depth and chart.is_leaf(account.code)):
                shown.setdefault(account.code, AccountBalance(account.code, 0, 0, 0))
    rows: list[tuple[Cell, ...]] = []
    for code in sorted(shown):
        b = shown[code]
        if not (zeros or b.opening_fen or b.debit_fen or b.credit_fen):
            continue
        level = chart.depth(code)
        name = (INDENT * level if depth else "") + account_title(chart, code)
        money = (*split_sides(b.opening_fen), b.debit_fen, b.credit_fen, *split_sides(b.closing_fen))
        rows.append((code, name, *money, *((level + 1,) if depth else ())))
    sums = _sums(tuple(found.values()), chart, depth)
    targets = tuple(f"account:{r[0]}" for r in rows)
    total: tuple[Cell, ...] = ("", _("Total"), *sums, *((None,) if depth else ()))
    columns = (
        Column("account", _("Account"), Shape.TEXT, 8),
        Column("name", _("Name"), Shape.TEXT, 18),
        Column("opening_debit", _("Opening debit"), Shape.MONEY, 12),
        Column("opening_credit", _("Opening credit"), Shape.MONEY, 12),
        Column("debit", _("Debit"), Shape.MONEY, 12),
        Column("credit", _("Credit"), Shape.MONEY, 12),
        Column("closing_debit", _("Closing debit"), Shape.MONEY, 12),
        Column("closing_credit", _("Closing credit"), Shape.MONEY, 12),
        *((Column("level", _("Level"), Shape.COUNT, 4),) if depth else ()),
    )
    strong = frozenset(
        at for at, r in enumerate(rows) if depth > 1 and str(r[0]) in chart and chart.below(str(r[0]))
    )
    return Table(
        "trial-balance", _("Trial balance"), str(span), columns, (*rows, total), 1, (*targets, ""), strong
    )


def _by_level(chart: Chart, found: dict[str, AccountBalance], depth: int) -> dict[str, AccountBalance]:
    """Every account above `depth` with all that hangs under it."""
    made: dict[str, AccountBalance] = {}
    for b in found.values():
        code = b.account
        while code:
            if chart.depth(code) < depth:
                held = made.get(code, AccountBalance(code, 0, 0, 0))
                made[code] = AccountBalance(
                    code,
                    held.opening_fen + b.opening_fen,
                    held.debit_fen + b.debit_fen,
                    held.credit_fen + b.credit_fen,
                )
            account = chart.get(code)
            code = account.parent if account else ""
    return made


def _sums(found: tuple[AccountBalance, ...], chart: Chart, depth: int) -> list[int]:
    """The columns added up over accounts that do not contain each other."""
    tops = _by_level(chart, {b.account: b for b in found}, 1).values() if depth else found
    sums = [0] * 6
    for b in tops:
        money = (*split_sides(b.opening_fen), b.debit_fen, b.credit_fen, *split_sides(b.closing_fen))
        sums = [s + m for s, m in zip(sums, money, strict=True)]
    return sums
