"""A township's parameter file: what is one, and what is none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.builders import policy_data
from villagebook.domain.document import Document, Item, SpendKind
from villagebook.domain.people import PostKind
from villagebook.domain.place import Purpose
from villagebook.domain.policy import read_policy
from villagebook.domain.voucher import DocKind

Data = dict[str, Any]


def paid(fen: int, kind: SpendKind = SpendKind.ORDINARY) -> Document:
    items = (Item("513", fen, "修水泵"),)
    return Document(
        "d", DocKind.PAYMENT, date(2025, 3, 1), "修水泵", items=items, place="EX", spend_kind=kind
    )


def test_the_defaults_are_a_policy_with_the_documented_values():
    policy = read_policy(policy_data())
    assert policy.number("imprest_limit_fen") == 300_000
    assert policy.number("cash_txn_limit_fen") == 100_000
    assert policy.switches["no_cross_month"] is True
    assert policy.slots["S"].count == 2
    assert policy.slots["A"].posts == (PostKind.ACCOUNTANT,)


@pytest.mark.parametrize(
    ("fen", "name", "slots"),
    [
        (1, "small", "H W C S D P A"),
        (100_000, "small", "H W C S D P A"),
        (100_001, "medium", "H W C S M2 D P A"),
        (500_000, "medium", "H W C S M2 D P A"),
        (500_001, "large", "H W C S M2 MR D P T A"),
        (2_000_000, "large", "H W C S M2 MR D P T A"),
        (2_000_001, "huge", "H W C S M2 ML D P T A"),
        (10**12, "huge", "H W C S M2 ML D P T A"),
    ],
)
def test_the_tier_follows_the_amount_to_the_cent(fen: int, name: str, slots: str):
    policy = read_policy(policy_data())
    assert policy.tier_of(fen).name == name
    found = policy.slots_for(paid(fen), fen)
    assert found is not None
    assert " ".join(s.code for s in found) == slots


def test_special_kinds_have_their_own_slots_and_reception_has_none():
    policy = read_policy(policy_data())
    recurring = policy.slots_for(paid(10**9, SpendKind.RECURRING), 10**9, decided=True)
    assert recurring is not None
    assert [s.code for s in recurring] == ["H", "C", "S", "D", "A"]
    chosen_only = policy.slots_for(paid(10**9, SpendKind.RECURRING), 10**9)
    assert chosen_only == policy.slots_for(paid(10**9), 10**9)
    assert policy.slots_for(paid(1, SpendKind.RECEPTION), 1) is None


def test_an_appropriation_needs_signatures_and_a_deposit_none():
    policy = read_policy(policy_data())
    assert [s.code for s in policy.slots_for_transfer(Purpose.APPROPRIATION)] == ["H", "S", "D", "A"]
    assert policy.slots_for_transfer(Purpose.DEPOSIT) == ()


def drop(*path: Any) -> Callable[[Data], None]:
    def spoil(data: Data) -> None:
        for key in path[:-1]:
            data = data[key]
        del data[path[-1]]

    return spoil


def put(value: Any, *path: Any) -> Callable[[Data], None]:
    def spoil(data: Data) -> None:
        for key in path[:-1]:
            data = data[key]
        data[path[-1]] = value

    return spoil


SPOILED = {
    **{f"without {key}": drop(key) for key in policy_data() if key not in ("about", "kinds", "caps")},
    "an unknown special kind": put({}, "kinds", "X12"),
    "a paper nobody knows": put(["handshake"], "tiers", 1, "papers"),
    "a cap below zero": put(-1, "caps", "office", "limit_fen"),
    "a slot nobody described": put(["Z"], "kinds", "X5", "more_slots"),
    "no tiers": put([], "tiers"),
    "last tier has a limit": put(1, "tiers", -1, "up_to_fen"),
    "an open tier in the middle": put(None, "tiers", 1, "up_to_fen"),
    "tiers fall": put(10**9, "tiers", 0, "up_to_fen"),
    "an unknown post": put(["mayor"], "slots", "D", "posts"),
    "an unknown way of signing": put(["fax"], "slots", "D", "accepts"),
    "an unknown kind of slot": put("robot", "slots", "D", "kind"),
    "a count that is no number": put("two", "slots", "S", "count"),
    "an unknown kind of spending": put(["H"], "special", "party"),
    "an unknown kind of transfer": put(["H"], "transfer_slots", "gift"),
    "a number that is none": put("viel", "numbers", "deposit_days", "value"),
    "a number without a value": drop("numbers", "deposit_days", "value"),
    "a date that is none": put("2025-02-31", "in_force_on"),
    "a tier with an unknown slot": put(["H", "Z"], "tiers", 0, "slots"),
    "a special kind with an unknown slot": put(["H", "Z"], "special", "recurring"),
    "a transfer with an unknown slot": put(["Z"], "transfer_slots", "appropriation"),
    "a slot nobody has to fill": put(0, "slots", "S", "count"),
    "no name for a tier": drop("tiers", 0, "name"),
}


@pytest.mark.parametrize("name", SPOILED)
def test_what_is_no_policy_is_refused(name: str):
    data = policy_data()
    SPOILED[name](data)
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
        read_policy(data)
