"""The register of loans and advances as a table, and what of it wants doing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from villagebook.domain.finding import Finding, Severity
from villagebook.domain.loan import LoanSide, Standing
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Span
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.i18n import N_, _
from villagebook.rules.facts import Facts
from villagebook.rules.loan_facts import LoanFacts
from villagebook.rules.rule import When
from villagebook.services.gate import look
from villagebook.services.gathering import loan_facts
from villagebook.services.registers import loans
from villagebook.storage import loans as stored
from villagebook.storage.book import Book, BookInfo
from villagebook.storage.engine import Connection

KINDS = {
    "borrowed": N_("borrowed"),
    "lent": N_("lent in former years"),
    "loan": N_("lent"),
    "advance": N_("advance"),
}
STANDINGS = {
    Standing.AGREED: N_("agreed, not paid out"),
    Standing.OPEN: N_("open"),
    Standing.OVERDUE: N_("overdue"),
    Standing.SETTLED: N_("paid back"),
    Standing.ENDED: N_("closed"),
}
MOST = 8
"""Loans that are named one by one on the home page."""


def kind_title(kind: str) -> str:
    return _(KINDS[kind])


def report(book: Book, span: Span) -> Table:
    """The register at the end of a span."""
    return table(loans.standings(book, span.last.last_day), span.last.last_day)


def table(found: tuple[loans.Owed, ...], day: date) -> Table:
    """Debts, then claims, each with its sum; a registered one opens in the register, another its voucher."""
    columns = (
        Column("kind", _("Kind"), Shape.TEXT, 8),
        Column("code", _("Loan number"), Shape.TEXT, 6),
        Column("party", _("Other party"), Shape.TEXT, 12),
        Column("given", _("Day of the loan"), Shape.DAY, 8),
        Column("amount", _("Amount"), Shape.MONEY, 10),
        Column("due", _("Due on"), Shape.DAY, 8),
        Column("resolution", _("Resolution"), Shape.TEXT, 9),
        Column("permit", _("Permission"), Shape.TEXT, 8),
        Column("repaid", _("Paid back"), Shape.MONEY, 10),
        Column("left", _("Left"), Shape.MONEY, 10),
        Column("days", _("Days overdue"), Shape.COUNT, 6),
        Column("state", _("State"), Shape.TEXT, 8),
    )
    rows: list[tuple[Cell, ...]] = []
    targets: list[str] = []
    strong: set[int] = set()
    for borrowed, title in ((True, _("The village owes")), (False, _("The village is owed"))):
        own = [o for o in found if (o.kind == LoanSide.BORROWED) is borrowed]
        rows += [_row(o) for o in own]
        targets += [
            f"register:loans/{o.code}" if o.code else f"voucher:{o.voucher_id}" if o.voucher_id else ""
            for o in own
        ]
        if own:
            strong.add(len(rows))
            sums = (
                sum(o.amount_fen for o in own),
                sum(o.repaid_fen for o in own),
                sum(o.left_fen for o in own),
            )
            rows.append(("", "", title, "", sums[0], "", "", "", sums[1], sums[2], None, ""))
            targets.append("")
    machine = tuple(r for at, r in enumerate(rows) if at not in strong)
    shown = _("at the end of {day}").format(day=day.isoformat())
    return Table(
        "loans",
        _("Loans and advances"),
        shown,
        columns,
        tuple(rows),
        0,
        tuple(targets),
        frozenset(strong),
        machine,
    )


SHORT = ("code", "party", "due", "left", "days", "state")
"""What stands beside the form; the rest is there when a row is chosen, and in the files."""


def short(whole: Table) -> Table:
    """The same rows with fewer columns."""
    kept = [n for n, column in enumerate(whole.columns) if column.key in SHORT]
    return replace(
        whole,
        columns=tuple(whole.columns[n] for n in kept),
        rows=tuple(tuple(row[n] for n in kept) for row in whole.rows),
        machine_rows=None,
    )


def _row(owed: loans.Owed) -> tuple[Cell, ...]:
    return (
        kind_title(owed.kind),
        owed.code,
        owed.party,
        owed.given_on.isoformat(),
        owed.amount_fen,
        owed.due_on.isoformat() if owed.due_on else "",
        owed.resolution,
        owed.permit,
        owed.repaid_fen,
        owed.left_fen,
        owed.late_days or None,
        _(STANDINGS[owed.standing]),
    )


def reminders(
    connection: Connection, info: BookInfo, facts: Facts, found: tuple[Finding, ...], today: date
) -> tuple[Finding, ...]:
    """Overdue loans and advances first, then what falls due soon; each leads to the register.

    `found` is what the close of the month says already: the claims of documents (E2L-36) are among it.
    """
    said = [replace(f, target="register:loans") for f in found if f.id == "E2L-36"]
    if not stored.any_loan(connection):
        return tuple(said[:MOST])
    known = loan_facts.states(connection, info.start, today)
    late = loan_facts.late(known.values(), today)
    said += [
        f for f in look(replace(facts, loans=LoanFacts(late=late[:MOST])), When.CLOSE) if f.id == "LN-11"
    ]
    soon = today + timedelta(days=facts.policy.number("instalment_days"))
    for code, state in known.items():
        due_on = state.loan.due_on
        if due_on and state.left_fen > 0 and today <= due_on <= soon:
            text = (
                _("{left} is to be paid back to {name} on {due}.")
                if state.loan.side is LoanSide.BORROWED
                else _("{name} is to pay {left} back on {due}.")
            )
            words = text.format(left=yuan_text(state.left_fen), name=state.loan.party, due=due_on.isoformat())
            said.append(Finding("HOME-14", Severity.HINT, code, words, "", f"register:loans/{code}"))
    return tuple(said)
