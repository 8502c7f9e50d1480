"""What the rules about posted notices look at: what hangs, what is asked about it, what is to be put away."""

from __future__ import annotations

from dataclasses import dataclass

from villagebook.domain.board import Life, Objection, Posting


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

    `number` names the notice that is posted or printed; `standing` are notices that are not archived; `texts` are
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


NO_BOARD = BoardFacts()
"""No part of it was asked for."""
