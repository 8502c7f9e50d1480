"""One byte form for hashing and signing."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagebook.domain.canonical import NotCanonical, canonical, digest, read_canonical

texts = st.text(st.characters(exclude_categories=["Cs"]))
names = st.text("abcxyz_", min_size=1, max_size=6)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4),
    max_leaves=12,
)


def composed(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [composed(v) for v in value]
    if isinstance(value, dict):
        return {k: composed(v) for k, v in value.items()}
    return value


def taken_apart(value: Any) -> Any:
    """Equal value, other object: keys in the other order, accents as separate characters."""
    if isinstance(value, str):
        return unicodedata.normalize("NFD", value)
    if isinstance(value, list):
        return [taken_apart(v) for v in value]
    if isinstance(value, dict):
        return {k: taken_apart(v) for k, v in reversed(value.items())}
    return value


@given(values)
def test_equal_values_have_equal_bytes(value: Any):
    assert canonical(taken_apart(value)) == canonical(value)


@given(values, values)
def test_different_values_have_different_bytes(a: Any, b: Any):
    plain_a, plain_b = json.dumps(composed(a), sort_keys=True), json.dumps(composed(b), sort_keys=True)
    assert (canonical(a) == canonical(b)) is (plain_a == plain_b)


@given(values)
def test_bytes_read_back_to_the_value_and_to_the_same_bytes(value: Any):
    data = canonical(value)
    assert read_canonical(data) == composed(value)
    assert canonical(read_canonical(data)) == data


@given(values)
def test_the_bytes_are_plain_json_without_spaces_around(value: Any):
    text = canonical(value).decode("utf-8")
    assert json.loads(text) == composed(value)
    assert unicodedata.is_normalized("NFC", text)


class Word(StrEnum):
    A = "a"


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        0.5,
        float("nan"),
        date(2025, 1, 1),
        (1, 2),
        {1: "a"},
        {None: 1},
        b"x",
        {1, 2},
        Word.A,
        {"a": [Word.A]},
        object(),
    ],
)
def test_floats_dates_tuples_and_foreign_keys_have_no_canonical_form(value: Any):
    for wrapped in (value, [value], {"k": value}, {"k": [{"k": value}]}):
        with pytest.raises(NotCanonical):
            canonical(wrapped)


@pytest.mark.parametrize("data", [b"1.5", b'{"a":1e3}', b"NaN", b"-Infinity", b"[1", b"\xff", b""])
def test_reading_refuses_floats_and_broken_bytes(data: bytes):
    with pytest.raises(ValueError):
        read_canonical(data)


def test_the_form_itself_is_fixed_for_ever():
    value = {"b": [1, True, None, "é"], "a": {"汉": "字"}}
    assert canonical(value) == '{"a":{"汉":"字"},"b":[1,true,null,"é"]}'.encode()
    assert digest(value) == "ee57563c16715ba52acc1c441ed45a0a52e3bb107c2c3a9daa6afeea65986b45"
