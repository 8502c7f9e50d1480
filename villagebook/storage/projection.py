"""`apply`: from one event to the rows that screens and reports read. The only code that writes official rows.

It is pure: an event gives rows and looks nothing up. So the village uses it live, the township on import, and `check` to
rebuild every official table from the log and compare. Old events replay for ever: a projector never changes meaning,
a new meaning gets a new kind or a new field with a default.
"""

from __future__ import annotations

from villagebook.domain.event import Event
from villagebook.storage.projectors import board, books, documents, people, registers
from villagebook.storage.sink import Projector, Sink

PROJECTORS: dict[str, Projector] = {
    **people.PROJECTORS,
    **registers.PROJECTORS,
    **documents.PROJECTORS,
    **books.PROJECTORS,
    **board.PROJECTORS,
}
"""Every kind of event the log may hold."""


def apply(sink: Sink, event: Event) -> None:
    """Put the rows of one event into the sink. KeyError for an unknown kind or a body without a needed field."""
    PROJECTORS[event.kind](sink, event, event.data)


def knows(kind: str) -> bool:
    return kind in PROJECTORS
