"""What lets the rules of spending pass, and how a township takes missing papers."""

from __future__ import annotations

from dataclasses import replace

from tests.builders import ids_of, policy_data
from tests.rules.spending_examples import permitted, spending
from villagebook.domain.finding import Severity
from villagebook.domain.policy import read_policy
from villagebook.rules import spending as rules
from villagebook.rules.rule import When, check


def test_a_permission_a_resolution_and_no_limit_let_it_pass() -> None:
    for gate in (When.SUBMIT, When.POST):
        assert ids_of(check(rules.RULES, permitted(), gate)) == []


def test_a_township_may_have_missing_papers_pointed_out_only() -> None:
    data = policy_data()
    data["words"]["tier_papers"]["value"] = ["warning"]
    facts = replace(spending(tier_papers=("quotes",))(), policy=read_policy(data))
    (found,) = check(rules.RULES, facts, When.SUBMIT)
    assert (found.id, found.severity) == ("AP-51", Severity.WARNING)
