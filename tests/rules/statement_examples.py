"""Examples for layouts that the book keeps and for notes to its statements."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.rules import facts as f
from villagebook.domain.period import Period
from villagebook.rules.facts import Facts
from villagebook.rules.rule import When
from villagebook.rules.statement_facts import LayoutFact, NoteFact, StatementFacts

Make = Callable[[], Facts]
DELIVERED = ("balance-sheet", "income")
JANUARY = Period(2025, 1)


def layout(stands_for: str = "income", known: tuple[str, ...] = (), since: Period | None = JANUARY) -> Facts:
    told = LayoutFact("收益表", stands_for, DELIVERED, "ab" * 32, known, since)
    return f.ground(statements=StatementFacts(layout=told))


def note(text: str = "无重大投资。", **changes: Any) -> Facts:
    told = {
        "year": 2025, "section": "events", "text": text, "nothing": False,
        "sections": ("events",), "first_year": 2024, "this_year": 2025, **changes,
    }  # fmt: skip
    return f.ground(statements=StatementFacts(note=NoteFact(**told)))


STATEMENT_EXAMPLES: dict[tuple[str, When], tuple[Make, ...]] = {
    ("STM-20", When.REGISTER): (layout, lambda: layout(known=("ab" * 32,))),
    ("STM-21", When.REGISTER): (
        lambda: layout("", since=None),
        lambda: layout("cash-flow"),
        lambda: layout("cash-flow", since=None),
        lambda: layout(""),
    ),
    ("STM-22", When.REGISTER): (
        note,
        lambda: note(" "),
        lambda: note(nothing=True),
    ),
    ("STM-23", When.REGISTER): (
        lambda: note("", nothing=True),
        lambda: note(section="elsewhere"),
        lambda: note(year=2023),
        lambda: note(year=2026),
    ),
}
