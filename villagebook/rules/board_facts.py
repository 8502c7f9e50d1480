"""What the rules about posted notices look at: what hangs, what is asked about it, what is to be put away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from villagebook.domain.board import BoardPhoto, Life, Objection, Posting


@dataclass(frozen=True, slots=True)
class Closing:
    """An objection to be closed. `corrected` says that a correction notice for it hung at every place."""

    objection: Objection
    corrected: bool


@dataclass(frozen=True, slots=True)
class Archiving:
    """A notice to be archived. `unkept` names papers of it that are not in the book."""

    life: Life
    unkept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BoardFacts:
    """Parts that an act does not need stay empty.

    `told` are (what, its day) of acts that are entered now; `used` names by hash the papers and places whose photos the
    book holds already, `photos` are those that come after a posting. `number` names the notice that is posted or printed; `standing` are notices that are not archived; `texts` are
    (where, text) about to be printed for the board; `signs` have no shape in the font.
    """

    number: str = ""
    posting: Posting | None = None
    closing: Closing | None = None
    archiving: Archiving | None = None
    standing: tuple[Life, ...] = ()
    open_objections: tuple[Objection, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    signs: tuple[str, ...] = ()
    photos: tuple[BoardPhoto, ...] = ()
    told: tuple[tuple[str, date], ...] = ()
    used: Mapping[str, str] = field(default_factory=dict)


NO_BOARD = BoardFacts()
"""No part of it was asked for."""
