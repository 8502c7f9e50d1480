"""Every rule, in one explicit tuple."""

from __future__ import annotations

from villagebook.rules import (
    approvals,
    bank_accounts,
    closing,
    disclosure,
    history,
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
    *approvals.RULES,
    *closing.RULES,
    *disclosure.RULES,
    *history.RULES,
)
