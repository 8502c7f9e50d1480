"""Marks of sources are said in words."""

from __future__ import annotations

import pytest

from villagebook.domain.certainty import WORDS, in_words, readable, spelled_out
from villagebook.rules.catalogue import ALL_RULES


def test_a_mark_behind_a_source_becomes_words():
    assert spelled_out("会计法 25 [N]") == "会计法 25 (national rule)"
    assert spelled_out("郑州 33(8) [L]; 会计法 14") == "郑州 33(8) (local rule); 会计法 14"


def test_a_mark_nobody_knows_stays_as_it_is():
    assert in_words("X") == "X"
    assert in_words("") == ""
    assert spelled_out("R3 [X]") == "R3 (X)"


def test_every_mark_of_every_rule_has_words():
    sources = " ".join(rule.source for rule in ALL_RULES)
    assert "[N]" in sources
    assert {mark for mark in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if f"[{mark}]" in sources} <= set(WORDS)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("财会〔2024〕12号 24 [N]", "财会〔2024〕12号 24 (national rule)"),
        ("会计法 25 [N]; [D]", "会计法 25 (national rule)"),
        ("irregularities.md IR-57; audit_checks.md T37", ""),
        ("two_line.md 3 [D]; 郑州 33(8) [L]", "郑州 33(8) (local rule)"),
        ("[D] register of loans", ""),
    ],
)
def test_a_finding_names_as_its_source_only_what_a_reader_could_look_up(source: str, shown: str) -> None:
    assert readable(source) == shown
