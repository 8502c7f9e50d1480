"""What the check of a posted voucher by a second person (审核) is judged by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """One voucher somebody says to have held against its paper.

    `checker` is the person who says so, `handler` the person who handled the document behind it, "" for none; `entered_by`
    are the names of those who sat at the machine when it was sent in and when it got its number.
    """

    label: str
    booked_on: date
    checker: str
    entered_by: frozenset[str]
    handler: str
