"""Examples for the register of loans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from tests.rules import facts as f
from villagebook.domain.loan import Loan, LoanEnd, LoanSide, LoanState
from villagebook.rules.facts import Facts
from villagebook.rules.loan_facts import LoanAct, LoanFacts, LoanTie, PaidBack
from villagebook.rules.rule import When

Make = Callable[[], Facts]
BANK = Loan(
    "D-01",
    "信用社修渠贷款",
    LoanSide.BORROWED,
    "县农村信用社",
    "201",
    5_000_000,
    date(2025, 1, 10),
    date(2025, 12, 31),
    rate="年利率3.85%",
    instalments="到期一次还本",
    resolution="代表会2025-2",
    permit="镇批2025-1",
)
OLD = Loan(
    "C-01", "何老四借款", LoanSide.LENT, "何老四", "112", 300_000, date(2023, 5, 1), paid_before_fen=100_000
)
ENDED = LoanEnd("D-01", f.DAY, "已经全部归还")


def entering(loan: Loan = BANK, **act: Any) -> Facts:
    made = replace(LoanAct(loan), **act)
    return replace(f.ground(), loans=LoanFacts(made))


def loan(**changes: Any) -> Facts:
    return entering(replace(BANK, **changes))


def old(**changes: Any) -> Facts:
    return entering(replace(OLD, **changes))


def changing(**act: Any) -> Facts:
    return entering(
        BANK, **{"before": BANK, "state": LoanState(BANK, 5_000_000, 0), "reason": "展期一年", **act}
    )


def ending(left_fen: int = 0, **end: Any) -> Facts:
    state = LoanState(BANK, 5_000_000, 5_000_000 - left_fen)
    ended = replace(ENDED, **end)
    return entering(BANK, before=BANK, state=state, end=ended)


def paying_back(amount_fen: int, left_fen: int) -> LoanFacts:
    return LoanFacts(back=(PaidBack("D-01", "信用社修渠贷款", amount_fen, left_fen),))


def closing(**parts: Any) -> Facts:
    return replace(f.month(), loans=LoanFacts(**parts))


REGISTER = When.REGISTER
_EXAMPLES: dict[tuple[str, When], tuple[Make, tuple[Make, ...]]] = {
    ("LN-01", REGISTER): (
        entering,
        (
            lambda: loan(code=""),
            lambda: loan(code="D/1"),
            lambda: loan(name="贷"),
            lambda: loan(party=" "),
            lambda: loan(amount_fen=0),
            lambda: loan(paid_before_fen=5_000_001),
            lambda: loan(given_on=date(2025, 4, 1)),
            lambda: loan(due_on=date(2025, 1, 9)),
            lambda: loan(account="112"),
            lambda: loan(account="513"),
            lambda: entering(unbookable=True),
        ),
    ),
    ("LN-02", REGISTER): (entering, (lambda: entering(taken=True),)),
    ("LN-03", REGISTER): (
        entering,
        (lambda: loan(resolution=""), lambda: loan(permit=" ")),
    ),
    ("LN-04", REGISTER): (old, (lambda: old(given_on=date(2025, 1, 10)),)),
    ("LN-05", REGISTER): (old, (lambda: entering(OLD, officer=True),)),
    ("LN-06", REGISTER): (
        changing,
        (lambda: changing(state=LoanState(BANK, 5_000_000, 5_000_000, ENDED)),),
    ),
    ("LN-07", REGISTER): (
        ending,
        (
            lambda: ending(1),
            lambda: ending(1, resolution="代表会2025-9"),
            lambda: ending(1, permit="镇批2025-3"),
        ),
    ),
    ("LN-08", REGISTER): (changing, (lambda: changing(reason="展期"), lambda: ending(reason=" "))),
    ("LN-09", When.SUBMIT): (
        lambda: replace(f.about(f.payment()), loans=paying_back(100, 100)),
        (lambda: replace(f.about(f.payment()), loans=paying_back(101, 100)),),
    ),
    ("LN-09", When.POST): (
        lambda: replace(f.posting(f.FULL), loans=paying_back(100, 100)),
        (lambda: replace(f.posting(f.FULL), loans=paying_back(101, 100)),),
    ),
    ("LN-10", When.SUBMIT): (
        lambda: f.about(f.payment()),
        (lambda: replace(f.about(f.payment()), loans=LoanFacts(unnamed=True)),),
    ),
    ("LN-11", When.CLOSE): (
        f.month,
        (lambda: closing(late=((LoanState(replace(BANK, due_on=date(2025, 1, 15)), 500, 0), 16),)),),
    ),
    ("LN-12", When.CLOSE): (
        lambda: closing(ties=(LoanTie("201", 500, 500),)),
        (lambda: closing(ties=(LoanTie("201", 500, 400),)), lambda: closing(ties=(LoanTie("221", 0, 400),))),
    ),
}

LOAN_EXAMPLES: dict[tuple[str, When], tuple[Make, ...]] = {
    key: (passes, *trips) for key, (passes, trips) in _EXAMPLES.items()
}
"""Rule and gate -> the facts that pass, then those that trip."""
