"""What the rules of all registers share: their gates, how long a reason is, where a finding leads."""

from __future__ import annotations

from villagebook.rules.rule import When

REGISTER = frozenset({When.REGISTER})
CLOSE = frozenset({When.CLOSE})
REASON = 4
"""A recorded reason has at least this many characters."""


def entry(kind: str, code: str) -> str:
    """Where a finding about an entry of a register leads."""
    return f"register:{kind}/{code}"
