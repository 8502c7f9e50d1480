"""The second look: above an amount somebody else compares the ticks with the picture before the payment is posted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.builders import Village, at, ids_of, make_village, marks, move, payment, photo, submit
from tests.refusing import refused
from villagebook.domain.document import Document
from villagebook.domain.errors import Refused
from villagebook.services.approvals import second_look, sign_queue, signing
from villagebook.services.period_end.checking import check_book
from villagebook.services.vouchers import documents
from villagebook.storage import second_looks

DAY = date(2025, 1, 6)


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    made = make_village(tmp_path, policy={"second_look_fen": 60_000})
    move(made, "IN", "EX", 1_000_000, DAY)
    yield made
    made.book.close()


@pytest.fixture
def signed(village: Village) -> Document:
    """Every slot ticked; nobody has compared the ticks with the photo yet."""
    made = payment(village, 60_000, DAY)
    submit(village, made)
    given = marks(village, made.id, DAY)
    outcome = signing.sign_ink(village.book, made.id, given, photo(village), at(DAY, 15))
    assert (outcome.label, outcome.waiting_for) == ("", "second look at the slip")
    return made


def test_a_large_payment_waits_until_somebody_else_has_compared_it(village: Village, signed: Document):
    (row,) = sign_queue.queue(village.book, DAY)
    assert (row.waiting_slot, row.waiting_title, row.signed) == ("", "second look at the slip", row.needed)
    waits = second_look.waiting(village.book, signed, DAY)
    assert waits is not None
    assert len(waits.pictures) == 1
    outcome = second_look.confirm(village.book, signed.id, village.ids["head"], at(DAY, 16))
    assert outcome.label == "付-0001"
    assert second_look.waiting(village.book, signed, DAY) is None
    with village.book.reading() as connection:
        ((_seq, who, seen),) = second_looks.seen(connection, signed.id, signed.content_hash())
    assert (who, tuple(seen)) == (village.ids["head"], waits.pictures)
    assert check_book(village.book) == ()


def test_a_smaller_one_is_posted_by_its_last_signature(village: Village):
    made = payment(village, 59_999, DAY)
    submit(village, made)
    assert signing.sign_ink(
        village.book, made.id, marks(village, made.id, DAY), photo(village), at(DAY, 15)
    ).label


def test_who_entered_the_ticks_handles_it_or_holds_no_post_is_not_the_second(
    village: Village, signed: Document
):
    waits = second_look.waiting(village.book, signed, DAY)
    assert waits is not None
    staff = {p.name: p.id for p in waits.persons}
    with village.book.reading() as connection:
        (typist,) = second_looks.entered_by(connection, signed.id, signed.content_hash())
    assert typist not in staff
    assert village.ids["handler"] not in staff.values()
    with pytest.raises(Refused) as no:
        second_look.confirm(village.book, signed.id, village.ids["handler"], at(DAY, 16))
    assert "AP-82" in ids_of(no.value.findings)
    assert documents.document_view(village.book, signed.id).state == "waiting"


def test_nobody_has_not_looked(village: Village, signed: Document):
    assert refused(lambda: second_look.confirm(village.book, signed.id, "", at(DAY, 16))) == ["AP-82"]
    assert documents.document_view(village.book, signed.id).state == "waiting"


def test_nothing_else_waits_for_a_second_look(village: Village, signed: Document):
    second_look.confirm(village.book, signed.id, village.ids["head"], at(DAY, 16))
    with pytest.raises(Refused) as no:
        second_look.confirm(village.book, signed.id, village.ids["supervisor"], at(DAY, 17))
    assert ids_of(no.value.findings) == ["AP-38"]


def test_another_photo_wants_another_look(village: Village):
    made = payment(village, 60_000, DAY)
    submit(village, made)
    *most, last = marks(village, made.id, DAY)
    signing.sign_ink(village.book, made.id, tuple(most), photo(village), at(DAY, 15))
    assert second_look.waiting(village.book, made, DAY) is not None
    signing.sign_ink(village.book, made.id, (last,), photo(village), at(DAY, 16))
    assert second_look.confirm(village.book, made.id, village.ids["head"], at(DAY, 17)).label


def test_a_tick_entered_after_the_look_wants_another_look_at_the_same_photo(village: Village):
    made = payment(village, 60_000, DAY)
    submit(village, made)
    first, *rest = marks(village, made.id, DAY)
    slip = photo(village)
    signing.sign_ink(village.book, made.id, (first,), slip, at(DAY, 15))
    second_look.confirm(village.book, made.id, village.ids["head"], at(DAY, 16))
    assert second_look.waiting(village.book, made, DAY) is None
    outcome = signing.sign_ink(village.book, made.id, tuple(rest), slip, at(DAY, 17))
    assert (outcome.label, outcome.waiting_for) == ("", "second look at the slip")
    assert second_look.confirm(village.book, made.id, village.ids["supervisor"], at(DAY, 18)).label
    assert check_book(village.book) == ()
