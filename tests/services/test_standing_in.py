"""Relatives, one shoulder, heads in their own matter: who signs instead, and that nobody else can."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import DAY, Village, at, make_village, marks, move, payment, photo, submit
from tests.refusing import refused
from villagebook.domain.document import Document, Item
from villagebook.domain.errors import Refused
from villagebook.domain.kinship import Kin, Relation
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.people import PostKind
from villagebook.domain.roster import Household, Member
from villagebook.services.approvals import sign_queue, signing
from villagebook.services.approvals.signing import InkMark
from villagebook.services.book_file import books
from villagebook.services.offices import kin, people
from villagebook.services.period_end import checking
from villagebook.services.registers import roster
from villagebook.services.vouchers import documents

BEFORE = date(2025, 1, 9)


@pytest.fixture
def village(tmp_path: Path) -> Village:
    made = make_village(tmp_path)
    move(made, "IN", "EX", 1_000_000, BEFORE)
    return made


def new(village: Village, name: str, kind: PostKind, day: date = BEFORE) -> str:
    person = people.add_person(village.book, name, at(day))
    people.give_post(village.book, person, kind, day, at(day))
    village.ids[name] = person
    return person


def relative(village: Village, who: str, **other: Any) -> None:
    tie = Kin("", village.ids[who], Relation.SIBLING, **other)
    kin.state(village.book, tie, at(BEFORE))


def waiting(village: Village, **changes: Any) -> Document:
    made = payment(village, 50_000, DAY, **changes)
    submit(village, made)
    return made


def sign(village: Village, made: Document, slot: str, who: str) -> documents.Outcome:
    mark = InkMark(slot, village.ids[who], DAY)
    return signing.sign_ink(village.book, made.id, (mark,), photo(village), at(DAY, 15))


def until(village: Village, made: Document, slot: str) -> None:
    """Everything before a slot signed by the usual people."""
    found = marks(village, made.id, DAY)
    before = found[: [m.slot for m in found].index(slot)]
    signing.sign_ink(village.book, made.id, before, photo(village), at(DAY, 14))


def codes(village: Village, made: Document) -> list[str]:
    return [s.slot.code for s in documents.document_view(village.book, made.id).slot_states]


def test_a_relative_of_the_payee_makes_room_for_the_township(village: Village):
    relative(village, "director", other_name="县农机公司")
    made = waiting(village)
    until(village, made, "D")
    assert refused(lambda: sign(village, made, "D", "director")) == ["AP-10"]
    sign(village, made, "D", "township")
    sign(village, made, "P", "secretary")
    assert sign(village, made, "A", "accountant").label
    assert checking.check_book(village.book) == ()


def test_a_relative_of_the_payee_does_not_handle(village: Village):
    relative(village, "handler", other_name="县农机公司")
    assert refused(lambda: waiting(village)) == ["AP-10"]
    assert waiting(village, excuse="全镇仅此一家有货，已当场说明").id


def test_a_tie_that_ended_keeps_nobody_away(village: Village):
    relative(village, "handler", other_name="县农机公司")
    (tie,) = kin.ties(village.book)
    ended = Kin(tie.id, tie.person_id, tie.relation, other_name=tie.other_name, ended_on=DAY)
    kin.state(village.book, ended, at(DAY))
    assert waiting(village).id


def test_the_payees_household_and_the_owner_of_a_firm_are_known(village: Village):
    house = Household("01-001", 1, "何老四", (Member("何老四", "户主"), Member("陈桂花"), Member("何小妹")))
    roster.save(village.book, house, at(BEFORE), new=True)
    relative(village, "head", link=Link(LinkKind.HOUSEHOLD, "01-001"))
    made = waiting(village, party="何老四", items=(Item("511", 50_000, "护林"),))
    sign(village, made, "H", "handler")
    assert refused(lambda: sign(village, made, "W", "witness")) == ["AP-10"]
    view = documents.document_view(village.book, made.id)
    review = next(s.slot for s in view.slot_states if s.slot.code == "S")
    assert PostKind.TOWNSHIP in review.posts


def test_one_shoulder_needs_a_named_deputy(village: Village):
    with_secretary = next(p for p in books.staff(village.book).posts if p.kind is PostKind.SECRETARY)
    people.end_post(village.book, with_secretary.id, BEFORE, at(BEFORE))
    people.give_post(
        village.book, village.ids["director"], PostKind.SECRETARY, DAY, at(DAY), decision="镇委〔2025〕1号"
    )
    assert refused(lambda: waiting(village)) == ["AP-11"]
    new(village, "钱副书记", PostKind.DEPUTY_SECRETARY)
    made = waiting(village)
    until(village, made, "D")
    sign(village, made, "D", "director")
    assert "AP-11" in refused(lambda: sign(village, made, "P", "director"))
    sign(village, made, "P", "钱副书记")
    assert sign(village, made, "A", "accountant").label
    assert checking.check_book(village.book) == ()


def test_the_slot_of_a_head_who_handles_goes_to_the_other(village: Village):
    made = waiting(village, handler=village.ids["director"])
    assert codes(village, made) == ["H", "W", "C", "S", "P", "A"]
    new(village, "钱副主任", PostKind.DEPUTY_DIRECTOR, DAY)
    assert codes(village, made) == ["H", "W", "C", "S", "D", "P", "A"]
    slot = next(
        s.slot for s in documents.document_view(village.book, made.id).slot_states if s.slot.code == "D"
    )
    assert slot.posts == (PostKind.DEPUTY_DIRECTOR,)


def test_two_heads_in_one_matter_leave_it_to_the_township(village: Village):
    made = waiting(
        village, handler=village.ids["director"], party="李秀英", payee_person=village.ids["secretary"]
    )
    assert codes(village, made) == ["H", "W", "C", "S", "D", "A"]
    view = documents.document_view(village.book, made.id)
    assert next(s.slot.posts for s in view.slot_states if s.slot.code == "D") == (PostKind.TOWNSHIP,)


PEOPLE = (
    "director",
    "secretary",
    "head",
    "supervisor",
    "clerk",
    "cashier",
    "accountant",
    "township",
    "witness",
)
KINDS = (PostKind.DIRECTOR, PostKind.SECRETARY, PostKind.SUPERVISOR, PostKind.CLERK, PostKind.ACCOUNTANT)
STEPS = st.one_of(
    st.tuples(st.just("give"), st.sampled_from(PEOPLE), st.sampled_from(KINDS), st.integers(-2, 3)),
    st.tuples(st.just("end"), st.sampled_from(PEOPLE), st.just(None), st.integers(-2, 3)),
    st.tuples(
        st.just("sign"), st.sampled_from((*PEOPLE, "handler")), st.sampled_from("HWCSDPA"), st.integers(0, 3)
    ),
    st.tuples(st.just("next"), st.sampled_from((*PEOPLE, "handler")), st.just(None), st.integers(0, 3)),
)


@settings(
    max_examples=max(12, settings().max_examples // 5),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.lists(STEPS, max_size=25), st.sampled_from(PEOPLE), st.sampled_from(PEOPLE))
def test_no_order_of_posts_and_signatures_lets_the_wrong_one_sign(
    steps: list[tuple[str, str, object, int]], payee: str, related: str
):
    with TemporaryDirectory() as folder:
        village = make_village(Path(folder))
        move(village, "IN", "EX", 1_000_000, BEFORE)
        if related != payee:
            relative(village, related, other_id=village.ids[payee])
        names = books.staff(village.book)
        made = payment(
            village, 50_000, DAY, party=names.name(village.ids[payee]), payee_person=village.ids[payee]
        )
        submit(village, made)
        for what, who, which, days in steps:
            _act(village, made, what, who, which, DAY + timedelta(days=days))
        with village.book.reading() as connection:
            given_here = connection.exec_driver_sql(
                "SELECT slot, person_id, signed_on FROM signature WHERE subject = ?", (made.id,)
            ).fetchall()
        staff = books.staff(village.book)
        signed = [g[1] for g in given_here]
        assert len(set(signed)) == len(signed)
        assert village.ids[payee] not in signed
        for slot, person, day in given_here:
            if slot in "HWSDP" and related != payee:
                assert person != village.ids[related]
            held = staff.posts_of(person, date.fromisoformat(day))
            if slot in "CSDPA":
                assert held
        assert not [f for f in checking.check_book(village.book) if f.id.startswith(("AP", "E2L-41"))]
        village.book.close()


def _act(village: Village, made: Document, what: str, who: str, which: object, day: date) -> None:
    person = village.ids[who]
    try:
        if what == "give" and isinstance(which, PostKind):
            people.give_post(village.book, person, which, day, at(max(day, DAY)))
        elif what == "end":
            post = next(
                p for p in books.staff(village.book).posts if p.person_id == person and p.to_on is None
            )
            people.end_post(village.book, post.id, day, at(max(day, DAY)))
        else:
            slot = str(which)
            if what == "next":
                row = next(r for r in sign_queue.queue(village.book, day) if r.document.id == made.id)
                slot = row.waiting_slot
            mark = InkMark(slot, person, day)
            signing.sign_ink(village.book, made.id, (mark,), photo(village), at(day + timedelta(days=1)))
    except (Refused, StopIteration):
        pass
