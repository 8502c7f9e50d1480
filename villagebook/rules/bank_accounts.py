"""Whose accounts the money lies on: R7 of two_line.md."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.i18n import N_
from villagebook.rules.facts import Facts
from villagebook.rules.rule import Hit, Rule, When


def _personal_account(facts: Facts) -> Iterator[Hit]:
    place = facts.new_place
    if place and not place.is_cash and place.holder_is_person:
        yield Hit(place.name, {"holder": place.holder})


def _second_basic(facts: Facts) -> Iterator[Hit]:
    place = facts.new_place
    if place and place.is_basic:
        # the sub-lines of the one basic account are made with the book; whatever comes later is another account
        others = [p for p in facts.places.all() if p.is_basic]
        yield from (Hit(place.name, {"other": other.name}) for other in others[:1])


def _unfiled(facts: Facts) -> Iterator[Hit]:
    place = facts.new_place
    if place and not place.is_cash and not place.filed.strip():
        yield Hit(place.name)


RULES = (
    Rule(
        "E2L-15",
        "R7",
        Severity.ERROR,
        frozenset({When.PLACE}),
        "农村集体经济组织法 44 [N]",
        N_("Accounts are in the organisation's name"),
        N_("Collective money in a personal account belongs to nobody's books."),
        N_(
            "The account of {holder} is a personal one. Use an account in the name of the village organisation."
        ),
        _personal_account,
    ),
    Rule(
        "E2L-16",
        "R7",
        Severity.ERROR,
        frozenset({When.PLACE}),
        "浙江 22, 上海 22 [L]",
        N_("There is one basic account"),
        N_("A second basic account is a second set of books."),
        N_("{other} is the basic account already. Enter this one as a special account with its resolution."),
        _second_basic,
    ),
    Rule(
        "E2L-17",
        "R7",
        Severity.HOLD,
        frozenset({When.PLACE}),
        "浙江 22, 上海 22 [L]",
        N_("Every account is filed"),
        N_("The township can only compare accounts it knows of."),
        N_("Enter the number of the resolution or filing that opened this account."),
        _unfiled,
    ),
)
