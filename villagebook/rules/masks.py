"""Masked cells are looked at by a second person before supervision signs (disclosure.md section 8)."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.i18n import N_, _
from villagebook.rules.facts import Facts
from villagebook.rules.rule import Hit, Rule, When

NOBODY = "-"
"""What stands for a person who was not chosen."""


def _unconfirmed(facts: Facts) -> Iterator[Hit]:
    masking = facts.masking
    if masking and masking.masks and not masking.confirmed:
        values: dict[str, object] = {"number": masking.number, "n": masking.masks}
        yield Hit(masking.number, values, f"notice:{masking.subject}")


def _confirming(facts: Facts) -> Iterator[Hit]:
    masking = facts.masking
    if masking is None or not masking.by:
        return
    why = ""
    if masking.by == NOBODY:
        why = _("nobody is named who looked")
    elif not masking.masks:
        why = _("nothing on it is masked")
    elif masking.confirmed:
        why = _("that was done already")
    elif masking.by.strip() == masking.compiled_by.strip():
        why = _("{name} compiled it").format(name=masking.by)
    elif not masking.in_office:
        why = _("{name} holds no post on this day").format(name=masking.by)
    if why:
        values: dict[str, object] = {"number": masking.number, "why": why}
        yield Hit(masking.number, values, f"notice:{masking.subject}")


RULES = (
    Rule(
        "DIS-43",
        "D5",
        Severity.ERROR,
        frozenset({When.SIGN}),
        "个人信息保护法 6 [N] N6; [D]",
        N_("Somebody else has looked at what is masked"),
        N_("A mask protects people, and it could hide a payment as well: two people look at every one."),
        N_(
            "On {number} {n} cells are masked. Somebody who did not compile it confirms what and why, before the review."
        ),
        _unconfirmed,
    ),
    Rule(
        "DIS-44",
        "D5",
        Severity.ERROR,
        frozenset({When.BOARD}),
        "个人信息保护法 6 [N] N6; [D]",
        N_("Masks are confirmed by a second person in office"),
        N_("Who made a mask does not see what is wrong with it."),
        N_(
            "The masks of {number} cannot be confirmed this way: {why}. Somebody else who holds a post does it."
        ),
        _confirming,
    ),
)
