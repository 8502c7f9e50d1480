"""Every report by its name on the command line; each is imported when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from villagebook.domain.finding import Finding
from villagebook.domain.period import Period, Span
from villagebook.domain.table import Table
from villagebook.storage import periods
from villagebook.storage.book import Book

STATEMENTS = ("balance-sheet", "income")
OF_ACCOUNTS = ("general-ledger", "detail-ledger", "parties")
OF_PLACES = ("cash-book", "bank-book")
TRAILS = ("signatures", "log")
RECONCILIATION = "reconciliation"
TWO_LINES = "two-lines"
NAMES = (
    *OF_PLACES,
    "journal",
    "trial-balance",
    "receipts-payments",
    *OF_ACCOUNTS,
    *STATEMENTS,
    *TRAILS,
    RECONCILIATION,
    TWO_LINES,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What narrows a report. `template` is another layout of a statement; `party` None means every party.

    `machine` asks for one fact a row where people get a form.
    """

    account: str = ""
    party: str | None = None
    place: str = ""
    template: Path | None = None
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

        found = statement(book, name, span, choice.template)
        return Made(found.table, found.findings)
    return Made(_table(book, name, span, choice))


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
