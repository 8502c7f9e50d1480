"""Dividing a distribution among the households of the register, to the fen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import Village, at, move, sign_everything, submit
from villagebook.domain.carrying import Entry
from villagebook.domain.errors import KnownError
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.period import Span
from villagebook.domain.roster import Household, Member
from villagebook.domain.voucher import VoucherLine
from villagebook.domain.year_end import parted
from villagebook.services.account_books import parties
from villagebook.services.handing_over.sharing import Measure, household_shares, payout
from villagebook.services.period_end.checking import check_book
from villagebook.services.registers import roster
from villagebook.services.vouchers.posting import post_entries

weights = st.lists(st.fractions(0, 1000, max_denominator=100), min_size=1, max_size=40).filter(any)


@given(st.integers(0, 10**12), weights)
def test_the_parts_make_the_sum_and_none_is_a_fen_off(total, shares):
    made = parted(total, shares)
    assert sum(made) == total
    whole = sum(shares)
    for fen, weight in zip(made, shares, strict=True):
        assert abs(fen - total * weight / whole) < 1
        assert weight or not fen, "who has no weight gets nothing"


@pytest.mark.parametrize(
    "shares", [[], [Fraction()], [Fraction(1), Fraction(-1)], [Fraction(2), Fraction(-1)]]
)
def test_without_weight_nothing_is_divided(shares):
    with pytest.raises(ValueError, match="weight"):
        parted(100, shares)


def households(village: Village) -> None:
    for number, (head, size, shares) in enumerate(
        (("何老四", 1, "1"), ("刘大海", 3, "2.5"), ("马小红", 2, "")), 1
    ):
        members = (Member(head, "户主"), *(Member(f"{head}之子{n}", "子") for n in range(1, size)))
        entry = Household(f"01-{number:03d}", 1, head, members, shares)
        roster.save(village.book, entry, at(date(2025, 1, 5)), new=True)


def test_each_household_gets_its_part_and_is_named_by_its_link(village: Village):
    households(village)

    def parts(measure: Measure) -> dict[str, int]:
        return {s.party: s.amount_fen for s in household_shares(village.book, 2025, 10_000, measure)}

    assert parts(Measure.HOUSEHOLD) == {"何老四": 3334, "刘大海": 3333, "马小红": 3333}
    assert parts(Measure.MEMBERS) == {"何老四": 1667, "刘大海": 5000, "马小红": 3333}
    assert parts(Measure.SHARES) == {"何老四": 2857, "刘大海": 7143}, "no shares, no part"
    first = household_shares(village.book, 2025, 10_000, Measure.HOUSEHOLD)[0]
    assert first.links == (Link(LinkKind.HOUSEHOLD, "01-001"),)


def test_who_left_before_the_years_end_gets_nothing(village: Village):
    households(village)
    roster.end(village.book, LinkKind.HOUSEHOLD, "01-001", date(2025, 6, 1), "迁出本村", at(date(2025, 6, 2)))
    names = [s.party for s in household_shares(village.book, 2025, 10_000, Measure.HOUSEHOLD)]
    assert names == ["刘大海", "马小红"]


def test_without_a_household_it_is_said_what_to_do(village: Village):
    with pytest.raises(KnownError, match="register"):
        household_shares(village.book, 2025, 10_000, Measure.MEMBERS)


def test_what_was_shared_out_is_paid_by_one_list_and_settles_every_household(village: Village):
    households(village)
    shares = household_shares(village.book, 2025, 10_000, Measure.MEMBERS)
    day = date(2025, 1, 20)
    owed = tuple(
        VoucherLine("113", 0, s.amount_fen, "向成员分配收益", "", s.party, "", s.links) for s in shares
    )
    with village.book.writing("孙丽", at(day).at) as writing:
        total = VoucherLine("322", 10_000, 0, "向成员分配收益")
        post_entries(writing, [Entry("向成员分配收益", (total, *owed))], day)
    move(village, "IN", "EX", 10_000, day)
    draft = payout(village.book, day, 1, at(day))
    assert [(i.party, i.amount_fen) for i in draft.items] == [
        ("何老四", 1667),
        ("刘大海", 5000),
        ("马小红", 3333),
    ]
    ready = replace(draft, place="EX", support_no="发放1", handler=village.ids["handler"], paper_count=1)
    submit(village, ready)
    assert sign_everything(village, draft.id, day).label
    rows = parties.parties(village.book, Span.parse("2025"), "113").only("party", "balance").rows
    assert list(rows) == [("何老四", 0), ("刘大海", 0), ("马小红", 0)]
    with pytest.raises(KnownError, match="owes the households"):
        payout(village.book, day, 1, at(day))
    assert [f"{f.id} {f.text}" for f in check_book(village.book)] == []
