"""What a rule is: one frozen record and one small pure function over `Facts`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from villagebook.domain.finding import Finding, Severity
from villagebook.domain.policy import NEVER_SOFTENED
from villagebook.domain.reason import says_why
from villagebook.i18n import filled
from villagebook.rules.facts import Facts


class When(StrEnum):
    """The gates. PLACE: a money place is added. REVIEW: posted history, native or imported, is read again.

    CARRY: results are carried to 321. YEAR: the year is closed and distributed. ACCOUNT: an account is added or disabled.
    RECEIPTS: a receipt book is drawn or handed back, a receipt voided. OFFICE: somebody is given a post.
    OPENING: the opening balances are set. BOARD: a notice is posted, questioned, corrected, taken down or archived.
    REGISTER: an entry of a register (asset, contract, budget, household ...) is made or changed.
    """

    SUBMIT = "submit"
    SIGN = "sign"
    POST = "post"
    CLOSE = "close"
    PUBLISH = "publish"
    PLACE = "place"
    REVIEW = "review"
    CARRY = "carry"
    YEAR = "year"
    ACCOUNT = "account"
    RECEIPTS = "receipts"
    OFFICE = "office"
    REGISTER = "register"
    OPENING = "opening"
    BOARD = "board"


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing a rule found: where, the values for its sentence, and the place of repair.

    `severity` lowers the rule's own level for this hit (never raises it); None keeps it.
    """

    where: str
    values: dict[str, object] = field(default_factory=dict)
    target: str = ""
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One error id of the field.

    Attributes:
        id: error id (E2L-*, AP-*, DIS-*, VCH-*, CLO-*), never reused.
        rule: id of the rule in the domain files ("R4", "AP5", "D2"), "" for our own arithmetic.
        title, why, fix: marked texts. `fix` is the sentence of the finding, with {placeholders} filled from the hit.
        source: where it comes from, with its certainty mark [N] [L] [R] [D], [S] secondary source, [A] by analogy.
    """

    id: str
    rule: str
    level: Severity
    when: frozenset[When]
    source: str
    title: str
    why: str
    fix: str
    check: Callable[[Facts], Iterable[Hit]]


def check(rules: Iterable[Rule], facts: Facts, when: When) -> tuple[Finding, ...]:
    """All findings of the rules that apply at this gate, in the order of the rules. Same facts, same findings."""
    return tuple(_findings(rules, facts, when))


def _findings(rules: Iterable[Rule], facts: Facts, when: When) -> Iterator[Finding]:
    for rule in rules:
        if when not in rule.when:
            continue
        for hit in rule.check(facts):
            yield Finding(
                rule.id,
                _level(rule, hit, facts),
                hit.where,
                filled(rule.fix, hit.values),
                rule.source,
                hit.target,
            )


def _level(rule: Rule, hit: Hit, facts: Facts) -> Severity:
    level = hit.severity or rule.level
    if (
        level is Severity.ERROR
        and rule.id not in NEVER_SOFTENED
        and facts.policy.levels.get(rule.id) == "hold"
    ):
        level = Severity.HOLD  # a township file may soften, a village may not
    if level is Severity.HOLD and facts.document is not None and _excused(rule.id, hit.where, facts):
        level = Severity.WARNING  # a named person has recorded the reason
    return level


EVERY_HOLD = "*"
"""Instead of keys: a reason recorded before it was kept what it was about."""


_SAME_MATTER = {"AP-83": "AP-10"}
"""A tie to the payee is told by one rule before the money leaves, by another of each signature."""


_DAY = re.compile(r"\d{4}-\d\d-\d\d\b")


def hold_key(rule_id: str, where: str) -> str:
    """By what a recorded reason knows its hold again; the day of a document moves to that of its last signature."""
    told = where[10:].strip() if _DAY.match(where) else where
    return f"{_SAME_MATTER.get(rule_id, rule_id)} {told}"


def _excused(rule_id: str, where: str, facts: Facts) -> bool:
    document = facts.document
    if document is None:
        return False
    if facts.excused is None:  # not sent in yet: who writes the reason sees everything it is about
        return says_why(document.excuse)
    return EVERY_HOLD in facts.excused or hold_key(rule_id, where) in facts.excused
