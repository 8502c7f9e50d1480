"""Sub-accounts under the chart: added, put out of use and back; never deleted, never renamed.

An account that carries bookings gets its first sub-account only together with its balance: one adjustment, party by party.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import date

from villagebook.domain.account import MONEY_ACCOUNTS, Account, Category, Side
from villagebook.domain.document import Document, derive_lines
from villagebook.domain.finding import Finding, stopping
from villagebook.domain.period import Period, Span
from villagebook.domain.voucher import VoucherLine
from villagebook.domain.year_end import move_entry
from villagebook.rules.facts import AccountFacts, Facts
from villagebook.rules.rule import When
from villagebook.services.by import By, new_id
from villagebook.services.gate import look, pass_or_refuse
from villagebook.services.gathering import facts as gather
from villagebook.services.vouchers.posting import post_entries
from villagebook.storage import documents as docs
from villagebook.storage import ledger, links
from villagebook.storage.book import Book, BookInfo, Writing
from villagebook.storage.engine import Connection


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What a sub-account is told; its kind and side are those of the account above.

    `take_over` moves what stands on the account above to this first sub-account.
    """

    code: str
    name: str
    parent: str
    name_en: str = ""
    take_over: bool = False


def add_account(book: Book, new: NewAccount, by: By) -> str:
    """Returns the label of the voucher that moved a balance, "" when nothing was moved. Raises Refused (YE-40 to YE-48)."""
    with book.writing(by.actor, by.at) as writing:
        return add_within(writing, book.info, new, by.day)


def add_within(writing: Writing, info: BookInfo, new: NewAccount, day: date) -> str:
    """As `add_account`, as part of a greater act."""
    facts = gather.ground(writing.connection, info, day)
    account = _account(facts, new)
    told = _adding(writing.connection, facts, account, take_over=new.take_over)
    pass_or_refuse(replace(facts, account=told), When.ACCOUNT)
    return add_in(writing, account, day if told.booked else None)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What adding a sub-account would do: what is to be said, and the lines that would move a balance to it."""

    findings: tuple[Finding, ...]
    booked: bool
    lines: tuple[VoucherLine, ...]


def preview(book: Book, new: NewAccount, today: date) -> Outlook:
    """Nothing is written. `booked` says that the account above carries bookings, so that its balance has to move."""
    with book.reading() as connection:
        facts = gather.ground(connection, book.info, today)
        account = _account(facts, new)
        told = _adding(connection, facts, account, take_over=new.take_over)
        found = look(replace(facts, account=told), When.ACCOUNT)
        details = links.details_on(connection, account.parent, today) if told.booked else ()
    lines = move_entry(account.parent, account.code, details).lines if new.take_over else ()
    return Outlook(found, told.booked, lines)


def why_not_disable(book: Book, code: str, today: date) -> tuple[Finding, ...]:
    """What keeps an account in use; empty when it may be put out of use."""
    with book.reading() as connection:
        facts = gather.ground(connection, book.info, today)
        told = _disabling(connection, facts, code)
        return stopping(look(replace(facts, account=told), When.ACCOUNT))


def _account(facts: Facts, new: NewAccount) -> Account:
    above = facts.chart.get(new.parent)
    return Account(
        unicodedata.normalize("NFKC", new.code).strip(),
        new.name.strip(),
        new.name_en.strip(),
        above.category if above else Category.ASSET,
        above.side if above else Side.BOTH,
        new.parent,
    )


def add_in(writing: Writing, account: Account, move_on: date | None) -> str:
    """Log the account and, with a day, the voucher that moves what stands on the account above."""
    details = links.details_on(writing.connection, account.parent, move_on) if move_on else ()
    writing.log("account.added", account.to_data(), new_id(), "accounts", "vouchers")
    writing.settle()
    if move_on is None or not details:
        return ""
    return post_entries(writing, (move_entry(account.parent, account.code, details),), move_on)[0].label


def _adding(connection: Connection, facts: Facts, account: Account, *, take_over: bool) -> AccountFacts:
    first = facts.chart.is_leaf(account.parent)
    booked = first and ledger.is_booked(connection, account.parent)
    return AccountFacts(
        account,
        adding=True,
        booked=booked,
        take_over=take_over,
        balance_fen=_balance(connection, facts, account.parent) if booked else 0,
        used_by=_waiting_on(connection, facts, account.parent) if first else (),
    )


def disable_account(book: Book, code: str, by: By) -> None:
    """Put an account out of use; its history stays. Raises Refused: balance, sub-accounts in use, needed, waited for."""
    with book.writing(by.actor, by.at) as writing:
        facts = gather.ground(writing.connection, book.info, by.day)
        told = _disabling(writing.connection, facts, code)
        pass_or_refuse(replace(facts, account=told), When.ACCOUNT)
        writing.log("account.disabled", {"code": code}, new_id(), "accounts")


def enable_account(book: Book, code: str, by: By) -> None:
    """Take an account that was put out of use into use again. Raises Refused: it is in use, what is above it is not."""
    with book.writing(by.actor, by.at) as writing:
        facts = gather.ground(writing.connection, book.info, by.day)
        pass_or_refuse(replace(facts, account=_enabling(facts, code)), When.ACCOUNT)
        writing.log("account.enabled", {"code": code}, new_id(), "accounts")


def why_not_enable(book: Book, code: str, today: date) -> tuple[Finding, ...]:
    """What keeps an account out of use; empty when it may come back."""
    with book.reading() as connection:
        facts = gather.ground(connection, book.info, today)
        return stopping(look(replace(facts, account=_enabling(facts, code)), When.ACCOUNT))


def _enabling(facts: Facts, code: str) -> AccountFacts:
    return AccountFacts(_told(facts, code), adding=False, enabling=True)


def _told(facts: Facts, code: str) -> Account:
    return facts.chart.get(code) or Account(code, "", "", Category.ASSET, Side.BOTH)


def _disabling(connection: Connection, facts: Facts, code: str) -> AccountFacts:
    return AccountFacts(
        _told(facts, code),
        adding=False,
        balance_fen=_balance(connection, facts, code),
        used_by=_waiting_on(connection, facts, code),
    )


def _balance(connection: Connection, facts: Facts, code: str) -> int:
    """Gross balance of an account and everything under it, parties apart: two debts that cancel out are no zero.

    Money is nobody's in particular, and results are carried in one sum whoever they came from: of cash and bank, of income and
    expense the plain balance counts.
    """
    family = {code}
    for account in facts.chart:  # in order of codes, so parents come first
        if account.parent in family:
            family.add(account.code)
    found = ledger.balances(connection, Span.of(Period.of(facts.today)))
    if code.startswith(MONEY_ACCOUNTS) or code in facts.chart.results:
        return abs(sum(b.closing_fen for b in found if b.account in family))
    live = [b.account for b in found if b.account in family]
    return sum(abs(fen) for c in live for _p, _q, fen, _k in links.details_on(connection, c, facts.today))


def _waiting_on(connection: Connection, facts: Facts, code: str) -> tuple[str, ...]:
    """Documents under way that book on the account."""
    made = []
    for document_id in docs.waiting(connection):
        held = docs.submitted(connection, document_id)
        if held and code in _accounts_of(facts, held.document):
            made.append(f"{held.document.booked_on.isoformat()} {held.document.summary}")
    return tuple(made)


def _accounts_of(facts: Facts, document: Document) -> set[str]:
    return {line.account for line in derive_lines(document, facts.places)}
