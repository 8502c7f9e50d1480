"""Statement templates: everything wrong with one is said at once, and a good one is worked out line by line."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagebook import paths
from villagebook.domain.formula import Atom
from villagebook.domain.statement import Prior, Trouble, ties, work_out
from villagebook.domain.statement_file import read_template
from villagebook.services.book_file.books import read_chart_file

CHART = [a.code for a in read_chart_file(paths.resource("chart", "chart_2023.csv"))]


def template(*formulas: str, checks: Any = (), **more: Any) -> dict[str, Any]:
    lines = [{"line": at, "item": f"第{at}行", "formula": f} for at, f in enumerate(formulas, 1)]
    return {
        "title": "表", "note": "", "amount": "金额", "opening_or_prior": "年初", "prior": "year-start",
        "carry": "321", "lines": lines, "checks": list(checks), **more,
    }  # fmt: skip


def troubles(data: object) -> list[tuple[str, str, str]]:
    found, problems = read_template(data, CHART)
    assert (found is None) == bool(problems)
    return [(p.trouble.value, p.where, p.what) for p in problems]


NAMES = ("balance-sheet", "income", "receipts-payments-statement")
DELIVERED = {name: range(1, 100) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_the_delivered_templates_are_sound(name):
    data = json.loads(paths.resource("statements", f"{name}.json").read_text(encoding="utf-8"))
    found, problems = read_template(data, CHART, others=DELIVERED)
    assert problems == ()
    assert found is not None
    assert [i.no for i in found.items if i.no] == list(range(1, max(i.no for i in found.items) + 1))
    assert all(i.certainty in "VSAR" and i.certainty for i in found.items if i.no), (
        "every line says how sure it is"
    )
    assert all(i.item[1] != i.item[0] for i in found.items), "every item has an English name"


def test_every_account_of_the_chart_is_counted_in_exactly_one_line_of_the_balance_sheet():
    data = json.loads(paths.resource("statements", "balance-sheet.json").read_text(encoding="utf-8"))
    found, _problems = read_template(data, CHART, others=DELIVERED)
    assert found is not None
    counted = [a.account + a.part for i in found.items for a in _own_atoms(i.formula)]
    assert sorted(counted) == sorted([c for c in CHART if c != "113"] + ["113+", "113-"])


def _own_atoms(formula: Any) -> list[Atom]:
    from villagebook.domain.formula import leaves

    return [leaf for leaf in leaves(formula) if isinstance(leaf, Atom)] if formula is not None else []


def test_all_faults_are_told_at_once():
    data = template(
        "B(999)+L77",
        "L2+1",
        "L4",
        "L3-L1",
        "B(101)/0",
        "B(101",
        checks=[{"says": "甲", "left": "L88", "right": "T(322,7)"}],
    )
    data["lines"].append({"line": 1, "item": "又一行", "formula": "0"})
    data["lines"].append({"line": 9, "item": "末行", "formula": "L6"})
    assert sorted(troubles(data)) == sorted([
        ("formula", "L6", "B(101 (1)"),
        ("twice", "L1", "L1"),
        ("account", "L1", "999"),
        ("line", "L1", "L77"),
        ("nothing", "L5", ""),
        ("line", "check 1", "L88"),
        ("account", "check 1", "7"),
        ("cycle", "L2", ""),
        ("cycle", "L3", ""),
        ("cycle", "L4", ""),
    ])  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        template(),
        template("1", prior="sometimes"),
        {k: v for k, v in template("1").items() if k != "prior"},
        template("1", title=5),
        template("1", lines={"a": 1}),
        template("1", lines=["L1"]),
        template("1", lines=[{"line": "1", "item": "甲", "formula": "1"}]),
        template("1", lines=[{"line": 1, "item": "甲"}]),
        template("1", lines=[{"line": 1, "item": "", "formula": "1"}]),
        template("1", lines=[{"item": "甲", "formula": "1"}]),
        template("1", lines=[{"line": True, "item": "甲", "formula": "1"}]),
        template("1", lines=[{"line": 1, "item": "甲", "formula": 1}]),
        template("1", checks=[1]),
        template("1", checks=[{"says": "甲", "left": "L1"}]),
    ],
)
def test_a_file_of_another_shape_is_said_to_be_that(data):
    assert {t for t, _where, _what in troubles(data)} == {Trouble.SHAPE.value}


def test_an_unknown_carrying_account_is_named():
    assert troubles(template("1", carry="999")) == [("account", "carry", "999")]


def test_lines_may_stand_before_what_they_are_built_on():
    found, _problems = read_template(template("L2+L3", "B(101)", "-B(211)"), CHART)
    assert found is not None
    lines, problems = work_out(found, {Atom("B", "101"): 1000, Atom("B", "211"): 300})
    assert (lines, problems) == ({1: 700, 2: 1000, 3: -300}, ())
    assert found.prior is Prior.YEAR_START
    assert found.atoms_of(1) == {Atom("B", "101"), Atom("B", "211")}
    assert found.atoms_of(9) == frozenset()


def test_a_line_divided_by_nothing_and_those_built_on_it_stay_empty():
    found, _problems = read_template(template("B(101)/B(211)", "L1+1", "B(101)"), CHART)
    assert found is not None
    lines, problems = work_out(found, {Atom("B", "101"): 5, Atom("B", "211"): 0})
    assert lines == {3: 5}
    assert [(p.trouble, p.where) for p in problems] == [(Trouble.NOTHING, "L1")]


def test_a_figure_beyond_any_money_is_no_figure():
    found, _problems = read_template(template("*".join(["999999999999"] * 40)), CHART)
    assert found is not None
    lines, problems = work_out(found, {})
    assert lines == {}
    assert [p.trouble for p in problems] == [Trouble.SIZE]


def test_a_quotient_is_rounded_once_at_the_end():
    found, _problems = read_template(template("B(101)/3", "L1*3"), CHART)
    assert found is not None
    assert work_out(found, {Atom("B", "101"): 100})[0] == {1: 33, 2: 100}


def test_checks_that_do_not_hold_are_found_with_both_figures():
    checks = [{"says": "甲", "left": "L1", "right": "L2"}, {"says": "乙", "left": "L1", "right": "L1"}]
    checks.append({"says": "丙", "left": "L1/L3", "right": "0"})
    found, _problems = read_template(template("1", "2", "0", checks=checks), CHART)
    assert found is not None
    lines, _problems = work_out(found, {})
    held = [(t.check.says[0], t.left_fen, t.right_fen, t.holds) for t in ties(found, lines, {})]
    assert held == [("甲", 1, 2, False), ("乙", 1, 1, True), ("丙", None, 0, True)]


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["lines", "line", "item", "formula", "prior", "title", "checks", "left"]), inner, max_size=5
    ),
    max_leaves=20,
))  # fmt: skip
def test_no_file_makes_it_fail_otherwise(data):
    found, problems = read_template(data, CHART)
    assert (found is None) == bool(problems)
