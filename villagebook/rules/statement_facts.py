"""What rules may look at when a layout of a statement is kept or a note is written."""

from __future__ import annotations

from dataclasses import dataclass

from villagebook.domain.period import Period


@dataclass(frozen=True, slots=True)
class LayoutFact:
    """A layout that is sound in itself. `known` are the hashes of those kept for the same time already."""

    title: str
    stands_for: str
    delivered: tuple[str, ...]
    sha256: str
    known: tuple[str, ...]
    since: Period | None


@dataclass(frozen=True, slots=True)
class NoteFact:
    """A note to the statements of a year. `sections` are those that may be written; `this_year` the year of the act."""

    year: int
    section: str
    text: str
    nothing: bool
    sections: tuple[str, ...]
    first_year: int
    this_year: int


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """At most one of both."""

    layout: LayoutFact | None = None
    note: NoteFact | None = None


NO_STATEMENT = StatementFacts()
