"""How strict the township wants a finding: a parameter of one word, warning, hold or error."""

from __future__ import annotations

from villagebook.domain.finding import Severity
from villagebook.domain.policy import Policy


def told_level(policy: Policy, name: str) -> Severity:
    """The level a parameter names; a warning where it names none."""
    word = next(iter(policy.words[name]), "")
    return next((level for level in Severity if level.value == word), Severity.WARNING)
