"""Who is a near relative of whom, told voluntarily: it keeps a signature away and is printed nowhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from villagebook.domain.folding import name_key
from villagebook.domain.link import Link


class Relation(StrEnum):
    """What the other is to the official. Which of them count as near is the township's parameter `near_kin`."""

    SPOUSE = "spouse"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    IN_LAW = "in-law"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Kin:
    """A tie between somebody of the list and another.

    The other is a person of the list (`other_id`), or anybody by name (`other_name`), or stands behind an entry of a
    register (`link`): a household, or a firm that is theirs. `ended_on` is the first day on which the tie is no more.
    """

    id: str
    person_id: str
    relation: Relation
    other_id: str = ""
    other_name: str = ""
    link: Link | None = None
    ended_on: date | None = None

    def holds(self, day: date) -> bool:
        return self.ended_on is None or day < self.ended_on


@dataclass(frozen=True, slots=True)
class Party:
    """Everything by which the payee of a document may be known: persons of the list, names, entries of registers.

    `names` are keys (`folding.name_key`), so that no spelling hides anybody.
    """

    ids: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    links: frozenset[Link] = frozenset()


NOBODY = Party()


def near_to(
    party: Party, kin: Iterable[Kin], near: Collection[str], day: date, names: dict[str, str]
) -> dict[str, Relation]:
    """Persons of the list who are near relatives of a party on a day, with the relation as it was told.

    `near` are the relations that count; `names` the name of every person of the list.
    """
    found: dict[str, Relation] = {}
    for tie in kin:
        if tie.relation.value not in near or not tie.holds(day):
            continue
        other = name_key(tie.other_name or names.get(tie.other_id, ""))
        if tie.other_id in party.ids or other in party.names or (tie.link and tie.link in party.links):
            found.setdefault(tie.person_id, tie.relation)
        own = name_key(names.get(tie.person_id, ""))
        if tie.other_id and (tie.person_id in party.ids or own in party.names):
            found.setdefault(tie.other_id, tie.relation)
    return {person: relation for person, relation in found.items() if person not in party.ids}


def ties_of(person_id: str, kin: Iterable[Kin], day: date) -> dict[str, Relation]:
    """Relatives within the list, whoever told it."""
    found: dict[str, Relation] = {}
    for tie in kin:
        if tie.other_id and tie.holds(day) and person_id in (tie.person_id, tie.other_id):
            found.setdefault(tie.other_id if tie.person_id == person_id else tie.person_id, tie.relation)
    return found
