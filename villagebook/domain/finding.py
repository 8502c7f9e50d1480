"""What a rule found: a value, shown to people, never an exception."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding stops.

    ERROR refuses the verb; HOLD lets it be saved but not paid, posted or closed until cured;
    WARNING goes to the exception list and the township; HINT is only shown.
    """

    ERROR = "error"
    HOLD = "hold"
    WARNING = "warning"
    HINT = "hint"

    @property
    def stops(self) -> bool:
        """True when a gate must refuse."""
        return self in (Severity.ERROR, Severity.HOLD)


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of one rule.

    Attributes:
        id: the error id of the field, e.g. "E2L-10"; stable for ever.
        severity: see `Severity`.
        where: the thing it is about, readable ("付-0007 2025-03-05", "row 12, column amount").
        text: one translated sentence saying what is wrong and what to do.
        source: the legal or regional source, or "" when the rule is our own design.
        target: machine reference for the button that goes to the repair, e.g. "document:ab12" or "".
    """

    id: str
    severity: Severity
    where: str
    text: str
    source: str = ""
    target: str = ""


def stopping(findings: tuple[Finding, ...] | list[Finding]) -> tuple[Finding, ...]:
    """Only those that refuse a verb."""
    return tuple(f for f in findings if f.severity.stops)
