"""Examples for seals: in two hands, and all in one."""

from __future__ import annotations

from collections.abc import Callable

from tests.rules import facts as f
from villagebook.domain.seals import Holding, SealKind
from villagebook.rules.facts import Facts
from villagebook.rules.line_facts import Handing, LineFacts
from villagebook.rules.rule import When


def held(kind: SealKind, person: str, name: str = "") -> Holding:
    return Holding(f"{kind}{name}", kind, name or kind.value, person, f.DAY)


def handing(now: Holding, *others: Holding) -> Callable[[], Facts]:
    return lambda: f.ground(line=LineFacts(handing=Handing(now, others)))


FINANCE, HEAD, TOKEN, CARD = SealKind.FINANCE, SealKind.HEAD, SealKind.TOKEN, SealKind.CARD

SEAL_EXAMPLES = {
    ("E2L-42", When.REGISTER): (
        handing(held(FINANCE, "accountant"), held(HEAD, "director"), held(TOKEN, "accountant", "经办")),
        handing(held(FINANCE, "director"), held(HEAD, "director"), held(CARD, "clerk")),
        handing(held(HEAD, "director", "旧章"), held(FINANCE, "director"), held(HEAD, "clerk")),
        handing(held(TOKEN, "clerk", "复核"), held(TOKEN, "clerk", "经办"), held(HEAD, "director")),
        handing(held(CARD, "cashier"), held(FINANCE, "cashier")),
        handing(held(CARD, "cashier"), held(FINANCE, "cashier"), held(SealKind.SUPERVISION, "head")),
    )
}
