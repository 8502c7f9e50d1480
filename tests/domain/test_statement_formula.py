"""The language of statement templates: what it reads, what it refuses, and that its arithmetic is exact."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagebook.domain.formula import (
    DEEPEST,
    LONGEST,
    Atom,
    Binary,
    DivisionByNothingError,
    FormulaError,
    LineRef,
    divides_by_nothing,
    evaluate,
    leaves,
    parse,
)


@pytest.mark.parametrize(
    ("text", "atom"),
    [
        ("B(101)", Atom("B", "101")),
        (" O( 322 ) ", Atom("O", "322")),
        ("B(113+)", Atom("B", "113", "+")),
        ("B(113-)", Atom("B", "113", "-")),
        ("M(513/运转支出)", Atom("M", "513", "", "运转支出")),
        ("B(322.1)", Atom("B", "322.1")),
        ("T(322,311)", Atom("T", "322", "", "", "311")),
        ("T( 322 , 311 )", Atom("T", "322", "", "", "311")),
    ],
)
def test_every_way_to_ask_the_books(text, atom):
    assert parse(text) == atom


def test_multiplication_goes_before_addition_and_subtraction_runs_to_the_right():
    assert evaluate(parse("10-3-2+4*5"), {}, lambda _a: 0) == 25
    assert evaluate(parse("-(L1-L2)/4"), {1: Fraction(1), 2: Fraction(3)}, lambda _a: 0) == Fraction(1, 2)
    assert parse("B(101)+L9") == Binary("+", Atom("B", "101"), LineRef(9))


def test_leaves_come_in_order_of_writing():
    assert [str(getattr(leaf, "account", "L")) for leaf in leaves(parse("B(101)-(L3*B(102))/2"))] == [
        "101",
        "L",
        "102",
    ]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("", 1),
        ("B(101)+", 8),
        ("B(101))", 7),
        ("(B(101)", 8),
        ("B(101) B(102)", 7),
        ("B101", 1),
        ("X(101)", 1),
        ("B(101,102)", 1),
        ("T(322)", 1),
        ("M(113+)", 1),
        ("L", 1),
        ("1.5*L1", 2),
        ("__import__('os')", 1),
        ("B(101); 1", 7),
        ("+L1", 1),
    ],
)
def test_anything_else_is_refused_with_the_place_of_the_first_wrong_sign(text, at):
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert caught.value.at == at


@pytest.mark.parametrize("text", ["(" * (DEEPEST + 5) + "1", "-" * 200 + "1", "1+" * LONGEST + "1"])
def test_what_is_too_deep_or_too_long_is_refused(text):
    with pytest.raises(FormulaError):
        parse(text)


def test_the_longest_sum_can_be_worked_out():
    text = "1" + "+1" * ((LONGEST - 1) // 2)
    assert evaluate(parse(text), {}, lambda _a: 0) == LONGEST // 2


def test_dividing_by_nothing_is_seen_in_the_text_or_when_it_happens():
    assert divides_by_nothing(parse("L1/(2-2)"))
    assert divides_by_nothing(parse("(L1/0)*2"))
    assert not divides_by_nothing(parse("L1/L2"))
    assert not divides_by_nothing(parse("B(101)/B(102)+3"))
    with pytest.raises(DivisionByNothingError):
        evaluate(parse("L1/L2"), {1: Fraction(1), 2: Fraction(0)}, lambda _a: 0)


_PARTS = st.recursive(
    st.integers(0, 999).map(str) | st.sampled_from(["B(101)", "L1"]),
    lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda t: f"({t[0]}{t[1]}{t[2]})"),
    max_leaves=12,
)


@given(_PARTS)
def test_figures_are_those_of_ordinary_arithmetic(text):
    plain = text.replace("B(101)", "7").replace("L1", "11")
    ours = evaluate(parse(text), {1: Fraction(11)}, lambda _a: 7)
    assert ours == eval(plain)  # noqa: S307  # digits and signs of our own making


@given(st.text(max_size=40))
def test_no_text_makes_it_fail_otherwise(text):
    places = [1]
    try:
        parse(text)
    except FormulaError as error:
        places.append(error.at)
    assert all(1 <= at <= max(LONGEST, len(text) + 1) for at in places)
