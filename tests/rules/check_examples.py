"""Examples for the second person's check: months with and without vouchers that wait, and who may check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.rules import facts as f
from villagebook.rules.check_facts import CheckFacts
from villagebook.rules.facts import Facts
from villagebook.rules.rule import When

Make = Callable[[], Facts]


def month(*unchecked: str) -> Facts:
    return f.month(unchecked=unchecked)


def checking(who: str, entered_by: str = "孙丽") -> Facts:
    """Receipt 收-0001 of 5 March, handled by 冯志."""
    told = CheckFacts("收-0001", f.DAY, who, frozenset({entered_by}), "handler")
    return replace(f.ground(), checks=(told,))


CHECK_EXAMPLES: dict[tuple[str, When], tuple[Make, ...]] = {
    ("VCH-23", When.CLOSE): (
        month,
        lambda: month("收-0001"),
        lambda: month(*(f"收-{n:04d}" for n in range(1, 9))),
    ),
    ("VCH-24", When.REGISTER): (
        lambda: checking("accountant"),
        lambda: checking("clerk"),
        lambda: checking("accountant", "周 敏"),
        lambda: checking("handler"),
        lambda: checking("cashier"),
        lambda: checking("witness"),
    ),
}
