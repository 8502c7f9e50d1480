"""Seals, tokens and cheque books are never all in one hand: R24."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from villagebook.domain.finding import Severity
from villagebook.domain.seals import Holding, SealKind
from villagebook.i18n import N_
from villagebook.rules.facts import Facts
from villagebook.rules.rule import Hit, Rule, When

COUNTER = frozenset({SealKind.FINANCE, SealKind.HEAD})
"""The two that draw money at the bank's counter: never one of each in one hand."""

DRAWING = frozenset(SealKind) - {SealKind.SUPERVISION}
"""What money can be drawn with; a seal of review in another hand takes nothing from whoever has all of these."""


def _one_hand(facts: Facts) -> Iterator[Hit]:
    act = facts.line.handing
    if act is None or not act.now.person_id:
        return
    kept = (*(h for h in act.others if h.person_id), act.now)
    own = [h for h in kept if h.person_id == act.now.person_id]
    pieces = _pair(own) or _all_of(own, kept, {SealKind.TOKEN}) or _all_of(own, kept, DRAWING)
    if pieces and act.now in pieces:
        yield Hit(
            act.now.name,
            {"name": facts.staff.name(act.now.person_id), "pieces": ", ".join(h.name for h in pieces)},
            "people",
        )


def _pair(own: Sequence[Holding]) -> list[Holding]:
    pieces = [h for h in own if h.kind in COUNTER]
    return pieces if {h.kind for h in pieces} == COUNTER else []


def _all_of(own: Sequence[Holding], kept: Sequence[Holding], kinds: Set[SealKind]) -> list[Holding]:
    """What one person keeps of these kinds when it is all there is, and more than one piece."""
    pieces = [h for h in own if h.kind in kinds]
    return pieces if len(pieces) > 1 and len(pieces) == sum(h.kind in kinds for h in kept) else []


RULES = (
    Rule(
        "E2L-42",
        "R24",
        Severity.ERROR,
        frozenset({When.REGISTER}),
        "会计法 25, 35 [N]; 郑州 7 [L]; [R] R15",
        N_("Seals and tokens are not all with one person"),
        N_("Whoever holds every seal, or both tokens of a bank, can draw money alone."),
        N_("{name} would keep all of these: {pieces}. Give one of them to somebody else first."),
        _one_hand,
    ),
)
