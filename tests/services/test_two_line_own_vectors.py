"""Vectors of our own for every rule of the two lines: accepted ones and refused ones, through the real services.

Each refused vector is run again with its rule switched off: then nothing refuses it under that id any more, so no rule can be
lost without a test of this table failing. The vectors take the three line modes in turn.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.test_stateful import NIGHTLY
from tests.services.two_line_money_vectors import MONEY
from tests.services.two_line_steps import MODES, Vector, cases, try_vector, try_without_its_rule
from tests.services.two_line_watch_vectors import WATCH
from villagebook.domain.place import LineMode
from villagebook.rules.catalogue import ALL_RULES
from villagebook.rules.rule import When

VECTORS = [*MONEY, *WATCH]
FOR_OTHERS = {"E2L-32", "E2L-33", "E2L-46", "E2L-65", "E2L-66", "E2L-67", "E2L-68", "E2L-69"}
"""Contracts and plans have tables of their own; E2L-46 is about history that was short, see the tests of the check."""


def _modes_of(vector: Vector) -> tuple[LineMode, ...]:
    """Vectors take the modes in turn, each always the same; at night every vector goes through all three."""
    return MODES if NIGHTLY else (MODES[sum(map(ord, vector.id + vector.name)) % 3],)


@pytest.mark.parametrize(("vector", "mode"), cases(VECTORS, _modes_of))
def test_each_vector_is_accepted_or_refused(tmp_path: Path, vector: Vector, mode: LineMode):
    try_vector(tmp_path, vector, mode)


@pytest.mark.parametrize(("vector", "mode"), cases((v for v in VECTORS if v.found), _modes_of))
def test_without_its_rule_no_vector_is_refused_under_that_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, vector: Vector, mode: LineMode
):
    try_without_its_rule(tmp_path, monkeypatch, vector, mode)


def test_every_rule_of_the_two_lines_has_vectors_on_both_sides():
    ours = {"", *(f"R{n}" for n in range(27))}
    wanted = {r.id for r in ALL_RULES if r.id.startswith("E2L-") and r.rule in ours} - FOR_OTHERS
    assert {v.id for v in VECTORS if v.found} >= wanted
    assert {v.id for v in VECTORS if not v.found} >= wanted
    assert len({(v.id, v.name, v.found) for v in VECTORS}) == len(VECTORS)


def test_every_gate_of_a_rule_is_reached_by_some_vector():
    """Rules of history stand beside those of documents; both doors are tried."""
    reviewed = {r.id for r in ALL_RULES if When.REVIEW in r.when and r.id.startswith("E2L-")}
    assert reviewed == {v.id for v in VECTORS if v.found and v.name.startswith(("history", "no_money"))}
