"""The gate of every verb: run the rules, refuse on an error."""

from __future__ import annotations

from collections.abc import Iterable

from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, Severity, stopping
from villagebook.rules.catalogue import ALL_RULES
from villagebook.rules.facts import Facts
from villagebook.rules.rule import When, check


def look(facts: Facts, *whens: When) -> tuple[Finding, ...]:
    """All findings of these gates, without refusing anything."""
    return tuple(f for when in whens for f in check(ALL_RULES, facts, when))


def pass_or_refuse(facts: Facts, *whens: When) -> tuple[Finding, ...]:
    """Findings that do not stop. Raises Refused with all findings when one stops."""
    found = look(facts, *whens)
    if stopping(found):
        raise Refused(stopping(found))
    return found


def refuse(id: str, where: str, problems: Iterable[str], target: str = "") -> None:
    """Raise Refused with a finding per problem, if there is any: for what the verb itself sees, where no rule is asked."""
    texts = tuple(problems)
    if texts:
        raise refusal(id, where, *texts, target=target)


def refusal(id: str, where: str, *texts: str, target: str = "") -> Refused:
    """The refusal with a finding per text, to be raised."""
    return Refused([Finding(id, Severity.ERROR, where, text, "", target) for text in texts])
