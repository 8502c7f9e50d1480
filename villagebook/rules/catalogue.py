"""Every rule, in one explicit tuple."""

from __future__ import annotations

from villagebook.rules import (
    accounts,
    approvals,
    bank_accounts,
    bank_statements,
    carrying,
    closing,
    corrections,
    disclosure,
    distribution,
    funds,
    history,
    imprest,
    links,
    loans,
    posts,
    receipt_books,
    takings,
    two_lines,
    vouchers,
)
from villagebook.rules.rule import Rule

RULESET = "2025.1"
"""Version of the rule set; stored with every package (R0)."""

ALL_RULES: tuple[Rule, ...] = (
    *vouchers.RULES,
    *two_lines.RULES,
    *takings.RULES,
    *bank_accounts.RULES,
    *receipt_books.RULES,
    *imprest.RULES,
    *funds.RULES,
    *loans.RULES,
    *posts.RULES,
    *approvals.RULES,
    *closing.RULES,
    *bank_statements.RULES,
    *disclosure.RULES,
    *history.RULES,
    *carrying.RULES,
    *distribution.RULES,
    *accounts.RULES,
    *corrections.RULES,
    *links.RULES,
)
