"""In the notes: every special fund and every one-issue project with its money, beside what the ledger holds on 241 and 231."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from villagebook.domain.period import Span
from villagebook.domain.project import ProjectKind
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.i18n import _
from villagebook.services.gathering import plan_facts as plans
from villagebook.services.names import account_title
from villagebook.storage import funds, ledger, projects, registry
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection

FUNDS, ONE_ISSUE = "241", "231"

Stand = tuple[int, int]
"""Received and spent, up to a day."""


def tables(book: Book, span: Span) -> tuple[Table, ...]:
    """Funds, then projects; what held nothing and did not move is left out, and so is a table without rows."""
    with book.reading() as connection:
        made = (_funds(connection, span), _projects(connection, span))
    return tuple(table for table in made if table.rows)


def _funds(connection: Connection, span: Span) -> Table:
    chart = registry.read_chart(connection)
    before, last = span.first.first_day - timedelta(days=1), span.last.last_day
    rows = []
    for fund in funds.funds(connection):
        then, now = (plans.fund_stand(connection, chart, fund, day) for day in (before, last))
        rows.append((f"{fund.key} {fund.title}", *_moved(then, now)))
    columns = (
        Column("fund", _("Special fund"), Shape.TEXT, 20),
        Column("opening", _("Start of year"), Shape.MONEY, 12),
        Column("received", _("Received"), Shape.MONEY, 12),
        Column("spent", _("Spent"), Shape.MONEY, 12),
        Column("left", _("Balance"), Shape.MONEY, 12),
    )
    held = _on_account(connection, FUNDS, span)
    if held:
        opening, debit, credit, closing = held
        rows.append((_ledger_words(connection, FUNDS), opening, credit, debit, closing))
    return Table("special-funds", "", "", columns, _moving(rows))


def _projects(connection: Connection, span: Span) -> Table:
    """What is spent beyond what was raised is the village's own money; a balance is never less than nothing."""
    chart = registry.read_chart(connection)
    before, last = span.first.first_day - timedelta(days=1), span.last.last_day
    rows: list[tuple[Cell, ...]] = []
    for project in projects.projects(connection):
        if project.kind is not ProjectKind.ONE_ISSUE:
            continue
        then, now = (plans.project_stand(connection, chart, project, day) for day in (before, last))
        opening, raised, spent, left = _moved(then, now)
        own = max(0, -left) - max(0, -opening)
        rows.append((f"{project.code} {project.name}", max(0, opening), raised, own, spent, max(0, left)))
    columns = (
        Column("project", _("One issue, one discussion"), Shape.TEXT, 20),
        Column("opening", _("Start of year"), Shape.MONEY, 11),
        Column("received", _("Raised"), Shape.MONEY, 11),
        Column("own", _("Village's own money"), Shape.MONEY, 11),
        Column("spent", _("Spent"), Shape.MONEY, 11),
        Column("left", _("Balance"), Shape.MONEY, 11),
    )
    held = _on_account(connection, ONE_ISSUE, span)
    if held:
        opening, debit, credit, closing = held
        rows.append((_ledger_words(connection, ONE_ISSUE), opening, credit, None, debit, closing))
    return Table("one-issue", "", "", columns, _moving(rows))


def _moved(then: Stand, now: Stand) -> tuple[int, int, int, int]:
    """Opening, received, spent, balance; opening + received - spent = balance."""
    opening = then[0] - then[1]
    return opening, now[0] - then[0], now[1] - then[1], now[0] - now[1]


def _moving(rows: Iterable[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(row for row in rows if any(row[1:]))


def _on_account(connection: Connection, code: str, span: Span) -> tuple[int, int, int, int] | None:
    """Opening, debit, credit, closing of a liability with all beneath it, credit positive."""
    mine = [b for b in ledger.balances(connection, span) if b.account.startswith(code)]
    if not mine:
        return None
    opening, closing = -sum(b.opening_fen for b in mine), -sum(b.closing_fen for b in mine)
    return opening, sum(b.debit_fen for b in mine), sum(b.credit_fen for b in mine), closing


def _ledger_words(connection: Connection, code: str) -> str:
    return _("In the ledger: {account}").format(
        account=f"{code} {account_title(registry.read_chart(connection), code)}"
    )
