"""How a resolution stands: whether its vote counts, what was drawn on each of its items, what is left."""

from __future__ import annotations

from dataclasses import dataclass

from villagebook.domain.meeting import Quorum
from villagebook.domain.resolution import Fault, Resolution, ResolutionItem


@dataclass(frozen=True, slots=True)
class Drawn:
    """A document that draws on an item: posted and not undone, or waiting. `way` is its kind: money in is counted apart
    from money out."""

    document_id: str
    way: str
    fen: int
    posted: bool


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """An item with what was drawn on it."""

    item: ResolutionItem
    drawn: tuple[Drawn, ...] = ()

    def paid_fen(self, way: str) -> int:
        return self.item.drawn_before_fen + sum(d.fen for d in self.drawn if d.way == way and d.posted)

    def waiting_fen(self, way: str) -> int:
        return sum(d.fen for d in self.drawn if d.way == way and not d.posted)

    def taken_fen(self, way: str, but: str = "") -> int:
        """Drawn and waiting, one document left out."""
        others = sum(d.fen for d in self.drawn if d.way == way and d.document_id != but)
        return self.item.drawn_before_fen + others

    def left_fen(self, way: str, but: str = "") -> int | None:
        """What may still be drawn; None when no amount was resolved."""
        return None if self.item.amount_fen is None else self.item.amount_fen - self.taken_fen(way, but)


@dataclass(frozen=True, slots=True)
class ResolutionStanding:
    """A record as it stands: whether the vote counts, what is left of each item, whether it was annulled."""

    resolution: Resolution
    quorum: Quorum
    faults: tuple[Fault, ...]
    items: tuple[ItemStanding, ...]
    annulled: str = ""
    replaced_by: str = ""

    @property
    def is_valid(self) -> bool:
        return not self.faults and not self.annulled

    def item(self, no: int) -> ItemStanding | None:
        found = self.resolution.item(no)
        return next((i for i in self.items if found is not None and i.item.no == found.no), None)
