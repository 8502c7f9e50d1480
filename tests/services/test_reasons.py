"""A recorded reason lets a document pass the holds it was recorded for, no other, and only as it was then."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import DAY, Village, at, by_hand, make_village, marks, move, payment, photo, submit
from tests.refusing import refused
from villagebook.domain.document import Document
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.kinship import Kin, Relation
from villagebook.services.approvals import signing
from villagebook.services.approvals.signing import InkMark
from villagebook.services.offices import kin
from villagebook.services.period_end.checking import check_book
from villagebook.services.vouchers import documents, reasons
from villagebook.storage import documents as docs

WHY = "全镇仅此一家有货，已当场说明"
LATER = "另一家报价高一倍，已请监委会看过"


@pytest.fixture
def village(tmp_path: Path) -> Village:
    made = make_village(tmp_path)
    move(made, "IN", "EX", 1_000_000, DAY)
    return made


def relative(village: Village, who: str) -> None:
    kin.state(village.book, Kin("", village.ids[who], Relation.SIBLING, other_name="县农机公司"), at(DAY))


def waiting(village: Village, **changes: str) -> Document:
    made = payment(village, 50_000, DAY, **changes)
    submit(village, made)
    return made


def sign(village: Village, made: Document, slot: str, who: str) -> documents.Outcome:
    mark = InkMark(slot, village.ids[who], DAY)
    return signing.sign_ink(village.book, made.id, (mark,), photo(village), at(DAY, 15))


def sign_until(village: Village, made: Document, slot: str) -> None:
    found = marks(village, made.id, DAY)
    before = found[: [m.slot for m in found].index(slot)]
    signing.sign_ink(village.book, made.id, before, photo(village), at(DAY, 14))


def held_at(village: Village, made: Document, slot: str, who: str) -> tuple[Finding, ...]:
    with pytest.raises(Refused) as caught:
        sign(village, made, slot, who)
    return tuple(caught.value.findings)


def test_what_was_said_of_the_handler_is_no_reason_for_the_director(village: Village):
    relative(village, "handler")
    made = waiting(village, excuse=WHY)
    relative(village, "director")
    sign_until(village, made, "D")
    (held,) = held_at(village, made, "D", "director")
    assert (held.id, held.severity) == ("AP-10", Severity.HOLD)
    assert reasons.can_be_given((held,))


def test_a_reason_recorded_at_the_signature_lets_it_pass_and_is_seen_with_the_document(village: Village):
    relative(village, "director")
    made = waiting(village)
    sign_until(village, made, "D")
    reasons.give(village.book, made.id, LATER, held_at(village, made, "D", "director"), at(DAY))
    assert documents.document_view(village.book, made.id).reasons == (LATER,)
    sign(village, made, "D", "director")
    sign(village, made, "P", "secretary")
    assert sign(village, made, "A", "accountant").label
    assert [(f.id, f.severity) for f in check_book(village.book)] == [("AP-10", Severity.WARNING)]


def test_content_that_was_changed_has_lost_its_reasons(village: Village):
    relative(village, "director")
    made = waiting(village)
    sign_until(village, made, "D")
    reasons.give(village.book, made.id, LATER, held_at(village, made, "D", "director"), at(DAY))
    documents.withdraw(village.book, made.id, "补一张照片再报", at(DAY))
    changed = replace(made, paper_count=2)
    submit(village, changed)
    sign_until(village, changed, "D")
    assert [f.id for f in held_at(village, changed, "D", "director")] == ["AP-10"]
    assert documents.document_view(village.book, made.id).reasons == ()


def test_the_reason_holds_when_the_booking_moves_to_the_day_of_the_last_signature(village: Village):
    relative(village, "handler")
    made = waiting(village, excuse=WHY)
    next_day = DAY + timedelta(days=1)
    given = marks(village, made.id, next_day)
    assert signing.sign_ink(village.book, made.id, given, photo(village), at(next_day)).label


def test_a_reason_says_something_and_is_about_a_hold_of_a_document_that_waits(village: Village):
    relative(village, "director")
    made = waiting(village)
    sign_until(village, made, "D")
    held = held_at(village, made, "D", "director")
    error = replace(held[0], severity=Severity.ERROR)
    book, when = village.book, at(DAY)
    assert refused(lambda: reasons.give(book, made.id, "。。。。", held, when)) == ["AP-88"]
    assert refused(lambda: reasons.give(book, made.id, LATER, (error,), when)) == ["AP-88"]
    assert refused(lambda: reasons.give(book, "none", LATER, held, when)) == ["AP-38"]
    assert documents.document_view(book, made.id).reasons == ()


def test_holds_beside_an_error_are_not_offered_to_be_released():
    hold = Finding("AP-10", Severity.HOLD, "", "")
    assert not reasons.can_be_given((hold, Finding("AP-02", Severity.ERROR, "", "")))
    assert not reasons.can_be_given((Finding("AP-17", Severity.WARNING, "", ""),))
    assert reasons.can_be_given((hold, Finding("AP-17", Severity.WARNING, "", "")))


def test_a_document_sent_in_before_reasons_said_what_they_are_about_passes_every_hold(village: Village):
    made = replace(payment(village, 50_000, DAY), excuse=WHY)
    with village.book.writing("何静", at(DAY).at) as writing:
        writing.log(
            "document.submitted",
            {
                "content": made.to_data(),
                "content_hash": made.content_hash(),
                "total_fen": made.total_fen,
                "first": True,
                "policy": "default 1",
            },
            f"{made.id}/s1",
        )
    with village.book.reading() as connection:
        assert docs.excused(connection, made.id, made.content_hash()) == frozenset({"*"})
    relative(village, "director")
    sign_until(village, made, "D")
    assert sign(village, made, "D", "director").waiting_for


def test_what_no_content_was_sent_in_with_is_not_known_yet(village: Village):
    made = payment(village, 50_000, DAY)
    with village.book.reading() as connection:
        assert docs.excused(connection, made.id, made.content_hash()) is None


def test_a_reason_recorded_at_the_last_signature_releases_what_is_booked_on_a_later_day(village: Village):
    made = waiting(village)
    sign_until(village, made, "A")
    relative(village, "director")
    next_day = DAY + timedelta(days=1)
    mark = InkMark("A", village.ids["accountant"], next_day)
    with pytest.raises(Refused) as caught:
        signing.sign_ink(village.book, made.id, (mark,), photo(village), at(next_day))
    reasons.give(village.book, made.id, LATER, tuple(caught.value.findings), at(next_day))
    assert signing.sign_ink(village.book, made.id, (mark,), photo(village), at(next_day)).label


def test_what_was_said_of_one_supervisor_is_no_reason_for_the_other(village: Village):
    relative(village, "head")
    made = waiting(village)
    sign_until(village, made, "S")
    reasons.give(village.book, made.id, LATER, held_at(village, made, "S", "head"), at(DAY))
    sign(village, made, "S", "head")
    relative(village, "supervisor")
    assert [f.id for f in held_at(village, made, "S", "supervisor")] == ["AP-10"]


@pytest.mark.parametrize("excuse", ["。。。。", "无"])
def test_a_row_of_dots_is_no_reason_once_the_document_is_sent_in_either(village: Village, excuse: str):
    made = replace(payment(village, 50_000, DAY), excuse=excuse)
    relative(village, "director")
    by_hand(
        village,
        (
            "document.submitted",
            {
                "content": made.to_data(),
                "content_hash": made.content_hash(),
                "total_fen": made.total_fen,
                "first": True,
                "policy": "default 1",
            },
        ),
        day=DAY,
    )
    sign_until(village, made, "D")
    assert [f.id for f in held_at(village, made, "D", "director")] == ["AP-10"]
