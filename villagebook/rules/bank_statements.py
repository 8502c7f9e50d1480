"""Statements beside vouchers, read again: test T9 of audit_checks.md."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.reconciliation import BANK, BOOK, OpenItem
from villagebook.i18n import N_
from villagebook.rules.bank_facts import BankFacts
from villagebook.rules.facts import Facts
from villagebook.rules.rule import Hit, Rule, When

REVIEW = frozenset({When.REVIEW})
FRESH_DAYS = 31
OLD_DAYS = 90
"""Days after which an open item is an audit flag of its own."""


def _open(facts: Facts, *sides: str) -> Iterator[tuple[BankFacts, OpenItem, int]]:
    for account in facts.bank:
        for item in account.items:
            if item.side in sides:
                yield account, item, item.age(account.until)


def _hit(account: BankFacts, item: OpenItem, age: int) -> Hit:
    values: dict[str, object] = {
        "amount": yuan_text(abs(item.amount_fen)),
        "text": item.text or "-",
        "n": age,
    }
    target = f"voucher:{item.id}" if item.side == BOOK else "statement"
    fresh = Severity.HINT if age <= FRESH_DAYS else None
    return Hit(f"{account.account} {item.day.isoformat()}", values, target, fresh)


def _unbooked(facts: Facts) -> Iterator[Hit]:
    for account, item, age in _open(facts, BANK):
        if age <= OLD_DAYS:
            yield _hit(account, item, age)


def _unbanked(facts: Facts) -> Iterator[Hit]:
    for account, item, age in _open(facts, BOOK):
        if age <= OLD_DAYS:
            yield _hit(account, item, age)


def _old(facts: Facts) -> Iterator[Hit]:
    for account, item, age in _open(facts, BANK, BOOK):
        if age > OLD_DAYS:
            yield _hit(account, item, age)


def _two_amounts(facts: Facts) -> Iterator[Hit]:
    for account in facts.bank:
        for text, bank_fen, book_fen, voucher in account.differing:
            values: dict[str, object] = {
                "text": text,
                "bank": yuan_text(bank_fen),
                "book": yuan_text(book_fen),
            }
            yield Hit(f"{account.account} {text}", values, f"voucher:{voucher}")


RULES = (
    Rule(
        "REC-01",
        "R16",
        Severity.WARNING,
        REVIEW,
        "[R] R3, R14; T9",
        N_("Every row of the bank has a voucher"),
        N_(
            "Money the bank moved and the book does not know is income kept back or spending nobody approved."
        ),
        N_("The bank moved {amount} ({text}), open for {n} days: enter the voucher, or join it with one."),
        _unbooked,
    ),
    Rule(
        "REC-02",
        "R16",
        Severity.WARNING,
        REVIEW,
        "[R] R3, R14; T9",
        N_("Every voucher over bank money has a row at the bank"),
        N_("A payment that never reached the bank went somewhere else, or was never made."),
        N_("{text} over {amount} has no row at the bank after {n} days: ask the bank what became of it."),
        _unbanked,
    ),
    Rule(
        "REC-03",
        "R16",
        Severity.ERROR,
        REVIEW,
        "[R] R3, R14; T9",
        N_("Nothing stays open between bank and book for a quarter"),
        N_("An open item carried from sheet to sheet hides a loss."),
        N_("{text} over {amount} has been open for {n} days. Clear it up now, with the township if need be."),
        _old,
    ),
    Rule(
        "REC-04",
        "R16",
        Severity.ERROR,
        REVIEW,
        "[R] R14; T9",
        N_("Bank and voucher name the same amount for the same paper"),
        N_("Two amounts for one cheque (阴阳支票) are the classic theft by the cashier."),
        N_("{text}: the bank says {bank}, the voucher {book}. Compare both with the paper itself."),
        _two_amounts,
    ),
)
