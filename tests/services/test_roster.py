"""Households with their members and outside parties: known by code and name, counted, ended but never gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import Village, at, ids_of, move, payment, receipt, receive, submit
from villagebook.domain.document import Item
from villagebook.domain.errors import Refused
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.period import Span
from villagebook.domain.roster import Household, Member, Outsider, OutsiderKind, count, next_code
from villagebook.services import links, reports
from villagebook.services.period_end.checking import check_book
from villagebook.services.registers import roster

D10 = date(2025, 1, 10)
D20 = date(2025, 1, 20)
HE = Household(
    "01-001", 1, "何老四", (Member("何老四", "户主", 1960, votes=True), Member("何苗", "孙女", 2015)), "2"
)
HE2 = Household("02-001", 2, "何老四", (Member("何老四", "户主", 1970, votes=True, delegate=True),), "1")
SHOP = Outsider("W001", "县农机公司", OutsiderKind.SUPPLIER, "农商行", "县农机公司", "6222021611001234567")


def enter(village: Village, *entries: Household | Outsider) -> None:
    for entry in entries:
        roster.save(village.book, entry, at(D10), new=True)


def refused(village: Village, entry: Household | Outsider, *, new: bool = True) -> list[str]:
    before = village.book.head()
    with pytest.raises(Refused) as caught:
        roster.save(village.book, entry, at(D20), new=new)
    assert village.book.head() == before
    return ids_of(caught.value.findings)


def test_a_household_is_entered_changed_and_counted(village: Village):
    enter(village, HE, HE2, SHOP)
    grown = replace(HE, members=(*HE.members, Member("何小四", "子", 1990, votes=True)))
    roster.save(village.book, grown, at(D20), new=False)
    assert roster.households(village.book) == (grown, HE2)
    told = roster.counts(village.book, D20)
    assert (told.households, told.members, told.adults, told.voters, told.delegates) == (2, 4, 3, 3, 1)
    assert told.by_group == {1: 1, 2: 1}
    assert check_book(village.book) == ()


def test_one_name_twice_is_told_apart_by_the_group(village: Village):
    enter(village, HE, HE2, SHOP)
    names = [t.name for t in links.choices(village.book)]
    assert names == ["何老四（1组）", "何老四（2组）", "县农机公司"]
    assert [name for _link, name in roster.party_names(village.book)] == names
    said = roster.save(village.book, replace(HE, code="01-002"), at(D20), new=True)
    assert ids_of(said) == ["REG-08"]


def test_a_code_is_given_once_and_what_is_not_there_is_not_changed(village: Village):
    enter(village, HE)
    assert refused(village, HE) == ["REG-01"]
    assert refused(village, HE2, new=False) == ["REG-01"]
    assert next_code([HE.code], 1) == "01-002"


def test_all_that_is_wrong_is_said_at_once(village: Village):
    wrong = replace(HE, code="1", head="", members=(Member("", "371523199001011234"),))
    assert refused(village, wrong) == ["REG-01", "REG-02", "REG-07"]


def test_a_household_that_leaves_stays_in_the_book_and_is_no_longer_offered(village: Village):
    enter(village, HE)
    debt = Item("113", 500, "还欠款", links=(Link(LinkKind.HOUSEHOLD, HE.code),))
    receive(village, 500, D10, items=(debt,))
    with pytest.raises(Refused) as caught:
        roster.end(village.book, LinkKind.HOUSEHOLD, HE.code, D20, "", at(D20))
    assert ids_of(caught.value.findings) == ["REG-06"]
    said = roster.end(village.book, LinkKind.HOUSEHOLD, HE.code, D20, "全家迁出", at(D20))
    assert ids_of(said) == ["REG-05"]
    assert "113 -5.00" in said[0].text
    assert roster.households(village.book, ended=False) == ()
    assert [t.in_use for t in links.choices(village.book)] == [False]
    assert roster.counts(village.book, D20).households == 0
    assert roster.counts(village.book, D10).households == 1
    later = receipt(village, 500, date(2025, 1, 21), items=(debt,))
    with pytest.raises(Refused) as late:
        submit(village, later)
    assert ids_of(late.value.findings) == ["VCH-10"]


def test_a_household_belongs_from_the_day_it_joined(village: Village):
    """Else who moved in this year would have a vote, workdays and a share in what was decided last year."""
    enter(village, HE)
    roster.save(village.book, replace(HE2, joined_on=D20, joined_why="迁入"), at(D20), new=True)
    assert [roster.counts(village.book, day).members for day in (D10, D20)] == [2, 3]
    for name, before, after in (("households", 1, 2), ("members", 2, 3)):
        made = [roster.report(village.book, name, day) for day in (D10, D20)]
        assert [(len(t.rows), t.subtitle) for t in made] == [(before, "2025-01-10"), (after, "2025-01-20")]


def test_outside_parties_are_listed_as_of_the_day_that_stands_above(village: Village):
    enter(village, SHOP)
    roster.end(village.book, LinkKind.OUTSIDER, SHOP.code, D20, "不再来往", at(D20))
    made = [roster.report(village.book, "outsiders", day) for day in (D10, D20)]
    assert [(len(t.rows), t.subtitle) for t in made] == [(1, "2025-01-10"), (0, "2025-01-20")]


def test_numbers_of_bank_accounts_are_starred_in_the_list(village: Village):
    enter(village, SHOP)
    assert roster.outsider_table(village.book).rows[0][5] == "***************4567"
    assert roster.outsider_table(village.book, masked=False).rows[0][5] == SHOP.account_no


def test_lines_may_belong_to_an_outside_party(village: Village):
    enter(village, SHOP)
    move(village, "IN", "EX", 50_000)
    link = Link(LinkKind.OUTSIDER, "W001")
    submit(village, payment(village, 10_000, items=(Item("511", 10_000, "水泵", links=(link,)),)))


PEOPLE = st.builds(
    Member,
    name=st.sampled_from("甲乙丙丁"),
    born=st.none() | st.integers(1930, 2025),
    minor=st.booleans(),
    votes=st.booleans(),
    delegate=st.booleans(),
    joined_on=st.none() | st.dates(date(2024, 1, 1), date(2025, 6, 30)),
    left_on=st.none() | st.dates(date(2025, 1, 1), date(2025, 12, 31)),
    left_why=st.sampled_from(["", "迁出"]),
)
HOUSEHOLDS = st.builds(
    Household,
    code=st.just("01-001"),
    group=st.integers(1, 9),
    head=st.sampled_from("甲乙"),
    members=st.lists(PEOPLE, max_size=4).map(tuple),
    shares=st.sampled_from(["", "2.5"]),
    left_on=st.none() | st.dates(date(2025, 1, 1), date(2025, 12, 31)),
)


@given(HOUSEHOLDS)
def test_a_household_is_read_back_as_it_was_written(household: Household):
    assert Household.from_data(household.to_data()) == household


@given(st.lists(HOUSEHOLDS, max_size=5), st.dates(date(2024, 1, 1), date(2026, 1, 1)))
def test_counts_never_grow_from_members_to_voters(found: list[Household], day: date):
    told = count(found, day)
    assert told.members >= told.adults >= max(told.voters, told.delegates) >= 0
    assert told.members >= told.households == sum(told.by_group.values())


def test_the_registers_of_people_are_reports_as_of_their_last_day(village: Village):
    left = date(2025, 3, 10)
    enter(village, HE, HE2, SHOP)
    roster.end(village.book, LinkKind.HOUSEHOLD, "02-001", left, "迁出", at(left))
    roster.end(village.book, LinkKind.OUTSIDER, "W001", left, "不再往来", at(left))

    def codes(name: str, month: str) -> list[object]:
        return [row[0] for row in reports.make(village.book, name, Span.parse(month)).table.rows]

    assert codes("households", "2025-02") == ["01-001", "02-001"]
    assert codes("households", "2025-03") == ["01-001"]
    assert set(codes("members", "2025-02")) - set(codes("members", "2025-03")) == {"02-001"}
    assert codes("outsiders", "2025-02") == ["W001"]
    assert codes("outsiders", "2025-03") == []
    told = str(reports.make(village.book, "outsiders", Span.parse("2025-02")).table.rows)
    assert "4567" in told
    assert "6222021611001234567" not in told
