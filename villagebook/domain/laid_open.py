"""The yearly papers laid open before the assembly, and who took copies (D15; 农村集体经济组织法 13, 46)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CopyTaken:
    """A member who read or copied: `what` in words, `pages` how many."""

    laid_id: str
    name: str
    day: date
    what: str
    pages: int = 0


@dataclass(frozen=True, slots=True)
class LaidOpen:
    """A pack of papers of one year that lay open.

    Attributes:
        from_on, until_on: first and last day, both included; `until_on` is None while it still lies there.
        pack_sha256, pages: the very file that was laid out.
    """

    id: str
    year: int
    place: str
    from_on: date
    keeper: str
    pack_sha256: str
    pages: int
    until_on: date | None = None
    copies: tuple[CopyTaken, ...] = ()

    def days_before(self, day: date) -> int:
        """Whole days it had lain open on the morning of a day; a pack that was taken away earlier lay shorter."""
        end = min(day, self.until_on) if self.until_on else day
        return max(0, (end - self.from_on).days)
