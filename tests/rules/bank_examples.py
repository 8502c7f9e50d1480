"""Examples of the rules about statements and vouchers: one account at the end of March."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.rules import facts as f
from villagebook.domain.reconciliation import BANK, BOOK, OpenItem
from villagebook.rules.bank_facts import BankFacts
from villagebook.rules.facts import Facts
from villagebook.rules.rule import When

UNTIL = date(2025, 3, 31)


def item(side: str, days: int, fen: int = 5_000) -> OpenItem:
    return OpenItem(side, "x1", UNTIL - timedelta(days=days), fen, "付-0007", "灌溉水泵", "县农机公司")


def account(*items: OpenItem, **changes: Any) -> Facts:
    return f.ground(bank=(BankFacts("基本户", UNTIL, items, **changes),))


def agreed() -> Facts:
    return account()


def unbooked() -> Facts:
    return account(item(BANK, 40))


def unbanked() -> Facts:
    return account(item(BOOK, 32), item(BOOK, 90, -3_000))


def old_at_bank() -> Facts:
    return account(item(BANK, 91))


def old_in_book() -> Facts:
    return account(item(BOOK, 300))


def two_amounts() -> Facts:
    return account(differing=(("2025-03-05 付-0007", -80_000, -50_000, "v1"),))


BANK_EXAMPLES = {
    ("REC-01", When.REVIEW): (agreed, unbooked),
    ("REC-02", When.REVIEW): (agreed, unbanked),
    ("REC-03", When.REVIEW): (agreed, old_at_bank, old_in_book),
    ("REC-04", When.REVIEW): (agreed, two_amounts),
}
"""(rule, gate) -> the facts that pass, then those that trip."""
