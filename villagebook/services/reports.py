"""Every report by its name on the command line; each is imported when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from villagebook.domain.errors import KnownError
from villagebook.domain.finding import Finding
from villagebook.domain.flowing import Flowing
from villagebook.domain.period import Period, Span
from villagebook.domain.statement_columns import View
from villagebook.domain.table import Table
from villagebook.i18n import _
from villagebook.storage import periods
from villagebook.storage.book import Book

STATEMENTS = ("balance-sheet", "income", "receipts-payments-statement", "statement")
"""`statement` is one of somebody's own: it wants a template."""

YEARLY = ("notes", "annual-report")
CHECKS = "statement-checks"
OF_ACCOUNTS = ("general-ledger", "detail-ledger", "multi-column", "parties", "aux-balances", "aux-ledger")
OF_ENTRIES = ("aux-balances", "aux-ledger")
"""Reports of what belongs to the entries of registers."""

FLOWING = (
    "cash-book",
    "bank-book",
    "journal",
    "detail-ledger",
    "multi-column",
    "aux-ledger",
    "log",
    "posting-data",
)
"""Lists without an end: they can be had row by row (`flowing`)."""

OF_PLACES = ("cash-book", "bank-book")
TRAILS = ("signatures", "log")
POSTING_DATA = "posting-data"
RECONCILIATION = "reconciliation"
TWO_LINES = "two-lines"
BROUGHT = (
    "imports",
    "prior-year",
    "conversion",
    "conversion-old",
    "conversion-new",
    "conversion-entries",
)
PLANS = ("budget", "budget-months", "projects", "project-ledger", "labour", "funds", "bills")
LOANS = "loans"
HANDOVERS = "handovers"
DECISIONS = ("resolutions", "vetoes")
PLAIN_WORDS = "plain-words"
BOARD = ("notices", "objections")
OPENNESS = (
    "board-duties",
    "requests",
    "audits",
    "laid-open",
    "board-year",
    "annual-pack",
    "disclosure-items",
)
"""What is owed to the board and to the members."""

INVOICES = ("invoices", "invoices-to-verify", "invoice-sellers")
USED_INVOICES = ("invoices-used", "invoices-elsewhere")
PAYEES = ("lists", "trips", "works")
HOLDINGS = ("assets", "depreciation", "resources", "contracts")
PEOPLE = ("households", "members", "outsiders")
"""The registers of who belongs and who is dealt with, as they stand on the last day of the span."""

NAMES = (
    *OF_PLACES,
    "journal",
    "trial-balance",
    "receipts-payments",
    "years",
    *OF_ACCOUNTS,
    *STATEMENTS,
    *YEARLY,
    CHECKS,
    *TRAILS,
    POSTING_DATA,
    RECONCILIATION,
    TWO_LINES,
    *PLANS,
    *HOLDINGS,
    *PEOPLE,
    *PAYEES,
    LOANS,
    HANDOVERS,
    *DECISIONS,
    *INVOICES,
    *USED_INVOICES,
    *BOARD,
    *OPENNESS,
    PLAIN_WORDS,
    *BROUGHT,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What narrows a report. `template` is another layout of a statement, a file or the key of one that the book keeps;
    `columns` are the columns of a statement, () the two usual ones; `party` None means every party.

    `machine` asks for one fact a row where people get a form. `entry` is a register or one entry of it ("household",
    "household:H01"); `depth` the levels of a trial balance, 0 as booked, `zeros` shows accounts without anything; `movement`
    compares what years moved, not what they ended with. `event`, `actor` and `text` narrow the log: a kind, who sat at the desk,
    words that occur.
    """

    account: str = ""
    party: str | None = None
    place: str = ""
    template: Path | str | None = None
    columns: tuple[str, ...] = ()
    machine: bool = False
    entry: str = ""
    depth: int = 0
    zeros: bool = False
    movement: bool = False
    event: str = ""
    actor: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A report, and what does not agree in it (statements only)."""

    table: Table
    findings: tuple[Finding, ...] = ()


def make(book: Book, name: str, span: Span, choice: Choice = Choice()) -> Made:
    """Raises KeyError for an unknown name, KnownError for an unknown account, Refused for a bad template."""
    if name in STATEMENTS:
        from villagebook.services.reporting.statements import statement

        found = statement(book, name, span, choice.template, views(choice.columns))
        return Made(found.table, found.findings)
    if name in YEARLY:
        from villagebook.services.reporting import annual

        return Made(*annual.make(book, name, span.last.year))
    if name == CHECKS:
        from villagebook.services.reporting.statements import all_ties

        return Made(*all_ties(book, span))
    if name in HOLDINGS:
        from villagebook.services.registers import register_tables

        return Made(*register_tables.make(book, name, span))
    return Made(_table(book, name, span, choice))


def views(names: tuple[str, ...]) -> tuple[View, ...]:
    """Columns by their names. Raises KnownError with the names there are."""
    try:
        return tuple(View(n) for n in names)
    except ValueError:
        bad = next(n for n in names if n not in list(View))
        raise KnownError(
            _("There is no column {name}.").format(name=bad),
            _("Columns are: {names}.").format(names=", ".join(View)),
        ) from None


def _table(book: Book, name: str, span: Span, choice: Choice) -> Table:
    from villagebook.services.account_books import ledgers

    flows = flowing(book, name, span, choice)
    if flows is not None:
        return flows.whole()
    for make_one in (_of_accounts, _of_registers, _of_approvals, _of_board, _of_invoices):
        table = make_one(book, name, span, choice)
        if table is not None:
            return table
    return ledgers.REPORTS[name](book, span)


def _of_accounts(book: Book, name: str, span: Span, choice: Choice) -> Table | None:
    """The books, and what stands behind them at the bank and in other programs."""
    if name == "general-ledger":
        from villagebook.services.account_books.account_ledgers import general_ledger

        return general_ledger(book, span, choice.account)
    if name == "aux-balances":
        from villagebook.services.account_books import aux_balances

        return aux_balances.balances(book, span, aux_balances.choice_of(choice.entry, choice.account))
    if name == "years":
        from villagebook.services.account_books.years import years

        return years(book, span, movement=choice.movement)
    if name == "trial-balance":
        from villagebook.services.account_books import ledgers

        return ledgers.trial_balance(book, span, choice.depth, zeros=choice.zeros)
    if name == "parties":
        from villagebook.services.account_books.parties import parties

        return parties(book, span, choice.account)
    if name == RECONCILIATION:
        from villagebook.services.banking import bank, bank_sheet

        return bank_sheet.report(book, span, bank.account_of(book, choice.place), paper=not choice.machine)
    if name in BROUGHT:
        from villagebook.services.bringing_in import brought

        return brought.make(book, name)
    if name == TWO_LINES:
        from villagebook.services.two_lines.proof import two_lines
        from villagebook.services.two_lines.proof_years import LONGEST, two_lines_by_month

        return (two_lines if span.first.shifted(LONGEST) > span.last else two_lines_by_month)(book, span)
    return None


def _of_registers(book: Book, name: str, span: Span, choice: Choice) -> Table | None:
    """Plans, loans, people, offices."""
    if name in PLANS:
        from villagebook.services.registers import plan_reports

        return plan_reports.make(book, name, span, choice.account)
    if name == LOANS:
        from villagebook.services.registers import loan_table

        return loan_table.report(book, span)
    if name in PEOPLE:
        from villagebook.services.registers import roster

        return roster.report(book, name, span.last.last_day)
    if name == HANDOVERS:
        from villagebook.services.offices import handover_words

        return handover_words.report(book, span)
    return None


def _of_approvals(book: Book, name: str, span: Span, _choice: Choice) -> Table | None:
    """Who signed and who decided, lists with payees and journeys."""
    if name == "signatures":
        from villagebook.services.trail import signatures

        return signatures(book, span)
    if name == "vetoes":
        from villagebook.services.approvals import vetoes

        return vetoes.table(book)
    if name == "resolutions":
        from villagebook.services.disclosure import resolution_table

        return resolution_table.report(book, span)
    if name in PAYEES:
        from villagebook.services.approvals import list_tables

        return list_tables.make(book, name, span)
    return None


def _of_board(book: Book, name: str, span: Span, _choice: Choice) -> Table | None:
    """What hangs, what is owed to the board, and the words used there."""
    if name in BOARD:
        from villagebook.services.disclosure import board_tables

        return board_tables.make(book, name, span)
    if name in OPENNESS:
        from villagebook.services.disclosure import openness_tables

        return openness_tables.make(book, name, span)
    if name == PLAIN_WORDS:
        from villagebook.services.disclosure import plain_words

        return plain_words.table(book)
    return None


def _of_invoices(book: Book, name: str, span: Span, _choice: Choice) -> Table | None:
    if name in INVOICES:
        from villagebook.services.invoicing import invoice_tables

        return invoice_tables.make(book, name, span)
    if name in USED_INVOICES:
        from villagebook.services.invoicing import used_tables

        return used_tables.make(book, name, span)
    return None


def flowing(book: Book, name: str, span: Span, choice: Choice = Choice()) -> Flowing | None:
    """A list as it is read, first rows first; None for a report that is only had whole. Raises KnownError."""
    if name in ("cash-book", "bank-book", "journal"):
        from villagebook.services.account_books import money_books

        if name == "journal":
            return money_books.journal_flow(book, span)
        made = money_books.cash_flow if name == "cash-book" else money_books.bank_flow
        return made(book, span, choice.place)
    if name == "detail-ledger":
        from villagebook.services.account_books import detail_ledger

        return detail_ledger.flow(book, span, choice.account, choice.party)
    if name == "multi-column":
        from villagebook.services.account_books import multi_column

        return multi_column.flow(book, span, choice.account, machine=choice.machine)
    if name == "log":
        from villagebook.services.trail import log_flow

        return log_flow(book, span, choice.event, choice.actor, choice.text)
    if name == POSTING_DATA:
        from villagebook.services.account_books import posting_data

        return posting_data.flow(book, span)
    if name == "aux-ledger":
        from villagebook.services.account_books import aux_balances

        return aux_balances.flow(book, span, aux_balances.choice_of(choice.entry, choice.account))
    return None


def newest_month(book: Book) -> Period:
    """The last month with a voucher or a close; the first month of an empty book."""
    with book.reading() as connection:
        last = periods.last_booked(connection)
        states = periods.period_states(connection)
    return max([book.info.start, *states, *([Period.of(last)] if last else [])])
