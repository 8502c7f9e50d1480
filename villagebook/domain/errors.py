"""The four kinds of failure: findings (data), Refused (the gate), KnownError (the world), anything else (our bug)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from villagebook.domain.finding import Finding


class VillagebookError(Exception):
    """Base of everything the program raises on purpose."""


class Refused(VillagebookError):
    """A verb was refused by the gate; `findings` holds every reason at once, never empty."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("; ".join(f"{f.id}: {f.text}" for f in findings))
        self.findings = tuple(findings)


class KnownError(VillagebookError):
    """The world got in the way (disk full, stick pulled, file newer than the program).

    `text` is one translated sentence; `hint` says what to do next and may be empty.
    """

    def __init__(self, text: str, hint: str = "") -> None:
        super().__init__(text if not hint else f"{text} {hint}")
        self.text = text
        self.hint = hint


class Cancelled(VillagebookError):
    """The user stopped a long job; unwinds silently."""
