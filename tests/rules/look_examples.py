"""Examples for the second look at a slip: large payments, pictures compared or not, and who may compare."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from tests.rules import facts as f
from villagebook.domain.seals import Holding, Kept, SealKind
from villagebook.domain.signature import SignKind, slot_states
from villagebook.rules.facts import Facts
from villagebook.rules.look_facts import LookFacts
from villagebook.rules.rule import When

Make = Callable[[], Facts]
PICTURES = frozenset({f.PHOTO})


def posting(look: LookFacts, fen: int = 2_000_000) -> Facts:
    paid = f.payment()
    (item,) = paid.items
    return f.about(replace(paid, items=(replace(item, amount_fen=fen),)), before={"EX": 5_000_000}, look=look)


def looking(who: str, entered_by: str = "罗小敏") -> Facts:
    return posting(LookFacts(PICTURES, entered_by=frozenset({entered_by}), looker=who))


def stamped(told: str, kind: SealKind = SealKind.SUPERVISION, *, key: bool = False, **change: date) -> Facts:
    """The second supervisor signs a slip that must bear the seal of supervision, which 吴 keeps from 1 March on."""
    second = f.ink("S", "supervisor", seal=told)
    given = f.FULL[:4]
    if key:
        second = f.ink("S", "supervisor", kind=SignKind.KEY, key_id="k")
        given = (*f.FULL[:3], replace(f.FULL[3], kind=SignKind.KEY, key_id="k"))
    facts = f.signing(second, given)
    slots = tuple(replace(s, seal=SealKind.SUPERVISION) if s.code == "S" else s for s in facts.slots or ())
    holding = Holding("seal1", kind, "1号", "head", change.get("since", date(2025, 3, 1)))
    kept = (Kept(holding, change.get("until")),)
    return replace(facts, slots=slots, states=slot_states(slots, given), look=LookFacts(seals=kept))


LOOK_EXAMPLES: dict[tuple[str, When], tuple[Make, ...]] = {
    ("AP-81", When.POST): (
        lambda: posting(LookFacts(PICTURES, PICTURES)),
        lambda: posting(LookFacts(PICTURES)),
    ),
    ("AP-82", When.SIGN): (
        lambda: looking("head"),
        lambda: looking("head", f.STAFF.name("head")),
    ),
    ("AP-86", When.SIGN): (
        lambda: stamped("seal1"),
        lambda: stamped(""),
    ),
    ("AP-87", When.SIGN): (
        lambda: stamped("", key=True),
        lambda: stamped("seal2"),
        lambda: stamped("seal1", SealKind.OFFICIAL),
        lambda: stamped("seal1", since=date(2025, 3, 30)),
        lambda: stamped("seal1", until=date(2025, 3, 2)),
    ),
}
