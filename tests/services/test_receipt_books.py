"""Receipt books from the shelf to the safe: drawn, used in order, voided with every copy, handed back and summed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from tests.builders import (
    START,
    Village,
    at,
    bank,
    close_month,
    ids_of,
    make_village,
    photo,
    receipt,
    receive,
    submit,
    transfer,
)
from tests.refusing import refused
from villagebook.domain.document import Attachment
from villagebook.domain.period import Period
from villagebook.domain.receipts import BookState, Medium, ReceiptBook
from villagebook.services import files
from villagebook.services.offices import receipt_books
from villagebook.services.offices.receipt_books import Spoilt
from villagebook.services.period_end import closing
from villagebook.services.period_end.checking import check_book
from villagebook.services.vouchers import receipts, reversing

D3, D4, D5 = date(2025, 1, 3), date(2025, 1, 4), date(2025, 1, 5)


def first_book(village: Village) -> ReceiptBook:
    return receipt_books.standings(village.book)[0].book


def copies(village: Village, n: int) -> tuple[Attachment, ...]:
    return tuple(
        files.store_file(village.book, b"%PDF-1.4 copy " + bytes([65 + i]), f"copy{i}.pdf") for i in range(n)
    )


def spoil(village: Village, number: int, n: int = 3, **changes: Any) -> Spoilt:
    made = Spoilt(first_book(village).id, number, D3, "金额写错", copies(village, n))
    return replace(made, **changes)


def void(village: Village, spoilt: Spoilt, day: date = D3) -> None:
    receipt_books.void(village.book, spoilt, at(day))


def second(village: Village, **changes: Any) -> ReceiptBook:
    made = ReceiptBook("", "村集体收款收据", 501, 600, 4, village.ids["clerk"], D5)
    return replace(made, **changes)


def hand_back(village: Village, fen: int, counter: str = "accountant", day: date = D5) -> None:
    receipt_books.hand_back(village.book, first_book(village).id, village.ids[counter], fen, day, at(day))


def test_5_a_void_keeps_every_copy_or_the_reason_why_one_is_missing(village: Village):
    for fen in (10_000, 20_000):
        receive(village, fen, D3, place="RC")
    skipping = receipt(village, 30_000, D3, place="RC", receipt_no="0004")
    assert refused(lambda: submit(village, skipping)) == ["E2L-05"]
    assert refused(lambda: void(village, spoil(village, 3, 2))) == ["E2L-06"]
    one, two, _three = copies(village, 3)
    assert refused(lambda: void(village, spoil(village, 3, copies=(one, two, two)))) == ["E2L-06"]
    void(village, spoil(village, 3))
    assert submit(village, skipping).label
    (stands,) = receipt_books.standings(village.book)
    assert (stands.used, [v.number for v in stands.voided], stands.next_no) == (3, [3], "0005")
    assert check_book(village.book) == ()


def test_a_copy_in_other_hands_is_excused_by_name_and_reason(village: Village):
    said = receipt_books.void(
        village.book, spoil(village, 1, 2, excuse="交款联被付款人撕毁，孙丽说明"), at(D3)
    )
    assert ids_of(said) == ["E2L-06"]
    assert receipts.next_receipt_no(village.book) == "0002"


def test_a_voided_number_is_used_no_more_and_voided_once(village: Village):
    void(village, spoil(village, 1))
    wrong = receipt(village, 30_000, D3, place="RC", receipt_no="0001")
    assert refused(lambda: submit(village, wrong)) == ["E2L-04"]
    assert refused(lambda: void(village, spoil(village, 1))) == ["E2L-04"]
    assert refused(lambda: void(village, spoil(village, 501))) == ["E2L-03"]
    assert refused(lambda: void(village, spoil(village, 3))) == ["E2L-05"]
    assert refused(lambda: void(village, spoil(village, 2, reason="错"))) == ["E2L-06"]


def test_a_booked_receipt_is_reversed_before_it_is_voided_and_then_never_banked(village: Village):
    taken = receive(village, 50_000, D3, place="RC")
    assert refused(lambda: void(village, spoil(village, 1))) == ["E2L-04"]
    reversing.reverse(village.book, taken.id, "金额写错作废", D3, at(D3, 17))
    void(village, spoil(village, 1))
    slip = transfer(village, "RC", "IN", 50_000, D4, receipts=(taken.id,))
    assert "E2L-11" in refused(lambda: submit(village, slip))
    assert receipt_books.standings(village.book)[0].booked_fen == 0


def test_a_gap_stops_the_close_until_it_is_voided(village: Village):
    receive(village, 10_000, D3, place="RC")
    other = spoil(village, 3, excuse="0002号交接时遗失")
    receipt_books.void(village.book, other, at(D3))
    bank(village, D3)
    assert refused(lambda: close_month(village, START)) == ["E2L-05"]
    void(village, spoil(village, 2))
    close_month(village, START)


def test_a_skip_somebody_answered_for_is_said_at_the_close_and_does_not_stop_it(village: Village):
    receive(village, 10_000, D3, place="RC", receipt_no="0002", excuse="0001号印刷破损")
    bank(village, D3)
    close_month(village, START)
    assert receipt_books.standings(village.book)[0].excused == {1}


def test_a_book_is_drawn_once_and_the_next_one_when_the_old_is_handed_back(village: Village):
    receive(village, 50_000, D3, place="RC")

    def draw(**changes: Any) -> None:
        receipt_books.draw(village.book, second(village, **changes), at(D5))

    assert refused(draw) == ["E2L-07"]
    assert refused(lambda: draw(first=400)) == ["E2L-04", "E2L-07"]
    assert refused(lambda: draw(medium=Medium.ELECTRONIC)) == ["E2L-60"]
    assert refused(lambda: hand_back(village, 50_000, "clerk")) == ["E2L-42"]
    assert refused(lambda: hand_back(village, 50_001)) == ["E2L-61"]
    hand_back(village, 50_000)
    assert receipt_books.standings(village.book)[0].state is BookState.RETURNED
    draw()
    assert receipts.next_receipt_no(village.book) == "0501"
    assert check_book(village.book) == ()


def test_what_was_handed_back_is_closed(village: Village):
    receive(village, 50_000, D3, place="RC")
    hand_back(village, 50_000)
    late = receipt(village, 1_000, D5, place="RC", receipt_no="0002")
    assert refused(lambda: submit(village, late)) == ["E2L-63"]
    assert refused(lambda: void(village, spoil(village, 2))) == ["E2L-63"]
    assert refused(lambda: hand_back(village, 50_000)) == ["E2L-63"]
    assert receipts.next_receipt_no(village.book) == ""


def test_a_book_with_a_gap_is_not_taken_back(village: Village):
    receive(village, 50_000, D3, place="RC")
    receipt_books.void(village.book, spoil(village, 4, excuse="遗失两张已说明"), at(D3))
    assert refused(lambda: hand_back(village, 50_000)) == ["E2L-05"]


def test_electronic_receipts_run_beside_paper_where_the_township_uses_them(tmp_path: Path):
    kinds = {"value": ["paper", "electronic"], "certainty": "R", "source": "R9"}
    from tests.builders import policy_data

    words = {**policy_data()["words"], "receipt_kinds": kinds}
    village = make_village(tmp_path, policy={"words": words})
    electronic = second(village, first=9_000_000_001, last=9_000_009_999, width=10, medium=Medium.ELECTRONIC)
    receipt_books.draw(village.book, electronic, at(D5))
    assert receipts.next_receipt_no(village.book) == "0001"
    receive(village, 10_000, D5, place="RC", receipt_no="9000000001")
    one = (photo(village),)
    receipt_books.void(
        village.book,
        Spoilt(receipt_books.standings(village.book)[1].book.id, 9_000_000_002, D5, "平台作废", one),
        at(D5),
    )
    assert receipt_books.standings(village.book)[1].next_no == "9000000003"
    village.book.close()


def test_a_book_that_is_out_for_more_than_a_year_is_named_at_the_close(village: Village):
    later = Period(2026, 2)
    found = closing.review(village.book, later, later.last_day)
    assert [f.id for f in found if f.id == "E2L-62"] == ["E2L-62"]
    assert "E2L-62" not in ids_of(closing.review(village.book, Period(2025, 12), date(2025, 12, 31)))
