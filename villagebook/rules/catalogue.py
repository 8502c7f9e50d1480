"""Every rule, in one explicit tuple."""

from __future__ import annotations

from villagebook.rules import (
    accounts,
    approvals,
    assets,
    bank_accounts,
    bank_statements,
    budgets,
    carrying,
    closing,
    contracts,
    corrections,
    disclosure,
    distribution,
    fund_register,
    funds,
    history,
    imprest,
    links,
    loans,
    posts,
    projects,
    receipt_books,
    resources,
    roster,
    seals,
    statements,
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
    *fund_register.RULES,
    *budgets.RULES,
    *projects.RULES,
    *loans.RULES,
    *posts.RULES,
    *seals.RULES,
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
    *roster.RULES,
    *assets.RULES,
    *resources.RULES,
    *contracts.RULES,
    *statements.RULES,
)
