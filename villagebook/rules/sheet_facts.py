"""What the rules look at before a board paper beside F1 may hang."""

from __future__ import annotations

from dataclasses import dataclass

from villagebook.domain.sheet import Sheet
from villagebook.domain.sheet_tie import SheetTie


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """`months_closed` is True for a single matter, which does not wait for the end of a month.

    `ties` are its totals beside those of the ledger; `bodies` (paper, points of its running text).
    """

    sheet: Sheet
    reviewers: int
    months_closed: bool
    missing_glyphs: tuple[str, ...] = ()
    ties: tuple[SheetTie, ...] = ()
    bodies: tuple[tuple[str, float], ...] = ()
