"""Votes that count, and what may be drawn on them: more facts that pass than a rule's example can hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import ids_of
from tests.rules.resolution_examples import GATES, NUMBERS, PASSES, PASSING_REGISTERS, VOTE
from villagebook.domain.meeting import HALF, TWO_THIRDS, Body, Share, quorum_of
from villagebook.domain.resolution import Cited, faults
from villagebook.rules.catalogue import ALL_RULES
from villagebook.rules.facts import Facts
from villagebook.rules.rule import When, check


@pytest.mark.parametrize("number", range(len(PASSES)))
def test_a_vote_that_counts_carries_what_is_left_of_it_at_every_gate(number: int):
    assert [ids_of(check(ALL_RULES, PASSES[number](), gate)) for gate in GATES] == [[]] * len(GATES)


@pytest.mark.parametrize("make", PASSING_REGISTERS)
def test_what_is_in_order_is_entered(make: Callable[[], Facts]):
    assert ids_of(check(ALL_RULES, make(), When.REGISTER)) == []


@given(
    st.integers(0, 3_000), st.integers(0, 3_000), st.sampled_from((HALF, TWO_THIRDS, Share(66, 100, True)))
)
def test_a_share_is_met_from_its_least_number_on_and_never_below(part: int, whole: int, share: Share):
    assert share.met(part, whole) is (part >= share.least(whole))


@given(st.sampled_from(tuple(Body)), st.integers(1, 2_000), st.data())
def test_more_people_in_favour_never_spoil_a_vote(body: Body, entitled: int, data: st.DataObject):
    quorum = quorum_of(body, NUMBERS)
    present = data.draw(st.integers(0, entitled))
    yes = data.draw(st.integers(0, present))
    vote = replace(
        VOTE, body=body, entitled=entitled, present=present, yes=yes, no=present - yes, abstained=0
    )
    before = set(faults(vote, quorum))
    if yes < present:
        assert set(faults(replace(vote, yes=yes + 1, no=present - yes - 1), quorum)) <= before
    if present < entitled:
        assert set(faults(replace(vote, present=present + 1, yes=yes + 1), quorum)) <= before


@pytest.mark.parametrize(
    ("text", "number", "item"),
    [
        ("代表会2026-02号", "代表会2026-02号", 0),
        (" 代表会2026-02号#2 ", "代表会2026-02号", 2),
        ("第#号", "第#号", 0),
        ("#3", "#3", 0),
        ("两委#一", "两委#一", 0),
        ("", "", 0),
    ],
)
def test_a_resolution_is_named_with_its_item_behind_a_mark(text: str, number: str, item: int):
    assert Cited.read(text) == Cited(number, item)
