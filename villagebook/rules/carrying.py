"""Carrying the results to 321, and what must be empty when a month or a year closes (accounting.md section 5)."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.domain.money import yuan_text
from villagebook.i18n import N_
from villagebook.rules.facts import Facts, ResultFacts
from villagebook.rules.rule import Hit, Rule, When

CARRY = frozenset({When.CARRY})
CLOSE = frozenset({When.CLOSE})
YEAR = frozenset({When.YEAR})
POSTING = CARRY | YEAR
DECEMBER = 12


def _waiting(facts: Facts) -> Iterator[Hit]:
    results = facts.results
    for document_id, text in results.waiting if results else ():
        yield Hit(text, {}, f"document:{document_id}")


def _closed(facts: Facts) -> Iterator[Hit]:
    results = facts.results
    if results and facts.period_states.get(results.period, "open") != "open":
        yield Hit(str(results.period), {"period": results.period}, f"close:{results.period}")


def _not_ended(facts: Facts) -> Iterator[Hit]:
    results = facts.results
    if results and (facts.today < results.period.last_day or results.period < facts.start):
        first, last = facts.start.first_day, results.period.last_day
        yield Hit(str(results.period), {"first": first.isoformat(), "last": last.isoformat()})


def _carried(facts: Facts) -> Iterator[Hit]:
    results = facts.results
    if results and results.carried and results.left:
        voucher_id, label = results.carried[0]
        yield Hit(str(results.period), {"label": label}, f"voucher:{voucher_id}")


def _not_now(facts: Facts) -> Iterator[Hit]:
    results = facts.results
    if results and results.period.month != DECEMBER and not facts.policy.switches["carry_monthly"]:
        yield Hit(str(results.period), {"december": f"{results.period.year}-{DECEMBER}"})


def _soft(results: ResultFacts) -> Severity | None:
    """History taken in was closed by somebody else: it is said, not refused."""
    return Severity.HINT if results.only_imported else None


def _target(results: ResultFacts) -> str:
    return f"close:{results.period}"


def _results_left(facts: Facts) -> Iterator[Hit]:
    results = facts.results
    if results is None or not (results.period.month == DECEMBER or facts.policy.switches["carry_monthly"]):
        return
    for code, fen in results.left[:1]:
        yield Hit(
            f"{results.period} {code}",
            {"n": len(results.left), "code": code, "amount": yuan_text(abs(fen))},
            _target(results),
            _soft(results),
        )


def _ends_year(facts: Facts) -> ResultFacts | None:
    results = facts.results
    return results if results and results.period.month == DECEMBER else None


def _result_not_moved(facts: Facts) -> Iterator[Hit]:
    results = _ends_year(facts)
    if results and results.year_result_fen:
        amount = yuan_text(-results.year_result_fen)
        yield Hit(f"{results.period} 321", {"amount": amount}, _target(results), _soft(results))


def _distribution_not_cleared(facts: Facts) -> Iterator[Hit]:
    results = _ends_year(facts)
    if results and results.appropriated_fen:
        amount = yuan_text(results.appropriated_fen)
        yield Hit(f"{results.period} 322", {"amount": amount}, _target(results), _soft(results))


def _pending(facts: Facts) -> Iterator[Hit]:
    results = facts.results
    if results is None or not (
        results.period.month == DECEMBER or facts.policy.switches["clear_pending_monthly"]
    ):
        return
    for code, fen in results.pending:
        yield Hit(f"{results.period} {code}", {"code": code, "amount": yuan_text(fen)}, "", _soft(results))


RULES = (
    Rule(
        "YE-01",
        "R23",
        Severity.ERROR,
        POSTING,
        "财会〔2024〕12号 24 [N]",
        N_("Results are carried when everything is posted"),
        N_("A voucher that comes later would stay behind in an account that has been emptied."),
        N_("This document still waits. Have it signed, reject it, or take it back, then carry the results."),
        _waiting,
    ),
    Rule(
        "YE-02",
        "R23",
        Severity.ERROR,
        POSTING,
        "财会〔2024〕12号 21 [N]",
        N_("Results are carried in an open month"),
        N_("Nothing enters a closed month, not even the program's own vouchers."),
        N_("{period} is closed. Open it again if it was not disclosed or handed over."),
        _closed,
    ),
    Rule(
        "YE-03",
        "",
        Severity.ERROR,
        POSTING,
        "accounting.md 5 [D]",
        N_("Results are carried once"),
        N_("What came after the carrying must not be hidden by a second one."),
        N_("{label} has carried this month, and something was booked since. Reverse it, then carry again."),
        _carried,
    ),
    Rule(
        "YE-04",
        "",
        Severity.ERROR,
        CARRY,
        "财会〔2004〕12号 321 [A]; 财会〔2021〕37号 [A]",
        N_("Results are carried when the township says: each month, or at the year's end"),
        N_("Carrying at odd times makes months that cannot be compared."),
        N_(
            "Here results are carried at the year's end: carry {december}, or ask the township to change its parameter."
        ),
        _not_now,
    ),
    Rule(
        "YE-06",
        "",
        Severity.ERROR,
        POSTING,
        "会计基础工作规范 63 [N]",
        N_("Results are carried on the last day"),
        N_("A month that still runs has no result yet."),
        N_(
            "The books begin on {first}, and this month ends on {last}. Carry its results on or after that day."
        ),
        _not_ended,
    ),
    Rule(
        "YE-10",
        "",
        Severity.ERROR,
        CLOSE,
        "财会〔2004〕12号 321 [A]; 财会〔2021〕37号 331 [A]",
        N_("Income and expense are carried before the close"),
        N_("What stays on an income or expense account would be counted again next year."),
        N_(
            "{n} income and expense accounts hold a balance, the first is {code} with {amount}. Carry the results; if a voucher has carried them already, reverse it first."
        ),
        _results_left,
    ),
    Rule(
        "YE-11",
        "",
        Severity.ERROR,
        CLOSE,
        "财会〔2004〕12号 321 [A]; accounting.md 5 [S]",
        N_("本年收益 is empty at the year's end"),
        N_("The result of a year belongs to 收益分配 before the next year begins."),
        N_("321 still holds {amount}. Close the year: its result goes to 322 未分配收益."),
        _result_not_moved,
    ),
    Rule(
        "YE-12",
        "",
        Severity.ERROR,
        CLOSE,
        "财会〔2004〕12号 322 [A]",
        N_("各项分配 is empty at the year's end"),
        N_("Only what is undistributed, or not covered, goes into the next year."),
        N_("322 各项分配 still holds {amount}. Close the year: it goes to 未分配收益."),
        _distribution_not_cleared,
    ),
    Rule(
        "YE-13",
        "",
        Severity.ERROR,
        CLOSE | YEAR,
        "财会〔2021〕37号 181 [A]",
        N_("Gains and losses pending disposal are dealt with before the close"),
        N_("What is missing has a reason and somebody who answers for it before the year ends."),
        N_("{code} still holds {amount}. Decide who bears it and book that by an adjustment."),
        _pending,
    ),
)
