"""Every report by its name on the command line; each is imported when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from villagebook.domain.errors import KnownError
from villagebook.domain.finding import Finding
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
OF_ACCOUNTS = ("general-ledger", "detail-ledger", "parties")
OF_PLACES = ("cash-book", "bank-book")
TRAILS = ("signatures", "log")
RECONCILIATION = "reconciliation"
TWO_LINES = "two-lines"
PLANS = ("budget", "budget-months", "projects", "project-ledger", "funds", "bills")
NAMES = (
    *OF_PLACES,
    "journal",
    "trial-balance",
    "receipts-payments",
    *OF_ACCOUNTS,
    *STATEMENTS,
    *YEARLY,
    CHECKS,
    *TRAILS,
    RECONCILIATION,
    TWO_LINES,
    *PLANS,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What narrows a report. `template` is another layout of a statement, a file or the key of one that the book keeps;
    `columns` are the columns of a statement, () the two usual ones; `party` None means every party.

    `machine` asks for one fact a row where people get a form.
    """

    account: str = ""
    party: str | None = None
    place: str = ""
    template: Path | str | None = None
    columns: tuple[str, ...] = ()
    machine: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A report, and what does not agree in it (statements only)."""

    table: Table
    findings: tuple[Finding, ...] = ()


def make(book: Book, name: str, span: Span, choice: Choice = Choice()) -> Made:
    """Raises KeyError for an unknown name, KnownError for an unknown account, Refused for a bad template."""
    if name in STATEMENTS:
        from villagebook.services.statements import statement

        found = statement(book, name, span, choice.template, views(choice.columns))
        return Made(found.table, found.findings)
    if name in YEARLY:
        from villagebook.services import annual

        return Made(*annual.make(book, name, span.last.year))
    if name == CHECKS:
        from villagebook.services.statements import all_ties

        return Made(*all_ties(book, span))
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
    from villagebook.services import ledgers

    if name == "general-ledger":
        from villagebook.services.account_ledgers import general_ledger

        return general_ledger(book, span, choice.account)
    if name == "detail-ledger":
        from villagebook.services.account_ledgers import detail_ledger

        return detail_ledger(book, span, choice.account, choice.party)
    if name == "parties":
        from villagebook.services.parties import parties

        return parties(book, span, choice.account)
    if name in TRAILS:
        from villagebook.services import trail

        return trail.log(book, span) if name == "log" else trail.signatures(book, span)
    if name == RECONCILIATION:
        from villagebook.services import bank, bank_sheet

        return bank_sheet.report(book, span, bank.account_of(book, choice.place), paper=not choice.machine)
    if name in PLANS:
        from villagebook.services import plan_reports

        return plan_reports.make(book, name, span, choice.account)
    if name == TWO_LINES:
        from villagebook.services.proof import two_lines

        return two_lines(book, span)
    if name == "cash-book":
        return ledgers.cash_book(book, span, choice.place)
    if name == "bank-book":
        return ledgers.bank_book(book, span, choice.place)
    return ledgers.REPORTS[name](book, span)


def newest_month(book: Book) -> Period:
    """The last month with a voucher or a close; the first month of an empty book."""
    with book.reading() as connection:
        last = periods.last_booked(connection)
        states = periods.period_states(connection)
    return max([book.info.start, *states, *([Period.of(last)] if last else [])])
