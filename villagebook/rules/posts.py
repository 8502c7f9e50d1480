"""Posts nobody may hold together: R24."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.domain.people import PostKind
from villagebook.i18n import N_
from villagebook.rules.facts import Facts
from villagebook.rules.rule import Hit, Rule, When

_MONEY = frozenset({PostKind.CLERK, PostKind.CASHIER})
_HEADS = frozenset(
    {PostKind.DIRECTOR, PostKind.DEPUTY_DIRECTOR, PostKind.SECRETARY, PostKind.DEPUTY_SECRETARY}
)
_SUPERVISION = frozenset({PostKind.SUPERVISION_HEAD, PostKind.SUPERVISOR})
_LEDGER = frozenset({PostKind.ACCOUNTANT})

_APART = (
    (_MONEY, _SUPERVISION | _LEDGER),
    (_LEDGER, _MONEY | _SUPERVISION),
    (_SUPERVISION, _HEADS | _MONEY | _LEDGER),
    (_HEADS, _SUPERVISION),
)
"""Who holds one of the first may hold none of the second (approvals.md, posts that cannot be combined)."""


def excluded(kind: PostKind) -> frozenset[PostKind]:
    """Posts nobody may hold beside this one."""
    return next((others for kinds, others in _APART if kind in kinds), frozenset())


def _clash(facts: Facts) -> Iterator[Hit]:
    new = facts.line.new_post
    if new and excluded(new.kind) & new.held:
        yield Hit(new.name, {"name": new.name}, "people")


RULES = (
    Rule(
        "E2L-41",
        "R24",
        Severity.ERROR,
        frozenset({When.OFFICE}),
        "会计法 25, 35 [N]; 郑州 7 [L]; [R] R15",
        N_("Who keeps the money keeps no ledger and reviews nothing"),
        N_("Two posts in one hand are one control less."),
        N_(
            "{name} already holds a post that cannot go with this one (会计法 25, 35). End that post first, or choose somebody else."
        ),
        _clash,
    ),
)
