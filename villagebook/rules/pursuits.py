"""Steps to collect claims are recorded of somebody who owes, by somebody known, with what came of it."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.i18n import N_, _
from villagebook.rules.disclosure import private_parts
from villagebook.rules.facts import Facts
from villagebook.rules.rule import Hit, Rule, When

LEAST = 4
"""Characters of a result that says something."""


def _wrong(facts: Facts) -> Iterator[Hit]:
    told = facts.pursuit
    if told is None:
        return
    made = told.new
    problems = [
        text
        for text, wrong in (
            (_("who owes it"), not made.party.strip()),
            (_("who asked for it"), made.person_id not in facts.staff.persons),
            (_("a day that has come"), made.pursued_on > facts.today),
            (_("what came of it, in at least four characters"), len(made.result.strip()) < LEAST),
            (_("a result without personal numbers and illness"), bool(private_parts(made.result))),
            (_("a claim that is open on that day"), told.owed_fen <= 0 and bool(made.party.strip())),
        )
        if wrong
    ]
    party = made.party.strip() or "-"
    if problems:
        values: dict[str, object] = {"party": party, "what": "; ".join(problems)}
        yield Hit(party, values, "register:collecting")


RULES = (
    Rule(
        "CLM-01",
        "",
        Severity.ERROR,
        frozenset({When.REGISTER}),
        "[D]; [R] R2",
        N_("A step to collect a claim is complete"),
        N_("Debts grow old because nobody can show that anybody was ever asked."),
        N_("The step to collect from {party} lacks: {what}."),
        _wrong,
    ),
)
