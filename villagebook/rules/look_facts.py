"""What the second look at a signed slip is judged by: the pictures, who entered the ticks, who looked again."""

from __future__ import annotations

from dataclasses import dataclass

from villagebook.domain.seals import Kept


@dataclass(frozen=True, slots=True)
class LookFacts:
    """One document's pictures. `pictures` hold its signatures in ink, by hash; `seen` are those somebody else compared
    after the last tick from them.

    `entered_by` are the names of those who typed the ticks; `looker` is the person about to look, "" at other gates;
    `printed` whether the picture of a signature about to be entered bears the code of this very content, and
    `seals` is who kept which seal and when, as known when the signature is judged;
    `foreign` says why it is none of this document, "" when it is or may be.
    """

    pictures: frozenset[str] = frozenset()
    seen: frozenset[str] = frozenset()
    entered_by: frozenset[str] = frozenset()
    looker: str = ""
    foreign: str = ""
    printed: bool = False
    seals: tuple[Kept, ...] = ()

    @property
    def unseen(self) -> frozenset[str]:
        return self.pictures - self.seen


NO_LOOK = LookFacts()
"""Nothing was ticked from a picture."""
