"""Translated names of the ways to collect a claim. Words only."""

from __future__ import annotations

from villagebook.domain.pursuit import Way
from villagebook.i18n import N_, _

WAYS = {
    Way.SPOKEN: N_("asked in person"),
    Way.LETTER: N_("asked in writing"),
    Way.PROMISE: N_("promise to pay"),
    Way.MEDIATION: N_("mediation"),
    Way.COURT: N_("court"),
}


def way_words(way: Way) -> str:
    return _(WAYS[way])
