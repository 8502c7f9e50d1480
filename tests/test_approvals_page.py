"""docs/approvals.md cannot rot: every row is there, its rules stand in the catalogue as told, its tests exist."""

from __future__ import annotations

import re
from functools import cache

import pytest

from tests.test_compliance import ANSWERS, ROOT, _functions
from villagebook.rules.catalogue import ALL_RULES

ASKED = (
    *(f"AP{n}" for n in range(21)),
    *(f"X{n}" for n in range(10)),
    *(f"V{n}" for n in range(1, 25)),
)
WITHOUT_RULE = {"AP0"}
"""Held by the door parameters come through (E2L-01), not by a rule of documents."""


def _rows() -> list[list[str]]:
    text = (ROOT / "docs" / "approvals.md").read_text(encoding="utf-8")
    rows = (line for line in text.splitlines() if re.match(r"\| (AP|X|V)\d", line))
    return [[c.strip() for c in line.strip("|").split("|")] for line in rows]


@cache
def _known() -> frozenset[str]:
    return frozenset(f"{r.id} {r.level.value} {'+'.join(sorted(w.value for w in r.when))}" for r in ALL_RULES)


def _named(cell: str, between: str) -> list[str]:
    return [t.strip() for t in cell.split(between) if t.strip()]


def test_every_row_is_answered_once() -> None:
    rows = _rows()
    assert [r[0] for r in rows] == list(ASKED)
    assert all(len(r) == 6 and r[1] and r[4] for r in rows)
    assert {r[2] for r in rows} <= ANSWERS
    assert all(("**" in r[4]) == (r[2] != "yes") for r in rows), "what is missing is bold"


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row[0])
def test_every_row_names_rules_with_their_level_and_gate(row: list[str]) -> None:
    named = _named(row[3], ";")
    assert bool(named) == (row[0] not in WITHOUT_RULE)
    assert [n for n in named if n not in _known()] == []
    told = {n.split()[0] for n in named}
    assert {r.id for r in ALL_RULES if r.rule == row[0]} <= told, "a rule of this row is not named"


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row[0])
def test_every_row_names_tests_that_exist(row: list[str]) -> None:
    named = _named(row[5], ",")
    assert bool(named) == (row[2] != "not yet")
    for test in named:
        file, _sep, name = test.partition("::")
        assert name in _functions(file), test


def test_no_rule_of_approvals_or_invoices_stands_outside_the_page() -> None:
    ours = {r.rule for r in ALL_RULES if re.fullmatch(r"(AP|X|V)\d+", r.rule)}
    assert ours <= set(ASKED)
