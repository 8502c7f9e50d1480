"""Examples for the second look at a slip: large payments, pictures compared or not, and who may compare."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.rules import facts as f
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


LOOK_EXAMPLES: dict[tuple[str, When], tuple[Make, Make]] = {
    ("AP-81", When.POST): (
        lambda: posting(LookFacts(PICTURES, PICTURES)),
        lambda: posting(LookFacts(PICTURES)),
    ),
    ("AP-82", When.SIGN): (
        lambda: looking("head"),
        lambda: looking("head", f.STAFF.name("head")),
    ),
}
