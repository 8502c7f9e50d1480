"""Who signs for a head that may not: one shoulder (AP7), a head in his own matter (X8), a near relative (AP6).

Pure: the slots of a document, who holds which post on a day, and who is kept away. A slot keeps its code; only who may
fill it changes, and `Slot.why` says for what reason.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from villagebook.domain.people import PostKind, Staff
from villagebook.domain.signature import Slot, StandIn

DIRECTORS = (PostKind.DIRECTOR, PostKind.DEPUTY_DIRECTOR)
SECRETARIES = (PostKind.SECRETARY, PostKind.DEPUTY_SECRETARY)
DEPUTIES = (PostKind.DEPUTY_SECRETARY, PostKind.DEPUTY_DIRECTOR)
TOWNSHIP = (PostKind.TOWNSHIP,)


def both_heads(staff: Staff, day: date) -> frozenset[str]:
    """Persons who are director and secretary at once."""
    held = [_ids(staff, (kind,), day) for kind in (PostKind.DIRECTOR, PostKind.SECRETARY)]
    return frozenset(held[0] & held[1])


def stood_in(
    slots: Iterable[Slot], staff: Staff, day: date, involved: Collection[str], related: Collection[str]
) -> tuple[Slot, ...]:
    """The slots as they are to be filled on a day.

    `involved` handle the matter or are paid by it, `related` are near relatives of the payee.
    """
    wanted = tuple(slots)
    heads = [s for s in wanted if _is_head(s)]
    if heads:
        changed = _heads(heads, staff, day, frozenset(involved), frozenset(related))
        if any(s.code == "T" for s in wanted) and any(s.posts == TOWNSHIP for s in changed.values()):
            # the township sees it anyway: one of its people in one slot, never two in a row for one reason
            changed = {c: s for c, s in changed.items() if s.posts != TOWNSHIP}
        wanted = tuple(changed.get(s.code, s) for s in wanted if not _is_head(s) or s.code in changed)
    return tuple(_reviewers(s, staff, day, {*involved, *related}) for s in wanted)


def _heads(
    heads: list[Slot], staff: Staff, day: date, involved: frozenset[str], related: frozenset[str]
) -> dict[str, Slot]:
    """Slot by code; one that is missing is covered by the signature of the other head."""
    one = both_heads(staff, day)
    if len(heads) > 1 and one:
        return _one_shoulder(heads, staff, day, one, involved | related)
    made: dict[str, Slot] = {}
    for slot in heads:
        holders = _ids(staff, slot.posts, day)
        barred = involved | related
        leads = _leads(slot, staff, day)
        if not holders & barred or leads - barred or (holders - barred and not leads):
            made[slot.code] = slot
            continue
        why = StandIn.INVOLVED if holders & involved else StandIn.RELATIVE
        deputies = tuple(p for p in slot.posts if p in DEPUTIES)
        other = SECRETARIES if PostKind.DIRECTOR in slot.posts else DIRECTORS
        if _ids(staff, deputies, day) - barred:
            made[slot.code] = replace(slot, posts=deputies, why=why)
        elif _ids(staff, other, day) - barred:
            if len(heads) == 1:
                made[slot.code] = replace(slot, posts=other, why=why)
            elif why is StandIn.RELATIVE:
                made[slot.code] = replace(slot, posts=TOWNSHIP, why=why)
            # involved, and the other head signs anyway: his signature stands for both (X8)
        elif not any(s.posts == TOWNSHIP for s in made.values()):
            made[slot.code] = replace(slot, posts=TOWNSHIP, why=why)
    return made


def _one_shoulder(
    heads: list[Slot], staff: Staff, day: date, one: frozenset[str], barred: frozenset[str]
) -> dict[str, Slot]:
    first, second = heads[0], heads[1]
    deputies = _ids(staff, DEPUTIES, day)
    free = deputies - barred
    deputy = replace(second, posts=DEPUTIES, why=StandIn.ONE_SHOULDER)
    if not one & barred:
        if deputies and not free:
            deputy = replace(second, posts=TOWNSHIP, why=StandIn.INVOLVED)
        return {first.code: first, second.code: deputy}
    township = replace(first, posts=TOWNSHIP, why=StandIn.INVOLVED)
    return {first.code: township, second.code: deputy} if free else {first.code: township}


def _reviewers(slot: Slot, staff: Staff, day: date, barred: Collection[str]) -> Slot:
    """Supervision that is kept away: the township makes up the number."""
    if PostKind.SUPERVISOR not in slot.posts:
        return slot
    holders = _ids(staff, slot.posts, day)
    if holders & set(barred) and len(holders - set(barred)) < slot.count:
        return replace(slot, posts=(*slot.posts, *TOWNSHIP), why=StandIn.RELATIVE)
    return slot


def _is_head(slot: Slot) -> bool:
    return PostKind.DIRECTOR in slot.posts or PostKind.SECRETARY in slot.posts


def _leads(slot: Slot, staff: Staff, day: date) -> set[str]:
    """Holders of the slot's first office, without the deputies."""
    return _ids(staff, tuple(p for p in slot.posts if p not in DEPUTIES), day)


def _ids(staff: Staff, posts: Iterable[PostKind], day: date) -> set[str]:
    return {p.id for p in staff.holders(tuple(posts), day)}
